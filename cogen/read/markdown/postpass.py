"""From an engine's HTML to a site's: one reading of the tags that need work, the same for both dialects.

Layer: read.  Tags are found by one regular expression; text and plain tags between them are copied at
once, with their quotes set.  No tree is built: what is unbalanced in an author's raw HTML stays so.
"""

import re
from collections.abc import Callable
from functools import partial

from cogen.model.body import CloseHole
from cogen.read.markdown import headings, tables
from cogen.read.markdown.draft import HOLE, INDENTED, Draft, claim_id
from cogen.read.markdown.expansion import EXPANDED
from cogen.read.markdown.pictures import picture
from cogen.read.markdown.rewriting import attribute, rewritten
from cogen.read.markdown.smart_quotes import set_quotes
from cogen.read.markdown.tags import NOTABLE_TAG, attributes_of, decoded, ended, written

_ALERTS = ("note", "tip", "important", "warning", "caution")
_PLAIN = {
    **{
        f'<{cell} {before}="{start}{side}{end}">': f'<td class="align-{side}">'
        for cell in ("td",)
        for before, start, end in (("align", "", ""), ("style", "text-align: ", ";"))
        for side in ("left", "center", "right")
    },
    **{
        f'<div class="markdown-alert markdown-alert-{kind}">': f'<div class="alert alert-{kind}" role="note">'
        for kind in _ALERTS
    },
    '<p class="markdown-alert-title">': '<p class="alert-title">',
    '<p class="admonition-title">': '<p class="alert-title">',
    "<sup>": "<sup>",
    "</sup>": "</sup>",
    "<div>": "<div>",
    "</div>": "</div>",
}
_MORE = re.compile(r"<!--\s*more(?:\s[^<>]{0,200})?-->", re.IGNORECASE)
_OWN_ID = re.compile(r"\bid\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']+)", re.IGNORECASE)
_BRACES_ID = re.compile(r"\{#([^\s{}.]+)")
_QUOTES_OF_ONE_ATTRIBUTE = 2
_BEFORE_END = 400
_ALERT_CLASS = "admonition"

Handler = Callable[[Draft, str, re.Match[str]], int]


def rewrite(html: str, draft: Draft) -> None:
    """Write an engine's HTML into a draft, with ids, holes, classes, quotes and colours."""
    draft.shift = 1 if headings.has_top_level(html, draft.source) else 0
    draft.reserved = _reserved(html, draft.source)
    out = draft.out
    text: Callable[[str], object] = out.append
    if draft.options.smart_quotes:
        text = partial(_set_text, draft)
    elif "r />" in html:
        text = partial(_copy_text, draft)
    position = 0
    for found in NOTABLE_TAG.finditer(html):
        start, end = found.span()
        if start < position:
            continue
        if start > position:
            text(html[position:start])
        tag = found[0]
        plain = _PLAIN.get(tag)
        if plain is None:
            position = _handle(draft, html, found, tag)
        else:
            out.append(plain)
            position = end
    text(html[position:])
    if draft.open_tables:
        out.append("</table></div>" * draft.open_tables)


def _reserved(html: str, source: str) -> frozenset[str]:
    """Give the ids an author wrote, which no heading may take first."""
    found: list[str] = _BRACES_ID.findall(html) if "{" in source else []
    if ("<" in source or "{" in source or "[^" in source) and ("id=" in html or "ID=" in html):
        found += (decoded(value) for value in _OWN_ID.findall(html))
    return frozenset(found)


def _copy_text(draft: Draft, text: str) -> None:
    draft.out.append(_without_slashes(text))


def _set_text(draft: Draft, text: str) -> None:
    text = _without_slashes(text)
    if draft.verbatim == 0:
        text = set_quotes(text, draft.out, entities=draft.options.dialect == "gfm")
    draft.out.append(text)


def _without_slashes(text: str) -> str:
    """Write line breaks and rules as HTML does; engines write them as XHTML did."""
    return text.replace("<br />", "<br>").replace("<hr />", "<hr>") if "r />" in text else text


def _handle(draft: Draft, html: str, found: re.Match[str], tag: str) -> int:
    name = found["name"]
    if name is None:
        return _handle_other(draft, found, tag)
    if found.end() == found.end("attributes"):
        draft.out.append(ended(found))
        return found.end()
    handler = _HANDLERS.get(name) or _HANDLERS.get(name.lower(), _any_tag)
    return handler(draft, html, found)


def _handle_other(draft: Draft, found: re.Match[str], tag: str) -> int:
    """Write what is no tag: code, a comment, a script."""
    if found["block"] is not None:
        draft.out.append(_code_block(draft, found["block"], found["language"]))
    elif tag.startswith("<code"):
        draft.out.append(tag)
    elif found["raw"] is not None:
        draft.out.append(_raw(draft, found))
    elif tag.startswith("<!--"):
        _comment(draft, found)
    else:
        draft.out.append(ended(found))
    return found.end()


def _code_block(draft: Draft, code: str, language: str | None) -> str:
    if language == INDENTED:
        from cogen.read.markdown.code_names import named_language  # noqa: PLC0415  imports what colours code

        language, code = named_language(code)
    if not language:
        return f'<pre tabindex="0"><code>{code}</code></pre>'
    colours = _coloured(draft, code, language) if draft.options.highlight else None
    if colours is not None:
        return f'<pre tabindex="0"><code class="language-{language} highlight">{colours}</code></pre>'
    return f'<pre tabindex="0"><code class="language-{language}">{code}</code></pre>'


