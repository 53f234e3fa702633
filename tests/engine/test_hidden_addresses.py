"""What lies under a dot in the output folder, a repository or cogen's own marks, is out of an author's reach."""

from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, snapshot, write_site

from cogen.engine.sync import require_contained
from cogen.model.diagnostics import ContentError

POST = "-- content/posts/2013-05-01-a.md --\n---\ntitle: A\n{key}\n---\nText.\n"
HIDDEN = ["/.git/config", "/.cogen-staging/x/", "/.cogen-output", "/.htaccess", "/a/.git/hooks/x", "/git~1/x"]


@pytest.mark.parametrize("address", HIDDEN)
@pytest.mark.parametrize("key", ["permalink: {}", "aliases: [{}]"])
def test_an_address_under_a_dot_is_an_error_and_the_repository_stays(
    tmp_path: Path, key: str, address: str
) -> None:
    site = write_site(tmp_path, MINIMAL + "-- output/.git/config --\n[core]\n-- output/.git/HEAD --\nref\n")
    before = snapshot(site / "output/.git")
    write_site(site, POST.format(key=key.format(address)))
    result = cogen("build", site, "--now", "2013-07-01")
    assert (result.code, result.err) == (1, "")
    assert "error[bad-address]" in result.out
    assert "2013-05-01-a.md:3:" in result.out
    assert snapshot(site / "output/.git") == before


def test_what_is_well_known_may_be_published(tmp_path: Path) -> None:
    build(write_site(tmp_path, MINIMAL + POST.format(key="permalink: /.well-known/security.html")))
    assert "Text." in (tmp_path / "output/.well-known/security.html").read_text()


@pytest.mark.parametrize(
    "path",
    [*(address.lstrip("/") for address in HIDDEN), "", "/etc/passwd", "../x", "a/../../x", "a\\b", "a\0b",
     "a/" + "b" * 256, "a/" + "é" * 128, ".GIT/config", "\u200c.git/config", ".cogen-staging", "a//b",
     "a/./b", "c:/x"],
)  # fmt: skip
def test_no_output_is_written_under_a_dot_or_out_of_the_folder(path: str) -> None:
    with pytest.raises(ContentError) as error:
        require_contained(path)
    assert [found.code for found in error.value.findings] == ["path-escape"]


@pytest.mark.parametrize(
    "path", ["index.html", ".well-known/x", "a/b.c/index.html", "café/日本語.html", "a" * 255]
)
def test_an_output_is_written_below_its_folder(path: str) -> None:
    require_contained(path)
