"""Sources into documents and assets, each read and parsed once for as long as nothing changes. Layer: engine.

A source whose stamp is the known one is not even read, unless it could have been written in the same tick of the
clock as the known one (git's "racy" rule); a source that was only touched is read, and not parsed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Final

import msgspec

from cogen.engine.request import Progress
from cogen.engine.segments import SegmentWriter
from cogen.engine.store import Known, Store
from cogen.engine.workers import Work, Workers, usable_jobs
from cogen.model.body import BodyParts
from cogen.model.config import ReadingOptions, has_foreign_extensions
from cogen.model.diagnostics import Diagnostic, MachineError
from cogen.model.documents import Asset, Document
from cogen.model.hashing import encode, hash_bytes, hash_value
from cogen.read.files import SourceFile, Sources, is_settled, read_bytes
from cogen.read.parse import parse
from cogen.read.pictures import look_at
from cogen.read.places import foreign_post, kind_of

_LEAST_FILES_A_WORKER: Final = 100


class Reading(msgspec.Struct, frozen=True):
    """What the author's files say."""

    documents: tuple[Document, ...]
    assets: tuple[Asset, ...]
    unreadable: tuple[str, ...]
    """Sources that gave no document; their findings say why."""
    findings: tuple[Diagnostic, ...]


class Remembered(msgspec.Struct, frozen=True):
    """What is kept of one parsed file; its body lies apart."""

    document: Document | None
    findings: tuple[Diagnostic, ...]


_RECORD = msgspec.msgpack.Decoder(Remembered)
_BODY = msgspec.msgpack.Decoder(BodyParts)
_KNOWN = msgspec.msgpack.Decoder(list[Known])


Finish = Callable[[Progress], Reading]
"""Tells how far the reading is, and gives what was read."""


