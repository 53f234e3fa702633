"""How long a command and all its children took, and how much memory they held at once."""

import contextlib
import math
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

SAMPLE_S = 0.02
SAMPLE_SHARE = 0.05
"""The most of a processor's time that looking at memory may take."""
PATIENCE_S = 10
"""How long a command that was asked to end may take until it is killed."""


@dataclass(frozen=True)
class Measure:
    """One run of one command."""

    wall_s: float
    cpu_s: float
    """User and system, of the process and of all children it waited for."""
    peak_bytes: int
    """Most memory of the whole tree at one sample: shared pages divided among those who share them (PSS) where the
    kernel tells, else the largest process alone."""
    output: str = ""
    """What it printed, errors included."""
    exit_code: int = 0
    """Below 0: the signal that ended it."""


def run(command: list[str], folder: Path, timeout_s: float = math.inf) -> Measure:
    """Run a command to its end, or end it when its time is over."""
    with Running(command, folder) as running:
        return running.wait(timeout_s)


class Running:
    """A command and its children, watched while they run; leaving the ``with`` ends what still runs."""

    def __init__(self, command: list[str], folder: Path) -> None:
        """Start it in a folder."""
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 closed in __exit__
        self._started_s = time.perf_counter()
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=self._output, stderr=subprocess.STDOUT
        )
        self._watch = _Watch(self._process.pid)
        self._watch.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.returncode is None:
            self.end()
        self._output.close()

    @property
    def is_alive(self) -> bool:
        """Say whether it still runs; what has ended is left for ``wait`` or ``end``."""
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def wait(self, timeout_s: float = math.inf) -> Measure:
        """Wait until it ends by itself, or end it when the time is over."""
        alarm = threading.Timer(min(timeout_s, threading.TIMEOUT_MAX), self._kill)
        alarm.start()
        try:
            _, status, usage = os.wait4(self._process.pid, 0)
        finally:
            alarm.cancel()
        wall_s = time.perf_counter() - self._started_s
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._watch.stop()
        self._output.seek(0)
        return Measure(
            wall_s,
            usage.ru_utime + usage.ru_stime,
            self._watch.peak_bytes or usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
            self._output.read().decode(errors="replace"),
            self._process.returncode,
        )

    def end(self) -> Measure:
        """Ask it and its children to end, and kill what has not within ten seconds."""
        family = _tree(self._process.pid)
        _signal(family, signal.SIGTERM)
        run = self.wait(PATIENCE_S)
        deadline_s = time.monotonic() + PATIENCE_S
        while (left := [pid for pid in family if _is_there(pid)]) and time.monotonic() < deadline_s:
            time.sleep(SAMPLE_S)
        _signal(left, signal.SIGKILL)
        return run

    def _kill(self) -> None:
        _signal(_tree(self._process.pid), signal.SIGKILL)


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _is_there(pid: int) -> bool:
    """Say whether a process has not ended; where the system does not tell, it has."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


class _Watch(threading.Thread):
    """Samples the memory of a process and its descendants until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self._pid = pid
        self._stopped = threading.Event()

    def run(self) -> None:
        """Sample; what has ended meanwhile counts nothing."""
        pause_s = 0.0
        while not self._stopped.wait(max(SAMPLE_S, pause_s)):
            started_s = time.thread_time()
            self.peak_bytes = max(self.peak_bytes, sum(map(_pss_bytes, _tree(self._pid))))
            pause_s = (time.thread_time() - started_s) / SAMPLE_SHARE

    def stop(self) -> None:
        """End the sampling."""
        self._stopped.set()
        self.join()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for known in found:
        try:
            for task in Path(f"/proc/{known}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _pss_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
