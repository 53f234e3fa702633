"""What lies on disk, compared: whole folders byte for byte, and altered in ways that are hard to see."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

STAGING = ".cogen-staging"
MARKER = ".cogen-output"
Tree = Mapping[str, bytes]
_LETTERS = 26


def everything(folder: Path) -> dict[str, bytes]:
    """Give all that lies below a folder: files by their bytes, links by where they lead, ``/`` for folders
    and ``|`` for pipes.

    A build's own staging folder is not looked into: it is nobody's business once the next build has begun.
    """
    found: dict[str, bytes] = {}
    for parent, folders, files in os.walk(folder):
        if Path(parent) == folder and STAGING in folders:
            folders.remove(STAGING)
        for name in (*folders, *files):
            path = Path(parent, name)
            found[path.relative_to(folder).as_posix()] = _content(path)
    return found


def _content(path: Path) -> bytes:
    if path.is_symlink():
        return b"@" + os.fsencode(path.readlink())
    if path.is_dir():
        return b"/"
    return b"=" + path.read_bytes() if path.is_file() else b"|"


def differences(warm: Tree, cold: Tree) -> list[str]:
    """Say in a line each what is not the same in two trees."""
    said = [f"missing: {path}" for path in sorted(cold.keys() - warm.keys())]
    said += [f"too much: {path}" for path in sorted(warm.keys() - cold.keys())]
    return said + [
        f"different: {path}: {_first_difference(warm[path], cold[path])}"
        for path in sorted(warm.keys() & cold.keys())
        if warm[path] != cold[path]
    ]


def _first_difference(warm: bytes, cold: bytes) -> str:
    at = next(
        (at for at, pair in enumerate(zip(warm, cold, strict=False)) if pair[0] != pair[1]),
        min(len(warm), len(cold)),
    )
    around = slice(max(0, at - 60), at + 60)
    return f"at byte {at}: {warm[around]!r} where a cold build has {cold[around]!r}"


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder; nothing where nothing is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def put(path: Path, data: bytes, *, is_new_file: bool = True) -> None:
    """Write a file: over the old one, as some editors do, or as a new one in its place, as others do."""
    if path.is_dir() or (is_new_file and path.is_symlink()):
        remove(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_new_file:
        path.unlink(missing_ok=True)
    path.write_bytes(data)


def altered(data: bytes, distance: int) -> bytes:
    """Give other bytes of the same length: the last small letter is another, as where somebody mends a slip."""
    for at in range(len(data) - 1, -1, -1):
        if ord("a") <= data[at] <= ord("z"):
            letter = (data[at] - ord("a") + distance) % _LETTERS + ord("a")
            return data[:at] + bytes([letter]) + data[at + 1 :]
    return bytes(byte ^ distance for byte in data)


def overwrite_unseen(path: Path, data: bytes) -> None:
    """Write over a file and give it back its old time: only its change time says that something happened."""
    stat = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
