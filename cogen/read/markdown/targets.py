"""Where a source leads to an address: the places of links and pictures, and not of words about them. Layer: read.

Code and comments are covered with spaces before anything is looked for; what stands between the marks of a
link, of an attribute or of a definition comes before what only looks the same.
"""

import re
import sys
from collections.abc import Iterable

_COVERED = re.compile(
    r"\\[\\`<]"
    r"|^[ \t>]*(?:[-+*]\s+|\d{1,9}[.)]\s+)?(?P<fence>`{3,}|~{3,})(?:(?!(?P=fence)).)*$"
    r"[\s\S]*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`++)(?:(?!\n[ \t]*\n)[\s\S]){1,2000}?(?<!`)(?P=ticks)(?!`)"
    r"|`+"
    r"|<!--[\s\S]*?(?:-->|\Z)",
    re.MULTILINE,
)
_VISIBLE = re.compile(r"[^\n]")
_OPENS = r"(?:\]\(\s*<?|\]:\s*<?|=\s*[\"']?\s*|<)"
_CLOSES = r"(?=[\s)>\"'},]|$)"
_CANDIDATE_OPENS = r"[\"',]\s*"
_CANDIDATE_CLOSES = r"(?=\s+[\d.]+[wxh]\b)"
_WORD_OPENS = r"(?<![\w/.%#&?=-])"
_WORD_CLOSES = r"(?![\w/%#&?=-]|\.\w)"


def without_code(text: str) -> str:
    """Cover code and comments with spaces; every other character keeps its place."""
    if "`" not in text and "~~~" not in text and "<!--" not in text:
        return text
    return _COVERED.sub(lambda found: _VISIBLE.sub(" ", found[0]), text)


def find_target(
    text: str, spellings: Iterable[str], start: int = 0, end: int = sys.maxsize, nth: int = 0
) -> tuple[int, int] | None:
    """Give offset and length of the ``nth`` place (from 0) that leads to an address; the last where there are fewer.

    Only between ``start`` and ``end`` is it looked for.
    """
    either = _either(spellings)
    if not either:
        return None
    leading = re.compile(
        f"{_OPENS}(?P<a>{either}){_CLOSES}|{_CANDIDATE_OPENS}(?P<b>{either}){_CANDIDATE_CLOSES}", re.MULTILINE
    )
    place: tuple[int, int] | None = None
    for number, found in enumerate(leading.finditer(text, start, end)):
        first, last = found.span("a" if found["a"] is not None else "b")
        place = first, last - first
        if number == nth:
            break
    return place


def find_named(
    text: str, spellings: Iterable[str], start: int = 0, end: int = sys.maxsize
) -> tuple[int, int] | None:
    """Give offset and length of the first place where an address or a name stands that is no part of a longer one.

    Only between ``start`` and ``end`` is it looked for.
    """
    either = _either(spellings)
    found = (
        re.compile(f"{_WORD_OPENS}(?:{either}){_WORD_CLOSES}").search(text, start, end) if either else None
    )
    return None if found is None else (found.start(), found.end() - found.start())


def _either(spellings: Iterable[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(spellings, key=len, reverse=True) if each)
