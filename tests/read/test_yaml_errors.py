"""The mistakes editors make in YAML, each with one clear sentence."""

import pytest

from cogen.model.diagnostics import Diagnostic, Location
from cogen.read.yaml import parse_yaml

QUOTES = "put the value in quotes: "
LINE_UP = "let keys of one level, and entries of one list, start in the same column"
BRACKET = "or a comma between two values; a value with brackets or commas needs quotes"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        pytest.param("title: Tulse Hill: update", 1, 18, 'a second colon stands in the value of "title"',
            QUOTES + 'title: "Tulse Hill: update"', id="colon-in-title"),
        pytest.param('title: Say "hi": update', 1, 16, 'a second colon stands in the value of "title"',
            QUOTES + "title: 'Say \"hi\": update'", id="colon-and-quotes"),
        pytest.param("title:Hello\ndate: 2012", 1, 6, 'a space is missing after the colon of "title"',
            "write title: Hello", id="no-space-first"),
        pytest.param("date: 2012\ntitle:Hello", 2, 6, 'a space is missing after the colon of "title"',
            "write title: Hello", id="no-space-last"),
        pytest.param("title: x\n\tdate: y", 2, 1, "a tab stands here, and YAML is indented with spaces only",
            "replace the tab by two spaces", id="tab"),
        pytest.param("tags:\n\t- a", 2, 1, "a tab stands here, and YAML is indented with spaces only",
            "replace the tab by two spaces", id="tab-in-list"),
        pytest.param('title: "abc\ndate: x', 1, 8, 'a quote opens here with " and never closes',
            'add the second " at the end of the value', id="open-quote"),
        pytest.param("title: 'Don't stop'", 1, 13, "the value ended with the quote ', and more follows",
            'put the whole value in quotes of the other kind: "Don\'t stop"', id="apostrophe"),
        pytest.param('title: "a" b', 1, 12, 'the value ended with the quote ", and more follows',
            "put the whole value in quotes of the other kind: '\"a\" b'", id="after-quote"),
        pytest.param("title: [x] y", 1, 12, "the value ended with ], and more follows",
            "put the whole value in quotes if it is a text", id="after-bracket"),
        pytest.param("tags: [a, b\ndate: x", 1, 7, "a list opens here with [ and does not close with ]",
            "add the missing ], " + BRACKET, id="open-bracket"),
        pytest.param("place: {name: b", 1, 8, "a list opens here with { and does not close with }",
            "add the missing }, " + BRACKET, id="open-brace"),
        pytest.param("tags: [a, , b]", 1, 11, "a value is missing before ,",
            "delete it, or put the value in quotes if it starts with it", id="two-commas"),
        pytest.param("tags: - a", 1, 7, "a list with - cannot start on the line of its key",
            "put each entry on a line of its own below the key, or write the list as [one, two]", id="list-on-line"),
        pytest.param("title: @foo", 1, 8, "a value cannot start with @", QUOTES + '"@foo"', id="at"),
        pytest.param("title: `x`", 1, 8, "a value cannot start with `", QUOTES + '"`x`"', id="backtick"),
        pytest.param("title: %x", 1, 8, "a value cannot start with %", QUOTES + '"%x"', id="percent"),
        pytest.param("title: *bold* text", 1, 8, "a value cannot start with *", QUOTES + '"*bold* text"', id="star"),
        pytest.param("title: & co", 1, 8, "a value cannot start with &", QUOTES + '"& co"', id="ampersand"),
        pytest.param("title: > x", 1, 8, "a value cannot start with >", QUOTES + '"> x"', id="greater"),
        pytest.param('title: "C:\\path"', 1, 11,
            "a backslash in double quotes starts a code, and this is none that YAML knows",
            "use single quotes, or write two backslashes", id="backslash"),
        pytest.param("title: Hello\n  date: 2012", 2, 3,
            "this line is indented as if it went on with the line above",
            "start it in the same column as the other keys", id="indented-key"),
        pytest.param("hello\nworld: x", 1, 1, '"hello" is no "key: value"',
            "write a key, a colon, a space and the value", id="no-key"),
        pytest.param("a: x\nhello", 2, 1, '"hello" is no "key: value"',
            "write a key, a colon, a space and the value; or indent the line, if it goes on with the one above",
            id="no-colon"),
        pytest.param("a:\n  - b\n c: d", 3, 2, "this line does not line up with the lines above", LINE_UP,
            id="mixed-levels"),
        pytest.param("a:\n - b\n- c", 3, 1, "this line does not line up with the lines above", LINE_UP,
            id="mixed-list"),
    ],
)  # fmt: skip
def test_a_usual_mistake_is_explained(text: str, line: int, column: int, message: str, hint: str) -> None:
    node, findings = parse_yaml(text, "content/posts/a.md", 2)
    excerpt = text.split("\n")[line - 1]
    at = Location("content/posts/a.md", line + 1, column, 1, excerpt)
    assert node is None
    assert findings == (Diagnostic("yaml-syntax", message, at, hint),)


def test_a_mistake_without_an_explanation_quotes_the_parser() -> None:
    _, (found,) = parse_yaml("%FOO\n---\na: b", "a.yaml")
    assert found.message.startswith("this cannot be read as YAML (")
