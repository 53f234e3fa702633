"""Sources into documents and assets, each parsed once for as long as nothing it depends on changes. Layer: engine."""

from collections.abc import Callable, Sequence

import msgspec

from cogen.engine.store import Remembered, Store, body_digest
from cogen.engine.workers import run_workers, usable_jobs
from cogen.model.body import BodyParts
from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Diagnostic
from cogen.model.documents import Asset, Document
from cogen.model.hashing import encode, hash_bytes, hash_value
from cogen.read.files import SourceFile, Sources, read_bytes
from cogen.read.parse import parse
from cogen.read.pictures import picture_size
from cogen.read.places import foreign_post, kind_of

_LEAST_FILES_A_WORKER = 100


class Reading(msgspec.Struct, frozen=True):
    """What the author's files say."""

    documents: tuple[Document, ...]
    assets: tuple[Asset, ...]
    unreadable: tuple[str, ...]
    """Sources that gave no document; their findings say why."""
    findings: tuple[Diagnostic, ...]


class _Text(msgspec.Struct, frozen=True):
    """A source that is parsed, read."""

    path: str
    data: bytes
    key: str
    """Digest of everything that parsing it depends on."""


class _Fresh(msgspec.Struct, frozen=True, array_like=True):
    """What a worker sends back of one parsed source."""

    record: bytes
    digest: str
    body: bytes


_RECORD = msgspec.msgpack.Decoder(Remembered)
_FRESH = msgspec.msgpack.Decoder(tuple[_Fresh, ...])


def read_sources(
    sources: Sources,
    options: ReadingOptions,
    engine: str,
    store: Store,
    jobs: int,
    progress: Callable[[str, int, int], None],
) -> Reading:
    """Read every source, and parse those that are not remembered."""
    texts, assets = _read(sources.files, options, hash_value(engine, options))
    found = {text.path: store.get(text.key) for text in texts}
    unknown = [text for text in texts if found[text.path] is None]
    for text, fresh in zip(unknown, _parse_all(unknown, options, jobs, progress), strict=True):
        store.put(text.key, fresh.record, fresh.digest, fresh.body)
        found[text.path] = _RECORD.decode(fresh.record)
    known = [(path, remembered) for path, remembered in found.items() if remembered is not None]
    return Reading(
        documents=tuple(r.document for _, r in known if r.document is not None),
        assets=tuple(assets),
        unreadable=tuple(path for path, r in known if r.document is None),
        findings=(
            *sources.findings,
            *_foreign_posts(assets, options),
            *(diagnostic for _, r in known for diagnostic in r.findings),
        ),
    )


class Bodies:
    """Gives the parts of long texts: from the store, or parsed once more where it has lost them."""

    def __init__(self, store: Store, sources: Sources, reading: Reading, options: ReadingOptions) -> None:
        """Know which source each text is in."""
        self._store = store
        self._disk_paths = {file.path: file.disk_path for file in sources.files}
        self._paths = {body_digest(document): document.path for document in reading.documents}
        self._options = options

    def body(self, digest: str) -> BodyParts:
        """Give the parts of a text."""
        parts = self._store.body(digest)
        if parts is None:
            path = self._paths[digest]
            parts = parse(path, read_bytes(self._disk_paths[path]), self._options).parts
        return parts


def _read(
    files: Sequence[SourceFile], options: ReadingOptions, surroundings: str
) -> tuple[list[_Text], list[Asset]]:
    texts: list[_Text] = []
    assets: list[Asset] = []
    for file in files:
        kind = kind_of(file.path, options.sections)
        if kind == "ignored":
            continue
        data = read_bytes(file.disk_path)
        if kind == "asset":
            assets.append(_asset(file, data))
        else:
            texts.append(_Text(file.path, data, hash_value(surroundings, file.path, hash_bytes(data))))
    return texts, assets


def _parse_all(
    texts: Sequence[_Text], options: ReadingOptions, jobs: int, progress: Callable[[str, int, int], None]
) -> list[_Fresh]:
    used = usable_jobs(jobs, len(texts), _LEAST_FILES_A_WORKER)
    done = 0

    def report(count: int) -> None:
        nonlocal done
        done += count
        progress("read", done, len(texts))

    def work(number: int, add: Callable[[int], None]) -> bytes:
        return encode([_parse(text, options, add) for text in texts[number::used]])

    shares = [_FRESH.decode(result) for result in run_workers(used, work, report)]
    return [shares[index % used][index // used] for index in range(len(texts))]


def _parse(text: _Text, options: ReadingOptions, add: Callable[[int], None]) -> _Fresh:
    parsed = parse(text.path, text.data, options)
    add(1)
    digest = body_digest(parsed.document)
    body = encode(parsed.parts) if digest else b""
    return _Fresh(encode(Remembered(parsed.document, parsed.findings)), digest, body)


def _foreign_posts(assets: Sequence[Asset], options: ReadingOptions) -> list[Diagnostic]:
    found = (foreign_post(asset.path, options.sections) for asset in assets)
    return [each for each in found if each is not None]


def _asset(file: SourceFile, data: bytes) -> Asset:
    size = picture_size(data, file.path)
    width, height = size or (0, 0)
    return Asset(file.path, hash_bytes(data), width, height, is_broken_picture=size == (0, 0))
