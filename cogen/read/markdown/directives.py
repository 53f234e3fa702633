"""Directive lines of a source: each becomes an opaque token that the engine carries to its place. Layer: read.

``::name[label]{attributes}`` alone on its line, ``:::name[Title]{…}`` and the ``:::`` that ends it, also
behind the marks of lists and quotes.  A token gets blank lines around it, so that every engine makes a
paragraph of it.  Here nothing is known of code blocks: the engine shows where code is, and
``expansion.py`` puts the line back there.
"""

import re
from typing import Literal

import msgspec

from cogen.model.diagnostics import Diagnostic, Location, finding, in_line
from cogen.read.markdown.attributes import Pairs, parse_attributes

TOKEN_START, TOKEN_END = "\ufdd0", "\ufdd1"
"""Noncharacters: no text holds them, and no engine gives them a meaning."""

_LINE = re.compile(
    r"^(?P<prefix>(?>[ \t]*(?:>[ \t]?|(?:[-+*]|\d{1,9}[.)])[ \t]+))*+[ \t]*+)(?P<colons>:::*+)(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_FORGED = re.compile(rf"[{TOKEN_START}{TOKEN_END}]|&#(?:x0*fdd[01]|0*6497[67]);", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w-]*")
_LIST_MARK = re.compile(r"[-+*]|\d+[.)]")
_LEAF = 2


class Mark(msgspec.Struct, frozen=True):
    """A directive line, taken out of the source."""

    kind: Literal["leaf", "open", "close"]
    """On its own, the start of a container, or the end of one."""
    colons: int
    """How many it begins with."""
    name: str
    """Empty for an end."""
    label: str
    """Markdown of the label; empty where there is none."""
    attributes: Pairs
    """In the order written."""
    source: str
    """The line from its first colon on, for where it turns out to be text."""
    is_padded_before: bool
    """True where a blank line was put before the token."""
    at: Location
    """Where it stands."""
    findings: tuple[Diagnostic, ...] = ()
    """What is wrong with it, if it is a directive and not code."""


def take_directives(text: str, *, path: str, first_line: int) -> tuple[str, tuple[Mark, ...]]:
    """Replace directive lines by tokens, numbered in the order of the marks."""
    if "::" not in text:
        return text, ()
    text = _FORGED.sub("\ufffd", text)
    pieces: list[str] = []
    marks: list[Mark] = []
    position, line, has_container = 0, first_line, False
    for found in _LINE.finditer(text):
        line += text.count("\n", position, found.start())
        pieces.append(text[position : found.start()])
        position = found.start()
        mark = _mark(found, path, line)
        if mark is None or (mark.kind == "close" and not has_container):
            continue
        has_container = has_container or mark.kind == "open"
        pieces.append(_token_lines(found["prefix"], len(marks), is_padded_before=mark.is_padded_before))
        marks.append(mark)
        line += text.count("\n", position, found.end())
        position = found.end()
    pieces.append(text[position:])
    return "".join(pieces), tuple(marks)


def _token_lines(prefix: str, index: int, *, is_padded_before: bool) -> str:
    blank = _LIST_MARK.sub(lambda mark: " " * len(mark[0]), prefix).rstrip()
    before = f"{blank}\n" if is_padded_before else ""
    return f"{before}{prefix}{TOKEN_START}{index}{TOKEN_END}\n{blank}"


def _mark(found: re.Match[str], path: str, line: int) -> Mark | None:
    colons, rest, prefix = len(found["colons"]), found["rest"], found["prefix"]
    at = in_line(path, line, len(prefix) + 1, len((found["colons"] + rest).rstrip()), found[0])
    name = _NAME.match(rest)
    parsed = _Parsed()
    if name is None:
        if colons == _LEAF or rest.strip():
            return None
    else:
        parsed = _parse_rest(rest, name.end())
        if colons == _LEAF and parsed.is_prose:
            return None
    return Mark(
        kind="close" if name is None else "leaf" if colons == _LEAF else "open",
        colons=colons,
        name=name[0] if name else "",
        label=parsed.label,
        attributes=parsed.attributes,
        source=found["colons"] + rest,
        is_padded_before=_LIST_MARK.search(prefix) is None,
        at=at,
        findings=tuple(_fault(at, found[0], colons + offset, message) for offset, message in parsed.faults),
    )


class _Parsed(msgspec.Struct, frozen=True):
    """What follows a directive's name."""

    label: str = ""
    attributes: Pairs = ()
    faults: tuple[tuple[int, str], ...] = ()
    is_prose: bool = False
    """True where other words follow, as in ``::std is a namespace``."""


def _parse_rest(rest: str, position: int) -> _Parsed:
    label_end = _label_end(rest, position)
    label = rest[position + 1 : label_end - 1] if label_end > position else ""
    tail = rest[label_end:].strip()
    if not tail:
        return _Parsed(label)
    start = rest.index(tail, label_end)
    if not tail.startswith("{"):
        return _Parsed(
            label or tail, (), ((start, "a title stands in brackets: :::name[Title]"),), is_prose=True
        )
    if not tail.endswith("}") or tail == "{":
        return _Parsed(label, (), ((start, "the attributes have no closing brace"),))
    attributes, faults = parse_attributes(tail[1:-1])
    return _Parsed(label, attributes, tuple((start + 1 + offset, message) for offset, message in faults))


def _label_end(rest: str, start: int) -> int:
    """Give the offset behind the ``]`` of a label that begins at ``start``; ``start`` where there is none."""
    if rest[start : start + 1] != "[":
        return start
    depth, position = 0, start
    while position < len(rest):
        char = rest[position]
        if char == "\\":
            position += 1
        elif char in "[]":
            depth += 1 if char == "[" else -1
            if depth == 0:
                return position + 1
        position += 1
    return start


def _fault(at: Location, line: str, offset: int, message: str) -> Diagnostic:
    place = in_line(at.path, at.line, at.column + offset, max(1, at.length - offset), line)
    return finding("bad-attribute", message, place, 'Attributes look like {.class #id key="value"}.')
