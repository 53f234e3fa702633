"""A rebuild is never wrong: long walks of edits and accidents, and after each step a cold build as the oracle.

``make soak`` walks for an hour, never twice the same way: see CONTRIBUTING.md.
"""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from exact.walk import Tally, walks
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

SOAK_S = float(os.environ.get("COGEN_SOAK_S", "0"))
"""For how long to walk; 0: as far as CI goes."""
WALKS = 12
"""Of some 190 steps each, which is over 2,000 together."""
EXAMPLES = 6
STEPS = 32
_SETTINGS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[phase for phase in Phase if phase is not Phase.explain],
)

Say = Callable[[str, object], None]


def _walk(folder: Path, number: int, tally: Tally) -> None:
    run_state_machine_as_test(seed(number)(walks(folder, tally)), settings=_SETTINGS)


@pytest.mark.skipif(SOAK_S > 0, reason="a soak walks elsewhere")
@pytest.mark.parametrize("number", range(WALKS))
def test_whatever_happens_a_rebuild_ends_as_a_cold_build(
    number: int, tmp_path: Path, record_property: Say
) -> None:
    tally = Tally()
    _walk(tmp_path, number if _SETTINGS.derandomize else random.SystemRandom().getrandbits(64), tally)
    record_property("walked", vars(tally))
    assert tally.steps > EXAMPLES * STEPS // 2


@pytest.mark.skipif(SOAK_S <= 0, reason="only `make soak` walks for so long")
@pytest.mark.parametrize("number", range(2))
def test_for_a_long_time(number: int, tmp_path: Path, record_property: Say) -> None:
    tally, end_s, chance = Tally(), time.monotonic() + SOAK_S, random.SystemRandom()
    while time.monotonic() < end_s:
        _walk(tmp_path / str(number), chance.getrandbits(64), tally)
    record_property("walked", vars(tally))
    assert tally.published > 0
