"""The engine as an input: a digest of cogen's own source and of what it renders with. Layer: engine.

Nobody bumps a cache version: another cogen, another Jinja or another Python is another engine.
"""

import sys
from pathlib import Path

from cogen.model.hashing import hash_value
from cogen.read.files import read_bytes

RENDERS_WITH = frozenset(
    {
        "comrak_ext", "feedgen", "imagesize", "jinja2", "lxml", "markdown", "markupsafe", "msgspec",
        "pygments", "python_dateutil", "python_frontmatter", "pyyaml", "tzdata",
    }
)  # fmt: skip


def engine_digest() -> str:
    """Give the digest of everything that turns sources into bytes, but for the sources."""
    package = Path(__file__).parent.parent
    modules = sorted(package.rglob("*.py"))
    source = [(path.relative_to(package).as_posix(), read_bytes(path)) for path in modules]
    return hash_value(sys.version, tuple(_versions()), source)


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
