"""The engine as an input: a digest of cogen's own source and of all that is installed beside it. Layer: engine.

Nobody bumps a cache version: another cogen, another Jinja or another Python is another engine.  All packages count,
not those alone that cogen asks for, because some bring parts to them: lexers for Pygments, extensions for Markdown.
"""

import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from cogen.model.hashing import hash_value
from cogen.read.files import read_bytes

_PICTURE_MODULES = (
    "read/bitmaps.py",
    "render/pictures.py",
    "read/picture_notes.py",
    "read/picture_boxes.py",
    "render/share_pictures.py",
    "assemble/share_style.py",
    "engine/share_font.py",
)


@cache
def engine_digest() -> str:
    """Give the digest of everything that turns sources into bytes, but for the sources.

    It is made once: a server that runs while cogen is replaced goes on with the modules that it has loaded.
    """
    package = Path(__file__).parent.parent
    modules = sorted(package.rglob("*.py"))
    source = [(path.relative_to(package).as_posix(), read_bytes(path)) for path in modules]
    return hash_value(sys.version, zlib.ZLIB_RUNTIME_VERSION, _installed(), source)


def picture_engine() -> str:
    """Give the digest of what turns pictures into other sizes, apart from the rest: making them takes longest.

    So another version of cogen finds those that are published right, where neither Pillow nor their making changed.
    """
    package = Path(__file__).parent.parent
    source = [read_bytes(package / name) for name in _PICTURE_MODULES]
    drawing = [name for names in _installed() for name in names if name.startswith(("pillow-", "font_"))]
    return hash_value(drawing, source)


@cache
def _installed() -> tuple[tuple[str, ...], ...]:
    """List the packages in each folder that Python imports from, by the names of their metadata (no imports)."""
    by_folder = (tuple(sorted(_metadata_names(folder))) for folder in dict.fromkeys(sys.path))
    return tuple(filter(None, by_folder))


def _metadata_names(folder: str) -> Iterator[str]:
    with (
        suppress(OSError),
        os.scandir(folder or ".") as entries,
    ):  # Python passes over what it cannot look into, too
        for entry in entries:
            if entry.name.endswith((".dist-info", ".egg-info", ".egg-link")):
                yield entry.name.lower()
