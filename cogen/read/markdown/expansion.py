"""Directive tokens in the engine's HTML: find those that are directives, and the block each container spans.

Layer: read.  In code, scripts and comments the line is put back as it was.  Elsewhere a token alone in its
paragraph becomes a comment that the post-pass turns into a hole.  A container ends at its ``:::`` or, with
``unclosed-directive``, at the end of the block it began in, so that holes never cut an element in two.
"""

import re
from dataclasses import dataclass, field

from cogen.model.diagnostics import Diagnostic, finding
from cogen.model.html import escape
from cogen.read.markdown.directives import TOKEN_END, TOKEN_START, Mark
from cogen.read.markdown.tags import ANY_TAG, INLINE, VOID, ended

EXPANDED = re.compile(rf"<!--{TOKEN_START}(leaf|open|close) (\d+)-->")
"""What stands for a directive from here on: its kind and the number of its mark."""

_TOKEN = rf"{TOKEN_START}(?P<token>\d+){TOKEN_END}"
_PIECE = re.compile(f"{_TOKEN}|{ANY_TAG.pattern}", re.DOTALL)
_BARE_TOKEN = re.compile(_TOKEN)
_CODE_START = re.compile(r"(?:<pre>)?<code[^>]*+>")
_BLANK_IN_CODE = re.compile(r"(?:&gt;|[ \t])*+")
_BLANK = re.compile(r"[> \t]*+")
_BLANK_BEFORE = re.compile(r"(?:\A|(?<=\n))[> \t]*\n([^\n]*)\Z")
_BLANK_AFTER = re.compile(r"\n[> \t]*(?=\n)")
_PARAGRAPH_END = re.compile(r"\s*</p>")
_SPACE = " \t\n"
_MAX_BLOCKS = 500
MAX_CONTAINERS = 100


@dataclass(slots=True)
class _Container:
    """A container that is open."""

    mark: int
    depth: int
    """Blocks that were open when it began."""


@dataclass(slots=True)
class _State:
    """What is known while the HTML is read once from its start to its end."""

    marks: tuple[Mark, ...]
    out: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    containers: list[_Container] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    findings: list[Diagnostic] = field(default_factory=list)
    verbatim: int = 0


def expand(html: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Diagnostic, ...]]:
    """Turn tokens into comments that say where directives begin and end, or back into text."""
    state = _State(marks)
    position = 0
    for piece in _PIECE.finditer(html):
        if piece.start() < position:
            continue
        state.out.append(html[position : piece.start()])
        position = piece.end()
        if piece["token"] is not None:
            position = _token(state, html, piece)
        elif TOKEN_START in piece[0]:
            state.out.append(_put_back(piece[0], marks))
        else:
            _tag(state, piece)
            state.out.append(ended(piece))
    state.out.append(html[position:])
    _end_blocks(state, -1)
    return "".join(state.out), tuple(state.findings)


def _put_back(code: str, marks: tuple[Mark, ...]) -> str:
    """Put the lines back into code, a script or a comment, without the blank lines around their tokens."""
    begin = _CODE_START.match(code)
    blank = _BLANK_IN_CODE if begin else _BLANK
    pieces: list[str] = []
    copied = begin.end() if begin else 0
    if begin:
        pieces.append(begin[0])
    for found in _BARE_TOKEN.finditer(code):
        mark = marks[int(found["token"])] if int(found["token"]) < len(marks) else None
        if mark is None:
            continue
        line = code.rfind("\n", copied, found.start()) + 1
        above = max(code.rfind("\n", copied, line - 1) + 1, copied) if line else copied
        is_padded = line > 0 and mark.is_padded_before and blank.fullmatch(code, above, line - 1) is not None
        if is_padded:
            pieces += (code[copied:above], code[line : found.start()])
        else:
            pieces.append(code[copied : found.start()])
        pieces.append(escape(mark.source) if begin else mark.source)
        copied = found.end()
        if code.startswith("\n", copied):
            below = blank.match(code, copied + 1)
            if below is not None and code.startswith("\n", below.end()):
                copied = below.end()
    return "".join((*pieces, code[copied:]))


def _put_back_here(state: _State, html: str, piece: re.Match[str], mark: Mark) -> int:
    """Put a line back into raw ``<pre>``, without the blank lines around its token."""
    if mark.is_padded_before:
        state.out[-1] = _BLANK_BEFORE.sub(r"\1", state.out[-1])
    state.out.append(escape(mark.source))
    after = _BLANK_AFTER.match(html, piece.end())
    return after.end() if after else piece.end()


