"""A page with every construct of a dialect is sound by the Nu checker and the accessibility engine."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sites
import static_server
from browser.constructs import COMMON, MANY_TAGS, OWN, SITE, TAKING_PART
from browser.looking import NARROW, WIDE, faults
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PATH = "2013/05/constructs/index.html"


@pytest.fixture(scope="module", params=sorted(OWN))
def constructs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the page in a dialect, without a single finding, and give the output."""
    folder = tmp_path_factory.mktemp("constructs")
    settings = f"{sites.MINIMAL}markdown: {{dialect: {request.param}}}\n{TAKING_PART}"
    sites.write_site(sites.write_site(folder, settings), SITE + COMMON + OWN[request.param] + MANY_TAGS)
    sites.build(folder, "--strict")
    return folder / "output"


@pytest.fixture(scope="module")
def address(constructs: Path) -> Iterator[str]:
    """Serve it."""
    with static_server.serve(constructs, "/") as url:
        yield url


def test_the_checker_finds_no_fault_with_any_construct(nu_checker: list[str], constructs: Path) -> None:
    page = constructs / PATH
    command = [
        *nu_checker,
        "--format",
        "json",
        "--exit-zero-always",
        str(page),
        str(constructs / "index.html"),
        str(constructs / "tags/index.html"),
    ]
    checked = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(checked.stderr)["messages"]
    assert "\n".join(f"{m.get('lastLine')}: {m['message']}: {m.get('extract')}" for m in found) == ""
    text = page.read_text(encoding="utf-8")
    for mark in (
        "<dl>",
        'role="doc-endnotes"',
        "alert",
        "<table>",
        "<figure",
        "own-id",
        "highlight",
        "<details",
        "mailto:us%2Bblog@example.org?subject=About%20%E2%80%9CEvery%20construct%E2%80%9D",
        "https://git.example.org/edit/content/posts/2013-05-01-constructs.md",
    ):
        assert mark in text, mark


@pytest.mark.parametrize(
    ("path", "title"), [(PATH.removesuffix("index.html"), "Every construct"), ("tags/", "Tags")]
)
def test_the_accessibility_engine_finds_no_fault_with_any_construct(
    browser: Browser, axe: str, address: str, path: str, title: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + path)
        assert page.title().startswith(title)
        found = faults(page, axe, (NARROW, WIDE))
    assert "\n".join(found) == ""
