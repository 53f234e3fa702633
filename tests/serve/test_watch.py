"""What counts as a change of the site."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from serve.wire import Patience, write_files

from cogen.serve.watch import fingerprint, wait_for_change

FAST_S = 0.01


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(
        tmp_path / "site",
        {"content/posts/a.md": b"one", "content/about.md": b"two", "site.yaml": b"title: T"},
    )


def names(folder: Path, *ignored: Path) -> set[str]:
    found = fingerprint((folder,), frozenset(ignored))
    return {Path(path).relative_to(folder).as_posix() for path in found}


def test_every_file_of_the_folders_is_seen(site: Path) -> None:
    assert names(site) == {"content/posts/a.md", "content/about.md", "site.yaml"}


def test_a_file_may_be_watched_by_itself(site: Path) -> None:
    assert list(fingerprint((site / "site.yaml",))) == [str(site / "site.yaml")]


def test_a_folder_that_is_not_there_is_empty(site: Path) -> None:
    assert fingerprint((site / "themes",)) == {}


@pytest.mark.parametrize(
    "name",
    [
        ".git/HEAD",
        ".venv/lib/a.py",
        ".cogen/store",
        "content/.DS_Store",
        "content/Thumbs.db",
        "content/a.md~",
        "content/.a.md.swp",
        "content/a.swp",
        "content/#a.md#",
        "content/.#a.md",
        "content/desktop.ini",
        "content/a.md___jb_tmp___",
    ],
)
def test_what_editors_and_tools_leave_lying_about_is_not_watched(site: Path, name: str) -> None:
    before = fingerprint((site,))
    write_files(site, {name: b"x"})
    assert fingerprint((site,)) == before


def test_the_output_is_not_watched_and_a_folder_of_that_name_in_the_content_is(site: Path) -> None:
    write_files(site, {"output/index.html": b"x", "content/output/plan.pdf": b"x"})
    assert "output/index.html" not in names(site, site / "output")
    assert "content/output/plan.pdf" in names(site, site / "output")


@pytest.mark.parametrize(
    "name", ["content/files/book.part", "content/a.tmp", "content/node_modules/a.txt", "content/4913"]
)
def test_whatever_is_published_is_watched(site: Path, name: str) -> None:
    before = fingerprint((site,))
    write_files(site, {name: b"x"})
    assert set(fingerprint((site,))) - set(before) == {str(site / name)}


def test_well_known_files_are_watched(site: Path) -> None:
    write_files(site, {"content/.well-known/security.txt": b"x"})
    assert "content/.well-known/security.txt" in names(site)


def test_links_to_folders_are_not_followed_in_circles(site: Path) -> None:
    (site / "content" / "circle").symlink_to(site, target_is_directory=True)
    assert names(site) == {"content/posts/a.md", "content/about.md", "site.yaml"}


@pytest.mark.parametrize("target", ["p1.md/x", "0link", "nowhere"], ids=["below a file", "itself", "nowhere"])
def test_a_link_that_leads_to_no_folder_hides_nothing(site: Path, target: str) -> None:
    wanted = {f"content/pages/p{number}.md" for number in range(10)} | {"content/pages/0link"}
    write_files(site, dict.fromkeys(wanted - {"content/pages/0link"}, b"x"))
    (site / "content/pages/0link").symlink_to(target)
    assert {name for name in names(site) if "/pages/" in name} == wanted


def test_what_lies_behind_a_link_is_watched(site: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"texts/l.md": b"x"})
    (site / "content" / "linked").symlink_to(tmp_path / "texts", target_is_directory=True)
    assert "content/linked/l.md" in names(site)


def same_size_and_time(site: Path) -> None:
    """Replace a file by another of its size and time, as ``cp -p`` and ``git`` may."""
    old = site / "content/about.md"
    status = old.stat()
    new = site / "content/.new"
    new.write_bytes(b"TWO")
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    new.replace(old)


def same_place_and_time(site: Path) -> None:
    """Overwrite a file where it is by one of its size and time, as ``cp -p`` does."""
    path = site / "content/about.md"
    status = path.stat()
    while (
        path.stat().st_ctime_ns == status.st_ctime_ns
    ):  # the clock of some file systems stands still for a while
        path.write_bytes(b"TWO")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda site: (site / "content/posts/a.md").write_bytes(b"longer"),
    "added": lambda site: write_files(site, {"content/new/b.md": b""}),
    "deleted": lambda site: (site / "content/posts/a.md").unlink(),
    "renamed": lambda site: (site / "content/posts/a.md").rename(site / "content/posts/b.md"),
    "folder renamed": lambda site: (site / "content/posts").rename(site / "content/notes"),
    "replaced by a twin": same_size_and_time,
    "touched": lambda site: os.utime(site / "content/about.md", ns=(1, 1)),
    "rewritten with its time kept": same_place_and_time,
    "link to nothing": lambda site: (site / "content/broken.md").symlink_to("nowhere"),
    "site.yaml": lambda site: (site / "site.yaml").write_bytes(b"title: Other"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed_and_the_new_state_returned(site: Path, change: str) -> None:
    before = fingerprint((site,))
    CHANGES[change](site)
    assert wait_for_change((site,), before, FAST_S, threading.Event()) == fingerprint((site,)) != before


def test_a_change_outside_the_newest_files_is_noticed_too(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{number}.md": b"x" for number in range(60)})
    for number in range(60):
        os.utime(tmp_path / f"{number}.md", ns=(number, number))
    before = fingerprint((tmp_path,))
    (tmp_path / "0.md").write_bytes(b"edited")
    assert wait_for_change((tmp_path,), before, FAST_S, threading.Event()) == fingerprint((tmp_path,))


def test_nothing_is_reported_while_nothing_changes(site: Path) -> None:
    patience = Patience(waits=50)
    assert wait_for_change((site,), fingerprint((site,)), FAST_S, patience) is None
    assert patience.waits == 0


def test_a_file_that_is_still_being_written_is_waited_for(site: Path) -> None:
    words = [b"word "] * 50
    before = fingerprint((site,))

    def write() -> None:
        if words:
            with (site / "content/posts/a.md").open("ab") as file:
                file.write(words.pop())

    found = wait_for_change((site,), before, FAST_S, Patience(waits=1000, meanwhile=write))
    assert words == []
    assert found == fingerprint((site,))


def test_a_file_that_came_and_went_is_no_change(site: Path) -> None:
    before = fingerprint((site,))
    passing = site / "content/passing.md"
    acts = [lambda: passing.write_bytes(b"x")] * 10 + [passing.unlink]
    patience = Patience(waits=60, meanwhile=lambda: acts.pop(0)() if acts else None)
    assert wait_for_change((site,), before, FAST_S, patience) is None


@settings(max_examples=15)
@given(st.lists(st.sampled_from(sorted(CHANGES)), max_size=4))
def test_a_glance_never_contradicts_a_full_look(
    tmp_path_factory: pytest.TempPathFactory, changes: list[str]
) -> None:
    site = write_files(
        tmp_path_factory.mktemp("site"),
        {"content/posts/a.md": b"one", "content/about.md": b"two", "site.yaml": b"title: T"},
    )
    seen = fingerprint((site,))
    for change in changes:
        try:
            CHANGES[change](site)
        except (FileNotFoundError, FileExistsError):
            continue
        if fingerprint((site,)) == seen:
            continue
        found = wait_for_change((site,), seen, FAST_S, threading.Event())
        assert found is not None
        assert found != seen
        assert set(found.items()) - set(seen.items()) <= set(fingerprint((site,)).items())
        seen = fingerprint((site,))
