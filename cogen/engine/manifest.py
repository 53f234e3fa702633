"""What the last build left in an output folder: path, key and bytes of each file. Layer: engine.

One file for each output folder, in ``.cogen/``; written last, by rename; a checksum stands before the rest.
Without it nothing is lost: every planned file is then compared by its bytes.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from cogen.model.diagnostics import MachineError
from cogen.model.hashing import encode, hash_bytes
from cogen.read.files import read_optional


class Entry(msgspec.Struct, frozen=True):
    """One published file."""

    key: str
    """Digest of engine, maker and view; the same key means the same bytes."""
    digest: str
    """Of its bytes."""
    size_bytes: int
    mtime_ns: int


Manifest = Mapping[str, Entry]
_DECODER = msgspec.msgpack.Decoder(dict[str, Entry])
_CHECKSUM_LENGTH = 32


def manifest_path(store_path: Path, output_path: Path) -> Path:
    """Give the manifest's file for an output folder."""
    return store_path / f"manifest-{hash_bytes(str(output_path.resolve()).encode())}"


def load_manifest(path: Path) -> Manifest:
    """Load a manifest; empty where there is none, or none that is whole."""
    data = read_optional(path) or b""
    checksum, record = data[:_CHECKSUM_LENGTH], data[_CHECKSUM_LENGTH:]
    if not data or hash_bytes(record).encode() != checksum:
        return {}
    try:
        return _DECODER.decode(record)
    except msgspec.DecodeError:
        return {}


def dump_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest beside and rename it into place; where the disk is full, no half stays."""
    record = encode(manifest)
    beside = path.with_suffix(".new")
    try:
        try:
            beside.write_bytes(hash_bytes(record).encode() + record)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(f"cannot write {path}: {error.strerror}") from error
