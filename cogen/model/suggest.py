"""The nearest known name, for hints. Layer: model."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_LIKENESS: Final = 0.65
_LONGEST: Final = 200
"""Characters of a name that are compared: the time grows with their square."""
_NEIGHBOURS: Final = 40
"""Of many names, so many before and behind are compared, by how they begin and by how they end."""
_MOST_NAMED: Final = 20
"""Names that one hint gives."""
_SHORT: Final = 30
"""Characters of names of which so many are compared; of longer ones, fewer, by the square of their length."""


def nearest(name: str, known: Iterable[str], likeness: float = _LIKENESS) -> str:
    """Give the known name that looks most like ``name``, or nothing; large and small letters are the same.

    ``likeness`` is the least that counts, from 0 to 1 for equal (``difflib``'s ratio).  Where many names are known,
    only those are compared that begin or end most like it.
    """
    names = tuple(known)
    return _nearest(name[:_LONGEST].lower(), names, likeness) if names else ""


@lru_cache(maxsize=64)
def _nearest(name: str, known: tuple[str, ...], likeness: float) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 a build that finds nothing amiss needs none of it

    orders = _orders(known)
    reach = max(2, _NEIGHBOURS * _SHORT**2 // max(_SHORT, len(name)) ** 2)
    few = len(orders.spelled) <= 4 * reach
    alike = tuple(orders.spelled if few else dict.fromkeys(_neighbours(name, orders, reach)))
    found = get_close_matches(name, alike, n=1, cutoff=likeness)
    return orders.spelled[found[0]] if found else ""


def _neighbours(name: str, orders: "_Orders", reach: int) -> Iterator[str]:
    """Give the names that stand beside a name in a dictionary, and in one of the names read backwards."""
    at = bisect_left(orders.forwards, name)
    yield from orders.forwards[max(0, at - reach) : at + reach]
    at = bisect_left(orders.backwards, name[::-1])
    yield from (each[::-1] for each in orders.backwards[max(0, at - reach) : at + reach])


class _Orders(NamedTuple):
    """Names in small letters, ready to be looked up in."""

    spelled: Mapping[str, str]
    """In small letters → as it is spelled first."""
    forwards: Sequence[str]
    backwards: Sequence[str]
    """Each name read backwards, in order."""


@lru_cache(maxsize=8)
def _orders(known: tuple[str, ...]) -> _Orders:
    spelled = {each.lower(): each for each in reversed(known)}
    return _Orders(spelled, sorted(spelled), sorted(each[::-1] for each in spelled))


def a_few(names: Iterable[str], joint: str = ", ") -> str:
    """Name the first of many in one line, and how many more there are; ``none`` where there are none."""
    known = tuple(names)
    more = f" and {len(known) - _MOST_NAMED:,} more" if len(known) > _MOST_NAMED else ""
    return (joint.join(known[:_MOST_NAMED]) + more) or "none"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Give the hint ``did you mean "title"?``, or nothing."""
    near = nearest(name, known)
    return f'did you mean "{near}"?' if near else ""
