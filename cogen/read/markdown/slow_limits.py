"""What a text may ask of the dialect ``python-markdown``, whose engine is slow where others are not. Layer: read.

The engine looks at a block, which ends at an empty line, anew behind each heading, rule and definition in it;
copies a paragraph for each mark in it; and looks for the end of a fence that has none to the end of the text.
So what is limited is how much of each stands together.  Places are offsets in the text.
"""

import re
from collections.abc import Iterator

import msgspec

MAX_BLOCK = 100_000
"""Characters without an empty line between them."""
MAX_BLOCK_MARKS = 20_000
"""Line ends and characters that may mean something without an empty line between them."""
MAX_STOPS = 400
"""Lines in one block at which the engine starts again: headings, rules, definitions, boxes."""
MAX_CELLS = 50_000
"""Cells of one table: rows by columns."""
MAX_UNCLOSED_FENCES = 50
"""Code blocks that open and never close."""
MAX_ABBREVIATIONS = 300
"""Abbreviations that a text defines; each is looked for in every word."""
MAX_OPEN_BRACKETS = 200
"""Brackets of a kind that are open at once in one paragraph, and tags in one text."""
MAX_SEARCHED = 3_000_000
"""Characters in which the ends of brackets are looked for that have none: for each, all of its block."""
MAX_SPACES = 1_000
"""Spaces and tabs in a row."""
MAX_SPACES_AT_FENCE = 100
"""And in a line that begins with the marks of a code block."""
MAX_REPEATED = 5_000_000
"""Characters that the uses of one long address come to."""

Over = tuple[int, str, str]
"""Offset, message and hint."""

_LONG_ADDRESS = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]*\S{1000}\S*", re.MULTILINE)
_FENCE = re.compile(
    r"(?P<marks>~{3,}|`{3,})[ \t]*"
    r"(?:\{(?P<attributes>.*)\}|(?:\.?[\w#.+-]*[ \t]*)?(?:hl_lines=(?P<quote>[\"']).*?(?P=quote)[ \t]*)?)"
)
"""The engine's own, so that nothing is taken for code that the engine will read as text."""
_FENCE_LINE = re.compile(r"^(?:~~~|```)[^\n]*+", re.MULTILINE)
_OPEN_QUOTE = re.compile(r"^(?:~{3,}|`{3,})[^\n]*hl_lines=([\"'])(?:(?!\1)[^\n])*$", re.MULTILINE)
"""Such a fence goes on behind the end of its line: then everything counts as text."""
_FENCE_END = re.compile(r"^(~{3,}|`{3,})[ \t]*$", re.MULTILINE)
_STOP = re.compile(
    r"#|!!!|=++\s*$|-++\s*$|[ ]{0,3}(?:(?:-[ ]{0,2}){3,}+|(?:_[ ]{0,2}){3,}+|(?:\*[ ]{0,2}){3,}+)$"
    r"|[ ]{0,3}:[ ]|[ ]{0,3}\*\[[^\]]*\]:|[ ]{0,3}\[[^\]]*\]:\s*$|[ ]{0,3}\[\^[^\]]*\]:"
)
_DATA = re.compile(r"\(data:[^\s()]+\)")
_TAG_START = re.compile(r"<[A-Za-z/!?]")
_ABBREVIATION = re.compile(r"^[ \t]*\*\[[^\]\n]+\]:", re.MULTILINE)
_COLUMNS = re.compile(r"[-:| \t]*\|[-:| \t]*")
_BRACKET = re.compile(r"[\[\](>)]|<(?=[A-Za-z/!?])")
"""A bracket that opens or closes something; what is smaller than a number begins no tag."""
_CLOSES = {"]": "[", ")": "(", ">": "<"}


def first_over(text: str, marks: str) -> Over | None:
    """Give the first place at which a text is over a limit of the slow engine; None for what people write.

    ``marks`` are the characters that may mean something.
    """
    if (over := _too_spaced(text) or _too_many_brackets(text)) is not None:
        return over
    if text.count("]:") > MAX_ABBREVIATIONS:
        defined = list(_ABBREVIATION.finditer(text))
        if len(defined) > MAX_ABBREVIATIONS:
            message = f"the text defines more than {MAX_ABBREVIATIONS} abbreviations"
            return defined[MAX_ABBREVIATIONS].start(), message, "take some of them out"
    return _too_often(text) or _in_blocks(text, marks)


def _too_spaced(text: str) -> Over | None:
    """Look for long runs of spaces, on which some of the engine's patterns spend the square of their length."""
    flat = text.replace("\t", " ")
    at, most = flat.find(" " * (MAX_SPACES + 1)), MAX_SPACES
    if at < 0:
        most = MAX_SPACES_AT_FENCE
        fences = (found for found in _FENCE_LINE.finditer(flat) if " " * (most + 1) in found[0])
        at = next((found.start() for found in fences), -1)
    return None if at < 0 else (at, f"more than {most:,} spaces stand in a row", "take them out")


