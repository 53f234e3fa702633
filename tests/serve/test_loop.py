"""Build, show, watch, build again."""

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import Queue

import pytest
from serve.wire import Patience, write_files

from cogen.model.diagnostics import MachineError, ProjectError
from cogen.serve.loop import RebuildResult, serve

WAIT_S = 20


class Running:
    """``serve`` in a thread, over a build that copies ``content/`` and can be made to fail."""

    def __init__(self, folder: Path) -> None:
        self.site = write_files(folder / "site", {"content/index.html": b"first", "site.yaml": b""})
        self.output = self.site / "output"
        self.said: Queue[str] = Queue()
        self.stop = threading.Event()
        self.outcomes: Queue[Callable[[], RebuildResult]] = Queue()
        self.thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        serve(self.site, self.output, "", 0, rebuild=self._rebuild, say=self.said.put, stop=self.stop)

    def _rebuild(self) -> RebuildResult:
        if not self.outcomes.empty():
            return self.outcomes.get()()
        self.output.mkdir(exist_ok=True)
        (self.output / "index.html").write_bytes((self.site / "content/index.html").read_bytes())
        return RebuildResult(ok=True, summary="built")

    def hear(self, wanted: str) -> str:
        """Wait until a line with these words is said."""
        while wanted not in (line := self.said.get(timeout=WAIT_S)):
            pass
        return line

    def start(self) -> str:
        """Start, wait until it serves, and give host and port."""
        self.thread.start()
        return self.hear("Serving at").split("//")[1].split("/")[0]

    def edit(self, content: bytes) -> None:
        (self.site / "content/index.html").write_bytes(content)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path)
    yield made
    made.stop.set()
    if made.thread.ident:
        made.thread.join(WAIT_S)
        assert not made.thread.is_alive()


def get(host: str, target: str = "/") -> bytes:
    with closing(http.client.HTTPConnection(host, timeout=WAIT_S)) as connection:
        connection.request("GET", target)
        return connection.getresponse().read()


def test_a_saved_change_is_built_and_shown(running: Running) -> None:
    host = running.start()
    assert get(host).startswith(b"first")
    running.edit(b"second, longer")
    running.hear("built")
    assert get(host).startswith(b"second")


def test_an_open_page_is_told_to_reload(running: Running) -> None:
    host = running.start()
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=WAIT_S) as wire, wire.makefile("rb") as lines:
        wire.sendall(f"GET /__cogen__/events?1 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert lines.readline().startswith(b"HTTP/1.1 200")
        running.edit(b"second, longer")
        assert next(line for line in lines if line.startswith(b"data")) == b"data: reload\n"


def test_a_build_that_fails_leaves_the_last_good_site_and_says_why(running: Running) -> None:
    host = running.start()
    running.outcomes.put(lambda: RebuildResult(ok=False, summary="1 error", findings_text="a.md:1: no\n"))
    running.edit(b"broken, and longer")
    running.hear("1 error")
    assert get(host).startswith(b"first")
    assert b"a.md:1: no" in get(host, "/__cogen__/findings")
    running.edit(b"mended")
    running.hear("built")
    assert get(host).startswith(b"mended")


@pytest.mark.parametrize("error", [MachineError("no space left"), ProjectError("site.yaml is not there")])
def test_a_fault_of_the_machine_or_project_does_not_end_the_server(
    running: Running, error: Exception
) -> None:
    def fail() -> RebuildResult:
        raise error

    running.outcomes.put(fail)
    host = running.start()
    assert str(error).encode() in get(host, "/__cogen__/findings")
    running.edit(b"second, longer")
    running.hear("built")
    assert get(host).startswith(b"second")


def test_a_change_made_during_a_build_is_built_afterwards(running: Running) -> None:
    def edit_while_building() -> RebuildResult:
        running.edit(b"made during the build")
        return RebuildResult(ok=True, summary="slow one")

    running.outcomes.put(edit_while_building)
    host = running.start()
    running.hear("built")
    assert get(host).startswith(b"made during")


def test_the_output_does_not_set_off_another_build(tmp_path: Path) -> None:
    """Where the output lies among what is watched, building must not go round in circles."""
    site = write_files(tmp_path, {"content/a.md": b"one"})
    output = site / "content" / "output"
    builds = []

    def rebuild() -> RebuildResult:
        builds.append(write_files(output, {f"{len(builds)}.html": b"page"}))
        return RebuildResult(ok=True, summary="built")

    serve(site, output, "", 0, rebuild=rebuild, say=lambda _: None, stop=Patience(waits=50))
    assert len(builds) == 1


def test_one_change_sets_off_one_build(tmp_path: Path) -> None:
    site = write_files(tmp_path, {"content/a.md": b"one"})
    acts = [lambda: None] * 20 + [lambda: write_files(site, {"content/a.md": b"changed"})]
    patience = Patience(waits=100, meanwhile=lambda: acts.pop(0)() if acts else None)
    builds = []

    def rebuild() -> RebuildResult:
        builds.append((site / "content/a.md").read_bytes())
        return RebuildResult(ok=True, summary="built")

    serve(site, site / "output", "", 0, rebuild=rebuild, say=lambda _: None, stop=patience)
    assert builds == [b"one", b"changed"]


def test_ctrl_c_stops_cleanly_and_frees_the_port(tmp_path: Path) -> None:
    site = write_files(tmp_path, {"content/a.md": b"one"})
    said: list[str] = []
    builds = iter([lambda: (site / "content/a.md").write_bytes(b"changed"), interrupt])

    def rebuild() -> RebuildResult:
        next(builds)()
        return RebuildResult(ok=True, summary="built")

    serve(site, site / "output", "", 0, rebuild=rebuild, say=said.append, stop=threading.Event())
    assert said[-1] == "Stopped."
    port = int(said[1].split(":")[2].split("/")[0])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=WAIT_S)


