"""What a text may ask of the engines: fixed limits, so that a build ends at the same place everywhere. Layer: read.

No limit is a time limit.  Each is far above what people write and below what makes an engine, or the
browser that shows its result, slow.  A text is only looked at line by line when cheap counts say that it
could be over a limit.
"""

import re

from cogen.model.body import Dialect
from cogen.model.diagnostics import Diagnostic, finding
from cogen.read.markdown import slow_limits
from cogen.read.markdown.locate import at_offset

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
_INDENTED_ITEM = re.compile(rf"^[ \t]{{{2 * MAX_DEPTH},}}+(?:[-+*]|\d{{1,9}}[.)])[ \t]", re.MULTILINE)
_DELIMITER_ROW = re.compile(rf"^[ \t>]*+[-:|][-:| \t]{{{MAX_COLUMNS},}}+$", re.MULTILINE)
_RULE = re.compile(r"[ \t]*(?:-[ \t]*)++|[ \t]*(?:\*[ \t]*)++")


def too_complex(text: str, dialect: Dialect, *, path: str, first_line: int) -> Diagnostic | None:
    """Say with ``too-complex`` where a text is over a limit; None for what people write."""
    over = _first_over(text, dialect)
    if over is None:
        return None
    offset, message, hint = over
    return finding("too-complex", message, at_offset(text, offset, path=path, first_line=first_line), hint)


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
    for found in _NESTED.finditer("\n" + text):
        start = found.start()
        if not _RULE.fullmatch(text, start, _line_end(text, start)):
            return start
    if " " * 2 * MAX_DEPTH in text or "\t" * 2 * MAX_DEPTH in text:
        indented = _INDENTED_ITEM.search(text)
        return indented.start() if indented else None
    return None


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
