"""Find again, in a source, the place that a finding is about. Layer: read.

Findings about links, projects and authors are made when the sources are long gone; they carry a ``Clue``.
Only then is the file read once more and searched.
"""

import html
import posixpath
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote, unquote

import msgspec

from cogen.model.diagnostics import Clue, Location
from cogen.read.front_matter import split_front_matter
from cogen.read.markdown.targets import Shown
from cogen.read.scalars import normal_key
from cogen.read.synonyms import spellings_of
from cogen.read.text import location_at
from cogen.read.yaml import parse_yaml
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence

Pairs = tuple[tuple[Scalar, Node], ...]


class Source:
    """One source, read once more; it finds the places of any number of clues."""

    def __init__(self, path: str, text: str) -> None:
        """``text`` is the source as ``decode_text`` gives it."""
        self._path = path
        self._text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self._stretches: dict[tuple[int, int], Shown] = {}

    def locate(self, clue: Clue) -> Location:
        """Give line, column, length and excerpt of a clue; line 1 where it is not to be found."""
        found = self._place_of_key(clue) if clue.key else None
        if found is None and (clue.text or not clue.key):
            place = self._find(clue, self._body_start, len(self._text))
            found = None if place is None else location_at(self._path, self._text, *place)
        return found or location_at(self._path, self._text, 0)

    def line(self, number: int) -> str:
        """Give a line by its number, from 1; empty where there are fewer."""
        return self._lines[number - 1] if number <= len(self._lines) else ""

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def _shown(self, start: int, end: int) -> Shown:
        """Give a stretch of the text without its code; what stands elsewhere does not reach into it."""
        if (start, end) not in self._stretches:
            is_yaml = self._is_yaml or start < self._body_start
            self._stretches[start, end] = Shown(self._text[start:end], is_indented=is_yaml)
        return self._stretches[start, end]

    @property
    def _pairs(self) -> Pairs:
        return self._parts[0]

    @property
    def _body_start(self) -> int:
        return self._parts[1]

    @property
    def _is_yaml(self) -> bool:
        return posixpath.splitext(self._path)[1].lower() in {".yaml", ".yml"}

    @cached_property
    def _parts(self) -> tuple[Pairs, int]:
        """The keys, and the index at which the body starts."""
        if self._is_yaml:
            node, _ = parse_yaml(self._text, self._path)
            return (node.pairs if isinstance(node, Mapping) else ()), 0
        front = split_front_matter(self._text, self._path)
        return front.pairs or (), len(self._text) - len(front.body)

    @cached_property
    def _all_places(self) -> list[tuple[int, int]]:
        return sorted(_places(Mapping(self._pairs, 1, 1)))

    def _place_of_key(self, clue: Clue) -> Location | None:
        """Look for a clue's text in the value of its key, which ends where the next one, or the body, starts."""
        key, node = _walk(self._pairs, clue.key.split("/"))
        if node is None:
            return None if key is None else self._node_location(key)
        if clue.text:
            if isinstance(node, Scalar) and (node.is_null or not node.text.strip()):
                return None  # it says nothing, so what the finding is about was taken from the text below
            last = max(_places(node))
            below = bisect_right(self._all_places, last)
            end = self._body_start or len(self._text)
            if below < len(self._all_places):
                end = self._index_at(*self._all_places[below])
            if (found := self._find(clue, self._index_at(node.line, node.column), end)) is not None:
                return location_at(self._path, self._text, *found)
        return self._node_location(key if isinstance(node, Mapping | Sequence) and key else node)

    def _find(self, clue: Clue, start: int, end: int) -> tuple[int, int] | None:
        """Look for a clue's text: where something leads there, else where it is named outside code, else anywhere."""
        shown, spellings = self._shown(start, end), _spellings(clue.text)
        if found := shown.find_target(clue.text, nth=clue.nth) or shown.find_named(spellings):
            return start + found[0], found[1]
        text = self._text
        return next(
            ((index, len(each)) for each in spellings if (index := text.find(each, start, end)) >= 0), None
        )

    def _node_location(self, node: Node) -> Location:
        at = location_at(self._path, self._text, self._index_at(node.line, node.column))
        is_one_line = isinstance(node, Scalar) and "\n" not in node.text
        length = len(node.text) + 2 * bool(node.style) if isinstance(node, Scalar) and is_one_line else 1
        return msgspec.structs.replace(at, length=max(length, 1))

    def _index_at(self, line: int, column: int) -> int:
        above = sum(len(each) + 1 for each in self._lines[: max(line - 1, 0)])
        return min(above + max(column - 1, 0), len(self._text))


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
