"""What a rendered text tells beside its HTML, and what happens to a heading that became the title."""

import re

import msgspec
import pytest

from cogen.model.body import CloseHole, DirectiveHole, Heading, LinkHole, PictureHole
from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Location
from cogen.model.html import unescape
from cogen.read.markdown import RenderedText, drop_leading_heading, known_extension, render_text

DIALECTS = ("gfm", "python-markdown")


def render(text: str, **options: object) -> RenderedText:
    return render_text(text, path="a.md", first_line=10, options=msgspec.convert(options, ReadingOptions))


def html(text: str, **options: object) -> str:
    return "⟦⟧".join(render(text, **options).parts).strip()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_leading_heading_is_told_and_can_be_dropped(dialect: str) -> None:
    rendered = render("\n# The *title*\n\nText.\n\n## Part\n\n### Sub", dialect=dialect)
    assert (rendered.first_heading, rendered.first_heading_is_leading) == ("The title", True)
    dropped = drop_leading_heading(rendered)
    assert "".join(dropped.parts).split() == (
        ["<p>Text.</p>", "<h2", 'id="part">Part</h2>', "<h3", 'id="sub">Sub</h3>']
    )
    assert dropped.headings == (Heading(2, "part", "Part"), Heading(3, "sub", "Sub"))
    assert dropped.ids == ("part", "sub")
    assert dropped.word_count == rendered.word_count - 2
    assert not dropped.first_heading_is_leading


def test_dropping_a_heading_of_the_second_level_moves_no_other() -> None:
    dropped = drop_leading_heading(render("## Title\n\n### Part"))
    assert dropped.headings == (Heading(3, "part", "Part"),)


def test_where_there_are_several_first_levels_the_others_stay_one_lower() -> None:
    dropped = drop_leading_heading(render("# Title\n\n# Other\n\n## Part"))
    assert dropped.headings == (Heading(2, "other", "Other"), Heading(3, "part", "Part"))


def test_dropping_a_heading_moves_the_holes_behind_it() -> None:
    rendered = render("# See [it](x.md)\n\n:::note\n![p](p.jpg)\n:::")
    dropped = drop_leading_heading(rendered)
    assert [type(hole) for hole in dropped.holes] == [DirectiveHole, PictureHole, CloseHole]
    assert dropped.holes[2] == CloseHole(0)
    assert len(dropped.parts) == 4


@pytest.mark.parametrize(
    "text", ["Text.\n\n# Later", "::x\n\n# Later", "![p](p.jpg)\n\n# Later", "> # Quoted", "- # Item"]
)
def test_a_heading_behind_something_is_not_leading(text: str) -> None:
    rendered = render(text)
    assert rendered.first_heading
    assert not rendered.first_heading_is_leading
    assert drop_leading_heading(rendered) == rendered


def test_a_text_without_headings_has_no_first_heading() -> None:
    assert render("Text").first_heading == ""


def test_words_are_those_of_running_text() -> None:
    text = "One *two* [three](x.md).\n\n```python\nnot\n```\n\n::x{a=b}\n\n| four |\n|---|\n| `no` five |\n\n<!-- n -->"
    assert render(text).word_count == 5
    assert render(text, highlight=False).word_count == 5


def test_a_description_is_cut_at_a_word() -> None:
    rendered = render("word " * 100)
    assert len(rendered.description) <= 301
    assert rendered.description.endswith("word\u2026")
    assert render("x" * 400).description == "x" * 299 + "\u2026"
    assert render("A *b* &amp; <b>c</b>").description == "A b & c"


def places(rendered: RenderedText) -> list[tuple[str, int, int]]:
    return [(f.code, f.at.line, f.at.column) for f in rendered.findings if isinstance(f.at, Location)]


def test_findings_are_placed_in_the_file_and_sorted() -> None:
    rendered = render('Text ![](b.jpg)\n\n:::note{"x"}\n\n![](a.jpg)\n[a](javascript:x)')
    assert places(rendered) == [
        ("missing-alt", 10, 6),
        ("unclosed-directive", 12, 1),
        ("bad-attribute", 12, 9),
        ("missing-alt", 14, 1),
        ("bad-value", 15, 5),
    ]


def test_a_directive_in_code_has_no_findings() -> None:
    assert render('```\n::x{"}\n:::y\n```').findings == ()


