"""Sources as disks really hold them: bytes that are no UTF-8, links, odd names; and what cannot be written as text."""

import os
import sys
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, snapshot, write_site

POST = "---\ntitle: Café\n---\nWords.\n"
ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")


def _check(site: Path) -> str:
    before = snapshot(site)
    said = cogen("check", site, "--now", "2013-07-01").out
    assert snapshot(site) == before
    return said


def _post(site: Path, content: bytes, name: str = "2013-05-01-a.md") -> Path:
    path = site / "content/posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_text_in_another_encoding_is_an_error_that_says_where(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL)
    _post(site, POST.encode("cp1252"))
    assert _check(site) == (
        "content/posts/2013-05-01-a.md:2:11: error[not-utf8]: the file is not in UTF-8\n"
        "  2 | title: Café\n"
        "    |           ^ save it again with the encoding UTF-8\n\n1 error\n"
    )


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_lowered_it_is_read_as_what_it_must_be(tmp_path: Path, encoding: str) -> None:
    site = write_site(tmp_path, MINIMAL + "diagnostics: {not-utf8: warning}\n")
    _post(site, POST.encode(encoding))
    build(site)
    assert "<h1" in (page := (site / "output/2013/05/a/index.html").read_text())
    assert "Café" in page


def test_a_text_over_the_limit_is_an_error_that_names_both_sizes(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL)
    _post(site, POST.encode() + b"x" * 2_000_000)
    assert _check(site) == (
        "content/posts/2013-05-01-a.md: error[file-too-large]: "
        "the file has 2,000,028 bytes, more than the 2,000,000 that a text may have\n"
        "  hint: split it into several files\n\n1 error\n"
    )


@pytest.mark.parametrize(
    "text", [POST.encode("utf-8-sig"), POST.replace("\n", "\r\n").encode(), b"\n\n" + POST.encode()]
)
def test_marks_of_other_systems_make_no_difference(tmp_path: Path, text: bytes) -> None:
    site = write_site(tmp_path, MINIMAL)
    _post(site, text)
    assert "warning" not in build(site).out
    assert "Café" in (site / "output/2013/05/a/index.html").read_text()


@ON_WINDOWS
@pytest.mark.parametrize("name", ["secret.md", "picture.png", "folder"])
def test_a_symbolic_link_out_of_the_project_is_an_error(tmp_path: Path, name: str) -> None:
    outside = write_site(
        tmp_path / "outside", "-- secret.md --\n---\ntitle: Secret\n---\n-- folder/x.txt --\nsecret\n"
    )
    site = write_site(tmp_path / "site", MINIMAL)
    (site / "content/posts").mkdir(parents=True)
    (site / "content/posts" / name).symlink_to(outside / ("folder" if name == "folder" else "secret.md"))
    assert _check(site) == (
        f"content/posts/{name}: error[symlink-outside]: this symbolic link leads out of the project\n"
        "  hint: put the file itself here\n\n1 error\n"
    )
    assert cogen("build", site).code == 1


@ON_WINDOWS
def test_the_content_folder_itself_may_not_lead_out(tmp_path: Path) -> None:
    outside = write_site(
        tmp_path / "outside", "-- posts/2013-05-01-a.md --\n---\ntitle: Secret\n---\nText.\n"
    )
    site = write_site(tmp_path / "site", MINIMAL)
    (site / "content").rename(tmp_path / "old")
    (site / "content").symlink_to(outside)
    assert "error[symlink-outside]" in _check(site)


@ON_WINDOWS
def test_a_symbolic_link_within_the_project_is_followed_and_a_circle_ends(tmp_path: Path) -> None:
    site = write_site(
        tmp_path, MINIMAL + "-- shared/bike.svg --\n<svg xmlns='http://www.w3.org/2000/svg'/>\n"
    )
    (site / "content/bike.svg").symlink_to(site / "shared/bike.svg")
    (site / "content/again").symlink_to(site / "content")
    build(site)
    assert (site / "output/bike.svg").is_file()
    assert not (site / "output/again").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as text")
def test_a_name_that_is_no_text_is_an_error_and_no_fault(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL)
    folder = bytes(site / "content/posts")
    (site / "content/posts").mkdir(parents=True)
    Path(os.fsdecode(folder + b"/caf\xe9.md")).write_bytes(POST.encode())
    result = cogen("check", site)
    assert (result.code, result.err) == (1, "")
    assert "error[bad-file-name]" in result.out


@pytest.mark.parametrize(
    "name", ["2013-05-01-it's a “test” & more #1.md", "2013-05-01-日本語.md", "2013-05-01-ÜBER.MD"]
)
def test_an_odd_name_is_published_at_a_clean_address(tmp_path: Path, name: str) -> None:
    site = write_site(tmp_path, MINIMAL)
    _post(site, POST.encode(), name)
    build(site)
    (page,) = (site / "output/2013/05").glob("*/index.html")
    assert not set("'“”&# ") & set(page.parent.name)


def test_a_site_without_texts_builds(tmp_path: Path) -> None:
    build(write_site(tmp_path, MINIMAL))
    assert (tmp_path / "output/index.html").exists()
