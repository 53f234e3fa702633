"""What all tests share: how properties are searched, and the repository's own site, built once."""

import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cogen.engine.workers import can_fork

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser to the end: it and what serves it are threads, and a process with threads forks no workers."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how far the walks went and how many faults were tried; with workers only this file is read in time."""
    walked: Counter[str] = Counter()
    tried: list[str] = []
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        if report.when == "call":
            noted = dict(report.user_properties)
            walked.update(noted.get("walked", {}))
            if "faults tried" in noted:
                tried.append(f"{report.nodeid.rpartition('/')[2]}: {noted['faults tried']}")
    if walked:
        counts = ", ".join(f"{count:,} {name}" for name, count in walked.items())
        terminalreporter.write_sep("-", "a rebuild against a cold build after every step")
        terminalreporter.write_line(counts)
    if tried:
        terminalreporter.write_sep("-", "faults tried (COGEN_FAULTS=all tries every one)")
        for line in sorted(tried):
            terminalreporter.write_line(line)


@pytest.fixture
def forks() -> None:
    """Require that a build here forks its workers, without which a test of them proves nothing."""
    assert can_fork(), f"there are threads: {threading.enumerate()}"


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
