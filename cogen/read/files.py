"""The one place that reads the author's files, and follows no symbolic link out of the project. Layer: read.

In: a folder on disk.  Out: what lies in it, as sorted values, and the bytes of each on demand.  This module
imports little, because a build that finds nothing changed needs it, and nothing of Markdown or YAML.
"""

import errno
import os
import re
import stat
import unicodedata
from contextlib import suppress
from pathlib import Path

import msgspec

from cogen.model.diagnostics import Diagnostic, Location, MachineError, ProjectError, finding
from cogen.read.places import is_ignored_name

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""A pipe that somebody put in the place of a file is empty, and is not waited for."""
_PIECE_BYTES = 1 << 20
_SECOND_NS = 1_000_000_000
_FINE_TICK_NS = 20_000_000
_COARSE_TICK_NS = 2 * _SECOND_NS
"""Where times are whole seconds, or every other one (FAT)."""
_NOTHING_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG})
_BAD_IN_NAMES = re.compile(r'[\x00-\x1f\\:*?"<>|\x7f]')


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """What the file system says of a file; two that are equal mean the same bytes, once the clock has moved on."""

    size_bytes: int
    """-1 for what is no file, such as a symbolic link."""
    mtime_ns: int
    ctime_ns: int
    """Set by the file system itself at every change of bytes, name or times."""
    inode: int


def stamp_of(status: os.stat_result) -> Stamp:
    """Take from what the file system says what tells a file from another, and from itself at another time."""
    size_bytes = status.st_size if stat.S_ISREG(status.st_mode) else -1
    return Stamp(size_bytes, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def is_settled(stamp: Stamp, started_ns: int) -> bool:
    """Say whether a file read at ``started_ns`` or later cannot have changed since without changing its stamp.

    Both moments are the file system's own.  What was written in the tick in which we began to look could be
    written once more in it.
    """
    tick_ns = _FINE_TICK_NS if stamp.ctime_ns % _SECOND_NS else _COARSE_TICK_NS
    return max(stamp.mtime_ns, stamp.ctime_ns) < started_ns - tick_ns


class SourceFile(msgspec.Struct, frozen=True):
    """A file the author wrote."""

    path: str
    """Relative to the site's folder, POSIX, NFC."""
    disk_path: str
    """Where it is on disk."""
    stamp: Stamp


class Sources(msgspec.Struct, frozen=True):
    """What lies in ``content/``, or in ``themes/``."""

    files: tuple[SourceFile, ...]
    """Sorted by path."""
    findings: tuple[Diagnostic, ...]


