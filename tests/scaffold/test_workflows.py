"""What a new site brings for GitHub and GitLab: files that they understand, with commands that work."""

import datetime as dt
import shlex
from pathlib import Path

import pytest
import yaml
from sites import cogen

from cogen.scaffold.site import new_site

SITE_ID = "7f0c6a52-7d2b-4ce6-8a0e-1f0c6a527d2b"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    new_site(tmp_path / "site", SITE_ID, dt.date(2026, 7, 15))
    return tmp_path / "site"


def run(site: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a command of cogen as a workflow would."""
    name, *arguments = shlex.split(line)
    assert name == "cogen"
    monkeypatch.chdir(site)
    result = cogen(*arguments, "--now", "2026-07-15T09:00:00+00:00")
    assert result.code == 0, result.out + result.err


def test_github_builds_at_every_change_and_every_hour(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (site / ".github/workflows/publish.yaml").read_text()
    workflow = yaml.load(text, yaml.BaseLoader)
    assert workflow["on"]["push"] == {"branches": ["main", "master"]}
    (schedule,) = workflow["on"]["schedule"]
    minute, *rest = schedule["cron"].split()
    assert minute.isdigit()
    assert rest == ["*"] * 4
    steps = workflow["jobs"]["publish"]["steps"]
    (build,) = (step["run"] for step in steps if step.get("run", "").startswith("cogen"))
    address = "https://fern.example.org/blog"
    run(site, build.replace("${{ steps.pages.outputs.base_url }}", address), monkeypatch)
    (upload,) = (step["with"]["path"] for step in steps if "upload-pages" in step.get("uses", ""))
    assert f'href="{address}/"' in (site / upload / "index.html").read_text()
    (kept,) = (step["with"]["path"].split() for step in steps if "/cache@" in step.get("uses", ""))
    assert kept == [".cogen", "output"]
    assert all((site / folder).is_dir() for folder in kept)
    assert _installed(workflow["env"]["COGEN"], [step.get("run", "") for step in steps])


def test_gitlab_publishes_the_folder_that_was_built(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = yaml.safe_load((site / ".gitlab-ci.yml").read_text())["pages"]
    (build,) = (line for line in pages["script"] if line.startswith("cogen"))
    run(site, build.replace("$CI_PAGES_URL", "https://fern.example.org/blog"), monkeypatch)
    (published,) = pages["artifacts"]["paths"]
    assert published == "public"
    assert "https://fern.example.org/blog/" in (site / published / "index.html").read_text()
    assert pages["cache"]["paths"] == [".cogen", "public"]
    assert all((site / folder).is_dir() for folder in pages["cache"]["paths"])
    assert _installed(pages["variables"]["COGEN"], pages["script"])


def _installed(source: str, commands: list[str]) -> bool:
    """Say whether a workflow installs cogen from where it is told, and from nowhere else: others have its name, too."""
    name, _, address = source.partition(" @ ")
    installs = [command for command in commands if "install" in command]
    return name == "cogen" and address.startswith("https://") and installs == ['pip install "$COGEN"']
