"""Typographic quotes, dashes and ellipses for running text, the same in both dialects. Layer: read.

Works on HTML between notable tags: text and tags without attributes.  The cost is by the quote, not by
the character: text is split at its quotes and each looks at its two neighbours.
"""

import re
from collections.abc import Sequence
from itertools import chain, islice

from cogen.read.markdown.tags import INLINE

_OPENERS = frozenset(" \t\n\r\xa0\u2009\u202f([{<-\u2010\u2011\u2012\u2013\u2014/\u2018\u201c=|")
_SPACES = frozenset(" \t\n\r\xa0")
_ELISION = re.compile(r"(?:\d\ds?|tis|twas|twere|em|n|til|cause|bout|round|cos|cuz)(?!\w)", re.IGNORECASE)
_DASHES = re.compile(r"(?<!-)--(-?)(?!-)")
_LOOK_BACK = 12


def set_quotes(text: str, before: Sequence[str] = (), *, entities: bool = True) -> str:
    """Set the quotes of a piece of HTML; ``before`` are the pieces that stand before it on the page.

    ``entities``: whether ``&quot;`` is a quote the author typed (comrak writes it so), or one they insisted on.
    """
    if "--" in text:
        text = _DASHES.sub(lambda found: "\u2014" if found[1] else "\u2013", text)
    if "..." in text:
        text = text.replace("...", "\u2026")
    if entities and "&quot;" in text:
        text = text.replace("&quot;", '"')
    if '"' in text:
        text = _double(text.split('"'), before)
    if "'" in text:
        text = _single(text.split("'"), before)
    return text


def _double(pieces: list[str], before: Sequence[str]) -> str:
    done = [pieces[0]]
    for after in pieces[1:]:
        previous = _last_char(done, before)
        opens = previous in _OPENERS and after[:1] not in _SPACES
        done.append("\u201c" if opens else "\u201d")
        done.append(after)
    return "".join(done)


def _single(pieces: list[str], before: Sequence[str]) -> str:
    done = [pieces[0]]
    for after in pieces[1:]:
        head = done[-1]
        if (head and head[-1].isalnum()) or not _opens_single(_last_char(done, before), after):
            done.append("\u2019")
        else:
            done.append("\u2018")
        done.append(after)
    return "".join(done)


def _opens_single(previous: str, after: str) -> bool:
    return previous in _OPENERS and after[:1] not in _SPACES and not _ELISION.match(after)


def _last_char(done: list[str], before: Sequence[str]) -> str:
    """Give the character before a quote, looking through inline tags and unset single quotes; " " at a start."""
    tail = done[-1][-1:]
    if tail and tail not in ">'":
        return tail
    for piece in chain(islice(reversed(done), _LOOK_BACK), islice(reversed(before), _LOOK_BACK)):
        found = _last_of(piece)
        if found:
            return found
    return " "


def _last_of(piece: str) -> str:
    """Give a piece's last character of text, " " where a block begins after it, "" where there is neither."""
    end = len(piece)
    for _ in range(_LOOK_BACK):
        if not end:
            break
        char = piece[end - 1]
        if char == ">":
            start = piece.rfind("<", 0, end)
            if start < 0:
                return char
            name = piece[start + 1 : end - 1].strip("/").partition(" ")[0].lower()
            if name.startswith("!"):
                return " "
            if name in {"code", "/code"} or piece.endswith("</code>", 0, end):
                return "x"
            if name not in INLINE:
                return " "
            end = start
        elif char in "'\x02":
            end -= 1
        else:
            return char
    return ""