def test_a_picture_is_found_in_its_own_place_when_it_stands_twice() -> None:
    assert [line for _, line, _ in places(render("![](a.jpg)\n\n![](a.jpg)"))] == [10, 12]


def test_a_picture_is_found_in_the_tag_that_has_no_words_whatever_its_file_is_called() -> None:
    text = '<img src="an alt.png" alt="A">\n\n<img src="an alt.png">'
    assert places(render(text)) == [("missing-alt", 12, 11)]


def test_an_unknown_extension_is_passed_over_and_a_known_one_works() -> None:
    assert (
        html("a\nb", dialect="python-markdown", extensions=["nl2br", "no.such.extension"])
        == "<p>a<br>\nb</p>"
    )
    assert html("a\nb", dialect="python-markdown") == "<p>a\nb</p>"


def test_extensions_that_the_post_pass_replaces_are_not_loaded() -> None:
    options = {
        "dialect": "python-markdown",
        "extensions": ["smarty", "markdown.extensions.codehilite", "extra"],
    }
    assert html('"a"', **options) == "<p>\u201ca\u201d</p>"
    assert "codehilite" not in html("    x = 1", **options)


def test_known_extensions_are_those_that_can_be_loaded() -> None:
    assert known_extension("toc")
    assert known_extension("markdown.extensions.wikilinks")
    assert not known_extension("no_such_extension")
    assert not known_extension("os")
    assert not known_extension("")


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    first = html("A[^1] [x]\n\n[^1]: note\n\n[x]: y.md\n\n*[A]: abbr", dialect="python-markdown")
    assert html("A[^1] [x]", dialect="python-markdown") == "<p>A[^1] [x]</p>"
    assert html("A[^1] [x]\n\n[^1]: note\n\n[x]: y.md\n\n*[A]: abbr", dialect="python-markdown") == first


def test_a_link_target_is_what_the_author_wrote() -> None:
    holes = render(
        "[a](<mein Fahrrad.md>) [b](caf%C3%A9.md) [c](b&uuml;.md) [d]( x.md ) [e](<\u3000x.md>)"
    ).holes
    assert [hole.target for hole in holes if isinstance(hole, LinkHole)] == [
        "mein Fahrrad.md",
        "caf%C3%A9.md",
        "b%C3%BC.md",
        "x.md",
        "\u3000x.md",
    ]


def test_an_empty_text_is_empty() -> None:
    for dialect in DIALECTS:
        rendered = render("", dialect=dialect)
        assert (rendered.parts, rendered.word_count) == (("",), 0)
        assert not rendered.summary


LANGUAGES = ("python", "PYTHON", "html", "yaml", "text", "c++", "console", "diff", "zzz", 'a"b', "../x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_coloured_code_keeps_every_character(language: str) -> None:
    code = "a = \"<b>&amp;\"  # x\n\n\tif x: \\ 'y'\n"
    text = html(f"```{language}\n{code}```")
    assert unescape(re.sub(r"<[^>]*>", "", text)) == code
    assert " style=" not in text
    assert text.startswith('<pre tabindex="0"><code')


def blocks(language: str, *lengths: int) -> list[bool]:
    """Say of each block of so many characters whether it is coloured."""
    made = html("\n".join(f"```{language}\n{'x = 1' + ' ' * (length - 6)}\n```\n" for length in lengths))
    return ["highlight" in block for block in made.split("</pre>")[:-1]]


def test_very_long_code_stays_plain() -> None:
    assert blocks("python", 6_000, 10) == [True, False]
    assert blocks("python", 6_001, 10) == [False, True]
    assert blocks("python", *[1_000] * 37) == [True] * 36 + [False]


def test_code_that_is_slow_to_colour_stays_plain_sooner() -> None:
    assert blocks("csharp", 2_121, 10) == [True, True]
    assert blocks("c#", 2_122, 10) == [False, True]
    assert blocks("xpp", 10) == [False]


def test_code_that_is_not_coloured_costs_nothing() -> None:
    plain = "```text\n" + "a" * 9_000 + "\n```\n\n```zzz\n" + "a" * 9_000 + "\n```\n\n"
    assert "highlight" in html(plain + "```python\nx = 1\n```\n").split("</pre>")[2]
