"""YAML as text with places: every scalar is the text the author wrote, with its line and column. Layer: read.

Uses libyaml's stream of events (by way of PyYAML) and never its composer: the depth is counted on events, so
that nesting bombs end in a finding, and nothing is resolved, so that ``18:30`` stays ``18:30`` and ``no`` is
not False.  What a value means is said by ``schema``.  Tags, anchors, aliases and merge keys are refused.
"""

import base64
import re
from collections.abc import Callable
from typing import Any, assert_never

import msgspec
import yaml as pyyaml

from cogen.model.diagnostics import Diagnostic, Location, finding
from cogen.read.text import location_at
from cogen.read.yaml_errors import explain
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence
from cogen.read.yaml_simple import parse_simple

if not pyyaml.__with_libyaml__:
    raise ImportError("cogen needs PyYAML built with libyaml; this PyYAML is the slow build without it")

MAX_DEPTH = 50
MAX_MARKS = 100_000
"""Line ends and characters that may mean something, in one text."""
MARKS = "\n,:-[]{}?="
"""What is counted as marks, in TOML, too."""
MAX_FINDINGS = 100
"""A file with more is broken in one way over and over."""
FATAL = frozenset({"yaml-syntax", "too-complex"})
"""Codes of findings that leave no tree."""
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_SWALLOWED = re.compile(r"\n[ \t]*-(?=[ \t])")
_FOREIGN_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
_Event = Any  # the stubs of PyYAML leave marks and tags optional that libyaml always gives
_BINARY = ("!binary", "tag:yaml.org,2002:binary")


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read a YAML text; None where it is empty or cannot be understood.

    ``first_line`` is the line of the file on which ``text`` starts.  Gives ``yaml-syntax``, ``yaml-feature``,
    ``duplicate-key`` and ``too-complex``.
    """
    if (unfit := _unreadable(text, path, first_line) or too_many_marks(text, path, first_line)) is not None:
        return None, (unfit,)
    if (simple := parse_simple(text, first_line)) is not None:
        return simple, ()
    reader = _Reader(text.translate(_FOREIGN_BREAKS) if not text.isascii() else text, path, first_line)
    try:
        node = reader.document()
    except pyyaml.MarkedYAMLError as error:
        return None, (*reader.findings, explain(error, text, path, first_line))
    except pyyaml.YAMLError as error:
        return None, (*reader.findings, _unmarked(error, path, first_line))
    except _TooDeepError as error:
        return None, (*reader.findings, error.finding)
    finally:
        reader.dispose()
    return node, tuple(reader.findings)


MOST_DIRECTIVES = 100
"""Lines of YAML that tell of its tags, each of which the reader compares with all before it."""


def too_many_marks(text: str, path: str, first_line: int) -> Diagnostic | None:
    """Say with ``too-complex`` that a text holds more than people write; None where it does not."""
    if text.count("\n%") > MOST_DIRECTIVES:
        message = f"more than {MOST_DIRECTIVES} lines begin with %"
        return finding("too-complex", message, Location(path, first_line, 1), "take them out")
    if len(text) <= MAX_MARKS or sum(map(text.count, MARKS)) <= MAX_MARKS:
        return None
    message = f"more than {MAX_MARKS:,} marks such as : and - stand here"
    return finding("too-complex", message, Location(path, first_line, 1), "split it into several files")


class _TooDeepError(Exception):
    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Reader:
    """One pass over the events of one text; lives as long as that pass."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.findings: list[Diagnostic] = []
        self._text = text
        self._path = path
        self._first_line = first_line
        self._parser = pyyaml.CBaseLoader(text)
        self._next: Callable[[], _Event] = self._parser.get_event

    def dispose(self) -> None:
        self._parser.dispose()

    def document(self) -> Node | None:
        self._next()  # the stream's start
        if not isinstance(self._next(), pyyaml.DocumentStartEvent):
            return None
        node = self._node(self._next(), 1)
        self._next()  # the document's end
        if isinstance(event := self._next(), pyyaml.DocumentStartEvent):
            self._note("yaml-syntax", "a second document starts here", event, "keep one document to a file")
        return node

    def _node(self, event: _Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            message, hint = f"lists nest deeper than {MAX_DEPTH}", "take brackets or levels out of it"
            raise _TooDeepError(self._finding("too-complex", message, event, hint))
        mark = event.start_mark
        line, column = self._first_line + mark.line, mark.column + 1
        if isinstance(event, pyyaml.ScalarEvent):
            self._refuse_features(event)
            text = _decoded(event.value) if event.tag in _BINARY else event.value
            return Scalar(text, line, column, event.style or "")
        if isinstance(event, pyyaml.MappingStartEvent):
            self._refuse_features(event)
            return Mapping(self._pairs(depth), line, column)
        if isinstance(event, pyyaml.SequenceStartEvent):
            self._refuse_features(event)
            return Sequence(self._items(depth), line, column)
        self._note(
            "yaml-feature",
            "an alias (*name) stands here, and aliases are not understood",
            event,
            "write the value out, or put it in quotes if it is a text that starts with *",
        )
        return Scalar("", line, column)

    def _items(self, depth: int) -> tuple[Node, ...]:
        items: list[Node] = []
        while not isinstance(event := self._next(), pyyaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
            if isinstance(event, pyyaml.ScalarEvent) and not event.style and " - " in event.value:
                self._check_item(event)
        return tuple(items)

    def _check_item(self, event: _Event) -> None:
        """Tell of an entry that is indented deeper than the one above, which makes it a part of that."""
        swallowed = _SWALLOWED.search(self._text, event.start_mark.index, event.end_mark.index)
        if swallowed is None or len(self.findings) >= MAX_FINDINGS:
            return
        at = location_at(self._path, self._text, swallowed.end() - 1)
        at = msgspec.structs.replace(at, line=at.line + self._first_line - 1)
        message = "this entry is indented deeper than the one above, and counts as a part of it"
        hint = "start it in the same column as the entries above; or put the whole text in quotes"
        self.findings.append(finding("yaml-syntax", message, at, hint))

    def _pairs(self, depth: int) -> tuple[tuple[Scalar, Node], ...]:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := self._next(), pyyaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if isinstance(key, Scalar):
                self._check_key(key, event, pairs)
                pairs[key.text] = key, value
            else:
                self._note("yaml-feature", "a key must be a plain text, not a list or a mapping", event)
        return tuple(pairs.values())

    def _check_key(self, key: Scalar, event: _Event, pairs: dict[str, tuple[Scalar, Node]]) -> None:
        if key.text == "<<" and key.is_plain:
            self._note("yaml-feature", "merge keys (<<) are not understood", event, "write the keys out")
        if (earlier := pairs.get(key.text)) is not None:
            message = f'the key "{key.text}" stands twice; it was there already on line {earlier[0].line}'
            self._note("duplicate-key", message, event, "delete one of the two", len(key.text))

    def _refuse_features(self, event: _Event) -> None:
        if event.anchor is not None:
            hint = "delete it, or put the value in quotes if it is a text that starts with &"
            self._note("yaml-feature", f"the anchor &{event.anchor} is not understood", event, hint)
        if event.tag is not None:
            hint = "delete it, or put the value in quotes if it is a text that starts with !"
            self._note("yaml-feature", f"the YAML tag {_short_tag(event.tag)} is not understood", event, hint)

    def _note(self, code: str, message: str, event: _Event, hint: str = "", length: int = 1) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(self._finding(code, message, event, hint, length))

    def _finding(self, code: str, message: str, event: _Event, hint: str = "", length: int = 1) -> Diagnostic:
        mark = event.start_mark
        at = location_at(self._path, self._text, mark.index, length, self._first_line)
        return finding(code, message, at, hint)


def _decoded(text: str) -> str:
    """Give what stands in Base64, as old Ruby wrote texts that are not ASCII; else the text as it is."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode()
    except ValueError:
        return text


def _short_tag(tag: str) -> str:
    return "!!" + tag.removeprefix("tag:yaml.org,2002:") if tag.startswith("tag:yaml.org,2002:") else tag


def _unreadable(text: str, path: str, first_line: int) -> Diagnostic | None:
    found = _UNREADABLE.search(text)
    if found is None:
        return None
    at = location_at(path, text, index := found.start())
    place = Location(path, at.line + first_line - 1, at.column)
    return finding(
        "yaml-syntax", f"the character U+{ord(text[index]):04X} cannot stand here", place, "delete it"
    )


def _unmarked(error: pyyaml.YAMLError, path: str, first_line: int) -> Diagnostic:
    return finding("yaml-syntax", f"this cannot be read as YAML ({error})", Location(path, first_line))


def plain_nodes(node: Node) -> object:
    """Give a tree as bare lists, dicts and texts, without places."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain_nodes(item) for item in items]
        case Mapping(pairs=pairs):
            return {key.text: plain_nodes(value) for key, value in pairs}
        case _:
            assert_never(node)
