"""From YAML nodes to typed values: what a key may hold, and what to say when it holds something else. Layer: read.

``Notes`` collects the findings about one file; ``Fields`` is one mapping while it is being read: each method
asks for a key, converts it, and says what is wrong.  ``finish`` then names the keys nobody asked for.  A value
that cannot be used is left out, so that one finding never hides the next.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Map
from types import MappingProxyType
from typing import TypeVar, assert_never

import msgspec

from cogen.model.diagnostics import MOST_OF_A_KIND, Clue, Diagnostic, Location, finding, in_line
from cogen.model.suggest import did_you_mean
from cogen.model.values import Record
from cogen.read.free_values import INTEGER, record_of
from cogen.read.scalars import (
    clean_text,
    curly_hint,
    distinct,
    has_no_scheme,
    is_safe_link,
    normal_key,
    shorten,
    truth_of,
)
from cogen.read.yaml import FATAL, parse_yaml
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence

MOST_NAMES = 200
"""Tags, authors or old addresses of one post, page or event: each makes files."""
LONGEST_NAME = 200
"""Characters of a tag, or of somebody's or something's name: it stands on many pages and in many messages."""
LONGEST_TITLE = 500
"""Characters of a title, likewise."""
LONGEST_ALT = 2_000
"""Characters of what stands for a lead picture, wherever it is listed."""

_T = TypeVar("_T")
_NO_HINTS: Map[str, str] = MappingProxyType({})


class Notes:
    """The findings about one file, while it is being read."""

    def __init__(self, path: str, text: str) -> None:
        """Keep the file's text for excerpts."""
        self.path = path
        self.findings: list[Diagnostic] = []
        self.text = text
        self._lines: list[str] = []
        self._asked: Counter[str] = Counter()
        self._noted: Counter[str] = Counter()

    def add(self, code: str, message: str, node: Node | None = None, hint: str = "") -> None:
        """Note a finding at a node, or about the whole file: at its first line, where front matter begins."""
        at = in_line(self.path, 1, 1, 1, self.line(1)) if node is None else self.place(node)
        self._noted[code] += 1
        if self._noted[code] > MOST_OF_A_KIND and isinstance(at, Location):
            at = msgspec.structs.replace(at, excerpt="", excerpt_start=0)  # it is counted, not shown
        self.findings.append(finding(code, message, at, hint))

    def name(self, text: str, node: Node, what: str = "name", longest: int = LONGEST_NAME) -> str:
        """Give a name with its white space trimmed, and no more of it than may be.  Gives ``too-complex``."""
        clean = clean_text(text)
        if len(clean) > longest:
            message = f"this {what} has {len(clean):,} characters, more than {longest:,}"
            self.add("too-complex", message, node, "shorten it; a whole text belongs below the front matter")
        return clean[:longest]

    def near(self, code: str, name: str, known: Iterable[str]) -> str:
        """Give the hint with the known name that looks most like one, or nothing; only while findings are told."""
        self._asked[code] += 1
        return did_you_mean(name, known) if self._asked[code] <= MOST_OF_A_KIND else ""

    def place(self, node: Node) -> Location | Clue:
        """Say where a node stands; a default of site.yaml stands there."""
        length = _shown_length(node) if isinstance(node, Scalar) else 1
        if node.line == 0:
            return Clue("site.yaml", "defaults", node.text if isinstance(node, Scalar) else "")
        return in_line(self.path, node.line, node.column, length, self.line(node.line))

    def line(self, number: int) -> str:
        """Give a line of the file."""
        if not self._lines:
            self._lines = self.text.split("\n")
        return self._lines[number - 1] if number <= len(self._lines) else ""


class Entry(msgspec.Struct, frozen=True):
    """A key and what stands behind it."""

    key: Scalar
    node: Node


