"""The wheel that people install: it holds all it needs, and makes a site where there is no repository."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
WHEELS = REPOSITORY / ".wheels"
"""Wheels of what cogen needs, put there by ``make test`` so that nothing is fetched here."""


def _run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=REPOSITORY)
    [built] = folder.glob("cogen-*.whl")
    return built


def test_the_wheel_holds_the_package_with_its_themes_and_starters_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = REPOSITORY / "cogen"
    expected = {
        path.relative_to(REPOSITORY).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == expected
    assert "cogen/themes/commons/theme.yaml" in names
    assert any(name.startswith("cogen/scaffold/") and not name.endswith(".py") for name in names)


def test_an_installed_cogen_begins_and_builds_a_site(wheel: Path, tmp_path: Path) -> None:
    if not WHEELS.is_dir():
        pytest.fail("no .wheels/ here: run `make test`, which fetches what the wheel needs", pytrace=False)
    venv.create(tmp_path / "venv", symlinks=True)
    python = tmp_path / "venv/bin/python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    _run(*pip, "install", "-q", "--no-compile", "--no-index", "--find-links", WHEELS, wheel, folder=tmp_path)
    cogen = tmp_path / "venv/bin/cogen"
    _run(cogen, "new", "site", "riverside", folder=tmp_path)
    _run(cogen, "build", "riverside", "--strict", folder=tmp_path)
    output = tmp_path / "riverside/output"
    assert "<h1" in (output / "index.html").read_text(encoding="utf-8")
    assert (output / "feed.xml").is_file()
    assert list(output.glob("assets/*.css"))
    again = _run(cogen, "build", "riverside", "--strict", folder=tmp_path)
    assert ": 0 rendered" in again
