import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import assert_linear
from render.samples import Promises

from cogen.assemble.views import BodyRef, EntryContentView
from cogen.render.entry_content import make_entry_content

PAGE = "https://example.org/blog/2012/05/x/"
# What independent judges look for in the HTML of entries.
SCRIPT_LIKE = re.compile(r"<\s*(script|iframe|object|embed)\b|\son\w+\s*=", re.IGNORECASE)
ALIVE = {"script", "style", "iframe", "object", "embed", "form", "base", "meta", "link"}


def entry(html: str) -> str:
    view = EntryContentView(BodyRef("b"), PAGE, "https://example.org")
    return make_entry_content(view, Promises(b=html))


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert entry('<a href="/?a&#12;b&#x1;">') == '<a href="https://example.org/?ab">'
    assert entry("<p>a\x08b\x00c\ud800d\uffff\x1be</p>") == "<p>abcde</p>"


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ('<a href="/blog/a/">', '<a href="https://example.org/blog/a/">'),
        ('<a href="#part">', f'<a href="{PAGE}#part">'),
        ('<a href="bike.jpg">', f'<a href="{PAGE}bike.jpg">'),
        ('<a href="?a=1&amp;b=2">', f'<a href="{PAGE}?a=1&amp;b=2">'),
        ('<a href="//cdn.example/x">', '<a href="https://cdn.example/x">'),
        ('<a href="https://other.example/?a&amp;b">', '<a href="https://other.example/?a&amp;b">'),
        ('<a href="mailto:a@example.org">', '<a href="mailto:a@example.org">'),
        ("<a href=/blog/a/>", '<a href="https://example.org/blog/a/">'),
        ("<A HREF='/blog/a/'>", '<A href="https://example.org/blog/a/">'),
        ('<img src="/i.png" alt="">', '<img src="https://example.org/i.png" alt="">'),
        ('<video poster="/p.png">', '<video poster="https://example.org/p.png">'),
        (
            '<img srcset="/a.png 1x, /b.png 2x">',
            '<img srcset="https://example.org/a.png 1x, https://example.org/b.png 2x">',
        ),
        ('<img srcset="a.png">', f'<img srcset="{PAGE}a.png">'),
        ('<blockquote cite="/x/">', '<blockquote cite="https://example.org/x/">'),
        ('<a href="https:about">', f'<a href="{PAGE}about">'),
        ('<a href=" about\t">', f'<a href="{PAGE}about">'),
        ('<a href="&#x3000;about">', f'<a href="{PAGE}\u3000about">'),
        ('<a href="HTTPS:/about">', '<a href="https://example.org/about">'),
        ('<a href="http:/other.example/a">', '<a href="http://other.example/a">'),
        ('<img srcset="https:b.png 2x">', f'<img srcset="{PAGE}b.png 2x">'),
    ],
)
def test_every_address_becomes_absolute(written: str, made: str) -> None:
    assert entry(written) == made


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("a<script>alert(1)</script>b", "ab"),
        ("a<SCRIPT src=x>x</SCRIPT >b", "ab"),
        ("a<style>p{}</style>b", "ab"),
        ("a<iframe src='//x'><p>y</p></iframe>b", "ab"),
        ("a<object data=x><embed src=x>y</object>b", "ab"),
        ("a<form action=/x><input name=q></form>b", "ab"),
        ("a<embed src=x>b", "ab"),
        ("a<script>never closed <p>b</p>", "a"),
        ("a<form><p>b</p>", "a<p>b</p>"),
        ("a<form><form><form>b", "ab"),
        ("a<!-- c <p> -->b", "ab"),
        ("a<!-->b", "ab"),
        ("a<!doctype html><?php x ?></ x>b", "ab"),
        ("a<p unclosed", "a"),
        ("a<object-map>b</object-map><iframe--><x-object>", "ab<x-object>"),
        ("<svg><a><set attributeName=href to=javascript:x></a></svg>", "<svg><a></a></svg>"),
    ],
)
def test_what_runs_or_is_no_content_is_left_out(written: str, made: str) -> None:
    assert entry(written) == made


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ('<p onclick="x()" class="a">', '<p class="a">'),
        ("<p ONCLICK=x id=a>", '<p id="a">'),
        ("<p/onclick=x/>", "<p>"),
        ('<p title="a"onclick="x">', '<p title="a">'),
        ('<div tabindex="0" role="group">', '<div role="group">'),
        ('<a href="javascript:alert(1)">', "<a>"),
        ('<a href=" java&#9;script:alert(1)">', "<a>"),
        ('<a href="&#x6a;avascript:alert(1)">', "<a>"),
        ('<a href="data:text/html,x">', "<a>"),
        ('<img src="data:image/png;base64,AA==">', '<img src="data:image/png;base64,AA==">'),
        ('<a href="&#1; javascript:alert(1)">', "<a>"),
        ('<a href="https:javascript:alert(1)">', "<a>"),
        ('<a href="http://[">', '<a href="http://[">'),
        ('<a href="//[">', "<a>"),
        ("<input type=checkbox disabled checked>", '<input type="checkbox" disabled checked>'),
        ('<p title="a > b">', '<p title="a &gt; b">'),
        ("<p title='say \"x\"'>", '<p title="say &quot;x&quot;">'),
        ("<p it's>x</p>", "<p>x</p>"),
    ],
)
def test_attributes_that_run_are_left_out_and_the_rest_stays(written: str, made: str) -> None:
    assert entry(written) == made


