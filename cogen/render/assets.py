"""The theme's assets and their addresses. Layer: render.

An asset's address carries a digest of all that decides its bytes, so it is known before anything is rendered and can
be cached by browsers for ever.  A stylesheet's inputs include the addresses of what it names, so those come first.
"""

import msgspec

from cogen.assemble.outputs import ThemeAsset
from cogen.assemble.views import CopyView, StylesheetView
from cogen.model import urls
from cogen.model.diagnostics import Diagnostic, Location, finding
from cogen.model.suggest import did_you_mean
from cogen.model.theme import Theme, ThemeFile
from cogen.model.values import Value
from cogen.render.problems import encoding_problem, place
from cogen.render.stylesheets import ASSETS, Place, asset_name, path_of, places, stylesheet_digest


class ThemeAssets(msgspec.Struct, frozen=True):
    """Every asset of a theme, planned."""

    assets: tuple[ThemeAsset, ...]
    """Sorted by name."""
    urls: tuple[tuple[str, str], ...]
    """Name → link, as templates ask for it with ``asset(name)``."""
    findings: tuple[Diagnostic, ...]


def plan_assets(theme: Theme, base: str) -> ThemeAssets:
    """Give every asset of the theme its address; ``base`` is the path the site lies under.

    Gives ``bad-stylesheet`` and ``bad-file-name``.
    """
    planner = _Planner(theme, base)
    assets = tuple(planner.plan(name) for name in sorted(planner.files))
    links = tuple((asset.name, urls.href(asset.address, base)) for asset in assets)
    return ThemeAssets(assets, links, tuple(dict.fromkeys(planner.findings)))


class _Planner:
    """Plans each asset once, those that a stylesheet names before the stylesheet; lives as long as that takes."""

    def __init__(self, theme: Theme, base: str) -> None:
        names = {file.name for layer in theme.layers for file in layer.files if file.name.startswith(ASSETS)}
        found = {name.removeprefix(ASSETS): theme.find(name) for name in names}
        self.findings: list[Diagnostic] = []
        self.files: dict[str, ThemeFile] = {
            name: file
            for name, file in found.items()
            if file is not None and self._is_publishable(name, file)
        }
        self._base = base
        self._options: dict[str, Value] = {option.name: option.value for option in theme.options}
        self._planned: dict[str, ThemeAsset] = {}
        self._open: list[str] = []

    def _is_publishable(self, name: str, file: ThemeFile) -> bool:
        if urls.clean_address(name.replace("%", "%25")) is not None:
            return True
        hint = "rename the file: letters, digits, hyphens and dots"
        self.findings.append(
            finding("bad-file-name", "this name cannot be published", Location(file.path), hint)
        )
        return False

    def plan(self, name: str) -> ThemeAsset:
        if name not in self._planned:
            self._open.append(name)
            file = self.files[name]
            view = self._stylesheet(name, file) if name.endswith(".css") else CopyView(file.path, file.digest)
            digest = stylesheet_digest(view) if isinstance(view, StylesheetView) else file.digest
            self._planned[name] = ThemeAsset(name, urls.theme_asset(name, digest), view)
            self._open.pop()
        return self._planned[name]

    def _stylesheet(self, name: str, file: ThemeFile) -> StylesheetView:
        if (problem := encoding_problem(file)) is not None:
            self.findings.append(problem)
        options: dict[str, Value] = {}
        links: dict[str, str] = {}
        for each in places(file.content):
            if each.option in self._options:
                options[each.option] = self._options[each.option]
            elif each.option:
                message = f'the theme has no option "{each.option}"'
                self._complain(file, each, each.option, message, did_you_mean(each.option, self._options))
            elif each.unknown:
                message = f"{each.unknown} cannot be filled in a stylesheet"
                self._complain(file, each, each.unknown, message, "name an option: {{ option.accent }}")
            elif (asked := asset_name(each.target, name, self.files)) is None:
                written = path_of(each.target)
                message = f'the theme has no asset "{written}"'
                self._complain(file, each, written, message, did_you_mean(written, self.files))
            elif asked in self._open:
                self._complain(file, each, each.target, f'"{asked}" imports itself')
            else:
                links[asked] = urls.href(self.plan(asked).address, self._base)
        return StylesheetView(name, file.digest, tuple(sorted(options.items())), tuple(sorted(links.items())))

    def _complain(self, file: ThemeFile, at: Place, subject: str, message: str, hint: str = "") -> None:
        where = place(file, at.line, subject, at.column)
        self.findings.append(finding("bad-stylesheet", message, where, hint))