def interrupt() -> None:
    raise KeyboardInterrupt


def test_a_port_in_use_gives_way_to_the_next_free_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = served_once(tmp_path, port)
    assert f"port {port} cannot be used" in said[0].lower()
    chosen = int(said[-1].split(":")[2].split("/")[0])
    assert port < chosen <= port + 20
    assert f"taking {chosen} instead" in said[0]


def test_no_free_port_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 65_535)), pytest.raises(MachineError, match="65535"):
        served_once(tmp_path, 65_535)


def served_once(folder: Path, port: int) -> list[str]:
    """Build once, serve, stop at once, and give what was said."""
    said: list[str] = []
    stop = threading.Event()
    stop.set()

    def rebuild() -> RebuildResult:
        return RebuildResult(ok=True, summary="built")

    serve(folder, folder / "output", "/blog", port, rebuild=rebuild, say=said.append, stop=stop)
    assert said[-1].endswith("/blog/ (Ctrl-C stops)")
    return said


def test_a_change_may_be_shown_before_it_is_built_and_the_build_follows(tmp_path: Path) -> None:
    site = write_files(tmp_path / "site", {"content/a.md": b"one", "site.yaml": b""})
    said: Queue[str] = Queue()
    stop = threading.Event()
    steps: list[frozenset[str] | str] = []
    text, settings = (str(site.resolve() / name) for name in ("content/a.md", "site.yaml"))

    def preview(changed: frozenset[str]) -> RebuildResult | None:
        steps.append(changed)
        is_text = all(path.endswith(".md") for path in changed)
        return RebuildResult(ok=True, summary="shown") if is_text else None

    def rebuild() -> RebuildResult:
        steps.append("built")
        return RebuildResult(ok=True, summary="built")

    def run() -> None:
        serve(site, site / "output", "", 0, rebuild=rebuild, say=said.put, stop=stop, preview=preview)

    thread = threading.Thread(target=run)
    thread.start()
    heard = [said.get(timeout=WAIT_S) for _ in range(2)]
    (site / "content/a.md").write_bytes(b"two, longer")
    heard += [said.get(timeout=WAIT_S) for _ in range(2)]
    (site / "content/a.md").write_bytes(b"three, longer still")
    (site / "site.yaml").write_bytes(b"title: x")
    while said.get(timeout=WAIT_S) != "built" or not any(settings in step for step in steps):
        pass  # both files at once, or one look after the other
    stop.set()
    thread.join(WAIT_S)
    assert heard[0] == "built"
    assert heard[2:4] == ["shown", "built"]
    assert steps[:3] == ["built", {text}, "built"]
    assert {steps[place + 1] for place, step in enumerate(steps) if settings in step} == {"built"}
    assert steps[-1] == "built"