@pytest.mark.parametrize(
    "blank", ["\xa0", "&nbsp;", "&#x3000;", "\x85", "\u2028", "\u2003", "\ufeff", "\x00"]
)
@pytest.mark.parametrize("attribute", ["href", "xlink:href", "src", "cite"])
def test_white_space_that_is_part_of_an_address_hides_nothing_that_runs(blank: str, attribute: str) -> None:
    made = entry(f'<a {attribute}="{blank}javascript:alert(1)">')
    (element,) = html5lib.parseFragment(made, namespaceHTMLElements=False).iter("a")
    assert (element.get(attribute) or "https:").startswith("https:")


def test_code_that_looks_like_markup_reads_the_same() -> None:
    code = "<pre><code>&lt;a href=&quot;/x&quot; onclick=&quot;y&quot;&gt;\nonce = 1\nx = '#a' src=\"/b\"</code></pre>"
    made = entry(code)
    text = "".join(html5lib.parseFragment(made).itertext())
    assert text == "".join(html5lib.parseFragment(code).itertext())
    assert not SCRIPT_LIKE.search(made)


def test_a_lone_less_than_sign_is_text() -> None:
    assert entry("1 < 2 and 1 <3 < script") == "1 &lt; 2 and 1 &lt;3 &lt; script"


def test_words_that_meet_where_something_was_left_out_are_no_handler() -> None:
    assert not SCRIPT_LIKE.search(entry("a <!-- x -->on<!-- y -->load=1 <em>on</em>"))


def test_plain_markup_stays_byte_for_byte() -> None:
    html = '<h2 id="a">T</h2>\n<p class="x">A <em>b</em> &amp; c<br>\n<img alt="" width="3"></p>'
    assert entry(html) == html


@given(
    st.lists(
        st.sampled_from(
            [
                "<", ">", "</", "/>", '"', "'", "=", " ", "\n", "/", "!", "--", "<!--", "-->", "script", "<script>",
                "</script>", "<p ", "<a href=", "onclick", " on", "x", "javascript:", "<form", "</form>", "<svg>",
                "<title>", "<style>", "&lt;", "&", "#", "srcset=", "\x00", "<textarea>", "</textarea>", "<iframe",
                '<a href="https://', '<a href="mailto:', '">',
            ]
        ),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_no_arrangement_of_pieces_gives_anything_that_runs(html: str) -> None:
    made = entry(html)
    assert not SCRIPT_LIKE.search(made)
    for element in html5lib.parseFragment(made, namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str):
            assert element.tag not in ALIVE
            assert not [name for name in element.attrib if str(name).startswith("on")]
            assert not (element.get("href") or "").lstrip().lower().startswith("javascript:")


@given(
    st.sampled_from(["https://", "http://", "mailto:"]),
    st.text(st.sampled_from("<>\"'&;= /#\n") | st.characters()),
)
def test_links_that_pass_with_the_text_come_out_as_all_others(scheme: str, rest: str) -> None:
    link = '<{} href="{}">a</a>'
    assert entry(link.format("a", scheme + rest)) == entry(link.format("a ", scheme + rest))


@pytest.mark.parametrize(
    "piece", ["<a", "<form>", "<", '<a "', "<a b='", "<!--", "&", "<a b ", "</", "=", "<a =", " on"]
)
def test_time_grows_with_length_alone(piece: str) -> None:
    assert_linear(lambda count: entry(piece * count), 10_000)
