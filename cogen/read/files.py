"""The one place that reads the author's files, and follows no symbolic link out of the project. Layer: read.

In: a folder on disk.  Out: what lies in it, as sorted values, and the bytes of each on demand.
"""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from cogen.model.diagnostics import Diagnostic, Location, MachineError, finding
from cogen.model.hashing import hash_bytes
from cogen.model.theme import ThemeFile, ThemeLayer
from cogen.read.places import is_ignored_name
from cogen.read.theme import theme_extends

_PACKAGE_THEMES = Path(__file__).parent.parent / "themes"
_LONGEST_CHAIN = 10
_FIRST_PRINTABLE = 0x20


class SourceFile(msgspec.Struct, frozen=True):
    """A file the author wrote."""

    path: str
    """Relative to the site's folder, POSIX, NFC."""
    disk_path: Path
    """Where it is on disk."""


class Sources(msgspec.Struct, frozen=True):
    """What lies in ``content/``."""

    files: tuple[SourceFile, ...]
    """Sorted by path."""
    findings: tuple[Diagnostic, ...]


def read_bytes(disk_path: Path) -> bytes:
    """Read a whole file; MachineError where the disk does not let us."""
    try:
        return disk_path.read_bytes()
    except OSError as error:
        raise MachineError(f"cannot read {disk_path}: {error.strerror}") from error


def read_optional(disk_path: Path) -> bytes | None:
    """Read a whole file, or give None where there is none."""
    return read_bytes(disk_path) if disk_path.is_file() else None


def scan_content(site_path: Path) -> Sources:
    """List every file of ``content/`` that is not ignored by its name."""
    findings: list[Diagnostic] = []
    top, project = site_path / "content", site_path.resolve()
    if not top.resolve().is_relative_to(project):
        return Sources((), (_symlink_outside("content"),))
    files = list(_walk(top, "content", project, findings, ())) if top.is_dir() else []
    return Sources(tuple(sorted(files, key=lambda file: file.path)), tuple(findings))


def _walk(
    folder: Path, prefix: str, project: Path, findings: list[Diagnostic], parents: tuple[str, ...]
) -> Iterator[SourceFile]:
    real = os.path.realpath(folder)
    if real in parents:
        return
    for entry in _entries(folder):
        if is_ignored_name(entry.name):
            continue
        path = f"{prefix}/{unicodedata.normalize('NFC', entry.name)}"
        if problem := _entry_problem(entry, path, project):
            findings.append(problem)
        elif entry.is_dir():
            yield from _walk(Path(entry.path), path, project, findings, (*parents, real))
        elif entry.is_file():
            yield SourceFile(path, Path(entry.path))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise MachineError(f"cannot list {folder}: {error.strerror}") from error


def _entry_problem(entry: os.DirEntry[str], path: str, project: Path) -> Diagnostic | None:
    shown = path.encode("utf-8", "replace").decode()
    if shown != path or any(ord(char) < _FIRST_PRINTABLE or char in '\\:*?"<>|\x7f' for char in entry.name):
        hint = "rename it: letters, digits, spaces, dots, commas and hyphens are fine"
        return finding("bad-file-name", f"the name {shown!r} has characters that not every system bears",
                       Location(shown), hint)  # fmt: skip
    if entry.is_symlink():
        target = Path(entry.path).resolve()
        if not target.is_relative_to(project):
            return _symlink_outside(path)
        if not target.exists():
            return finding(
                "bad-file-name", "this symbolic link leads to nothing", Location(path), "remove it"
            )
    return None


def _symlink_outside(path: str) -> Diagnostic:
    message = "this symbolic link leads out of the project"
    return finding("symlink-outside", message, Location(path), "put the file itself here")


def read_theme_layers(name: str, site_path: Path) -> tuple[tuple[ThemeLayer, ...], str]:
    """Read a theme and those it extends, ``commons`` always last.

    Gives the layers and the name of a theme that is not there (empty when all are).  A theme is a folder under
    the site's ``themes/``, else one that ships with cogen.
    """
    layers: list[ThemeLayer] = []
    while name and name not in {layer.name for layer in layers} and len(layers) < _LONGEST_CHAIN:
        folder = _theme_folder(name, site_path)
        if folder is None:
            return tuple(layers), name
        layer = _read_layer(name, folder, site_path)
        layers.append(layer)
        manifest = next((file.content for file in layer.files if file.name == "theme.yaml"), b"")
        name = theme_extends(manifest) or "commons"
    return tuple(layers), ""


def available_themes(site_path: Path) -> tuple[str, ...]:
    """List the names of the themes a site may use: its own and those in the package."""
    folders = [folder for folder in (site_path / "themes", _PACKAGE_THEMES) if folder.is_dir()]
    found = {entry.name for folder in folders for entry in _entries(folder) if entry.is_dir()}
    return tuple(sorted(name for name in found if not name.startswith((".", "_"))))


def _theme_folder(name: str, site_path: Path) -> Path | None:
    if "/" in name or "\\" in name or name.startswith("."):
        return None
    own = site_path / "themes" / name
    if own.is_dir() and own.resolve().is_relative_to(site_path.resolve()):
        return own
    shipped = _PACKAGE_THEMES / name
    return shipped if (shipped / "theme.yaml").is_file() else None


def _read_layer(name: str, folder: Path, site_path: Path) -> ThemeLayer:
    is_own = folder.parent == site_path / "themes"
    shown = f"themes/{name}/" if is_own else f"{name}:"
    files = [
        ThemeFile(path, shown + path, content := read_bytes(disk_path), hash_bytes(content))
        for path, disk_path in _theme_files(folder, "", folder.resolve())
    ]
    return ThemeLayer(name, tuple(sorted(files, key=lambda file: file.name)))


def _theme_files(folder: Path, prefix: str, theme: Path) -> Iterator[tuple[str, Path]]:
    for entry in _entries(folder):
        disk_path = Path(entry.path)
        if is_ignored_name(entry.name) or not disk_path.resolve().is_relative_to(theme):
            continue
        if entry.is_dir():
            yield from _theme_files(disk_path, f"{prefix}{entry.name}/", theme)
        elif entry.is_file():
            yield prefix + unicodedata.normalize("NFC", entry.name), disk_path