def _coloured(draft: Draft, code: str, language: str) -> str | None:
    from cogen.read.markdown import highlight  # noqa: PLC0415  only where there is code to colour

    name = decoded(f'"{language}"')
    effort = highlight.effort(code, name)
    if draft.effort + effort > highlight.MAX_EFFORT:
        return None
    draft.effort += effort
    return highlight.highlighted(code, name)


def _raw(draft: Draft, found: re.Match[str]) -> str:
    """Write a script, a style sheet or a text area: its address is a link, its content is nobody's business."""
    element, attributes = found["raw"], found["rawattrs"]
    rest = ended(found)[len(element) + 1 + len(attributes) :]
    return f"<{element}{rewritten(draft, element.lower(), attributes)}{rest}"


def _comment(draft: Draft, found: re.Match[str]) -> None:
    directive = EXPANDED.fullmatch(found[0])
    if directive is not None:
        _directive(draft, directive[1], int(directive[2]))
    elif _MORE.fullmatch(found[0]):
        draft.more = len(draft.out) if draft.more < 0 else draft.more
    else:
        draft.out.append(ended(found))


def _directive(draft: Draft, kind: str, number: int) -> None:
    hole = draft.directives[number] if number < len(draft.directives) else None
    if kind == "close" and number in draft.opened_at:
        draft.holes.append(CloseHole(draft.opened_at[number]))
    elif kind != "close" and hole is not None:
        draft.opened_at[number] = len(draft.holes)
        draft.holes.append(hole)
    else:
        return
    draft.out.append(HOLE)


# ---- tags ----------------------------------------------------------------------------------------------------


def _any_tag(draft: Draft, _html: str, found: re.Match[str]) -> int:
    attributes = found["attributes"]
    name = found["name"]
    draft.out.append(f"<{name}{rewritten(draft, name.lower(), attributes)}>" if attributes else found[0])
    return found.end()


def _link(draft: Draft, _html: str, found: re.Match[str]) -> int:
    tag = found[0]
    if (
        tag.startswith(('<a href="https://', '<a href="http://', '<a href="mailto:'))
        and tag.count('"') == _QUOTES_OF_ONE_ATTRIBUTE
        and draft.verbatim == 0
    ):
        draft.out.append(tag)
        return found.end()
    return _any_tag(draft, _html, found)


def _picture(draft: Draft, _html: str, found: re.Match[str]) -> int:
    draft.out.append(picture(draft, attributes_of(found["attributes"])))
    return found.end()


def _own_picture(draft: Draft, html: str, found: re.Match[str]) -> int:
    draft.in_picture = found["name"][0] != "/"
    return _any_tag(draft, html, found)


def _heading(draft: Draft, _html: str, found: re.Match[str]) -> int:
    if not found["attributes"]:
        headings.open_heading(draft, found["name"].lower())
        return found.end()
    attributes = attributes_of(found["attributes"])
    own_id = next((value for name, value in attributes if name == "id" and value), "")
    own_id = claim_id(draft, own_id, is_authors=True) if own_id and draft.has_ids else ""
    rest = "".join(attribute(draft, "", name, value) for name, value in attributes if name != "id")
    headings.open_heading(draft, found["name"].lower(), rest, own_id)
    return found.end()


def _heading_end(draft: Draft, html: str, found: re.Match[str]) -> int:
    start = found.start()
    before = html[max(0, start - _BEFORE_END) : start] if html[start - 1] in "} " else ""
    headings.close_heading(draft, found["name"][1:].lower(), before)
    return found.end()


def _table(draft: Draft, html: str, found: re.Match[str]) -> int:
    tag = f"<table{rewritten(draft, 'table', found['attributes'])}>"
    tables.open_table(draft, html, found.end(), tag)
    return found.end()


def _table_end(draft: Draft, _html: str, found: re.Match[str]) -> int:
    tables.close_table(draft)
    return found.end()


def _table_head(draft: Draft, html: str, found: re.Match[str]) -> int:
    draft.in_table_head = found["name"][0] != "/"
    return _any_tag(draft, html, found)


def _header_cell(draft: Draft, html: str, found: re.Match[str]) -> int:
    return tables.header_cell(draft, html, found.end(), rewritten(draft, "th", found["attributes"]))


def _box(draft: Draft, html: str, found: re.Match[str]) -> int:
    attributes = found["attributes"]
    if _ALERT_CLASS not in attributes:
        return _any_tag(draft, html, found)
    kinds = next((value or "" for name, value in attributes_of(attributes) if name == "class"), "").split()
    if kinds[:1] != [_ALERT_CLASS] or len(kinds) == 1:
        return _any_tag(draft, html, found)
    draft.out.append(
        f'<div{written("class", " ".join(("alert", f"alert-{kinds[1]}", *kinds[2:])))} role="note">'
    )
    return found.end()


def _verbatim(draft: Draft, html: str, found: re.Match[str]) -> int:
    draft.verbatim = max(0, draft.verbatim + (-1 if found["name"][0] == "/" else 1))
    return _any_tag(draft, html, found)


_HANDLERS: dict[str, Handler] = {
    "a": _link,
    "img": _picture,
    "picture": _own_picture,
    "/picture": _own_picture,
    **{f"h{level}": _heading for level in range(1, 7)},
    **{f"/h{level}": _heading_end for level in range(1, 7)},
    "table": _table,
    "/table": _table_end,
    "thead": _table_head,
    "/thead": _table_head,
    "th": _header_cell,
    "div": _box,
    "pre": _verbatim,
    "/pre": _verbatim,
    "code": _verbatim,
    "/code": _verbatim,
}
