"""Compressed copies: beside every text of some size, the same each time, and gone with it."""

import gzip
import importlib.util
from pathlib import Path

import brotli
import pytest
from sites import MINIMAL, build, cogen, tree, write_site

BOTH = MINIMAL + "hosting: {compress: [br, gz]}\n"
LONG, BINARY = "Long. " * 500, "x" * 5000
FILES = f"-- content/long.txt --\n{LONG}\n-- content/short.txt --\nShort.\n-- content/x.bin --\n{BINARY}\n"


def test_a_text_has_a_copy_in_each_format(tmp_path: Path) -> None:
    build(write_site(tmp_path, BOTH + FILES))
    published = tree(tmp_path / "output")
    for path in ("long.txt", "index.html", "follow/index.html"):
        assert gzip.decompress(published[f"{path}.gz"]) == published[path]
        assert brotli.decompress(published[f"{path}.br"]) == published[path]
        assert len(published[f"{path}.br"]) < len(published[path])
    assert not published.keys() & {"short.txt.gz", "x.bin.gz", "long.txt.gz.br", "long.txt.br.gz"}


def test_a_warm_build_has_the_copies_of_a_cold_one_and_makes_few(tmp_path: Path) -> None:
    build(write_site(tmp_path, BOTH + FILES))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "output").rglob("*.gz")}
    write_site(tmp_path, f"-- content/long.txt --\n{'Longer. ' * 500}\n")
    build(tmp_path)
    changed = {path.name for path, moment in before.items() if path.stat().st_mtime_ns != moment}
    assert changed == {"long.txt.gz"}
    build(tmp_path, "--no-cache", "-o", tmp_path / "cold")
    assert tree(tmp_path / "output") == tree(tmp_path / "cold")


def test_copies_are_counted_and_explained(tmp_path: Path) -> None:
    said = build(write_site(tmp_path, BOTH + FILES), "--explain").out
    count = len([path for path in (tmp_path / "output").rglob("*") if path.is_file()]) - 1
    assert f"{count} files from 0 posts in {tmp_path / 'output'}: {count} rendered, {count} written" in said
    write_site(tmp_path, f"-- content/long.txt --\n{'Longer. ' * 500}\n")
    said = build(tmp_path, "--explain").out
    assert "  long.txt.gz: the file that it is a copy of is another" in said
    assert f"{count} files from 0 posts in {tmp_path / 'output'}: 3 rendered, 3 written" in said


def test_a_damaged_copy_is_made_again_and_all_go_with_the_setting(tmp_path: Path) -> None:
    build(write_site(tmp_path, BOTH + FILES))
    whole = tree(tmp_path / "output")
    (tmp_path / "output/long.txt.gz").write_bytes(b"damaged")
    (tmp_path / "output/long.txt.br").unlink()
    build(tmp_path)
    assert tree(tmp_path / "output") == whole
    build(write_site(tmp_path, MINIMAL))
    assert not [name for name in tree(tmp_path / "output") if name.endswith((".gz", ".br"))]


def test_a_copy_of_the_authors_own_stands(tmp_path: Path) -> None:
    build(write_site(tmp_path, BOTH + FILES + "-- content/long.txt.gz --\nmine\n"))
    assert (tmp_path / "output/long.txt.gz").read_text() == "mine\n"
    assert (tmp_path / "output/long.txt.br").exists()


def test_one_format_is_enough(tmp_path: Path) -> None:
    build(write_site(tmp_path, MINIMAL + "hosting: {compress: gz}\n" + FILES))
    assert {name[-3:] for name in tree(tmp_path / "output") if name.startswith("long")} == {"txt", ".gz"}


def test_a_format_that_is_none_is_told(tmp_path: Path) -> None:
    result = cogen("build", write_site(tmp_path, MINIMAL + "hosting: {compress: [zip]}\n"))
    assert 'error[bad-value]: "zip" is no format of compressed files' in result.out


def test_without_the_package_it_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "brotli" else real(name))
    result = cogen("check", write_site(tmp_path, BOTH))
    assert result.code == 1
    assert "site.yaml:5:11: error[no-compressor]: " in result.out
    assert "pip install brotli" in result.out


@pytest.mark.parametrize("name", ["long.txt.gz/inner.txt", "LONG.TXT.GZ", "long.txt.br/a/b.bin"])
def test_what_lies_where_a_copy_is_made_is_a_collision_in_every_build(name: str, tmp_path: Path) -> None:
    build(write_site(tmp_path, BOTH + FILES))
    write_site(tmp_path, f"-- content/{name} --\nmine\n")
    for options in ((), ("--no-cache",)):
        result = cogen("build", tmp_path, *options)
        assert result.code == 1
        assert f"content/{name}: error[address-collision]" in result.out + result.err
        assert "long.txt." in result.out + result.err
