"""The YAML that most front matter is made of, read without a parser: one key and one plain value a line. Layer: read.

In: a text.  Out: what ``parse_yaml`` gives for it, or None wherever it is anything else: a comment, a block, an
escape, a key that stands twice.  It takes a fifth of the time, and a test holds it against the parser.
"""

import re

from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence

_WORD = r"[^\W_]"
_PLAIN = rf"{_WORD}(?:[\w .,;!?()+=/%&'\"\u2018-\u201f\u2013\u2014-]++|:(?=[\w/]))*+"
_ITEM = rf"{_WORD}(?:[\w.+/%&'\u2019]++| (?![- ])|-(?! ))*+"
_LINE = re.compile(
    r"([A-Za-z_][A-Za-z0-9_]{0,60}+): {1,8}+"
    rf"(?:({_PLAIN})|\"([^\"\\\n]*+)\"|'([^'\n]*+)'|\[({_ITEM}(?:, ?{_ITEM})*+)\])(?:\n|\Z)"
)
_FOREIGN = re.compile("[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_KEY, _PLAIN_VALUE, _DOUBLE, _SINGLE = 1, 2, 3, 4
"""The groups of a line; the fifth holds items."""


def parse_simple(text: str, first_line: int) -> Mapping | None:
    """Read a text of simple lines; None where a line is not simple."""
    if not text.isascii() and _FOREIGN.search(text):
        return None
    pairs: dict[str, tuple[Scalar, Node]] = {}
    position, line = 0, first_line
    while position < len(text):
        found = _LINE.match(text, position)
        if found is None or (key := found[_KEY]) in pairs:
            return None
        node = _node(found, position, line)
        if node is None:
            return None
        pairs[key] = Scalar(key, line, 1), node
        position, line = found.end(), line + 1
    return Mapping(tuple(pairs.values()), first_line, 1) if pairs else None


def _node(found: re.Match[str], start: int, line: int) -> Node | None:
    group = found.lastindex or _PLAIN_VALUE
    column = found.start(group) - start + 1
    value = found[group]
    if group == _PLAIN_VALUE:
        return None if value[-1] == " " else Scalar(value, line, column)
    if group == _DOUBLE:
        return Scalar(value, line, column - 1, '"')
    if group == _SINGLE:
        return Scalar(value, line, column - 1, "'")
    items: list[Scalar] = []
    place = column
    for piece in value.split(","):
        if piece[-1] == " ":
            return None
        text = piece.lstrip(" ")
        items.append(Scalar(text, line, place + len(piece) - len(text)))
        place += len(piece) + 1
    return Sequence(tuple(items), line, column - 1)
