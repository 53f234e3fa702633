"""Addresses in tags: what leads into this site becomes a hole, what would run a script goes. Layer: read."""

import re
from urllib.parse import unquote

from cogen.model.body import LinkHole
from cogen.model.diagnostics import MOST_OF_A_KIND, Location, finding
from cogen.model.html import address_in, candidates_of, escape
from cogen.read.markdown.draft import HOLE, Draft
from cogen.read.markdown.tags import AS_WRITTEN, PICTURES, written
from cogen.read.markdown.targets import Shown, followed
from cogen.read.text import location_at

_OWNERS = {
    "data": frozenset({"object"}),
    "background": frozenset({"body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"}),
}
"""Attributes that hold an address in these elements only."""

_NOT_LOCAL = ("//", "\\", "#fn-", "#fn:", "#fnref")
"""How addresses begin that lead to other hosts, and to footnotes, which the engines tie by themselves."""
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_RUNS = ("javascript:", "vbscript:", "data:")
_MAX_SEARCHES = 1000
"""Places looked for in one source; findings beyond it name the file alone."""


def address_attribute(draft: Draft, element: str, name: str, value: str | None) -> str:
    """Write an attribute that holds an address, with a hole where it leads into the site; empty to leave it out."""
    if value is None:
        return f" {name}"
    if element not in _OWNERS.get(name, (element,)):
        return written(name, value)
    if _runs(value, is_picture=element == "img" or name in {"srcset", "poster", "background"}):
        _refuse(draft, value)
        return ""
    if name == "srcset":
        return f' srcset="{_candidates(draft, value)}"'
    if name in AS_WRITTEN or not is_local(value):
        return written(name, value)
    draft.holes.append(LinkHole(as_written(draft, value), is_picture=name in PICTURES))
    return f' {name}="{HOLE}"'


def is_local(address: str) -> bool:
    """Say whether an address leads into this site: relative, rooted in the site, or a part of this page."""
    bare = address_in(address)
    return bare not in {"", "#"} and not bare.startswith(_NOT_LOCAL) and _SCHEME.match(bare) is None


def as_written(draft: Draft, target: str) -> str:
    """Give a target as the source has it; engines percent-encode letters and spaces the author wrote."""
    target = address_in(target)
    if "%" in target and may_search(draft):
        plain = unquote(target)
        return plain if target not in draft.source and plain in draft.source else target
    return target


def may_search(draft: Draft) -> bool:
    """Say whether one more search of the source is to be spent; each costs as much as the source is long."""
    draft.searches += 1
    return draft.searches <= _MAX_SEARCHES


def place_of(draft: Draft, *texts: str) -> Location:
    """Give the place in the source that leads to an address, in the first of some spellings that is there.

    The same address asked for again is the next one that leads there.
    """
    for text in texts:
        if not may_search(draft):
            break
        address = followed(text)
        nth = draft.asked[address]
        draft.asked[address] += 1
        shown = shown_source(draft)
        place = shown.find_target(text, nth=nth)
        if place is None and draft.names_searched < MOST_OF_A_KIND:
            draft.names_searched += 1
            place = shown.find_named((text, escape(text)))
        if place is not None:
            offset, length = place
            return location_at(draft.path, draft.source, offset, length, draft.first_line)
    return Location(draft.path)


def shown_source(draft: Draft) -> Shown:
    """Give the source with code and comments covered; read when it is first asked for."""
    if draft.shown is None:
        draft.shown = Shown(draft.source)
    return draft.shown


def _runs(value: str, *, is_picture: bool) -> bool:
    if ":" not in value:
        return False
    bare = _IGNORED.sub("", value).lower()
    return bare.startswith(_RUNS) and not (is_picture and bare.startswith("data:image/"))


def _refuse(draft: Draft, value: str) -> None:
    scheme = _IGNORED.sub("", value).partition(":")[0].lower()
    at = place_of(draft, value, unquote(address_in(value)), scheme)
    message = f"a link with the scheme {scheme}: would run what it holds, and was left out"
    draft.findings.append(finding("bad-value", message, at, "link to a page instead"))


def _candidates(draft: Draft, value: str) -> str:
    pieces: list[str] = []
    for address, _, descriptor in candidates_of(value):
        if is_local(address):
            draft.holes.append(LinkHole(as_written(draft, address), is_picture=True))
            pieces.append(HOLE + escape(descriptor.rstrip()))
        else:
            pieces.append(escape(address + descriptor.rstrip()))
    return ", ".join(pieces)
