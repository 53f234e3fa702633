"""Where a source leads to an address: the places of links and pictures, and not of words about them. Layer: read.

Code and comments are covered with spaces before anything is looked for.  Each place is known by the address that a
reader of the text would follow: ``a%20b.md``, ``<a b.md>`` and ``a&#32;b.md`` lead to the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from urllib.parse import unquote

from cogen.model.html import address_in, candidates_of, unescape
from cogen.read.markdown.tags import ADDRESSES, ANY_TAG, ATTRIBUTE
from cogen.read.markdown.verbatim import without_code

_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*+\n", re.DOTALL)
_INLINE = re.compile(r"\([ \t]*+(?:\n[ \t>]*+)?+")
"""What a link's address stands behind; the next line of a quotation begins with its mark."""
_DEFINITION = re.compile(
    r"^[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)?\[(?!\^)(?:[^\[\]\\\n]|\\.)*+\]:[ \t]*+\n?+[ \t>]*+",
    re.MULTILINE,
)
_WORDLESS = re.compile(r"!\[\s*+\](?:\([ \t]*+(?:\n[ \t>]*+)?+|\[)")
_ANGLED = re.compile(r"<((?:[^<>\\\n]|\\.)*+)>")
_WORD = r"(?:[^\s()\\]++|\\.)"
_TWICE = rf"\((?:{_WORD}|\((?:{_WORD})*+\))*+\)"
_BALANCED = re.compile(rf"((?:{_WORD}|\((?:{_WORD}|{_TWICE})*+\))++)")
_SOLID = re.compile(r"(\S++)")
_LOOSE = re.compile(r"([^\s)\]]++)")
"""The address of a link whose parentheses do not match."""
_SPACED = re.compile(r"([^()\n\]]*+(?:\([^()\n\]]*+\)[^()\n\]]*+)*+)\)")
"""An address with spaces, which Python-Markdown takes, and what else stands before the link's end."""
_AUTOMATIC = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*+)>")
_DIRECTIVE = re.compile(r"^[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)?:{2,}+\w[^\n]*", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"(?<![\w:.-])(?P<name>[\w:.-]++)\s*+=\s*+(?:\"([^\"\n]*+)\"|'([^'\n]*+)'|([^\s}\"']++))"
)
_WORDS = frozenset({"alt", "class", "id"})
"""Attributes of directives that lead nowhere, though they may be the name of a file."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_WORD_OPENS = r"(?<![\w/.%#&?=-])"
_WORD_CLOSES = r"(?![\w/%#&?=-]|\.\w)"

_Place = tuple[int, int]
"""Offset and length."""


def followed(address: str) -> str:
    """Give the address that a browser would follow, decoded: what all spellings of one address share."""
    return unquote(address_in(unescape(address) if "&" in address else address))


class Shown:
    """A text without its code and comments, and the places in it that lead to an address."""

    def __init__(self, text: str, *, is_indented: bool = False) -> None:
        """``text`` is covered here; all offsets are those in the text as it was; see ``without_code``."""
        self.text = without_code(text, is_indented=is_indented)

    @cached_property
    def _places(self) -> dict[str, list[_Place]]:
        """Each address with its places, in order.

        One search finds all, because a text that was brought from elsewhere may have many that lead nowhere.
        """
        return _by_address(chain(_in_markdown(self.text), _in_tags(self.text), _in_directives(self.text)))

    def find_target(self, address: str, nth: int = 0) -> _Place | None:
        """Give offset and length of the ``nth`` place (from 0) that leads to an address, or the last one."""
        found = self._places.get(followed(address), [])[: nth + 1]
        return found[-1] if found else None

    def find_without_alt(self, address: str, nth: int) -> _Place | None:
        """Give the ``nth`` place (from 0) at which a tag shows a picture and has no ``alt``; None for none."""
        return _nth(self._without_alt.get(followed(address), ()), nth)

    def find_wordless(self, address: str, nth: int) -> _Place | None:
        """Give the ``nth`` place of a ``![](address)``; an empty address asks for those that name a definition."""
        return _nth(self._wordless.get(followed(address), ()), nth)

    @cached_property
    def _without_alt(self) -> dict[str, list[_Place]]:
        return _by_address(_in_tags(self.text, is_without_alt=True))

    @cached_property
    def _wordless(self) -> dict[str, list[_Place]]:
        return _by_address(_without_words(self.text))

    def find_named(self, spellings: Iterable[str]) -> _Place | None:
        """Give offset and length of the first place where an address or a name stands, as no part of a longer one."""
        either = _either(spellings)
        if not either:
            return None
        found = re.compile(f"{_WORD_OPENS}(?:{either}){_WORD_CLOSES}").search(self.text)
        return None if found is None else (found.start(), found.end() - found.start())


def _by_address(found: Iterable[tuple[str, int, int]]) -> dict[str, list[_Place]]:
    places: dict[str, list[_Place]] = {}
    for address, at, length in found:
        places.setdefault(followed(address), []).append((at, length))
    return {address: sorted(set(each)) for address, each in places.items()}


def _nth(places: Sequence[_Place], nth: int) -> _Place | None:
    return places[nth] if nth < len(places) else None


def _in_markdown(text: str) -> Iterator[tuple[str, int, int]]:
    """Give what links, definitions and addresses between angles lead to, with offset and length."""
    for start in _inline_starts(text):
        for written, at in _destinations(text, start):
            yield _unescaped(written), at, len(written)
    for opening in _DEFINITION.finditer(text):
        if (found := _ANGLED.match(text, opening.end()) or _SOLID.match(text, opening.end())) is not None:
            yield _unescaped(found[1]), found.start(1), len(found[1])
    for found in _AUTOMATIC.finditer(text):
        yield found[1], found.start(1), len(found[1])


def _inline_starts(text: str) -> Iterator[int]:
    """Give where addresses may begin behind the text of a link; a bracket that is escaped opens none."""
    depth = 0
    for found in _BRACKET.finditer(text):
        mark = found[0]
        if mark == "[":
            depth += 1
        elif mark == "]":
            if depth and (opening := _INLINE.match(text, found.end())) is not None:
                yield opening.end()
            depth = max(0, depth - 1)
        elif mark[0] == "\n":
            depth = 0


def _destinations(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Give what may be the address of a link that begins at an offset, and where: dialects do not take the same."""
    if text.startswith("<", at) and (angled := _ANGLED.match(text, at)) is not None:
        yield angled[1], at + 1
        return
    balanced = _BALANCED.match(text, at)
    if balanced is not None:
        yield balanced[1], at
        if text.startswith(")", balanced.end()):
            return
    for pattern in (_LOOSE, _SPACED):
        if (found := pattern.match(text, at)) is not None:
            yield _without_title(found[1]), at