class Reader:
    """Reads the sources of one build, and gives the bodies of their texts when a page needs them."""

    def __init__(self, sources: Sources, options: ReadingOptions, store: Store, started_ns: int) -> None:
        """``started_ns`` is when the sources were listed, by the clock of their file system; 0 where none tells."""
        self._sources = sources
        self._options = options
        self._store = store
        self._started_ns = started_ns
        self._known: dict[str, Known] = {}
        self._paths_by_body: dict[str, str] = {}
        self._learnt: dict[str, BodyParts] = {}

    @contextmanager
    def reading(self, engine: str, jobs: int) -> Iterator[Finish]:
        """Begin to read every source of which nothing, or something else, is known; ``Finish`` waits for the rest."""
        surroundings = hash_value(engine, self._options)
        before = {} if has_foreign_extensions(self._options) else self._store.known(surroundings)
        files = self._sources.files
        known = {file.path: last for file in files if (last := _still_known(file, before))}
        new = [file for file in files if file.path not in known]
        with self._readers(new, before, jobs) as readers:
            yield lambda progress: self._finished(
                surroundings, known | readers.result(progress), jobs, progress
            )

    def _finished(self, surroundings: str, known: dict[str, Known], jobs: int, progress: Progress) -> Reading:
        files = self._sources.files
        remembered = self._remembered(known)
        if lost := [file for file in files if known[file.path].record and file.path not in remembered]:
            with self._readers(lost, {}, jobs) as readers:
                known |= readers.result(progress)
            remembered |= self._remembered({file.path: known[file.path] for file in lost})
        self._known = known
        in_order = [known[file.path] for file in files]
        self._store.save(surroundings, in_order)
        return self._reading([(each, remembered.get(each.path)) for each in in_order])

    def body(self, digest: str) -> BodyParts:
        """Give the parts of a text: from the store, or parsed once more where it has lost them."""
        if digest in self._learnt:
            return self._learnt[digest]
        path = self._paths_by_body[digest]
        place = self._known[path].body
        data = self._store.read(place) if place else None
        if data is not None:
            try:
                return _BODY.decode(data)
            except msgspec.DecodeError:
                pass  # as good as lost
        data = read_bytes(self._disk_paths[path])
        if hash_bytes(data) != self._known[path].digest:
            raise changed_meanwhile(path)
        return parse(path, data, self._options).parts

    @cached_property
    def _disk_paths(self) -> Mapping[str, str]:
        return {file.path: file.disk_path for file in self._sources.files}

    def learn(self, digest: str, parts: BodyParts) -> None:
        """Take note of a text that is not in the store yet."""
        self._learnt[digest] = parts

    def _readers(self, files: Sequence[SourceFile], before: Mapping[str, Known], jobs: int) -> "_Readers":
        used = usable_jobs(jobs, len(files), _LEAST_FILES_A_WORKER)
        writers = self._store.new_segments(used) if files else []

        def work(number: int, add: Callable[[int], None]) -> bytes:
            known = []
            for file in files[number::used]:
                known.append(self._read_one(file, before.get(file.path), writers[number]))
                add(1)
            if files:
                writers[number].flush()
            return encode(known)

        return _Readers(used, work, len(files))

    def _read_one(self, file: SourceFile, last: Known | None, writer: SegmentWriter) -> Known:
        data = read_bytes(file.disk_path)
        digest = hash_bytes(data)
        settled = is_settled(file.stamp, self._started_ns)
        if last is not None and last.digest == digest:
            return msgspec.structs.replace(last, stamp=file.stamp, is_settled=settled)
        known = Known(file.path, file.stamp, settled, digest)
        if kind_of(file.path, self._options.sections) == "asset":
            return msgspec.structs.replace(known, asset=Asset(file.path, digest, look_at(data, file.path)))
        parsed = parse(file.path, data, self._options)
        record = writer.append(encode(Remembered(parsed.document, parsed.findings)))
        body = writer.append(encode(parsed.parts)) if _body_digest(parsed.document) else None
        return msgspec.structs.replace(known, record=record, body=body)

    def _remembered(self, known: Mapping[str, Known]) -> dict[str, Remembered]:
        """Load what is remembered of texts; what is not whole is left out."""
        found: dict[str, Remembered] = {}
        for path, each in known.items():
            data = self._store.read(each.record) if each.record else None
            if data is None:
                continue
            try:
                found[path] = _RECORD.decode(data)
            except msgspec.DecodeError:
                continue  # left out: it is read again
        return found

    def _reading(self, pairs: Sequence[tuple[Known, Remembered | None]]) -> Reading:
        texts = [(known.path, remembered) for known, remembered in pairs if remembered is not None]
        documents = tuple(each.document for _, each in texts if each.document is not None)
        self._paths_by_body = {
            digest: document.path for document in documents if (digest := _body_digest(document))
        }
        assets = tuple(known.asset for known, _ in pairs if known.asset is not None)
        return Reading(
            documents=documents,
            assets=assets,
            unreadable=tuple(path for path, each in texts if each.document is None),
            findings=(
                *self._sources.findings,
                *_foreign_posts(assets, self._options),
                *(diagnostic for _, each in texts for diagnostic in each.findings),
            ),
        )


class _Readers(Workers):
    """Workers that read some of the sources."""

    def __init__(self, jobs: int, work: Work, total: int) -> None:
        super().__init__(jobs, work)
        self._total = total

    def result(self, progress: Progress) -> dict[str, Known]:
        """Wait for all, and tell how far they are."""
        done = 0

        def report(count: int) -> None:
            nonlocal done
            done += count
            progress("read", done, self._total)

        return {each.path: each for result in self.results(report) for each in _KNOWN.decode(result)}


def changed_meanwhile(source: str) -> MachineError:
    """Say that a source is no longer what it was when the build looked at it."""
    return MachineError(f"{source} changed while the site was built: build again")


def _still_known(file: SourceFile, before: Mapping[str, Known]) -> Known | None:
    last = before.get(file.path)
    return last if last is not None and last.is_settled and last.stamp == file.stamp else None


def _body_digest(document: Document | None) -> str:
    """Give the digest of a document's long text, or nothing."""
    body = getattr(document, "body", None)
    return body.digest if body is not None else ""


def _foreign_posts(assets: Sequence[Asset], options: ReadingOptions) -> list[Diagnostic]:
    found = (foreign_post(asset.path, options.sections) for asset in assets)
    return [each for each in found if each is not None]
