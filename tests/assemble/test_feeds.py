"""Feeds read back as a feed reader does, and the ids by which it knows entries again."""

import json
import re
from pathlib import Path
from uuid import UUID, uuid5

import feedparser
import pytest
from sites import MINIMAL, build, write_site

SITE_ID = UUID("1e0d6f6c-4b0e-4f0e-9f3e-0c7a5b1d2e3f")
SITE = (
    MINIMAL
    + """\
timezone: Europe/London
-- content/people.yaml --
frances: {name: Frances M.}
-- content/posts/2013-05-01-first.md --
---
title: First & foremost
authors: [frances, Sam Okafor]
tags: [News, "R&D"]
---
One *sentence*. [More](../pages/about.md) & a < b.

Below the summary.
-- content/posts/2013-05-02-second/index.md --
---
title: Second
date: 2013-05-02 18:30
updated: 2013-05-03 09:15
guid: https://old.example.org/?p=2
summary: In *short*.
---
Text.
-- content/posts/2013-05-04-third.md --
---
title: Third
guid: "post 3"
---
-- content/pages/about.md --
---
title: About
---
Words.
"""
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_site(tmp_path_factory.mktemp("feeds"), SITE)
    build(site)
    return site / "output"


def _derived(name: str) -> str:
    return f"urn:uuid:{uuid5(SITE_ID, name)}"


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_a_feed_is_read_back_item_by_item(output: Path, name: str) -> None:
    feed = feedparser.parse(str(output / name))
    assert not feed.bozo
    assert feed.feed.title == "Test site"
    assert [entry.title for entry in feed.entries] == ["Third", "Second", "First & foremost"]
    assert [entry.link for entry in feed.entries] == [
        f"https://example.org/2013/05/{slug}/" for slug in ("third", "second", "first")
    ]
    first = feed.entries[2]
    assert first.content[0].value.startswith(
        '<p>One <em>sentence</em>. <a href="https://example.org/about/">More</a> &amp; a &lt; b.</p>'
    )
    assert "Below the summary." in first.content[0].value
    assert {tag.term for tag in first.tags} == {"News", "R&D"}
    assert [entry.published_parsed[:5] for entry in feed.entries] == [
        (2013, 5, 3, 23, 0), (2013, 5, 2, 17, 30), (2013, 4, 30, 23, 0)
    ]  # fmt: skip
    assert {"rel": "self", "href": f"https://example.org/{name}"}.items() <= {
        key: value for link in feed.feed.links if link.rel == "self" for key, value in link.items()
    }.items()


def test_a_json_feed_says_the_same(output: Path) -> None:
    feed = json.loads((output / "feed.json").read_text())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["home_page_url"]) == (
        "https://example.org/feed.json",
        "https://example.org/",
    )
    third, second, first = feed["items"]
    assert (third["id"], second["id"], first["id"]) == (
        "post 3", "https://old.example.org/?p=2", _derived("posts/2013-05-01-first")
    )  # fmt: skip
    assert (second["date_published"], second["date_modified"]) == (
        "2013-05-02T18:30:00+01:00", "2013-05-03T09:15:00+01:00"
    )  # fmt: skip
    assert first["title"] == "First & foremost"
    assert [author["name"] for author in first["authors"]] == ["Frances M.", "Sam Okafor"]
    assert first["tags"] == ["News", "R&D"]


def test_authors_are_named_in_both_xml_feeds(output: Path) -> None:
    assert re.findall("<dc:creator>([^<]+)", (output / "feed.xml").read_text()) == [
        "Frances M.",
        "Sam Okafor",
    ]
    assert [author.name for author in feedparser.parse(str(output / "atom.xml")).entries[2].authors] == [
        "Frances M.", "Sam Okafor"
    ]  # fmt: skip


def test_a_guid_stands_in_rss_as_written(output: Path) -> None:
    ids = [entry.id for entry in feedparser.parse(str(output / "feed.xml")).entries]
    assert ids == ["post 3", "https://old.example.org/?p=2", _derived("posts/2013-05-01-first")]
    assert (output / "feed.xml").read_text().count('isPermaLink="false"') == 3


