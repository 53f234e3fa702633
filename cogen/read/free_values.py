"""Values without a schema: ``extra:``, own columns, data files, theme options. Layer: read.

YAML 1.2's plain scalars in spirit: true, false, null and decimal integers are what they look like; leading
zeros, plus signs, ``no`` and ``18:30`` stay text.
"""

import re
from typing import assert_never

from cogen.model.values import Items, Record, Value
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def value_of(node: Node) -> Value:
    """Read a free value: plain true, false, null and decimal integers are what they look like, all else text."""
    match node:
        case Scalar():
            return _free_scalar(node)
        case Sequence(items=items):
            return Items(tuple(value_of(item) for item in items))
        case Mapping():
            return record_of(node)
        case _:
            assert_never(node)


def record_of(mapping: Mapping) -> Record:
    """Read a mapping of free values."""
    return Record(tuple((key.text, value_of(node)) for key, node in mapping.pairs))


def node_of(value: Value) -> Node:
    """Turn a free value back into a node that stands in no file (its line is 0)."""
    match value:
        case Record(pairs_=pairs):
            return Mapping(tuple((Scalar(key, 0, 0), node_of(item)) for key, item in pairs), 0, 0)
        case Items(items_=items):
            return Sequence(tuple(node_of(item) for item in items), 0, 0)
        case None:
            return Scalar("", 0, 0)
        case bool():
            return Scalar("true" if value else "false", 0, 0)
        case str() | int():
            return Scalar(str(value), 0, 0, '"' if isinstance(value, str) else "")
        case _:
            assert_never(value)


def _free_scalar(scalar: Scalar) -> Value:
    if not scalar.is_plain:
        return scalar.text
    if scalar.is_null:
        return None
    if (truth := _TRUTHS.get(scalar.text)) is not None:
        return truth
    return int(scalar.text) if INTEGER.fullmatch(scalar.text) else scalar.text
