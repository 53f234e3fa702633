"""What cogen prints arrives, whatever reads it."""

import os
import subprocess
import sys
from pathlib import Path

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
