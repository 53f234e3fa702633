"""Front matter that is no YAML because of one value, read all the same. Layer: read.

Each mistake stays a finding, which stops the build.  Whoever lowers ``yaml-syntax`` brings a folder of posts
that another generator's parser let pass, and should get their pages: so a value on one line is put in quotes
where the parser gave up on it, a missing space is added, and tabs at the start of lines become spaces.
"""

import re

from cogen.model.diagnostics import Diagnostic, Location
from cogen.read.yaml import parse_yaml
from cogen.read.yaml_nodes import Node

_MAX_REPAIRS = 20
_MAX_LENGTH = 20_000
_QUOTES_AROUND_ONE = 3
"""As in ``'Don't stop'``: the outer two are no part of the value."""
_VALUE = re.compile(
    r"(?P<key>\s*(?:- +)?(?:[^\s:#'\"\[{][^:]*:\s+|(?<=- )))(?P<value>(?!'(?:[^']|'')*'\s*$)\S.*)"
)
_NO_SPACE = re.compile(r"(?P<key>\s*(?:- +)?[A-Za-z_][\w-]*:)(?P<value>[^\s:/].*)")
_NO_BREAK = re.compile(r"(?P<key>\s*(?:- +)?[A-Za-z_][\w-]*:)[\u00a0\u2007\u202f]\s*(?P<value>\S.*)")
_LEADING = re.compile(r"^[ \t]+", re.MULTILINE)


def parse_forgivingly(text: str, path: str, first_line: int) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read YAML as ``parse_yaml`` does; a tree may come along with ``yaml-syntax`` findings."""
    node, findings = parse_yaml(text, path, first_line)
    repaired: str | None = text if len(text) <= _MAX_LENGTH else None
    said, found = findings, findings
    for _ in range(_MAX_REPAIRS):
        row = _broken_row(node, found, first_line)
        repaired = None if row is None or repaired is None else _repaired(repaired, row)
        if repaired is None:
            break
        node, found = parse_yaml(repaired, path, first_line)
        said += found
    return (None, findings) if node is None else (node, said)


def _broken_row(node: Node | None, findings: tuple[Diagnostic, ...], first_line: int) -> int | None:
    last = findings[-1] if findings and node is None else None
    is_syntax = last is not None and last.code == "yaml-syntax" and isinstance(last.at, Location)
    return last.at.line - first_line if is_syntax and last and isinstance(last.at, Location) else None


def _repaired(text: str, row: int) -> str | None:
    """Mend a line; None where there is nothing to mend."""
    lines = text.split("\n")
    line = lines[row] if 0 <= row < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _LEADING.sub(lambda found: found[0].replace("\t", "  "), text)
    if (squeezed := _NO_SPACE.fullmatch(line) or _NO_BREAK.fullmatch(line)) is not None:
        lines[row] = f"{squeezed['key']} {squeezed['value']}"
    elif (pair := _VALUE.fullmatch(line)) is not None:
        lines[row] = pair["key"] + _mended(pair["value"].rstrip())
    else:
        return None
    return "\n".join(lines)


def _mended(value: str) -> str:
    closing = {"[": "]", "{": "}"}.get(value[0], "")
    if closing and closing not in value:
        return value + closing
    quote = value[0] if value[0] in "'\"" else ""
    if quote and value.count(quote) == 1:
        value = value[1:]
    elif quote == value[-1] and value.count(quote) <= _QUOTES_AROUND_ONE:
        value = value[1:-1]
    return "'" + value.replace("'", "''") + "'"
