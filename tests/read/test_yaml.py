"""YAML as text with places."""

import string

import pytest
import yaml as pyyaml
from hypothesis import example, given
from hypothesis import strategies as st

from cogen.model.diagnostics import Diagnostic, Location
from cogen.read.yaml import MARKS, MAX_DEPTH, MAX_FINDINGS, MAX_MARKS, parse_yaml, plain_nodes
from cogen.read.yaml_nodes import Mapping, Node, Scalar
from cogen.read.yaml_simple import parse_simple

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029\ufeff"), max_size=30
)
KEYS = st.text(string.ascii_letters + " :#-'\"é🎉", min_size=1, max_size=10)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def tree(text: str) -> object:
    node, findings = parse_yaml(text, "a.yaml")
    assert findings == ()
    assert node is not None
    return plain_nodes(node)


def findings_of(text: str, first_line: int = 1) -> tuple[Diagnostic, ...]:
    return parse_yaml(text, "a.yaml", first_line)[1]


@pytest.mark.parametrize(
    "value",
    ["18:30", "02071234567", "+44 20 7946 0002", "no", "2012-10-24", "2012", "0o17", "1e3", "017", "2026-13-45",
     "9" * 5000, ".inf", "~", "=", "12:30:45.6"],
)  # fmt: skip
def test_a_plain_value_stays_the_text_that_was_written(value: str) -> None:
    assert tree(f"key: {value}") == {"key": value}


def test_places_count_characters_and_lines_of_the_file() -> None:
    node, _ = parse_yaml("é🎉: x\n🎉é: {a🎉: b, c: [1]}\n", "a.md", 3)
    assert isinstance(node, Mapping)
    (_, first), (second_key, second) = node.pairs
    assert isinstance(first, Scalar)
    assert isinstance(second, Mapping)
    assert (first.line, first.column) == (3, 5)
    assert (second_key.line, second_key.column) == (4, 1)
    assert [(key.text, key.line, key.column) for key, _ in second.pairs] == [("a🎉", 4, 6), ("c", 4, 13)]


def test_a_line_separator_inside_a_value_moves_no_line_number() -> None:
    node, _ = parse_yaml("a: x\u2028y\nb: z", "a.md")
    assert isinstance(node, Mapping)
    assert [(key.text, key.line) for key, _ in node.pairs] == [("a", 1), ("b", 2)]


def test_the_text_of_a_block_starts_below_its_key() -> None:
    node, _ = parse_yaml("a: |\n  words\n", "a.md")
    assert isinstance(node, Mapping)
    value = node.pairs[0][1]
    assert isinstance(value, Scalar)
    assert (value.text, value.line, value.first_line, value.is_plain) == ("words\n", 1, 2, False)


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "---\n"])
def test_an_empty_text_has_no_values(text: str) -> None:
    node, findings = parse_yaml(text, "a.yaml")
    assert findings == ()
    assert node is None or (isinstance(node, Scalar) and node.is_null)


def test_a_repeated_key_is_an_error_and_the_last_one_counts() -> None:
    node, findings = parse_yaml("tags: a\ntitle: one\ntitle: two\n", "a.md", 2)
    assert node is not None
    assert plain_nodes(node) == {"tags": "a", "title": "two"}
    message = 'the key "title" stands twice; it was there already on line 3'
    assert findings == (
        Diagnostic(
            "duplicate-key", message, Location("a.md", 4, 1, 5, "title: two"), "delete one of the two"
        ),
    )


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("a: !!python/object:os.system x", "the YAML tag !!python/object:os.system is not understood", 4),
        ("a: !local x", "the YAML tag !local is not understood", 4),
        ("a: &anchor x", "the anchor &anchor is not understood", 4),
        ("a: *alias", "an alias (*name) stands here, and aliases are not understood", 4),
        ("<<: x", "merge keys (<<) are not understood", 1),
        ("? [a]\n: b", "a key must be a plain text, not a list or a mapping", 3),
    ],
)
def test_what_makes_yaml_a_programming_language_is_refused(text: str, message: str, column: int) -> None:
    (found,) = findings_of(text)
    assert found.code == "yaml-feature"
    assert found.message == message
    assert isinstance(found.at, Location)
    assert (found.at.line, found.at.column) == (1, column)


def test_nine_levels_of_aliases_are_refused_one_by_one() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 10))
    found = findings_of("l0: &l0 x\n" + levels)
    assert {each.code for each in found} == {"yaml-feature"}
    assert len(found) == 91


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_nesting_bomb_ends_in_one_finding(opening: str) -> None:
    (found,) = findings_of(opening * 40_000)
    assert (found.code, found.message) == ("too-complex", f"lists nest deeper than {MAX_DEPTH}")


