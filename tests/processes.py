"""Processes of cogen: how they are started, what they may do, and what the kernel says of them."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

_CAPABILITIES = "-dac_override,-dac_read_search"
_AS_OTHERS = ("setpriv", f"--bounding-set={_CAPABILITIES}", f"--inh-caps={_CAPABILITIES}")
_ROOT = Path(__file__).resolve().parent.parent
KNOWS_WHO_WAITS = sys.platform == "linux"


def command(*arguments: object) -> list[str]:
    """Give what runs a command of cogen in a process of its own."""
    return [sys.executable, "-m", "cogen", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """Give all that such a process is told: little, so that the machine changes nothing."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", **more}


def heed_ctrl_c() -> None:
    """Heed SIGINT in a child, even where the tests run in the background of a shell, which lets it be ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def cannot_be_tried(reason: str) -> NoReturn:
    """Skip a test; in CI that is a failure, since there the proof must be made."""
    if os.environ.get("CI") == "true" and sys.platform == "linux":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def as_others() -> tuple[str, ...]:
    """Give what begins a command so that even root may only read and write what file modes allow."""
    if os.geteuid() != 0:
        return ()
    try:
        subprocess.run([*_AS_OTHERS, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        cannot_be_tried("root may read and write anything, and there is no setpriv that takes it away")
    return _AS_OTHERS


def await_lock(process: subprocess.Popen[str]) -> None:
    """Return when a process waits for a folder that another one holds; fail where it ends instead."""
    while not _waits(process.pid):
        try:
            process.wait(timeout=0.005)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail("it did not wait")


def _waits(pid: int) -> bool:
    """Look for ``1: -> FLOCK  ADVISORY  WRITE PID ...``, which stands behind the line of who holds it."""
    lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    return str(pid) in {line.split()[5] for line in lines if "-> FLOCK" in line}
