"""Plain sockets to talk to a real server, and a small built site for it to serve."""

import socket
import threading
from collections.abc import Callable
from email.parser import BytesParser
from pathlib import Path
from typing import NamedTuple

from cogen.serve.news import RebuildResult
from cogen.serve.server import Server

GOOD = RebuildResult(ok=True, summary="Built 3 pages.")
BAD = RebuildResult(
    ok=False, summary="1 error.", findings_text="content/a.md:1:1: error[bad-value]: <b>no</b>\n"
)
PAGE = b"<!doctype html><html><head><title>T</title></head><body><p>Home</p></body></html>"
FILES = {
    "index.html": PAGE,
    "404.html": b"<!doctype html><body><p>Lost?</p></body>",
    "feed.xml": b"<rss/>",
    "tags/index.html": b"<p>Tags</p>",
    "empty/a.txt": b"a",
    "caf\u00e9/index.html": b"<p>Coffee</p>",
    "fish & chips.txt": b"with vinegar",
    ".cogen-staging/index.html": b"SECRET staged",
    ".cogen-output": b"SECRET marker",
    "tags/.hidden/index.html": b"SECRET nested",
    ".well-known/security.txt": b"Contact: mailto:a@example.org",
}


class Patience(threading.Event):
    """A stop signal that comes after so many waits and takes no time; something may happen meanwhile."""

    def __init__(self, waits: int, meanwhile: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.waits = waits
        self.meanwhile = meanwhile

    def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002
        self.waits -= 1
        self.meanwhile()
        return self.waits <= 0


class Response(NamedTuple):
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


class Client(NamedTuple):
    """Speaks HTTP without a library that would tidy up what it sends."""

    server: Server

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=20)

    def raw(self, request: bytes) -> bytes:
        with self.connect() as wire, wire.makefile("rb") as answer:
            wire.sendall(request)
            return answer.read()

    def ask(self, target: str, method: str = "GET", host: str = "", extra: str = "") -> Response:
        head = f"{method} {target} HTTP/1.1\r\nHost: {host or self.host}\r\n{extra}\r\n"
        return parsed(self.raw(head.encode("latin-1")))


def parsed(answer: bytes) -> Response:
    head, _, body = answer.partition(b"\r\n\r\n")
    status, _, rest = head.partition(b"\r\n")
    headers = BytesParser().parsebytes(rest + b"\r\n\r\n")
    return Response(int(status.split()[1]), {name.lower(): value for name, value in headers.items()}, body)


def write_files(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
