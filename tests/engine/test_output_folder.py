"""Whose the output folder is, and what is left of it when a build fails."""

import errno
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.strace import build_command, run
from processes import as_others
from sites import MINIMAL, build, cogen, snapshot, write_site

from cogen.engine import sync
from cogen.engine.sync import Publication
from cogen.model.diagnostics import MachineError

POST = "-- content/posts/2013-05-01-a.md --\n---\ntitle: A\n---\nText.\n"
WRONG = "-- content/posts/2013-05-02-b.md --\n---\ntitle: B\ndate: soon\n---\nText.\n"
WARNED = "-- content/posts/2013-05-02-b.md --\n---\ntitel: B\n---\nText.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", MINIMAL + POST)


def test_a_failed_build_changes_nothing(site: Path) -> None:
    build(site)
    before = snapshot(site / "output")
    result = cogen("build", write_site(site, WRONG), "--now", "2013-07-01")
    assert result.code == 1
    assert snapshot(site / "output") == before
    assert "Not published: mend the above and build again." in result.out


def test_a_strict_build_with_warnings_changes_nothing(site: Path) -> None:
    build(site)
    before = snapshot(site / "output")
    write_site(site, WARNED)
    assert cogen("build", site, "--strict", "--now", "2013-07-01").code == 1
    assert snapshot(site / "output") == before
    build(site)
    assert (site / "output/2013/05/b/index.html").exists()


@pytest.mark.parametrize(("options", "wrong"), [((), WRONG), (("--strict",), WARNED)])
def test_a_build_that_must_fail_tells_all_and_writes_none_of_it(
    site: Path, options: tuple[str, ...], wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site)
    write_site(site, wrong + "-- content/posts/2013-05-03-c.md --\n---\ntitle: C\n---\n[x](gone.md)\n")
    monkeypatch.setattr(sync, "_write", None)
    result = cogen("build", site, *options, "--now", "2013-07-01")
    assert result.code == 1
    assert "error[dead-link]" in result.out


def test_hints_do_not_fail_a_strict_build(site: Path) -> None:
    write_site(
        site,
        "-- content/people.yaml --\nann: {name: Ann}\n"
        + POST.replace("title: A", "title: A\nauthors: [Bob]"),
    )
    assert "hint[unknown-author]" in build(site, "--strict").out


@pytest.mark.parametrize("broken", ["title: [", "theme: nowhere\ntitle: T\nurl: https://example.org/"])
def test_a_site_that_cannot_even_be_planned_changes_nothing(site: Path, broken: str) -> None:
    build(site)
    before = snapshot(site / "output")
    write_site(site, f"-- site.yaml --\n{broken}\n")
    assert cogen("build", site).code == 1
    assert snapshot(site / "output") == before


def test_a_template_that_fails_changes_nothing(site: Path) -> None:
    build(site)
    before = snapshot(site / "output")
    theme = "theme: own\n-- themes/own/theme.yaml --\nname: own\n"
    theme += "-- themes/own/templates/post.html --\n{{ post.titel }}\n"
    result = cogen("build", write_site(site, MINIMAL + theme), "--now", "2013-07-01")
    assert "error[template-error]" in result.out
    assert snapshot(site / "output") == before


def test_a_first_build_that_fails_leaves_no_output_at_all(site: Path) -> None:
    assert cogen("build", write_site(site, WRONG)).code == 1
    assert [path.name for path in site.iterdir() if "output" in path.name] == []


@pytest.mark.parametrize("where", ["content", ".", "..", "content/new", "themes/new", ".cogen"])
def test_a_folder_that_is_not_ours_is_refused_and_left_alone(site: Path, where: str) -> None:
    build(site)
    before = {
        name: what for name, what in snapshot(site.parent).items() if not name.startswith("site/.cogen")
    }
    result = cogen("build", site, "-o", site / where)
    assert result.code == 2
    assert "-o" in result.err
    after = {name: what for name, what in snapshot(site.parent).items() if not name.startswith("site/.cogen")}
    assert after == before


def test_somebody_s_folder_is_refused_with_the_way_out(site: Path, tmp_path: Path) -> None:
    theirs = write_site(tmp_path / "theirs", "-- thesis.txt --\nten years of work\n")
    before = snapshot(theirs)
    result = cogen("build", site, "-o", theirs)
    assert result.code == 2
    assert f"{theirs} is not empty and was not made by cogen" in result.err
    assert snapshot(theirs) == before


