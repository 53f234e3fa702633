"""A build that is killed at any system call leaves whole files, and the next build mends the rest."""

from pathlib import Path

import pytest
from faults.conftest import StageOf, Tally
from faults.scenarios import LARGE, MARKER, SCENARIOS, Scenario, Stage, write_old
from faults.strace import (
    KILLED,
    WRITING,
    Call,
    Trace,
    build_command,
    inject,
    is_writing,
    require_strace,
    run,
    trace,
)

CALLS_IN_CI = 6
LARGE_CALLS_IN_CI = 4
WORKER_KILLED = "cogen: a worker process was ended from outside\n"


@pytest.fixture(scope="module", autouse=True)
def _needs_strace() -> None:
    require_strace()


def _traced(stage: Stage, log: Path, *options: object) -> Trace:
    site = stage.site
    found = trace(
        build_command(site, *options),
        (site / "output", site / ".cogen", site / ".output.cogen-new"),
        log,
        WRITING,
    )
    stage.reset()
    return found


def _faults_after(stage: Stage, found: Trace, call: Call, log: Path, jobs: int = 1) -> list[str]:
    done = inject(build_command(stage.site, "--jobs", jobs), found, call, "signal=KILL", log)
    outlived = jobs > 1 and (done.code, done.err) == (3, WORKER_KILLED)
    faults = [] if done.code == KILLED or outlived else [f"it ended with {done.code}: {done.err}"]
    faults += [f"half or missing: {name}" for name in stage.halves()]
    faults += stage.faults_of_the_next_build()
    stage.reset()
    return [f"{call.text} (number {call.nth}): {fault}" for fault in faults]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.name for scenario in SCENARIOS])
def test_killed_at_any_system_call_each_file_is_whole_and_the_next_build_ends_as_a_cold_one(
    scenario: Scenario, tmp_path: Path, stage_of: StageOf, tally: Tally
) -> None:
    stage = stage_of(scenario)
    found = _traced(stage, tmp_path / "log", "--jobs", 1)
    calls = [call for call in found.calls if is_writing(call)]
    chosen = tally.choose(calls, lambda call: (call.name, stage.zone(call.text)), CALLS_IN_CI)
    faults = [fault for call in chosen for fault in _faults_after(stage, found, call, tmp_path / "log")]
    assert not faults, "\n".join(faults)


def test_whichever_of_two_processes_is_killed_the_next_build_ends_as_a_cold_one(
    tmp_path: Path, stage_of: StageOf, tally: Tally
) -> None:
    stage = stage_of(LARGE)
    found = _traced(stage, tmp_path / "log", "--jobs", 2)
    calls = [call for call in found.calls if is_writing(call)]
    parent = found.calls[0].pid
    assert {call.pid for call in calls} > {parent}, "there was one process alone"
    kinds = tally.choose(calls, lambda call: (call.pid == parent, call.name), LARGE_CALLS_IN_CI, soak=300)
    faults = [
        fault for call in kinds for fault in _faults_after(stage, found, call, tmp_path / "log", jobs=2)
    ]
    assert not faults, "\n".join(faults)


def test_a_mark_that_was_killed_as_it_was_written_is_written_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_old(site)
    assert run(build_command(site)).code == 0
    whole = (site / "output" / MARKER).read_bytes()
    (site / "output" / MARKER).write_bytes(b"")
    assert run(build_command(site)).code == 0
    assert (site / "output" / MARKER).read_bytes() == whole
