"""What cogen prints arrives, whatever reads it."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from sites import MINIMAL, write_site

BROKEN = """\
-- content/posts/2012-05-25-tea.md --
---
title: Tea
datum: ü
---
Words.
"""


def _check(folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "cogen", "check", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


def test_a_terminal_without_unicode_gets_escapes(tmp_path: Path) -> None:
    write_site(write_site(tmp_path, MINIMAL), BROKEN)
    out, err = _check(tmp_path, PYTHONIOENCODING="ascii").communicate()
    assert b"datum: \\xfc" in out
    assert err == b""


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    write_site(write_site(tmp_path, MINIMAL), BROKEN)
    process = _check(tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 3


def _shell(
    arguments: str, redirection: str, folder: Path, unbuffered: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """Run a command of cogen as a shell does, with a stream that cannot be written."""
    command = f"{shlex.quote(sys.executable)} -m cogen {arguments} {redirection}"
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    return subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, cwd=folder, env=environment, check=False
    )


@pytest.mark.parametrize(
    "arguments",
    ["build", "build --quiet", "check", "check --format json", "new post Tea", "--version", "--help"],
)
@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
def test_output_that_cannot_be_written_is_told_in_one_line(
    arguments: str, redirection: str, tmp_path: Path
) -> None:
    write_site(write_site(tmp_path, MINIMAL), BROKEN)
    done = _shell(arguments, redirection, tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith(b"cogen: cannot print: ")
    assert done.stderr.count(b"\n") == 1


def test_each_line_may_fail_at_once_as_well_as_at_the_end(tmp_path: Path) -> None:
    write_site(tmp_path, MINIMAL)
    done = _shell("build", ">/dev/full", tmp_path, unbuffered="1")
    assert (done.returncode, done.stderr) == (3, b"cogen: cannot print: No space left on device\n")


@pytest.mark.parametrize("redirection", ["2>/dev/full", "2>&-"])
def test_messages_that_cannot_be_written_keep_the_exit_code(redirection: str, tmp_path: Path) -> None:
    write_site(tmp_path, MINIMAL)
    assert _shell("build", redirection, tmp_path).returncode == 0
    failed = _shell("build --now never", redirection, tmp_path)
    assert (failed.returncode, failed.stdout) == (2, b"")


def test_nothing_is_begun_where_the_output_is_closed(tmp_path: Path) -> None:
    write_site(tmp_path, MINIMAL)
    _shell("build", ">&-", tmp_path)
    assert not (tmp_path / "output").exists()
