"""What Markdown gives: the parts and holes of a text and what is known of it. Layer: read."""

import re

import msgspec

from cogen.model.body import BodyParts, CloseHole, Heading, Hole, RichText
from cogen.model.diagnostics import Diagnostic
from cogen.read.markdown.draft import HOLE
from cogen.read.markdown.tags import ANY_TAG

_HEADING_NAME = re.compile(r"/?h([3-6])")


class RenderedText(msgspec.Struct, frozen=True):
    """A text after Markdown."""

    parts: BodyParts = ("",)
    """The HTML between the holes; one more than there are holes."""
    holes: tuple[Hole, ...] = ()
    """What is to be filled in between."""
    headings: tuple[Heading, ...] = ()
    """In the order of the text."""
    ids: tuple[str, ...] = ()
    """Every fragment identifier that a link may lead to, sorted."""
    given_ids: tuple[str, ...] = ()
    """Those of the headings to which the author gave one."""
    word_count: int = 0
    """Words of running text, without code."""
    first_heading: str = ""
    """Text of the first heading of any level; empty where there is none."""
    first_heading_is_leading: bool = False
    """True where nothing stands before it."""
    summary: RichText = RichText()
    """For lists and feeds."""
    description: str = ""
    """The summary as plain text, cut at 300 characters."""
    findings: tuple[Diagnostic, ...] = ()
    """What is wrong with the text, in the order of its lines."""
    top_headings: int = 0
    """How many ``# Headings`` of the first level the author wrote; with any, all are one level lower."""


def drop_leading_heading(rendered: RenderedText) -> RenderedText:
    """Take the leading heading out of a text whose title was taken from it.

    Where it was the only one of the first level, the others get back the level they were written with.
    """
    if not rendered.first_heading_is_leading:
        return rendered
    body = HOLE.join(rendered.parts)
    start, end = _leading_heading(body)
    dropped = body.count(HOLE, start, end)
    own = rendered.headings[0] if rendered.headings else Heading(2, "", "")
    lift = 1 if rendered.top_headings == 1 and own.level == 2 else 0  # noqa: PLR2004
    rest = body[:start] + (_lifted(body[end:]) if lift else body[end:])
    return msgspec.structs.replace(
        rendered,
        parts=tuple(rest.lstrip().split(HOLE)),
        holes=tuple(_moved(hole, dropped) for hole in rendered.holes[dropped:]),
        headings=tuple(Heading(max(2, h.level - lift), h.id, h.title) for h in rendered.headings[1:]),
        ids=tuple(name for name in rendered.ids if name != own.id),
        word_count=max(0, rendered.word_count - len(rendered.first_heading.split())),
        first_heading_is_leading=False,
    )


def _leading_heading(body: str) -> tuple[int, int]:
    """Give where the first heading begins and ends."""
    start = -1
    for found in ANY_TAG.finditer(body):
        name = (found["name"] or "").lower()
        if start < 0 and len(name) == 2 and name[0] == "h" and name[1] in "123456":  # noqa: PLR2004
            start = found.start()
        elif start >= 0 and len(name) == 3 and name[:2] == "/h":  # noqa: PLR2004
            return start, found.end()
    return 0, 0


def _lifted(body: str) -> str:
    pieces: list[str] = []
    position = 0
    for found in ANY_TAG.finditer(body):
        level = _HEADING_NAME.fullmatch((found["name"] or "").lower())
        if level is not None:
            digit = found.start("name") + len(found["name"]) - 1
            pieces += (body[position:digit], str(int(level[1]) - 1))
            position = digit + 1
    pieces.append(body[position:])
    return "".join(pieces)


def _moved(hole: Hole, by: int) -> Hole:
    return CloseHole(hole.opens - by) if isinstance(hole, CloseHole) else hole
