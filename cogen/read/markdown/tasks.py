"""Task lists: a checkbox with a name, which is the text beside it. Layer: read."""

import re

from cogen.read.markdown.tags import ANY_TAG

_MARK = "task-list-item-checkbox"
_ITEM = (
    r"<li class=\"task-list-item\"><input type=\"checkbox\" class=\"task-list-item-checkbox\""
    r"(?P<checked> checked=\"\")? disabled=\"\" /> ?(?P<loose>\n<p>)?"
)
_LIST = r"<(?P<list>[ou]l) class=\"contains-task-list\">"
_PIECE = re.compile(f"{_ITEM}|{_LIST}|{ANY_TAG.pattern}", re.DOTALL)
_TEXT_ENDS = re.compile(r"</li>|</p>|\n?<(?:ul|ol|p|pre|blockquote|div|dl|table|section|h[1-6]|hr)\b")


def with_named_checkboxes(html: str) -> str:
    """Put each checkbox of a task list, with its text, into a ``<label>``."""
    if _MARK not in html:
        return html
    pieces: list[str] = []
    position = next_end = 0
    for found in _PIECE.finditer(html):
        if found["list"]:
            pieces += (html[position : found.start()], f'<{found["list"]} class="task-list">')
            position = found.end()
        elif _MARK in found[0] and found["name"] is None and found[0].startswith("<li "):
            if next_end < found.end():
                next_end = _end_of_text(html, found.end())
            text_end = next_end if next_end < len(html) else found.end()
            pieces += (html[position : found.start()], _item(found, html[found.end() : text_end]))
            position = text_end
    pieces.append(html[position:])
    return "".join(pieces)


def _end_of_text(html: str, start: int) -> int:
    found = _TEXT_ENDS.search(html, start)
    return found.start() if found else len(html)


def _item(found: re.Match[str], text: str) -> str:
    box = f'<input type="checkbox"{found["checked"] or ""} disabled=""'
    paragraph = "<p>" if found["loose"] else ""
    if not text.strip():
        return f'<li class="task">{paragraph}{box} aria-label="{"[x]" if found["checked"] else "[ ]"}">'
    return f'<li class="task">{paragraph}<label>{box}> {text.strip()}</label>'
