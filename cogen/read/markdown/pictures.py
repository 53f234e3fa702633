"""Pictures: a hole for the source, loading when needed, and words for those who cannot see them. Layer: read."""

import re
from collections import Counter

from cogen.model.body import PictureHole
from cogen.model.diagnostics import Location, finding
from cogen.read.markdown.draft import HOLE, Draft
from cogen.read.markdown.links import as_written, is_local, may_search, place_of, shown_source
from cogen.read.markdown.rewriting import attribute
from cogen.read.markdown.targets import followed
from cogen.read.text import location_at

_PIXELS = re.compile(r"[0-9]{1,5}", re.ASCII)

Attributes = list[tuple[str, str | None]]


def picture(draft: Draft, attributes: Attributes) -> str:
    """Write an ``<img>`` tag, its source first."""
    values = dict(attributes)
    draft.pictures += 1
    if not (values.get("alt") or "").strip():
        _check_alt(draft, values)
    source = _source(draft, values)
    rest = "".join(attribute(draft, "img", name, value) for name, value in attributes if name != "src")
    return f"<img{source}{rest}{_loading(values) if draft.pictures > 1 else ''}>"


def _source(draft: Draft, values: dict[str, str | None]) -> str:
    source = values.get("src")
    if source is None:
        return ""
    if not is_local(source):
        return attribute(draft, "img", "src", source)
    width = values.get("width") or ""
    draft.holes.append(
        PictureHole(
            as_written(draft, source),
            has_size="width" in values or "height" in values,
            width=int(width) if _PIXELS.fullmatch(width) else 0,
            has_own_sizes="srcset" in values or "sizes" in values or draft.in_picture,
        )
    )
    return f" {HOLE}"


def _loading(values: dict[str, str | None]) -> str:
    if "loading" in values:
        return ""
    return ' loading="lazy"' if "decoding" in values else ' loading="lazy" decoding="async"'


def _check_alt(draft: Draft, values: dict[str, str | None]) -> None:
    """Tell of a picture without words; an empty ``alt`` in HTML is a declaration, in Markdown an omission."""
    target = values.get("src") or values.get("srcset") or ""
    if "alt" not in values:
        at = _tag_without_alt(draft, target) or place_of(draft, as_written(draft, target))
    else:
        offset = _empty_alt(draft, target)
        if offset is None:
            return
        at = location_at(draft.path, draft.source, offset, first_line=draft.first_line)
    draft.findings.append(
        finding(
            "missing-alt",
            f'the picture "{target}" has no alternative text',
            at,
            'say what it shows: ![words](picture.jpg); if it is decoration, write <img src="…" alt="">',
        )
    )


def _tag_without_alt(draft: Draft, target: str) -> Location | None:
    """Find the next tag of HTML that shows a picture and has no ``alt``."""
    if not may_search(draft):
        return None
    place = shown_source(draft).find_without_alt(target, _next(draft.told_tags, target))
    if place is None:
        return None
    return location_at(draft.path, draft.source, *place, draft.first_line)


def _empty_alt(draft: Draft, target: str) -> int | None:
    """Find the next picture of Markdown without words that shows a file, or names a definition, perhaps its own."""
    if not may_search(draft):
        return None
    shown = shown_source(draft)
    place = shown.find_wordless(target, _next(draft.told_pictures, target))
    if place is None:
        place = shown.find_wordless("", _next(draft.told_pictures, ""))
    return None if place is None else place[0]


def _next(counts: Counter[str], target: str) -> int:
    address = followed(target)
    counts[address] += 1
    return counts[address] - 1
