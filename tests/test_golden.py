"""Whole sites, byte for byte: `tests/golden/NAME/site.txt` builds to `tests/golden/NAME/expected/`.

`pytest tests/test_golden.py --update` writes the folders anew: read the difference before you keep it.
"""

import shutil
from pathlib import Path

import pytest
from sites import build, tree, write_site

GOLDEN = sorted(Path(__file__).with_name("golden").iterdir())


@pytest.mark.parametrize("golden", GOLDEN, ids=[golden.name for golden in GOLDEN])
def test_a_site_builds_to_these_bytes(golden: Path, tmp_path: Path, update: bool) -> None:
    site = write_site(tmp_path, (golden / "site.txt").read_text(encoding="utf-8"))
    build(site)
    built, expected = tree(site / "output"), golden / "expected"
    if update:
        shutil.rmtree(expected, ignore_errors=True)
        shutil.copytree(site / "output", expected, ignore=shutil.ignore_patterns(".cogen-output"))
    kept = tree(expected)
    assert sorted(built) == sorted(kept)
    assert {name for name in built if built[name] != kept[name]} == set()
