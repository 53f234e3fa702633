"""The author's short texts with their holes filled, and the links and pictures of all texts. Layer: assemble."""

from cogen.assemble.links import HOW_TO_LINK, HOW_TO_SHOW, Dead, is_external, missing_fragment, resolve
from cogen.assemble.studio import Studio
from cogen.assemble.views import PictureView
from cogen.model.body import LinkHole, PictureHole, RichText
from cogen.model.diagnostics import Clue, finding
from cogen.model.html import Html, escape
from cogen.model.suggest import did_you_mean

_MOST_USES = 50
"""Of one dead target in one text that are told apart; who mends fifty finds the rest."""
_SHOWN_PARTS = 12


def fill_rich(studio: Studio, rich: RichText, source: str, address: str, key: str = "") -> Html:
    """Fill a short text, which may stand on any page; directives in it show nothing.

    ``key`` is where the source has it; a summary that is not there was taken from the text below.
    """
    pieces = [rich.parts[0]]
    for hole, part in zip(rich.holes, rich.parts[1:], strict=True):
        match hole:
            case LinkHole():
                page = studio.href(address) if hole.target.startswith("#") else ""
                pieces.append(escape(page) + fill_link(studio, hole, source, address, key=key))
            case PictureHole():
                pieces.append(fill_picture(studio, hole, source, address, key=key))
        pieces.append(part)
    return Html("".join(pieces))


def picture_view(
    studio: Studio, target: str, alt: str, source: str, address: str, key: str
) -> PictureView | None:
    """Resolve a picture that front matter or a directive names; a missing one is a finding."""
    if is_external(target) and not target.startswith(("https://", "http://", "//")):
        message = f"{target!r} names no picture"
        studio.report(finding("missing-picture", message, Clue(source, key, target), HOW_TO_SHOW))
        return None
    if is_external(target):
        return PictureView(target, target if "://" in target else f"https:{target}", alt)
    found = resolve(target, source, address, studio.index)
    if isinstance(found, Dead):
        clue = Clue(source, key, target)
        studio.report(finding("missing-picture", found.reason, clue, found.hint or HOW_TO_SHOW))
        return None
    width, height = (found.asset.width, found.asset.height) if found.asset else (0, 0)
    return PictureView(found.link, studio.absolute(found.address), alt, width, height)


def written_link(studio: Studio, target: str, source: str, address: str, key: str) -> str:
    """Give where an address leads that stands under a key; it may be printed on any page, unlike a text's links."""
    if not target or (is_external(target) and not target.startswith("#")):
        return target
    link = _judged(studio, target, source, address, Clue(source, key, target))
    return studio.href(address) + link if link.startswith(("#", "?")) else link


def fill_link(studio: Studio, hole: LinkHole, source: str, address: str, use: int = 0, key: str = "") -> str:
    """Give what stands in an attribute that leads somewhere, escaped; ``use`` counts uses of one target from 0."""
    clue = Clue(source, key, hole.target, min(use, _MOST_USES))
    return escape(_judged(studio, hole.target, source, address, clue, is_picture=hole.is_picture))


def _judged(
    studio: Studio, target: str, source: str, address: str, clue: Clue, *, is_picture: bool = False
) -> str:
    """Give where a target leads, or itself; says what leads nowhere."""
    found = resolve(target, source, address, studio.index)
    if isinstance(found, Dead):
        code, how = ("missing-picture", HOW_TO_SHOW) if is_picture else ("dead-link", HOW_TO_LINK)
        studio.report(finding(code, found.reason, clue, found.hint or how))
        return target
    if missing := missing_fragment(target, found.address, studio.index):
        page = target.partition("#")[0]
        message = f"{f'the page {page}' if page else 'this page'} has no part #{missing}"
        known = studio.index.ids.get(found.address, ())
        hint = did_you_mean(missing, known) or f"its parts are {', '.join(known[:_SHOWN_PARTS]) or 'none'}"
        studio.report(finding("dead-anchor", message, clue, hint))
    return found.link


def fill_picture(
    studio: Studio, hole: PictureHole, source: str, address: str, use: int = 0, key: str = ""
) -> str:
    """Give the ``src`` of a picture, with its size where the file tells."""
    found = resolve(hole.target, source, address, studio.index)
    clue = Clue(source, key, hole.target, min(use, _MOST_USES))
    if isinstance(found, Dead):
        studio.report(finding("missing-picture", found.reason, clue, found.hint or HOW_TO_SHOW))
        return f'src="{escape(hole.target)}"'
    asset = found.asset
    if asset is not None and asset.is_broken_picture:
        message = f"the size of {asset.path} cannot be read: is the file whole?"
        studio.report(finding("unreadable-picture", message, clue, "save it again as JPEG, PNG, WebP or SVG"))
    if asset is None or not asset.width or hole.has_size:
        return f'src="{escape(found.link)}"'
    return f'src="{escape(found.link)}" width="{asset.width}" height="{asset.height}"'
