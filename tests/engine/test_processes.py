"""The same bytes however a build's processes end: workers and all, by signals, or two builds at once."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from processes import command, environment, heed_ctrl_c
from sites import MINIMAL, tree, write_site

from cogen.engine.manifest import manifest_path

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT = 420
NOW = ("--now", "2013-07-01T12:00:00")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="one process there")


def _run(*arguments: object, cwd: Path | None = None, umask: int = 0o022, **more: str) -> str:
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        umask=umask,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _large(folder: Path, word: str) -> Path:
    """Write a site of many small posts, whose every page says ``word``."""
    posts = "".join(
        f"-- content/posts/2012-{1 + number % 12:02}-{1 + number % 28:02}-p{number}.md --\n---\ntitle: Post {number}\n"
        f"tags: [T{number % 7}]\nauthors: [A{number % 5}]\n---\nText {number}, {word}.\n"
        for number in range(COUNT)
    )
    settings = f"theme: own\ndiagnostics: {{missing-title: off}}\ntitle: Large {word}\n"
    theme = "-- themes/own/theme.yaml --\nname: own\nextends: commons\n"
    return write_site(folder, MINIMAL.replace("title: Test site\n", settings) + theme + posts)


@pytest.fixture(scope="module")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a large site that was built."""
    site = _large(tmp_path_factory.mktemp("large") / "site", "old")
    _run("build", site, "--jobs", "1", *NOW)
    return site


@pytest.fixture(scope="module")
def new_output(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the same site with another word on every page, built cold by two processes."""
    site = _large(tmp_path_factory.mktemp("new") / "site", "new")
    _run("build", site, "--no-cache", "--jobs", "2", *NOW)
    return tree(site / "output")


@pytest.fixture
def edited(old_site: Path, tmp_path: Path) -> Iterator[Path]:
    """Give a copy of the built site, edited everywhere and not yet built again."""
    site = tmp_path / "site"
    shutil.copytree(old_site, site)
    old, new = (manifest_path(folder / ".cogen", folder / "output") for folder in (old_site, site))
    (site / ".cogen" / old.name).rename(new)
    yield _large(site, "new")
    shutil.rmtree(site)


def test_one_process_and_two_make_the_same_bytes(edited: Path, new_output: dict[str, bytes]) -> None:
    assert ": 0 rendered" not in _run("build", edited, "--jobs", "1", *NOW)
    assert tree(edited / "output") == new_output
    assert ": 0 rendered" in _run("build", edited, "--jobs", "2", *NOW)


def _started(site: Path, *arguments: object, until: Callable[[], bool]) -> subprocess.Popen[str]:
    """Start a build in a process group of its own and give it when it has come so far."""
    process = subprocess.Popen(
        command("build", site, *NOW, *arguments),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509  there are no threads here
    )
    while not until():
        try:
            process.wait(timeout=0.005)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail("the build ended before it could be stopped")
    return process


def _staged(site: Path, least: int) -> Callable[[], bool]:
    staging = site / "output/.cogen-staging"
    return lambda: staging.is_dir() and sum(1 for _ in staging.iterdir()) >= least


def test_ctrl_c_in_the_middle_leaves_the_old_site_and_nothing_else(edited: Path, old_site: Path) -> None:
    process = _started(edited, "--jobs", 2, until=_staged(edited, 20))
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "cogen: stopped; nothing half-written is left behind\n"
    assert tree(edited / "output") == tree(old_site / "output")
    assert not (edited / "output/.cogen-staging").exists()


def test_a_build_after_one_that_was_killed_ends_as_a_cold_one(
    edited: Path, old_site: Path, new_output: dict[str, bytes]
) -> None:
    process = _started(edited, "--jobs", 2, until=_staged(edited, 20))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    found = {
        name: content for name, content in tree(edited / "output").items() if not name.startswith(".cogen-")
    }
    assert found == tree(old_site / "output")
    _run("build", edited, *NOW)
    assert tree(edited / "output") == new_output
    assert not (edited / "output/.cogen-staging").exists()


def test_a_build_killed_while_it_publishes_leaves_whole_files_old_or_new(
    edited: Path, old_site: Path, new_output: dict[str, bytes]
) -> None:
    page = edited / "output/2012/01/p0/index.html"
    before = page.stat().st_ino
    process = _started(edited, "--jobs", "2", until=lambda: page.stat().st_ino != before)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    old = tree(old_site / "output")
    for name, content in tree(edited / "output").items():
        assert name.startswith(".cogen-") or content in {old.get(name), new_output.get(name)}, name
    _run("build", edited, *NOW)
    assert tree(edited / "output") == new_output


def test_a_first_build_that_was_killed_leaves_no_output_and_the_next_no_trace(edited: Path) -> None:
    shutil.rmtree(edited / "output")
    beginning = edited / ".output.cogen-new/2012"
    process = _started(edited, until=beginning.is_dir)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    assert not (edited / "output").exists()
    _run("build", edited, *NOW)
    assert sorted(path.name for path in edited.iterdir()) == [
        ".cogen",
        "content",
        "output",
        "site.yaml",
        "themes",
    ]


def test_two_builds_at_once_both_end_well(edited: Path, new_output: dict[str, bytes]) -> None:
    first = _started(edited, until=_staged(edited, 1))
    said = _run("build", edited, *NOW)
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert ": 0 rendered" in said, "the second waits for the first, and finds all done"
    assert tree(edited / "output") == new_output
