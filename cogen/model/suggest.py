"""The nearest known name, for hints. Layer: model."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_LIKENESS: Final = 0.65
_LONGEST: Final = 200
"""Characters of a name that are compared: the time grows with their square."""


def nearest(name: str, known: Iterable[str], likeness: float = _LIKENESS) -> str:
    """Give the known name that looks most like ``name`` in small letters, or nothing.

    ``likeness`` is the least that counts, from 0 to 1 for equal (``difflib``'s ratio).
    """
    names = tuple(known)
    return _nearest(name[:_LONGEST].lower(), names, likeness) if names else ""


@lru_cache(maxsize=64)
def _nearest(name: str, known: tuple[str, ...], likeness: float) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 a build that finds nothing amiss needs none of it

    found = get_close_matches(name, known, n=1, cutoff=likeness)
    return found[0] if found else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Give the hint ``did you mean "title"?``, or nothing."""
    near = nearest(name, known)
    return f'did you mean "{near}"?' if near else ""