def test_every_id_in_atom_is_an_absolute_iri(output: Path) -> None:
    feed = feedparser.parse(str(output / "atom.xml"))
    ids = [feed.feed.id, *(entry.id for entry in feed.entries)]
    assert ids == [
        _derived("feed/site"), _derived("post 3"), "https://old.example.org/?p=2", _derived("posts/2013-05-01-first")
    ]  # fmt: skip


def test_a_bundle_and_a_file_of_one_name_have_one_id(tmp_path: Path) -> None:
    def atom_ids(path: str) -> list[str]:
        site = write_site(
            tmp_path / path.replace("/", "-"), MINIMAL + f"-- {path} --\n---\ntitle: A\n---\nText.\n"
        )
        build(site)
        return [entry.id for entry in feedparser.parse(str(site / "output/atom.xml")).entries]

    expected = [_derived("posts/2013-05-01-a")]
    assert (
        atom_ids("content/posts/2013-05-01-a.md")
        == atom_ids("content/posts/2013-05-01-a/index.md")
        == expected
    )
    assert atom_ids("content/posts/2013-05-01-a.markdown") == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: First & foremost", "title: Another"),
        ("title: First & foremost", "title: First\nslug: elsewhere"),
        ("url: https://example.org/", "url: https://example.net/new/"),
        ("title: Test site", "title: Renamed"),
        ("description:", "permalink: /{slug}/\ndescription:"),
    ],
    ids=["title", "slug", "domain", "site's title", "permalink"],
)
def test_subscribers_see_no_post_twice_when_the_site_changes(
    output: Path, tmp_path: Path, old: str, new: str
) -> None:
    site = write_site(tmp_path, SITE.replace(old, new, 1))
    build(site)
    for name in ("feed.xml", "atom.xml"):
        before, after = (feedparser.parse(str(folder / name)) for folder in (output, site / "output"))
        assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]
        assert after.feed.get("id") == before.feed.get("id")


def test_a_feed_without_entries_is_one(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL)
    build(site)
    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse(str(site / "output" / name))
        assert not feed.bozo
        assert feed.entries == []
    assert json.loads((site / "output/feed.json").read_text())["items"] == []


def test_a_feed_may_hold_summaries_alone_and_fewer_items(tmp_path: Path) -> None:
    feeds = "feeds: {formats: [atom], items: 2, content: summary}\n"
    site = write_site(tmp_path, SITE.replace("timezone:", feeds + "timezone:"))
    build(site)
    feed = feedparser.parse(str(site / "output/atom.xml"))
    assert [entry.title for entry in feed.entries] == ["Third", "Second"]
    assert [entry.get("content") for entry in feed.entries] == [None, None]
    assert feed.entries[1].summary == "In short."
    assert not list((site / "output").rglob("feed.*"))


def test_without_feeds_there_is_no_page_about_them(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + "feeds: {formats: []}\n")
    build(site)
    assert not (site / "output/follow").exists()
    assert "/follow/" not in (site / "output/index.html").read_text()


def test_every_page_of_a_list_names_its_feeds(output: Path) -> None:
    page = (output / "authors/frances/index.html").read_text()
    feeds = re.findall(r'<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"', page)
    assert feeds[:3] == [
        ("application/rss+xml", "/authors/frances/feed.xml"),
        ("application/atom+xml", "/authors/frances/atom.xml"),
        ("application/feed+json", "/authors/frances/feed.json"),
    ]


def test_the_page_about_feeds_names_every_feed(output: Path) -> None:
    page = (output / "follow/index.html").read_text()
    published = {
        "/" + path.relative_to(output).as_posix()
        for path in output.rglob("*")
        if path.name in {"feed.xml", "atom.xml", "feed.json"}
    }
    assert len(published) == 15
    assert {address for address in published if f'href="{address}"' not in page} == set()
