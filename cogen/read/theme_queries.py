"""What theme.yaml asks for beyond a view: ``{recent: {posts: {limit: 5}}}``. Layer: read."""

import re
from collections.abc import Iterable, Iterator

from cogen.model.suggest import a_few
from cogen.model.theme import QUERY_ARGUMENTS, Query, QueryName
from cogen.model.values import Value
from cogen.read import yaml_nodes
from cogen.read.free_values import value_of
from cogen.read.schema import Notes
from cogen.read.yaml_nodes import Node, Scalar

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TAKEN_NAMES = frozenset(
    {"site", "head", "fragments", "words", "option", "asset", "attributes", "label", "content"}
)


def parse_queries(
    pairs: Iterable[tuple[Scalar, Node]], notes: Notes, attributes: frozenset[str] | None
) -> Iterator[Query]:
    """Read ``{recent: {posts: {limit: 5}}}``; ``attributes`` are what ``$name`` may stand for, None: nothing."""
    for key, node in pairs:
        asked = node.pairs if isinstance(node, yaml_nodes.Mapping) else ()
        if len(asked) != 1:
            example = f"{key.text}: {{posts: {{limit: 5}}}}"
            notes.add("bad-value", f'"{key.text}" takes one query', node, f"write it so: {example}")
        elif is_usable_name(key, notes):
            name, arguments = asked[0]
            if (query := _query_name(name, notes)) is not None:
                found = tuple(_parse_arguments(query, arguments, notes, attributes))
                yield Query(key.text, query, found, notes.place(key))


def _query_name(name: Scalar, notes: Notes) -> QueryName | None:
    query = next((each for each in QUERY_ARGUMENTS if each == name.text), None)
    if query is None:
        hint = (
            notes.near("bad-value", name.text, QUERY_ARGUMENTS) or f"there are {', '.join(QUERY_ARGUMENTS)}"
        )
        notes.add("bad-value", f'there is no query "{name.text}"', name, hint)
    return query


def _parse_arguments(
    query: QueryName, node: Node, notes: Notes, attributes: frozenset[str] | None
) -> Iterator[tuple[str, Value]]:
    known = QUERY_ARGUMENTS[query]
    for key, value in pairs_of(node, notes):
        if key.text not in known:
            hint = notes.near("unknown-key", key.text, known) or f"it takes {', '.join(known)}"
            notes.add("unknown-key", f'the query "{query}" takes no "{key.text}"', key, hint)
        elif not isinstance(value, Scalar):
            notes.add("bad-value", f'"{key.text}" takes one value', value)
        elif value.text.startswith("$") and value.text[1:] not in (attributes or ()):
            known_here = (
                "a component's attributes"
                if attributes is None
                else f"the attributes {a_few(sorted(attributes))}"
            )
            notes.add(
                "bad-value", f'"{value.text}" stands for nothing: only {known_here} can be named so', value
            )
        else:
            yield key.text, value_of(value)


def pairs_of(node: Node, notes: Notes) -> tuple[tuple[Scalar, Node], ...]:
    """Give keys and values of a node that must be a mapping, or empty."""
    if isinstance(node, yaml_nodes.Mapping):
        return node.pairs
    if not (isinstance(node, Scalar) and node.is_null):
        notes.add("bad-value", "keys with values belong here", node)
    return ()


def is_usable_name(key: Scalar, notes: Notes) -> bool:
    """Say whether a template can use a name and it is free; note where not."""
    if _NAME.fullmatch(key.text) and key.text not in _TAKEN_NAMES:
        return True
    why = "is taken" if key.text in _TAKEN_NAMES else "cannot be used in a template"
    notes.add("bad-value", f'the name "{key.text}" {why}', key, "use letters, digits and _")
    return False
