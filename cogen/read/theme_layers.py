"""A theme's files, read: the chain of layers from the site's own theme down to ``commons``. Layer: read.

In: a theme's name and the site's folder.  Out: the layers as they lie on disk, the nearest first.
"""

from pathlib import Path

from cogen.model.diagnostics import Clue, Diagnostic, Location, finding
from cogen.model.hashing import hash_bytes
from cogen.model.suggest import a_few, did_you_mean
from cogen.model.theme import ThemeFile, ThemeLayer
from cogen.read.files import is_file, is_folder, link_problem, list_folder, read_bytes, walk_files
from cogen.read.places import is_ignored_name
from cogen.read.theme import theme_extends

_PACKAGE_THEMES = Path(__file__).parent.parent / "themes"
_LAST_THEME = "commons"
_FORBIDDEN_IN_THEMES = frozenset("/\\:")


def read_theme_layers(name: str, site_path: Path) -> tuple[tuple[ThemeLayer, ...], tuple[Diagnostic, ...]]:
    """Read a theme and those it extends, ``commons`` always last; no layers where one of them is not there.

    A theme is a folder with files under the site's ``themes/`` (git keeps no empty folder, so neither do we), else
    one that ships with cogen.  Gives ``unknown-theme``, ``symlink-outside`` and ``bad-file-name``.
    """
    findings = [problem] if (problem := link_problem(site_path / "themes", "themes", site_path)) else []
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
    hint = did_you_mean(name, known) or f"there are: {a_few(known)}"
    return finding(
        "unknown-theme", f"there is no theme {name!r}, neither in themes/ nor in cogen", where, hint
    )


def _available_themes(site_path: Path) -> tuple[str, ...]:
    """List the names of the themes a site may use: its own and those in the package."""
    own = site_path / "themes"
    found = [entry.name for entry in list_folder(_PACKAGE_THEMES) if entry.is_dir()]
    if is_folder(own) and link_problem(own, "", site_path) is None:
        found += [
            entry.name
            for entry in list_folder(own)
            if link_problem(entry.path, "", site_path) is None and _has_files(entry.path, site_path)
        ]
    return tuple(sorted({name for name in found if not name.startswith("_") and not is_ignored_name(name)}))


def _theme_folder(name: str, site_path: Path, findings: list[Diagnostic]) -> Path | None:
    """Find a theme; ``findings`` holds what is wrong with ``themes/`` itself, and takes what is with this one."""
    if not name or not _FORBIDDEN_IN_THEMES.isdisjoint(name) or is_ignored_name(name):
        return None
    own, shipped = site_path / "themes" / name, _PACKAGE_THEMES / name
    if not any(each.at == Location("themes") for each in findings):
        if problem := link_problem(own, f"themes/{name}", site_path):
            findings.append(problem)
            return None
        if _has_files(own, site_path):
            return own
    return shipped if is_file(shipped / "theme.yaml") else None


def _has_files(folder: Path | str, site_path: Path) -> bool:
    findings: list[Diagnostic] = []
    return is_folder(folder) and bool(walk_files(folder, "", site_path, findings) or findings)


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
        for file in walk_files(folder, shown, site_path if is_own else None, findings, ())
    ]
    return ThemeLayer(name, tuple(sorted(files, key=lambda file: file.name)), is_shipped=not is_own)
