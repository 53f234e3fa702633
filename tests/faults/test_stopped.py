"""Ctrl-C and SIGTERM at any moment: a clean end with a word, nothing half, no process left, the next build right."""

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.conftest import Tally
from faults.scenarios import EDIT, FIRST, LARGE, Scenario, Stage, make_stage, write_large_old
from faults.strace import (
    READING,
    WRITING,
    Call,
    Run,
    Trace,
    build_command,
    environment,
    heed_ctrl_c,
    inject,
    require_strace,
    run,
    trace,
)

CALLS_IN_CI = 4
TIMES_IN_CI = 6
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
STOPPED = "cogen: stopped; nothing half-written is left behind\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def _faults(stage: Stage, done: Run, number: signal.Signals) -> Iterator[str]:
    """Say what is wrong after a build that was told to stop, and prepare the next."""
    if (done.code, done.err) not in {(CODES[number], STOPPED), (0, "")}:
        yield f"it ended with {done.code}: {done.err}"
    yield from (f"half or missing: {name}" for name in stage.halves())
    if left := [path.name for path in stage.site.glob(".output.*")] + _staged(stage.site / "output"):
        yield f"left behind: {left}"
    yield from stage.faults_of_the_next_build()
    stage.reset()


def _staged(output: Path) -> list[str]:
    """List what is made and not published yet: it lies in folders with a dot name."""
    return [path.name for path in output.glob(".*") if path.is_dir()]


@pytest.mark.parametrize("number", list(CODES), ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("scenario", [FIRST, EDIT], ids=["first", "edit"])
def test_stopped_at_any_system_call_it_ends_cleanly(
    scenario: Scenario, number: signal.Signals, tmp_path: Path, tally: Tally
) -> None:
    require_strace()
    stage, log = make_stage(scenario, tmp_path), tmp_path / "log"
    command = build_command(stage.site, "--jobs", 1)
    found = trace(command, (stage.site,), log, sorted({*READING, *WRITING} - {"flock"}))
    stage.reset()
    chosen = tally.choose(found.calls, lambda call: (call.name, stage.zone(call.text)), CALLS_IN_CI)
    faults = [
        f"{call.text} (number {call.nth}): {fault}"
        for call in chosen
        for fault in _faults_at(stage, found, call, number, log)
    ]
    assert not faults, "\n".join(faults)


def _faults_at(stage: Stage, found: Trace, call: Call, number: signal.Signals, log: Path) -> Iterator[str]:
    command = build_command(stage.site, "--jobs", 1)
    done = inject(command, found, call, f"signal={number.name.removeprefix('SIG')}", log)
    yield from _faults(stage, done, number)


def _alive(group: int) -> list[str]:
    """List the processes of a group that still work; ``ps`` would list those that have ended, too."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, owner = stat.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
        if int(owner) == group and state not in "ZX":
            found.append(stat.parent.name)
    return found


def _started(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 no threads here
    )


def _ended(process: subprocess.Popen[str]) -> Run:
    """Wait until a build and its workers have ended: until nobody is left who could write."""
    out, err = process.communicate(timeout=60)
    end_s = time.monotonic() + 10  # a process closes its files, and has ended a moment later
    while alive := _alive(process.pid):
        assert time.monotonic() < end_s, f"processes live on: {alive}"
    return Run(process.returncode, out, err)


def _heeds(pid: int, number: signal.Signals) -> bool:
    """Say whether a process has a handler for a signal (proc(5), ``SigCgt``)."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        found = re.search(r"^SigCgt:\s*([0-9a-f]+)$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
        return found is not None and bool(int(found[1], 16) >> (number - 1) & 1)
    return False


def _stopped_after(command: list[str], delay_s: float, number: signal.Signals, *, whole_group: bool) -> Run:
    """Stop a build so long after it has begun to heed the signal: an interpreter that starts heeds none."""
    process = _started(command)
    while process.poll() is None and not _heeds(process.pid, signal.SIGTERM):
        pass
    try:
        process.wait(timeout=delay_s)
    except subprocess.TimeoutExpired:
        (os.killpg if whole_group else os.kill)(process.pid, number)
    return _ended(process)


def _duration_s(stage: Stage) -> float:
    started_s = time.perf_counter()
    assert run(build_command(stage.site, "--jobs", 2)).code == 0
    duration_s = time.perf_counter() - started_s
    stage.reset()
    return duration_s


def test_stopped_at_any_time_two_processes_end_cleanly(tmp_path: Path, tally: Tally) -> None:
    stage = make_stage(LARGE, tmp_path, write_large_old)
    length_s, chance = _duration_s(stage), random.Random(7)
    moments = [
        (chance.uniform(0, 0.9) * length_s, number, whole_group)
        for _ in range(20)
        for number, whole_group in ((signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGTERM, True))
    ]
    faults = []
    for delay_s, number, whole_group in tally.choose(moments, lambda moment: moment[1:], TIMES_IN_CI):
        command = build_command(stage.site, "--jobs", 2)
        done = _stopped_after(command, delay_s, number, whole_group=whole_group)
        faults += [f"{number.name} after {delay_s:.2f} s: {fault}" for fault in _faults(stage, done, number)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("phase", ["reading", "rendering"])
def test_no_worker_outlives_a_build_that_is_killed(tmp_path: Path, phase: str) -> None:
    stage = make_stage(LARGE, tmp_path, write_large_old)
    process = _started(build_command(stage.site, "--jobs", 2))
    while len(_alive(process.pid)) < 3 or (phase == "rendering" and not any(stage.site.glob("output/.*/*"))):
        assert process.poll() is None, "there were no workers"
    process.kill()
    done = _ended(process)
    assert (done.code, done.err) == (-signal.SIGKILL, "")
    assert not stage.halves()
    assert not stage.faults_of_the_next_build("--jobs", 2)
