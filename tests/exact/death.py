"""A build that dies: at some file it moves or removes, or at some word of its progress.

Nothing here knows which file a build writes last, or what its own files are called: it dies at the n-th time it
renames or removes anything, whatever that is, so that over a walk it dies before, between and after all of
them, the manifest's move included.  A dead process does nothing any more, not even in its ``finally``: so from
then on every rename, removal and new folder fails, too, and what was staged stays where it is.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_MORTAL = ("replace", "rename", "unlink", "remove", "rmdir")
_ALSO_FAIL = ("mkdir",)


class Death(BaseException):
    """The process is no more; not an ``Exception``, so that nobody handles it."""


class _Life:
    """Counts what a build does to files, and ends."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.is_over = False

    def step(self) -> None:
        self.is_over = self.is_over or self.left == 0
        self.left -= 1

    def wrap(self, original: Callable[..., Any], *, counts: bool) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if counts:
                self.step()
            if self.is_over:
                raise Death
            return original(*arguments, **options)

        return call


@contextmanager
def dying_at(nth: int) -> Iterator[None]:
    """Die at the n-th rename or removal, counted from 0, and raise ``Death``; live where there are fewer."""
    life = _Life(nth)
    kept = {name: getattr(os, name) for name in (*_MORTAL, *_ALSO_FAIL)}
    try:
        for name, original in kept.items():
            setattr(os, name, life.wrap(original, counts=name in _MORTAL))
        yield
    finally:
        for name, original in kept.items():
            setattr(os, name, original)


def dying_progress(nth: int) -> Callable[[str, int, int], None]:
    """Give a listener to a build's progress that dies at the n-th word, as Ctrl-C may come at any time."""
    left = nth

    def progress(_stage: str, _done: int, _total: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Death

    return progress