def test_a_file_is_no_folder_to_publish_into(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert cogen("build", site, "-o", tmp_path / "file").code == 2
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("kept", [(), (".git/HEAD",)], ids=["empty", "with a repository alone"])
def test_a_folder_with_nothing_to_lose_is_taken(site: Path, tmp_path: Path, kept: tuple[str, ...]) -> None:
    output = tmp_path / "published"
    output.mkdir()
    write_site(output, "".join(f"-- {name} --\nx\n" for name in kept))
    build(site, "-o", output)
    assert (output / "index.html").exists()
    assert all((output / name).exists() for name in kept)


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_a_symbolic_link_in_the_output_is_replaced_and_not_followed(site: Path, tmp_path: Path) -> None:
    build(site)
    elsewhere = write_site(tmp_path / "elsewhere", "-- 05/a/index.html --\nmine\n-- file --\nmine\n")
    before = snapshot(elsewhere)
    for path in sorted((site / "output/2013").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (site / "output/2013").rmdir()
    (site / "output/2013").symlink_to(elsewhere)
    (site / "output/robots.txt").unlink()
    (site / "output/robots.txt").symlink_to(elsewhere / "file")
    (site / "output/stray").symlink_to(elsewhere)
    build(site)
    assert snapshot(elsewhere) == before
    assert "Text." in (site / "output/2013/05/a/index.html").read_text()
    links = [path for path in (site / "output").rglob("*") if path.is_symlink()]
    assert links == []


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_the_output_folder_may_be_a_symbolic_link(site: Path, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (site / "output").symlink_to(tmp_path / "www")
    build(site)
    build(site)
    assert (tmp_path / "www/index.html").exists()
    assert (site / "output").is_symlink()


def test_two_outputs_of_one_site_do_not_disturb_each_other(site: Path, tmp_path: Path) -> None:
    build(site, "-o", tmp_path / "one")
    build(site, "-o", tmp_path / "two", "--url", "https://example.net/sub/")
    assert ": 0 rendered" in build(site, "-o", tmp_path / "one").out


def test_a_place_where_nothing_can_be_written_is_named(site: Path) -> None:
    result = cogen("build", site, "-o", site / "site.yaml" / "output")
    assert result.code == 3
    assert result.err.startswith("cogen: cannot write ")
    assert "site.yaml" in result.err
    assert "Traceback" not in result.err


def test_a_store_that_cannot_be_written_is_named(site: Path) -> None:
    (site / ".cogen").write_text("a file")
    result = cogen("build", site)
    assert (result.code, "Traceback" in result.err) == (3, False)
    assert ".cogen is not a folder: remove it" in result.err


def test_a_folder_in_the_place_of_the_lock_is_removed_where_it_is_empty(site: Path) -> None:
    (site / ".cogen/lock").mkdir(parents=True)
    build(site)
    (site / ".cogen/lock").unlink()
    (site / ".cogen/lock/full").mkdir(parents=True)
    result = cogen("build", site)
    assert (result.code, "Traceback" in result.err) == (3, False)
    assert ".cogen/lock" in result.err


@pytest.mark.parametrize(
    ("refusing", "edit"),
    [("2013/05/a", POST.replace("title: ", "title: New ")), ("files", "-- content/files/new/b.txt --\nb\n")],
    ids=["of a file", "of a new folder"],
)
def test_where_one_folder_may_not_be_changed_nothing_is(
    site: Path, refusing: str, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(write_site(site, "-- content/files/a.txt --\na\n"))
    before = snapshot(site / "output")
    write_site(site, edit)
    refused, allowed = site / "output" / refusing, os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != refused and allowed(path, mode))
    result = cogen("build", site, "--now", "2013-07-01")
    assert (result.code, snapshot(site / "output")) == (3, before)
    assert f"cannot write {refused}: Permission denied" in result.err


def test_a_build_that_remembers_nothing_leaves_nothing_to_remember_by(site: Path) -> None:
    build(site, "--no-cache")
    assert {path.name for path in (site / ".cogen").iterdir()} <= {".gitignore", "lock"}


@pytest.mark.parametrize("there", ["nothing", "a file", "a link to a file"])
def test_without_the_folder_of_texts_the_published_site_is_left_alone(site: Path, there: str) -> None:
    build(site)
    before = snapshot(site / "output")
    (site / "content").rename(site / "elsewhere")
    if there == "a file":
        (site / "content").write_text("x")
    if there == "a link to a file":
        (site / "content").symlink_to("site.yaml")
    result = cogen("build", site)
    assert (result.code, snapshot(site / "output")) == (2, before)
    assert "there is no folder content in" in result.err


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there, these are one name")
def test_two_names_that_look_the_same_are_told_apart(site: Path) -> None:
    for form in ("NFC", "NFD"):
        (site / "content" / unicodedata.normalize(form, "ü.txt")).write_text(form)
    result = cogen("build", site, "--now", "2013-07-01")
    assert result.code == 1
    assert "there are two of this name here" in result.out


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there, names are written in one way")
def test_a_mistake_is_shown_in_a_file_whose_name_has_an_accent_of_its_own(site: Path) -> None:
    folder = site / "content/pages" / unicodedata.normalize("NFD", "ü")
    folder.mkdir(parents=True)
    text = "---\ntitle: Über\n---\n[gone](gone.md)\n"
    (folder / unicodedata.normalize("NFD", "ö.md")).write_text(text, encoding="utf-8")
    said = cogen("check", site).out
    assert "content/pages/ü/ö.md:4:8: error[dead-link]" in said
    assert "[gone](gone.md)" in said


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders have no modes there")
def test_an_output_folder_that_may_not_be_written_is_named(site: Path) -> None:
    build(site)
    write_site(site, POST.replace("Text.", "Words."))
    (site / "output").chmod(0o555)
    try:
        result = run(build_command(site), as_others())
    finally:
        (site / "output").chmod(0o755)
    assert (result.code, "Traceback" in result.err) == (3, False)
    assert str(site / "output") in result.err


def test_the_folder_is_marked_and_the_store_ignored_by_git(site: Path) -> None:
    build(site)
    assert (site / "output/.cogen-output").is_file()
    assert (site / ".cogen/.gitignore").read_text() == "*\n"


@pytest.mark.usefixtures("forks")
def test_a_process_of_its_own_finds_the_same_in_a_folder(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with Publication(output) as publication:
        for name in ("index.html", "a/index.html", "a/b/index.html"):
            publication.adopt(name, name) if publication.put(name, b"text", name)[1] else None
        publication.commit(())
    (output / "a/link").symlink_to("index.html")
    (output / "empty").mkdir()
    with Publication(output) as here, Publication(output, looks_aside=True) as aside:
        assert aside.present == here.present
        assert here.present.files.keys() == {"index.html", "a/index.html", "a/b/index.html", "a/link"}
        assert here.present.folders == {"a", "a/b", "empty"}


def test_a_folder_that_nobody_asks_about_leaves_no_process_behind(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    program = """
import os, pathlib, sys
from cogen.engine.sync import Publication
with Publication(pathlib.Path(sys.argv[1]), looks_aside=True):
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)  # raises where there is no process
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("alone")
"""  # in a process of its own: this one may have children of other tests
    command = [sys.executable, "-c", program, str(tmp_path / "output")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("alone\n", "")


@pytest.mark.usefixtures("forks")
def test_what_a_process_of_its_own_may_not_see_is_told_as_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(folder: str) -> Iterator[os.DirEntry[str]]:
        raise PermissionError(errno.EACCES, "Permission denied", folder)

    (tmp_path / "output").mkdir()
    monkeypatch.setattr(sync.os, "scandir", refused)
    for looks_aside in (False, True):
        with (
            Publication(tmp_path / "output", looks_aside=looks_aside) as publication,
            pytest.raises(MachineError, match=f"cannot write {tmp_path}/output: Permission denied"),
        ):
            publication.present  # noqa: B018 it looks


@pytest.mark.parametrize("where", [".cogen", ".cogen/verify", ".cogen/store/out", ".cogen/serve"])
def test_what_is_cogens_own_is_no_place_to_publish(where: str, site: Path) -> None:
    before = snapshot(site)
    result = cogen("build", site, "-o", site / where, "--verify")
    assert (result.code, snapshot(site)) == (2, before)
    assert "lies in .cogen/, which is cogen's own: name another folder with -o" in result.err


def test_a_folder_inside_a_published_site_is_refused_as_the_next_build_would_remove_it(site: Path) -> None:
    build(site)
    before = snapshot(site / "output")
    result = cogen("build", site, "-o", site / "output/preview/new")
    assert (result.code, snapshot(site / "output")) == (2, before)
    assert (
        f"lies in {site / 'output'}, from which a build removes it, as .cogen-output there says" in result.err
    )


def test_a_site_below_a_forgotten_mark_is_built_elsewhere_and_verified(site: Path, tmp_path: Path) -> None:
    (tmp_path / ".cogen-output").write_text("forgotten")
    for options in (("-o", tmp_path / "elsewhere"), ()):
        result = cogen("build", site, *options, "--verify")
        assert f"lies in {tmp_path}, from which a build removes it, as .cogen-output there says" in result.err
    inside = cogen("build", site, "-o", tmp_path.with_name(f"{tmp_path.name}-out"), "--verify")
    assert (inside.code, inside.err) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
@pytest.mark.parametrize("name", ["content", "themes"])
def test_the_sources_are_no_place_to_publish_wherever_they_lie(name: str, site: Path) -> None:
    (site / name).mkdir(exist_ok=True)
    (site / "kept").mkdir()
    (site / name).rename(site / "kept" / name)
    (site / name).symlink_to(f"kept/{name}")
    result = cogen("build", site, "-o", site / "kept" / name / "out")
    assert result.code == 2
    assert f"lies in {name}/" in result.err
