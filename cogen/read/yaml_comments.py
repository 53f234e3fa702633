"""Texts that YAML cuts off at `` #``, which people type as a tag or a number and YAML reads as a comment. Layer: read.

An ordinary comment has a space behind its ``#``, or a line of its own; what looks like one stays without a word.
"""

import re

import msgspec

from cogen.model.diagnostics import Diagnostic, finding
from cogen.read.scalars import shorten
from cogen.read.text import location_at
from cogen.read.yaml_errors import in_quotes
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence

_COMMENT = re.compile(r",?[ \t]+(?P<comment>#[^\s#].*)")
_PLAIN_COMMENT = re.compile(r"(?<![ \t])[ \t]++#(?:\s.*)?$")


def cut_by_comments(node: Node | None, text: str, path: str, first_line: int) -> tuple[Diagnostic, ...]:
    """Give a ``cut-by-comment`` for every plain value on one line that goes on behind a ``#``.

    ``text`` is the front matter, ``first_line`` the line of the file on which it starts.
    """
    if node is None or "#" not in text:
        return ()
    lines = text.split("\n")
    return tuple(
        found
        for scalar in _values(node)
        if 0 <= scalar.line - first_line < len(lines)
        and (found := _cut(scalar, lines[scalar.line - first_line], path)) is not None
    )


def _values(node: Node, *, is_inner: bool = False) -> list[Scalar]:
    """Give the plain values; an empty one inside a key's own keys is one that a theme's template left to fill in."""
    match node:
        case Scalar():
            is_left_out = is_inner and not node.text
            return [node] if node.is_plain and "\n" not in node.text and not is_left_out else []
        case Sequence(items=items):
            return [scalar for item in items for scalar in _values(item)]
        case Mapping(pairs=pairs):
            inner = (value for _, value in pairs)
            return [
                scalar
                for value in inner
                for scalar in _values(value, is_inner=node.column > 1 and isinstance(value, Scalar))
            ]


def _cut(scalar: Scalar, line: str, path: str) -> Diagnostic | None:
    start = scalar.column - 1
    if not line.startswith(scalar.text, start):
        return None
    comment = _COMMENT.match(line, start + len(scalar.text))
    if comment is None:
        return None
    cut = _PLAIN_COMMENT.sub("", comment["comment"]).rstrip()
    meant = cut if comment[0].startswith(",") else line[start : comment.start("comment")] + cut
    at = location_at(path, line, comment.start("comment"), len(cut))
    return finding(
        "cut-by-comment",
        f'"{shorten(cut)}" is a comment for YAML and is not shown',
        msgspec.structs.replace(at, line=scalar.line),
        f"put the value in quotes: {in_quotes(shorten(meant.strip()))}",
    )
