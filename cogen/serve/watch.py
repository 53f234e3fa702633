"""Whether the author has changed anything: plain polling, which works on every file system. Layer: serve."""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from heapq import nlargest
from itertools import cycle, repeat, takewhile
from pathlib import Path
from threading import Event

from cogen.read.files import Stamp, stamp_of
from cogen.read.places import is_ignored_name

Fingerprint = Mapping[str, Stamp]
"""Path of each file → what the file system says of it."""

SETTLE_S = 0.02
_OPEN_FILES = 16
_GLANCES = 9


def fingerprint(folders: tuple[Path, ...], ignored: frozenset[Path] = frozenset()) -> Fingerprint:
    """Note every file in the folders (or one that is named itself) that a build would look at.

    Left out are the names that a build passes over, and the folders in ``ignored`` (the output).  What cannot be
    read, or goes while we look, counts as not there.  Links to folders are followed, but not in circles.
    """
    seen: dict[str, Stamp] = {}
    left_out = {str(path) for path in ignored}
    for folder in folders:
        waiting = [str(folder)] if str(folder) not in left_out else []
        while waiting:
            waiting += _look_into(waiting.pop(), folder, seen, left_out)
    return seen


def wait_for_change(
    folders: tuple[Path, ...],
    previous: Fingerprint,
    interval_s: float,
    stop: Event,
    ignored: frozenset[Path] = frozenset(),
    patience_s: float | None = None,
) -> Fingerprint | None:
    """Wait until the files differ from ``previous`` and two looks agree, so that no half save is built.

    All files are looked at once in the interval; those changed last, which the author is likely to have
    open, ten times as often.  None once ``stop`` is set; ``previous`` itself once nothing has changed for
    ``patience_s``.
    """
    newest = nlargest(_OPEN_FILES, previous, key=lambda path: previous[path].mtime_ns)
    look = partial(fingerprint, folders, ignored)
    glance = partial(_glance, previous, newest, look)
    until_s = None if patience_s is None else time.monotonic() + patience_s
    for see in cycle((*repeat(glance, _GLANCES), look)):
        if stop.wait(interval_s / (_GLANCES + 1)):
            return None
        if until_s is not None and time.monotonic() > until_s:
            return previous
        now = see()
        while now is not previous and now != previous:
            if stop.wait(SETTLE_S):
                return None
            before, now = now, see()
            if before == now:
                return now
    return None


def changed_paths(before: Fingerprint, after: Fingerprint) -> frozenset[str]:
    """Give the files that came, went or are no longer the same."""
    return frozenset(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _glance(previous: Fingerprint, paths: list[str], look: Callable[[], Fingerprint]) -> Fingerprint:
    """Look at a few files and take the others as they were; where one has gone it may have moved: look at all."""
    now: dict[str, Stamp] = {}
    for path in paths:
        _note(Path(path), path, now)
    if all(now.get(path) == previous[path] for path in paths):
        return previous
    return {**previous, **now} if len(now) == len(paths) else look()


def _look_into(path: str, top: Path, seen: dict[str, Stamp], left_out: set[str]) -> list[str]:
    """Note the files of one folder, which lies below ``top``, and give the folders in it."""
    folders: list[str] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if is_ignored_name(entry.name) or entry.path in left_out:
                    continue
                if not _is_folder(entry):
                    _note(entry, entry.path, seen)
                elif not entry.is_symlink() or not _is_circle(entry.path, top):
                    folders.append(entry.path)
    except NotADirectoryError:
        _note(Path(path), path, seen)
    except OSError:
        pass
    return folders


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Say whether this is a folder, or a link to one: a link that leads nowhere, or round, is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_circle(link: str, top: Path) -> bool:
    """Say whether a link leads to one of the folders it lies in."""
    real = os.path.realpath(link)
    parents = takewhile(lambda parent: parent != top.parent, Path(link).parents)
    return any(os.path.realpath(parent) == real for parent in parents)


def _note(entry: os.DirEntry[str] | Path, path: str, seen: dict[str, Stamp]) -> None:
    """Note a file; of a link that leads to none, the link, for a build has something to say about it."""
    for look in (os.stat, os.lstat):
        with suppress(OSError):
            seen[path] = stamp_of(look(entry))
            return
