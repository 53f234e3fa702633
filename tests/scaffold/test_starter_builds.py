"""The starter is a site without a fault, and a new post in it is one, too."""

import datetime as dt
from pathlib import Path

import pytest

from cogen.cli import main
from cogen.scaffold.post import new_post
from cogen.scaffold.site import new_site

SITE_ID = "7f0c6a52-7d2b-4ce6-8a0e-1f0c6a527d2b"


@pytest.mark.parametrize("day", ["2024-02-29", "2025-12-31", "2026-01-01", "2026-07-15"])
def test_the_starter_builds_without_a_single_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    site = tmp_path / "site"
    new_site(site, SITE_ID, dt.date.fromisoformat(day))
    assert main(["check", str(site), "--strict", "--now", f"{day}T09:00:00+00:00", "--format", "json"]) == 0
    assert capsys.readouterr().out.strip() == "[]"


@pytest.mark.parametrize(
    "title", ["Tulse Hill: update", 'She said "no"', "🚲" * 90, "日本語" * 40, "...", "a\\b\x07c"]
)
def test_a_new_post_in_it_adds_no_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], title: str
) -> None:
    site = tmp_path / "site"
    day = dt.date(2026, 7, 15)
    new_site(site, SITE_ID, day)
    new_post(site, title, day, f"urn:uuid:{SITE_ID}")
    arguments = ["check", str(site), "--strict", "--drafts", "--now", "2026-07-15T09:00:00+00:00"]
    assert main([*arguments, "--format", "json"]) == 0
    assert capsys.readouterr().out.strip() == "[]"
