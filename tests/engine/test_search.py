"""The index for search: made with the pages, of the pages, and only when one of them is another."""

import json
import tempfile
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, tree, write_site

from cogen.engine.searching import SearchEngine

SEARCH = MINIMAL + "search: true\n"
POSTS = """\
-- content/posts/2013-05-01-beans.md --
---
title: Beans
---
We counted butter beans.
-- content/posts/2013-05-02-tea.md --
---
title: Tea
---
Tea at four.
-- content/posts/2013-05-03-secret.md --
---
title: Secret
hidden: true
---
Nobody finds it.
"""


def site(folder: Path, settings: str = SEARCH) -> Path:
    return write_site(folder, settings + POSTS)


def index(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give the files of the index with the moments at which they were written."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted((folder / "output/pagefind").rglob("*"))
        if path.is_file()
    }


def pages_found(folder: Path) -> int:
    entry = json.loads((folder / "output/pagefind/pagefind-entry.json").read_text())
    return sum(language["page_count"] for language in entry["languages"].values())


def test_pages_are_indexed_and_lists_and_hidden_ones_are_not(tmp_path: Path) -> None:
    build(site(tmp_path))
    assert pages_found(tmp_path) == 2
    assert {"output/pagefind/pagefind.js", "output/pagefind/pagefind-worker.js"} <= index(tmp_path).keys()
    assert not [name for name in index(tmp_path) if "-ui" in name or "component" in name]
    assert not (tmp_path / "output/.cogen").exists()
    assert [path.name for path in (tmp_path / "output").iterdir() if path.name.startswith(".")] == [
        ".cogen-output"
    ]


def test_a_warm_build_has_the_index_of_a_cold_one(tmp_path: Path) -> None:
    build(site(tmp_path))
    write_site(tmp_path, "-- content/posts/2013-05-02-tea.md --\n---\ntitle: Tea\n---\nTea at five.\n")
    build(tmp_path)
    build(tmp_path, "--no-cache", "-o", tmp_path / "cold")
    assert tree(tmp_path / "output") == tree(tmp_path / "cold")


@pytest.mark.parametrize(
    "settings", [SEARCH, SEARCH + "hosting: {compress: [gz, br]}\n"], ids=["", "compressed"]
)
def test_the_index_is_made_anew_only_where_a_page_is_another(
    settings: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site(tmp_path, settings))
    before = index(tmp_path)
    made: list[object] = []
    real = SearchEngine.index
    monkeypatch.setattr(SearchEngine, "index", lambda *each: made.append(1) or real(*each))
    write_site(tmp_path, "-- content/notes.txt --\nNo page.\n")
    build(tmp_path)
    assert not made
    assert index(tmp_path) == before
    write_site(tmp_path, "-- content/posts/2013-05-02-tea.md --\n---\ntitle: Tea\n---\nTea at five.\n")
    assert "a page that it finds is another" in build(tmp_path, "--explain").out
    assert made == [1]
    assert index(tmp_path) != before


@pytest.mark.parametrize("harm", ["damaged", None])
def test_an_index_that_somebody_damaged_is_made_whole(harm: str | None, tmp_path: Path) -> None:
    build(site(tmp_path))
    whole = tree(tmp_path / "output")
    victim = tmp_path / "output/pagefind/pagefind-entry.json"
    victim.unlink() if harm is None else victim.write_text(harm)
    build(tmp_path)
    assert tree(tmp_path / "output") == whole


def test_the_index_goes_with_the_setting(tmp_path: Path) -> None:
    build(site(tmp_path))
    assert "/search/" in (tmp_path / "output/index.html").read_text()
    build(site(tmp_path, MINIMAL))
    assert not (tmp_path / "output/pagefind").exists()
    assert not (tmp_path / "output/search").exists()
    assert "/search/" not in (tmp_path / "output/index.html").read_text()


