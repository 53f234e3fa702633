"""A changed text is shown before the site is built, and just as the build makes it."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import REPOSITORY
from sites import MINIMAL, tree, write_site

from cogen.engine.request import Request
from cogen.engine.session import Session

SITE = (
    MINIMAL
    + """\
-- content/posts/2013-05-01-a.md --
---
title: First
tags: [News]
---
Summary.

Below, with a [link](b.md#part).

## One

More.
-- content/posts/b.md --
---
title: Second
date: 2013-05-02
---
Text.

## Part
-- content/pages/about.md --
---
title: About
---
Us.

More of us.
-- content/events/fair.md --
---
title: Fair
start: 2013-08-01 10:00
---
Summary.

All day.
"""
)
POST = "content/posts/2013-05-01-a.md"
NOW = dt.datetime(2013, 7, 1, tzinfo=dt.UTC)


class Served:
    """A site, served and built from a session; the other output is a build from nothing."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.output = site / ".cogen/serve"
        self.session = Session()
        self.build()

    def build(self, session: Session | None = None, output: Path | None = None) -> bool:
        request = Request(self.site, output or self.output, NOW, uses_cache=output is None)
        return (session or self.session).build(request, lambda *_: None).is_published

    def edit(self, source: str, old: str, new: str) -> str | None:
        path = self.site / source
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        return self.session.preview(str(path.resolve()))

    def assert_as_built(self, path: str) -> None:
        shown = (self.output / path).read_bytes()
        assert self.build(Session(), self.site / "cold")
        assert shown == (self.site / "cold" / path).read_bytes()
        assert [each.name for each in self.output.iterdir() if "staging" in each.name] == []


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return Served(write_site(tmp_path, SITE))


@pytest.mark.parametrize(
    ("source", "old", "new", "address"),
    [
        (POST, "More.", "Much **more**, and a [way](../pages/about.md).", "/2013/05/a/"),
        ("content/pages/about.md", "More of us.", "All of us.", "/about/"),
        ("content/events/fair.md", "All day.", "All night.", "/events/fair/"),
    ],
)
def test_a_changed_text_is_shown_as_the_build_makes_it(
    served: Served, source: str, old: str, new: str, address: str
) -> None:
    assert served.edit(source, old, new) == address
    path = address[1:] + "index.html"
    assert new.split(maxsplit=1)[0] in (served.output / path).read_text()
    served.assert_as_built(path)


def test_one_text_is_shown_again_and_again(served: Served) -> None:
    for number in range(3):
        assert served.edit(POST, "More.", f"More {number}. More.") == "/2013/05/a/"
    assert served.edit("content/pages/about.md", "More of us.", "All.") == "/about/"
    served.assert_as_built("2013/05/a/index.html")
    served.assert_as_built("about/index.html")


def test_the_build_that_follows_finds_the_page_right_and_makes_the_feeds(served: Served) -> None:
    served.edit(POST, "More.", "Much more.")
    before = (served.output / "2013/05/a/index.html").stat().st_ino
    assert served.build()
    assert (served.output / "2013/05/a/index.html").stat().st_ino == before
    assert "Much more." in (served.output / "feed.xml").read_text()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: First", "title: Renamed"),
        ("tags: [News]", "tags: [News, More]"),
        ("Summary.", "Another summary."),
        ("## One", "## Two"),
        ("## One", "## O'ne"),
        ("title: First", "titel: First"),
        ("title: First", "title: ["),
        ("title: First", "title: First\ndraft: true"),
        ("More.", "::unknown-thing"),
        ("More.", ':::note{type="}'),
    ],
)
def test_what_could_show_elsewhere_or_is_wrong_is_left_to_the_build(
    served: Served, old: str, new: str
) -> None:
    before = (served.output / "2013/05/a/index.html").read_bytes()
    shown = served.edit(POST, old, new)
    if "unknown-thing" in new:  # judged when the site is built: until then the page shows nothing there
        assert shown == "/2013/05/a/"
        assert not served.build()
        return
    assert shown is None
    assert (served.output / "2013/05/a/index.html").read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda site: (site / POST).unlink(),
        lambda site: (site / "content/posts/new.md").write_text("---\ntitle: New\n---\n"),
        lambda site: (site / "site.yaml").write_text("title: x\n"),
    ],
    ids=["gone", "new", "site.yaml"],
)
def test_other_changes_are_left_to_the_build(served: Served, change: Callable[[Path], object]) -> None:
    change(served.site)
    for name in (POST, "content/posts/new.md", "site.yaml"):
        if name != POST or not (served.site / POST).exists():
            assert served.session.preview(str(served.site.resolve() / name)) is None


def test_nothing_is_shown_before_the_first_build_nor_after_one_that_failed(served: Served) -> None:
    assert Session().preview(str(served.site / POST)) is None
    (served.site / "content/pages/about.md").write_text("[dead](nowhere.md)\n")
    assert not served.build()
    assert served.edit(POST, "More.", "Much more.") is None


def test_what_was_shown_goes_where_the_build_that_follows_fails(served: Served) -> None:
    before = tree(served.output)
    assert served.edit(POST, "More.", "Much more.") == "/2013/05/a/"
    assert served.edit(POST, "Much more.", "See [that](gone.md), NEWWORD.") == "/2013/05/a/"
    assert served.edit("content/pages/about.md", "More of us.", "All of us.") == "/about/"
    assert tree(served.output) != before
    assert not served.build()
    assert tree(served.output) == before
    assert (served.edit(POST, "See [that](gone.md), NEWWORD.", "Mended."), served.build()) == (None, True)
    served.assert_as_built("2013/05/a/index.html")
    served.assert_as_built("about/index.html")


def test_every_text_of_the_sample_site_is_shown_as_the_build_makes_it(tmp_path: Path) -> None:
    for name in ("content", "themes"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    settings = (REPOSITORY / "site.yaml").read_text(encoding="utf-8")
    assert "\nsearch: true\n" in settings
    unsearched = settings.replace("\nsearch: true\n", "\nsearch: false\n")
    (tmp_path / "site.yaml").write_text(unsearched, encoding="utf-8")
    served = Served(tmp_path)
    shown = []
    for path in sorted((tmp_path / "content").rglob("*.md")):
        path.write_text(path.read_text() + "\nOne more sentence.\n")
        shown.append(served.session.preview(str(path.resolve())))
    assert len([address for address in shown if address]) > 20
    assert served.build(Session(), tmp_path / "cold")
    for address in filter(None, shown):
        path = address[1:] + "index.html"
        assert (served.output / path).read_bytes() == (tmp_path / "cold" / path).read_bytes(), path
