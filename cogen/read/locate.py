"""Find again, in a source, the place that a finding is about. Layer: read.

Findings about links, projects and authors are made when the sources are long gone; they carry a ``Clue``.
Only then is the file read once more and searched.
"""

import html
import posixpath
from collections.abc import Iterator
from urllib.parse import quote, unquote

import msgspec

from cogen.model.diagnostics import Clue, Location
from cogen.read.front_matter import split_front_matter
from cogen.read.markdown.targets import find_named, find_target, without_code
from cogen.read.scalars import normal_key
from cogen.read.synonyms import spellings_of
from cogen.read.text import location_at
from cogen.read.yaml import parse_yaml
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence


def locate(text: str, clue: Clue) -> Location:
    """Give line, column, length and excerpt of a clue; line 1 where it is not to be found.

    ``text`` is the source as ``decode_text`` gives it.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    pairs, body_start = _parts(text, clue.path)
    found = _place_of_key(text, pairs, clue, body_start or len(text)) if clue.key else None
    if found is None and (clue.text or not clue.key):
        found = _search(text, clue, body_start)
    return found or location_at(clue.path, text, 0)


def _parts(text: str, path: str) -> tuple[tuple[tuple[Scalar, Node], ...], int]:
    """Give the keys of a source, and the index at which its body starts."""
    if posixpath.splitext(path)[1].lower() in {".yaml", ".yml"}:
        node, _ = parse_yaml(text, path)
        return (node.pairs if isinstance(node, Mapping) else ()), 0
    front = split_front_matter(text, path)
    return front.pairs or (), len(text) - len(front.body)


def _place_of_key(text: str, pairs: tuple[tuple[Scalar, Node], ...], clue: Clue, end: int) -> Location | None:
    """Look for a clue's text in the value of its key, which ends where the next one starts, or at ``end``."""
    key, node = _walk(pairs, clue.key.split("/"))
    if node is None:
        return None if key is None else _node_location(text, clue.path, key)
    if clue.text:
        inside = set(_places(node))
        below = [
            at for at in _places(Mapping(pairs, 1, 1)) if at > (node.line, node.column) and at not in inside
        ]
        until = _index_at(text, *min(below)) if below else end
        if (found := _find(text[:until], clue, _index_at(text, node.line, node.column))) is not None:
            return location_at(clue.path, text, *found)
    return _node_location(text, clue.path, key if isinstance(node, Mapping | Sequence) and key else node)


def _places(node: Node) -> Iterator[tuple[int, int]]:
    """Give line and column of a node and of all in it."""
    yield node.line, node.column
    match node:
        case Mapping(pairs=pairs):
            for key, value in pairs:
                yield key.line, key.column
                yield from _places(value)
        case Sequence(items=items):
            for item in items:
                yield from _places(item)
        case Scalar():
            pass


def _walk(pairs: tuple[tuple[Scalar, Node], ...], steps: list[str]) -> tuple[Scalar | None, Node | None]:
    """Follow a key's path as far as it leads; keys may stand under any of their synonyms."""
    node: Node = Mapping(pairs, 1, 1)
    key: Scalar | None = None
    reached: Node | None = None
    while steps:
        if isinstance(node, Mapping):
            taken, found = _longest(node, steps)
            if found is None:
                break
            key, node = found
        elif isinstance(node, Sequence) and steps[0].isdecimal() and int(steps[0][:9]) < len(node.items):
            taken, node, key = 1, node.items[int(steps[0][:9])], None
        else:
            break
        steps = steps[taken:]
        reached = node
    return key, reached


def _longest(mapping: Mapping, steps: list[str]) -> tuple[int, tuple[Scalar, Node] | None]:
    """Take as many steps as make one key: the name of a tag may hold a slash."""
    for taken in range(len(steps), 0, -1):
        if (found := _pair(mapping, "/".join(steps[:taken]))) is not None:
            return taken, found
    return 0, None


def _pair(mapping: Mapping, step: str) -> tuple[Scalar, Node] | None:
    exact = next((pair for pair in mapping.pairs if pair[0].text == step), None)
    if exact is not None:
        return exact
    spellings = spellings_of(normal_key(step))
    return next((pair for pair in mapping.pairs if normal_key(pair[0].text) in spellings), None)


def _node_location(text: str, path: str, node: Node) -> Location:
    at = location_at(path, text, _index_at(text, node.line, node.column))
    length = (
        len(node.text) + 2 * bool(node.style) if isinstance(node, Scalar) and "\n" not in node.text else 1
    )
    return msgspec.structs.replace(at, length=max(length, 1))


def _index_at(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    above = sum(len(each) + 1 for each in lines[: max(line - 1, 0)])
    return min(above + max(column - 1, 0), len(text))


def _search(text: str, clue: Clue, start: int) -> Location | None:
    """Look for a clue's text: where something leads there, else where it is named outside code, else anywhere."""
    place = _find(text, clue, start)
    return None if place is None else location_at(clue.path, text, *place)


def _find(text: str, clue: Clue, start: int) -> tuple[int, int] | None:
    spellings = _spellings(clue.text)
    shown = without_code(text)
    return (
        find_target(shown, spellings, start, clue.nth)
        or find_named(shown, spellings, start)
        or next(((index, len(each)) for each in spellings if (index := text.find(each, start)) >= 0), None)
    )


def _spellings(target: str) -> tuple[str, ...]:
    """Give the ways in which a source may spell what was found after entities and percent signs were decoded."""
    escaped = html.escape(target, quote=False)
    forms = (
        target,
        escaped,
        html.escape(target),
        quote(target, safe="/#?&=:;,.~!$'()*+@%-_"),
        unquote(target),
    )
    return tuple(dict.fromkeys(form for form in forms if form))
