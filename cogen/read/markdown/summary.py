"""What lists and feeds show of a text: the part before ``<!--more-->``, or its first paragraph. Layer: read.

A summary stands on other pages, so it has no ids, footnotes, headings, directives or scripts, and it is
balanced whatever the text is.  Its links and pictures keep their holes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from cogen.model.body import CloseHole, DirectiveHole, Hole, RichText
from cogen.model.html import plain_text
from cogen.read.markdown.draft import HOLE
from cogen.read.markdown.tags import ANY_TAG, VOID, attributes_of, written

MAX_DESCRIPTION = 300
"""Characters of a description."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TASK = frozenset({"label", "input"})
_MAX_OPEN = 200
_SKIPPED = frozenset({"table", "section", "dl", "aside", "nav", "header", "footer", "form", "svg"})
_CLOSED_BY_ITSELF = {"p": frozenset({"p"}), "li": frozenset({"li", "p"})}
_ONE_PARAGRAPH = re.compile(r"<p>[^<]*</p>\s*")
"""As most short texts are: nothing in it is to be cleaned."""
_FIRST_LOOK = 20_000


def summary_of(body: str, holes: Sequence[Hole], more: int) -> RichText:
    """Give the summary of a text; ``more`` is the offset of ``<!--more-->``, negative where there is none."""
    if more >= 0:
        rich = _clean(_Cleaning(holes), body[:more])
    else:
        start, end = _first_paragraph(body, holes)
        rich = _clean(_Cleaning(holes, body.count(HOLE, 0, start)), body[start:end])
    return msgspec.structs.replace(unwrapped(rich), is_excerpt=True)


def clean(body: str, holes: Sequence[Hole]) -> RichText:
    """Give a whole short text as it may stand on any page: balanced, without ids, footnotes and directives."""
    return _clean(_Cleaning(holes, has_headings=True), body)


def description_of(summary: RichText) -> str:
    """Give a summary as plain text, cut at a word where it is long."""
    text = plain_text("".join(summary.parts))
    if len(text) <= MAX_DESCRIPTION:
        return text
    head = text[:MAX_DESCRIPTION]
    return (head.rpartition(" ")[0] or head[:-1]).rstrip(" ,;:.\u2013\u2014-") + "\u2026"


def unwrapped(rich: RichText) -> RichText:
    """Take the paragraph off a text that is one paragraph, and white space off its ends."""
    text = HOLE.join(rich.parts).strip()
    if text.startswith("<p>") and text.find("</p>") == len(text) - len("</p>"):
        text = text[len("<p>") : -len("</p>")].strip()
    return RichText(tuple(text.split(HOLE)), rich.holes)


# ---- the first paragraph ------------------------------------------------------------------------------------


def _first_paragraph(body: str, holes: Sequence[Hole]) -> tuple[int, int]:
    """Give where the inside of the first paragraph with text begins and ends; 0, 0 where there is none."""
    if body.startswith("<p>") and (end := body.find("</p>")) > 0 and _has_text(body[3:end]):
        return 3, end
    skipping: list[str] = []
    hole, counted, start = 0, 0, -1
    containers = 0
    for found in ANY_TAG.finditer(body):
        while (at := body.find(HOLE, counted, found.start())) >= 0:
            containers += _steps_into(holes, hole)
            hole, counted = hole + 1, at + 1
        counted = found.end()
        hole += found[0].count(HOLE)
        name = (found["name"] or "").lower()
        if skipping or containers:
            _walk_skipped(skipping, name)
        elif name in _SKIPPED or _is_alert(name, found[0]):
            skipping.append(name)
        elif name == "p":
            start = found.end()
        elif name == "/p" and start >= 0:
            if _has_text(body[start : found.start()]):
                return start, found.start()
            start = -1
    return 0, 0


def _steps_into(holes: Sequence[Hole], index: int) -> int:
    match holes[index] if index < len(holes) else None:
        case DirectiveHole(is_container=True):
            return 1
        case CloseHole():
            return -1
    return 0


def _walk_skipped(skipping: list[str], name: str) -> None:
    if skipping and name == skipping[0]:
        skipping.append(name)
    elif skipping and name == f"/{skipping[0]}":
        skipping.pop()


def _is_alert(name: str, tag: str) -> bool:
    return name == "div" and 'class="alert ' in tag


