"""A rebuild renders what differs and nothing else; where it renders more, this page says what and why.

What must be rendered is not computed as cogen does it: it is what differs between two cold builds, one from
before the edit and one from after it.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from sites import MINIMAL, parse_site, tree, write_site

from cogen.engine.build import build
from cogen.engine.report import Report
from cogen.engine.request import Request

FEEDS = ("feed.xml", "atom.xml", "feed.json")
OWN_THEME = """\
-- themes/own/theme.yaml --
name: own
extends: commons
options:
  leaf: {type: colour, default: "#111111"}
-- themes/own/templates/tags.html --
{% extends "commons:tags.html" %}
{% block styles %}
{{ super() }}
<link rel="stylesheet" href="{{ asset("own.css") }}">
{% endblock %}
-- themes/own/assets/own.css --
a { color: {{ option.leaf }} }
-- themes/own/i18n/en.yaml --
tags: Topics
"""
SITE = (
    MINIMAL.replace("title: Test site\n", "title: Test site\ntheme: own\npage_size: 3\nfeeds: {items: 4}\n")
    + "".join(
        f"-- content/posts/2013-05-{day:02}-p{day}.md --\n---\ntitle: Post{day:02}\n"
        f"tags: [{('News', 'Growing')[day % 2]}]\nauthors: [{('Ann', 'Ben')[day // 6]}]\n---\n"
        f"Summary {day}.\n\nBelow {day}.\n"
        for day in range(1, 11)
    )
    + "-- content/pages/about.md --\n---\ntitle: About\n---\nAbout.\n"
    + OWN_THEME
)
OLD, NEWER = "content/posts/2013-05-03-p3.md", "content/posts/2013-05-10-p10.md"


class Edit(msgspec.Struct, frozen=True):
    """What an edit changed, and how much was rendered for it."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    written: set[str]
    report: Report

    @property
    def differing(self) -> set[str]:
        """Files that two cold builds make differently, or only the second makes."""
        return {path for path, data in self.after.items() if self.before.get(path) != data}

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(path.endswith(".html") for path in self.after)


def _build(site: Path, output: Path, **options: object) -> Report:
    request = Request(site, output, dt.datetime(2013, 7, 1, 12))
    report = build(msgspec.structs.replace(request, **options), lambda *_: None)
    assert report.is_published, report.findings
    return report


def _cold(site: Path, name: str) -> dict[str, bytes]:
    output = site.parent / name
    _build(site, output, uses_cache=False)
    return tree(output)


