"""The author's short texts with their holes filled, and the links and pictures of all texts. Layer: assemble."""

from collections import Counter
from urllib.parse import unquote

from cogen.assemble.links import HOW_TO_LINK, HOW_TO_SHOW, Dead, is_external, resolve, what_to_do
from cogen.assemble.pictures import picture_fill, shown
from cogen.assemble.studio import Studio
from cogen.assemble.views import PictureView
from cogen.model.body import LinkHole, PictureFill, PictureHole, RichText, filled
from cogen.model.diagnostics import MOST_OF_A_KIND, Clue, Diagnostic, finding
from cogen.model.documents import Asset, Picture
from cogen.model.html import Html, escape
from cogen.model.suggest import did_you_mean

_MOST_USES = 50
"""Of one target in one text that are told apart; who mends fifty finds the rest."""
_SHOWN_PARTS = 12


class Passage:
    """One text of the author's on its way to a page: where it stands, and what it was found to lead to so far."""

    def __init__(self, source: str, address: str, key: str = "", *, is_retold: bool = False) -> None:
        """``key`` is where the source has it; empty for its body.

        ``is_retold``: it is part of another text, which says what is wrong.
        """
        self.source = source
        self.address = address
        self._is_retold = is_retold
        self._key = key
        self._uses: Counter[str] = Counter()
        self._told: Counter[str] = Counter()

    def clue(self, target: str) -> Clue:
        """Say where the next use of an address is to be found, however it is spelled."""
        address = unquote(target) if "%" in target else target
        self._uses[address] += 1
        return Clue(self.source, self._key, target, min(self._uses[address] - 1, _MOST_USES))

    def is_told(self, code: str) -> bool:
        """Say whether one more finding of a kind may be read by somebody; only then is a suggestion worth its time."""
        self._told[code] += 1
        return self._told[code] <= MOST_OF_A_KIND and not self._is_retold

    def report(self, studio: Studio, found: Diagnostic) -> None:
        """Say what is wrong with it."""
        if not self._is_retold:
            studio.report(found)


def fill_rich(studio: Studio, rich: RichText, source: str, address: str, key: str) -> Html:
    """Fill a short text, which may stand on any page; directives in it show nothing.

    ``key`` is where the source has it; what is wrong with an excerpt is told with the whole text.
    """
    fills: list[str | PictureFill] = []
    passage = Passage(source, address, key, is_retold=rich.is_excerpt)
    for hole in rich.holes:
        match hole:
            case LinkHole():
                page = studio.href(address) if hole.target.startswith("#") else ""
                fills.append(escape(page) + fill_link(studio, hole, passage))
            case PictureHole():
                fills.append(fill_picture(studio, hole, passage))
            case _:
                fills.append("")
    return Html(filled(rich.parts, fills))


def picture_view(studio: Studio, target: str, alt: str, passage: Passage) -> PictureView | None:
    """Resolve a picture that front matter or a directive names; a missing one is a finding."""
    clue = passage.clue(target)
    if is_external(target) and not target.startswith(("https://", "http://", "//")):
        passage.report(studio, finding("missing-picture", f"{target!r} names no picture", clue, HOW_TO_SHOW))
        return None
    if is_external(target):
        return PictureView(target, target if "://" in target else f"https:{target}", alt)
    found = resolve(target, passage.source, passage.address, studio.index)
    if isinstance(found, Dead):
        _report_dead(studio, found, "missing-picture", clue, passage)
        return None
    _judge_picture(studio, found.asset, clue, passage)
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


def written_link(studio: Studio, target: str, passage: Passage) -> str:
    """Give where an address leads that stands alone; it may be printed on any page, unlike a text's links."""
    if not target or (is_external(target) and not target.startswith("#")):
        return target
    link = _judged(studio, target, passage)
    return studio.href(passage.address) + link if link.startswith(("#", "?")) else link


def fill_link(studio: Studio, hole: LinkHole, passage: Passage) -> str:
    """Give what stands in an attribute that leads somewhere, escaped."""
    return escape(_judged(studio, hole.target, passage, is_picture=hole.is_picture))


def _judged(studio: Studio, target: str, passage: Passage, *, is_picture: bool = False) -> str:
    """Give where a target leads, or itself; says what leads nowhere."""
    clue = passage.clue(target)
    found = resolve(target, passage.source, passage.address, studio.index)
    if isinstance(found, Dead):
        _report_dead(studio, found, "missing-picture" if is_picture else "dead-link", clue, passage)
        return target
    if missing := found.missing:
        page = target.partition("#")[0]
        message = f"{f'the page {page}' if page else 'this page'} has no part #{missing}"
        known = studio.index.ids.get(found.address, ())
        hint = did_you_mean(missing, known) if passage.is_told("dead-anchor") else ""
        parts = f"its parts are {', '.join(known[:_SHOWN_PARTS]) or 'none'}"
        passage.report(studio, finding("dead-anchor", message, clue, hint or parts))
    return found.link


def _report_dead(studio: Studio, found: Dead, code: str, clue: Clue, passage: Passage) -> None:
    how = HOW_TO_SHOW if code == "missing-picture" else HOW_TO_LINK
    hint = what_to_do(found, studio.index, how) if passage.is_told(code) else how
    passage.report(studio, finding(code, found.reason, clue, hint))


def fill_picture(studio: Studio, hole: PictureHole, passage: Passage) -> str | PictureFill:
    """Give the ``src`` of a picture, with its size where the file tells, and the sizes it comes in."""
    clue = passage.clue(hole.target)
    found = resolve(hole.target, passage.source, passage.address, studio.index)
    if isinstance(found, Dead):
        _report_dead(studio, found, "missing-picture", clue, passage)
        return f'src="{escape(hole.target)}"'
    asset = found.asset
    _judge_picture(studio, asset, clue, passage)
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


def _judge_picture(studio: Studio, asset: Asset | None, clue: Clue, passage: Passage) -> None:
    """Say what is wrong with a picture's file, where it is shown."""
    if asset is None or asset.picture is None or not asset.picture.problem:
        return
    code, message, hint = _PROBLEMS[asset.picture.problem]
    passage.report(studio, finding(code, message.format(path=asset.path), clue, hint))


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
