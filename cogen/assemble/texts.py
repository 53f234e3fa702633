"""The author's short texts with their holes filled, and the links and pictures of all texts. Layer: assemble."""

from collections import Counter
from urllib.parse import unquote

from cogen.assemble.links import HOW_TO_LINK, HOW_TO_SHOW, Dead, is_external, resolve
from cogen.assemble.pictures import picture_fill, shown
from cogen.assemble.studio import Studio
from cogen.assemble.views import PictureView
from cogen.model.body import LinkHole, PictureFill, PictureHole, RichText, filled
from cogen.model.diagnostics import Clue, finding
from cogen.model.documents import Asset, Picture
from cogen.model.html import Html, escape
from cogen.model.suggest import did_you_mean

_MOST_USES = 50
"""Of one target in one text that are told apart; who mends fifty finds the rest."""
_SHOWN_PARTS = 12


class Uses:
    """Counts the uses of each address in one text, however it is spelled."""

    def __init__(self) -> None:
        """Begin with none."""
        self._counts: Counter[str] = Counter()

    def of(self, target: str) -> int:
        """Give how often an address was asked for before, in this text."""
        address = unquote(target) if "%" in target else target
        self._counts[address] += 1
        return min(self._counts[address] - 1, _MOST_USES)


def fill_rich(studio: Studio, rich: RichText, source: str, address: str, key: str = "") -> Html:
    """Fill a short text, which may stand on any page; directives in it show nothing.

    ``key`` is where the source has it; a summary that is not there was taken from the text below.
    """
    fills: list[str | PictureFill] = []
    for hole in rich.holes:
        match hole:
            case LinkHole():
                page = studio.href(address) if hole.target.startswith("#") else ""
                fills.append(escape(page) + fill_link(studio, hole, source, address, key=key))
            case PictureHole():
                fills.append(fill_picture(studio, hole, source, address, key=key))
            case _:
                fills.append("")
    return Html(filled(rich.parts, fills))


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
    _judge_picture(studio, found.asset, Clue(source, key, target))
    picture = (found.asset.picture if found.asset else None) or Picture()
    seen = shown(found.address, found.asset, studio.site.config.pictures, studio.site.config.base)
    link = studio.href(seen.address) if seen.srcset else found.link
    return PictureView(
        url=link,
        absolute_url=studio.absolute(seen.address),
        alt=alt,
        width=picture.width,
        height=picture.height,
        srcset=seen.srcset,
        webp=seen.webp,
    )


def written_link(studio: Studio, target: str, source: str, address: str, key: str) -> str:
    """Give where an address leads that stands under a key; it may be printed on any page, unlike a text's links."""
    if not target or (is_external(target) and not target.startswith("#")):
        return target
    link = _judged(studio, target, source, address, Clue(source, key, target))
    return studio.href(address) + link if link.startswith(("#", "?")) else link


def fill_link(studio: Studio, hole: LinkHole, source: str, address: str, use: int = 0, key: str = "") -> str:
    """Give what stands in an attribute that leads somewhere, escaped; ``use`` counts uses of one target from 0."""
    clue = Clue(source, key, hole.target, use)
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
    if missing := found.missing:
        page = target.partition("#")[0]
        message = f"{f'the page {page}' if page else 'this page'} has no part #{missing}"
        known = studio.index.ids.get(found.address, ())
        hint = did_you_mean(missing, known) or f"its parts are {', '.join(known[:_SHOWN_PARTS]) or 'none'}"
        studio.report(finding("dead-anchor", message, clue, hint))
    return found.link


def fill_picture(
    studio: Studio, hole: PictureHole, source: str, address: str, use: int = 0, key: str = ""
) -> str | PictureFill:
    """Give the ``src`` of a picture, with its size where the file tells, and the sizes it comes in."""
    found = resolve(hole.target, source, address, studio.index)
    clue = Clue(source, key, hole.target, use)
    if isinstance(found, Dead):
        studio.report(finding("missing-picture", found.reason, clue, found.hint or HOW_TO_SHOW))
        return f'src="{escape(hole.target)}"'
    asset = found.asset
    _judge_picture(studio, asset, clue)
    picture = asset.picture if asset is not None else None
    size = ""
    if picture is not None and picture.width and not hole.has_size:
        size = f' width="{picture.width}" height="{picture.height}"'
    if picture is None or not picture.is_sized or hole.has_own_sizes:
        return f'src="{escape(found.link)}"{size}'
    config = studio.site.config
    seen = shown(found.address, asset, config.pictures, config.base)
    link = studio.href(seen.address) if seen.srcset else found.link
    sizes = f"{hole.width}px" if hole.width else studio.theme.picture_sizes
    return picture_fill(link, seen, sizes, size)


def _judge_picture(studio: Studio, asset: Asset | None, clue: Clue) -> None:
    """Say what is wrong with a picture's file, where it is shown."""
    if asset is None or asset.picture is None or not asset.picture.problem:
        return
    code, message, hint = _PROBLEMS[asset.picture.problem]
    studio.report(finding(code, message.format(path=asset.path), clue, hint))


_PROBLEMS = {
    "broken": (
        "unreadable-picture",
        "{path} cannot be read as a picture: is the file whole?",
        "save it again as JPEG, PNG, WebP or SVG",
    ),
    "enormous": (
        "enormous-picture",
        "{path} has more pixels than any screen shows, and than cogen makes other sizes of",
        "save it smaller; 4,000 pixels in width are plenty",
    ),
    "foreign": (
        "foreign-picture",
        "{path} is of a kind that browsers do not show",
        "save it as JPEG or PNG; an iPhone takes JPEG with Settings, Camera, Formats, Most Compatible",
    ),
}
