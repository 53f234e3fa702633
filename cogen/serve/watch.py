"""Whether the author has changed anything: plain polling, which works on every file system. Layer: serve."""

import os
import time
from collections.abc import Callable, Mapping
from functools import partial
from heapq import nlargest
from itertools import cycle, repeat
from pathlib import Path
from threading import Event

Fingerprint = Mapping[str, tuple[int, int, int]]
"""Path of each file → its size in bytes, its mtime in nanoseconds, its inode."""

SETTLE_S = 0.02
_OPEN_FILES = 16
_GLANCES = 9
_OPEN_HIDDEN = ".well-known"
_IGNORED_NAMES = frozenset({"node_modules", "__pycache__", "Thumbs.db", "desktop.ini", "4913"})
_IGNORED_ENDINGS = (
    "~",
    ".swp",
    ".swo",
    ".swx",
    ".tmp",
    ".part",
    ".crdownload",
    "___jb_tmp___",
    "___jb_old___",
)


def fingerprint(folders: tuple[Path, ...], ignored: frozenset[Path] = frozenset()) -> Fingerprint:
    """Note size, time and inode of every file in the folders (or of a file that is named itself).

    Left out are hidden names, those of editors' temporary files, ``node_modules``, and the folders in
    ``ignored`` (the output).  What cannot be read, or goes while we look, counts as not there.  Links to
    folders are not followed.
    """
    seen: dict[str, tuple[int, int, int]] = {}
    left_out = {str(path) for path in ignored}
    waiting = [str(folder) for folder in folders if str(folder) not in left_out]
    while waiting:
        waiting += _look_into(waiting.pop(), seen, left_out)
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
    newest = nlargest(_OPEN_FILES, previous, key=lambda path: previous[path][1])
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
    now: dict[str, tuple[int, int, int]] = {}
    for path in paths:
        _note(Path(path), path, now)
    if all(now.get(path) == previous[path] for path in paths):
        return previous
    return {**previous, **now} if len(now) == len(paths) else look()


def _look_into(path: str, seen: dict[str, tuple[int, int, int]], left_out: set[str]) -> list[str]:
    """Note the files of one folder and give the folders in it."""
    folders: list[str] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if _is_ignored(entry.name) or entry.path in left_out:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    _note(entry, entry.path, seen)
    except NotADirectoryError:
        _note(Path(path), path, seen)
    except OSError:
        pass
    return folders


def _note(entry: os.DirEntry[str] | Path, path: str, seen: dict[str, tuple[int, int, int]]) -> None:
    try:
        status = entry.stat()
    except OSError:
        return
    seen[path] = (status.st_size, status.st_mtime_ns, status.st_ino)


def _is_ignored(name: str) -> bool:
    if name.startswith("."):
        return name != _OPEN_HIDDEN
    is_emacs = name.startswith("#") and name.endswith("#")
    return is_emacs or name in _IGNORED_NAMES or name.endswith(_IGNORED_ENDINGS)
