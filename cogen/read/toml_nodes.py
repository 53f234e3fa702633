"""What a TOML parser gives, as the nodes that YAML gives: texts with places. Layer: read."""

import datetime as dt
import re

from cogen.read.yaml import MAX_DEPTH
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence

_TOML_KEY = re.compile(r"\s*(?:[\[{]+\s*)?[\"']?([\w.-]+)[\"']?\s*(?:=|\])")


def toml_lines(fm: str, first_line: int) -> dict[str, tuple[int, int]]:
    """Give line and column of the first line that sets each key."""
    places: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(fm.split("\n"), first_line):
        if (found := _TOML_KEY.match(line)) is not None:
            for part in found[1].split("."):
                places.setdefault(part, (number, found.start(1) + 1))
    return places


def toml_pairs(
    table: dict[str, object], places: dict[str, tuple[int, int]]
) -> tuple[tuple[Scalar, Node], ...]:
    """Give keys and values, each at the place of its key; RecursionError where they nest too deep."""
    first = min(places.values(), default=(1, 1))
    return tuple(
        (Scalar(key, *places.get(key, first)), _toml_node(value, places, places.get(key, first), 1))
        for key, value in table.items()
    )


def _toml_node(value: object, places: dict[str, tuple[int, int]], at: tuple[int, int], depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        pairs = (
            (Scalar(str(key), *places.get(key, at)), _toml_node(item, places, places.get(key, at), depth + 1))
            for key, item in value.items()
        )
        return Mapping(tuple(pairs), *at)
    if isinstance(value, list):
        return Sequence(tuple(_toml_node(item, places, at, depth + 1) for item in value), *at)
    if isinstance(value, str):
        return Scalar(value, *at, '"')
    return Scalar(_toml_text(value), *at)


def _toml_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    return str(value)
