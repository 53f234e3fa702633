"""Sources into documents and assets, each parsed once for as long as nothing it depends on changes. Layer: engine."""

from collections.abc import Callable

import msgspec

from cogen.engine.store import Remembered, Store, body_digest
from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Diagnostic
from cogen.model.documents import Asset, Document
from cogen.model.hashing import hash_bytes, hash_value
from cogen.read.files import SourceFile, Sources, read_bytes
from cogen.read.parse import parse
from cogen.read.pictures import picture_size
from cogen.read.places import kind_of


class Reading(msgspec.Struct, frozen=True):
    """What the author's files say."""

    documents: tuple[Document, ...]
    assets: tuple[Asset, ...]
    unreadable: tuple[str, ...]
    """Sources that gave no document; their findings say why."""
    findings: tuple[Diagnostic, ...]


def read_sources(
    sources: Sources,
    options: ReadingOptions,
    engine: str,
    store: Store,
    progress: Callable[[str, int, int], None],
) -> Reading:
    """Read and parse every source."""
    documents: list[Document] = []
    assets: list[Asset] = []
    unreadable: list[str] = []
    findings = list(sources.findings)
    surroundings = hash_value(engine, options)
    for number, file in enumerate(sources.files):
        progress("read", number + 1, len(sources.files))
        kind = kind_of(file.path, options.sections)
        if kind == "ignored":
            continue
        data = read_bytes(file.disk_path)
        if kind == "asset":
            assets.append(_asset(file, data))
            continue
        remembered = _parse(file, data, options, surroundings, store)
        findings += remembered.findings
        if remembered.document is None:
            unreadable.append(file.path)
        else:
            documents.append(remembered.document)
    return Reading(tuple(documents), tuple(assets), tuple(unreadable), tuple(findings))


def _parse(
    file: SourceFile, data: bytes, options: ReadingOptions, surroundings: str, store: Store
) -> Remembered:
    key = hash_value(surroundings, file.path, hash_bytes(data))
    remembered = store.get(key)
    if remembered is None:
        parsed = parse(file.path, data, options)
        remembered = Remembered(parsed.document, parsed.findings)
        store.put(key, remembered, body_digest(parsed.document), parsed.parts)
    return remembered


def _asset(file: SourceFile, data: bytes) -> Asset:
    size = picture_size(data, file.path)
    width, height = size or (0, 0)
    return Asset(file.path, hash_bytes(data), width, height, is_broken_picture=size == (0, 0))
