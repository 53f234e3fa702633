"""Sources that are made to take long: the time they take grows with their length, and no faster."""

from collections.abc import Callable

import msgspec
import pytest
from linear import assert_linear
from read.reading import parse_text

from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Location

FRONT = "---\ntitle: T\ndate: 2012-01-01\n---\n"
ADDRESS = "[x](javascript:1)\n\n"
BODIES: dict[str, Callable[[int], str]] = {
    "commas of a srcset": lambda n: f'<img alt="a" srcset="{"," * n}">',
    "spaces of a srcset": lambda n: f'<img alt="a" srcset="{" " * (n % 900)}">' * (n // 900 + 1),
    "a long line in code beside a directive": lambda n: f'```\n::quote{{author="A"}}\n{"a" * n}\n```\n',
    "spaces in code beside a directive": lambda n: f'```\n::quote{{author="A"}}\n{"a " * n}\n```\n',
    "a long line in a script beside a directive": lambda n: f"<script>\n::quote\n{'a' * n}\n</script>\n",
    "a comment beside a directive": lambda n: f"<!--\n::quote\n{'a ' * n}",
    "ends of paragraphs": lambda n: "<p>" + "</p>\n" * n,
    "paragraphs without a text": lambda n: "<p></p>\n" * n,
    "a tag of Liquid without an end": lambda n: "{% " + "a" * n,
    "tags of Liquid": lambda n: "{% a %" * n,
    "checkboxes before a text": lambda n: (
        '<div>\n<li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="" />'
        * (n // 40)
        + "word " * n
    ),
    "a name in a directive": lambda n: f"::quote{{{'a' * n}}}\n\n{ADDRESS}",
    "pictures without a source": lambda n: "<img>" * (n // 8),
    "pictures without words": lambda n: '<img alt="" src="z">\n' * (n // 20) + "![](\n" * (n // 5),
    "addresses in a quotation": lambda n: (
        "word " * n + "\n\n" + "".join(f"> [a](\n> javascript:x{each})\n" for each in range(n // 20))
    ),
    "two runs of backquotes": lambda n: ADDRESS + "`" * n + "a" + "`" * n,
    "two runs of tildes": lambda n: ADDRESS + "~" * n + "a" + "~" * n,
}
PYTHON_MARKDOWN: dict[str, Callable[[int], str]] = {
    "spaces behind a fence": lambda n: f"~~~{' ' * n}b",
    "tabs behind a fence": lambda n: f"```{'	' * n}}}",
    "spaces in a heading's id": lambda n: f"# a {{#{' ' * n}" + '">',
}
SOURCES: dict[str, Callable[[int], str]] = {
    "parts of a key in TOML": lambda n: "+++\n" + ".".join("a" * n) + " = 1\n+++\n",
    "spaces of a key in TOML": lambda n: f'+++\nx = {{"{" " * n}" = 1, "{" " * n}" = 2}}\n+++\n',
    "spaces at the beginning": lambda n: " " * n + "x",
    "spaces in a comment at the beginning": lambda n: "<!--" + " " * n + "x",
    "empty lines at the beginning": lambda n: " \n" * n + "x",
    "spaces behind a comment in YAML": lambda n: f"---\ntitle: a #b{' ' * n}c\n---\n",
    "lines of a Pelican header": lambda n: "Title: x\n" + "    a\n" * n,
}


def _read(text: str, dialect: str = "gfm") -> None:
    options = ReadingOptions(dialect=dialect)  # type: ignore[arg-type]
    parse_text("content/posts/2012-01-01-a.md", text, options)


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("dialect", ["gfm", "python-markdown"])
def test_a_body_is_read_in_linear_time(kind: str, dialect: str) -> None:
    assert_linear(lambda count: _read(FRONT + BODIES[kind](count), dialect), 5_000)


@pytest.mark.parametrize("kind", PYTHON_MARKDOWN)
def test_a_body_for_python_markdown_is_read_in_linear_time(kind: str) -> None:
    assert_linear(lambda count: _read(FRONT + PYTHON_MARKDOWN[kind](count), "python-markdown"), 20_000)


@pytest.mark.parametrize("kind", SOURCES)
def test_what_stands_above_a_body_is_read_in_linear_time(kind: str) -> None:
    assert_linear(lambda count: _read(SOURCES[kind](count)), 20_000)


def test_directives_of_yaml_are_read_in_linear_time() -> None:
    def read(count: int) -> None:
        text = "".join(f"%TAG !a{number}! b\n" for number in range(count)) + "---\na: b\n"
        parse_text("content/data/x.yaml", text)

    assert_linear(read, 20_000)


NAME = "y" * 200
ONE_LINE: dict[str, tuple[str, str]] = {
    "long tags in a text": (
        "content/posts/2012-01-01-a.md",
        f"---\ntitle: A\ntags: '{', '.join(f'x{n} {NAME}' for n in range(300))}'\n---\n",
    ),
    "tags that are none": (
        "content/posts/2012-01-01-a.md",
        f"---\ntitle: A\ntags: [{', '.join(f'{{a{n}: {NAME}}}' for n in range(300))}]\n---\n",
    ),
    "people with long names": (
        "content/people.yaml",
        "{" + ", ".join(f"'{n} {NAME}': x" for n in range(300)) + "}",
    ),
    "keys that nobody knows": (
        "content/projects/a.yaml",
        "title: A\nprojects: [{name: B, " + ", ".join(f"{NAME}{n}: x" for n in range(300)) + "}]",
    ),
    "links that would run": (
        "content/posts/2012-01-01-a.md",
        "---\ntitle: A\n---\n" + " ".join(f"[{NAME}](javascript:{n})" for n in range(300)),
    ),
}


@pytest.mark.parametrize("kind", ONE_LINE)
def test_each_finding_in_a_long_line_keeps_only_what_stands_around_it(kind: str) -> None:
    path, text = ONE_LINE[kind]
    findings = parse_text(path, text).findings
    assert len(findings) >= 300
    assert len(msgspec.msgpack.encode(findings)) < 1_000 * len(findings)


@pytest.mark.parametrize(
    "line",
    [
        f":::note[{'A title. ' * 60}]{{bad !!}}",
        f":::note[{'A title. ' * 60}]{{bad",
        f'::toc{{class="{"a" * 500}" "}}',
        f"{'Words. ' * 60}[a](javascript:1) {'and more. ' * 60}![](b.png) {{{{< c >}}}}",
    ],
)
def test_the_excerpt_of_a_long_line_is_what_stands_at_the_column(line: str) -> None:
    findings = parse_text("content/posts/2012-01-01-a.md", f"{FRONT}{line}\n\n:::\n").findings
    assert findings
    for found in findings:
        at = found.at
        assert isinstance(at, Location)
        assert line[at.excerpt_start :].startswith(at.excerpt)
        assert 0 <= at.column - 1 - at.excerpt_start < len(at.excerpt)
