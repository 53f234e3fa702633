"""The author's long texts: what fills their holes, directives among it. Layer: assemble."""

from typing import Final

import msgspec

from cogen.assemble import queries, texts
from cogen.assemble.studio import Studio
from cogen.assemble.views import (
    AttributeItem,
    BodyRef,
    Closing,
    ComponentView,
    DataItem,
    Fill,
    Opening,
    PictureView,
)
from cogen.model.body import BodyInfo, CloseHole, DirectiveHole, LinkHole, PictureHole
from cogen.model.diagnostics import Location, finding
from cogen.model.hashing import encode
from cogen.model.html import Html
from cogen.model.suggest import a_few, did_you_mean
from cogen.model.theme import Attribute, Component, Query

MOST_LISTS: Final = 500
"""Directives of one text that show something of the site."""
MOST_LISTED: Final = 4_000_000
"""Bytes that they are given to show, encoded.  Some lines could ask for gigabytes.  The longest list does not count."""
_PICKED: Final = frozenset({"people", "table", "file"})
"""Queries of whose answer a component mostly shows a little, as one person or row; a tenth of it counts."""


class _Lists:
    """What the directives of one text have listed so far."""

    def __init__(self) -> None:
        self._lists = 0
        self._listed = 0
        self._longest = 0
        self._is_told = False

    def add(self, asked: tuple[Query, ...], given: tuple[DataItem, ...]) -> None:
        """Count what a directive lists."""
        self._lists += 1
        sizes = ((query.query, len(encode(item))) for query, item in zip(asked, given, strict=True))
        size = sum(size // 10 if query in _PICKED else size for query, size in sizes)
        self._listed += size
        self._longest = max(self._longest, size)

    def have_room(self, studio: Studio, at: Location) -> bool:
        """Say whether another directive may list something; the first that may not is a finding."""
        if self._lists < MOST_LISTS and self._listed - self._longest <= MOST_LISTED:
            return True
        if not self._is_told:
            self._is_told = True
            message = f"this text has more than {MOST_LISTS} directives that list something"
            if self._lists < MOST_LISTS:
                message = f"besides the longest, the lists of this text hold more than {MOST_LISTED:,} bytes"
            hint = "shorten its lists, where they take a limit, or split the text"
            studio.report(finding("too-complex", message, at, hint))
        return False


def body_ref(studio: Studio, info: BodyInfo, source: str, address: str) -> BodyRef:
    """Say what fills the holes of a long text; a dead link is told for each of its uses."""
    if not info.holes:
        return BodyRef(info.digest, ())
    fills: list[Fill] = []
    passage, lists = texts.Passage(source, address), _Lists()
    has_picture = False
    for hole in info.holes:
        match hole:
            case LinkHole():
                fills.append(texts.fill_link(studio, hole, passage))
            case PictureHole():
                fills.append(texts.fill_picture(studio, hole, passage))
                has_picture = True
            case DirectiveHole():
                view = _component(studio, hole, info, passage, lists, is_further=has_picture)
                if view is None:
                    fills.append("")
                    continue
                has_picture |= any(isinstance(item.value, PictureView) for item in view.attributes)
                fragment = studio.promise(f"components/{view.name}.html", view)
                fills.append(Opening(fragment.key) if hole.is_container else fragment)
            case CloseHole():
                opening = fills[hole.opens]
                fills.append(Closing(opening.key) if isinstance(opening, Opening) else "")
    return BodyRef(info.digest, tuple(fills))


def _component(
    studio: Studio,
    hole: DirectiveHole,
    info: BodyInfo,
    passage: texts.Passage,
    lists: _Lists,
    *,
    is_further: bool,
) -> ComponentView | None:
    """Say what a directive shows; ``is_further`` where a picture of the text stands before it."""
    at = Location(passage.source, hole.line, hole.column, len(hole.name) + (3 if hole.is_container else 2))
    component = studio.theme.component(hole.name)
    if component is None:
        names = [known.name for known in studio.theme.components]
        message = f"the theme has no directive {hole.name!r}"
        hint = ""
        if passage.is_told("unknown-directive"):
            hint = did_you_mean(hole.name, names) or f"there are: {a_few(sorted(names))}"
        studio.report(finding("unknown-directive", message, at, hint))
        return None
    if component.is_container != hole.is_container:
        is_form, wanted = ("::", ":::") if component.is_container else (":::", "::")
        message = f"{hole.name!r} is written {wanted}{hole.name}, not {is_form}{hole.name}"
        ends = (
            f"end it with a line {wanted} of its own" if component.is_container else "it has no text inside"
        )
        studio.report(finding("bad-attribute", message, at, ends))
        return None
    attributes = _attributes(studio, component, hole, at, passage)
    if attributes is None or (component.data and not lists.have_room(studio, at)):
        return None
    if is_further:
        attributes = tuple(_further(item) for item in attributes)
    values = {item.name: item.value for item in attributes}
    data = queries.run_all(studio, component.data, queries.Asker(values, info.headings, at, passage.is_told))
    if data:
        lists.add(component.data, data)
    return ComponentView(studio.site_view, component.name, Html(hole.label), attributes, data)


def _further(item: AttributeItem) -> AttributeItem:
    if not isinstance(item.value, PictureView):
        return item
    return AttributeItem(item.name, msgspec.structs.replace(item.value, is_further=True))


def _attributes(
    studio: Studio, component: Component, hole: DirectiveHole, at: Location, passage: texts.Passage
) -> tuple[AttributeItem, ...] | None:
    written = dict(hole.attributes)
    known = {attribute.name for attribute in component.attributes} | {"class", "id"}
    unknown = [name for name in written if name not in known]
    for name in unknown:
        message = f"the directive {component.name!r} has no attribute {name!r}"
        hint = ""
        if passage.is_told("bad-attribute"):
            hint = did_you_mean(name, sorted(known)) or f"there are: {a_few(sorted(known))}"
        studio.report(finding("bad-attribute", message, at, hint))
    items = [AttributeItem(name, written.get(name)) for name in ("class", "id")]
    for attribute in component.attributes:
        if attribute.name not in written:
            if attribute.is_required:
                message = f'the directive {component.name!r} needs {attribute.name}="…"'
                studio.report(finding("bad-attribute", message, at, "add it inside the braces"))
                return None
            items.append(AttributeItem(attribute.name, None))
            continue
        text = written[attribute.name]
        items.append(_attribute(studio, attribute, text, at, passage, written.get("alt", "")))
    return tuple(items)


def _attribute(
    studio: Studio, attribute: Attribute, text: str, at: Location, passage: texts.Passage, alt: str
) -> AttributeItem:
    value: str | int | bool | PictureView | None = text
    match attribute.type:
        case "int":
            value = int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_INT else None
        case "bool":
            value = {"true": True, "yes": True, "false": False, "no": False}.get(text.lower())
        case "picture":
            value = texts.picture_view(studio, text, alt, passage)
            return AttributeItem(attribute.name, value)
        case "link":
            value = texts.written_link(studio, text, passage)
        case "str":
            pass
    if value is None:
        message = f"{attribute.name}={text!r} is not {_KINDS[attribute.type]}"
        studio.report(
            finding("bad-attribute", message, at, f"write {attribute.name}={_EXAMPLES[attribute.type]}")
        )
    return AttributeItem(attribute.name, value)


_LONGEST_INT = 10
_KINDS = {"int": "a whole number", "bool": "true or false"}
_EXAMPLES = {"int": "5", "bool": "true"}
