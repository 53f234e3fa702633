"""What may happen to files that a build has made, or remembers by, without a build."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from exact.tree import STAGING, put, remove


def _make_folder(path: Path, _other: Path) -> None:
    path.unlink()
    put(path / "in/the/way.txt", b"x")


def _make_link(path: Path, other: Path) -> None:
    path.unlink()
    path.symlink_to(os.path.relpath(other, path.parent))


def _make_pipe(path: Path, _other: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _swap(path: Path, other: Path) -> None:
    if path == other:
        return
    aside = path.with_name("aside")
    path.rename(aside)
    other.rename(path)
    aside.rename(other)


def _replace(path: Path, other: Path) -> None:
    if path != other:
        shutil.copy2(other, path)


TAMPERINGS: Mapping[str, Callable[[Path, Path], object]] = MappingProxyType(
    {
        "change": lambda path, _: path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes())),
        "lengthen": lambda path, _: path.write_bytes(path.read_bytes() + b" "),
        "cut": lambda path, _: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        "empty": lambda path, _: path.write_bytes(b""),
        "delete": lambda path, _: path.unlink(),
        "touch": lambda path, _: path.touch(),
        "age": lambda path, _: os.utime(path, (1, 1)),
        "make a folder of": _make_folder,
        "make a link of": _make_link,
        "replace by another": _replace,
        "swap with another": _swap,
        "make a pipe of": _make_pipe,
    }
)
"""What may happen to a published file; another of them is at hand."""


def tamper(path: Path, other: Path, how: str) -> None:
    """Do harm to a published file; where only its bytes are others afterwards, its time of change is put back."""
    before = path.stat()
    TAMPERINGS[how](path, other)
    if how == "change":
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _leave_link(output: Path) -> None:
    remove(output / "linked")
    (output / "linked").symlink_to(output.parent, target_is_directory=True)


def _bar_a_folder(output: Path) -> None:
    remove(output / "tags")
    put(output / "tags", b"no folder")


def _pipe_a_folder(output: Path) -> None:
    remove(output / "tags")
    os.mkfifo(output / "tags")


def _empty(output: Path) -> None:
    for path in output.iterdir():
        remove(path)


LEAVINGS: Mapping[str, Callable[[Path], object]] = MappingProxyType(
    {
        "a file": lambda output: put(output / "stray.html", b"x"),
        "a file deep below": lambda output: put(output / "2013/stray/deep.html", b"x"),
        "an empty folder": lambda output: (output / "empty/folder").mkdir(parents=True, exist_ok=True),
        "a link to a folder": _leave_link,
        "a hidden file": lambda output: put(output / ".hidden", b"x"),
        "a half-written file": lambda output: put(output / STAGING / "0-0", b"half a fi"),
        "a file where a folder was": _bar_a_folder,
        "a pipe where a folder was": _pipe_a_folder,
        "nothing, not even the folder": remove,
        "an empty output": _empty,
    }
)
"""What may be found in an output folder."""

DAMAGES: Mapping[str, Callable[[bytes, int], bytes]] = MappingProxyType(
    {
        "flip": lambda data, at: data[:at] + bytes(byte ^ 1 for byte in data[at : at + 1]) + data[at + 1 :],
        "noise": lambda data, at: data[:at] + bytes((7 * byte + 13) % 256 for byte in data[at:]),
        "cut": lambda data, at: data[:at],
        "empty": lambda _data, _at: b"",
        "lengthen": lambda data, at: data + data[:at] + b"x",
    }
)
"""What may happen to the bytes of any file a build remembers by, from a byte on."""
