"""How long a command and all its children took, and how much memory they held at once."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

SAMPLE_S = 0.05


@dataclass(frozen=True)
class Measure:
    """One run of one command."""

    wall_s: float
    cpu_s: float
    """User and system, of the process and of all children it waited for."""
    peak_bytes: int
    """Most memory of the whole tree at one sample: shared pages divided among those who share them (PSS) where the
    kernel tells, else the largest process alone."""


def run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Measure:
    """Run a command to its end; CalledProcessError with its output where it fails."""
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        output = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Measure(wall_s, usage.ru_utime + usage.ru_stime, watch.peak_bytes or largest)


class Watch(threading.Thread):
    """Samples the memory of a process and its descendants until told to stop."""

    def __init__(self, pid: int) -> None:
        """Prepare to watch a process."""
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self._pid = pid
        self._stopped = threading.Event()

    def run(self) -> None:
        """Sample; what has ended meanwhile counts nothing."""
        while not self._stopped.wait(SAMPLE_S):
            self.peak_bytes = max(self.peak_bytes, sum(map(_pss_bytes, _tree(self._pid))))

    def stop(self) -> None:
        """End the sampling."""
        self._stopped.set()
        self.join()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for known in found:
        for tasks in Path(f"/proc/{known}/task").glob("*/children"):
            try:
                found += map(int, tasks.read_text().split())
            except OSError:
                continue
    return found


def _pss_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
