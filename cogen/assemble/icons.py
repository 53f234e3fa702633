"""The icon of the site, from the one picture that site.yaml names. Layer: assemble.

An SVG is shown by browsers as it is.  Of a bitmap come the two files that all of them know: ``favicon.ico`` with
three sizes in it, and a larger one for the home screen of a telephone.
"""

from typing import Final

import msgspec

from cogen.assemble.links import HOW_TO_SHOW, Dead, LinkIndex, resolve, what_to_do
from cogen.assemble.site import Site
from cogen.model.diagnostics import Clue, Diagnostic, finding
from cogen.model.documents import Asset

FAVICON: Final = "/favicon.ico"
TOUCH_ICON: Final = "/apple-touch-icon.png"


class Icons(msgspec.Struct, frozen=True):
    """Where the icons of the site are; empty where it has none of its own."""

    icon: str = ""
    """An address of the site, for ``<link rel="icon">``."""
    touch_icon: str = ""
    """Likewise, for telephones."""


def bitmap_icon(site: Site) -> Asset | None:
    """Give the picture of which icons are to be made; None where there is none, or it is an SVG."""
    asset = _asset(site)
    return asset if asset is not None and _is_bitmap(asset) else None


def icons_of(site: Site, index: LinkIndex) -> tuple[Icons, tuple[Diagnostic, ...]]:
    """Say where the icons are.  Gives ``missing-picture`` and ``bad-value``."""
    wanted, asset = site.config.icon, _asset(site)
    if not wanted:
        return Icons(), ()
    clue = Clue("site.yaml", "icon", wanted)
    if asset is None:
        dead = resolve(wanted, "site.yaml", "/", index)
        if isinstance(dead, Dead):
            what = what_to_do(dead, index, HOW_TO_SHOW)
            return Icons(), (finding("missing-picture", dead.reason, clue, what),)
        return Icons(), (finding("missing-picture", f"{wanted} is no picture", clue, HOW_TO_SHOW),)
    if asset.picture is not None and asset.picture.format == "svg":
        return Icons(_address(site)), ()
    if not _is_bitmap(asset):
        message = f"the icon {wanted} is no SVG, and no JPEG, PNG or WebP that can be read"
        return Icons(), (finding("bad-value", message, clue, "a square PNG of 512 pixels is best"),)
    return Icons(FAVICON, TOUCH_ICON), ()


def _address(site: Site) -> str:
    return f"/{site.config.icon.removeprefix('/')}"


def _asset(site: Site) -> Asset | None:
    return site.assets.get(_address(site)) if site.config.icon else None


def _is_bitmap(asset: Asset) -> bool:
    return asset.picture is not None and asset.picture.is_sized
