"""The first line of indented code that names its language: the convention of ``codehilite``. Layer: read.

``:::python`` and ``#!python`` only name it and are not shown; ``#!/usr/bin/python`` is a line of the program, too.
Where the name is no language that can be coloured, the line is code like any other.
"""

import re

from cogen.model.html import unescape
from cogen.read.markdown.highlight import is_language

_NAMING = re.compile(
    r"(?:::+|#!)(?P<path>(?:/\w+)*[/ ])?(?P<language>[\w#.+-]+)"
    r"(?:\s*hl_lines=(?:\"[^\"]*\"|'[^']*')|(?(path)\s.*))?\s*"
)


def named_language(code: str) -> tuple[str, str]:
    """Give the language that indented code names in its first line, or nothing, and the code to be shown.

    ``code`` is HTML.
    """
    first, _, rest = code.partition("\n")
    found = _NAMING.fullmatch(unescape(first)) if first.startswith(("::", "#!")) else None
    if found is None or not is_language(found["language"]):
        return "", code
    return found["language"].lower(), code if found["path"] else rest.lstrip("\n")
