"""Names in addresses: from any text to a slug that every file system, host and reader bears. Layer: model."""

import re
import unicodedata
from functools import lru_cache

MAX_SLUG_LENGTH = 80
_MAX_SLUG_BYTES = 240
"""File systems take names of 255 bytes, and a number may follow."""
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
        "đ": "d", "Đ": "d", "þ": "th", "Þ": "th", "œ": "oe", "Œ": "oe",
    }
)  # fmt: skip
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
_ASCII_WORDS = re.compile("[a-z0-9]+")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_MARKS_KEPT_FROM = "\u0370"


_OPTIONAL_MARKS = re.compile("[\u0000-\u03ff\u0590-\u06ff\u0750-\u077f\u1e00-\u1fff]")
"""Letters (Latin, Greek, Hebrew, Arabic) whose marks not all people write; elsewhere a mark makes another letter."""
_STRESS = frozenset("\u0300\u0301")
_FOLDED = _LETTERS | str.maketrans({"ё": "\u0435", "Ё": "\u0415"})
"""And the one Cyrillic letter that is mostly written without its dots."""


@lru_cache(1 << 16)
def fold(text: str) -> str:
    """Give what two spellings of one tag or name share: case, accents and spaces do not count.

    What makes another letter is no accent: ガ is not カ, and й is not и.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    kept: list[str] = []
    has_accents = True
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_FOLDED)):
        if not unicodedata.combining(char):
            has_accents = _OPTIONAL_MARKS.match(char) is not None
        elif has_accents or char in _STRESS:
            continue
        if char.isprintable():
            kept.append(char)
    return " ".join("".join(kept).casefold().split())


def slugify(text: str, fallback: str = "untitled") -> str:
    """Turn text into a slug: NFC, case folded, letters and numbers joined by ``-``.

    At most 80 characters and 240 bytes.  Latin letters lose their accents; other scripts stay as they are.  Never
    empty, never dots, and never the name of a Windows device (which gets a ``-``).
    ``slugify(slugify(x)) == slugify(x)``.
    """
    bare = _APOSTROPHES.sub("", text)
    words = _ASCII_WORDS.findall(bare.lower()) if bare.isascii() else _words(bare)
    slug = _cut("-".join(words)) or fallback
    return slug + "-" if _DEVICE.fullmatch(slug) else slug


def _words(text: str) -> list[str]:
    folded = _without_latin_marks(text.translate(_LETTERS)).casefold()
    folded = unicodedata.normalize("NFC", _without_latin_marks(folded.translate(_LETTERS)))
    words = "".join(c if _is_word(c) else " " for c in folded).split()
    return [word[start:] for word in words if (start := _first_letter(word)) < len(word)]


def _first_letter(word: str) -> int:
    """Say where a word's first letter stands: a mark whose letter is gone belongs to nothing."""
    return next((index for index, char in enumerate(word) if char.isalnum()), len(word))


def _without_latin_marks(text: str) -> str:
    kept: list[str] = []
    base_is_latin = True
    for char in unicodedata.normalize("NFKD", text):
        if unicodedata.combining(char):
            if not base_is_latin:
                kept.append(char)
            continue
        base_is_latin = char < _MARKS_KEPT_FROM
        kept.append(char)
    return "".join(kept)


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}


def _cut(slug: str) -> str:
    if len(slug) <= _MAX_SLUG_BYTES // 4:
        return slug
    length = MAX_SLUG_LENGTH
    while len(slug[:length].encode()) > _MAX_SLUG_BYTES:
        length -= 1
    if len(slug) <= length:
        return slug
    head, dash, _ = slug[: length + 1].rpartition("-")
    return unicodedata.normalize("NFC", head if dash and head else slug[:length]).strip("-")