def _too_many_brackets(text: str) -> Over | None:
    counts = [text.count(mark) for mark in "[(<"]
    if max(counts) <= MAX_OPEN_BRACKETS and sum(counts) * len(text) <= MAX_SEARCHED:
        return None
    hint = "close them, or put them in code"
    is_open = dict.fromkeys("[(<", 0)
    start = size = searched = 0
    for line in (*_lines(text), _Line(len(text), "")):
        if not line.text.strip():
            searched += sum(is_open.values()) * size
            if searched > MAX_SEARCHED:
                return start, "too much text stands behind brackets that never close", hint
            is_open = dict.fromkeys("[(<", 0)
            size = 0
            continue
        start = start if size else line.offset
        size += len(line.text) + 1
        for found in _BRACKET.finditer(line.text):
            mark = found[0]
            if mark in _CLOSES:
                is_open[_CLOSES[mark]] = max(0, is_open[_CLOSES[mark]] - 1)
                continue
            is_open[mark] += 1
            if is_open[mark] > MAX_OPEN_BRACKETS:
                message = f"more than {MAX_OPEN_BRACKETS} brackets are open at once"
                return line.offset + found.start(), message, hint
    return None


def _too_often(text: str) -> Over | None:
    """Look for a long address, of a picture in the text itself say, that is written out again for each use."""
    if "]:" not in text:
        return None
    lower = ""
    for found in _LONG_ADDRESS.finditer(text):
        lower = lower or text.lower()
        if len(found[0]) * lower.count(f"[{found[1].lower()}]") > MAX_REPEATED:
            return found.start(), "a long address is used too often", "make a file of what it holds"
    return None


# ---- line by line --------------------------------------------------------------------------------------------


_OF_BLOCKS = 3
"""So many of these are told where the block begins, the others where they are over."""
_SAID = (
    (f"{MAX_BLOCK:,} characters follow without an empty line", "put empty lines between paragraphs"),
    (
        f"more than {MAX_BLOCK_MARKS:,} marks such as * and [ follow without an empty line",
        "put empty lines between paragraphs",
    ),
    (f"a table has more than {MAX_CELLS:,} cells", "split the table"),
    (
        f"more than {MAX_STOPS} headings, rules or definitions follow without an empty line",
        "put empty lines between them",
    ),
    (f"more than {MAX_OPEN_BRACKETS} tags begin and never end", "write &lt; for a < that begins no tag"),
    (
        f"more than {MAX_UNCLOSED_FENCES} code blocks open and never close",
        "end each with a line of its own marks, such as ```",
    ),
)


class _Line(msgspec.Struct, frozen=True):
    """A line that is not in a code block."""

    offset: int
    text: str
    is_fence: bool = False
    """True where it opens a code block that never closes."""


def _in_blocks(text: str, marks: str) -> Over | None:
    if text.count("\n") <= MAX_UNCLOSED_FENCES and len(text) <= MAX_BLOCK_MARKS:
        return None
    is_marked = len(text) > MAX_BLOCK_MARKS and sum(map(text.count, marks)) > MAX_BLOCK_MARKS
    start = size = marked = stops = rows = columns = fences = tags = 0
    for line in _lines(text):
        if not line.text.strip():
            size = marked = stops = rows = columns = 0
            continue
        start = start if size else line.offset
        size += len(line.text)
        if "(data:" in line.text:  # a picture in the text itself is taken in one step
            size -= sum(map(len, _DATA.findall(line.text)))
        marked += sum(map(line.text.count, marks)) + 1 if is_marked else 0
        rows += 1
        fences += line.is_fence
        tags = _open_tags(line.text, tags)
        stops += _STOP.match(line.text) is not None
        if _COLUMNS.fullmatch(line.text):
            columns = line.text.count("|") + 1
        over = (
            size > MAX_BLOCK,
            marked > MAX_BLOCK_MARKS,
            rows * columns > MAX_CELLS,
            stops > MAX_STOPS,
            tags > MAX_OPEN_BRACKETS,
            fences > MAX_UNCLOSED_FENCES,
        )
        if True in over:
            message, hint = _SAID[over.index(True)]
            return start if True in over[:_OF_BLOCKS] else line.offset, message, hint
    return None


def _open_tags(line: str, before: int) -> int:
    if "<" not in line and ">" not in line:
        return before
    _, closed, rest = line.rpartition(">")
    return (0 if closed else before) + len(_TAG_START.findall(rest))


def _lines(text: str) -> Iterator[_Line]:
    """Give the lines outside of code blocks, as the engine tells these apart."""
    last_end = {found[1]: found.start() for found in _FENCE_END.finditer(text)}
    if last_end and "hl_lines" in text and _OPEN_QUOTE.search(text):
        last_end.clear()
    offset, marks = 0, ""
    for line in text.split("\n"):
        if marks:
            marks = "" if line.rstrip(" \t") == marks else marks
        else:
            opened = _opened(line)
            if last_end.get(opened, -1) > offset:
                marks = opened
            else:
                yield _Line(offset, line, is_fence=bool(opened))
        offset += len(line) + 1


def _opened(line: str) -> str:
    """Give the marks with which a line opens a code block, or nothing."""
    fence = _FENCE.fullmatch(line) if line.startswith(("```", "~~~")) else None
    if fence is None or (fence["attributes"] is not None and not _are_attributes(fence["attributes"])):
        return ""
    return fence["marks"]


def _are_attributes(text: str) -> bool:
    from markdown.extensions.attr_list import get_attrs_and_remainder  # noqa: PLC0415  brings the engine

    return not get_attrs_and_remainder(text)[1]
