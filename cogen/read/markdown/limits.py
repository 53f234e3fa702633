"""What a text may ask of the engines: fixed limits, so that a build ends at the same place everywhere. Layer: read.

No limit is a time limit.  Each is far above what people write and below what makes an engine, or the
browser that shows its result, slow.  A text is only looked at line by line when cheap counts say that it
could be over a limit.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from cogen.model.body import Dialect
from cogen.model.diagnostics import Diagnostic, finding
from cogen.read.markdown import slow_limits
from cogen.read.text import location_at

MAX_SIZE = {"gfm": 2_000_000, "python-markdown": 1_500_000}
"""Characters of one text."""
MAX_DEPTH = 30
"""Quotes and lists, one in another."""
MAX_COLUMNS = 200
"""Columns of a table."""
MAX_MARKS = {"gfm": 100_000, "python-markdown": 30_000}
"""Line ends and characters that may mean something; engines take their time for these, and not for words."""
MARKS = "\n*_`~[]()<>&|!\\#-=:'\"@"
"""What is counted as marks."""
MAX_FOOTNOTE_MARKS = {"gfm": 2_000, "python-markdown": 1_000}
"""References to footnotes and their definitions, together."""

_MARKER = r"[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))"
_NESTED = re.compile(rf"\n(?>{_MARKER}){{{MAX_DEPTH + 1}}}")
_ONE_MARKER = re.compile(_MARKER)
_ITEM = re.compile(r"^([ \t]*+)(?:[-+*]|\d{1,9}[.)])[ \t]", re.MULTILINE)
_INDENTED = ("    ", "\t")
_FENCE = re.compile(r"^[ \t>]*+(?P<marks>`{3,}+|~{3,}+)(?P<rest>.*)$", re.MULTILINE)
_MOST_IN_CODE = 200
"""Markers at the beginning of a line that seems to be code, where they are none: engines can take as many."""
_DELIMITER_ROW = re.compile(rf"^[ \t>]*+[-:|][-:| \t]{{{MAX_COLUMNS},}}+$", re.MULTILINE)
_RULE = re.compile(r"[ \t]*(?:-[ \t]*)++|[ \t]*(?:\*[ \t]*)++")


def too_complex(text: str, dialect: Dialect, *, path: str, first_line: int) -> Diagnostic | None:
    """Say with ``too-complex`` where a text is over a limit; None for what people write."""
    over = _first_over(text, dialect)
    if over is None:
        return None
    offset, message, hint = over
    return finding("too-complex", message, location_at(path, text, offset, first_line=first_line), hint)


def _first_over(text: str, dialect: Dialect) -> slow_limits.Over | None:
    if len(text) > (longest := MAX_SIZE[dialect]):
        return 0, f"the text has {len(text):,} characters, more than {longest:,}", "split it into several"
    if (offset := _too_deep(text)) is not None:
        return offset, f"quotes or lists nest deeper than {MAX_DEPTH}", "take markers out of this line"
    if (offset := _too_wide(text)) is not None:
        return offset, f"a table has more than {MAX_COLUMNS} columns", "split the table"
    if "[^" in text and text.count("[^") > (most := MAX_FOOTNOTE_MARKS[dialect]):
        return text.index("[^"), f"the text has more than {most:,} footnote marks", "split it"
    if len(text) > (most := MAX_MARKS[dialect]) and sum(map(text.count, MARKS)) > most:
        return 0, f"the text has more than {most:,} marks such as * and [", "split it into several"
    return slow_limits.first_over(text, MARKS) if dialect == "python-markdown" else None


def _too_deep(text: str) -> int | None:
    fences: list[tuple[int, int]] | None = None
    for found in _NESTED.finditer("\n" + text):
        start = found.start()
        line = text[start : _line_end(text, start)]
        if _RULE.fullmatch(line):
            continue
        fences = list(_fenced(text)) if fences is None else fences
        if not (_is_code(line, start, fences) and len(_ONE_MARKER.findall(line)) <= _MOST_IN_CODE):
            return start
    return _too_deep_item(text) if " " * 2 * MAX_DEPTH in text or "\t" * MAX_DEPTH in text else None


def _too_deep_item(text: str) -> int | None:
    """Count of each item how many before it are indented less and less: it cannot stand in more lists than these."""
    indents: list[int] = []
    for found in _ITEM.finditer(text):
        indent = len(found[1].expandtabs(4))
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        if len(indents) > MAX_DEPTH:
            return found.start()
    return None


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Give where fenced code begins and ends, or seems to."""
    start, marks = 0, ""
    for found in _FENCE.finditer(text):
        if not marks:
            start, marks = found.start(), found["marks"]
        elif found["marks"].startswith(marks) and not found["rest"].strip():
            yield start, found.end()
            marks = ""
    if marks:
        yield start, len(text)


def _is_code(line: str, start: int, fences: list[tuple[int, int]]) -> bool:
    index = bisect_right(fences, start, key=lambda each: each[0]) - 1
    return line.startswith(_INDENTED) or (index >= 0 and start < fences[index][1])


def _too_wide(text: str) -> int | None:
    if "|" not in text or text.count("|") < MAX_COLUMNS:
        return None
    for found in _DELIMITER_ROW.finditer(text):
        if found[0].strip(" \t>|").count("|") + 1 > MAX_COLUMNS:
            return found.start()
    return None


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end
