"""Short texts: values of YAML, labels, summaries."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cogen.model.body import LinkHole, RichText
from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Location
from cogen.read.markdown import render_short

DIALECTS = ("gfm", "python-markdown")


def short(text: str, *, inline: bool = True, dialect: str = "gfm") -> RichText:
    rich, _ = render_short(
        text, path="a.yaml", line=4, options=ReadingOptions(dialect=dialect), inline=inline
    )
    return rich


def html(text: str, *, inline: bool = True, dialect: str = "gfm") -> str:
    return "⟦⟧".join(short(text, inline=inline, dialect=dialect).parts)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Words in *Markdown*.", "Words in <em>Markdown</em>."),
        ("_a_ **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>"),
        ("2012. A year", "2012. A year"),
        ("- not a list", "- not a list"),
        ("# not a heading", "# not a heading"),
        ("> not a quote", "&gt; not a quote"),
        ("one\n\ntwo\n- three", "one  two - three"),
        ("    no code", "no code"),
        ('"quoted" -- it\'s', "“quoted” – it’s"),
        ("", ""),
        ("[x](y.md)", '<a href="⟦⟧">x</a>'),
        ("::x{a=1}", "::x{a=1}"),
        ("a[^1]\n\n[^1]: n", "a[^1]  [^1]: n"),
        ("<b>x", "<b>x</b>"),
    ],
)
def test_an_inline_text_is_the_inside_of_one_paragraph(text: str, expected: str, dialect: str) -> None:
    assert html(text, dialect=dialect) == expected


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_text_of_blocks_keeps_them_without_ids(dialect: str) -> None:
    text = 'One.\n\n## Two\n\n- a\n\n<p id="x">y</p>\n\n::d'
    assert html(text, inline=False, dialect=dialect).split("\n")[:2] == ["<p>One.</p>", "<h2>Two</h2>"]
    assert "id=" not in html(text, inline=False, dialect=dialect)
    assert "::d" in html(text, inline=False, dialect=dialect)


def test_holes_are_kept() -> None:
    assert short("[x](../y.md)").holes == (LinkHole("../y.md"),)


def test_a_task_list_of_a_description_keeps_its_boxes() -> None:
    assert "<label><input" in html("- [x] done", inline=False)


def test_findings_name_the_line_of_the_value() -> None:
    _, findings = render_short("![](a.jpg)", path="a.yaml", line=4, options=ReadingOptions(), inline=True)
    (found,) = findings
    assert found.code == "missing-alt"
    assert isinstance(found.at, Location)
    assert found.at.line == 4


def test_a_value_over_a_limit_is_text() -> None:
    rich, findings = render_short(">" * 200, path="a.yaml", line=4, options=ReadingOptions(), inline=False)
    assert rich.parts == ("&gt;" * 200,)
    assert [found.code for found in findings] == ["too-complex"]


@given(
    st.text("aB1é日 ,;?!.-\u2019\u201c", max_size=24),
    st.sampled_from(DIALECTS),
    st.booleans(),
)
@example("1. one", "gfm", True)
@example("a - b -- c", "gfm", True)
@example("a  b", "python-markdown", False)
def test_plain_words_are_what_the_engines_make_of_them(text: str, dialect: str, smart: bool) -> None:
    options = ReadingOptions(dialect=dialect, smart_quotes=smart)
    made = render_short(text, path="a.yaml", line=4, options=options, inline=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cogen.read.markdown.text._SHORT", 0)
        assert render_short(text, path="a.yaml", line=4, options=options, inline=True) == made