def read_bytes(disk_path: str | Path) -> bytes:
    """Read a whole file; MachineError where the disk does not let us."""
    try:
        descriptor = os.open(disk_path, _READ)
        try:
            return _read_all(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise MachineError(f"cannot read {disk_path}: {error.strerror}") from error


def _read_all(descriptor: int) -> bytes:
    size_bytes = os.fstat(descriptor).st_size
    data = os.read(descriptor, size_bytes + 1)
    if len(data) == size_bytes:
        return data
    pieces = [data]
    while data:  # a file that grows, or a device that tells no size
        pieces.append(data := os.read(descriptor, _PIECE_BYTES))
    return b"".join(pieces)


def read_optional(disk_path: Path) -> bytes | None:
    """Read a whole file, or give None where there is none."""
    return read_bytes(disk_path) if is_file(disk_path) else None


def is_folder(path: Path | str) -> bool:
    """Say whether a folder lies there; MachineError where the disk cannot tell, which is not the same as no."""
    return stat.S_ISDIR(_mode_at(path))


def is_file(path: Path | str) -> bool:
    """Say whether a file lies there; MachineError where the disk cannot tell."""
    return stat.S_ISREG(_mode_at(path))


def _mode_at(path: Path | str) -> int:
    try:
        return os.stat(path).st_mode  # noqa: PTH116 no name is too strange for it
    except ValueError:
        return 0
    except OSError as error:
        if error.errno in _NOTHING_THERE:
            return 0
        raise MachineError(f"cannot read {path}: {error.strerror}") from error


def read_inside(site_path: Path, path: str) -> bytes | None:
    """Read a source by its path, or give None where there is none in the project."""
    disk_path = Path(os.path.realpath(site_path / _as_on_disk(site_path, path)))
    return read_optional(disk_path) if disk_path.is_relative_to(os.path.realpath(site_path)) else None


def _as_on_disk(site_path: Path, path: str) -> str:
    """Give a source's path as its disk spells it: there an accent may be a character of its own."""
    if path.isascii() or os.path.lexists(site_path / path):
        return path
    folder, _, name = path.rpartition("/")
    folder = _as_on_disk(site_path, folder) if folder else ""
    with suppress(OSError):  # what cannot be looked at is not there
        names = os.listdir(site_path / folder)  # noqa: PTH208 names are wanted
        name = next((each for each in names if unicodedata.normalize("NFC", each) == name), name)
    return f"{folder}/{name}" if folder else name


def read_settings(site_path: Path) -> bytes:
    """Read site.yaml; ProjectError where there is none, or one that leads out of the project."""
    data = read_inside(site_path, "site.yaml")
    if data is not None:
        return data
    if problem := link_problem(site_path / "site.yaml", "site.yaml", site_path):
        raise ProjectError(f"{site_path / 'site.yaml'}: {problem.message}; {problem.hint}")
    raise ProjectError(f"there is no site.yaml in {site_path}: name a site's folder, or `cogen new site`")


def scan_content(site_path: Path) -> Sources:
    """List every file of ``content/`` that is not ignored by its name.

    ProjectError where there is no such folder: it is more likely that a disk is missing than that nobody wrote.
    """
    content = site_path / "content"
    if not is_folder(content) and link_problem(content, "content", site_path) is None:
        raise ProjectError(f"there is no folder content in {site_path}: make one, even if it is empty")
    return _scan("content", site_path)


def scan_themes(site_path: Path) -> Sources:
    """List every file of the site's own ``themes/``."""
    return _scan("themes", site_path)


def _scan(name: str, site_path: Path) -> Sources:
    findings: list[Diagnostic] = []
    top = site_path / name
    if problem := link_problem(top, name, site_path):
        return Sources((), (problem,))
    files = walk_files(top, name + "/", site_path, findings) if is_folder(top) else []
    return Sources(tuple(sorted(files, key=lambda file: file.path)), tuple(findings))


def walk_files(
    folder: Path | str,
    prefix: str,
    site_path: Path | None,
    findings: list[Diagnostic],
    parents: tuple[str, ...] = (),
) -> list[SourceFile]:
    """List the files below a folder; without ``site_path`` it is cogen's own, and links may lead anywhere."""
    real = os.path.realpath(folder)
    if real in parents:
        return []
    found: list[SourceFile] = []
    accented: set[str] = set()
    for entry in list_folder(folder):
        if is_ignored_name(entry.name):
            continue
        name = entry.name if entry.name.isascii() else unicodedata.normalize("NFC", entry.name)
        path = prefix + name
        problem = _name_problem(path, entry.name)
        if problem is None and not name.isascii():
            problem = _twin_problem(path) if name in accented else None
            accented.add(name)
        if problem is None and site_path is not None and entry.is_symlink():
            problem = link_problem(entry.path, path, site_path)
        if problem is not None:
            findings.append(problem)
        elif entry.is_dir():
            found += walk_files(entry.path, path + "/", site_path, findings, (*parents, real))
        elif entry.is_file():
            found.append(SourceFile(path, entry.path, _stamp(entry)))
        else:
            message = "this is neither a file nor a folder"
            findings.append(finding("bad-file-name", message, Location(path), "remove it"))
    return found


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        return stamp_of(entry.stat())
    except OSError as error:
        raise MachineError(f"cannot read {entry.path}: {error.strerror}") from error


def list_folder(folder: Path | str) -> list[os.DirEntry[str]]:
    """List a folder by name; MachineError where the disk does not let us."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise MachineError(f"cannot list {folder}: {error.strerror}") from error


def _name_problem(path: str, name: str) -> Diagnostic | None:
    shown = path if path.isascii() else path.encode("utf-8", "replace").decode()
    if shown == path and _BAD_IN_NAMES.search(name) is None:
        return None
    message = f"the name {shown!r} has characters that not every system bears"
    hint = "rename it: letters, digits, spaces, dots, commas and hyphens are fine"
    return finding("bad-file-name", message, Location(shown), hint)


def _twin_problem(path: str) -> Diagnostic:
    message = "there are two of this name here, which differ only in how their accents are stored"
    return finding("bad-file-name", message, Location(path), "rename one of the two, or remove it")


def walk_all(folder: Path) -> set[str]:
    """Give the path of every file below a folder that cogen made, but for the marks it leaves there."""
    files = walk_files(folder, "", None, [])
    return {file.path for file in files}


def link_problem(disk_path: Path | str, path: str, site_path: Path) -> Diagnostic | None:
    """Say what is wrong with a symbolic link."""
    if not os.path.islink(disk_path):  # noqa: PTH114 never fails, whatever the name
        return None
    if not Path(os.path.realpath(disk_path)).is_relative_to(os.path.realpath(site_path)):
        message = "this symbolic link leads out of the project"
        return finding("symlink-outside", message, Location(path), "put the file itself here")
    try:
        Path(disk_path).stat()
    except OSError as error:
        where = "in a circle" if error.errno == errno.ELOOP else "to nothing"
        return finding("bad-file-name", f"this symbolic link leads {where}", Location(path), "remove it")
    return None
