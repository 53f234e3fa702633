"""Headings: their level on the page, their id, and the list of them. Layer: read."""

import re

from cogen.model.body import Heading
from cogen.model.html import plain_text
from cogen.model.slugs import slugify
from cogen.read.markdown.attributes import parse_attributes
from cogen.read.markdown.draft import HOLE, Draft, OpenHeading, claim_id
from cogen.read.markdown.tags import ANY_TAG, written

_BRACES = re.compile(r"\{([^{}<>\n]*)\}[ \t]*\Z")
_BRACES_REACH = 300
_NOTE_REFERENCE = re.compile(r"<sup class=\"footnote-ref\">(?:(?!</sup>).){,200}</sup>", re.DOTALL)
_LEAD = 40
"""Pieces that may stand before a leading heading, all of them white space."""


def has_top_level(html: str, source: str) -> bool:
    """Say whether there is an ``<h1>``, one that is not in a comment or a script."""
    if "<h1" not in html and not ("<" in source and "<H1" in html):
        return False
    return any((found["name"] or "").lower() == "h1" for found in ANY_TAG.finditer(html))


def open_heading(draft: Draft, name: str, attributes: str = "", own_id: str = "") -> None:
    """Write a heading's start tag, to be completed at its end."""
    level = min(6, int(name[1]) + draft.shift)
    draft.heading = OpenHeading(len(draft.out), name, level, attributes, own_id)
    draft.out.append(f"<h{level}{written('id', own_id) if own_id else ''}{attributes}>")


def close_heading(draft: Draft, name: str, before: str) -> None:
    """Write a heading's end tag, and give the heading its id and its place in the list.

    ``before`` is the HTML in front of the end tag, as the engine wrote it.
    """
    heading = draft.heading
    if heading is not None and heading.name == name and before and before.rstrip().endswith("}"):
        _read_braces(draft, heading, before)
    draft.out.append(f"</h{min(6, int(name[1]) + draft.shift)}>")
    if heading is None or heading.name != name:
        return
    draft.heading = None
    draft.top_headings += name == "h1"
    title = _title(draft.out[heading.index + 1 : -1])
    if draft.first_heading is None:
        draft.first_heading = title
        draft.is_first_leading = heading.index < _LEAD and not "".join(draft.out[: heading.index]).strip()
    if not draft.has_ids:
        return
    own_id = heading.id
    if own_id:
        draft.given_ids.append(own_id)
    else:
        own_id = claim_id(draft, slugify(title, fallback="section"))
        draft.out[heading.index] = f'<h{heading.level} id="{own_id}"{heading.attributes}>'
    draft.headings.append(Heading(heading.level, own_id, title))


def _read_braces(draft: Draft, heading: OpenHeading, before: str) -> None:
    """Take ``{#id .class}`` off the end of a heading."""
    found = _BRACES.search(before[-_BRACES_REACH:])
    pairs, faults = parse_attributes(found[1]) if found else ((), ())
    if faults or not pairs or any(key not in {"id", "class"} for key, _ in pairs) or "{" not in draft.out[-1]:
        return
    values = dict(pairs)
    draft.out[-1] = draft.out[-1].rpartition("{")[0].rstrip()
    if "id" in values and draft.has_ids and not heading.id:
        heading.id = claim_id(draft, values["id"], is_authors=True)
    if "class" in values and " class=" not in heading.attributes:
        heading.attributes += written("class", values["class"])
    own_id = written("id", heading.id) if heading.id else ""
    draft.out[heading.index] = f"<h{heading.level}{own_id}{heading.attributes}>"


def _title(pieces: list[str]) -> str:
    joined = "".join(pieces)
    if "<" not in joined and "&" not in joined:
        return " ".join(joined.split())
    return plain_text(_NOTE_REFERENCE.sub("", joined).replace(HOLE, ""))
