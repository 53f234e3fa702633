"""What all tests share: how properties are searched, and the repository's own site, built once."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parent.parent

# No deadline: the machine may be busy, and time is what bench/ measures.  In CI the examples are the same each time.
settings.register_profile("cogen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("cogen"), derandomize=True, database=None)
settings.register_profile("deep", settings.get_profile("cogen"), max_examples=5000)
settings.load_profile(os.environ.get("COGEN_HYPOTHESIS", "ci" if os.environ.get("CI") == "true" else "cogen"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes golden files anew."""
    parser.addoption("--update", action="store_true", help="write golden files anew; read the difference")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Say whether golden files are to be written anew."""
    return bool(request.config.getoption("--update"))
