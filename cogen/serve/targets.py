"""What a request asks for, and which file of the served folder that may be.

In: the target of a request line, which is hostile until read here.  Out: names without anything that
could lead elsewhere, or None.  A file is resolved first and then has to lie in the served folder.
Layer: serve.
"""

import re
import stat
from pathlib import Path
from urllib.parse import quote, unquote, unquote_to_bytes

import msgspec

_OPEN_HIDDEN = ".well-known"
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\:]")
_SAFE_IN_PATH = "/-._~!$&'()*+,;=:@"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?%"


class Target(msgspec.Struct, frozen=True):
    """What a request asks for, decoded and harmless."""

    names: tuple[str, ...]
    """Folders and file, from the root of the host."""
    is_folder: bool
    """True where the address ends with a slash."""
    query: str = ""
    """What stood behind the question mark, percent-encoded."""

    @property
    def address(self) -> str:
        """The address it was read from: ``/blog/tags/``."""
        return folder_address(self.names) if self.is_folder else folder_address(self.names).removesuffix("/")


def parse_target(written: str) -> Target | None:
    """Read the target of a request line (bytes as Latin-1); None where no published file can be meant.

    Percent signs are decoded once.  ``..``, backslashes, NUL, ``:`` (drive letters, streams), encoded
    slashes, empty names and hidden names (staging lies under one) are refused; ``.well-known`` is not.
    """
    path, _, query = written.partition("?")
    if not path.startswith("/") or "%2f" in path.lower():
        return None
    try:
        decoded = unquote_to_bytes(path.encode("latin-1")).decode()
    except UnicodeError:
        return None
    *folders, last = decoded[1:].split("/")
    names = (*folders, last) if last else tuple(folders)
    if not all(map(_is_harmless, names)):
        return None
    return Target(names, is_folder=not last, query=quote(query, safe=_SAFE_IN_QUERY))


def base_names(base: str) -> tuple[str, ...]:
    """Give the folders of a base path: ``/blog`` is ``("blog",)``."""
    return tuple(name for name in unquote(base).split("/") if name)


def folder_address(names: tuple[str, ...]) -> str:
    """Give the encoded address of a folder, which ends with a slash."""
    return "".join(f"/{quote(name, safe=_SAFE_IN_PATH)}" for name in names) + "/"


def is_folder(root: Path, names: tuple[str, ...]) -> bool:
    """Say whether there is a folder of that name in the served folder."""
    found = _contained(root, names)
    return found is not None and stat.S_ISDIR(_mode(found))


def find_file(root: Path, names: tuple[str, ...]) -> Path | None:
    """Give the regular file of that name, if it lies in the served folder once links are followed."""
    found = _contained(root, names)
    return found if found is not None and stat.S_ISREG(_mode(found)) else None


def _is_harmless(name: str) -> bool:
    if not name or _FORBIDDEN.search(name) or name[-1] in ". ":
        return False
    return not name.startswith(".") or name == _OPEN_HIDDEN


def _mode(path: Path) -> int:
    """Give the kind of what is there; 0 where nothing is, or where the file system cannot bear the name."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def _contained(root: Path, names: tuple[str, ...]) -> Path | None:
    try:
        folder = root.resolve()
        found = folder.joinpath(*names).resolve()
    except (OSError, RuntimeError, ValueError):
        return None
    return found if found.is_relative_to(folder) else None
