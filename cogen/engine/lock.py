"""Two builds of one site are kept apart. Layer: engine."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cogen.model.diagnostics import MachineError

if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextmanager
def locked(store_path: Path) -> Iterator[None]:
    """Hold the site's lock; waits while another build holds it, and lets go when the process ends."""
    try:
        store_path.mkdir(parents=True, exist_ok=True)
        ignore = store_path / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        descriptor = os.open(store_path / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise MachineError(f"cannot write {store_path}: {error.strerror}") from error
    try:
        _acquire(descriptor)
        yield
    finally:
        os.close(descriptor)
