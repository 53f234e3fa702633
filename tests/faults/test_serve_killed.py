"""``cogen serve`` that is killed leaves nothing in the way of the next one, nor of a build."""

import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faults.scenarios import everything, published, write_new, write_old
from faults.strace import NOW, build_command, environment, run
from processes import heed_ctrl_c

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")


@contextmanager
def _serving(site: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a site; gives the process and the address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cogen", "serve", str(site), *NOW],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 no threads here
    )
    assert process.stdout is not None
    try:
        said = ""
        while not said.startswith("Serving at "):
            said = process.stdout.readline()
            assert said, "it ended before it served"
        yield process, said.split()[2]
    finally:
        process.kill()
        process.communicate()


def _page(url: str) -> str:
    with urllib.request.urlopen(f"{url}2013/05/changed/", timeout=30) as answer:
        return str(answer.read().decode())


def _wait_for(process: subprocess.Popen[str], begin: str) -> None:
    assert process.stdout is not None
    while not process.stdout.readline().startswith(begin):
        assert process.poll() is None


def test_after_a_server_that_was_killed_the_next_one_and_a_build_are_right(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    write_old(site)
    with _serving(site) as (process, url):
        assert "Old words." in _page(url)
        write_new(site)
        process.kill()
    with _serving(site) as (process, url):
        assert "New words." in _page(url)
        write_old(site)
        _wait_for(process, "built")
        process.kill()
    assert run(build_command(site)).code == 0
    write_old(other)
    with _serving(other):
        pass
    assert run(build_command(other)).code == 0
    assert published(site) == published(other)
    assert everything(site) == everything(other)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_ends_well_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    write_old(tmp_path)
    with _serving(tmp_path) as (process, _):
        process.send_signal(number)
        assert process.communicate(timeout=60)[0] == "Stopped.\n"
        assert process.returncode == 0