def _has_text(inside: str) -> bool:
    return inside[:1].isalnum() or bool(plain_text(inside.replace(HOLE, "")))


# ---- a balanced piece -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Cleaning:
    """A piece of HTML while it is made fit for other pages."""

    holes: Sequence[Hole]
    hole: int = 0
    """The number of the next hole."""
    has_headings: bool = False
    """True where headings and checkboxes may stay."""
    out: list[str] = field(default_factory=list)
    kept: list[Hole] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    dropping: list[str] = field(default_factory=list)
    """The element that is being left out, as often as it is nested in itself."""
    containers: int = 0
    """Directives around this place, which are left out."""


def _clean(state: _Cleaning, piece: str) -> RichText:
    if HOLE not in piece and ("<" not in piece or _ONE_PARAGRAPH.fullmatch(piece)):
        return RichText((piece,), ())
    position = 0
    for found in ANY_TAG.finditer(piece):
        _text(state, piece[position : found.start()])
        position = found.end()
        if found["name"] is None or found.end() == found.end("attributes"):
            _no_tag(state, found)
        else:
            _tag(state, found, found["name"].lower())
    _text(state, piece[position:])
    state.out.extend(f"</{name}>" for name in reversed(state.open))
    return RichText(tuple("".join(state.out).split(HOLE)), tuple(state.kept))


def _text(state: _Cleaning, text: str) -> None:
    """Copy text; the holes in it are directives, which stay out."""
    for index, part in enumerate(text.split(HOLE)):
        if index:
            state.containers = max(0, state.containers + _steps_into(state.holes, state.hole))
            state.hole += 1
        if part and not state.dropping and not state.containers:
            state.out.append(part)


def _no_tag(state: _Cleaning, found: re.Match[str]) -> None:
    is_code = found[0].startswith(("<code>", "<pre>")) and found[0].endswith(">")
    if is_code and not state.dropping and not state.containers:
        state.out.append(found[0])
    state.hole += found[0].count(HOLE)


def _tag(state: _Cleaning, found: re.Match[str], name: str) -> None:
    in_tag = found[0].count(HOLE)
    if state.dropping:
        _walk_dropped(state, name)
    elif name[0] == "/":
        _end_tag(state, name[1:])
    elif state.containers:
        pass
    elif _is_left_out(state, name, found[0]):
        state.dropping.append(name)
    elif not _is_passed_over(state, name):
        _start_tag(state, found, name)
        state.kept.extend(state.holes[state.hole : state.hole + in_tag])
    state.hole += in_tag


def _is_left_out(state: _Cleaning, name: str, tag: str) -> bool:
    """Say whether an element goes with all it holds."""
    if name in _HEADINGS:
        return not state.has_headings
    return (name == "sup" and "footnote-ref" in tag) or (name == "div" and "doc-endnotes" in tag)


def _is_passed_over(state: _Cleaning, name: str) -> bool:
    """Say whether a tag goes and what it holds stays."""
    if len(state.open) >= _MAX_OPEN or (name == "a" and "a" in state.open):
        return True
    return name in _TASK and not state.has_headings


def _walk_dropped(state: _Cleaning, name: str) -> None:
    if name == state.dropping[0]:
        state.dropping.append(name)
    elif name == f"/{state.dropping[0]}":
        state.dropping.pop()


def _start_tag(state: _Cleaning, found: re.Match[str], name: str) -> None:
    while state.open and state.open[-1] in _CLOSED_BY_ITSELF.get(name, ()):
        state.out.append(f"</{state.open.pop()}>")
    state.out.append(_without_id(found[0], found["name"], found["attributes"]))
    if name not in VOID:
        state.open.append(name)


def _without_id(tag: str, name: str, attributes: str) -> str:
    if "id" not in attributes.lower() and "name" not in attributes.lower():
        return tag
    kept = [(key, value) for key, value in attributes_of(attributes) if key not in {"id", "name"}]
    return f"<{name}{''.join(written(key, value) if key != HOLE else f' {HOLE}' for key, value in kept)}>"


def _end_tag(state: _Cleaning, name: str) -> None:
    """Close what the end tag closes, and what was left open in it; an end tag of nothing stays out."""
    if name not in state.open or state.containers:
        return
    while state.open:
        closed = state.open.pop()
        state.out.append(f"</{closed}>")
        if closed == name:
            return
