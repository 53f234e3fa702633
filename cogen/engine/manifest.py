"""What the last build left in an output folder: path, key and bytes of each file. Layer: engine.

One file for each output folder, in ``.cogen/``; written last, by rename; a checksum stands before the rest.
Without it nothing is lost: every planned file is then compared by its bytes.  So only the newest are kept.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from cogen.engine.whole_files import read_whole, remove, write_whole
from cogen.model.diagnostics import MachineError
from cogen.model.hashing import encode, hash_bytes
from cogen.read.files import Stamp
from cogen.render.checked import Checked

MOST_OUTPUTS: Final = 16
"""Output folders that one store knows."""
_MANIFEST: Final = "manifest-"
_LAST: Final = "last-"


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One published file."""

    key: str
    """Digest of engine, maker and view; the same key means the same bytes."""
    digest: str
    """Of its bytes."""
    seen: Stamp
    """What the file system said of it when it was written."""
    parts: bytes
    """Marks of what the key was made of (``explaining.py``), to say later which of them is another."""


class Manifest(msgspec.Struct, frozen=True):
    """What one build left in an output folder."""

    engine: str = ""
    """Digest of the program that built it."""
    templates: Mapping[str, Mapping[str, str]] = {}
    """Maker → what its template reaches → its digest."""
    checked: Checked = Checked()
    """What its templates were found to be."""
    entries: Mapping[str, Entry] = {}
    """By path."""


_DECODER = msgspec.msgpack.Decoder(Manifest)


def manifest_path(store_path: Path, output_path: Path) -> Path:
    """Give the manifest's file for an output folder."""
    return store_path / f"{_MANIFEST}{hash_bytes(str(output_path.resolve()).encode())}"


def last_path(manifest: Path) -> Path:
    """Give the file with the last build's report (``shortcut.py``), by the file of its manifest."""
    return manifest.with_name(manifest.name.replace(_MANIFEST, _LAST))


def load_manifest(path: Path) -> Manifest:
    """Load a manifest; empty where there is none, or none that is whole."""
    record = read_whole(path)
    try:
        return _DECODER.decode(record) if record else Manifest()
    except msgspec.DecodeError:
        return Manifest()


def dump_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest; MachineError where the disk does not let us, and then the old one stays.

    A new output folder makes the store forget those that it has not seen for the longest time.
    """
    if not path.exists():
        _forget(path.parent, MOST_OUTPUTS - 1)
    write_whole(path, encode(manifest))


def _forget(store_path: Path, kept: int) -> None:
    by_age = sorted(store_path.glob(f"{_MANIFEST}*"), key=lambda path: path.lstat().st_mtime_ns, reverse=True)
    for manifest in by_age[kept:]:
        for path in (last_path(manifest), manifest):
            try:
                remove(path)
            except OSError as error:
                raise MachineError(f"cannot delete {path}: {error.strerror}") from error