def test_a_site_that_cannot_be_published_is_not_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(site(tmp_path), "-- content/pages/bad.md --\n---\ntitle: Bad\n---\n[gone](gone.md)\n")
    monkeypatch.setattr(SearchEngine, "index", lambda *_: pytest.fail("it was indexed"))
    assert cogen("build", tmp_path).code == 1
    assert cogen("check", tmp_path).code == 1


def test_without_the_program_it_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SearchEngine, "program", None)
    result = cogen("check", site(tmp_path))
    assert result.code == 1
    assert "site.yaml:5:9: error[no-search-program]: " in result.out
    assert "pip install pagefind-bin" in result.out


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("#!/bin/sh\necho oh dear >&2\nexit 7\n", "cannot make the search index: "),
        ("#!/bin/sh\necho '?!,'\nexec cat >/dev/null\n", "is no Pagefind 1"),
        ("no program", "cannot run "),
    ],
)
def test_a_program_that_fails_publishes_nothing(
    script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setattr(SearchEngine, "program", str(program))
    result = cogen("build", site(tmp_path / "site"))
    assert result.code == 3
    assert said in result.err
    assert not (tmp_path / "site/output").exists()


def test_a_site_without_a_page_to_find_is_published(tmp_path: Path) -> None:
    build(write_site(tmp_path, SEARCH))
    assert not (tmp_path / "output/pagefind").exists()


def test_a_file_of_the_authors_in_the_folder_of_the_index_is_told_and_not_lost(tmp_path: Path) -> None:
    result = cogen("build", write_site(site(tmp_path), "-- content/pagefind/pagefind.js --\nmine\n"))
    assert result.code == 1
    assert "content/pagefind/pagefind.js: error[address-collision]: " in result.out


def test_headers_let_the_search_run_and_nothing_else(tmp_path: Path) -> None:
    build(site(tmp_path, SEARCH + "hosting: {headers: true}\n"))
    headers = (tmp_path / "output/_headers").read_text()
    assert "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'" in headers
    assert "unsafe-inline" not in headers


@pytest.mark.parametrize("name", ["pagefind", "Pagefind/x.txt"])
def test_a_file_in_place_of_the_index_is_a_collision_in_every_build(name: str, tmp_path: Path) -> None:
    build(site(tmp_path))
    write_site(tmp_path, f"-- content/{name} --\nmine\n")
    for options in ((), ("--no-cache",)):
        result = cogen("build", tmp_path, *options)
        assert result.code == 1
        assert f"content/{name}: error[address-collision]" in result.out + result.err


def test_the_index_of_several_languages_is_the_same_each_time(tmp_path: Path) -> None:
    more = "".join(
        f"-- content/posts/2013-05-01-beans.{tag}.md --\n---\ntitle: T\n---\nT\n"
        for tag in ("es", "ar", "pl")
    )
    write_site(site(tmp_path, SEARCH + "languages: [es, ar, pl]\n"), more)
    builds = []
    for number in range(4):
        build(tmp_path, "--no-cache", "-o", tmp_path / f"output-{number}")
        builds.append(tree(tmp_path / f"output-{number}"))
    assert builds[0]["pagefind/pagefind-entry.json"].count(b'"hash"') == 4
    assert all(each == builds[0] for each in builds)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no second file system")
def test_the_index_is_the_same_on_every_file_system(tmp_path: Path) -> None:
    posts = "".join(
        f"-- content/posts/2013-04-{day:02}-p{day}.md --\n---\ntitle: P{day}\n---\nWords, {day} of them.\n"
        for day in range(1, 31)
    )
    write_site(site(tmp_path / "site"), posts)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        outputs = [Path(folder) / "one", tmp_path / "two"]
        for output in outputs:
            build(tmp_path / "site", "--no-cache", "-o", output)
        one, two = map(tree, outputs)
    assert len([name for name in one if name.startswith("pagefind/fragment/")]) == 32
    assert one == two
