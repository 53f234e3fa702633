"""Every diagnostic code has a case: a site as text, and the exact message."""

import re
from pathlib import Path

import pytest
from sites import MINIMAL, cogen, parse_site, write_site

from cogen.model.codes import CODES

CASES = sorted(Path(__file__).with_name("diagnostics").glob("*.txt"))
EXPECTED = "expected"


def _run(case: Path, folder: Path) -> str:
    text = case.read_text(encoding="utf-8")
    site = "".join(f"-- {name} --\n{body}" for name, body in parse_site(text).items() if name != EXPECTED)
    write_site(folder, MINIMAL)
    write_site(folder, site)
    return cogen("check", folder, "--now", "2013-07-01T12:00:00").out


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_a_mistake_gets_exactly_this_message(case: Path, tmp_path: Path, update: bool) -> None:
    printed = _run(case, tmp_path)
    text = case.read_text(encoding="utf-8")
    head = text.partition(f"-- {EXPECTED} --\n")[0]
    if update:
        case.write_text(f"{head}-- {EXPECTED} --\n{printed}", encoding="utf-8")
    assert printed == parse_site(case.read_text(encoding="utf-8")).get(EXPECTED)
    assert f"[{case.stem.partition('.')[0]}]" in printed


def test_every_code_has_a_case() -> None:
    without = CODES.keys() - {case.stem.partition(".")[0] for case in CASES}
    assert not without


def test_every_message_names_file_and_line_or_says_what_to_do() -> None:
    for case in CASES:
        printed = parse_site(case.read_text(encoding="utf-8"))[EXPECTED]
        assert re.match(r"[^\s:]+(:\d+:\d+)?: (error|warning|hint)\[", printed), case.name
