"""What is published at a moment: drafts, the future, the expired, the hidden; and what the report says of it."""

from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, write_site

NOW = "2013-07-01T12:00:00"
SITE = (
    MINIMAL
    + """\
-- content/posts/2013-06-01-plain.md --
---
title: Plain
---
Text.
-- content/posts/2013-06-02-draft.md --
---
title: Draft
draft: true
---
Text.
-- content/posts/2013-08-01-future.md --
---
title: Future
---
Text.
-- content/posts/2013-06-03-embargoed.md --
---
title: Embargoed
publish_date: 2013-07-02
---
Text.
-- content/posts/2013-09-01-early.md --
---
title: Early
publish_date: 2013-06-30
---
Text.
-- content/posts/2013-06-04-expired.md --
---
title: Expired
expires: 2013-06-30
---
Text.
-- content/posts/2013-06-05-hidden.md --
---
title: Hidden
hidden: true
tags: [Secret]
---
Text.
"""
)
LISTS = (
    "index.html",
    "feed.xml",
    "atom.xml",
    "feed.json",
    "sitemap.xml",
    "2013/index.html",
    "archive/index.html",
)
PAGES = {
    "Plain": "2013/06/plain",
    "Draft": "2013/06/draft",
    "Future": "2013/08/future",
    "Embargoed": "2013/06/embargoed",
    "Early": "2013/09/early",
    "Expired": "2013/06/expired",
    "Hidden": "2013/06/hidden",
}


def _published(output: Path) -> tuple[set[str], set[str]]:
    """Give the titles of posts that have a page, and of those that any list, feed or sitemap names."""
    listed = "".join((output / name).read_text() for name in LISTS)
    with_page = {title for title, path in PAGES.items() if (output / path / "index.html").exists()}
    return with_page, {title for title, path in PAGES.items() if f"/{path}/" in listed}


@pytest.mark.parametrize(
    ("options", "more"),
    [
        ((), set()),
        (("--drafts",), {"Draft"}),
        (("--future",), {"Future", "Embargoed"}),
        (("--drafts", "--future"), {"Draft", "Future", "Embargoed"}),
        (("--now", "2013-08-01"), {"Future", "Embargoed"}),
        (("--now", "2013-06-29T23:59:59"), {"Expired"}),
    ],
)
def test_a_state_decides_on_pages_and_lists(tmp_path: Path, options: tuple[str, ...], more: set[str]) -> None:
    site = write_site(tmp_path, SITE)
    build(site, *options)
    early = set() if "2013-06-29T23:59:59" in options else {"Early"}
    with_page, listed = _published(site / "output")
    assert with_page == {"Plain", "Hidden"} | early | more
    assert listed == {"Plain"} | early | more


def test_a_hidden_post_is_not_for_search_engines_and_makes_no_tag(tmp_path: Path) -> None:
    site = write_site(tmp_path, SITE)
    build(site)
    assert '<meta name="robots" content="noindex">' in (site / "output/2013/06/hidden/index.html").read_text()
    assert not (site / "output/tags").exists()


def test_what_was_left_out_is_counted_and_named(tmp_path: Path) -> None:
    site = write_site(tmp_path, SITE)
    lines = build(site).out.splitlines()
    start = lines.index("Left out: 4 files")
    assert sorted(lines[start + 1 : start + 5]) == [
        "  content/posts/2013-06-02-draft.md: a draft (--drafts shows it)",
        "  content/posts/2013-06-03-embargoed.md: appears 2013-07-02T00:00:00+00:00",
        "  content/posts/2013-06-04-expired.md: expired 2013-06-30T00:00:00+00:00",
        "  content/posts/2013-08-01-future.md: appears 2013-08-01T00:00:00+00:00",
    ]


def test_the_report_says_when_the_site_changes_by_itself(tmp_path: Path) -> None:
    site = write_site(tmp_path, SITE)
    said = "The site changes by itself at {}: build it again then."
    assert said.format("2013-07-02T00:00:00+00:00") in build(site).out
    assert said.format("2013-08-01T00:00:00+00:00") in build(site, "--now", "2013-07-02T00:00:00").out
    assert "changes by itself" not in build(site, "--now", "2013-09-01").out


