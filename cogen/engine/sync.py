"""Files into place: staged on the same file system, renamed one by one, the obsolete removed. Layer: engine.

An output folder is ours when it is empty or holds our marker; any other is refused.  At every moment each
published file is whole, old or new.
"""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import msgspec

from cogen.engine.lock import staging_beside
from cogen.engine.manifest import Entry
from cogen.model.diagnostics import ContentError, MachineError, ProjectError, finding
from cogen.model.hashing import hash_bytes
from cogen.model.urls import is_hidden_part

MARKER = ".cogen-output"
_MARKER_TEXT = b"This folder is made by cogen. What no build knows is removed from it.\n"
_STAGING = ".cogen-staging"
_FORBIDDEN = frozenset("\\:\0")
_KEPT = frozenset({MARKER, _STAGING, ".git"})


class Stamp(msgspec.Struct, frozen=True):
    """What the file system says of a file."""

    size_bytes: int
    mtime_ns: int


class Publication:
    """One build's way into an output folder: ``put`` files, then ``commit``; leaving it clears what is staged."""

    def __init__(self, output_path: Path) -> None:
        """Check that the folder is ours and clear what an interrupted build left; ``locked_output`` holds it."""
        self.output_path = output_path
        with _machine_errors(output_path):
            self._is_fresh = not output_path.exists()
        self._fresh_path = staging_beside(output_path)
        self._staging = output_path / _STAGING
        self._staged: list[tuple[str, str]] = []
        self._folders: set[Path] = set()
        with _machine_errors(output_path):
            self._require_ours()
            self._clear()
            if self._is_fresh:
                _empty(self._fresh_path)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear what was staged and not committed: the folder is then as it was."""
        with _machine_errors(self.output_path):
            self._clear()
            if self._fresh_path.exists():
                shutil.rmtree(self._fresh_path)

    def observe(self) -> dict[str, Stamp]:
        """List the files that are there now."""
        return {} if self._is_fresh else dict(_walk(self.output_path, ""))

    def put(self, path: str, data: bytes, key: str, present: Stamp | None, name: str) -> tuple[Entry, bool]:
        """Stage a file under ``name``, unless just these bytes are in place already (``present``).

        Gives the manifest's entry, and whether the file was staged: ``adopt`` it then (a worker cannot).
        """
        target = contained(self.output_path, path)
        with _machine_errors(target):
            if present is not None and present.size_bytes == len(data) and target.read_bytes() == data:
                return Entry(key, hash_bytes(data), present.size_bytes, present.mtime_ns), False
            staged = contained(self._fresh_path, path) if self._is_fresh else self._staging / name
            self._make_folder(staged.parent)
            staged.write_bytes(data)
            stat = staged.stat()
        return Entry(key, hash_bytes(data), stat.st_size, stat.st_mtime_ns), True

    def adopt(self, path: str, name: str) -> None:
        """Take note of a staged file."""
        self._staged.append((path, name))

    @property
    def written(self) -> int:
        """How many files were staged."""
        return len(self._staged)

    def commit(self, planned: Collection[str]) -> int:
        """Move all that was staged into place, remove what is not planned; give the number removed."""
        with _machine_errors(self.output_path):
            if self._is_fresh:
                self._fresh_path.mkdir(parents=True, exist_ok=True)
                (self._fresh_path / MARKER).write_bytes(_MARKER_TEXT)
                self._fresh_path.rename(self.output_path)
                return 0
            marker = self.output_path / MARKER
            if not marker.exists():
                marker.write_bytes(_MARKER_TEXT)
            for path, name in self._staged:
                self._place(self._staging / name, self.output_path / path)
            return self._remove_unplanned(frozenset(planned))

    def _require_ours(self) -> None:
        folder = self.output_path
        if self._is_fresh:
            return
        if not folder.is_dir():
            raise ProjectError(f"{folder} is not a folder")
        if not (folder / MARKER).is_file() and any(entry.name not in _KEPT for entry in folder.iterdir()):
            hint = "name another folder with -o, or empty this one"
            raise ProjectError(
                f"{folder} is not empty and was not made by cogen, so it is left alone: {hint}"
            )

    def _clear(self) -> None:
        if self._staging.exists():
            shutil.rmtree(self._staging)

    def _make_folder(self, folder: Path) -> None:
        if folder not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)

    def _place(self, staged: Path, target: Path) -> None:
        if target.parent not in self._folders:
            _clear_way(self.output_path, target)
            self._make_folder(target.parent)
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        staged.replace(target)

    def _remove_unplanned(self, planned: frozenset[str]) -> int:
        removed = 0
        for path, _ in list(_walk(self.output_path, "")):
            if path not in planned:
                (self.output_path / path).unlink()
                removed += 1
        _remove_empty(self.output_path)
        return removed


def contained(folder: Path, path: str) -> Path:
    """Say where an output is written: the one place that decides.

    Refuses what would leave the folder, and what is not ours in it: a repository's ``.git``, our own marks, and
    whatever else is hidden.  ContentError with ``path-escape``: addresses are judged long before, so it is we
    who made this one of something the author wrote.
    """
    if any(not part or is_hidden_part(part) for part in path.split("/")) or not _FORBIDDEN.isdisjoint(path):
        message = f"{path!r} is no place for a file to be published"
        hint = "give what would be published there another name, slug or permalink"
        raise ContentError((finding("path-escape", message, None, hint),))
    return folder / path


def _empty(folder: Path) -> None:
    """Clear a folder that is held by a lock, and so must stay the same one."""
    for entry in folder.iterdir() if folder.exists() else ():
        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()


def _clear_way(top: Path, target: Path) -> None:
    """Remove a file, or a link put there by somebody, that stands where a folder is needed."""
    for folder in reversed(target.relative_to(top).parents[:-1]):
        step = top / folder
        if step.is_symlink() or step.is_file():
            step.unlink()


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, Stamp]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not prefix and entry.name in _KEPT:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                stat = entry.stat(follow_symlinks=False)
                size = -1 if entry.is_symlink() else stat.st_size
                yield prefix + entry.name, Stamp(size, stat.st_mtime_ns)


def _remove_empty(top: Path) -> None:
    for folder, _, _ in os.walk(top, topdown=False):
        path = Path(folder)
        if path != top and ".git" not in path.relative_to(top).parts and not any(path.iterdir()):
            path.rmdir()


@contextmanager
def _machine_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or path
        raise MachineError(f"cannot write {where}: {error.strerror}") from error