class Fields:
    """One mapping, while it is being read."""

    def __init__(
        self,
        entries: dict[str, Entry],
        notes: Notes,
        owner: str,
        ignored: Collection[str] = (),
        mapping: Mapping | None = None,
    ) -> None:
        """``owner`` names what the mapping describes in messages: ``a post``; ``ignored`` keys need no word.

        ``mapping`` is where it stands; without it, a mapping without keys is the whole file.
        """
        self.notes = notes
        self.owner = owner
        self._entries = entries
        self._ignored = ignored
        self._known: dict[str, None] = {}
        self._mapping = mapping

    def entry(self, key: str) -> Entry | None:
        """Give key and value; None where the author left the value out."""
        self._known[key] = None
        entry = self._entries.get(key)
        if entry is None or (isinstance(entry.node, Scalar) and entry.node.is_null):
            return None
        return entry

    def node(self, key: str) -> Node | None:
        """Give the value of a key."""
        entry = self.entry(key)
        return None if entry is None else entry.node

    def scalar(self, key: str) -> Scalar | None:
        """Give a value that must be one text."""
        self._known[key] = None
        if (entry := self._entries.get(key)) is None:
            return None
        node = entry.node
        if isinstance(node, Scalar):
            return None if node.is_null else node
        self.notes.add("bad-value", f'"{key}" takes one value, not {_kind(node)}', node)
        return None

    def text(self, key: str, default: str = "") -> str:
        """Give a text with its white space trimmed."""
        scalar = self.scalar(key)
        return default if scalar is None else clean_text(scalar.text)

    def name(self, key: str) -> str:
        """Give a tag, or somebody's or something's name; empty where there is none."""
        scalar = self.scalar(key)
        return "" if scalar is None else self.notes.name(scalar.text, scalar)

    def block(self, key: str) -> Scalar | None:
        """Give a text of Markdown with its place, or None where it is empty."""
        scalar = self.scalar(key)
        return None if scalar is None or not scalar.text.strip() else scalar

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; lists in it count as its own entries, and one text is split."""
        return distinct(text for text, _ in self._written(key))

    def names(self, key: str, name_keys: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Give a list of tags, or of names of people, likewise.  Gives ``too-complex``.

        ``name_keys``: what to take of a mapping, the first that is there.
        """
        return distinct(self.notes.name(text, node) for text, node in self._written(key, name_keys))

    def _written(self, key: str, name_keys: tuple[str, ...] = ()) -> Iterator[tuple[str, Scalar]]:
        node = self.node(key)
        if isinstance(node, Scalar):
            yield from ((part, node) for part in _parts(node.text))
        elif node is not None:
            yield from self._labels(key, node, name_keys)

    def _labels(self, key: str, node: Node, name_keys: tuple[str, ...]) -> Iterator[tuple[str, Scalar]]:
        match node:
            case Scalar():
                yield "" if node.is_null else node.text, node
            case Sequence(items=items):
                for item in items:
                    yield from self._labels(key, item, name_keys)
            case Mapping(pairs=pairs):
                known = {name.text.lower(): value for name, value in pairs}
                named = (known[name] for name in name_keys if name in known)
                label = next((node for node in named if isinstance(node, Scalar) and node.text.strip()), None)
                if label is None:
                    self.notes.add("bad-value", f'"{key}" takes names, not {_kind(node)}', node)
                else:
                    yield label.text, label
            case _:
                assert_never(node)

    def flag(self, key: str) -> bool | None:
        """Give a yes or no; None where there is none."""
        scalar = self.scalar(key)
        if scalar is None:
            return None
        value = truth_of(scalar.text)
        if value is None:
            message = f'"{key}" is true or false, and "{shorten(scalar.text)}" is neither'
            self.notes.add("bad-value", message, scalar, curly_hint(scalar.text))
        return value

    def switch(self, key: str, *, default: bool) -> bool:
        """Give a truth value, or what counts where there is none, or something else."""
        flag = self.flag(key)
        return default if flag is None else flag

    def integer(self, key: str, default: int, least: int, most: int) -> int:
        """Give a whole number within limits."""
        scalar = self.scalar(key)
        if scalar is None:
            return default
        text = scalar.text.strip()
        if INTEGER.fullmatch(text) and least <= int(text) <= most:
            return int(text)
        message = f'"{key}" is a whole number from {least} to {most}, and "{shorten(text)}" is not'
        self.notes.add("bad-value", message, scalar, curly_hint(text))
        return default

    def choice(self, key: str, choices: Collection[str]) -> str:
        """Give one of some words (any letter case; spaces and ``_`` count as ``-``), or an empty text."""
        scalar = self.scalar(key)
        if scalar is None:
            return ""
        word = re.sub(r"[\s_]+", "-", scalar.text.strip().lower())
        if word in choices:
            return word
        message = f'"{key}" cannot be "{shorten(scalar.text)}"; it is one of {", ".join(choices)}'
        self.notes.add(
            "bad-value",
            message,
            scalar,
            curly_hint(scalar.text) or self.notes.near("bad-value", word, choices),
        )
        return ""

    def link(self, key: str) -> str:
        """Give an address that a browser may be sent to: http, https, mailto, or the name of a file or page."""
        scalar = self.scalar(key)
        if scalar is None:
            return ""
        if is_safe_link(scalar.text):
            return (" " if has_no_scheme(scalar.text) else "").join(scalar.text.split())
        message = f'"{key}" is an address of the web, and "{shorten(scalar.text)}" is not'
        self.notes.add("bad-value", message, scalar, "start it with https://, http://, mailto: or /")
        return ""

    def record(self, key: str) -> Record:
        """Give free keys."""
        node = self.node(key)
        match node:
            case None:
                return Record()
            case Mapping():
                return record_of(node)
            case _:
                self.notes.add("bad-value", f'"{key}" takes keys with values, not {_kind(node)}', node)
                return Record()

    def fields(self, key: str, owner: str) -> "Fields | None":
        """Give a mapping inside this one."""
        node = self.node(key)
        return None if node is None else self.inner(node, key, owner)

    def inner(self, node: Node, key: str, owner: str) -> "Fields | None":
        """Read a node that must be a mapping."""
        if isinstance(node, Mapping):
            return fields_of(node, self.notes, owner)
        self.notes.add("bad-value", f'"{key}" takes keys with values, not {_kind(node)}', node)
        return None

    def items(self, key: str) -> tuple[Node, ...]:
        """Give the items of a list."""
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.notes.add("bad-value", f'"{key}" takes a list, not {_kind(node)}', node)
        return ()

    def at_most(self, most: int, key: str, values: tuple[_T, ...]) -> tuple[_T, ...]:
        """Give no more of a key's values than may be: each makes pages.  Gives ``too-complex``."""
        if len(values) > most:
            message = f'{self.owner} has {len(values):,} under "{key}", more than {most:,}'
            self.notes.add("too-complex", message, self.node(key), "split it into several")
        return values[:most]

    def pairs(self, key: str) -> tuple[tuple[Scalar, Node], ...]:
        """Give keys and values of a mapping whose keys are the author's own."""
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node, Mapping):
            return node.pairs
        self.notes.add("bad-value", f'"{key}" takes keys with values, not {_kind(node)}', node)
        return ()

    def missing(self, key: str, hint: str = "") -> None:
        """Note that a key must be there and is not."""
        where: Node | None = next((entry.key for entry in self._entries.values()), self._mapping)
        self.notes.add(
            "missing-key", f'{self.owner} needs the key "{key}"', where, hint or f"add a line {key}: …"
        )

    def _is_expected(self, key: str) -> bool:
        return key in self._known or key in self._ignored

    def ignore(self, keys: Iterable[str]) -> None:
        """Count keys as known that nobody will ask for."""
        self._known.update(dict.fromkeys(keys))

    def _left(self) -> Iterator[tuple[str, Entry]]:
        return ((key, entry) for key, entry in self._entries.items() if not self._is_expected(key))

    def finish(self, hint: str = "", hints: Map[str, str] = _NO_HINTS) -> None:
        """Name the keys nobody asked for: each with its own of the ``hints``, the nearest known one, or ``hint``."""
        for key, entry in self._left():
            suggestion = hints.get(key) or self.notes.near("unknown-key", key, self._known) or hint
            if isinstance(entry.node, Scalar) and entry.node.is_null and " " in entry.key.text:
                suggestion = (
                    "if it belongs to the value before, put that in quotes: a comma in { } ends a value"
                )
            self.notes.add(
                "unknown-key", f'{self.owner} has no key "{entry.key.text}"', entry.key, suggestion
            )


