"""The examples of CommonMark 0.31.2 against the engine of the default dialect, without its additions.

Output is compared after normalisation: what the spec leaves open (the order of attributes, how a void
element or an entity is written, white space around blocks) does not count.
"""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cogen.model.html import escape
from cogen.read.markdown.gfm import convert_bare

SPEC = Path(__file__).parents[2] / "browser" / "node_modules" / "commonmark-spec" / "spec.txt"
EXAMPLES = 652
KNOWN_FAILURES: frozenset[int] = frozenset()
"""Numbers of examples the engine gets wrong; one that passes again has to be taken out."""

_EXAMPLE = re.compile(r"^`{32} example\n(?P<markdown>.*?)^\.\n(?P<html>.*?)^`{32}$", re.DOTALL | re.MULTILINE)
_BLOCK_NAMES = """
article blockquote body dd details div dl dt h1 h2 h3 h4 h5 h6 hr html iframe li ol p pre script section style
table tbody td textarea th thead tr ul warning
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())


class Normaliser(HTMLParser):
    """Writes HTML in one way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.verbatim = 0
        self.after_block = True

    def _text(self, text: str) -> None:
        if not self.verbatim:
            text = re.sub(r"\s+", " ", text)
            if self.after_block:
                text = text.lstrip()
        if text:
            self.out.append(text)
            self.after_block = False

    def _before_block(self, tag: str) -> None:
        if tag in _BLOCKS and not self.verbatim and self.out:
            self.out[-1] = self.out[-1].rstrip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._before_block(tag)
        pairs = "".join(f' {name}="{escape(value or "")}"' for name, value in sorted(attrs))
        self.out.append(f"<{tag}{pairs}>")
        self.verbatim += tag == "pre"
        self.after_block = tag in _BLOCKS or tag == "br"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._before_block(tag)
        self.verbatim -= tag == "pre" and self.verbatim > 0
        self.out.append(f"</{tag}>")
        self.after_block = tag in _BLOCKS

    def handle_data(self, data: str) -> None:
        self._text(data if self.cdata_elem else escape(data))

    def handle_entityref(self, name: str) -> None:
        self._text(escape(unescape(f"&{name};")))

    def handle_charref(self, name: str) -> None:
        self._text(escape(unescape(f"&#{name};")))

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.out.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.out.append(f"<?{data}>")


def normalised(html: str) -> str:
    parser = Normaliser()
    parser.feed(html)
    parser.close()
    return "".join(parser.out).strip()


def spec_examples() -> list[tuple[int, str, str]]:
    if not SPEC.is_file():
        return []
    text = SPEC.read_text("utf-8").replace("\u2192", "\t")
    return [
        (number, found["markdown"], found["html"]) for number, found in enumerate(_EXAMPLE.finditer(text), 1)
    ]


def test_the_spec_is_there_whole() -> None:
    assert SPEC.is_file(), f"{SPEC} is not there: run 'make browser' or 'npm install --prefix tests/browser'"
    assert "version: '0.31.2'" in SPEC.read_text("utf-8")
    assert len(spec_examples()) == EXAMPLES


def test_the_default_engine_gives_what_commonmark_says() -> None:
    failures = {
        number
        for number, markdown, html in spec_examples()
        if normalised(convert_bare(markdown)) != normalised(html)
    }
    assert failures == KNOWN_FAILURES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>\n<p>b</p>", "<p>a</p><p>c</p>"),
        ("<pre>a\n</pre>", "<pre>a</pre>"),
        ("<a>x</a>", "<a> x</a>"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_normalisation_keeps_what_differs(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)
