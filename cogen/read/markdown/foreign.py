"""What looks like markup and is none here: it would be published as it stands, without a word. Layer: read.

Texts that were brought from elsewhere have it: shortcodes of Hugo and WordPress, tags of Liquid, attributes of
kramdown, directives of Pandoc, links whose address has a space.
"""

import re
from collections.abc import Iterator

from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import MOST_OF_A_KIND, Diagnostic, Location, finding
from cogen.read.markdown.verbatim import without_code
from cogen.read.text import location_at

_BRACES = ("{{<", "{{%", "{%", "{:")
_BRACKETS = re.compile(r"\[(?:caption|gallery|embed|audio|video|playlist)[ \]]")
_SPACED = re.compile(r"\]\((?P<spaced>[^()\s<>\"']+(?:[ ]+[^()\s<>\"']+)+)\)")
_ELSEWHERE = re.compile(
    r"\{\{[<%][^{\n]*?[%>]\}\}"
    r"|\{%-?[ \t]*+[a-z_](?:[^{}\n%]++|%(?!\}))*+%\}"
    r"|\[(?:caption|gallery|embed|audio|video|playlist)[ ][^\[\]\n=]*=[^\[\]\n]*\]"
    r"|\[/?(?:embed|caption)\](?![(\[:])"
)
_KRAMDOWN = re.compile(r"\{:[ \t]*[.#\w][^{}\n]*\}")
_PANDOC = re.compile(r"^ {0,3}:{3,}(?:[ \t]+\{?|\{)(?:\.?(?P<name>[A-Za-z][\w-]*))[^\n]*", re.MULTILINE)
_JSON = re.compile(r"\s*(?P<brace>\{)\s*\"[^\"\n]+\"\s*:")
_SHOWN = 40


def foreign_markup(text: str, options: ReadingOptions, *, path: str, first_line: int) -> Iterator[Diagnostic]:
    """Find markup of other programs in a body, outside its code. Gives ``foreign-markup``."""
    is_gfm = options.dialect == "gfm"
    if first_line == 1 and (found := _JSON.match(text)):
        message = "this looks like front matter in JSON, and is printed as text"
        hint = "write it in YAML, between two lines of ---"
        at = location_at(path, text, found.start("brace"), first_line=first_line)
        yield finding("foreign-markup", message, at, hint)
        return
    if not (
        ("{" in text and any(sign in text for sign in _BRACES))
        or ":::" in text
        or _BRACKETS.search(text)
        or (is_gfm and _SPACED.search(text))
    ):
        return
    shown = without_code(text, shortcodes=True)
    for pattern, group, told in _TOLD if is_gfm else _TOLD_EVERYWHERE:
        places = _Places(text, path, first_line)
        for found in pattern.finditer(shown):
            message, hint = told(found)
            if message:
                yield finding("foreign-markup", message, places.of(*found.span(group)), hint)


class _Places:
    """Gives the places of what is found, one behind the other, in a time that does not grow with the square of them."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self._text = text
        self._path = path
        self._first_line = self._line = first_line
        self._line_start = self._seen = self._count = 0

    def of(self, start: int, end: int) -> Location:
        """Give the place of what stands between two offsets; ``start`` is not before that of the last one."""
        self._count += 1
        if self._count <= MOST_OF_A_KIND:
            return location_at(self._path, self._text, start, end - start, self._first_line)
        if (newline := self._text.rfind("\n", self._seen, start)) >= 0:
            self._line += self._text.count("\n", self._seen, start)
            self._line_start = newline + 1
        self._seen = start
        return Location(self._path, self._line, start - self._line_start + 1)  # which nobody will look at


def _elsewhere(found: re.Match[str]) -> tuple[str, str]:
    message = f"{_cut(found[0])} is markup of another program, and is printed as it stands"
    return message, "say it in Markdown, or put it in backquotes if it is to be read"


def _of_pandoc(found: re.Match[str]) -> tuple[str, str]:
    message = f"{_cut(found[0].strip())} is no directive, and is printed as it stands"
    return message, f"write the name right behind the colons: :::{found['name']}"


def _of_kramdown(found: re.Match[str]) -> tuple[str, str]:
    message = f"{_cut(found[0])} is printed as it stands"
    return message, "take it out; headings and directives take {#id .class}, without a colon"


def _spaced(found: re.Match[str]) -> tuple[str, str]:
    address = found["spaced"]
    if "/" not in address and "." not in address:
        return "", ""  # words in parentheses
    message = f'the address "{_cut(address)}" has a space, so this is no link and no picture'
    written = address.replace(" ", "%20") if len(address) <= _SHOWN else "%20 for a space"
    return message, f"write {written}"


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_TOLD_EVERYWHERE = ((_ELSEWHERE, 0, _elsewhere), (_PANDOC, 0, _of_pandoc))
_TOLD = (*_TOLD_EVERYWHERE, (_KRAMDOWN, 0, _of_kramdown), (_SPACED, 1, _spaced))