def open_pairs(notes: Notes, content: str) -> tuple[tuple[Scalar, Node], ...] | None:
    """Read a YAML file that holds one mapping; None where it cannot be understood.

    ``content`` says in words what the file must hold.
    """
    node, findings = parse_yaml(notes.text, notes.path)
    notes.findings.extend(findings)
    if isinstance(node, Mapping):
        return node.pairs
    if node is None:
        return None if any(each.code in FATAL for each in findings) else ()
    if isinstance(node, Scalar) and node.is_null:
        return ()
    notes.add("bad-value", f"the file must hold {content}", node)
    return None


def fields_of(mapping: Mapping, notes: Notes, owner: str) -> Fields:
    """Read a mapping whose keys are ours; their letter case does not count."""
    entries: dict[str, Entry] = {}
    for key, node in mapping.pairs:
        name = normal_key(key.text)
        if name in entries:
            note_twice(key, entries[name].key, notes)
        entries[name] = Entry(key, node)
    return Fields(entries, notes, owner, mapping=mapping)


def note_twice(key: Scalar, earlier: Scalar, notes: Notes) -> None:
    """Say that a key stands twice (in spellings that differ in letter case, say)."""
    message = f'the key "{key.text}" stands twice; it was there already on line {earlier.line}'
    notes.add("duplicate-key", message, key, "delete one of the two")


def _parts(text: str) -> list[str]:
    """Split at commas; at semicolons, as Pelican does, where these stand between names that have commas."""
    return text.split(";" if "&" not in text and re.search(r";(?:\s|$)", text) else ",")


def _kind(node: Node) -> str:
    match node:
        case Scalar():
            return "one value"
        case Sequence():
            return "a list"
        case Mapping():
            return "keys with values"
        case _:
            assert_never(node)


def _shown_length(scalar: Scalar) -> int:
    if scalar.style in {"|", ">"} or "\n" in scalar.text:
        return 1
    return max(len(scalar.text) + 2 * bool(scalar.style), 1)
