"""Two builds of one site are kept apart, and two sites that publish into one folder. Layer: engine.

The site's lock is always taken first, so that no two builds wait for each other.  Who has to wait is told for
whom: the lock file of a site holds the number of the process that holds it.  A lock ends with its process, however
that ends.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cogen.engine.signals import signals_held
from cogen.model.diagnostics import MachineError
from cogen.read.files import is_folder

OnWait = Callable[[str], None]
"""Told what a build waits for, as soon as it has to."""


def tell_nobody(what: str) -> None:
    """Wait in silence."""


_IGNORE_ALL = b"*\n"
_NOTE_BYTES = 20
"""A process number and spaces: always as long, so that writing it leaves nothing of the one before."""

if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int, on_busy: Callable[[], None]) -> None:
        os.lseek(descriptor, _NOTE_BYTES, os.SEEK_SET)  # nobody could read the note in a locked range
        with suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            return
        on_busy()
        while True:
            os.lseek(descriptor, _NOTE_BYTES, os.SEEK_SET)
            with suppress(OSError):  # it gives up after ten seconds
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return

    def _hold(_output_path: Path, _on_wait: OnWait) -> int | None:
        return None
else:
    import fcntl

    def _acquire(descriptor: int, on_busy: Callable[[], None]) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_busy()
            fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _hold(output_path: Path, on_wait: OnWait) -> int | None:
        """Hold a folder, or one that is to be; None where there is no folder to hold."""

        def on_busy() -> None:
            on_wait(f"waiting for another build into {output_path} to end")

        while True:
            is_there = output_path.exists()
            if is_there and not is_folder(output_path):
                return None
            folder = output_path if is_there else staging_beside(output_path)
            descriptor = None
            try:
                if not is_there:
                    folder.mkdir(parents=True, exist_ok=True)
                with suppress(FileNotFoundError):
                    descriptor = _opened(folder)
                    with suppress(OSError):
                        _acquire(descriptor, on_busy)
                    if output_path.exists() == is_there and _is_at(descriptor, folder):
                        return descriptor
                    os.close(descriptor)  # while we waited another build renamed or removed it: look again
            except BaseException:
                with signals_held():
                    _abandon(output_path, descriptor)
                raise

    def _abandon(output_path: Path, descriptor: int | None) -> None:
        """Stop before a folder is held: one in which it would be staged goes, unless another build holds it."""
        if descriptor is not None:
            _let_go(descriptor)
        with suppress(OSError):
            descriptor = _opened(staging_beside(output_path))
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                staging_beside(output_path).rmdir()
            finally:
                _let_go(descriptor)

    def _opened(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)

    def _is_at(descriptor: int, folder: Path) -> bool:
        with suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(descriptor), folder.lstat())
        return False


@contextmanager
def locked(store_path: Path, on_wait: OnWait) -> Iterator[int]:
    """Hold the site's lock; waits while another build holds it, and lets go when the process ends.

    Gives the moment from which it is held, in nanoseconds by the clock of the file system.
    """
    if os.path.lexists(store_path) and not is_folder(store_path):
        raise MachineError(
            f"{store_path} is not a folder: remove it, for cogen keeps there what it remembers"
        )
    try:
        store_path.mkdir(parents=True, exist_ok=True)
        ignore = store_path / ".gitignore"
        if not ignore.exists() or ignore.read_bytes() != _IGNORE_ALL:  # killed as it was written, it is empty
            ignore.write_bytes(_IGNORE_ALL)
        lock = store_path / "lock"
        if is_folder(lock) and not lock.is_symlink():
            lock.rmdir()
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise MachineError(f"cannot write {error.filename or store_path}: {error.strerror}") from error
    try:
        try:
            _acquire(descriptor, lambda: on_wait(_waiting_for(descriptor)))
            with suppress(OSError):  # the lock holds without its note, too
                os.lseek(descriptor, 0, os.SEEK_SET)
                os.write(descriptor, str(os.getpid()).ljust(_NOTE_BYTES).encode())
            held_ns = os.fstat(descriptor).st_mtime_ns
        except OSError as error:
            raise MachineError(f"cannot lock {store_path / 'lock'}: {error.strerror}") from error
        yield held_ns
    finally:
        _let_go(descriptor)


def _let_go_of(output_path: Path, descriptor: int | None) -> None:
    """Let go of an output folder, and of its staging folder where nothing came of that."""
    try:
        with suppress(OSError):
            staging_beside(output_path).rmdir()  # one with something in it stays
    finally:
        if descriptor is not None:
            _let_go(descriptor)


def _let_go(descriptor: int) -> None:
    """Close what held a lock: it is free then, even where the disk answers with an error, and nothing was to write."""
    with suppress(OSError):
        os.close(descriptor)


def _waiting_for(descriptor: int) -> str:
    """Say who holds a site's lock, as far as its note can be read."""
    note = b""
    with suppress(OSError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        note = os.read(descriptor, _NOTE_BYTES).strip()
    holder = f" (process {note.decode()})" if note.isdigit() else ""
    return f"waiting for another build of this site{holder} to end"


def staging_beside(output_path: Path) -> Path:
    """Give the folder in which an output that does not exist yet is staged whole, to be renamed once."""
    return output_path.with_name(f".{output_path.name}.cogen-new")


@contextmanager
def locked_output(output_path: Path, on_wait: OnWait) -> Iterator[None]:
    """Hold an output folder; waits while a build of whatever site holds it.

    What is locked is the folder itself; one that does not exist yet is held by its staging folder, and keeps the
    lock when that is renamed to it.  So no file of ours lies about, neither published nor left behind.  Where
    folders cannot be locked (Windows, some network disks) nothing is held: there, sites must not share one.
    """
    parents = [parent for parent in output_path.parents if not parent.exists()]
    try:
        try:
            descriptor = _hold(output_path, on_wait)
        except OSError as error:
            raise MachineError(f"cannot write {error.filename or output_path}: {error.strerror}") from error
        try:
            yield
        finally:
            with signals_held():
                _let_go_of(output_path, descriptor)
    finally:
        with suppress(OSError):  # one with something in it stays
            for parent in parents:
                parent.rmdir()