def _without_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Give the addresses of pictures without words, with offset and length of their marks; empty where not at hand."""
    for found in _WORDLESS.finditer(text):
        if text[found.end() - 1] == "[":
            yield "", found.start(), 1
        else:
            for written, _ in _destinations(text, found.end()):
                yield _unescaped(written), found.start(), 1


def _without_title(text: str) -> str:
    """Take off a link's title and the space before it, where there is one."""
    text = text.rstrip()
    if text[-1:] in {'"', "'"}:
        opening = text.rfind(text[-1], 0, -1)
        if opening > 0 and text[opening - 1].isspace():
            return text[:opening].rstrip()
    return text


def _in_tags(text: str, *, is_without_alt: bool = False) -> Iterator[tuple[str, int, int]]:
    """Give what attributes of HTML lead to, with offset and length; of all tags, or of pictures without ``alt``."""
    for tag in ANY_TAG.finditer(text):
        group = "rawattrs" if tag["attributes"] is None else "attributes"
        if "=" not in (tag[group] or ""):
            continue
        attributes = list(ATTRIBUTE.finditer(text, *tag.span(group)))
        if is_without_alt and not _is_without_alt(tag, attributes):
            continue
        for found in attributes:
            name, value = found[1].lower(), found[2] or ""
            if name not in ADDRESSES:
                continue
            is_quoted = value[:1] in {'"', "'"} and len(value) > 1
            start, end = found.start(2) + is_quoted, found.end(2) - is_quoted
            if name == "srcset":
                for address, at, _ in candidates_of(text, start, end):
                    yield address, at, len(address)
            else:
                bare = text[start:end].strip()
                yield bare, text.index(bare, start), len(bare)


def _is_without_alt(tag: re.Match[str], attributes: Iterable[re.Match[str]]) -> bool:
    return (tag["name"] or "").lower() == "img" and all(each[1].lower() != "alt" for each in attributes)


def _in_directives(text: str) -> Iterator[tuple[str, int, int]]:
    """Give what attributes of directives may lead to, with offset and length; which ones do is for the theme to say."""
    for line in _DIRECTIVE.finditer(text):
        for found in _ATTRIBUTE.finditer(text, *line.span()):
            if found["name"] not in _WORDS:
                group = found.lastindex or 0
                yield found[group], found.start(group), len(found[group])


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _either(spellings: Iterable[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(spellings, key=len, reverse=True) if each)
