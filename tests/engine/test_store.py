"""A store that has lost something, or everything, costs time and never a byte."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sites import MINIMAL, build, tree, write_site

SITE = MINIMAL + "".join(
    f"-- content/posts/2013-05-0{day}-p{day}.md --\n---\ntitle: Post {day}\n---\nText {day}.\n"
    for day in (1, 2, 3)
)


def _run(*statements: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return damage


def _overwrite(start: int, end: int | None) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[start:end] = b"\x5a" * len(data[start:end])
        path.write_bytes(data)

    return damage


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        _run("DELETE FROM bodies"),
        _run("UPDATE bodies SET data = 'x'"),
        _run("UPDATE bodies SET data = x'00'"),
        _run("DELETE FROM records"),
        _run("UPDATE records SET data = x'00'"),
        _run("DROP TABLE bodies"),
        _run("DROP TABLE records", "CREATE TABLE records (key TEXT)"),
        _overwrite(0, None),
        _overwrite(100, None),
        _overwrite(4096, 8192),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        Path.unlink,
    ],
    ids=[
        "bodies gone", "bodies of another kind", "bodies changed", "records gone", "records changed", "no bodies",
        "other tables", "all noise", "pages noise", "one page noise", "empty", "cut", "deleted",
    ],
)  # fmt: skip
def test_a_damaged_store_gives_the_same_site(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    site = write_site(tmp_path / "site", SITE)
    build(site)
    damage(site / ".cogen/store.sqlite")
    write_site(site, SITE.replace("title: Test site", "title: Renamed"))
    build(site)
    build(site, "--no-cache", "-o", tmp_path / "cold")
    assert tree(site / "output") == tree(tmp_path / "cold")
    assert ": 0 rendered" in build(site).out


def test_a_store_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    site = write_site(tmp_path, SITE)
    build(site)
    _make_folder(site / ".cogen/store.sqlite")
    with pytest.raises(AssertionError, match=r"exit 3(?s:.*)store\.sqlite"):
        build(site)


def test_what_is_no_longer_used_is_dropped_in_time(tmp_path: Path) -> None:
    many = "".join(f"-- content/data/d{number}.yaml --\nnumber: {{}}\n" for number in range(130))
    site = write_site(tmp_path, MINIMAL + many)
    build(site)
    for number in range(1, 130):
        (site / f"content/data/d{number}.yaml").unlink()
    build(site)
    with closing(sqlite3.connect(site / ".cogen/store.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchone() == (1,)
