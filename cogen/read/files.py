"""The one place that reads the author's files, and follows no symbolic link out of the project. Layer: read.

In: a folder on disk.  Out: what lies in it, as sorted values, and the bytes of each on demand.
"""

import errno
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from cogen.model.diagnostics import Clue, Diagnostic, Location, MachineError, ProjectError, finding
from cogen.model.hashing import hash_bytes
from cogen.model.suggest import did_you_mean
from cogen.model.theme import ThemeFile, ThemeLayer
from cogen.read.places import is_ignored_name
from cogen.read.theme import theme_extends

_PACKAGE_THEMES = Path(__file__).parent.parent / "themes"
_LAST_THEME = "commons"
_FIRST_PRINTABLE = 0x20
_FORBIDDEN_IN_THEMES = frozenset("/\\:")


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


def read_inside(site_path: Path, path: str) -> bytes | None:
    """Read a source by its path, or give None where there is none in the project."""
    disk_path = Path(os.path.realpath(site_path / path))
    return read_optional(disk_path) if disk_path.is_relative_to(os.path.realpath(site_path)) else None


def read_settings(site_path: Path) -> bytes:
    """Read site.yaml; ProjectError where there is none, or one that leads out of the project."""
    data = read_inside(site_path, "site.yaml")
    if data is not None:
        return data
    if problem := _link_problem(site_path / "site.yaml", "site.yaml", site_path):
        raise ProjectError(f"{site_path / 'site.yaml'}: {problem.message}; {problem.hint}")
    raise ProjectError(f"there is no site.yaml in {site_path}: name a site's folder, or `cogen new site`")


def scan_content(site_path: Path) -> Sources:
    """List every file of ``content/`` that is not ignored by its name."""
    findings: list[Diagnostic] = []
    top = site_path / "content"
    if problem := _link_problem(top, "content", site_path):
        return Sources((), (problem,))
    files = list(_walk(top, "content/", site_path, findings, ())) if top.is_dir() else []
    return Sources(tuple(sorted(files, key=lambda file: file.path)), tuple(findings))


def _walk(
    folder: Path, prefix: str, site_path: Path | None, findings: list[Diagnostic], parents: tuple[str, ...]
) -> Iterator[SourceFile]:
    """List the files below a folder; without ``site_path`` it is cogen's own, and links may lead anywhere."""
    real = os.path.realpath(folder)
    if real in parents:
        return
    for entry in _entries(folder):
        if is_ignored_name(entry.name):
            continue
        path, disk_path = prefix + unicodedata.normalize("NFC", entry.name), Path(entry.path)
        problem = _name_problem(path, entry.name)
        if problem is None and site_path is not None:
            problem = _link_problem(disk_path, path, site_path)
        if problem is not None:
            findings.append(problem)
        elif entry.is_dir():
            yield from _walk(disk_path, path + "/", site_path, findings, (*parents, real))
        elif entry.is_file():
            yield SourceFile(path, disk_path)
        else:
            message = "this is neither a file nor a folder"
            findings.append(finding("bad-file-name", message, Location(path), "remove it"))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise MachineError(f"cannot list {folder}: {error.strerror}") from error


def _name_problem(path: str, name: str) -> Diagnostic | None:
    shown = path.encode("utf-8", "replace").decode()
    if shown == path and not any(ord(char) < _FIRST_PRINTABLE or char in '\\:*?"<>|\x7f' for char in name):
        return None
    message = f"the name {shown!r} has characters that not every system bears"
    hint = "rename it: letters, digits, spaces, dots, commas and hyphens are fine"
    return finding("bad-file-name", message, Location(shown), hint)