def _token(state: _State, html: str, piece: re.Match[str]) -> int:
    """Write what a token stands for, and give where reading goes on."""
    number = int(piece["token"])
    if number >= len(state.marks) or number in state.seen:
        return piece.end()
    state.seen.add(number)
    mark = state.marks[number]
    paragraph_end = _PARAGRAPH_END.match(html, piece.end()) if _begins_paragraph(state) else None
    in_paragraph = paragraph_end is not None
    if state.verbatim:
        return _put_back_here(state, html, piece, mark)
    if not (in_paragraph or _stands_between_blocks(state, html, piece.end())):
        state.out.append(escape(mark.source))
        return piece.end()
    if in_paragraph:
        state.blocks.pop()
    if mark.kind == "close" and not _close(state, mark):
        state.out.append(escape(mark.source))
        if in_paragraph:
            state.blocks.append("p")
        return piece.end()
    if in_paragraph:
        state.out[_last_paragraph(state)] = ""
    if mark.kind != "close":
        _begin(state, number, mark)
    return paragraph_end.end() if paragraph_end else piece.end()


def _begins_paragraph(state: _State) -> bool:
    return len(state.out) > 1 and state.out[-2] == "<p>" and not state.out[-1].strip()


def _last_paragraph(state: _State) -> int:
    index = len(state.out) - 1
    while state.out[index] != "<p>":
        index -= 1
    return index


def _begin(state: _State, number: int, mark: Mark) -> None:
    state.findings.extend(mark.findings)
    if mark.kind == "open" and len(state.containers) >= MAX_CONTAINERS:
        state.findings.append(
            finding("too-complex", "directives nest too deep; this one is left out", mark.at)
        )
        return
    state.out.append(f"<!--{TOKEN_START}{mark.kind} {number}-->")
    if mark.kind == "open":
        state.containers.append(_Container(number, len(state.blocks)))


def _close(state: _State, mark: Mark) -> bool:
    """End the container a ``:::`` belongs to, and those in it that have no end; False where there is none."""
    target = _ended_by(state, mark.colons)
    if target is None:
        return False
    while len(state.containers) > target + 1:
        _end_unclosed(state)
    _end(state)
    return True


def _ended_by(state: _State, colons: int) -> int | None:
    """Give the innermost container of this block with as many colons, else the innermost with fewer."""
    fewer = None
    for index in reversed(range(len(state.containers))):
        container = state.containers[index]
        if container.depth != len(state.blocks):
            continue
        opened = state.marks[container.mark].colons
        if opened == colons:
            return index
        if opened < colons and fewer is None:
            fewer = index
    return fewer


def _end(state: _State) -> None:
    state.out.append(f"<!--{TOKEN_START}close {state.containers.pop().mark}-->")


def _end_unclosed(state: _State) -> None:
    mark = state.marks[state.containers[-1].mark]
    state.findings.append(
        finding(
            "unclosed-directive",
            f":::{mark.name} is never closed and ends with its block",
            mark.at,
            f"end it with a line of {mark.colons} colons, behind the same marks and spaces",
        )
    )
    _end(state)


def _end_blocks(state: _State, depth: int) -> None:
    """End the containers that began inside the blocks beyond ``depth``."""
    while state.containers and state.containers[-1].depth > depth:
        _end_unclosed(state)
    del state.blocks[max(depth, 0) :]


def _tag(state: _State, piece: re.Match[str]) -> None:
    if piece["name"] is None or piece.end() == piece.end("attributes"):
        return
    name = piece["name"].lower()
    bare = name.lstrip("/")
    if bare in {"pre", "code"}:
        state.verbatim = max(0, state.verbatim + (-1 if name[0] == "/" else 1))
    if bare in INLINE or bare in VOID:
        return
    if name[0] != "/" and len(state.blocks) < _MAX_BLOCKS:
        state.blocks.append(name)
    elif bare in state.blocks:
        last = len(state.blocks) - 1 - state.blocks[::-1].index(bare)
        _end_blocks(state, last)


def _stands_between_blocks(state: _State, html: str, end: int) -> bool:
    """Say whether nothing but block tags is next to a token, as in a list item without paragraphs."""
    before = next((piece for piece in reversed(state.out) if piece.strip(_SPACE)), "<body>")
    after = html[end : end + 200].lstrip(_SPACE)
    return _is_block_tag(before, at_end=True) and (not after or _is_block_tag(after, at_end=False))


def _is_block_tag(text: str, *, at_end: bool) -> bool:
    start = text.rfind("<") if at_end else 0
    found = ANY_TAG.match(text, max(start, 0))
    if found is None or (at_end and not text.rstrip(_SPACE).endswith(found[0])):
        return False
    name = (found["name"] or "").lower().lstrip("/")
    return found["name"] is None or name not in INLINE
