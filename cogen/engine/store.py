"""The store: documents remembered by the digest of all that parsing them depends on, and bodies. Layer: engine.

One SQLite file in ``.cogen/``: it survives being killed at any point, opens in milliseconds, and leaves
bodies on disk until a page needs them.  Every record carries a checksum, verified before it is decoded.
Nothing here is needed: a record that is not whole is as good as none, a file that is no database is replaced,
one found to be damaged is deleted when the build ends, and the folder may be deleted at any time.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from cogen.model.body import BodyParts
from cogen.model.diagnostics import Diagnostic, MachineError
from cogen.model.documents import Document
from cogen.model.hashing import hash_bytes

_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, checksum TEXT, data BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bodies (digest TEXT PRIMARY KEY, checksum TEXT, data BLOB);
"""
_SLACK = 2
_T = TypeVar("_T")


class Remembered(msgspec.Struct, frozen=True):
    """What is kept of one parsed file; its body lies apart."""

    document: Document | None
    findings: tuple[Diagnostic, ...]


_RECORD = msgspec.msgpack.Decoder(Remembered)
_BODY = msgspec.msgpack.Decoder(BodyParts)


class Store(Protocol):
    """What a build remembers of parsing."""

    def get(self, key: str) -> Remembered | None:
        """Give what is remembered under a key."""

    def put(self, key: str, record: bytes, digest: str, body: bytes) -> None:
        """Remember a parsed file and its body, both encoded."""

    def body(self, digest: str) -> BodyParts | None:
        """Give the parts of a text, or None where they are lost."""

    def after_fork(self) -> None:
        """Be of use in a worker, too."""

    def commit(self) -> None:
        """Make what was put last; drop what has not been used for long."""


class MemoryStore:
    """Remembers nothing from one build to the next."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._bodies: dict[str, bytes] = {}

    def get(self, key: str) -> Remembered | None:  # noqa: ARG002
        """Give nothing: every file is parsed."""
        return None

    def put(self, key: str, record: bytes, digest: str, body: bytes) -> None:  # noqa: ARG002
        """Keep the body until the end of this build."""
        self._bodies[digest] = body

    def body(self, digest: str) -> BodyParts | None:
        """Give the parts of a text."""
        return _BODY.decode(self._bodies[digest])

    def after_fork(self) -> None:
        """Do nothing: memory is inherited."""

    def commit(self) -> None:
        """Do nothing."""


class DiskStore:
    """The store in ``.cogen/``."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use ``open_store``."""
        self._path = path
        self._connection = connection
        self._used: set[str] = set()
        self._used_bodies: set[str] = set()
        self._fresh: dict[str, bytes] = {}
        self._is_damaged = False

    def get(self, key: str) -> Remembered | None:
        """Give what is remembered under a key, or None where there is nothing whole."""
        self._used.add(key)
        data = self._fetch("SELECT checksum, data FROM records WHERE key = ?", key)
        if data is None:
            return None
        remembered = _decoded(_RECORD, data)
        digest = body_digest(remembered.document) if remembered else ""
        if remembered is None or (digest and not self._has_body(digest)):
            return None
        self._used_bodies.add(digest)
        return remembered

    def put(self, key: str, record: bytes, digest: str, body: bytes) -> None:
        """Remember a parsed file and its body, both encoded."""
        self._used.add(key)
        self._write("REPLACE INTO records VALUES (?, ?, ?)", key, record)
        if digest:
            self._used_bodies.add(digest)
            self._fresh[digest] = body
            self._write("REPLACE INTO bodies VALUES (?, ?, ?)", digest, body)

    def body(self, digest: str) -> BodyParts | None:
        """Give the parts of a text, or None where they are lost."""
        if digest in self._fresh:
            return _BODY.decode(self._fresh[digest])
        data = self._fetch("SELECT checksum, data FROM bodies WHERE digest = ?", digest)
        return _decoded(_BODY, data) if data is not None else None

    def commit(self) -> None:
        """Make what was put last; once more than half of it is no longer used, drop that."""
        with self._guarded():
            for table, column, used in (
                ("records", "key", self._used),
                ("bodies", "digest", self._used_bodies),
            ):
                keys = {row[0] for row in self._connection.execute(f"SELECT {column} FROM {table}")}  # noqa: S608
                if len(keys) > _SLACK * len(used) + 100:
                    stale = [(key,) for key in keys - used]
                    self._connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", stale)  # noqa: S608
            self._connection.commit()

    def after_fork(self) -> None:
        """Open the file anew: a connection does not live on in a forked process."""
        with self._guarded():
            self._connection = sqlite3.connect(self._path, timeout=30)

    def close(self) -> None:
        """Let go of the file, and of what is damaged for good."""
        self._connection.close()
        if self._is_damaged:
            _delete(self._path)

    def _has_body(self, digest: str) -> bool:
        query = "SELECT 1 FROM bodies WHERE digest = ?"
        return digest in self._fresh or self._row(query, digest) is not None

    def _fetch(self, query: str, key: str) -> bytes | None:
        row = self._row(query, key)
        if row is None or not isinstance(row[1], bytes) or hash_bytes(row[1]) != row[0]:
            return None
        return row[1]

    def _row(self, query: str, key: str) -> tuple[object, ...] | None:
        with self._guarded():
            row: tuple[object, ...] | None = self._connection.execute(query, (key,)).fetchone()
            return row
        return None

    def _write(self, query: str, key: str, data: bytes) -> None:
        with self._guarded():
            self._connection.execute(query, (key, hash_bytes(data), data))

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Take a file that fails for an empty one until the build ends: a build needs no store."""
        try:
            yield
        except sqlite3.Error:
            self._is_damaged = True


def open_store(path: Path) -> DiskStore:
    """Open or make the store; what is no database is deleted and made anew."""
    try:
        return DiskStore(path, _connect(path))
    except sqlite3.Error:
        _delete(path)
    try:
        return DiskStore(path, _connect(path))
    except sqlite3.Error as error:
        raise MachineError(f"cannot write {path}: {error}") from error


def body_digest(document: Document | None) -> str:
    """Give the digest of a document's long text, or nothing."""
    body = getattr(document, "body", None)
    return body.digest if body is not None else ""


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        connection.execute("SELECT key, checksum, data FROM records LIMIT 1").fetchone()
        connection.execute("SELECT digest, checksum, data FROM bodies LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(f"cannot delete {error.filename}: {error.strerror}") from error


def _decoded(decoder: msgspec.msgpack.Decoder[_T], data: bytes) -> _T | None:
    try:
        return decoder.decode(data)
    except msgspec.DecodeError:
        return None
