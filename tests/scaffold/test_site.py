"""What ``cogen new site`` writes."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sites import files_below

from cogen.model.diagnostics import MachineError, ProjectError
from cogen.scaffold import site as scaffold
from cogen.scaffold.site import fill, new_site, starter_names

TODAY = dt.date(2026, 1, 5)
SITE_ID = "7f0c6a52-7d2b-4ce6-8a0e-1f0c6a527d2b"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "our-blog"


def test_a_new_site_has_its_parts_and_gives_their_paths(folder: Path) -> None:
    written = new_site(folder, SITE_ID, TODAY)
    assert [path.relative_to(folder).as_posix() for path in written] == [
        ".github/workflows/publish.yaml",
        ".gitignore",
        ".gitlab-ci.yml",
        "README.md",
        "content/events/planning-evening.md",
        "content/pages/about.md",
        "content/people.yaml",
        "content/posts/2025/2025-12-27-welcome.md",
        "content/posts/2026/2026-01-02-first-open-morning/index.md",
        "content/posts/2026/2026-01-02-first-open-morning/shelf.svg",
        "content/projects/first-steps.yaml",
        "content/tags.yaml",
        "site.yaml",
    ]
    assert set(files_below(folder)) == {path.relative_to(folder).as_posix() for path in written}


def test_the_site_gets_its_id(folder: Path) -> None:
    new_site(folder, SITE_ID, TODAY)
    assert yaml.safe_load((folder / "site.yaml").read_text())["id"] == SITE_ID


def test_dates_follow_the_day_the_site_was_begun(folder: Path) -> None:
    new_site(folder, SITE_ID, TODAY)
    event = (folder / "content/events/planning-evening.md").read_text()
    assert "start: 2026-01-23 18:30" in event
    post = folder / "content/posts/2025/2025-12-27-welcome.md"
    assert "date: 2025-12-27" in post.read_text()
    assert "(../2026/2026-01-02-first-open-morning/index.md)" in post.read_text()


def test_two_sites_of_one_day_are_equal(folder: Path, tmp_path: Path) -> None:
    new_site(folder, SITE_ID, TODAY)
    new_site(tmp_path / "other", SITE_ID, TODAY)
    assert files_below(folder) == files_below(tmp_path / "other")


@given(st.dates())
def test_no_mark_is_left_on_any_day_of_the_calendar(day: dt.date) -> None:
    for name in starter_names():
        text = (scaffold.STARTER / name).read_text(encoding="utf-8")
        assert not re.search(r"@(id|today|year)", fill(name + text, SITE_ID, day))


def test_the_starter_is_plain_utf8_with_line_feeds(folder: Path) -> None:
    new_site(folder, SITE_ID, TODAY)
    for name, content in files_below(folder).items():
        assert b"\r" not in content, name
        assert content.decode().endswith("\n"), name


def test_every_address_in_the_starter_is_made_up(folder: Path) -> None:
    """Reserved for examples: RFC 2606 names, and the telephone numbers that Ofcom keeps for drama."""
    new_site(folder, SITE_ID, TODAY)
    text = b"\n".join(files_below(folder).values()).decode()
    text = re.sub(r"http://www\.w3\.org/2000/svg|uses: actions/.*", "", text)
    hosts = set(re.findall(r"https?://([^/\s\"]+)|[\w.]+@([\w.]+\w)", text))
    assert {web or mail for web, mail in hosts} == {"example.org"}
    assert set(re.findall(r"\b0\d{2,4} \d{3,4} \d{4}\b", text)) == {"020 7946 0100"}


def test_an_empty_folder_and_a_fresh_repository_will_do(folder: Path) -> None:
    (folder / ".git").mkdir(parents=True)
    assert new_site(folder, SITE_ID, TODAY)
    assert (folder / ".git").is_dir()


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.doc").write_bytes(b"precious")
    with pytest.raises(ProjectError, match=r"thesis\.doc"):
        new_site(folder, SITE_ID, TODAY)
    assert files_below(folder) == {"thesis.doc": b"precious"}


def test_a_site_is_not_begun_twice(folder: Path) -> None:
    new_site(folder, SITE_ID, TODAY)
    before = files_below(folder)
    with pytest.raises(ProjectError, match="not empty"):
        new_site(folder, SITE_ID, TODAY)
    assert files_below(folder) == before


def test_a_file_is_no_folder_for_a_site(folder: Path) -> None:
    folder.write_bytes(b"precious")
    with pytest.raises(ProjectError, match="is a file"):
        new_site(folder, SITE_ID, TODAY)
    assert folder.read_bytes() == b"precious"


def test_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"precious")
    with pytest.raises(ProjectError, match="is a file; name a folder that is new or empty"):
        new_site(tmp_path / "file" / "below", SITE_ID, TODAY)
    assert (tmp_path / "file").read_bytes() == b"precious"


def test_half_a_site_is_not_taken_for_one(tmp_path: Path) -> None:
    """The paths of the posts are too long for this machine, that of site.yaml is not."""
    longest = os.pathconf("/", "PC_PATH_MAX") - 45
    folder = tmp_path
    while (missing := longest - len(str(folder)) - 1) > 0:
        folder /= "a" * min(missing, 200)
    with pytest.raises(MachineError, match="too long"):
        new_site(folder, SITE_ID, TODAY)
    assert (folder / "README.md").exists()
    assert not (folder / "site.yaml").exists()
