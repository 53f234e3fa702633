"""Tables: a box that scrolls, header cells with a scope, classes for alignment. Layer: read."""

import re

from cogen.model.html import plain_text
from cogen.read.markdown.draft import Draft
from cogen.read.markdown.smart_quotes import set_quotes
from cogen.read.markdown.tags import written

_HEADER_CELL = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
_ALIGNED = re.compile(r"\s*text-align\s*:\s*(left|center|right)\s*;?\s*", re.IGNORECASE)
_HEAD_REACH = 10_000
"""Characters in which a table's head has to end for the box to be named by it."""
_ALIGNMENTS = ("left", "center", "right")


def open_table(draft: Draft, html: str, end: int, tag: str) -> None:
    """Write a table's start tag inside a box that can be scrolled with the keyboard, named by the table's header."""
    label = _label(html, end)
    if draft.options.smart_quotes:
        label = set_quotes(label)
    name = f' role="group"{written("aria-label", label)}' if label else ""
    draft.out.append(f'<div class="table-scroll"{name} tabindex="0">{tag}')
    draft.open_tables += 1


def close_table(draft: Draft) -> None:
    """Write a table's end tag, and the box's where there is one."""
    draft.out.append("</table></div>" if draft.open_tables else "</table>")
    draft.open_tables = max(0, draft.open_tables - 1)
    draft.in_table_head = False


def header_cell(draft: Draft, html: str, end: int, attributes: str) -> int:
    """Write the start tag of a ``<th>``; an empty one becomes a ``<td>``. Give where reading goes on."""
    if html.startswith("</th>", end):
        draft.out.append(f"<td{attributes}></td>")
        return end + len("</th>")
    scope = ' scope="col"' if draft.in_table_head and " scope=" not in attributes else ""
    draft.out.append(f"<th{scope}{attributes}>")
    return end


def with_class_for_alignment(attributes: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Turn a cell's ``align``, or a ``style`` that does no more than align, into a class."""
    kept: list[tuple[str, str | None]] = []
    alignment = ""
    for name, value in attributes:
        aligned = _alignment(name, value or "")
        alignment = aligned or alignment
        if not aligned:
            kept.append((name, value))
    return _with_class(kept, f"align-{alignment}") if alignment else attributes


def _alignment(name: str, value: str) -> str:
    if name == "align":
        return value.lower() if value.lower() in _ALIGNMENTS else ""
    found = _ALIGNED.fullmatch(value) if name == "style" else None
    return found[1].lower() if found else ""


def _with_class(attributes: list[tuple[str, str | None]], name: str) -> list[tuple[str, str | None]]:
    for index, (key, value) in enumerate(attributes):
        if key == "class":
            return [*attributes[:index], ("class", f"{value or ''} {name}".strip()), *attributes[index + 1 :]]
    return [("class", name), *attributes]


def _label(html: str, start: int) -> str:
    end = html.find("</thead>", start, start + _HEAD_REACH)
    if end < 0 or "<table" in html[start:end]:
        return ""
    cells = (plain_text(cell) for cell in _HEADER_CELL.findall(html, start, end))
    return ", ".join(cell for cell in cells if cell)
