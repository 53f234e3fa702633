"""Markdown to parts and holes: the recipe, from a source to a rendered text. Layer: read."""

import re

from cogen.model.body import CloseHole, DirectiveHole, RichText
from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Diagnostic, Location, finding
from cogen.model.html import escape
from cogen.read.markdown import limits
from cogen.read.markdown.directives import Mark, take_directives
from cogen.read.markdown.draft import HOLE, Draft
from cogen.read.markdown.engine import EngineFailure, to_html
from cogen.read.markdown.expansion import expand
from cogen.read.markdown.footnotes import with_one_markup
from cogen.read.markdown.foreign import foreign_markup
from cogen.read.markdown.postpass import rewrite
from cogen.read.markdown.rendered import RenderedText
from cogen.read.markdown.summary import clean, description_of, summary_of, unwrapped
from cogen.read.markdown.tasks import with_named_checkboxes

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TOKEN_MARKS = re.compile("[\ufdd0\ufdd1]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINK_TAG = re.compile(r"</?a(?:\s[^>]*)?>", re.IGNORECASE)
_PICTURE_TAG = re.compile(rf"<img {HOLE}[^>]*?alt=\"([^\"]*)\"[^>]*>|<img[^>]*>")
_ESCAPED_MORE = re.compile(
    r"(<pre[ >].*?(?:</pre>|\Z)|<code>[^<]*</code>)|<p>&lt;!--\s*more\s*--&gt;</p>|&lt;!--\s*more\s*--&gt;",
    re.DOTALL | re.IGNORECASE,
)
_PLAIN_WORDS = re.compile(r"[^\W_](?:[^\W_]|[,;?!\u2019\u201c\u201d]|\.(?= |\Z)|(?<=\w)-(?=\w)| (?! |\Z))*")
"""A line in which no dialect sees anything but words, unless an extension of the author's choice does."""
_SHORT = 2_000
_NOT_WORDS = re.compile(
    r"<(?:code>[^<]*</code>|(pre|script|style)[ >].*?(?:</\1>|\Z)|!--.*?(?:-->|\Z)|[^>]*>)", re.DOTALL
)
_NOTE_MARKS = re.compile(
    r"<sup class=\"footnote-ref\">(?:(?!</sup>).){,200}</sup>|<a [^<>]*role=\"doc-backlink\">[^<]*</a>",
    re.DOTALL,
)
_WORD_JOINER = "\ufdd0 "
"""Put before a line, it keeps any first character from opening a block."""


def render_text(
    text: str, *, path: str, first_line: int, options: ReadingOptions, has_summary: bool = False
) -> RenderedText:
    """Turn the body of a file into parts and holes; ``first_line`` is the file's line on which it starts.

    ``has_summary``: the author wrote one, so that none is taken from the body.  Never raises.
    Gives ``too-complex``, ``bad-value``, ``missing-alt``, ``unclosed-directive``, ``bad-attribute`` and
    ``foreign-markup``.
    """
    text = _encodable(text)
    over = limits.too_complex(text, options.dialect, path=path, first_line=first_line)
    if over is not None:
        return _as_it_is(text, over)
    prepared, marks = take_directives(text, path=path, first_line=first_line)
    try:
        html = to_html(prepared, options)
    except EngineFailure:
        return _as_it_is(text, _gave_up(path, first_line))
    html, findings = _expanded(_printable(html, text), marks)
    findings += tuple(foreign_markup(text, options, path=path, first_line=first_line))
    draft = Draft(text, path, first_line, options, directives=tuple(_hole(mark, options) for mark in marks))
    rewrite(_one_markup(html, options), draft)
    return _finished(draft, findings, has_summary=has_summary)


def render_short(
    text: str, *, path: str, line: int, options: ReadingOptions, inline: bool
) -> tuple[RichText, tuple[Diagnostic, ...]]:
    """Turn a value's Markdown into HTML without ids, footnotes and directives.

    ``inline``: as the inside of one paragraph, whatever its first characters are.  Never raises.
    """
    if inline and len(text) < _SHORT and not options.extensions and _PLAIN_WORDS.fullmatch(text):
        return RichText((text,)), ()
    text = _encodable(text)
    over = limits.too_complex(text, options.dialect, path=path, first_line=line)
    if over is not None:
        return RichText((escape(text),)), (over,)
    source = (
        _WORD_JOINER + " ".join(text.replace(_WORD_JOINER[0], "").split("\n")).strip() if inline else text
    )
    try:
        html = to_html(source, options, footnotes=False)
    except EngineFailure:
        return RichText((escape(text),)), (_gave_up(path, line),)
    html = _TOKEN_MARKS.sub("", _printable(html.replace(_WORD_JOINER, "", 1), text))
    draft = Draft(text, path, line, options, has_ids=False)
    rewrite(_one_markup(html, options), draft)
    rich = clean("".join(draft.out), draft.holes)
    return unwrapped(rich) if inline else rich, tuple(draft.findings)


# ---- before the engine and after it ------------------------------------------------------------------------


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\ufffd", text)
    return text.replace(HOLE, "").replace("\x03", "") if "\x02" in text or "\x03" in text else text


def _printable(html: str, source: str) -> str:
    """Take out what no XML can hold; only a character reference can have brought it into a clean source."""
    return _UNPRINTABLE.sub("", html) if "&" in source and "&#" in source else html


def _expanded(html: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Diagnostic, ...]]:
    if not marks:
        return _TOKEN_MARKS.sub("", html) if "\ufdd0" in html or "\ufdd1" in html else html, ()
    return expand(html, marks)


