"""The nearest known name, for hints. Layer: model."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

_LIKENESS: Final = 0.65
_LONGEST: Final = 200
"""Characters of a name that are compared: the time grows with their square."""
_NEIGHBOURS: Final = 40
"""Of many names, so many before and behind are compared, by how they begin and by how they end."""
_SHORT: Final = 30
"""Characters of names of which so many are compared; of longer ones, fewer, by the square of their length."""


def nearest(name: str, known: Iterable[str], likeness: float = _LIKENESS) -> str:
    """Give the known name that looks most like ``name`` in small letters, or nothing.

    ``likeness`` is the least that counts, from 0 to 1 for equal (``difflib``'s ratio).  Where many names are known,
    only those are compared that begin or end most like it.
    """
    names = tuple(known)
    return _nearest(name[:_LONGEST].lower(), names, likeness) if names else ""


@lru_cache(maxsize=64)
def _nearest(name: str, known: tuple[str, ...], likeness: float) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 a build that finds nothing amiss needs none of it

    reach = max(2, _NEIGHBOURS * _SHORT**2 // max(_SHORT, len(name)) ** 2)
    alike = known if len(known) <= 4 * reach else tuple(dict.fromkeys(_neighbours(name, known, reach)))
    found = get_close_matches(name, alike, n=1, cutoff=likeness)
    return found[0] if found else ""


def _neighbours(name: str, known: tuple[str, ...], reach: int) -> Iterator[str]:
    """Give the names that stand beside a name in a dictionary, and in one of the names read backwards."""
    forwards, backwards = _orders(known)
    at = bisect_left(forwards, name)
    yield from forwards[max(0, at - reach) : at + reach]
    at = bisect_left(backwards, name[::-1])
    yield from (each[::-1] for each in backwards[max(0, at - reach) : at + reach])


@lru_cache(maxsize=8)
def _orders(known: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return sorted(known), sorted(each[::-1] for each in known)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Give the hint ``did you mean "title"?``, or nothing."""
    near = nearest(name, known)
    return f'did you mean "{near}"?' if near else ""
