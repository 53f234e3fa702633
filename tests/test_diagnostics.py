"""Every diagnostic code has a case: a site as text, and the exact message; `check` and `build` agree on each."""

import re
from pathlib import Path

import pytest
from sites import MINIMAL, cogen, parse_site, snapshot, write_site

from cogen.model.codes import CODES

CASES = sorted(Path(__file__).with_name("diagnostics").glob("*.txt"))
EXPECTED = "expected"
NOW = ("--now", "2013-07-01T12:00:00")
NOT_AS_TEXT = {
    "no-compressor": "it depends on what is installed: tests/engine/test_compressing.py",
    "no-share-font": "it depends on what is installed: tests/engine/test_share_pictures.py",
    "no-search-program": "it depends on what is installed: tests/engine/test_search.py",
    "enormous-picture": "a text file holds no bitmaps: tests/engine/test_pictures.py",
    "file-too-large": "two megabytes are no reading: tests/engine/test_sources.py",
    "not-utf8": "a text file holds no bytes that are not UTF-8: tests/engine/test_sources.py",
    "path-escape": "no content is known to come so far: tests/engine/test_hidden_addresses.py",
    "symlink-outside": "a text file holds no symbolic links: tests/engine/test_sources.py",
}
"""Codes whose cases cannot be written as text, and why."""


def _write(case: Path, folder: Path) -> Path:
    text = case.read_text(encoding="utf-8")
    site = "".join(f"-- {name} --\n{body}" for name, body in parse_site(text).items() if name != EXPECTED)
    write_site(folder, MINIMAL)
    return write_site(folder, site)


def _findings(printed: str) -> str:
    """Give the part of a report that lists findings: all before the line that counts or sums up."""
    return printed.partition("\n\n")[0]


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_a_mistake_gets_exactly_this_message(case: Path, tmp_path: Path, update: bool) -> None:
    site = _write(case, tmp_path)
    before = snapshot(site)
    checked = cogen("check", site, *NOW)
    assert snapshot(site) == before, "check wrote something"
    text = case.read_text(encoding="utf-8")
    if update:
        head = text.partition(f"-- {EXPECTED} --\n")[0]
        case.write_text(f"{head}-- {EXPECTED} --\n{checked.out}", encoding="utf-8")
    assert checked.out == parse_site(case.read_text(encoding="utf-8")).get(EXPECTED)
    assert f"[{case.stem.partition('.')[0]}]" in checked.out
    built = cogen("build", site, "--jobs", "1", *NOW)
    assert _findings(built.out) == _findings(checked.out)
    assert (built.code, built.err) == (checked.code, checked.err)
    assert (site / "output").exists() == (built.code == 0)


def test_every_code_has_a_case() -> None:
    without = CODES.keys() - {case.stem.partition(".")[0] for case in CASES}
    assert without == NOT_AS_TEXT.keys()


def test_every_message_names_its_file() -> None:
    for case in CASES:
        printed = parse_site(case.read_text(encoding="utf-8"))[EXPECTED]
        assert re.match(r"[^\s:]+(:\d+){0,2}: (error|warning|hint)\[", printed), case.name
