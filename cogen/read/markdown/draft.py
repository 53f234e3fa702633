"""What is written while the post-pass reads the engine's HTML once: the one mutable thing here. Layer: read."""

from collections import Counter
from dataclasses import dataclass, field

from cogen.model.body import DirectiveHole, Heading, Hole
from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Diagnostic
from cogen.read.markdown.targets import Shown

HOLE = "\x02"
"""Stands in the HTML for the next hole; the source and the engine's HTML cannot hold it."""

INDENTED = "\ufdd2"
"""Stands for the language of indented code until its first line is read."""


@dataclass(slots=True)
class OpenHeading:
    """A heading whose end has not come yet."""

    index: int
    """Where in ``Draft.out`` its start tag stands."""
    name: str
    """As the author's end tag will have it: ``h2``."""
    level: int
    """As it is published."""
    attributes: str
    """Its other attributes, written."""
    id: str
    """The author's own, or empty."""


@dataclass(slots=True)
class Draft:
    """A text on its way from the engine's HTML to parts and holes."""

    source: str
    """The Markdown of the body, for finding places again."""
    path: str
    first_line: int
    options: ReadingOptions
    has_ids: bool = True
    """False for short texts, which may stand on any page."""
    directives: tuple[DirectiveHole | None, ...] = ()
    """By the number of their marks; None for an end."""
    shift: int = 0
    """How many levels headings go down."""
    reserved: frozenset[str] = frozenset()
    """Ids that the author wrote somewhere in the text."""
    out: list[str] = field(default_factory=list)
    """Pieces of the HTML, with HOLE where a hole is."""
    holes: list[Hole] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    given_ids: list[str] = field(default_factory=list)
    """Ids of headings to which the author gave one."""
    anchors: set[str] = field(default_factory=set)
    """Every id, and every ``<a name>``."""
    ids: set[str] = field(default_factory=set)
    """Ids in use."""
    repeats: dict[tuple[str, bool], int] = field(default_factory=dict)
    """The last number given to an id that was wanted again, by whether it is an author's own."""
    findings: list[Diagnostic] = field(default_factory=list)
    heading: OpenHeading | None = None
    first_heading: str | None = None
    is_first_leading: bool = False
    top_headings: int = 0
    """Headings of the first level, as the author counts."""
    verbatim: int = 0
    """Open ``<pre>`` and ``<code>`` that hold tags."""
    open_tables: int = 0
    in_table_head: bool = False
    pictures: int = 0
    """Pictures so far; the first is not loaded lazily."""
    in_picture: bool = False
    """True inside the author's own ``<picture>``."""
    told_pictures: Counter[str] = field(default_factory=Counter)
    """How many pictures without words were told, by address."""
    told_tags: Counter[str] = field(default_factory=Counter)
    """And how many ``<img>`` without ``alt``."""
    names_searched: int = 0
    """Searches for a name so far; each costs as much as the source is long."""
    searches: int = 0
    """Searches of the source so far."""
    effort: int = 0
    """What colouring code may have cost so far (``highlight.MAX_EFFORT``)."""
    asked: Counter[str] = field(default_factory=Counter)
    """How many places of each address were asked for so far."""
    shown: Shown | None = None
    """The source with code and comments covered; None until it is needed."""
    more: int = -1
    """Length of ``out`` at ``<!--more-->``; -1 where there is none."""
    opened_at: dict[int, int] = field(default_factory=dict)
    """Number of a container's mark → index of its hole."""


def claim_id(draft: Draft, wanted: str, *, is_authors: bool = False) -> str:
    """Give the id, or with -2, -3 … the first free one; an author's own only yields to one used before."""
    number = draft.repeats.get((wanted, is_authors), 1)
    candidate = wanted if number == 1 else f"{wanted}-{number}"
    while candidate in draft.ids or (not is_authors and candidate in draft.reserved):
        number += 1
        candidate = f"{wanted}-{number}"
    draft.repeats[wanted, is_authors] = number
    draft.ids.add(candidate)
    draft.anchors.add(candidate)
    return candidate
