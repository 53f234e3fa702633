"""Names that several things share lose nobody."""

from pathlib import Path

from sites import MINIMAL, build, cogen, write_site

SHARED_TAGS = """\
-- content/projects/p.yaml --
title: P
tag: Prog
projects: [{id: a, name: A, tag: T}, {id: b, name: B, tag: T}]
-- content/projects/q.yaml --
title: Q
tag: Prog
projects: [{id: a, name: A, tag: T}]
-- content/posts/2013-05-01-hello.md --
---
title: A report on all of them
tags: [T, Prog]
---
Words.
"""


def _site(folder: Path, text: str) -> Path:
    return write_site(write_site(folder, MINIMAL), text)


def test_a_post_is_listed_under_every_project_and_programme_that_shares_its_tag(tmp_path: Path) -> None:
    build(_site(tmp_path, SHARED_TAGS))
    for path in ("p", "p/a", "p/b", "q", "q/a"):
        page = (tmp_path / "output/projects" / path / "index.html").read_text(encoding="utf-8")
        assert "A report on all of them" in page, path


def test_a_label_in_capitals_does_not_win_over_one_that_is_used_as_often(tmp_path: Path) -> None:
    posts = "".join(
        f"-- content/posts/2013-05-0{day}-a{day}.md --\n---\ntitle: A{day}\ntags: [{label}]\n---\nWords.\n"
        for day, label in enumerate(("TULSE HILL", "Tulse Hill", "tulse hill"), 1)
    )
    build(_site(tmp_path, posts))
    assert ">Tulse Hill</a>" in (tmp_path / "output/tags/index.html").read_text(encoding="utf-8")


def test_an_event_of_a_whole_day_ends_with_that_day_where_the_clocks_change(tmp_path: Path) -> None:
    settings = MINIMAL + "timezone: Europe/London\n"
    event = "-- content/events/walk.md --\n---\ntitle: Walk\nstart: 2012-10-28\nall_day: true\n---\nBoots.\n"
    write_site(write_site(tmp_path, settings), event)
    page = tmp_path / "output/events/index.html"
    build(tmp_path, "--now", "2012-10-28T23:30:00")
    assert "Past events" not in page.read_text(encoding="utf-8")
    build(tmp_path, "--now", "2012-10-29T00:00:00")
    assert "Past events" in page.read_text(encoding="utf-8")


def test_an_old_address_that_is_the_file_of_the_page_itself_is_no_collision(tmp_path: Path) -> None:
    post = (
        "-- content/posts/2013-05-01-a.md --\n---\ntitle: A\naliases: [/2013/05/a/index.html]\n---\nWords.\n"
    )
    assert "0 rendered" not in build(_site(tmp_path, post)).out
    assert "<h1" in (tmp_path / "output/2013/05/a/index.html").read_text(encoding="utf-8")


def test_a_file_in_other_letters_is_suggested(tmp_path: Path) -> None:
    post = "-- content/posts/2013-05-01-a.md --\n---\ntitle: A\n---\n[list](/images/bike.txt)\n"
    result = cogen("check", _site(tmp_path, "-- content/images/Bike.txt --\nx\n" + post))
    assert "did you mean /images/Bike.txt?" in result.out


def test_a_lead_picture_must_be_one(tmp_path: Path) -> None:
    site = (
        '-- content/posts/2013-05-01-a.md --\n---\ntitle: A\nimage: "mailto:x"\nimage_alt: x\n---\nWords.\n'
    )
    result = cogen("check", _site(tmp_path, site))
    assert "error[missing-picture]: 'mailto:x' names no picture" in result.out
