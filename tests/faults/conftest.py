"""How much of the faults is tried, and on which stages; ``tests/conftest.py`` tells of it at the end."""

import os
import random
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import pytest
from faults.scenarios import Scenario, Stage, make_stage

_T = TypeVar("_T")
StageOf = Callable[[Scenario], Stage]


def sample(items: Sequence[_T], kind: Callable[[_T], Hashable], most: int, seed: str) -> list[_T]:
    """Choose at most so many, in turn from each kind."""
    chance = random.Random(seed)
    kinds: dict[Hashable, list[_T]] = {}
    for item in items:
        kinds.setdefault(kind(item), []).append(item)
    for members in kinds.values():
        chance.shuffle(members)
    order = list(kinds.values())
    chance.shuffle(order)
    turns = [members[turn] for turn in range(most) for members in order if turn < len(members)]
    return turns[:most]


class Tally:
    """Tells the summary how many of how many faults a test has tried."""

    def __init__(self, record: Callable[[str, object], None], seed: str) -> None:
        self._record = record
        self._seed = seed

    def choose(
        self, items: Sequence[_T], kind: Callable[[_T], Hashable], most: int, soak: int | None = None
    ) -> list[_T]:
        """Choose at most so many, in turn from each kind, and note it.

        Where COGEN_FAULTS is ``all``, all are chosen, or ``soak`` of them where that is more than a night's work.
        """
        if os.environ.get("COGEN_FAULTS") == "all":
            most = len(items) if soak is None else soak
        chosen = sample(items, kind, most, self._seed)
        assert chosen, "there is nothing to try"
        self._record("faults tried", f"{len(chosen)} of {len(items)}")
        return chosen


@pytest.fixture(scope="session")
def stage_of(tmp_path_factory: pytest.TempPathFactory) -> StageOf:
    """Give what gives a scenario's stage, in its state: made once, and brought into its state for each who asks."""
    stages: dict[str, Stage] = {}

    def stage_of(scenario: Scenario) -> Stage:
        if scenario.name in stages:
            stages[scenario.name].reset()
        else:
            stages[scenario.name] = make_stage(scenario, tmp_path_factory.mktemp(scenario.name))
        return stages[scenario.name]

    return stage_of


@pytest.fixture
def tally(record_property: Callable[[str, object], None], request: pytest.FixtureRequest) -> Tally:
    """Give what chooses a sample, the same one each time, and notes its size."""
    return Tally(record_property, request.node.name)
