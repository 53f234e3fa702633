"""Front matter told apart from the text below it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogen.model.diagnostics import Diagnostic, Location
from cogen.read.front_matter import FrontMatter, split_front_matter
from cogen.read.yaml import plain_nodes
from cogen.read.yaml_nodes import Mapping


def split(text: str) -> FrontMatter:
    return split_front_matter(text, "content/posts/a.md")


def values(front: FrontMatter) -> object:
    assert front.pairs is not None
    return plain_nodes(Mapping(front.pairs, 1, 1))


def only(front: FrontMatter) -> Diagnostic:
    (found,) = front.findings
    return found


@pytest.mark.parametrize(
    ("text", "body", "first_line"),
    [
        ("---\ntitle: x\n---\nbody\n", "body\n", 4),
        ("\n \n---\ntitle: x\n---\nbody\n", "body\n", 6),
        ("---  \ntitle: x\n---\t\nbody", "body", 4),
        ("---\ntitle: x\n...\nbody", "body", 4),
        ("---\ntitle: x\n---", "", 3),
        ("---\ntitle: x\n---\n\n---\nbody", "\n---\nbody", 4),
        ("+++\ntitle = 'x'\n+++\nbody", "body", 4),
        ("Title: x\n\nbody", "body", 3),
        ("title: x\n---\nbody", "body", 3),
    ],
)
def test_the_text_below_keeps_its_line(text: str, body: str, first_line: int) -> None:
    front = split(text)
    assert next(iter(dict(values(front)).values())) == "x"  # type: ignore[call-overload]
    assert (front.body, front.first_line, front.findings) == (body, first_line, ())


@pytest.mark.parametrize(
    "text", ["", "body\n", "# Heading\n\n---\n\nbody", "Note: this is a text\n\nbody", "\n\nbody"]
)
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    assert split(text) == FrontMatter((), text, 1)


@pytest.mark.parametrize("text", ["---\n---\nbody", "---\n\n---\nbody", "---\n# a comment\n---\nbody"])
def test_empty_front_matter_is_fine(text: str) -> None:
    front = split(text)
    assert (front.pairs, front.body, front.findings) == ((), "body", ())


@pytest.mark.parametrize(
    "text", ["---\n\nA line across the page opens this text.\n\n---\nMore.", "---\nAnd here without an end"]
)
def test_a_line_across_the_page_is_no_front_matter(text: str) -> None:
    assert split(text) == FrontMatter((), text, 1)


@pytest.mark.parametrize(("fence", "pair"), [("---", "title: x"), ("+++", "title = 'x'")])
def test_front_matter_that_never_closes_is_an_error_and_no_post(fence: str, pair: str) -> None:
    front = split(f"\n{fence}\n{pair}\n\nbody\n")
    assert front.pairs is None
    assert only(front) == Diagnostic(
        "unclosed-front-matter",
        f"the front matter opens here with {fence} and never closes",
        Location("content/posts/a.md", 2, 1, 3, fence),
        f"add a line with {fence} alone below the last key",
    )


@pytest.mark.parametrize(
    ("head", "what", "hint"),
    [
        ("- a\n- b", "a list", "write lines such as title: Hello"),
        ("just words", "a text without keys", "write lines such as title: Hello"),
        ("title:Hello", "a text without keys", "write title: Hello"),
    ],
)
def test_front_matter_that_is_no_mapping_is_an_error(head: str, what: str, hint: str) -> None:
    front = split(f"---\n{head}\n---\nbody\n")
    assert front.pairs is None
    message = f"the front matter is {what}, not keys with values"
    at = Location("content/posts/a.md", 2, 1, 1, head.split("\n", maxsplit=1)[0])
    assert only(front) == Diagnostic("bad-value", message, at, hint)


def test_a_mistake_is_placed_in_the_file_and_not_in_the_front_matter() -> None:
    found = only(split("\n---\ndate: 2012-05-25\ntitle: Tulse Hill: update\n---\n"))
    assert found.at == Location("content/posts/a.md", 4, 18, 1, "title: Tulse Hill: update")


def test_a_mistake_below_a_blank_line_asks_for_the_closing_line() -> None:
    found = only(split("---\ntitle: x\n\nThe *body*, with: a colon: two\n---\n"))
    assert found.hint.endswith("; or is the closing --- missing above the text?")


def test_toml_gives_the_same_tree_with_the_lines_of_its_keys() -> None:
    front = split(
        '+++\ntitle = "Tulse Hill: update"\ndate = 2012-05-25T18:30:00Z\ndraft = true\n'
        'day = 2012-05-25\ntags = ["a", "b"]\nweight = 3\n[extra]\nratio = 1.50\n+++\nbody'
    )
    assert values(front) == {
        "title": "Tulse Hill: update",
        "date": "2012-05-25T18:30:00+00:00",
        "draft": "true",
        "day": "2012-05-25",
        "tags": ["a", "b"],
        "weight": "3",
        "extra": {"ratio": "1.50"},
    }
    assert front.pairs is not None
    assert [(key.text, key.line) for key, _ in front.pairs] == [
        ("title", 2), ("date", 3), ("draft", 4), ("day", 5), ("tags", 6), ("weight", 7), ("extra", 8),
    ]  # fmt: skip


def test_broken_toml_is_placed() -> None:
    front = split("+++\ntitle = 'x'\ndate = tomorrow\n+++\nbody")
    assert front.pairs is None
    assert only(front) == Diagnostic(
        "toml-syntax",
        "this cannot be read as TOML (invalid value)",
        Location("content/posts/a.md", 3, 8, 1, "date = tomorrow"),
        'write key = "value", texts in quotes',
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("[" * 3000, "too-complex"),
        ("[" + "1," * 100_001 + "]", "too-complex"),
        ("9" * 5000, "toml-syntax"),
        ("2026-13-45", "toml-syntax"),
    ],
)
def test_hostile_toml_ends_in_a_finding(value: str, code: str) -> None:
    front = split(f"+++\na = {value}\n+++\n")
    assert (front.pairs, only(front).code) == (None, code)


def test_toml_tables_in_tables_without_end_are_refused() -> None:
    front = split("+++\n" + ".".join("a" * 200) + " = 1\n+++\n")
    assert only(front).code == "too-complex"


@pytest.mark.parametrize(
    "deep",
    [
        "a = " + "[" * 3000,
        "a = " + "[" * 60 + "]" * 60,
        ".".join("a" * 200) + " = 1",
        "a = " + "[{a=" * 30 + "1" + "}]" * 30,
    ],
)
def test_toml_that_nests_too_deep_is_placed_on_its_line(deep: str) -> None:
    found = only(split(f"+++\ntitle = 'x'\n{deep}\nb = 1\n+++\n"))
    assert isinstance(found.at, Location)
    assert (found.code, found.at.line) == ("too-complex", 3)


@pytest.mark.parametrize("fence", ["\u2014-", "-\u2014", "\u2013\u2013\u2013", "\u2014", "\u2014\u2014 "])
def test_dashes_that_a_word_processor_made_are_named(fence: str) -> None:
    front = split(f"\n{fence}\ntitle: x\n{fence}\nbody")
    assert (front.pairs, front.body) == (None, "")
    found = only(front)
    assert found.code == "unclosed-front-matter"
    assert found.at == Location("content/posts/a.md", 2, 1, len(fence.strip()), fence)
    assert "---" in found.hint


@pytest.mark.parametrize("text", ["\u2014\nAnd so: it began", "\u2014 title: x\n", "\u2014\n\ntitle: x\n"])
def test_a_text_that_opens_with_a_dash_is_text(text: str) -> None:
    assert split(text) == FrontMatter((), text, 1)


@pytest.mark.parametrize("above", ["", "date: 2012-01-01\n"])
@pytest.mark.parametrize("below", ["", "tags: x\n"])
def test_a_no_break_space_after_a_colon_is_named(above: str, below: str) -> None:
    found = split(f"---\n{above}title:\u00a0Word\n{below}---\n").findings[0]
    assert found.message == 'a no-break space (U+00A0) stands after the colon of "title"'
    assert found.hint == "type an ordinary space there: title: Word"
    assert isinstance(found.at, Location)
    assert (found.at.line, found.at.column) == (2 + above.count("\n"), 7)


def test_a_no_break_space_is_read_as_a_space_where_the_error_is_lowered() -> None:
    assert values(split("---\ndate: 2012-01-01\ntitle:\u00a0Word\n---\n")) == {
        "date": "2012-01-01",
        "title": "Word",
    }


def test_header_lines_are_plain_text_to_the_end_of_the_line() -> None:
    front = split(
        "Title: Tulse Hill: update\nDate: 2012-05-25 10:00\nTags: a, b\nSummary: one\n    two\n\nbody"
    )
    assert values(front) == {
        "Title": "Tulse Hill: update",
        "Date": "2012-05-25 10:00",
        "Tags": "a, b",
        "Summary": "one two",
    }
    assert front.pairs is not None
    assert (front.pairs[1][1].line, front.pairs[1][1].column) == (2, 7)


def test_header_lines_need_no_space_behind_the_colon() -> None:
    front = split("Title:Tea: and cake\ndate:2012-01-02\nTags: a\nSummary:\n    Warm.\n\nbody")
    assert values(front) == {
        "Title": "Tea: and cake",
        "date": "2012-01-02",
        "Tags": "a",
        "Summary": "Warm.",
    }
    assert front.pairs is not None
    assert [node.column for _, node in front.pairs] == [7, 6, 7, 9]
    assert (front.body, front.first_line) == ("body", 7)


@pytest.mark.parametrize("line", ["See http://example.org/", "http://example.org/", "at the door:come in"])
def test_a_line_with_a_colon_inside_is_no_header(line: str) -> None:
    text = f"Title: Tea\n{line}\n\nbody"
    assert split(text) == FrontMatter((), text, 1)


def test_a_sentence_that_starts_like_a_header_is_text() -> None:
    text = "Summary: we met on Monday.\nIt rained.\n\nMore."
    assert split(text) == FrontMatter((), text, 1)


@given(st.text("-+=.:[]{} \n\tabtitle'\"#", max_size=60))
def test_no_text_makes_the_splitter_raise_or_lose_the_body(text: str) -> None:
    front = split(text)
    assert front.pairs is None or text.endswith(front.body)
