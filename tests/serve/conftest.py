"""A real server on a free port."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from serve.wire import FILES, GOOD, Client, write_files

from cogen.serve.server import Server


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_bytes(b"SECRET beside")
    (tmp_path / "output-2").mkdir()
    (tmp_path / "output-2" / "secret.txt").write_bytes(b"SECRET sibling")
    return write_files(tmp_path / "output", FILES)


@pytest.fixture
def client(output: Path) -> Iterator[Client]:
    """A site at the root of the host, after one good build."""
    with Server(output, "", 0) as server:
        server.news.publish(GOOD)
        server.start()
        yield Client(server)


@pytest.fixture
def blog(output: Path) -> Iterator[Client]:
    """The same site under /blog."""
    with Server(output, "/blog", 0) as server:
        server.news.publish(GOOD)
        server.start()
        yield Client(server)
