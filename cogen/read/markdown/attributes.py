"""The ``{…}`` of directives and headings: the grammar of the CommonMark generic-directives proposal. Layer: read.

``{#id .class key=value key="v" key='v' flag}``: classes add up, of other repeats the last one counts, a bare
key has the value ``true``, entities in values are decoded.
"""

import re

from cogen.model.html import unescape

Pairs = tuple[tuple[str, str], ...]
Fault = tuple[int, str]
"""Offset in the text and what is wrong there."""

_ITEM = re.compile(
    r"#(?P<id>[^\s#.{}=\"'<>`]+)"
    r"|\.(?P<class>[^\s#.{}=\"'<>`]+)"
    r"|(?P<key>[^\W\d][\w:.-]*)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`{}]+)))?"
)
_SPACE = re.compile(r"\s*")
_JUNK = re.compile(r"\S+")
_ENDS_ITEM = re.compile(r"[\s#.]|$")


def parse_attributes(text: str) -> tuple[Pairs, tuple[Fault, ...]]:
    """Read what stands between the braces; what cannot be read is passed over and told."""
    found: dict[str, list[str]] = {}
    faults: list[Fault] = []
    position = _skip_space(text, 0)
    while position < len(text):
        item = _ITEM.match(text, position)
        if item is None or not _ENDS_ITEM.match(text, item.end()):
            junk = _JUNK.match(text, position)
            faults.append((position, f'"{junk[0] if junk else ""}" is no attribute'))
            position = _skip_space(text, junk.end() if junk else len(text))
            continue
        _add(found, item)
        position = _skip_space(text, item.end())
    return tuple((key, " ".join(values)) for key, values in found.items()), tuple(faults)


def _add(found: dict[str, list[str]], item: re.Match[str]) -> None:
    key, value = _pair(item)
    if key == "class":
        found.setdefault("class", []).append(value)
    else:
        found[key] = [value]


def _pair(item: re.Match[str]) -> tuple[str, str]:
    if item["id"] is not None:
        return "id", item["id"]
    if item["class"] is not None:
        return "class", item["class"]
    for quoting in ("double", "single", "bare"):
        if item[quoting] is not None:
            return item["key"], unescape(item[quoting])
    return item["key"], "true"


def _skip_space(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position
