"""Addresses that an author writes down: slug, permalink, aliases, the lead picture. Layer: read."""

import re
from collections.abc import Mapping as Map

from cogen.model.slugs import MAX_SLUG_LENGTH, slugify
from cogen.model.urls import clean_address
from cogen.read.scalars import is_safe_link, shorten
from cogen.read.schema import LONGEST_ALT, MOST_NAMES, Fields, Notes
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence

_SIMPLE_SLUG = re.compile(r"[a-z0-9]{4,20}(?:-[a-z0-9]+)*")
"""What ``slugify`` would give back unchanged: most slugs, and none that names a device."""
_ABSOLUTE = re.compile(r"https?://[^/]*", re.IGNORECASE)
_PATH_KEYS = (
    "path",
    "src",
    "url",
    "image",
    "file",
    "feature",
    "teaser",
    "thumbnail",
    "thumb",
    "overlay_image",
)
_PLACEHOLDER = re.compile(r":([a-z_]+)")
_STYLES = frozenset({"date", "pretty", "ordinal", "weekdate", "none"})
"""Names of Jekyll's patterns, which say nothing of one post."""


def slug_of(fields: Fields, name: str, title: str) -> str:
    """Give the slug: as written, else from the file's name, else from the title.  Gives ``bad-address``."""
    scalar = fields.scalar("slug")
    if scalar is not None and (written := scalar.text.strip()):
        if len(written) <= MAX_SLUG_LENGTH and _SIMPLE_SLUG.fullmatch(written):
            return written
        is_path = "/" in written.strip("/") or "\\" in written
        if not is_path and (slug := slugify(written, "")):
            return slug
        message = f'"{shorten(written)}" is no slug, which is one part of an address'
        fields.notes.add("bad-address", message, scalar, "write letters, numbers and hyphens")
    return slugify(name, "") or slugify(title)


def picture_of(fields: Fields) -> tuple[str, str | None]:
    """Give the lead picture and its alternative text, which may stand in one mapping or in two keys."""
    node = fields.node("image")
    alt = fields.scalar("image_alt")
    target = ""
    match node:
        case Scalar():
            target = _target(node, fields)
        case Mapping(pairs=pairs):
            known = {key.text.lower(): value for key, value in pairs}
            found = next((known[name] for name in _PATH_KEYS if name in known), None)
            target = _target(found, fields) if isinstance(found, Scalar) else ""
            inner_alt = known.get("alt")
            alt = alt if alt is not None or not isinstance(inner_alt, Scalar) else inner_alt
        case Sequence(items=items):
            target = _target(items[0], fields) if items and isinstance(items[0], Scalar) else ""
    if alt is None or alt.is_null:
        return target, None
    return target, fields.notes.name(alt.text, alt, "description of a picture", LONGEST_ALT)


def _target(scalar: Scalar, fields: Fields) -> str:
    text = scalar.text.strip()
    if is_safe_link(text):
        return text
    message = f'"{shorten(text)}" is no address of a picture'
    fields.notes.add("bad-value", message, scalar, "write its path, such as bike.jpg")
    return ""


def permalink_of(fields: Fields, placeholders: Map[str, str]) -> str:
    """Give the whole address the author wants, or an empty text.  Gives ``bad-address``.

    ``placeholders``: what ``:year`` and others stand for in an address written for Jekyll.
    """
    scalar = fields.scalar("permalink")
    if scalar is None or scalar.text.strip() in _STYLES:
        return ""
    text = _ABSOLUTE.sub("", scalar.text.strip(), count=1).removeprefix("./")
    text = _PLACEHOLDER.sub(lambda found: placeholders.get(found[1], found[0]), text)
    return _address(scalar, text, fields.notes)


def aliases_of(fields: Fields) -> tuple[str, ...]:
    """Give the old addresses; of absolute ones the path.  Gives ``bad-address``."""
    node = fields.node("aliases")
    if node is None:
        return ()
    nodes: tuple[Node, ...] = node.items if isinstance(node, Sequence) else (node,)
    found = (_alias(each, fields) for each in nodes)
    return fields.at_most(
        MOST_NAMES, "aliases", tuple(dict.fromkeys(address for address in found if address))
    )


def _alias(node: Node, fields: Fields) -> str:
    if not isinstance(node, Scalar):
        fields.notes.add("bad-value", '"aliases" takes a list of addresses', node, "write [/old/address/]")
        return ""
    return _address(node, _ABSOLUTE.sub("", node.text.strip(), count=1), fields.notes)


def _address(scalar: Scalar, text: str, notes: Notes) -> str:
    address = clean_address(text) if text.strip() or scalar.text.strip() else None
    if address is not None:
        return address
    message = f'"{shorten(scalar.text)}" is no address that a page can have'
    notes.add("bad-address", message, scalar, "write something like /2012/old-address/")
    return ""
