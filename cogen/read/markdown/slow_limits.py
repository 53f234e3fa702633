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
MAX_REPEATED = 5_000_000
"""Characters that the uses of one long address come to."""

Over = tuple[int, str, str]
"""Offset, message and hint."""

_LONG_ADDRESS = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]*\S{1000}\S*", re.MULTILINE)
_FENCE = re.compile(r"(?P<marks>~{3,}|`{3,})(?!.*`)")
_FENCE_END = re.compile(r"^(~{3,}|`{3,})[ \t]*$", re.MULTILINE)
_STOP = re.compile(
    r"#|!!!|=++\s*$|-++\s*$|[ ]{0,3}(?:(?:-[ ]{0,2}){3,}+|(?:_[ ]{0,2}){3,}+|(?:\*[ ]{0,2}){3,}+)$"
    r"|[ ]{0,3}:[ ]|[ ]{0,3}\*\[[^\]]*\]:|[ ]{0,3}\[[^\]]*\]:\s*$|[ ]{0,3}\[\^[^\]]*\]:"
)
_TAG_START = re.compile(r"<[A-Za-z/!?]")
_ABBREVIATION = re.compile(r"^[ \t]*\*\[[^\]\n]+\]:", re.MULTILINE)
_COLUMNS = re.compile(r"[-:| \t]*\|[-:| \t]*")
_BRACKET = re.compile(r"\n[ \t]*\n|[\[\](<>)]")
_CLOSES = {"]": "[", ")": "(", ">": "<"}


def first_over(text: str, marks: str) -> Over | None:
    """Give the first place at which a text is over a limit of the slow engine; None for what people write.

    ``marks`` are the characters that may mean something.
    """
    if (offset := _too_many_brackets(text)) is not None:
        message = f"more than {MAX_OPEN_BRACKETS} brackets are open at once"
        return offset, message, "close them, or put them in code"
    if text.count("]:") > MAX_ABBREVIATIONS:
        defined = list(_ABBREVIATION.finditer(text))
        if len(defined) > MAX_ABBREVIATIONS:
            message = f"the text defines more than {MAX_ABBREVIATIONS} abbreviations"
            return defined[MAX_ABBREVIATIONS].start(), message, "take some of them out"
    return _too_often(text) or _in_blocks(text, marks)


def _too_many_brackets(text: str) -> int | None:
    if max(text.count("["), text.count("("), text.count("<")) <= MAX_OPEN_BRACKETS:
        return None
    is_open = dict.fromkeys("[(<", 0)
    for found in _BRACKET.finditer(text):
        mark = found[0]
        if mark in is_open:
            is_open[mark] += 1
            if is_open[mark] > MAX_OPEN_BRACKETS:
                return found.start()
        elif mark in _CLOSES:
            is_open[_CLOSES[mark]] = max(0, is_open[_CLOSES[mark]] - 1)
        else:
            is_open = dict.fromkeys("[(<", 0)
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
    offset, marks = 0, ""
    for line in text.split("\n"):
        if marks:
            marks = "" if line.rstrip() == marks else marks
        else:
            fence = _FENCE.match(line)
            if fence is not None and last_end.get(fence["marks"], -1) > offset:
                marks = fence["marks"]
            else:
                yield _Line(offset, line, is_fence=fence is not None)
        offset += len(line) + 1
