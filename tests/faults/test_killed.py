"""A build that is killed at any system call leaves whole files, and the next build mends the rest."""

from pathlib import Path

import pytest
from faults.conftest import Tally
from faults.scenarios import SCENARIOS, Scenario, Stage, make_stage
from faults.strace import (
    KILLED,
    WRITING,
    Call,
    Trace,
    build_command,
    inject,
    is_writing,
    require_strace,
    trace,
)

CALLS_IN_CI = 9


@pytest.fixture(scope="module", autouse=True)
def _needs_strace() -> None:
    require_strace()


def _zone(stage: Stage, call: Call) -> str:
    """Say in which part of the site's folder a call works."""
    site = str(stage.site)
    path = call.text[call.text.index(site) + len(site) + 1 :]
    return (
        "/".join(path.split("/")[:2]) if path.startswith(("output/.cogen", ".cogen")) else path.split("/")[0]
    )


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


def _faults_after(stage: Stage, found: Trace, call: Call, log: Path) -> list[str]:
    done = inject(build_command(stage.site, "--jobs", 1), found, call, "signal=KILL", log)
    faults = [] if done.code == KILLED else [f"it was not killed but ended with {done.code}: {done.err}"]
    faults += [f"half or missing: {name}" for name in stage.halves()]
    faults += stage.faults_of_the_next_build()
    stage.reset()
    return [f"{call.text} (number {call.nth}): {fault}" for fault in faults]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.name for scenario in SCENARIOS])
def test_killed_at_any_system_call_each_file_is_whole_and_the_next_build_ends_as_a_cold_one(
    scenario: Scenario, tmp_path: Path, tally: Tally
) -> None:
    stage = make_stage(scenario, tmp_path)
    found = _traced(stage, tmp_path / "log", "--jobs", 1)
    calls = [call for call in found.calls if is_writing(call)]
    chosen = tally.choose(calls, lambda call: (call.name, _zone(stage, call)), CALLS_IN_CI)
    faults = [fault for call in chosen for fault in _faults_after(stage, found, call, tmp_path / "log")]
    assert not faults, "\n".join(faults)
