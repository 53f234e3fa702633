"""Findings as people, programs and forges read them."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogen.cli import findings as report
from cogen.model.diagnostics import Clue, Diagnostic, Location, Severity, in_line


def unknown_key(**place: str | int) -> Diagnostic:
    where = {"path": "content/posts/hello.md", "line": 3, "column": 1, "length": 5, "excerpt": "titel: Hello"}
    return Diagnostic(
        "unknown-key",
        'a post has no key "titel"',
        Location(**{**where, **place}),
        'did you mean "title"?',
    )


def text(*diagnostics: Diagnostic) -> str:
    return report.format_text([("warning", diagnostic) for diagnostic in diagnostics], colour=False)


def caret_cells(excerpt: str, column: int, length: int = 1) -> tuple[str, str]:
    """Give the excerpt's line and the carets' line as they are printed."""
    _, shown, carets = text(unknown_key(excerpt=excerpt, column=column, length=length)).splitlines()
    return shown, carets


# ---- text ------------------------------------------------------------------------------------------------


def test_a_finding_names_its_place_quotes_the_line_and_ends_with_its_hint() -> None:
    assert text(unknown_key()) == (
        'content/posts/hello.md:3:1: warning[unknown-key]: a post has no key "titel"\n'
        "  3 | titel: Hello\n"
        '    | ^^^^^ did you mean "title"?\n'
    )


@pytest.mark.parametrize("column", [1, 41, 150, 201, 202, 409, 5_000, 9_960, 9_997])
def test_in_a_long_line_the_words_around_the_place_are_shown(column: int) -> None:
    words = "word " * 2_000
    at = in_line("content/posts/hello.md", 3, column, 4, f"{words[: column - 1]}HERE{words[column + 3 :]}")
    assert len(at.excerpt) <= 400
    shown, carets = text(Diagnostic("unknown-key", "this", at)).splitlines()[1:]
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "HERE"
    line = shown.partition(" | ")[2]
    assert line.startswith("…") == (column > 41)
    assert line.endswith("…") == (column < 9_900)


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    shown = text(unknown_key(line=1204, column=8, length=5)).splitlines()[1:]
    assert shown == ["  1204 | titel: Hello", '       |        ^^^^^ did you mean "title"?']


def test_without_an_excerpt_the_hint_has_a_line_of_its_own() -> None:
    assert text(unknown_key(excerpt="", line=0, column=0)) == (
        'content/posts/hello.md: warning[unknown-key]: a post has no key "titel"\n'
        '  hint: did you mean "title"?\n'
    )


def test_a_finding_about_a_whole_line_quotes_it_without_carets() -> None:
    assert text(unknown_key(column=0)) == (
        'content/posts/hello.md:3: warning[unknown-key]: a post has no key "titel"\n'
        "  3 | titel: Hello\n"
        '    | hint: did you mean "title"?\n'
    )


def test_a_finding_without_a_place_has_no_prefix_and_comes_first() -> None:
    placeless = Diagnostic("bad-value", "--url wants an absolute address")
    assert text(unknown_key(), placeless).startswith("warning[bad-value]: --url wants an absolute address\n")


def test_a_finding_whose_line_was_never_found_names_the_file() -> None:
    lost = Diagnostic("dead-link", "nothing is at x", Clue("content/a.md", text="x"))
    assert text(lost) == "content/a.md: warning[dead-link]: nothing is at x\n"


def test_findings_stand_in_the_order_of_the_files_and_identical_ones_once() -> None:
    second, first = unknown_key(line=10), unknown_key(line=2)
    other = unknown_key(path="content/a.md")
    heads = [line for line in text(second, other, first, second).splitlines() if "unknown-key" in line]
    assert [head.split(": ")[0] for head in heads] == [
        "content/a.md:3:1",
        "content/posts/hello.md:2:1",
        "content/posts/hello.md:10:1",
    ]


def test_a_finding_that_is_switched_off_is_shown_nowhere() -> None:
    findings: list[tuple[Severity, Diagnostic]] = [("off", unknown_key())]
    assert report.format_text(findings, colour=False) == ""
    assert report.format_json(findings) == "[]\n"
    assert report.format_github(findings) == ""
    assert report.format_counts(findings) == ""


def test_carets_stand_below_wide_characters() -> None:
    shown, carets = caret_cells("日本: x", column=5)
    assert shown == "  3 | 日本: x"
    assert carets.startswith("    |       ^ ")


def test_a_wide_character_gets_two_carets() -> None:
    assert caret_cells("a日b", column=2)[1].startswith("    |  ^^ did")


def test_a_combining_accent_takes_no_cell() -> None:
    assert caret_cells("Cafe\u0301: x", column=8)[1].startswith("    |       ^ did")


def test_tabs_before_the_place_stay_tabs_below_it() -> None:
    shown, carets = caret_cells("\tkey:\tvalue", column=7, length=5)
    assert shown == "  3 | \tkey:\tvalue"
    assert carets.startswith("    | \t    \t^^^^^ did")


def test_a_place_behind_the_end_of_the_line_is_marked_behind_its_end() -> None:
    assert caret_cells("abc", column=4)[1].startswith("    |    ^ did")
    assert caret_cells("abc", column=400, length=90)[1].startswith("    |    ^ did")


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a" * 500 + "BAD" + "c" * 500
    shown, carets = caret_cells(line, column=501, length=3)
    assert len(shown) < 120
    assert shown.startswith("  3 | …a")
    assert shown.endswith("c…")
    assert shown[carets.index("^") :][:3] == "BAD"


def test_a_long_line_is_not_cut_before_its_beginning_or_behind_its_end() -> None:
    assert caret_cells("a" * 500, column=1)[0].startswith("  3 | aaa")
    assert caret_cells("a" * 500, column=500)[0].endswith("aaa")


def test_the_underlining_ends_where_the_line_is_cut() -> None:
    shown, carets = caret_cells("a" * 500, column=1, length=500)
    assert carets.count("^") == len(shown.removeprefix("  3 | ").removesuffix("…"))


def test_escape_sequences_are_shown_and_never_sent_to_the_terminal() -> None:
    hostile = "\x1b[2J\x07\x9b31m\u202egnp.exe"
    finding = Diagnostic(
        "bad-value", hostile, Location(hostile, 1, 12, 3, "title: \x1b]0;x"), f"{hostile}\nrm\r"
    )
    shown = text(finding)
    assert "\\x1b[2J\\x07\\x9b31m\\u202egnp.exe" in shown
    assert "\\nrm\\r" in shown
    assert not [char for char in shown if char != "\n" and unicodedata.category(char) in {"Cc", "Cf"}]


def test_carets_stand_below_what_follows_an_escape() -> None:
    shown, carets = caret_cells("a\x1bBAD", column=3, length=3)
    assert shown == "  3 | a\\x1bBAD"
    assert carets.startswith("    |      ^^^ did")


def test_a_file_name_that_is_not_utf8_can_be_printed() -> None:
    assert text(unknown_key(path="content/caf\udce9.md")).encode().startswith(b"content/caf\\udce9.md:3:1")


def test_the_line_end_of_an_excerpt_is_not_shown() -> None:
    assert text(unknown_key(excerpt="titel: Hello\r\n")) == text(unknown_key())


def test_colour_marks_severity_and_place_and_changes_no_character() -> None:
    coloured = report.format_text([("error", unknown_key())], colour=True)
    assert "\x1b[1;31merror[unknown-key]\x1b[0m" in coloured
    assert "\x1b[1;31m^^^^^\x1b[0m" in coloured
    plain = coloured.replace("\x1b[1;31m", "").replace("\x1b[0m", "")
    assert plain == report.format_text([("error", unknown_key())], colour=False)


anything = st.text(st.characters(), max_size=150)
places = st.builds(
    Location,
    path=anything,
    line=st.integers(0, 10**6),
    column=st.integers(0, 300),
    length=st.integers(0, 300),
    excerpt=anything,
)
findings_of_any_text = st.lists(
    st.tuples(
        st.sampled_from(["error", "warning", "hint", "off"]),
        st.builds(
            Diagnostic,
            st.sampled_from(["bad-value", "dead-link"]),
            anything,
            st.none() | places | st.builds(Clue, anything),
            anything,
        ),
    ),
    max_size=4,
)


@given(findings_of_any_text)
def test_any_text_at_all_can_be_shown_in_every_format(
    findings: list[tuple[Severity, Diagnostic]],
) -> None:
    for shown in (
        report.format_text(findings, colour=False),
        report.format_json(findings),
        report.format_github(findings),
    ):
        shown.encode()
        assert not [c for c in shown if c not in "\n\t" and unicodedata.category(c) == "Cc"]
    assert len(json.loads(report.format_json(findings))) == len(report.in_order(findings))


# ---- counts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        (["error", "error", "warning"], "2 errors, 1 warning"),
        (["hint", "warning", "warning", "hint", "error"], "1 error, 2 warnings, 2 hints"),
        (["hint"], "1 hint"),
        ([], ""),
    ],
)
def test_findings_are_counted_in_words(severities: list[Severity], expected: str) -> None:
    findings = [(severity, unknown_key(line=line)) for line, severity in enumerate(severities, 1)]
    assert report.format_counts(findings) == expected


def test_a_finding_made_twice_counts_once() -> None:
    assert report.format_counts([("error", unknown_key()), ("error", unknown_key())]) == "1 error"


# ---- JSON ------------------------------------------------------------------------------------------------


def test_json_has_every_fact_and_null_for_what_is_unknown() -> None:
    placeless = Diagnostic("bad-value", "no")
    written = report.format_json([("error", unknown_key()), ("hint", placeless)])
    assert '\n  {\n    "path": ' in written
    assert json.loads(written) == [
        {
            "path": None,
            "line": None,
            "column": None,
            "length": None,
            "severity": "hint",
            "code": "bad-value",
            "message": "no",
            "hint": None,
        },
        {
            "path": "content/posts/hello.md",
            "line": 3,
            "column": 1,
            "length": 5,
            "severity": "error",
            "code": "unknown-key",
            "message": 'a post has no key "titel"',
            "hint": 'did you mean "title"?',
        },
    ]


def test_json_keeps_the_message_and_escapes_what_steers_a_terminal() -> None:
    written = report.format_json([("error", Diagnostic("bad-value", "\x1b[2J\x9b\u202e é"))])
    assert "\x1b" not in written
    assert "\x9b" not in written
    assert "\u202e" not in written
    assert json.loads(written)[0]["message"] == "\x1b[2J\x9b\u202e é"


# ---- annotations -----------------------------------------------------------------------------------------


def test_an_annotation_names_file_line_and_column() -> None:
    assert report.format_github([("error", unknown_key())]) == (
        "::error file=content/posts/hello.md,line=3,col=1,title=unknown-key"
        '::a post has no key "titel"%0Adid you mean "title"?\n'
    )


def test_a_hint_is_annotated_as_a_notice() -> None:
    assert report.format_github([("hint", Diagnostic("bad-value", "no"))]) == "::notice title=bad-value::no\n"


def test_nothing_an_author_writes_breaks_out_of_an_annotation() -> None:
    hostile = Diagnostic("bad-value", "100%\r\n::error::x\x1b", Location("a:b,c=%0A\n.md", 1, 1))
    assert report.format_github([("warning", hostile)]) == (
        "::warning file=a%3Ab%2Cc=%250A%0A.md,line=1,col=1,title=bad-value::100%25%0D%0A::error::x\\x1b\n"
    )
