"""The store: what reading each source gave, for as long as the source and all it was read with are the same.

Layer: engine.  In ``.cogen/store/`` lie an index and segments (``segments.py``).  The index names every source with
its stamp, its digest and the places of its document and body; it is written last, by rename, with a checksum before
the rest.  Segments that no index names are removed.  Nothing here is needed: a record that is not whole is as good
as none, and the folder may be deleted, damaged or copied from elsewhere at any time.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from cogen.engine.segments import Place, SegmentWriter, read_record
from cogen.engine.whole_files import read_whole, remove, write_whole
from cogen.model.diagnostics import MachineError
from cogen.model.documents import Asset
from cogen.model.hashing import encode
from cogen.read.files import Stamp

_INDEX: Final = "index"
_SUFFIX: Final = ".segment"
_MOST_SEGMENTS: Final = 16
_SMALL_BYTES: Final = 1 << 20
_OPEN_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Known(msgspec.Struct, frozen=True, array_like=True):
    """One source, read."""

    path: str
    """Relative to the site's folder."""
    stamp: Stamp
    """As it was when the source was read."""
    is_settled: bool
    """True where the same stamp means the same bytes; False where it could have been written in the same tick."""
    digest: str
    """Of its bytes."""
    asset: Asset | None = None
    """What is known of a file that is published as it is."""
    record: Place | None = None
    """Document and findings of a text."""
    body: Place | None = None
    """The parts of its body."""


class _Index(msgspec.Struct, frozen=True, array_like=True):
    surroundings: str
    known: tuple[Known, ...]


_DECODER = msgspec.msgpack.Decoder(_Index)


class Store:
    """What is known of the sources, in a folder or, without one, only until the build ends."""

    def __init__(self, folder: Path | None) -> None:
        """Open the segments that are there; MachineError where the folder cannot be had."""
        self._folder = folder
        self._descriptors: dict[int, int] = {}
        self._index = _Index("", ())
        if folder is not None:
            self._index = _load_index(folder)
            for number in _segments_of(self._index.known):
                self._open(number)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the segments; those in no folder are gone with that.

        What a disk refuses only now is lost, as any record may be: its checksum says so, and it is made again.
        """
        for descriptor in self._descriptors.values():
            with suppress(OSError):
                os.close(descriptor)
        self._descriptors.clear()

    def known(self, surroundings: str) -> Mapping[str, Known]:
        """Give what is known of each source, by path; ``surroundings`` is the digest of all it was read with."""
        if self._index.surroundings != surroundings:
            return {}
        return {known.path: known for known in self._index.known}

    def new_segments(self, count: int) -> list[SegmentWriter]:
        """Make empty segments, before the workers are forked who write to them."""
        first = max(self._descriptors, default=0) + 1
        return [self._new_segment(number) for number in range(first, first + count)]

    def read(self, place: Place) -> bytes | None:
        """Read a record; None where it is lost."""
        return read_record(self._descriptors, place)

    def save(self, surroundings: str, known: Sequence[Known]) -> None:
        """Remember just these sources until the next build, and drop what was remembered of others."""
        if self._folder is None:
            return
        kept = self._compacted(known)
        index = _Index(surroundings, tuple(kept))
        if index != self._index:
            write_whole(self._folder / _INDEX, encode(index))
        self._remove_unnamed({f"{number}{_SUFFIX}" for number in _segments_of(kept)})

    def _new_segment(self, number: int) -> SegmentWriter:
        if self._folder is None:
            import tempfile  # noqa: PLC0415 only a build that keeps nothing needs it

            path = Path(tempfile.gettempdir())
            try:
                with tempfile.TemporaryFile() as file:
                    descriptor = os.dup(file.fileno())
            except OSError as error:
                raise MachineError(f"cannot write {path}: {error.strerror}") from error
        else:
            path = self._folder / f"{number}{_SUFFIX}"
            try:
                remove(path)
                descriptor = os.open(path, _OPEN_NEW, 0o644)
            except OSError as error:
                raise MachineError(f"cannot write {path}: {error.strerror}") from error
        self._descriptors[number] = descriptor
        return SegmentWriter(number, descriptor, path)

    def _open(self, number: int) -> None:
        path = f"{self._folder}/{number}{_SUFFIX}"
        try:
            self._descriptors[number] = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except OSError:
            return  # its records are lost, and will be made again

    def _compacted(self, known: Sequence[Known]) -> Sequence[Known]:
        """Move records out of small and half dead segments into a new one, once there are many of those."""
        live: Counter[int] = Counter()
        for place in _places(known):
            live[place.segment] += place.length
        sizes: dict[int, int] = {}
        for number in live.keys() & self._descriptors:
            with suppress(OSError):  # one of unknown size stays as it is
                sizes[number] = os.fstat(self._descriptors[number]).st_size
        wasteful = {n for n, size in sizes.items() if live[n] < max(_SMALL_BYTES, size / 2)}
        dead = sum(size - live[number] for number, size in sizes.items())
        if len(wasteful) <= _MOST_SEGMENTS and dead <= sum(live.values()) + _SMALL_BYTES:
            return known
        [writer] = self.new_segments(1)
        moved = [self._moved(each, wasteful, writer) for each in known]
        writer.flush()
        return moved

    def _moved(self, known: Known, wasteful: set[int], writer: SegmentWriter) -> Known:
        return msgspec.structs.replace(
            known,
            record=self._moved_place(known.record, wasteful, writer),
            body=self._moved_place(known.body, wasteful, writer),
        )

    def _moved_place(self, place: Place | None, wasteful: set[int], writer: SegmentWriter) -> Place | None:
        if place is None or place.segment not in wasteful:
            return place
        data = self.read(place)
        return place if data is None else writer.append(data)

    def _remove_unnamed(self, named: set[str]) -> None:
        if self._folder is None or not self._folder.is_dir():
            return
        with os.scandir(self._folder) as entries:
            unnamed = [entry.path for entry in entries if entry.name not in named | {_INDEX}]
        for path in unnamed:
            try:
                remove(Path(path))
            except OSError as error:
                raise MachineError(f"cannot delete {path}: {error.strerror}") from error


def open_store(folder: Path) -> Store:
    """Open or make a store; MachineError where the folder cannot be had."""
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            folder.unlink()
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"cannot write {folder}: {error.strerror}") from error
    return Store(folder)


def _load_index(folder: Path) -> _Index:
    record = read_whole(folder / _INDEX)
    try:
        return _DECODER.decode(record) if record else _Index("", ())
    except msgspec.DecodeError:
        return _Index("", ())


def _places(known: Iterable[Known]) -> Iterable[Place]:
    for each in known:
        if each.record is not None:
            yield each.record
        if each.body is not None:
            yield each.body


def _segments_of(known: Iterable[Known]) -> set[int]:
    return {place.segment for place in _places(known)}
