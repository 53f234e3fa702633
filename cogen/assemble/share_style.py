"""How the pictures look that stand for pages where they are shared, and where they are. Layer: assemble."""

import msgspec

from cogen.assemble.links import HOW_TO_LINK, Dead, LinkIndex, resolve, what_to_do
from cogen.assemble.site import Site
from cogen.model import urls
from cogen.model.diagnostics import Clue, Diagnostic, finding
from cogen.model.hashing import hash_value
from cogen.model.theme import Theme

SHARE_SIZE = (1200, 630)
"""Pixels, as the networks that read Open Graph show it."""
_GROUND = "#00594c"
_OPTION = "accent"


class ShareStyle(msgspec.Struct, frozen=True, tag="sharestyle"):
    """What all of these pictures have in common."""

    ground: str
    """A colour of CSS: the theme's option ``accent``, where it has one."""
    font: str = ""
    """Digest of the author's own font; empty for the one that comes with ``cogen[share]``."""


def share_style(site: Site, theme: Theme) -> ShareStyle | None:
    """Give the style; None where site.yaml asks for no such pictures."""
    if not site.config.has_share_pictures:
        return None
    accent = next((option.value for option in theme.options if option.name == _OPTION), None)
    font = site.assets.get(_font_address(site))
    return ShareStyle(str(accent or _GROUND), font.digest if font else "")


def font_problem(site: Site, index: LinkIndex) -> Diagnostic | None:
    """Say that the font that site.yaml names is not there."""
    wanted = site.config.share_font
    if not wanted or _font_address(site) in site.assets:
        return None
    dead = resolve(wanted, "site.yaml", "/", index)
    clue = Clue("site.yaml", "share_pictures/font", wanted)
    if isinstance(dead, Dead):
        return finding("dead-link", dead.reason, clue, what_to_do(dead, index, HOW_TO_LINK))
    return finding("dead-link", f"{wanted} is no font file", clue, HOW_TO_LINK)


def _font_address(site: Site) -> str:
    return f"/{site.config.share_font.removeprefix('/')}"


def share_address(style: ShareStyle, site_title: str, title: str) -> str:
    """Give the address of the picture of a title."""
    return urls.share_picture(hash_value(style, site_title, title))
