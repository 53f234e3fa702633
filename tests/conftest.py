"""What all tests share: how properties are searched, and the repository's own site, built once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE_NOW = "2013-07-01T12:00"
"""When the repository's own site is built in tests: after its latest post."""

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


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the repository's own site from a copy of its sources, as a user would, and give the output."""
    site = tmp_path_factory.mktemp("sample")
    for name in ("content", "themes"):
        shutil.copytree(REPOSITORY / name, site / name)
    shutil.copy(REPOSITORY / "site.yaml", site)
    command = [sys.executable, "-m", "cogen", "build", str(site), "--strict", "--now", SAMPLE_NOW]
    built = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if built.returncode:
        pytest.fail(f"the repository's own site does not build:\n{built.stdout}{built.stderr}", pytrace=False)
    return site / "output"
