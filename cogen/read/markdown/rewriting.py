"""The attributes of one tag as the site publishes them: holes for addresses, unique ids, no alignment. Layer: read."""

import re

from cogen.read.markdown.draft import Draft, claim_id
from cogen.read.markdown.links import address_attribute
from cogen.read.markdown.tables import with_class_for_alignment
from cogen.read.markdown.tags import ADDRESSES, ATTRIBUTE, VOID, attributes_of, written

_LIVE = re.compile(
    r"\b(?:id|name|href|src|srcset|poster|action|formaction|data|background|cite|longdesc|ping|codebase|lowsrc"
    r"|dynsrc|align|style|on\w+)\s*=",
    re.IGNORECASE,
)
"""Attributes that are not copied as they are."""


def rewritten(draft: Draft, element: str, attributes: str) -> str:
    """Give a tag's attributes, written; those without anything to do come back as the author wrote them."""
    if not attributes or not _LIVE.search(attributes):
        return attributes
    pairs = attributes_of(attributes)
    if element in {"td", "th"}:
        pairs = with_class_for_alignment(pairs)
    return "".join(attribute(draft, element, name, value) for name, value in pairs) + _slash(
        element, attributes
    )


def _slash(element: str, attributes: str) -> str:
    """Give the slash that closes a tag of SVG; elements of HTML without an end need none."""
    if element in VOID or not attributes.endswith("/") or ATTRIBUTE.findall(attributes)[-1][1].endswith("/"):
        return ""
    return " /"


def attribute(draft: Draft, element: str, name: str, value: str | None) -> str:
    """Write one attribute with the space before it; empty where it is to go."""
    if name in ADDRESSES:
        return address_attribute(draft, element, name, value)
    if name == "id" and value:
        return _id(draft, value)
    if name == "name" and element == "a" and value:
        draft.anchors.add(value)
    if not draft.options.raw_html and (name.startswith("on") or name == "style"):
        return ""
    return written(name, value)


def _id(draft: Draft, value: str) -> str:
    if not draft.has_ids or value in draft.ids:
        return ""
    return written("id", claim_id(draft, value, is_authors=True))
