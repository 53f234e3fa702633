"""Every page and stylesheet is what the HTML and CSS standards say, by the checker the W3C uses."""

import json
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


def _findings(nu_checker: list[str], *paths: Path) -> list[str]:
    command = [*nu_checker, "--format", "json", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    checked = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=True)
    return [
        f"{message.get('url', '')}:{message.get('lastLine', 0)} {message['type']}: {message['message']}"
        for message in json.loads(checked.stderr)["messages"]
    ]


@pytest.mark.parametrize("site", ["sample_site", "everything"])
def test_no_page_stylesheet_or_drawing_of_a_site_is_at_fault(
    nu_checker: list[str], site: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(site)
    files = [path for path in folder.rglob("*") if path.suffix in {".html", ".css", ".svg"}]
    assert "\n".join(_findings(nu_checker, *sorted(files))) == ""
    assert len(files) > 50


def test_the_checker_sees_a_fault_where_there_is_one(nu_checker: list[str], tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=en><title>x</title><p><ul></p>", encoding="utf-8"
    )
    (tmp_path / "bad.css").write_text("p { colour: red }", encoding="utf-8")
    findings = _findings(nu_checker, tmp_path)
    assert any("bad.html" in finding for finding in findings)
    assert any("bad.css" in finding for finding in findings)