def _times(output: Path) -> dict[str, tuple[int, int]]:
    found = [path for path in output.rglob("*") if path.is_file()]
    return {
        path.relative_to(output).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in found
    }


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give what a cold build makes of the site before any edit."""
    return _cold(write_site(tmp_path_factory.mktemp("before") / "site", SITE), "before")


@pytest.fixture
def edited(tmp_path: Path, before: dict[str, bytes]) -> Callable[[Callable[[Path], object]], Edit]:
    """Give what makes an edit between two builds, and tells what it took."""

    def edit(change: Callable[[Path], object]) -> Edit:
        site = write_site(tmp_path / "site", SITE)
        _build(site, site / "output")
        times = _times(site / "output")
        change(site)
        report = _build(site, site / "output")
        now = _times(site / "output")
        written = {path for path, time in now.items() if times.get(path) != time}
        found = Edit(before, _cold(site, "after"), written, report)
        assert tree(site / "output") == found.after
        return found

    return edit


Edited = Callable[[Callable[[Path], object]], Edit]


def _replace(path: str, old: str, new: str) -> Callable[[Path], object]:
    def change(site: Path) -> None:
        text = (site / path).read_text()
        assert old in text
        (site / path).write_text(text.replace(old, new, 1))

    return change


def _settings(line: str) -> Callable[[Path], object]:
    return _replace("site.yaml", "theme: own\n", f"theme: own\n{line}\n")


def _add_a_tag(site: Path) -> None:
    _replace(NEWER, "tags: [News]", "tags: [News, Fresh]")(site)


@pytest.mark.parametrize(
    "change",
    [
        lambda _: None,
        _replace(OLD, "Below 3.", "Beneath."),
        _replace(NEWER, "Below 10.", "Beneath."),
        _replace(OLD, "Summary 3.", "In short."),
        _replace(OLD, "title: Post03", "title: Renamed"),
        _replace(NEWER, "title: Post10", "title: Renamed"),
        _replace(OLD, "title: Post03", "title: Post03\ndraft: true"),
        _replace(OLD, "[Ann]", "[Cleo]"),
        _add_a_tag,
        lambda site: (site / OLD).unlink(),
        lambda site: write_site(site, "-- content/posts/2013-05-11-new.md --\n---\ntitle: New\n---\nNew.\n"),
        lambda site: write_site(site, "-- content/pages/new.md --\n---\ntitle: New\n---\nNew.\n"),
        lambda site: write_site(site, "-- content/notes.txt --\nJust a file.\n"),
        _settings("menu: [{label: About, url: /about/}]"),
        _replace("site.yaml", "A site for tests.", "What we do."),
        _replace("site.yaml", "page_size: 3", "page_size: 4"),
        _replace("site.yaml", "items: 4", "items: 3"),
        _replace("themes/own/templates/tags.html", "{% block styles %}", "{% block styles %}<!-- new -->"),
    ],
    ids=[
        "nothing", "an old body", "a new body", "a summary", "a title", "the newest title", "a draft", "an author",
        "a tag added", "a post deleted", "a post added", "a page added", "a file", "a menu", "a description",
        "the size of pages", "the size of feeds", "a template",
    ],
)  # fmt: skip
def test_what_differs_is_rendered_and_nothing_else(edited: Edited, change: Callable[[Path], object]) -> None:
    edit = edited(change)
    assert edit.written == edit.differing
    assert edit.report.written == edit.report.rendered == len(edit.differing)
    assert edit.report.removed == len(edit.before.keys() - edit.after.keys())


@pytest.mark.parametrize(
    ("change", "extra"),
    [
        (
            _replace(OLD, "title: Post03", "title: Post03\nupdated: 2013-06-01"),
            # the lists of its month, year, author, tag and the home list: cards know of it and do not say it
            ("2013/05/page/3/", "2013/page/3/", "authors/ann/page/", "page/3/", "tags/growing/page/2/"),
        ),
        (
            lambda site: write_site(site, "-- content/people.yaml --\nann: {name: Ann, bio: Writes.}\n"),
            ("authors/",),  # the list of authors knows what they are like, and gives their names
        ),
        (
            lambda site: write_site(site, "-- content/tags.yaml --\nNews: {description: What is new.}\n"),
            ("tags/",),  # likewise
        ),
    ],
    ids=["an update", "a person", "a tag described"],
)
def test_pages_that_might_say_it_and_do_not_are_rendered_too_and_not_written(
    edited: Edited, change: Callable[[Path], object], extra: tuple[str, ...]
) -> None:
    """A theme may show any field of what its template sees, so the page is made to find out: these and no more."""
    edit = edited(change)
    assert edit.written == edit.differing
    assert edit.report.written == len(edit.differing)
    assert edit.report.rendered == len(edit.differing) + len(extra)


@pytest.mark.parametrize(
    "change",
    [
        _replace("themes/own/i18n/en.yaml", "Topics", "Tags"),
        _settings('theme_options: {leaf: "#222222"}'),
        _settings('theme_options: {accent: "#222222"}'),
    ],
    ids=["a word", "an option", "an option of commons"],
)
def test_words_and_options_render_every_page_and_write_what_differs(
    edited: Edited, change: Callable[[Path], object]
) -> None:
    """They belong to every template's closure, on purpose: they change rarely, and views stay small."""
    edit = edited(change)
    assert edit.written == edit.differing
    others = sum(not path.endswith(".html") for path in edit.differing)
    assert edit.report.rendered == edit.pages + others
    assert edit.report.written == len(edit.differing)


def test_a_title_renders_the_pages_that_say_it_and_the_feeds_that_carry_it(edited: Edited) -> None:
    edit = edited(_replace(OLD, "title: Post03", "title: Renamed"))
    saying = {path for path, data in edit.before.items() if b"Post03" in data}
    assert saying == {path for path, data in edit.after.items() if b"Renamed" in data}
    assert {f"2013/05/p{day}/index.html" for day in (2, 3, 4, 5)} < saying  # neighbours, and one of its tag
    assert not any(path in saying for path in ("index.html", "2013/05/p8/index.html", *FEEDS))
    assert edit.written == saying
    assert edit.report.rendered == len(saying)


def test_a_body_renders_its_page_and_the_feeds_that_carry_it(edited: Edited) -> None:
    edit = edited(_replace(NEWER, "Below 10.", "Beneath."))
    lists = ("", "tags/news/", "authors/ben/")
    expected = {"2013/05/p10/index.html", *(at + name for at in lists for name in FEEDS)}
    assert edit.written == expected
    assert edit.report.rendered == len(expected)


def test_a_new_override_of_a_template_renders_the_pages_of_its_kind(edited: Edited) -> None:
    edit = edited(lambda site: write_site(site, "-- themes/own/templates/page.html --\n{{ body }}\n"))
    assert edit.written == {"about/index.html"}
    assert edit.report.rendered == 1


def test_an_override_that_says_the_same_renders_the_pages_of_its_kind_and_writes_none(edited: Edited) -> None:
    same = '-- themes/own/templates/page.html --\n{% extends "commons:page.html" %}\n'
    edit = edited(lambda site: write_site(site, same))
    assert edit.written == edit.differing == set()
    assert (edit.report.rendered, edit.report.written) == (1, 0)


def test_another_engine_renders_everything_and_writes_nothing(tmp_path: Path) -> None:
    site = write_site(tmp_path, SITE)
    first = _build(site, site / "output", engine="one")
    assert first.rendered == first.outputs
    second = _build(site, site / "output", engine="two")
    assert (second.rendered, second.written) == (second.outputs, 0)
    back = _build(site, site / "output", engine="two")
    assert (back.rendered, back.written) == (0, 0)


def test_the_site_of_these_tests_has_what_they_name() -> None:
    assert {OLD, NEWER, "themes/own/i18n/en.yaml"} <= parse_site(SITE).keys()