def _link_problem(disk_path: Path, path: str, site_path: Path) -> Diagnostic | None:
    """Say what is wrong with a symbolic link."""
    if not os.path.islink(disk_path):  # noqa: PTH114 never fails, whatever the name
        return None
    if not Path(os.path.realpath(disk_path)).is_relative_to(os.path.realpath(site_path)):
        message = "this symbolic link leads out of the project"
        return finding("symlink-outside", message, Location(path), "put the file itself here")
    try:
        disk_path.stat()
    except OSError as error:
        where = "in a circle" if error.errno == errno.ELOOP else "to nothing"
        return finding("bad-file-name", f"this symbolic link leads {where}", Location(path), "remove it")
    return None


# ---- themes -------------------------------------------------------------------------------------------------


def read_theme_layers(name: str, site_path: Path) -> tuple[tuple[ThemeLayer, ...], tuple[Diagnostic, ...]]:
    """Read a theme and those it extends, ``commons`` always last; no layers where one of them is not there.

    A theme is a folder under the site's ``themes/``, else one that ships with cogen.  Gives ``unknown-theme``,
    ``symlink-outside`` and ``bad-file-name``.
    """
    findings = [problem] if (problem := _link_problem(site_path / "themes", "themes", site_path)) else []
    layers: dict[str, ThemeLayer] = {}
    where = Clue("site.yaml", "theme")
    while name not in layers:
        folder = _theme_folder(name, site_path, findings)
        if folder is None:
            return (), (*findings, _unknown_theme(name, site_path, where))
        layers[name] = _read_layer(name, folder, site_path, findings)
        manifest = next((file for file in layers[name].files if file.name == "theme.yaml"), None)
        name = theme_extends(manifest.content) if manifest else ""
        where = Clue(manifest.path if manifest else "", "extends")
        if name in layers:
            message = f"the themes extend each other in a circle: {' → '.join((*layers, name))}"
            findings.append(finding("unknown-theme", message, where, "let the last of them extend commons"))
            name = ""
        name = name or _LAST_THEME
    return tuple(layers.values()), tuple(findings)


def _unknown_theme(name: str, site_path: Path, where: Clue) -> Diagnostic:
    known = _available_themes(site_path)
    hint = did_you_mean(name, known) or f"there are: {', '.join(known)}"
    return finding(
        "unknown-theme", f"there is no theme {name!r}, neither in themes/ nor in cogen", where, hint
    )


def _available_themes(site_path: Path) -> tuple[str, ...]:
    """List the names of the themes a site may use: its own and those in the package."""
    own = site_path / "themes"
    found = [entry.name for entry in _entries(_PACKAGE_THEMES) if entry.is_dir()]
    if own.is_dir() and _link_problem(own, "", site_path) is None:
        found += [
            entry.name
            for entry in _entries(own)
            if _link_problem(Path(entry.path), "", site_path) is None and entry.is_dir()
        ]
    return tuple(sorted({name for name in found if not name.startswith((".", "_"))}))


def _theme_folder(name: str, site_path: Path, findings: list[Diagnostic]) -> Path | None:
    """Find a theme; ``findings`` holds what is wrong with ``themes/`` itself, and takes what is with this one."""
    if not name or not _FORBIDDEN_IN_THEMES.isdisjoint(name) or name.startswith("."):
        return None
    own, shipped = site_path / "themes" / name, _PACKAGE_THEMES / name
    if not any(each.at == Location("themes") for each in findings):
        if problem := _link_problem(own, f"themes/{name}", site_path):
            findings.append(problem)
            return None
        if os.path.isdir(own):  # noqa: PTH112 likewise
            return own
    return shipped if os.path.isfile(shipped / "theme.yaml") else None  # noqa: PTH113 likewise


def _read_layer(name: str, folder: Path, site_path: Path, findings: list[Diagnostic]) -> ThemeLayer:
    is_own = folder.parent == site_path / "themes"
    shown = f"themes/{name}/" if is_own else f"{name}:"
    files = [
        ThemeFile(
            file.path.removeprefix(shown),
            file.path,
            content := read_bytes(file.disk_path),
            hash_bytes(content),
        )
        for file in _walk(folder, shown, site_path if is_own else None, findings, ())
    ]
    return ThemeLayer(name, tuple(sorted(files, key=lambda file: file.name)))
