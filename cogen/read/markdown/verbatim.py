"""A text without what is shown as it stands: code, comments, shortcodes are covered with spaces. Layer: read.

For what looks for something in the author's source.  It goes through a text once, whatever stands in it.
"""

import re
from bisect import bisect_left

_SHORTCODE = re.compile(r"\{\{[<%][^{\n]*?[%>]\}\}")
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)", re.MULTILINE)
_HANGS = re.compile(r" {0,3}(?:(?:[-+*:]|\d{1,9}[.)])\s|>|\[\^)")
"""What the lines below are part of, where they are indented."""
_IS_WHOLE = re.compile(r"(?:-{3,}|\+{3}|\*{3,}|#{1,6}\s.*)$")
"""A line that no paragraph goes on from: a heading, a rule, the end of front matter."""
_FENCE = re.compile(
    r"(?P<before>[ \t>]*+)(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)?(?P<fence>`{3,}+(?=[^`]*$)|~{3,}+)"
)
_SPAN_MARK = re.compile(r"\\[\\`<]|`++|<!--")
_TICKS = re.compile(r"`++")
_END_OF_PARAGRAPH = re.compile(r"\n[ \t]*+(?:\n|$)")
_COVERED = re.compile(r"[^\n]")


def without_code(text: str, *, shortcodes: bool = False, is_indented: bool = False) -> str:
    """Cover code and comments with spaces; every other character keeps its place.

    ``shortcodes`` says whether what stands in ``{{< … >}}`` is to be seen, which leads nowhere; ``is_indented``
    that all of the text may be, as in YAML, so that an indent makes no code.
    """
    has_indents = not is_indented and _INDENT.search(text) is not None
    if has_indents or "```" in text or "~~~" in text:
        text = _without_blocks(text, has_indents=has_indents)
    if "`" in text or "<!--" in text:
        text = _without_spans(text)
    return text if shortcodes or "{{" not in text else _SHORTCODE.sub(_spaces_for, text)


def _spaces(text: str) -> str:
    return _COVERED.sub(" ", text)


def _spaces_for(found: re.Match[str]) -> str:
    return _spaces(found[0])


def _without_blocks(text: str, *, has_indents: bool) -> str:
    """Cover what stands between fences, and what is indented and goes on with no list, quotation, note or paragraph."""
    lines = text.split("\n")
    fence: re.Match[str] | None = None
    is_code, hangs, is_below_empty = False, False, True
    for number, line in enumerate(lines):
        if fence is not None:
            if not (">" in fence["before"] and not line.lstrip(" \t").startswith(">")):
                lines[number] = _spaces(line)
                if _ends(line, fence["fence"]):
                    fence, is_below_empty = None, True
                continue
            fence = None
        if not line.strip():
            is_below_empty = True
            continue
        is_indented = has_indents and _INDENT.match(line) is not None
        is_code = is_indented and not hangs and (is_code or is_below_empty)
        if is_code or (fence := _FENCE.match(line)) is not None:
            lines[number] = _spaces(line)
        if not is_code and not is_indented and (is_below_empty or not hangs):
            hangs = _HANGS.match(line) is not None
        is_below_empty = _IS_WHOLE.match(line) is not None
    return "\n".join(lines)


def _ends(line: str, fence: str) -> bool:
    """Say whether a line ends code that began with such a fence: with as many of its marks, or more, and no word."""
    marks = line.strip(" \t>")
    return len(marks) >= len(fence) and not marks.strip(fence[0])


def _without_spans(text: str) -> str:
    """Cover code within a line and comments."""
    runs: dict[int, list[int]] = {}
    for found in _TICKS.finditer(text):
        runs.setdefault(found.end() - found.start(), []).append(found.start())
    pieces: list[str] = []
    copied = place = paragraph_end = 0
    while (mark := _SPAN_MARK.search(text, place)) is not None:
        start, place = mark.span()
        if mark[0][0] == "\\":
            continue
        if mark[0][0] == "<":
            end = text.find("-->", place)
            place = end + len("-->") if end >= 0 else len(text)
        else:
            if paragraph_end < place:
                ending = _END_OF_PARAGRAPH.search(text, place)
                paragraph_end = ending.start() if ending is not None else len(text)
            alike = runs.get(place - start, [])
            closing = bisect_left(alike, place)
            if closing == len(alike) or alike[closing] >= paragraph_end:
                continue
            place = alike[closing] + place - start
        pieces += (text[copied:start], _spaces(text[start:place]))
        copied = place
    return "".join((*pieces, text[copied:]))
