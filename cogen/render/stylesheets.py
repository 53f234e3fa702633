"""The theme's stylesheets, with options and addresses filled in. Layer: render.

``{{ option.NAME }}`` gives a value of site.yaml's ``theme_options``, and ``url(NAME)`` or ``@import "NAME"`` the
fingerprinted link of another asset.  Comments stay as they are.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping

import msgspec

from cogen.assemble.views import StylesheetView
from cogen.model.hashing import hash_value
from cogen.model.theme import Theme, decoded
from cogen.model.values import Value

ASSETS = "assets/"
_PLACE = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    r"|\{\{\s*option\.(?P<option>\w+)\s*\}\}"
    r"|(?P<unknown>\{\{[^}\n]{0,200}\}\})"
    r"|url\(\s*(?P<quote>[\"']?)(?P<url>[^\"'()\s]+)(?P=quote)\s*\)"
    r"|@import\s+(?P<import_quote>[\"'])(?P<import>[^\"'()\s]+)(?P=import_quote)",
    re.DOTALL | re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?]|\Z", re.IGNORECASE)


def make_stylesheet(view: StylesheetView, theme: Theme) -> bytes:
    """Fill a stylesheet of the theme with the options and links of its view; what the view lacks stays as written."""
    options, links = dict(view.options), dict(view.urls)
    file = theme.find(ASSETS + view.name)

    def fill(found: re.Match[str]) -> str:
        if (name := found["option"]) is not None and name in options:
            return _css_value(options[name])
        target = found["url"] or found["import"]
        link = None if target is None else _link(target, view.name, links)
        if link is None:
            return found[0]
        return f'url("{link}")' if found["url"] else f'@import "{link}"'

    return _PLACE.sub(fill, "" if file is None else decoded(file.content)).encode()


def stylesheet_digest(view: StylesheetView) -> str:
    """Give the digest of a stylesheet's inputs, which its address carries."""
    return hash_value(view)


class Place(msgspec.Struct, frozen=True):
    """A place in a stylesheet that wants to be filled."""

    line: int
    """1-based."""
    column: int
    """1-based, of the name or of what is in braces."""
    option: str = ""
    """The option that is named."""
    target: str = ""
    """What ``url(…)`` or ``@import`` names, where that is an asset."""
    unknown: str = ""
    """What stands in braces and is not understood."""


def places(content: bytes) -> Iterator[Place]:
    """Walk the places of a stylesheet in the order written."""
    text = decoded(content)
    for found in _PLACE.finditer(text):
        target = found["url"] or found["import"] or ""
        if found["option"] or found["unknown"] or (target and not _ELSEWHERE.match(target)):
            start = found.start(found.lastgroup or 0)
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            yield Place(line, column, found["option"] or "", target, found["unknown"] or "")


def asset_name(target: str, stylesheet: str, known: Mapping[str, object]) -> str | None:
    """Find the asset that a stylesheet names: relative to its own folder, else to ``assets/``."""
    path = path_of(target)
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(stylesheet), path))
    return next((each for each in (beside, posixpath.normpath(path)) if each in known), None)


def path_of(target: str) -> str:
    """Give an address without ``?…`` and ``#…``."""
    return re.split(r"[?#]", target, maxsplit=1)[0]


def _link(target: str, name: str, links: Mapping[str, str]) -> str | None:
    """Give the link of what a stylesheet names, with its ``?…`` and ``#…``; None where it leads elsewhere."""
    asked = None if _ELSEWHERE.match(target) else asset_name(target, name, links)
    return None if asked is None else links[asked] + target[len(path_of(target)) :]


def _css_value(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
