"""The engine as an input: a digest of cogen's own source and of what it renders with. Layer: engine.

Nobody bumps a cache version: another cogen, another Jinja or another Python is another engine.
"""

import sys
from functools import cache
from pathlib import Path

from cogen.model.hashing import hash_value
from cogen.read.files import read_bytes

RENDERS_WITH = frozenset(
    {
        "babel", "brotli", "comrak_ext", "feedgen", "font_source_serif_pro", "jinja2", "lxml", "markdown",
        "markupsafe", "msgspec", "pagefind_bin", "pillow", "pygments", "python_dateutil", "python_frontmatter",
        "pyyaml", "tzdata",
    }
)  # fmt: skip


_PICTURE_MODULES = (
    "read/bitmaps.py",
    "render/pictures.py",
    "read/picture_notes.py",
    "read/picture_boxes.py",
    "render/share_pictures.py",
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
    return hash_value(sys.version, tuple(_versions()), source)


def picture_engine() -> str:
    """Give the digest of what turns pictures into other sizes, apart from the rest: making them takes longest.

    So another version of cogen finds those that are published right, where neither Pillow nor their making changed.
    """
    package = Path(__file__).parent.parent
    source = [read_bytes(package / name) for name in _PICTURE_MODULES]
    return hash_value([each for each in _versions() if each.startswith(("pillow-", "font_"))], source)


@cache
def _versions() -> list[str]:
    """List the installed versions of ``RENDERS_WITH`` by the names of their metadata folders (no imports)."""
    found: dict[str, str] = {}
    for folder in map(Path, sys.path):
        if not folder.is_dir():
            continue
        for entry in folder.glob("*.dist-info"):
            name = entry.name.partition("-")[0].lower().replace("-", "_")
            if name in RENDERS_WITH:
                found.setdefault(name, entry.name)
    return sorted(found.values())
