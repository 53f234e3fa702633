"""What one text may mean: labels, flags, addresses, and the words of messages about them. Layer: read."""

import re
from collections.abc import Iterable

from cogen.model.slugs import fold

_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAFE_SCHEMES = frozenset({"http:", "https:", "mailto:"})
_BLANK = re.compile("[\x00-\x20\x7f]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CURLY = re.compile("[\u2018-\u201f\u00ab\u00bb](.*)[\u2018-\u201f\u00ab\u00bb]")
_JOINERS = "\u200c\u200d"


def normal_key(text: str) -> str:
    """Give the spelling of a key by which it is compared: lower case, ``_`` for ``-`` and spaces."""
    return text.strip().lower().replace("-", "_").replace(" ", "_")


def truth_of(text: str) -> bool | None:
    """Read true or false in any of its spellings; None where it is neither."""
    word = text.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def is_safe_link(text: str) -> bool:
    """Say whether a browser may be sent to an address: no ``javascript:``, ``data:`` and the like."""
    scheme = _SCHEME.match(_BLANK.sub("", text))
    return scheme is None or scheme[0].lower() in _SAFE_SCHEMES


def has_no_scheme(text: str) -> bool:
    """Say whether an address may name a file or page of the site, in whose names spaces count."""
    return not _SCHEME.match(_BLANK.sub("", text))


def clean_text(text: str) -> str:
    """Fold white space (also no-break) to single spaces, and drop characters without width."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text).strip(_JOINERS)
    return " ".join(text.split())


def distinct(labels: Iterable[str]) -> tuple[str, ...]:
    """Clean labels, and drop empty ones and those that differ from an earlier one only in case or accents."""
    found: dict[str, str] = {}
    for label in labels:
        if clean := clean_text(label):
            found.setdefault(clean.casefold() if clean.isascii() else fold(clean), clean)
    return tuple(found.values())


def shorten(text: str, limit: int = 60) -> str:
    """Cut a text for a message."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def curly_hint(text: str) -> str:
    """Say what to do where a value stands in curly quotes, which a word processor made; else nothing."""
    found = _CURLY.fullmatch(text.strip())
    return f"curly quotes are no quotes for YAML: write {shorten(found[1])}" if found else ""
