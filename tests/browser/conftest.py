"""Chromium, the accessibility engine and the Nu checker; where one is missing, ``make test`` installs it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sites
import static_server
from browser.constructs import EVERYTHING, SETTINGS, in_arabic
from browser.places import Place
from playwright.sync_api import Browser, sync_playwright

MODULES = Path(__file__).parent / "node_modules"
BASE = "/blog/"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def _require(*needed: tuple[str, bool]) -> None:
    """Fail where a tool is missing; skip only where somebody asked for that, and never in CI."""
    missing = [name for name, is_there in needed if not is_there]
    if not missing:
        return
    reason = f"missing: {', '.join(missing)}. `make test` installs what the browser tests need"
    if os.environ.get("COGEN_NO_BROWSER") == "1" and os.environ.get("CI") != "true":
        pytest.skip(reason)
    pytest.fail(reason + "; COGEN_NO_BROWSER=1 leaves them out", pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium without a window."""
    chromium = shutil.which("chromium")
    _require(("chromium", chromium is not None))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Give the source of the accessibility engine."""
    source = MODULES / "axe-core/axe.min.js"
    _require(("axe-core", source.exists()))
    return source.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def nu_checker() -> list[str]:
    """Give the command that starts the Nu HTML checker."""
    java, checker = shutil.which("java"), MODULES / "vnu-jar/build/dist/vnu.jar"
    _require(("java", java is not None), ("vnu-jar", checker.exists()))
    return [str(java), "-jar", str(checker)]


@pytest.fixture(scope="session")
def home(sample_site: Path) -> Iterator[str]:
    """Serve the repository's own site under its base path and give the address of its home page."""
    with static_server.serve(sample_site, BASE) as url:
        yield url


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of every construct and component in two languages, without a finding, and give the output."""
    folder = sites.write_site(tmp_path_factory.mktemp("everything"), SETTINGS)
    sites.write_site(folder, EVERYTHING + in_arabic(EVERYTHING))
    sites.build(folder, "--strict")
    return folder / "output"


@pytest.fixture(scope="session", params=["sample", "everything, in Arabic"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Serve the repository's own site, and the site of everything in the language that is written from the right."""
    is_sample = request.param == "sample"
    output: Path = request.getfixturevalue("sample_site" if is_sample else "everything")
    base, language = (BASE, "") if is_sample else ("/", "ar/")
    policy = static_server.STRICT_POLICY
    with static_server.serve(output, base) as url, static_server.serve(output, base, policy) as strict_url:
        yield Place(output / language, output, url + language, strict_url + language)
