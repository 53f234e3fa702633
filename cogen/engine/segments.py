"""Records one after another in files; each is found by its place and verified by its checksum. Layer: engine.

A segment is written once, by one process, and never changed after.  So workers write without asking each other,
and a process that is killed leaves at most a segment that no index names.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from cogen.model.diagnostics import MachineError
from cogen.model.hashing import hash_bytes

_BUFFER_BYTES: Final = 1 << 18


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a record lies."""

    segment: int
    """The number of its segment."""
    offset: int
    """Bytes before it."""
    length: int
    """In bytes."""
    checksum: str
    """Hexadecimal digest of its bytes."""


class SegmentWriter:
    """Appends records to one segment."""

    def __init__(self, number: int, descriptor: int, path: Path) -> None:
        """Write to an open, empty file; ``path`` is what messages call it."""
        self.number = number
        self._descriptor = descriptor
        self._path = path
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._offset = 0

    def append(self, data: bytes) -> Place:
        """Write a record (soon) and say where it lies."""
        place = Place(self.number, self._offset, len(data), hash_bytes(data))
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        self._offset += len(data)
        if self._waiting_bytes > _BUFFER_BYTES:
            self.flush()
        return place

    def flush(self) -> None:
        """Write what waits; MachineError where the disk does not let us."""
        data = memoryview(b"".join(self._waiting))
        self._waiting.clear()
        self._waiting_bytes = 0
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except OSError as error:
            raise MachineError(f"cannot write {self._path}: {error.strerror}") from error


def read_record(descriptors: Mapping[int, int], place: Place) -> bytes | None:
    """Read a record from the open segments, by their numbers; None where it is not whole."""
    descriptor = descriptors.get(place.segment)
    if descriptor is None:
        return None
    try:
        data = os.pread(descriptor, place.length, place.offset)
    except OSError:
        return None  # as good as lost: it can be made again from its source
    return data if len(data) == place.length and hash_bytes(data) == place.checksum else None