@pytest.mark.parametrize("unit", ["a{n}: b\n", "- a\n", "? a{n}\n", "{{a{n}}}: b\n"])
def test_a_text_of_more_marks_than_people_write_ends_in_one_finding(unit: str) -> None:
    marks = sum(unit.format(n=1).count(mark) for mark in MARKS)
    below = "".join(unit.format(n=number) for number in range(MAX_MARKS // marks))
    beyond = below + "".join(unit.format(n=number) for number in range(500_000, 500_002))
    (found,) = parse_yaml(beyond, "people.yaml", 3)[1]
    assert (found.code, found.message) == (
        "too-complex",
        "more than 100,000 marks such as : and - stand here",
    )
    assert found.at == Location("people.yaml", 3, 1)
    assert "too-complex" not in {each.code for each in parse_yaml(below, "people.yaml")[1]}


def test_the_allowed_depth_is_read() -> None:
    assert findings_of("[" * MAX_DEPTH + "]" * MAX_DEPTH) == ()
    assert findings_of("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) != ()


def test_a_file_broken_over_and_over_is_named_a_hundred_times_at_most() -> None:
    assert len(findings_of("a: 1\n" * 50_000)) == MAX_FINDINGS


@pytest.mark.parametrize("char", ["\x00", "\x08", "\ud800", "\ufffe", "\x7f", "\ufeff"])
def test_a_character_yaml_cannot_hold_is_named(char: str) -> None:
    (found,) = findings_of(f"a: 1\nb: x{char}", 5)
    assert found.at == Location("a.yaml", 6, 5)
    assert found.message == f"the character U+{ord(char):04X} cannot stand here"


def test_a_second_document_in_one_file_is_an_error() -> None:
    (found,) = findings_of("a: 1\n---\nb: 2\n")
    assert (found.code, found.message) == ("yaml-syntax", "a second document starts here")


@given(st.text())
@example("a: \x85b: c")
@example("- - - : ? [}")
@example("%YAML 1.2\n---\n")
def test_no_text_makes_the_reader_raise(text: str) -> None:
    node, findings = parse_yaml(text, "a.yaml")
    assert node is None or isinstance(node, Node)
    assert all(
        found.code in {"yaml-syntax", "yaml-feature", "duplicate-key", "too-complex"} for found in findings
    )


@given(st.text("-:[]{}'\"|>&*!?#,%@` \n\tab0", max_size=60))
def test_no_heap_of_punctuation_makes_the_reader_raise(text: str) -> None:
    _, findings = parse_yaml(text, "a.yaml", 7)
    assert all(isinstance(found.at, Location) and found.at.line >= 7 for found in findings)


@given(st.dictionaries(KEYS, TREES, max_size=5))
def test_what_another_program_dumped_reads_back_as_the_same_text(values: dict[str, object]) -> None:
    text = pyyaml.dump(values, Dumper=_NoAliases, allow_unicode=True)
    assert tree(text) == values


class _NoAliases(pyyaml.SafeDumper):
    def ignore_aliases(self, _: object) -> bool:
        return True


@pytest.mark.parametrize(
    "text", ["tags:\n- a\n - b\n", "tags:\n  - x\n  - a\n    - b\n  - c\n", "- - a\n   - b\n"]
)
def test_an_entry_that_is_indented_too_deep_is_told(text: str) -> None:
    (found,) = findings_of(text, first_line=5)
    row = next(number for number, line in enumerate(text.split("\n")) if line.endswith("- b"))
    line = text.split("\n")[row]
    assert found.code == "yaml-syntax"
    assert found.at == Location("a.yaml", 5 + row, line.index("-") + 1, 1, line)


@pytest.mark.parametrize(
    "text", ["- a - b\n", "- a\n  b - c\n", "- a\n  -b - c\n", "- 'a\n  - b'\n", "- a\n- - b\n"]
)
def test_a_dash_in_an_entry_is_a_dash(text: str) -> None:
    assert findings_of(text) == ()


# ---- the simple way and the parser ----------------------------------------------------------------------------

_SIMPLE_LINES = st.sampled_from(
    [
        "title: Hello there",
        'title: "Hello: there"',
        "title: 'x # y'",
        "date: 2012-05-25 18:30",
        "tags: [a, b c,d]",
        "tags: [a - b]",
        "tags: [a -b, c]",
        "tags: []",
        "tags: [a, ]",
        "tags: [a,, b]",
        "a: b ",
        "a:  b",
        "a: b: c",
        "a: b:c",
        "a: b #c",
        "a: b#c",
        "a: ",
        "a:",
        "a: it's",
        'a: say "x"',
        "a: 'it''s'",
        'a: "x\\n"',
        "a: -b",
        "a: é",
        "a: [é]",
        "é: x",
        "a: b\u00a0c",
        "a: \u2014",
        "a: b\u2028c",
        "a : b",
        " a: b",
        "",
        "# x",
        "b",
        "- b",
        "a: |",
        "a: &b c",
        "a: !x c",
        "a: *b",
        "a: b,c",
        "a: x?",
        "a: 'x' ",
        'a: "x" #c',
        "a: [a] ",
        "a: [a]b",
        "a: 'x'y",
        "a: http://x.org/a",
        "a: x/:/y",
        "---",
        "...",
        "a: ?",
        "a: b\t",
        "a:\tb",
        "a: [a\u00a0b]",
        "a: [a: b]",
        "a: [a:b]",
        'a: ["a", b]',
        "a: ~",
        "a: null",
        "a: x -- y",
        "a: x - y",
        "a: 1e3",
        "<<: x",
        "a: x%",
        "a: x@",
        "a: (x)",
        "a: x]",
        "a: x}",
    ]
)
_SIMPLE_CHARS = st.text("ab 1:-#'\"[],.&é\u00a0\u2019%/?!()=+\t", max_size=14)


def _by_the_parser(text: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cogen.read.yaml.parse_simple", lambda _text, _line: None)
        return parse_yaml(text, "a.md", 2)


@given(
    st.lists(_SIMPLE_LINES | st.builds("{}: {}".format, st.sampled_from("abcde"), _SIMPLE_CHARS), max_size=5)
)
def test_simple_lines_are_read_as_the_parser_reads_them(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    assert parse_yaml(text, "a.md", 2) == _by_the_parser(text)


@pytest.mark.parametrize(
    "text",
    [
        'title: Hello there\ndate: 2012-05-25T18:30:00Z\ntags: [Design Council, news]\nsummary: "One, two: three."\n',
        "a: 'it is'\nb: x/y\n",
        "a: b",
    ],
)
def test_what_most_posts_have_needs_no_parser(text: str) -> None:
    assert parse_simple(text, 2) == _by_the_parser(text)[0]
    assert parse_simple(text, 2) is not None
