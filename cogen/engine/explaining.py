"""Why an output is made anew: which part of its view, or which template, is another. Layer: engine.

The manifest keeps of each output a mark of four bytes for each part of its key: one for the maker and its templates,
then one for each field of its view by the name a template knows it by, the fields of ``frame`` and ``head`` on their
own.  Marks only explain; whether an output is made is decided by its key.
"""

from collections.abc import Mapping
from struct import pack
from zlib import crc32

import msgspec

_MARK_BYTES = 4
_FIELDS = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
_SPREAD = ("frame", "head")
_SURROUNDINGS = "the theme's words, options or assets"


def parts_of(prefix: bytes, encoded: bytes) -> bytes:
    """Give the marks of an output's key: of what stands before its view, and of its encoded view."""
    marks = [crc32(prefix), *(crc32(part) for _, part in _parts(encoded))]
    return pack(f">{len(marks)}I", *marks)


def difference(
    last: bytes, prefix: bytes, encoded: bytes, templates: Mapping[str, str], reached: Mapping[str, str]
) -> str:
    """Say in words what is not as it was; ``last`` are the marks of the last build, ``templates`` what it reached."""
    names = ["", *(name for name, _ in _parts(encoded))]
    marks = parts_of(prefix, encoded)
    if len(marks) != len(last):
        return "it is another kind of page"
    changed = [
        name
        for index, name in enumerate(names)
        if marks[(at := index * _MARK_BYTES) : at + _MARK_BYTES] != last[at : at + _MARK_BYTES]
    ]
    if changed[:1] == [""]:
        files = sorted(name for name in templates.keys() & reached.keys() if templates[name] != reached[name])
        files = files or sorted(templates.keys() ^ reached.keys())
        changed[0] = f"the template {', '.join(files)}" if files else _SURROUNDINGS
    return "; ".join(changed)


def _parts(encoded: bytes | msgspec.Raw, before: str = "") -> list[tuple[str, msgspec.Raw]]:
    parts: list[tuple[str, msgspec.Raw]] = []
    for name, part in _FIELDS.decode(encoded).items():
        if name in _SPREAD:
            parts += _parts(part, "" if name == "frame" else f"{name}.")
        elif name != "type":
            parts.append((before + name, part))
    return parts
