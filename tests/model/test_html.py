"""HTML as a value, and the text in it: quick even where the markup is meant to be slow."""

import html as stdlib_html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import assert_linear

from cogen.model.html import Html, escape, plain_text


@pytest.mark.parametrize("text", ['<a href="x">', "a & b", "&amp;", "it's", "\u2028"])
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    assert stdlib_html.unescape(escape(text)) == text


@given(st.text())
def test_escaped_text_holds_nothing_that_ends_an_attribute_or_opens_a_tag(text: str) -> None:
    assert not set(escape(text)) & set('<>"')


def test_html_prints_itself_and_says_that_it_is_markup() -> None:
    html = Html("<b>bold</b>")
    assert str(html) == html.__html__() == "<b>bold</b>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <em>two</em>\n three</p>", "One two three"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&nbsp;&#39;&eacute;", "'é"),
        ("<a title=\"a > b\" href='x > y'>text</a>", "text"),
        ("<a title='it is \"quoted\" >'>text</a>", "text"),
        ("<!-- a <b> --> kept <!-- -->", "kept"),
        ("<!doctype html>text", "text"),
        ("2 < 3 > 1", "2 < 3 > 1"),
        ("a <3 b", "a <3 b"),
        ("<br/>x<br>y", "xy"),
        ("</p\n>x", "x"),
        ("<p>one</p>\n<p>two</p>", "one two"),
        ("unclosed <a href=x", "unclosed <a href=x"),
        ("a &#999999999999; b", "a \ufffd b"),
        ("", ""),
    ],
)
def test_the_text_of_a_piece_of_html_is_what_a_reader_sees(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@given(st.text(alphabet="<>/!-?\"'= ab&;", max_size=60))
def test_any_markup_has_a_text(markup: str) -> None:
    text = plain_text(markup)
    assert text == " ".join(text.split())


def test_a_character_reference_of_any_length_is_no_error() -> None:
    assert plain_text("&#" + "9" * 10_000 + ";") == "\ufffd"
    assert plain_text("&#x" + "f" * 10_000 + ";") == "\ufffd"


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<a",
        "<",
        "</",
        "<!",
        "<!--",
        "<!-- -",
        "<?",
        '<a "',
        "<a '\"",
        "<a \"'",
        "<a ''",
        '<a "" ',
        "&",
        "&#",
        " ",
        "<a><",
    ],
)
def test_hostile_markup_takes_no_longer_than_its_length_allows(piece: str) -> None:
    assert_linear(lambda length: plain_text(piece * (length // len(piece))), 20_000)