def _one_markup(html: str, options: ReadingOptions) -> str:
    if not options.raw_html and "&lt;!--" in html:
        html = _ESCAPED_MORE.sub(lambda found: found[1] or "<!--more-->", html)
    return with_one_markup(with_named_checkboxes(html))


def _hole(mark: Mark, options: ReadingOptions) -> DirectiveHole | None:
    if mark.kind == "close":
        return None
    return DirectiveHole(
        mark.name,
        _label(mark, options) if mark.label.strip() else "",
        mark.attributes,
        mark.at.line,
        mark.at.column,
        is_container=mark.kind == "open",
    )


def _label(mark: Mark, options: ReadingOptions) -> str:
    """Give a label as inline HTML; it can hold no holes, so links are unwrapped and pictures become their words."""
    rich, _ = render_short(mark.label, path=mark.at.path, line=mark.at.line, options=options, inline=True)
    html = _LINK_TAG.sub("", HOLE.join(rich.parts))
    return _PICTURE_TAG.sub(lambda found: found[1] or "", html).replace(HOLE, "")


# ---- the result ------------------------------------------------------------------------------------------------


def _finished(draft: Draft, findings: tuple[Diagnostic, ...], *, has_summary: bool) -> RenderedText:
    more = len("".join(draft.out[: draft.more])) if draft.more >= 0 else -1
    body = "".join(draft.out)
    summary = RichText() if has_summary else summary_of(body, draft.holes, more)
    return RenderedText(
        parts=tuple(body.split(HOLE)),
        holes=tuple(draft.holes),
        headings=tuple(draft.headings),
        ids=tuple(sorted(draft.anchors)),
        given_ids=tuple(draft.given_ids),
        word_count=_count_words(body) - _count_directives(draft),
        first_heading=draft.first_heading or "",
        first_heading_is_leading=draft.is_first_leading,
        summary=summary,
        description=description_of(summary),
        findings=tuple(sorted((*findings, *draft.findings), key=_place)),
        top_headings=draft.top_headings,
    )


def _place(found: Diagnostic) -> tuple[int, int]:
    return (found.at.line, found.at.column) if isinstance(found.at, Location) else (0, 0)


def _count_words(body: str) -> int:
    if "footnote-ref" in body:
        body = _NOTE_MARKS.sub("", body)
    return len(_NOT_WORDS.sub("", body).split())


def _count_directives(draft: Draft) -> int:
    """Count the holes that stand between tags, where they look like a word."""
    return sum(isinstance(hole, DirectiveHole | CloseHole) for hole in draft.holes) if draft.directives else 0


def _as_it_is(text: str, over: Diagnostic) -> RenderedText:
    """Give a text that no engine is to touch as it was written."""
    return RenderedText((f"<pre>{escape(text.replace(HOLE, ''))}</pre>",), findings=(over,))


def _gave_up(path: str, line: int) -> Diagnostic:
    return finding(
        "too-complex",
        "the Markdown engine gave up on this text, which begins here",
        Location(path, line),
        "look for very deep nesting or very many open brackets",
    )
