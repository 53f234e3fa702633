"""The parts of a page by the names that other programs give to its headings. Layer: assemble.

A text that was written for another program has links to its own headings, such as ``#q--a`` where cogen has
``#q-a``.  GitHub, Hugo and kramdown's GFM leave out what is no letter, number, ``_``, ``-`` or space, write ``-`` for
each space, and count headings of one name by ``-1``, ``-2`` …  Python-Markdown keeps ASCII alone, writes one ``-`` for
several, and counts by ``_1``, ``_2`` …
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from cogen.model.body import Heading

_LEFT_OUT = re.compile(r"[^\w\- ]")
_GAPS = re.compile(r"[-\s]+")


def parts_elsewhere(headings: Iterable[Heading]) -> dict[str, str]:
    """Give the ids of headings by what other programs call them; of two, the first has the name."""
    kept = tuple(headings)
    return dict((*reversed(_named(kept, _of_python_markdown, "_")), *reversed(_named(kept, _of_github, "-"))))


def _named(headings: Iterable[Heading], name_of: Callable[[str], str], joint: str) -> list[tuple[str, str]]:
    used: Counter[str] = Counter()
    named = []
    for heading in headings:
        name = name_of(heading.title)
        named.append((f"{name}{joint}{used[name]}" if used[name] else name, heading.id))
        used[name] += 1
    return named


def _of_github(title: str) -> str:
    return _LEFT_OUT.sub("", title.lower()).replace(" ", "-")


def _of_python_markdown(title: str) -> str:
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return _GAPS.sub("-", _LEFT_OUT.sub("", bare).strip().lower())