def test_the_moment_that_was_announced_changes_the_site_and_the_second_before_does_not(
    tmp_path: Path,
) -> None:
    site = write_site(tmp_path, SITE)
    build(site, "--now", "2013-07-01T23:59:59")
    assert "Embargoed" not in (site / "output/index.html").read_text()
    build(site, "--now", "2013-07-02T00:00:00")
    assert "Embargoed" in (site / "output/index.html").read_text()


@pytest.mark.parametrize(
    ("front", "options"),
    [("draft: true", ()), ("expires: 2013-07-31", ()), ("", ("--future",))],
    ids=["a draft", "gone before it comes", "shown already"],
)
def test_what_no_moment_brings_or_takes_is_announced_for_none(
    tmp_path: Path, front: str, options: tuple[str, ...]
) -> None:
    post = f"-- content/posts/2013-08-01-a.md --\n---\ntitle: A\n{front}\n---\nText.\n"
    site = write_site(tmp_path, MINIMAL + post)
    assert "changes by itself" not in build(site, *options).out


@pytest.mark.parametrize("moment", ["2013-07-01", "2013-07-31", "2013-08-01", "2014-01-01"])
def test_of_what_goes_before_it_comes_the_same_is_said_at_every_moment(moment: str, tmp_path: Path) -> None:
    post = "-- content/posts/2013-08-01-a.md --\n---\ntitle: A\nexpires: 2013-07-31\n---\nText.\n"
    said = build(write_site(tmp_path, MINIMAL + post), "--now", moment).out
    why = "never appears, as it expires before that, 2013-07-31T00:00:00+00:00"
    assert f"  content/posts/2013-08-01-a.md: {why}" in said


def test_a_day_begins_in_the_zone_of_the_site(tmp_path: Path) -> None:
    site = write_site(tmp_path, SITE.replace("description:", "timezone: Europe/London\ndescription:", 1))
    build(site, "--now", "2013-07-01T23:00:00+00:00")
    assert "Embargoed" in (site / "output/index.html").read_text(), "midnight of London's summer is 23:00 UTC"
    build(site, "--now", "2013-07-01T23:00:00")
    assert "Embargoed" not in (site / "output/index.html").read_text(), (
        "a moment without a zone is the site's own"
    )


def test_an_event_is_past_when_it_has_ended_and_the_report_knows_the_moment(tmp_path: Path) -> None:
    event = "title: Forum\nstart: 2013-07-01 10:00\nend: 2013-07-01 13:00"
    site = write_site(tmp_path, MINIMAL + f"-- content/events/forum.md --\n---\n{event}\n---\nCome.\n")
    before = build(site)
    assert "The site changes by itself at 2013-07-01T13:00:00+00:00" in before.out
    page = (site / "output/events/index.html").read_bytes()
    build(site, "--now", "2013-07-01T12:59:59")
    assert (site / "output/events/index.html").read_bytes() == page
    assert "changes by itself" not in build(site, "--now", "2013-07-01T13:00:00").out
    assert (site / "output/events/index.html").read_bytes() != page


@pytest.mark.parametrize(
    "moment",
    [
        "yesterday",
        "2013-13-01",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01",
        "9999-12-31T23:59:59",
    ],
)
def test_a_moment_that_is_none_is_no_fault_of_cogen(tmp_path: Path, moment: str) -> None:
    site = write_site(tmp_path, SITE.replace("description:", "timezone: America/New_York\ndescription:", 1))
    assert cogen("check", site, "--now", moment).code in {0, 2}


def test_the_time_of_the_last_commit_may_be_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path, SITE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1375315200")
    result = cogen("build", site)
    assert "As of 2013-08-01T00:00:00+00:00 (SOURCE_DATE_EPOCH)." in result.out
    assert (site / "output/2013/08/future/index.html").exists()
    assert "(--now)" in build(site, "--now", NOW).out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert cogen("build", site).code == 2
