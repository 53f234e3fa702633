"""A store that has lost something, or everything, costs time and never a byte."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import MINIMAL, build, tree, write_site

from cogen.engine import manifest, store
from cogen.engine.segments import Place, SegmentWriter, read_record

SITE = MINIMAL + "".join(
    f"-- content/posts/2013-05-0{day}-p{day}.md --\n---\ntitle: Post {day}\n---\nText {day}.\n"
    for day in (1, 2, 3)
)
RENAMED = SITE.replace("title: Test site", "title: Renamed")
Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give what a build with nothing remembered makes of the renamed site."""
    site = write_site(tmp_path_factory.mktemp("renamed"), RENAMED)
    build(site)
    return tree(site / "output")


def _overwrite(start: int, end: int | None) -> Damage:
    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[start:end] = b"\x5a" * len(data[start:end])
        path.write_bytes(data)

    return damage


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "stray").write_text("x")


@pytest.mark.parametrize("name", ["index", "1.segment"])
@pytest.mark.parametrize(
    "damage",
    [
        _overwrite(0, None),
        _overwrite(40, 60),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:100]),
        Path.unlink,
        _make_folder,
        lambda path: (path.unlink(), path.symlink_to("/dev/null")),
        lambda path: shutil.rmtree(path.parent),
        lambda path: (shutil.rmtree(path.parent), path.parent.write_text("no folder")),
    ],
    ids=["noise", "some noise", "empty", "cut", "deleted", "a folder", "a link", "no store", "a file for a store"],
)  # fmt: skip
def test_a_damaged_store_gives_the_same_site(
    tmp_path: Path, renamed: dict[str, bytes], name: str, damage: Damage
) -> None:
    site = write_site(tmp_path / "site", SITE)
    build(site)
    damage(site / ".cogen/store" / name)
    write_site(site, RENAMED)
    build(site)
    assert tree(site / "output") == renamed
    assert ": 0 rendered" in build(site).out


def test_what_is_no_longer_used_is_dropped_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_SMALL_BYTES", 1 << 14)
    pages = {number: tmp_path / f"site/content/pages/p{number}.md" for number in range(5)}
    site = write_site(tmp_path / "site", MINIMAL)
    pages[0].parent.mkdir(parents=True)
    for page in pages.values():
        page.write_text("long words " * 2_000)
    build(site)
    for number in range(1, 5):
        pages[number].unlink()
    build(site)
    assert sum(path.stat().st_size for path in (site / ".cogen/store").iterdir()) < 100_000
    build(site, "--no-cache", "-o", tmp_path / "cold")
    assert tree(site / "output") == tree(tmp_path / "cold")


def test_many_small_edits_leave_few_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST_SEGMENTS", 4)
    site = write_site(tmp_path / "site", SITE)
    for number in range(6):
        (site / "content/posts/2013-05-01-p1.md").write_text(f"---\ntitle: Post 1\n---\nEdit {number}.\n")
        build(site)
        write_site(site, f"-- content/pages/more{number}.md --\nPage {number}.\n")
        build(site)
    assert len(list((site / ".cogen/store").iterdir())) < 8
    build(site, "--no-cache", "-o", tmp_path / "cold")
    assert tree(site / "output") == tree(tmp_path / "cold")


def test_a_segment_gives_back_each_record_and_nothing_that_was_damaged(tmp_path: Path) -> None:
    path = tmp_path / "7.segment"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    writer = SegmentWriter(7, descriptor, path)
    records = [b"one", b"", b"three" * 100_000]
    places = [writer.append(record) for record in records]
    writer.flush()
    assert [read_record({7: descriptor}, place) for place in places] == records
    assert read_record({7: descriptor}, Place(7, 1, 3, places[0].checksum)) is None
    assert read_record({7: descriptor}, Place(7, 10**9, 3, places[0].checksum)) is None
    assert read_record({}, places[0]) is None
    os.close(descriptor)
    assert read_record({7: descriptor}, places[0]) is None


def test_output_folders_that_are_no_longer_built_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "MOST_OUTPUTS", 2)
    site = write_site(tmp_path / "site", SITE)
    for number in range(4):
        build(site, "-o", tmp_path / f"output-{number}")
        newest = max((site / ".cogen").glob("manifest-*"), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    assert len(list((site / ".cogen").glob("manifest-*"))) == 2
    assert len(list((site / ".cogen").glob("last-*"))) <= 2
    assert ": 0 rendered" in build(site, "-o", tmp_path / "output-3").out
    build(site, "-o", tmp_path / "output-0")
    assert tree(tmp_path / "output-0") == tree(tmp_path / "output-3")


def test_a_disk_that_refuses_at_the_end_costs_only_what_was_to_be_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "site", SITE)
    close = os.close

    def refuse(descriptor: int) -> None:
        close(descriptor)
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    with store.Store(site) as found:
        [writer] = found.new_segments(1)
        writer.append(b"record")
        writer.flush()
        monkeypatch.setattr(os, "close", refuse)
    monkeypatch.setattr(os, "close", close)
    assert (site / "1.segment").stat().st_size > 0
