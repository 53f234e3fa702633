"""A disk that is full, a disk that is read-only, files too large or too many: the real ones."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults.conftest import StageOf
from faults.scenarios import EDIT, Stage, make_stage
from faults.strace import build_command, environment, run
from processes import as_others

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tmpfs and bind mounts are Linux's")

PAGE_BYTES = 4096


def _limited(command: list[str], limit: int, value: int) -> subprocess.CompletedProcess[str]:
    def lower() -> None:
        resource.setrlimit(limit, (value, resource.getrlimit(limit)[1]))

    return subprocess.run(
        command,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lower,
    )


def _require_refused(stage: Stage, code: int, err: str, named: str | None = None) -> None:
    """Require the right end: one line that names a file of the site, or what else is expected."""
    assert code == 3, err
    assert err.startswith("cogen: cannot ")
    assert (named or str(stage.site)) in err
    assert err.count("\n") == 1
    assert not stage.halves()


def test_a_file_that_may_not_be_as_large_is_named(stage_of: StageOf) -> None:
    stage = stage_of(EDIT)
    done = _limited(build_command(stage.site, "--jobs", 1), resource.RLIMIT_FSIZE, PAGE_BYTES)
    _require_refused(stage, done.returncode, done.stderr)
    assert not stage.faults_of_the_next_build()


def test_too_few_open_files_are_told_or_suffice(stage_of: StageOf) -> None:
    stage = stage_of(EDIT)
    codes = set()
    for most in (6, 8, 10, 12, 14, 17, 20):
        done = _limited(build_command(stage.site, "--jobs", 1), resource.RLIMIT_NOFILE, most)
        codes.add(done.returncode)
        if done.returncode:
            _require_refused(
                stage, done.returncode, done.stderr, ": Too many open files"
            )  # a module, perhaps
        else:
            assert stage.is_published()
        assert not stage.faults_of_the_next_build()
        stage.reset()
    assert codes == {0, 3}


# ---- disks of our own ----------------------------------------------------------------------------------------

Mount = Callable[..., None]


@pytest.fixture
def mount() -> Iterator[Mount]:
    """Give what mounts; only root may, and not in every container."""
    mounted: list[Path] = []

    def do(place: Path, *options: str) -> None:
        done = subprocess.run(["mount", *options, str(place)], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
        mounted.append(place)

    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount; the same errors are injected in test_disk_errors.py")
    yield do
    for place in reversed(mounted):
        subprocess.run(["umount", str(place)], check=True)


def _fill(folder: Path, but_bytes: int) -> Path:
    """Fill a disk, but for so much."""
    filler = folder / "filler"
    free = os.statvfs(folder)
    filler.write_bytes(bytes(free.f_bavail * free.f_frsize - but_bytes))
    return filler


@pytest.mark.parametrize("free_kib", [0, 16, 48])
def test_a_full_disk_is_told_and_breaks_nothing(tmp_path: Path, mount: Mount, free_kib: int) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount(disk, "-t", "tmpfs", "-o", "size=8m", "none")
    stage = make_stage(EDIT, disk)
    filler = _fill(disk, free_kib * 1024)
    done = run(build_command(stage.site, "--jobs", 1))
    _require_refused(stage, done.code, done.err)
    filler.unlink()
    assert not stage.faults_of_the_next_build()


@pytest.mark.parametrize("what", ["output", ".cogen"])
def test_a_disk_that_is_read_only_is_told_and_breaks_nothing(
    stage_of: StageOf, mount: Mount, what: str
) -> None:
    stage = stage_of(EDIT)
    folder = stage.site / what
    mount(folder, "--bind", str(folder))
    subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
    done = run(build_command(stage.site, "--jobs", 1))
    _require_refused(stage, done.code, done.err)
    subprocess.run(["mount", "-o", "remount,bind,rw", str(folder)], check=True)
    assert not stage.faults_of_the_next_build()


# ---- what may not be read --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["content/posts/2013-05-01-changed.md", "content/posts", "content/files/notes.txt", "site.yaml"]
)
def test_what_may_not_be_read_is_named(stage_of: StageOf, name: str) -> None:
    stage, prefix = stage_of(EDIT), as_others()
    (stage.site / name).chmod(0)
    done = run(build_command(stage.site), prefix)
    (stage.site / name).chmod(0o755)
    _require_refused(stage, done.code, done.err)
    assert name in done.err
    assert not stage.faults_of_the_next_build()
