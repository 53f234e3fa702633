"""HTML that may be printed as it is. Layer: model."""

import html as stdlib_html
import re
import sys
from collections.abc import Iterator

import msgspec

_MARKUP = re.compile(
    r"<!--(?:.*?-->|.*)"
    r"|<[!?][^>]*+>"
    r"|</?[A-Za-z][^\"'>]*+(?:\"[^\"]*+\"[^\"'>]*+|'[^']*+'[^\"'>]*+)*+>"
    r"|(<(?:[!?]|/?[A-Za-z]).*)",
    re.DOTALL,
)
"""A comment, a declaration, a tag, or (kept as text) one that never ends.

Every ``<`` that opens something is decided once, up to its end or the text's, and nothing is tried twice:
the time grows with the length whatever the text.
"""
_GAP = re.compile(r"[\s,]*+")
_SOLID = re.compile(r"\S*+")
_DESCRIPTOR = re.compile(r"[^,]*+")
_SKIPPED = "".join(map(chr, range(0x21)))
_LONG_NUMBER = re.compile(r"&#[0-9]{9,};?")
"""No character has such a number, and Python refuses to read very long ones."""


class Html(msgspec.Struct, frozen=True, tag="html"):
    """A piece of HTML made by cogen or by a template; Jinja prints it without escaping."""

    text: str
    """The markup itself."""

    def __html__(self) -> str:
        """Say to Jinja, and to whoever knows the convention, that this is markup already."""
        return self.text

    def __bool__(self) -> bool:
        """Say whether there is any, so that a template can ask ``{% if tag.description %}``."""
        return bool(self.text)

    def __str__(self) -> str:
        """Give the markup, so that ``"".join(map(str, pieces))`` works."""
        return self.text


def escape(text: str) -> str:
    """Escape text for element content and for double-quoted attribute values."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def address_in(value: str) -> str:
    """Give an attribute's address without what a browser skips around it (WHATWG URL, C0 control or space).

    Other white space is part of the address: what begins with a no-break space has no scheme.
    """
    return value.strip(_SKIPPED)


def candidates_of(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[tuple[str, int, str]]:
    """Give the pictures of a ``srcset`` between two offsets: address, its offset, and what stands behind it.

    As WHATWG HTML reads it: an address ends at a space, or with commas at its end.
    """
    end = min(end, len(text))
    while (at := _end_of(_GAP, text, start, end)) < end:
        solid_end = _end_of(_SOLID, text, at, end)
        address = text[at:solid_end].rstrip(",")
        start = solid_end
        if at + len(address) == solid_end:
            start = _end_of(_DESCRIPTOR, text, solid_end, end)
        yield address, at, text[at + len(address) : start].strip(",")


def _end_of(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = pattern.match(text, start, end)
    return found.end() if found else start


def plain_text(markup: str) -> str:
    """Give the text of a piece of HTML: tags dropped, entities decoded, white space folded."""
    without_tags = _MARKUP.sub(r"\1", markup) if "<" in markup else markup
    return " ".join(unescape(without_tags).split())


def unescape(markup: str) -> str:
    """Decode character references; one that is too long for any character is U+FFFD, never an error."""
    return stdlib_html.unescape(_LONG_NUMBER.sub("\ufffd", markup)) if "&" in markup else markup
