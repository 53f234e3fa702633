"""Where a source leads to an address: the places of links and pictures, and not of words about them. Layer: read.

Code and comments are covered with spaces before anything is looked for; what stands between the marks of a
link, of an attribute or of a definition comes before what only looks the same.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import islice

_COVERED = re.compile(
    r"\\[\\`<]"
    r"|^[ \t>]*(?:[-+*]\s+|\d{1,9}[.)]\s+)?(?P<fence>`{3,}|~{3,})(?:(?!(?P=fence)).)*$"
    r"[\s\S]*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`++)(?:(?!\n[ \t]*\n)[\s\S]){1,2000}?(?<!`)(?P=ticks)(?!`)"
    r"|`+"
    r"|<!--[\s\S]*?(?:-->|\Z)",
    re.MULTILINE,
)
_SHORTCODE = re.compile(r"\{\{[<%][^{\n]*?[%>]\}\}")
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)
_HANGS = re.compile(r" {0,3}(?:(?:[-+*:]|\d{1,9}[.)])\s|>|\[\^)")
"""What the lines below are part of, where they are indented."""
_IS_WHOLE = re.compile(r"(?:-{3,}|\+{3}|\*{3,}|#{1,6}\s.*)$")
"""A line that no paragraph goes on from: a heading, a rule, the end of front matter."""
_OPENS = r"(?:\]\(\s*+<?|\]:\s*+<?|=\s*+(?:[\"']\s*+)?|<)"
_CLOSES = r"(?=[\s)>\"'},]|$)"
_UNUSUAL = re.compile(r"[\s)>\"'},(\[\]=]")
"""What a target may have, where it stands between marks that allow it, and ``_PLACE`` takes for its end."""
_PLACE = re.compile(
    r"\](?:\(|:)\s*+<?(?P<link>[^\s)>\"'},]++)"
    r"|=\s*+[\"']\s*+(?P<quoted>[^\s)>\"'},]++)"
    r"|(?:=\s*+|<)(?P<bare>[^\s)>\"'},(\[\]=]++)"
    r"|[\"',]\s*+(?P<candidate>[^\s)>\"'},(\[\]=]++)(?=\s+[\d.]+[wxh]\b)"
)
"""A target of a link or a definition, of an attribute, and of a picture's size among others (``srcset``)."""
_WORD_OPENS = r"(?<![\w/.%#&?=-])"
_WORD_CLOSES = r"(?![\w/%#&?=-]|\.\w)"


def without_code(text: str, *, shortcodes: bool = False) -> str:
    """Cover code and comments with spaces; every other character keeps its place.

    ``shortcodes`` says whether what stands in ``{{< … >}}`` is to be seen, which leads nowhere.
    """
    if _INDENT.search(text) is not None:
        text = _without_indented(text)
    if "`" in text or "~~~" in text or "<!--" in text:
        text = _COVERED.sub(_spaces, text)
    return text if shortcodes or "{{" not in text else _SHORTCODE.sub(_spaces, text)


def _spaces(found: re.Match[str]) -> str:
    return "\n".join(" " * len(line) for line in found[0].split("\n"))


def _without_indented(text: str) -> str:
    """Cover what is indented below an empty line or a heading, unless it goes on with a list, a quotation or a note."""
    lines = text.split("\n")
    is_code, hangs, is_below_empty = False, False, True
    for number, line in enumerate(lines):
        if not line.strip():
            is_below_empty = True
            continue
        is_indented = _INDENT.match(line) is not None
        is_code = is_indented and not hangs and (is_code or is_below_empty)
        if is_code:
            lines[number] = " " * len(line)
        elif not is_indented and (is_below_empty or not hangs):
            hangs = _HANGS.match(line) is not None
        is_below_empty = _IS_WHOLE.match(line) is not None
    return "\n".join(lines)


class Shown:
    """A text without its code and comments, and the places in it that lead to an address."""

    def __init__(self, text: str) -> None:
        """``text`` is covered here; all offsets are those in the text as it was."""
        self.text = without_code(text)

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, int]]]:
        """Each address with its places, in order: where what opens it begins, and where it begins itself.

        One search finds all, because a text that was brought from elsewhere may have many that lead nowhere.
        """
        places: dict[str, list[tuple[int, int]]] = {}
        for found in _PLACE.finditer(self.text):
            kind = found.lastindex or 0
            places.setdefault(found[kind], []).append((found.start(), found.start(kind)))
        return places

    def find_target(
        self, spellings: Iterable[str], start: int = 0, end: int = sys.maxsize, nth: int = 0
    ) -> tuple[int, int] | None:
        """Give offset and length of the ``nth`` place (from 0) that leads to an address, or the last one.

        Only between ``start`` and ``end`` is it looked for.
        """
        wanted = {each for each in spellings if each}
        places: list[tuple[int, int]] = []
        for each in wanted:
            known = self._places.get(each, [])
            first = bisect_left(known, (start, 0))
            found = known[first : first + nth + 1]
            places += ((at, len(each)) for _, at in found if at + len(each) <= end)
        if not places and any(map(_UNUSUAL.search, wanted)):
            leading = re.compile(f"{_OPENS}({_either(wanted)}){_CLOSES}", re.MULTILINE)
            places = [
                (match.start(1), match.end(1) - match.start(1))
                for match in islice(leading.finditer(self.text, start, end), nth + 1)
            ]
        return sorted(places)[: nth + 1][-1] if places else None

    def find_named(
        self, spellings: Iterable[str], start: int = 0, end: int = sys.maxsize
    ) -> tuple[int, int] | None:
        """Give offset and length of the first place where an address or a name stands that is no part of a longer one.

        Only between ``start`` and ``end`` is it looked for.
        """
        either = _either(spellings)
        if not either:
            return None
        found = re.compile(f"{_WORD_OPENS}(?:{either}){_WORD_CLOSES}").search(self.text, start, end)
        return None if found is None else (found.start(), found.end() - found.start())


def _either(spellings: Iterable[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(spellings, key=len, reverse=True) if each)
