"""A build that dies: at some file it moves or removes, or at some word of its progress.

Nothing here knows which file a build writes last, or what its own files are called: it dies at the n-th time it
renames or removes anything, whatever that is, so that over a walk it dies before, between and after all of
them, the manifest's move included.  A dead process does nothing any more, not even in its ``finally``: so from
then on nothing is renamed or removed, and what was staged stays where it is.  Only its files are closed, which
the system does for the dead, too, and which lets go of its locks.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_MORTAL = ("replace", "rename", "unlink", "remove", "rmdir")


class Death(BaseException):
    """The process is no more; not an ``Exception``, so that nobody handles it."""


@contextmanager
def dying_at(nth: int) -> Iterator[None]:
    """Die at the n-th rename or removal, counted from 0, and raise ``Death``; live where there are fewer."""
    left = nth

    def mortal(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if left == -1:
                raise Death
            return original(*arguments, **options) if left >= 0 else None

        return call

    kept = {name: getattr(os, name) for name in _MORTAL}
    try:
        for name, original in kept.items():
            setattr(os, name, mortal(original))
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
