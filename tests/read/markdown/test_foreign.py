"""What looks like markup and is none is told where it stands, and nothing else is."""

import msgspec
import pytest
from linear import assert_linear

from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Location
from cogen.read.markdown import render_text


def told(text: str, first_line: int = 5, **options: object) -> list[tuple[int, int, int, str]]:
    made = render_text(
        text, path="a.md", first_line=first_line, options=msgspec.convert(options, ReadingOptions)
    )
    return [
        (found.at.line - first_line + 1, found.at.column, found.at.length, found.hint)
        for found in made.findings
        if found.code == "foreign-markup" and isinstance(found.at, Location)
    ]


IN_MARKDOWN = "say it in Markdown, or put it in backquotes if it is to be read"


@pytest.mark.parametrize(
    ("text", "column", "length"),
    [
        ('{{< figure src="/a.png" >}}', 1, 27),
        ("See {{% note %}} here", 5, 12),
        ('[a]({{< ref "x.md" >}})', 5, 18),
        ("[a]({% post_url 2020-01-01-a %})", 5, 27),
        ("{%- include x.html -%}", 1, 22),
        ('[caption id="1" width="3"]', 1, 26),
        ('[gallery ids="1,2"]', 1, 19),
        ("[embed]", 1, 7),
    ],
)
def test_markup_of_other_programs_is_told(text: str, column: int, length: int) -> None:
    assert told(text) == [(1, column, length, IN_MARKDOWN)]
    assert told(text, dialect="python-markdown") == [(1, column, length, IN_MARKDOWN)]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("![a](my beans.png)", (1, 6, 12), "write my%20beans.png"),
        ("Text.\n\n[a](../the  notes/a.pdf) and more", (3, 5, 19), "write ../the%20%20notes/a.pdf"),
        ("::: note\nText\n:::", (1, 1, 8), "write the name right behind the colons: :::note"),
        ("::: {.note}\nText\n:::", (1, 1, 11), "write the name right behind the colons: :::note"),
        (
            ":::{.callout-tip}\nText\n:::",
            (1, 1, 17),
            "write the name right behind the colons: :::callout-tip",
        ),
        (
            "![A](/a.png){: .wide }",
            (1, 13, 10),
            "take it out; headings and directives take {#id .class}, without a colon",
        ),
    ],
)
def test_what_is_written_otherwise_here_is_told_with_the_way(
    text: str, place: tuple[int, int, int], hint: str
) -> None:
    assert told(text) == [(*place, hint)]


def test_front_matter_in_json_is_told() -> None:
    text = '{\n  "title": "A"\n}\n\n{{< x >}}\n'
    assert told(text, first_line=1) == [(1, 1, 1, "write it in YAML, between two lines of ---")]
    assert told(text, first_line=4) == [(5, 1, 9, IN_MARKDOWN)]


@pytest.mark.parametrize(
    "text",
    [
        "`{{< code >}}` and ``{% raw %}``",
        "```\n{{< code >}}\n[a](b c.png)\n```",
        "Text.\n\n    {% code %}\n    ::: note\n\n    {{% more %}}",
        "<!-- {{< code >}} -->",
        "{{ site.title }} and {{x}}",
        '[a](b.png "a title. b/c") [a](b.png (a/b c)) [a](<b c.png>)',
        "[sic](and so on)",
        ":::note\nText\n:::",
        "50 {%} and {:)}",
        "[video](/a/) [gallery] [audio]: /x/",
        "# Heading {#id .class}",
    ],
)
def test_code_and_what_is_none_is_not_told(text: str) -> None:
    assert told(text) == []


def test_the_other_dialect_has_attribute_lists_and_spaces() -> None:
    text = "![A](/my a.png){: .wide }"
    assert told(text, dialect="python-markdown") == []


@pytest.mark.parametrize("piece", ["{{< ", "{% a ", "[caption a=", "](a b/", "::: n", "{: .a ", "[embed "])
def test_what_never_ends_takes_no_time_by_its_square(piece: str) -> None:
    assert_linear(lambda count: told(piece * count), 2_000)


def test_of_very_many_each_has_its_place() -> None:
    found = told("{{< a >}} {{< b >}}\n\n" * 150)
    assert [each[:2] for each in found] == [(line, column) for line in range(1, 300, 2) for column in (1, 11)]


@pytest.mark.parametrize("piece", ["{{< a >}} ", "[a](b c.md) ", "{: .a} ", "{{< a >}}\n", "::: a\n"])
def test_very_many_take_no_time_by_their_square(piece: str) -> None:
    assert len(told(piece * 100)) == 100
    assert_linear(lambda count: told(piece * count), 4_000)
