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
_SHORTCODE = re.compile(r"\{\{[<%][^{\n]*?[%>]\}\}")
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)
_HANGS = re.compile(r" {0,3}(?:(?:[-+*:]|\d{1,9}[.)])\s|>|\[\^)")
"""What the lines below are part of, where they are indented."""
_IS_WHOLE = re.compile(r"(?:-{3,}|\+{3}|\*{3,}|#{1,6}\s.*)$")
"""A line that no paragraph goes on from: a heading, a rule, the end of front matter."""
_VISIBLE = re.compile(r"[^\n]")
_OPENS = r"(?:\]\(\s*<?|\]:\s*<?|=\s*[\"']?\s*|<)"
_CLOSES = r"(?=[\s)>\"'},]|$)"
_CANDIDATE_OPENS = r"[\"',]\s*"
_CANDIDATE_CLOSES = r"(?=\s+[\d.]+[wxh]\b)"
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
    return _VISIBLE.sub(" ", found[0])


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
            lines[number] = _VISIBLE.sub(" ", line)
        elif not is_indented and (is_below_empty or not hangs):
            hangs = _HANGS.match(line) is not None
        is_below_empty = _IS_WHOLE.match(line) is not None
    return "\n".join(lines)


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
