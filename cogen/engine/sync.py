"""Files into place: staged on the same file system, renamed one by one, the obsolete removed. Layer: engine.

An output folder is ours when it is empty or holds our marker; any other is refused.  At every moment each
published file is whole, old or new.  Paths are plain strings here: this is the hot path, once for each file.
"""

import errno
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Final, Self

import msgspec

from cogen.engine.lock import staging_beside
from cogen.engine.signals import signals_held
from cogen.engine.whole_files import remove
from cogen.engine.workers import Workers, can_fork
from cogen.model.diagnostics import ContentError, MachineError, ProjectError, finding
from cogen.model.hashing import encode
from cogen.model.urls import NOJEKYLL, is_hidden_part
from cogen.read.files import Stamp, is_file, is_folder, read_bytes, read_optional, stamp_of

MARKER: Final = ".cogen-output"
_MARKER_TEXT: Final = b"This folder is made by cogen. What no build knows is removed from it.\n"
_STAGING: Final = ".cogen-staging"
_FORBIDDEN: Final = frozenset("\\:\0")
_LONGEST_PART_BYTES: Final = 255
"""What file systems bear, the usual ones."""
_KEPT: Final = frozenset({MARKER, _STAGING, ".git"})
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Inventory(msgspec.Struct, frozen=True):
    """What lies in an output folder."""

    files: dict[str, Stamp]
    folders: frozenset[str]


_INVENTORY = msgspec.msgpack.Decoder(Inventory)


