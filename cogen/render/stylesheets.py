"""The theme's assets: their addresses, and stylesheets with options and addresses filled in. Layer: render.

An asset's address carries a digest of all that decides its bytes, so it can be known before anything is rendered and
be cached by browsers for ever.  A stylesheet's inputs include the addresses of what it names, so those come first.
"""

import posixpath
import re
from collections.abc import Mapping

from cogen.assemble.outputs import ThemeAsset
from cogen.assemble.views import CopyView, StylesheetView
from cogen.model import urls
from cogen.model.diagnostics import Diagnostic, finding
from cogen.model.hashing import hash_value
from cogen.model.suggest import did_you_mean
from cogen.model.theme import Theme, ThemeFile
from cogen.model.values import Value
from cogen.render.problems import place

_FOLDER = "assets/"
_PLACE = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    r"|\{\{\s*option\.(?P<option>\w+)\s*\}\}"
    r"|(?P<unknown>\{\{[^}\n]{0,200}\}\})"
    r"|url\(\s*(?P<quote>[\"']?)(?P<url>[^\"'()\s]+)(?P=quote)\s*\)"
    r"|@import\s+(?P<import_quote>[\"'])(?P<import>[^\"'()\s]+)(?P=import_quote)",
    re.DOTALL | re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?]|\Z", re.IGNORECASE)


def plan_assets(
    theme: Theme, base: str
) -> tuple[tuple[ThemeAsset, ...], tuple[tuple[str, str], ...], tuple[Diagnostic, ...]]:
    """Give every asset of the theme with its address, the link of each by its name, and what is wrong.

    ``base`` is the path the site lies under.  Gives ``bad-stylesheet``.
    """
    planner = _Planner(theme, base)
    assets = tuple(planner.plan(name) for name in sorted(planner.files))
    links = tuple((asset.name, urls.href(asset.address, base)) for asset in assets)
    return assets, links, tuple(dict.fromkeys(planner.findings))


def make_stylesheet(view: StylesheetView, content: bytes) -> bytes:
    """Fill a stylesheet of the theme with the options and links of its view; what the view lacks stays as written."""
    options, links = dict(view.options), dict(view.urls)

    def fill(found: re.Match[str]) -> str:
        if (name := found["option"]) is not None and name in options:
            return _css_value(options[name])
        target = found["url"] or found["import"]
        link = None if target is None else _link(target, view.name, links)
        if link is None:
            return found[0]
        return f'url("{link}")' if found["url"] else f'@import "{link}"'

    return _PLACE.sub(fill, _text(content)).encode()


def stylesheet_digest(view: StylesheetView) -> str:
    """Give the digest of a stylesheet's inputs, which its address carries."""
    return hash_value(view)


class _Planner:
    """Plans each asset once, those that a stylesheet names before the stylesheet; lives as long as that takes."""

    def __init__(self, theme: Theme, base: str) -> None:
        names = {file.name for layer in theme.layers for file in layer.files if file.name.startswith(_FOLDER)}
        found = {name.removeprefix(_FOLDER): theme.find(name) for name in names}
        self.files: dict[str, ThemeFile] = {name: file for name, file in found.items() if file is not None}
        self.findings: list[Diagnostic] = []
        self._base = base
        self._options: dict[str, Value] = {option.name: option.value for option in theme.options}
        self._planned: dict[str, ThemeAsset] = {}
        self._open: list[str] = []

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
        options: dict[str, Value] = {}
        links: dict[str, str] = {}
        text = _text(file.content)
        for found in _PLACE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            if option := found["option"]:
                self._take_option(option, options, file, line)
            elif found["unknown"]:
                self._complain(
                    file, line, found["unknown"], "only {{ option.NAME }} can be filled in a stylesheet"
                )
            elif target := found["url"] or found["import"]:
                self._take_link(name, target, links, file, line)
        return StylesheetView(name, file.digest, tuple(sorted(options.items())), tuple(sorted(links.items())))

    def _take_option(self, option: str, options: dict[str, Value], file: ThemeFile, line: int) -> None:
        if option in self._options:
            options[option] = self._options[option]
        else:
            message = f'the theme has no option "{option}"'
            self._complain(file, line, option, message, did_you_mean(option, self._options))

    def _take_link(self, name: str, target: str, links: dict[str, str], file: ThemeFile, line: int) -> None:
        if _ELSEWHERE.match(target):
            return
        asked = _asset_name(target, name, self.files)
        if asked is None:
            written = _path_of(target)
            self._complain(
                file, line, written, f'the theme has no asset "{written}"', did_you_mean(written, self.files)
            )
        elif asked in self._open:
            self._complain(file, line, target, f'"{asked}" imports itself')
        else:
            links[asked] = urls.href(self.plan(asked).address, self._base)

    def _complain(self, file: ThemeFile, line: int, subject: str, message: str, hint: str = "") -> None:
        self.findings.append(finding("bad-stylesheet", message, place(file, line, subject), hint))


def _link(target: str, name: str, links: Mapping[str, str]) -> str | None:
    """Give the link of what a stylesheet names, with its ``?…`` and ``#…``; None where it leads elsewhere."""
    asked = None if _ELSEWHERE.match(target) else _asset_name(target, name, links)
    return None if asked is None else links[asked] + target[len(_path_of(target)) :]


def _asset_name(target: str, name: str, known: Mapping[str, object]) -> str | None:
    """Find the asset that a stylesheet names: relative to its own folder, else to ``assets/``."""
    path = _path_of(target)
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    return next((each for each in (beside, posixpath.normpath(path)) if each in known), None)


def _path_of(target: str) -> str:
    return re.split(r"[?#]", target, maxsplit=1)[0]


def _css_value(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace")
