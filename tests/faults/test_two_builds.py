"""Two builds at once do not mix: the second waits, says for whom, and goes on however the first one ends."""

import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults.scenarios import Tree, post, published
from faults.strace import build_command, environment, run
from processes import KNOWS_WHO_WAITS, await_lock, heed_ctrl_c
from sites import MINIMAL, write_site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes cannot be held there")

POSTS = MINIMAL + "".join(
    post(f"2013-05-{1 + number % 28:02}-p{number}", f"WORD {number}.") for number in range(150)
)
ENDED = "it ended before it could be held"


def _site(folder: Path, word: str) -> Path:
    return write_site(folder, POSTS.replace("WORD", word))


class Starter:
    """Starts builds, and ends those that a failed test has left."""

    def __init__(self) -> None:
        self._processes: list[subprocess.Popen[str]] = []

    def start(self, site: Path, *options: object) -> subprocess.Popen[str]:
        """Start a build."""
        process = subprocess.Popen(
            build_command(site, "--jobs", 1, *options),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=heed_ctrl_c,  # noqa: PLW1509  there are no threads here
        )
        self._processes.append(process)
        return process

    def hold(self, site: Path, output: Path, *options: object) -> subprocess.Popen[str]:
        """Start a build and hold it in its midst."""
        process = self.start(site, *options)
        while not _is_staging(output):
            assert process.poll() is None, ENDED
        process.send_signal(signal.SIGSTOP)
        assert _is_staging(output), ENDED
        return process

    def end_all(self) -> None:
        """Leave no process behind."""
        for process in self._processes:
            process.kill()
            process.communicate()


@pytest.fixture
def builds() -> Iterator[Starter]:
    starter = Starter()
    yield starter
    starter.end_all()


def _is_staging(output: Path) -> bool:
    """Say whether a build is making files: it keeps what is not published yet under a dot name."""
    if output.exists():
        return any(path.name.startswith(".") and path.name != ".cogen-output" for path in output.iterdir())
    beside = [path for path in output.parent.iterdir() if path.name.startswith(f".{output.name}.")]
    return any(any(folder.iterdir()) for folder in beside)


def _end(process: subprocess.Popen[str], how: Callable[[], None]) -> None:
    """Let a held build end."""
    how()
    process.send_signal(signal.SIGCONT)
    process.communicate(timeout=60)


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    assert select.select([process.stderr], [], [], 60)[0], "it waits without a word"
    return process.stderr.readline()


@pytest.fixture
def cold(tmp_path: Path) -> Tree:
    site = _site(tmp_path / "cold", "new")
    assert run(build_command(site, "--no-cache")).code == 0
    return published(site)


@pytest.mark.parametrize("was_built", [False, True], ids=["a first build", "a further build"])
@pytest.mark.parametrize("is_killed", [False, True], ids=["that ends", "that is killed"])
def test_a_second_build_says_for_which_process_it_waits_and_then_builds(
    builds: Starter, tmp_path: Path, cold: Tree, was_built: bool, is_killed: bool
) -> None:
    site = _site(tmp_path / "site", "old")
    if was_built:
        assert run(build_command(site)).code == 0
    first = builds.hold(_site(site, "new"), site / "output")
    second = builds.start(site)
    assert (
        _first_line(second) == f"cogen: waiting for another build of this site (process {first.pid}) to end\n"
    )
    assert second.poll() is None
    _end(first, first.kill if is_killed else lambda: None)
    out, err = second.communicate(timeout=60)
    assert (second.returncode, err) == (0, ""), out
    assert first.returncode == (-signal.SIGKILL if is_killed else 0)
    assert (": 0 rendered" in out) is not is_killed
    assert published(site) == cold
    assert {path.name for path in site.iterdir()} == {".cogen", "content", "output", "site.yaml"}


def test_a_build_of_another_site_into_the_same_folder_says_for_which_folder_it_waits(
    builds: Starter, tmp_path: Path, cold: Tree
) -> None:
    www = tmp_path / "www"
    first = builds.hold(_site(tmp_path / "one", "old"), www, "-o", www)
    second = builds.start(_site(tmp_path / "two", "new"), "-o", www)
    assert _first_line(second) == f"cogen: waiting for another build into {www} to end\n"
    assert second.poll() is None
    _end(first, lambda: None)
    assert second.communicate(timeout=60)[1] == ""
    assert (first.returncode, second.returncode) == (0, 0)
    assert published(tmp_path, "www") == cold
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cold", "one", "two", "www"]


@pytest.mark.skipif(not KNOWS_WHO_WAITS, reason="the kernel does not say there who waits")
def test_a_quiet_build_waits_without_a_word(builds: Starter, tmp_path: Path) -> None:
    site = _site(tmp_path / "site", "old")
    first = builds.hold(site, site / "output")
    second = builds.start(site, "--quiet")
    await_lock(second)
    _end(first, lambda: None)
    assert second.communicate(timeout=60) == ("", "")
    assert second.returncode == 0


def test_ctrl_c_ends_the_waiting(builds: Starter, tmp_path: Path) -> None:
    site = _site(tmp_path / "site", "old")
    first = builds.hold(site, site / "output")
    second = builds.start(site)
    _first_line(second)
    second.send_signal(signal.SIGINT)
    assert second.communicate(timeout=60)[1] == "cogen: stopped; nothing half-written is left behind\n"
    assert second.returncode == 130
    _end(first, lambda: None)
    assert first.returncode == 0
    assert (site / "output/index.html").exists()