class Publication:
    """One build's way into an output folder: ``put`` files, then ``commit``; leaving it clears what is staged."""

    def __init__(self, output_path: Path, *, looks_aside: bool = False) -> None:
        """Check that the folder is ours and clear what an interrupted build left; ``locked_output`` holds it.

        ``looks_aside``: a process of its own looks at what lies in the folder, until somebody asks for that.
        """
        self.output_path = output_path
        with _machine_errors(output_path):
            self._is_fresh = not output_path.exists()
        self._fresh_path = staging_beside(output_path)
        self._staging = output_path / _STAGING
        self._staged: list[tuple[str, str]] = []
        self._folders = {""}
        """Those that are known to be there."""
        self.placed: dict[str, Stamp] = {}
        """What the file system says of each file that ``commit`` moved into a folder that was there before."""
        self._top = f"{self._fresh_path if self._is_fresh else output_path}/"
        with _machine_errors(output_path):
            self._require_ours()
            self._clear()
            if self._is_fresh:
                self._fresh_path.mkdir(parents=True, exist_ok=True)
                _empty(self._fresh_path)
            self.is_marked = read_optional(output_path / MARKER) == _MARKER_TEXT
            self._inventory = Workers(
                1, self._look, forks_one=looks_aside and not self._is_fresh and can_fork()
            )

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear what was staged and not committed: the folder is then as it was."""
        self._inventory.end()
        with signals_held(), _machine_errors(self.output_path):
            self._clear()
            if self._fresh_path.exists():
                shutil.rmtree(self._fresh_path)

    @cached_property
    def present(self) -> Inventory:
        """What lies in the folder, as it was when the build began."""
        [found] = self._inventory.results(lambda _: None)
        return _INVENTORY.decode(found)

    def _look(self, _number: int, add: Callable[[int], None]) -> bytes:
        with _machine_errors(self.output_path):
            return encode(Inventory({}, frozenset()) if self._is_fresh else _inventory(self.output_path, add))

    def put(self, path: str, data: bytes, name: str) -> tuple[Stamp, bool]:
        """Stage a file under ``name``, unless just these bytes are in place already.

        Gives what the file system says of it, and whether it was staged: ``adopt`` it then (a worker cannot).
        """
        require_contained(path)
        present = self.present.files.get(path)
        if present is not None and present.size_bytes == len(data) and read_bytes(self._top + path) == data:
            return present, False
        folder, _, file = path.rpartition("/") if self._is_fresh else (_STAGING, "", name)
        try:
            self._make_folder(folder)
            return _write(f"{self._top}{folder}/{file}", data), True
        except OSError as error:
            raise MachineError(f"cannot write {self._top}{path}: {error.strerror}") from error

    def adopt(self, path: str, name: str) -> None:
        """Take note of a staged file."""
        self._staged.append((path, name))

    def current(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Give the bytes that are to be published at some paths: as staged, else as they are in place."""
        moved = {} if self._is_fresh else {path: str(self._staging / name) for path, name in self._staged}
        return {path: read_bytes(moved.get(path, self._top + path)) for path in paths}

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Give a folder to work in, which goes before anything is published."""
        folder = Path(self._top + _STAGING) / "scratch"
        try:
            with _machine_errors(folder):
                yield folder
        finally:
            with _machine_errors(folder):
                remove(folder.parent if self._is_fresh else folder)

    @property
    def written(self) -> int:
        """How many files were staged."""
        return len(self._staged)

    def commit(self, planned: Collection[str]) -> int:
        """Move all that was staged into place, remove what is not planned; give the number removed."""
        with _machine_errors(self.output_path):
            if self._is_fresh:
                (self._fresh_path / MARKER).write_bytes(_MARKER_TEXT)
                self._fresh_path.rename(self.output_path)
                return 0
            self._require_writable(planned)
            if not self.is_marked:
                _replace(self.output_path, MARKER, _MARKER_TEXT)
            for path, name in self._staged:
                self._place(f"{self._staging}/{name}", path)
            return self._remove_unplanned(planned)

    def _require_writable(self, planned: Collection[str]) -> None:
        """Find a folder that refuses to be changed before the first file is moved: half a site helps nobody."""
        changed = {path for path, _ in self._staged} | (self.present.files.keys() - planned)
        present = self.present.folders
        for folder in {next(filter(present.__contains__, folders_of(path)), "") for path in changed}:
            place = f"{self._top}{folder}".rstrip("/")
            if not os.access(place, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)

    def _require_ours(self) -> None:
        folder = self.output_path
        if self._is_fresh:
            return
        if not is_folder(folder):
            raise ProjectError(f"{folder} is not a folder")
        if not is_file(folder / MARKER) and any(entry.name not in _KEPT for entry in folder.iterdir()):
            hint = "name another folder with -o, or empty this one"
            raise ProjectError(
                f"{folder} is not empty and was not made by cogen, so it is left alone: {hint}"
            )

    def _clear(self) -> None:
        remove(self._staging)

    def _make_folder(self, folder: str) -> None:
        """Make a folder below the top, and those it lies in."""
        if folder in self._folders:
            return
        try:
            os.mkdir(self._top + folder)  # noqa: PTH102 the hot path
        except FileExistsError:
            if not os.path.isdir(self._top + folder):  # noqa: PTH112 the hot path
                raise
        except FileNotFoundError:
            os.makedirs(self._top + folder, exist_ok=True)  # noqa: PTH103 likewise
        self._folders.add(folder)

    def _place(self, staged: str, path: str) -> None:
        target = self._top + path
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            if folder not in self.present.folders:
                _clear_way(self._top, path)
            self._make_folder(folder)
        if path in self.present.folders:
            shutil.rmtree(target)
        os.replace(staged, target)  # noqa: PTH105 the hot path
        self.placed[path] = stamp_of(os.lstat(target))

    def _stamp(self, path: str) -> Stamp | None:
        try:
            return stamp_of(os.lstat(self._top + path))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _remove_unplanned(self, planned: Collection[str]) -> int:
        """Remove the files no plan names, and the folders in which nothing is left.

        Some disks take names for one that differ in the case of letters, or in how accents are written.  There an old
        name may be that of a file which was just placed: such a file has the stamp of the placed one.
        """
        needed = {folder for path in planned for folder in folders_of(path)}
        placed = frozenset(self.placed.values())
        unplanned = [
            path for path in self.present.files if path not in planned and self._stamp(path) not in placed
        ]
        for path in unplanned:
            if path not in needed:  # else a folder has taken its place
                with suppress(FileNotFoundError, NotADirectoryError):
                    os.unlink(self._top + path)  # noqa: PTH108 the hot path
        for folder in sorted(self.present.folders - needed, key=len, reverse=True):
            if folder not in planned:
                _remove_empty(self._top + folder)
        return len(unplanned)


def is_published_into(folder: Path) -> bool:
    """Say whether a folder is one that a build has published into, and so takes for its own."""
    return is_file(folder / MARKER)


def replace_file(output_path: Path, path: str, data: bytes) -> None:
    """Put one file of a published site in place, whole; MachineError where the disk does not let us."""
    require_contained(path)
    with _machine_errors(output_path / path):
        try:
            _replace(output_path, path, data)
        finally:
            remove(output_path / _STAGING)


def _replace(output_path: Path, path: str, data: bytes) -> None:
    """Stage a file and rename it into place."""
    staged = output_path / _STAGING / "one"
    staged.parent.mkdir(exist_ok=True)
    _write(str(staged), data)
    staged.replace(output_path / path)


def require_contained(path: str) -> None:
    """Judge where an output is to be written: the one place that decides.

    Refuses what would leave the folder, and what is not ours in it: a repository's ``.git``, our own marks, and
    whatever else is hidden, or has too long a name to be put in place.  ContentError with ``path-escape``:
    addresses are judged long before, so it is we who made this one of something the author wrote.
    """
    if path == NOJEKYLL:
        return
    parts = path.split("/")
    if all(map(_is_fit, parts)) and _FORBIDDEN.isdisjoint(path):
        return
    message = f"{path!r} is no place for a file to be published"
    hint = "give what would be published there another name, slug or permalink"
    raise ContentError((finding("path-escape", message, None, hint),))


def _is_fit(part: str) -> bool:
    return bool(part) and not is_hidden_part(part) and len(part.encode()) <= _LONGEST_PART_BYTES


def _write(path: str, data: bytes) -> Stamp:
    """Write a new file."""
    descriptor = os.open(path, _CREATE, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        return stamp_of(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def _empty(folder: Path) -> None:
    """Clear a folder that is held by a lock, and so must stay the same one."""
    for entry in folder.iterdir():
        remove(entry)


def _remove_empty(folder: str) -> None:
    """Remove a folder, unless it has gone or somebody has just put something there."""
    try:
        os.rmdir(folder)  # noqa: PTH106 the hot path
    except OSError as error:
        if error.errno not in {errno.ENOENT, errno.ENOTDIR, errno.ENOTEMPTY, errno.EEXIST}:
            raise


def _clear_way(top: str, path: str) -> None:
    """Remove a file, a link or whatever somebody put there that stands where a folder is needed."""
    for folder in reversed(folders_of(path)):
        step = Path(top + folder)
        if step.is_symlink() or not step.is_dir():
            step.unlink(missing_ok=True)


def folders_of(path: str) -> list[str]:
    """Give the folders a file lies in, the nearest first: ``a/b/c.html`` gives ``a/b`` and ``a``."""
    folders = []
    while path := path.rpartition("/")[0]:
        folders.append(path)
    return folders


def _inventory(output_path: Path, add: Callable[[int], None]) -> Inventory:
    files: dict[str, Stamp] = {}
    folders: set[str] = set()
    waiting = [("", str(output_path))]
    while waiting:
        prefix, folder = waiting.pop()
        add(1)
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if not prefix and name in _KEPT:
                    continue
                path = prefix + name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    waiting.append((path + "/", entry.path))
                else:
                    files[path] = stamp_of(entry.stat(follow_symlinks=False))
    return Inventory(files, frozenset(folders))


@contextmanager
def _machine_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename or path
        raise MachineError(f"cannot write {where}: {error.strerror}") from error
