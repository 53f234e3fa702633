"""Ctrl-C and SIGTERM at any moment: a clean end with a word, nothing half, no process left, the next build right."""

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults.conftest import StageOf, Tally
from faults.scenarios import EDIT, FIRST, LARGE, Scenario, Stage
from faults.strace import (
    READING,
    WRITING,
    Call,
    Run,
    Trace,
    build_command,
    environment,
    inject,
    require_strace,
    run,
    trace,
)
from processes import heed_ctrl_c

CALLS_IN_CI = 4
TIMES_IN_CI = 6
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
STOPPED = "cogen: stopped; nothing half-written is left behind\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@dataclass(frozen=True)
class Verdict:
    """How a build ended that was told to stop."""

    is_stopped: bool
    """It was not at its end when the signal came."""
    faults: tuple[str, ...]


def _judged(stage: Stage, done: Run, number: signal.Signals) -> Verdict:
    """Say what is wrong after a build that was told to stop, and prepare the next."""
    faults = [f"half or missing: {name}" for name in stage.halves()]
    if (done.code, done.err) not in {(CODES[number], STOPPED), (0, "")}:
        faults.append(f"it ended with {done.code}: {done.err}")
    if left := [path.name for path in stage.site.glob(".output.*")] + _staged(stage.site / "output"):
        faults.append(f"left behind: {left}")
    faults += stage.faults_of_the_next_build()
    stage.reset()
    return Verdict(done.code == CODES[number], tuple(faults))


def _require(verdicts: dict[str, Verdict]) -> None:
    """Require that nothing is wrong, and that the signal did stop most of the builds."""
    faults = [f"{what}: {fault}" for what, verdict in verdicts.items() for fault in verdict.faults]
    assert not faults, "\n".join(faults)
    stopped = sum(verdict.is_stopped for verdict in verdicts.values())
    assert stopped * 2 >= len(verdicts), f"only {stopped} of {len(verdicts)} were stopped"


def _staged(output: Path) -> list[str]:
    """List what is made and not published yet: it lies in folders with a dot name."""
    return [path.name for path in output.glob(".*") if path.is_dir()]


@pytest.mark.parametrize("number", list(CODES), ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("scenario", [FIRST, EDIT], ids=["first", "edit"])
def test_stopped_at_any_system_call_it_ends_cleanly(
    scenario: Scenario, number: signal.Signals, tmp_path: Path, stage_of: StageOf, tally: Tally
) -> None:
    require_strace()
    stage, log = stage_of(scenario), tmp_path / "log"
    command = build_command(stage.site, "--jobs", 1)
    found = trace(command, (stage.site,), log, sorted({*READING, *WRITING} - {"flock"}))
    stage.reset()
    chosen = tally.choose(found.calls, lambda call: (call.name, stage.zone(call.text)), CALLS_IN_CI)
    _require(
        {f"{call.text} (number {call.nth})": _stopped_at(stage, found, call, number, log) for call in chosen}
    )


def _stopped_at(stage: Stage, found: Trace, call: Call, number: signal.Signals, log: Path) -> Verdict:
    command = build_command(stage.site, "--jobs", 1)
    done = inject(command, found, call, f"signal={number.name.removeprefix('SIG')}", log)
    return _judged(stage, done, number)


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


def test_stopped_at_any_time_two_processes_end_cleanly(stage_of: StageOf, tally: Tally) -> None:
    stage = stage_of(LARGE)
    length_s, chance = _duration_s(stage), random.Random(7)
    moments = [
        (chance.uniform(0, 0.9) * length_s, number, whole_group)
        for _ in range(20)
        for number, whole_group in ((signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGTERM, True))
    ]
    verdicts = {}
    for delay_s, number, whole_group in tally.choose(moments, lambda moment: moment[1:], TIMES_IN_CI):
        command = build_command(stage.site, "--jobs", 2)
        done = _stopped_after(command, delay_s, number, whole_group=whole_group)
        verdicts[f"{number.name} after {delay_s:.3f} s"] = _judged(stage, done, number)
    _require(verdicts)


@pytest.mark.parametrize("phase", ["reading", "rendering"])
def test_no_worker_outlives_a_build_that_is_killed(stage_of: StageOf, phase: str) -> None:
    stage = stage_of(LARGE)
    process = _started(build_command(stage.site, "--jobs", 2))
    while len(_alive(process.pid)) < 3 or (phase == "rendering" and not any(stage.site.glob("output/.*/*"))):
        assert process.poll() is None, "there were no workers"
    process.kill()
    done = _ended(process)
    assert (done.code, done.err) == (-signal.SIGKILL, "")
    assert not stage.halves()
    assert not stage.faults_of_the_next_build("--jobs", 2)
