"""The same sources, settings and moment give the same bytes: whoever builds, wherever, however, whenever.

The site is so large that processes share the work.  That the real date does not count is tested by ``--now`` and by
``SOURCE_DATE_EPOCH`` giving the same moment: two runs at two real moments, for one of which the moment is not named
on the command line at all.
"""

import datetime as dt
import io
import os
import random
import re
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from processes import command, environment
from sites import MINIMAL, parse_site, tree, write_site

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT = 310
NOW = dt.datetime(2013, 7, 1, 12, tzinfo=dt.UTC)
NAMED = ("--now", "2013-07-01T12:00:00+00:00")
EVERYTHING = (ROOT / "tests/golden/everything/site.txt").read_text(encoding="utf-8")


def _photograph(seed: int) -> bytes:
    coarse = Image.frombytes("RGB", (16, 8), random.Random(seed).randbytes(16 * 8 * 3))
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    coarse.resize((900, 600)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def _site() -> dict[str, str | bytes]:
    """Give the files of a site with everything in it, and of very many posts, and a few photographs."""
    files: dict[str, str | bytes] = dict(parse_site(EVERYTHING))
    settings = parse_site(MINIMAL)["site.yaml"].splitlines()[0]
    assert str(files["site.yaml"]).startswith(settings)
    files["site.yaml"] = str(files["site.yaml"]).replace("page_size: 2", "page_size: 5")
    for number in range(COUNT):
        day = dt.date(2012, 1, 1) + dt.timedelta(days=number)
        files[f"content/posts/{day.year}/{day}-p{number}.md"] = (
            f"---\ntitle: Post {number}\ntags: [T{number % 7}, Ünder {number % 5}]\nauthors: [A{number % 5}]\n---\n"
            f'![A yard](/{number % 3}.jpg) Text "{number}", with [another]({day}-p{number}.md).\n\n'
            f"```python\nx = {number}\n```\n"
        )
    return files | {f"content/{seed}.jpg": _photograph(seed) for seed in range(3)}


FILES = _site()


def _write(folder: Path, names: Sequence[str]) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = FILES[name]
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def _build(site: Path, *options: object, umask: int = 0o022, **told: str) -> str:
    """Build in a process of its own; give what it said but for how long it took."""
    done = subprocess.run(
        command("build", ".", *options),
        cwd=site,
        umask=umask,
        env=environment(**told),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return re.sub(r", \d+\.\d\d s$", "", done.stdout, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], str]:
    """Build plainly, by one process: the files, and what was said."""
    site = _write(tmp_path_factory.mktemp("plain"), sorted(FILES))
    said = _build(site, "--jobs", 1, *NAMED)
    built = tree(site / "output")
    assert len(built) > 2 * COUNT, "for fewer there would not be three workers"
    assert {"feed.xml", "atom.xml", "feed.json", "sitemap.xml", "0.jpg"} <= built.keys()
    assert sum(bool(re.match(r"pictures/[0-9a-f]{16}-", path)) for path in built) == 3 * 2 * 2
    return built, said


@pytest.mark.parametrize(
    ("told", "options", "umask"),
    [
        (
            {"TZ": "Pacific/Auckland", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
            ("--jobs", "3", *NAMED),
            0o027,
        ),
        (
            {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "USER": "else", "HOME": "/nowhere"},
            ("--jobs", "1", *NAMED),
            0o077,
        ),
        (
            {"TZ": "Asia/Kathmandu", "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
            ("--jobs", "3", "--no-cache"),
            0o002,
        ),
    ],
    ids=["Auckland in Turkish by three", "Los Angeles in C by one", "Kathmandu by SOURCE_DATE_EPOCH"],
)  # fmt: skip
def test_neither_place_nor_person_nor_order_nor_processes_change_a_byte(
    told: dict[str, str],
    options: tuple[str, ...],
    umask: int,
    expected: tuple[dict[str, bytes], str],
    tmp_path: Path,
) -> None:
    names = sorted(FILES)
    random.Random(umask).shuffle(names)
    site = _write(tmp_path / "ein ganz anderer, längerer Ort" / "Site", names)
    said = _build(site, *options, umask=umask, **told)
    built, words = expected
    found = tree(site / "output")
    assert sorted(found) == sorted(built)
    assert [path for path in found if found[path] != built[path]] == []
    assert _findings(said) == _findings(words) != []
    assert _modes(site / "output") == {0o666 & ~umask}
    again = _build(site, *options[:2], *NAMED, umask=umask)
    if "--no-cache" in options:  # which left nothing to remember by
        assert f": {len(built):,} rendered, 0 written\n" in again
        again = _build(site, *options[:2], *NAMED, umask=umask)
    assert ": 0 rendered, 0 written\n" in again
    assert tree(site / "output") == built


def _findings(said: str) -> list[str]:
    """Give the lines that name a file."""
    return [line for line in said.splitlines() if re.match(r"\S+:\d+:\d+: ", line)]


def _modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}


def test_which_of_very_many_findings_are_told_is_no_chance(tmp_path: Path) -> None:
    notes = ':::note{alpha="1" beta="2" gamma="3"}\nText.\n:::\n\n' * 34
    write_site(tmp_path, MINIMAL + f"-- content/pages/a.md --\n---\ntitle: A\n---\n{notes}")
    said = set()
    for seed in range(3):
        done = subprocess.run(
            [sys.executable, "-m", "cogen", "check", tmp_path],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        said.add(done.stdout)
    assert len(said) == 1
