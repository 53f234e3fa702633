"""Small files of ours, whole or not there: a checksum before the rest, put in place by rename. Layer: engine."""

import shutil
from pathlib import Path
from typing import Final

from cogen.model.diagnostics import MachineError
from cogen.model.hashing import hash_bytes
from cogen.read.files import read_bytes

_CHECKSUM_LENGTH: Final = 32


def read_whole(path: Path) -> bytes:
    """Give what ``write_whole`` wrote; nothing where there is no file, or none that is whole."""
    try:
        data = read_bytes(path)
    except MachineError:
        return b""  # a folder, a file that may not be read: all as good as none
    checksum, record = data[:_CHECKSUM_LENGTH], data[_CHECKSUM_LENGTH:]
    return record if hash_bytes(record).encode() == checksum else b""


def write_whole(path: Path, record: bytes) -> None:
    """Write beside and rename into place; MachineError where the disk does not let us, and then no half stays."""
    beside = path.with_name(path.name + ".new")
    try:
        try:
            if path.is_dir():
                remove(path)
            remove(beside)
            beside.write_bytes(hash_bytes(record).encode() + record)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(f"cannot write {path}: {error.strerror}") from error


def remove(path: Path) -> None:
    """Remove whatever stands there; OSError where the disk does not let us."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
