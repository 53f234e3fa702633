"""What tags look like in HTML that authors and engines write: one scanner's patterns. Layer: read.

The grammar is the WHATWG tokeniser's: a tag ends at the first ``>`` outside a quoted value, and a quote
counts only after ``=``.  Nothing here backtracks: every pattern is linear in the length of the text,
also where a tag, a comment or a script is never closed (then it lasts until the end).
"""

import re

from cogen.model.html import escape, unescape

_ATTRIBUTES = r"(?>[^>\"'=]+|=\s*(?>\"[^\"]*\"|'[^']*')?|[\"'])*+"
_COMMENT = r"!--(?:-?>|(?>.*?(?:-->|\Z)))"
_BOGUS_COMMENT = r"(?:[!?]|/(?![a-zA-Z]))[^>]*(?:>|\Z)"
_RAW = (
    rf"(?P<raw>(?i:script|style|textarea|title|xmp))(?=[\s/>])(?P<rawattrs>{_ATTRIBUTES})>"
    r".*?(?:</(?i:(?P=raw))[\s/>]|\Z)"
)
_CODE = r"pre><code(?: class=\"language-(?P<language>[^\"<>]*)\")?>(?P<block>[^<]*)</code></pre>|code>[^<]*</code>"
_TAG = rf"(?P<name>/?[a-zA-Z][^\s/>]*)(?P<attributes>{_ATTRIBUTES})(?:>|\Z)"
_PLAIN = r"(?!/?(?:p|em|strong|li|ul|ol|td|tr|tbody|blockquote|del|d[ltd])>|/(?:a|t[hd])>|[bh]r ?/?>)"

ANY_TAG = re.compile(f"<(?:{_COMMENT}|{_BOGUS_COMMENT}|{_CODE}|{_RAW}|{_TAG})", re.DOTALL)
"""Every tag, comment, script and piece of code that holds no tags."""

NOTABLE_TAG = re.compile(f"<{_PLAIN}(?:{_COMMENT}|{_BOGUS_COMMENT}|{_CODE}|{_RAW}|{_TAG})", re.DOTALL)
"""The same without the tags that need no work: those that engines print most."""

_RAW_END = re.compile(r"</(?:script|style|textarea|title|xmp)[\s/>]\Z", re.IGNORECASE)

ATTRIBUTE = re.compile(r"([^\s/=>][^\s/=>]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
"""Name and, quotes included, value of one attribute."""

PICTURES = frozenset({"src", "srcset", "poster", "data", "background"})
"""Attributes that show what they name."""
AS_WRITTEN = frozenset(
    {"action", "formaction", "xlink:href", "cite", "longdesc", "ping", "codebase", "lowsrc", "dynsrc"}
)
"""Attributes whose addresses stay as the author wrote them, unless they would run."""
ADDRESSES = frozenset({"href", *AS_WRITTEN, *PICTURES})
"""Attributes that hold addresses."""
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()  # noqa: SIM905  easier to read than twenty quoted words
)
"""Elements without an end tag."""

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "map",
        "mark",
        "meter",
        "nobr",
        "object",
        "output",
        "picture",
        "progress",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "select",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "svg",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that stand inside a line of text."""


def ended(found: re.Match[str]) -> str:
    """Give a piece found by the patterns above; one that never ends gets its end, or becomes text.

    Without it a comment or a tag left open at the end of a text would swallow the page around it.
    """
    text = found[0]
    if found["name"] is not None:
        return text if found.end() > found.end("attributes") else escape(text)
    if found["raw"] is not None:
        return (
            text
            if _RAW_END.search(text, found.end("rawattrs") - found.start())
            else f"{text}</{found['raw']}>"
        )
    if text.startswith("<!--"):
        return text if text.endswith("-->") or text in {"<!-->", "<!--->"} else f"{text}-->"
    return text if text[-1] == ">" else escape(text)


def attributes_of(text: str) -> list[tuple[str, str | None]]:
    """Give lower-case names and decoded values (None: no value) of a tag's attributes; of repeats, the first."""
    found: dict[str, str | None] = {}
    for name, value in ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), decoded(value) if value else None)
    return list(found.items())


def decoded(value: str) -> str:
    """Give an attribute's value without its quotes, entities decoded."""
    bare = value[1:-1] if value[0] in "\"'" and len(value) > 1 and value[-1] == value[0] else value
    return unescape(bare) if "&" in bare else bare


def written(name: str, value: str | None) -> str:
    """Write one attribute, with the space before it."""
    if value is None:
        return f" {name}"
    return f' {name}="{escape(value)}"'
