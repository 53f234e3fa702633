"""Two builds into one output folder take turns, and leave neither locks nor halves behind."""

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from processes import KNOWS_WHO_WAITS, await_lock, command, environment
from sites import MINIMAL, build, cogen, tree, write_site

from cogen.engine.lock import locked_output, tell_nobody
from cogen.engine.manifest import manifest_path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")

POSTS = "".join(
    f"-- content/posts/2013-05-{1 + number % 28:02}-p{number}.md --\n---\ntitle: {{name}} {number}\n---\nText.\n"
    for number in range(60)
)


def _site(folder: Path, name: str) -> Path:
    return write_site(folder / name, MINIMAL + POSTS.replace("{name}", name).replace("-p", f"-{name}"))


def _started(site: Path, output: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("build", site, "-o", output, "--now", "2013-07-01T12:00", "--jobs", 1),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def _holding(folder: Path) -> Iterator[None]:
    """Hold a folder as a build does."""
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def _is_held(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@pytest.mark.parametrize("is_fresh", [True, False], ids=["a new folder", "a folder that is there"])
def test_two_sites_that_publish_into_one_folder_take_turns(tmp_path: Path, is_fresh: bool) -> None:
    sites = [_site(tmp_path, name) for name in ("one", "two")]
    wanted = []
    for site in sites:
        build(site, "-o", tmp_path / "alone")
        wanted.append(tree(tmp_path / "alone"))
    www = tmp_path / "www"
    if not is_fresh:
        build(sites[0], "-o", www)
    processes = [_started(site, www) for site in sites for _ in range(2)]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0], said
    assert tree(www) in wanted
    assert not list(tmp_path.glob(".*"))
    assert not (www / ".cogen-staging").exists()


@pytest.mark.parametrize("held", ["www", ".www.cogen-new"])
def test_a_build_waits_for_another_of_the_same_folder(tmp_path: Path, held: str) -> None:
    (tmp_path / held).mkdir()
    with _holding(tmp_path / held):
        process = _started(_site(tmp_path, "one"), tmp_path / "www")
        assert process.stdout is not None
        www = tmp_path / "www"
        assert process.stdout.readline() == f"cogen: waiting for another build into {www} to end\n"
        if KNOWS_WHO_WAITS:
            await_lock(process)
    process.communicate()
    assert process.returncode == 0
    assert (tmp_path / "www/index.html").exists()


def test_the_lock_of_a_new_folder_goes_with_it_to_its_place(tmp_path: Path) -> None:
    www = tmp_path / "deep/www"
    with locked_output(www, print):
        assert not www.exists()
        (www.parent / ".www.cogen-new").rename(www)
        assert _is_held(www)
    assert not _is_held(www)


def test_a_new_folder_that_came_to_nothing_is_gone_with_its_lock(tmp_path: Path) -> None:
    write_site(tmp_path / "site", MINIMAL + "title: again\n")
    (tmp_path / "deep").mkdir()
    for www in ("www", "new/er/www", "deep/er/www"):
        assert cogen("build", tmp_path / "site", "-o", tmp_path / www).code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "site"]
    assert not list((tmp_path / "deep").iterdir())


def test_a_folder_where_the_manifest_belongs_gives_way(tmp_path: Path) -> None:
    site = _site(tmp_path, "one")
    manifest = manifest_path(site / ".cogen", site / "output")
    (manifest / "stray").mkdir(parents=True)
    build(site)
    assert manifest.is_file()
    assert list((site / ".cogen").glob("*.new")) == []


def test_a_disk_that_is_full_at_the_manifest_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = _site(tmp_path, "one")
    build(site)
    half = manifest_path(site / ".cogen", site / "output").with_suffix(".new")
    write_site(site, "-- content/pages/more.md --\nMore.\n")
    write = Path.write_bytes

    def filling(path: Path, data: bytes) -> int:
        if path == half:
            write(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", filling)
    result = cogen("build", site)
    assert (result.code, "Traceback" in result.err) == (3, False)
    assert not half.exists()


@pytest.mark.parametrize("stray", ["pipe", "link"])
def test_what_stands_where_the_manifest_is_written_first_gives_way(tmp_path: Path, stray: str) -> None:
    site = _site(tmp_path, "one")
    build(site)
    half = manifest_path(site / ".cogen", site / "output").with_suffix(".new")
    (tmp_path / "elsewhere").write_text("mine")
    if stray == "pipe":
        os.mkfifo(half)
    else:
        half.symlink_to(tmp_path / "elsewhere")
    write_site(site, "-- content/pages/more.md --\nMore.\n")
    build(site)
    assert not os.path.lexists(half)
    assert (tmp_path / "elsewhere").read_text() == "mine"


def test_a_folder_is_let_go_even_when_a_build_is_stopped_while_it_clears_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_folder: Path) -> None:
        raise KeyboardInterrupt

    with (
        monkeypatch.context() as patched,
        pytest.raises(KeyboardInterrupt),
        locked_output(tmp_path / "output", tell_nobody),
    ):
        patched.setattr(Path, "rmdir", stopped)
    with locked_output(tmp_path / "output", pytest.fail):
        pass


def test_a_build_that_waited_reads_the_settings_of_when_its_turn_came(tmp_path: Path) -> None:
    site = _site(tmp_path, "one")
    build(site)
    with _holding(site / ".cogen/lock"):
        process = _started(site, site / "output")
        assert process.stdout is not None
        assert "waiting for another build" in process.stdout.readline()
        settings = (site / "site.yaml").read_text()
        (site / "site.yaml").write_text(settings.replace("title: Test site", "title: Another title"))
    process.communicate()
    assert process.returncode == 0
    assert "Another title" in (site / "output/index.html").read_text()
