"""Two builds of one site are kept apart, and two sites that publish into one folder. Layer: engine.

The site's lock is always taken first, so that no two builds wait for each other.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cogen.model.diagnostics import MachineError

if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

    def _hold(_output_path: Path) -> int | None:
        return None
else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _hold(output_path: Path) -> int | None:
        """Hold a folder, or one that is to be; None where there is no folder to hold."""
        while True:
            is_there = output_path.exists()
            if is_there and not output_path.is_dir():
                return None
            folder = output_path if is_there else staging_beside(output_path)
            if not is_there:
                folder.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
                with suppress(OSError):
                    _acquire(descriptor)
                if output_path.exists() == is_there and _is_at(descriptor, folder):
                    return descriptor
                os.close(descriptor)  # while we waited another build renamed or removed it: look again

    def _is_at(descriptor: int, folder: Path) -> bool:
        with suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(descriptor), folder.lstat())
        return False


@contextmanager
def locked(store_path: Path) -> Iterator[int]:
    """Hold the site's lock; waits while another build holds it, and lets go when the process ends.

    Gives the moment from which it is held, in nanoseconds by the clock of the file system.
    """
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
        os.utime(store_path / "lock")
        yield os.fstat(descriptor).st_mtime_ns
    finally:
        os.close(descriptor)


def staging_beside(output_path: Path) -> Path:
    """Give the folder in which an output that does not exist yet is staged whole, to be renamed once."""
    return output_path.with_name(f".{output_path.name}.cogen-new")


@contextmanager
def locked_output(output_path: Path) -> Iterator[None]:
    """Hold an output folder; waits while a build of whatever site holds it.

    What is locked is the folder itself; one that does not exist yet is held by its staging folder, and keeps the
    lock when that is renamed to it.  So no file of ours lies about, neither published nor left behind.  Where
    folders cannot be locked (Windows, some network disks) nothing is held: there, sites must not share one.
    """
    try:
        descriptor = _hold(output_path)
    except OSError as error:
        raise MachineError(f"cannot write {error.filename or output_path}: {error.strerror}") from error
    try:
        yield
    finally:
        with suppress(OSError):
            staging_beside(output_path).rmdir()  # goes only where nothing came of it
        if descriptor is not None:
            os.close(descriptor)
