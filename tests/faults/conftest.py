"""How much of the faults is tried, and the line that says so."""

import os
import random
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import pytest

_TRIED = "faults tried"
_SEED = 20130701
_T = TypeVar("_T")


def sample(items: Sequence[_T], kind: Callable[[_T], Hashable], most: int) -> list[_T]:
    """Choose at most so many, in turn from each kind; all of them where COGEN_FAULTS is ``all``."""
    if os.environ.get("COGEN_FAULTS") == "all":
        return list(items)
    chance = random.Random(_SEED)
    kinds: dict[Hashable, list[_T]] = {}
    for item in items:
        kinds.setdefault(kind(item), []).append(item)
    for members in kinds.values():
        chance.shuffle(members)
    turns = [members[turn] for turn in range(most) for members in kinds.values() if turn < len(members)]
    return turns[:most]


class Tally:
    """Tells the summary how many of how many faults a test has tried."""

    def __init__(self, record: Callable[[str, object], None]) -> None:
        self._record = record

    def choose(self, items: Sequence[_T], kind: Callable[[_T], Hashable], most: int) -> list[_T]:
        """Choose a sample and note it."""
        chosen = sample(items, kind, most)
        assert chosen, "there is nothing to try"
        self._record(_TRIED, f"{len(chosen)} of {len(items)}")
        return chosen


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """Give what chooses a sample and notes its size."""
    return Tally(record_property)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many faults were tried (COGEN_FAULTS=all tries every one)."""
    lines = [
        f"{report.nodeid.rpartition('/')[2]}: {value}"
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, value in report.user_properties
        if name == _TRIED
    ]
    if lines:
        terminalreporter.section("faults tried")
        for line in sorted(lines):
            terminalreporter.write_line(line)
