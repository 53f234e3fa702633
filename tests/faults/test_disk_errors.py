"""Whatever the disk refuses, a build says so and ends with 3, what is published stays whole, and the next one is right.

A build may also get along without what it was refused (the store is a help, no need): then all must be right.
"""

import os
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from faults.conftest import StageOf, Tally
from faults.scenarios import EDIT, FIRST, LARGE, Scenario, Stage
from faults.strace import (
    READING,
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

ERRORS_IN_CI = 7

_OPEN = frozenset({"open", "openat", "creat"})
_NAMES = frozenset(
    {"mkdir", "mkdirat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"}
)
_ERRORS_OF = {
    "open": ("EACCES", "EROFS", "ENOSPC", "EDQUOT", "EMFILE", "EIO"),
    "names": ("EACCES", "EROFS", "ENOSPC", "EDQUOT", "EIO"),
    "bytes": ("ENOSPC", "EDQUOT", "EIO"),
    "other": ("EACCES", "EROFS", "EIO"),
    "close": ("EIO", "EDQUOT"),
    "flock": ("ENOLCK",),
    "open to read": ("EACCES", "EMFILE", "EIO"),
    "read": ("EIO",),
    "ask": ("EACCES", "EIO"),
}
_BYTES = re.compile(
    r"p?writev?2?(64)?|f?truncate|fallocate|fsync|fdatasync|sync_file_range|sendfile|copy_file_range"
)
_READ = re.compile(r"p?read(64)?|getdents64")


@pytest.fixture(scope="module", autouse=True)
def _needs_strace() -> None:
    require_strace()


def _kind(call: Call) -> str:
    """Say which errors a call can give."""
    if call.name in _OPEN:
        return "open" if is_writing(call) else "open to read"
    if call.name in _NAMES:
        return "names"
    if call.name in {"close", "flock"}:
        return call.name
    if _BYTES.fullmatch(call.name):
        return "bytes"
    if _READ.fullmatch(call.name):
        return "read"
    return "other" if call.name in WRITING else "ask"


def _cases(calls: list[Call]) -> list[tuple[Call, str]]:
    """Give each call with each error, once and from then on."""
    return [
        (call, f"error={error}{lasts}")
        for call in calls
        for error, lasts in product(_ERRORS_OF[_kind(call)], ("", "+"))
    ]


def _faults_after(stage: Stage, found: Trace, call: Call, fault: str, log: Path) -> Iterator[str]:
    done = inject(build_command(stage.site, "--jobs", 1), found, call, fault, log)
    if "(INJECTED)" not in done.log:
        yield f"the call was not made; it ended with {done.code}"
    yield from (f"half or missing: {name}" for name in stage.halves())
    if done.code == 0 and not stage.is_published():
        yield "it ended with 0, and is not published whole"
    if done.code not in {0, 3}:
        yield f"it ended with {done.code}: {done.err}"
    if done.code == 3 and not re.match(rf"cogen: cannot .*{re.escape(str(stage.site))}.*\n\Z", done.err):
        yield f"it names no file: {done.err}"
    yield from stage.faults_of_the_next_build()
    stage.reset()


def _try_all(stage: Stage, found: Trace, chosen: list[tuple[Call, str]], log: Path) -> None:
    faults = [
        f"{fault} at {call.text} (number {call.nth}): {wrong}"
        for call, fault in chosen
        for wrong in _faults_after(stage, found, call, fault, log)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("scenario", [FIRST, EDIT], ids=["first", "edit"])
def test_an_error_at_any_call_that_writes_is_told_and_breaks_nothing(
    scenario: Scenario, tmp_path: Path, stage_of: StageOf, tally: Tally
) -> None:
    stage = stage_of(scenario)
    site, log = stage.site, tmp_path / "log"
    folders = (site / "output", site / ".cogen", site / ".output.cogen-new")
    found = trace(build_command(site, "--jobs", 1), folders, log, WRITING)
    stage.reset()
    cases = _cases([call for call in found.calls if is_writing(call)])
    chosen = tally.choose(
        cases, lambda case: (_kind(case[0]), case[1], stage.zone(case[0].text)), ERRORS_IN_CI
    )
    _try_all(stage, found, chosen, log)


def test_an_error_at_any_call_that_reads_is_told_and_loses_nothing(
    tmp_path: Path, stage_of: StageOf, tally: Tally
) -> None:
    stage = stage_of(EDIT)
    log = tmp_path / "log"
    found = trace(build_command(stage.site, "--jobs", 1), (stage.site,), log, READING)
    stage.reset()
    cases = _cases([call for call in found.calls if call.name not in _OPEN or not is_writing(call)])
    chosen = tally.choose(cases, lambda case: (case[0].name, case[1], stage.zone(case[0].text)), ERRORS_IN_CI)
    _try_all(stage, found, chosen, log)


def test_a_process_that_cannot_be_had_is_told_with_the_way_out(stage_of: StageOf) -> None:
    stage = stage_of(LARGE)
    refuse = [f"--inject=?{call}:error=EAGAIN" for call in ("fork", "vfork", "clone", "clone3")]
    done = run(build_command(stage.site, "--jobs", 2), ["strace", "-qq", "-o", os.devnull, *refuse])
    assert (done.code, done.err) == (
        3,
        "cogen: cannot start a process to work with: Resource temporarily unavailable; `--jobs 1` needs none\n",
    )
    assert not stage.halves()
    assert not stage.faults_of_the_next_build()
