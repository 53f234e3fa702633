"""The parts of a page by the names that other programs give to its headings. Layer: assemble.

A text that was written for another program has links to its own headings, such as ``#q--a`` where cogen has
``#q-a``.  GitHub, Hugo and kramdown's GFM leave out what is no letter, mark, number, ``_``, ``-`` or space, write
``-`` for each space, and count headings of one name by ``-1``, ``-2`` …  Python-Markdown keeps ASCII alone, writes one
``-`` for several, and counts by ``_1``, ``_2`` …, of which none may be taken.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from cogen.model.body import BodyInfo, Heading

_LEFT_OUT = re.compile(r"[^\w\- ]")
_GAPS = re.compile(r"[-\s]+")
_COUNTED = re.compile(r"(.*)_([0-9]+)")
_KEPT = frozenset({"Mn", "Mc", "Me", "Nd", "Pc"})
"""Categories of Unicode that names keep beside letters: marks, digits and what is like ``_``."""
_DASHES = str.maketrans({"\u2013": "--", "\u2014": "---"})
"""What typography made of hyphens, before other programs would have seen them."""


def parts_elsewhere(body: BodyInfo) -> dict[str, str]:
    """Give the ids of headings by what other programs call them; the first one to claim a name has it."""
    given = frozenset(body.given_ids)
    named = tuple(heading for heading in body.headings if heading.id not in given)
    found: dict[str, str] = {}
    for names in (
        _by_github(named, lambda title: title),
        _by_github(named, lambda title: title.translate(_DASHES)),
        _by_python_markdown(named, given),
    ):
        for name, heading in zip(names, named, strict=True):
            found.setdefault(name, heading.id)
    return found


def _by_github(headings: tuple[Heading, ...], as_written: Callable[[str], str]) -> Iterator[str]:
    used: Counter[str] = Counter()
    for heading in headings:
        title = as_written(heading.title).lower()
        bare = _LEFT_OUT.sub("", title) if title.isascii() else "".join(filter(_is_kept, title))
        name = bare.replace(" ", "-")
        yield f"{name}-{used[name]}" if used[name] else name
        used[name] += 1


def _is_kept(char: str) -> bool:
    category = unicodedata.category(char)
    return char in "- " or category[0] == "L" or category in _KEPT


def _by_python_markdown(headings: tuple[Heading, ...], given: frozenset[str]) -> Iterator[str]:
    used = set(given)
    jumps: dict[tuple[str, int], int] = {}
    for heading in headings:
        bare = unicodedata.normalize("NFKD", heading.title).encode("ascii", "ignore").decode()
        name = _GAPS.sub("-", _LEFT_OUT.sub("", bare).strip().lower())
        if name in used or not name:
            counted = _COUNTED.fullmatch(name)
            stem, number = (counted[1], int(counted[2][:9]) + 1) if counted else (name, 1)
            name = f"{stem}_{_first_free(stem, number, used, jumps)}"
        used.add(name)
        yield name


def _first_free(stem: str, number: int, used: set[str], jumps: dict[tuple[str, int], int]) -> int:
    """Give the first number from one on that is not taken; ``jumps`` spares the same way a second time."""
    passed = []
    while f"{stem}_{number}" in used:
        passed.append(number)
        number = jumps.get((stem, number), number + 1)
    jumps.update(dict.fromkeys(((stem, each) for each in passed), number))
    return number
