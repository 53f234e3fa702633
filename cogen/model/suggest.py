"""The nearest known name, for hints. Layer: model."""

import difflib
from collections.abc import Iterable
from functools import lru_cache


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known name that looks most like ``name``, or nothing."""
    return _nearest(name.lower(), tuple(known))


@lru_cache(maxsize=64)
def _nearest(name: str, known: tuple[str, ...]) -> str:
    found = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Give the hint ``did you mean "title"?``, or nothing."""
    near = nearest(name, known)
    return f'did you mean "{near}"?' if near else ""
