import datetime as dt
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from render.samples import HOSTILE, MAY, Promises, entry, feed

from cogen.assemble.views import FeedView, Fragment
from cogen.model.moments import Moment
from cogen.render.feed_parts import LONGEST_ENTRY
from cogen.render.feeds import make_feed
from cogen.render.xml_feeds import (
    Channel,
    Item,
    atom_channel,
    atom_date,
    atom_item,
    rss_channel,
    rss_date,
    rss_item,
)
from cogen.render.xml_pattern import PatternWriter, Record
from cogen.render.xml_text import fit

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
FORMATS = ("rss", "atom", "json")
XML = ("rss", "atom")
FULL = {
    "content": Fragment("c"),
    "authors": ("Amara B.", "Sam Okafor"),
    "categories": ("Tulse Hill", "News"),
    "language": "fr",
    "image": "https://example.org/blog/bike.jpg",
}
BODY = "<p>Whole <em>text</em> &amp; more</p>"


def made(view: FeedView, content: str = BODY) -> bytes:
    return make_feed(view, Promises(c=content))


def tree(view: FeedView, content: str = BODY) -> etree._Element:
    return etree.fromstring(made(view, content))


def read(view: FeedView) -> feedparser.FeedParserDict:
    found = feedparser.parse(io.BytesIO(made(view)))
    assert not found.bozo
    return found


# ---- read back


@pytest.mark.parametrize("kind", XML)
def test_a_feed_reader_finds_every_field_of_the_feed(kind: str) -> None:
    view = feed(kind, entry(1, **FULL))
    found = read(view).feed
    assert found.title == view.title
    assert found.subtitle == view.description
    assert found.link == view.home_url
    assert found.language == "en-GB"
    assert [link.href for link in found.links if link.rel == "self"] == [view.self_url]
    assert found.updated_parsed[:5] == (2012, 5, 25, 17, 30)
    assert found.generator == "cogen"


@pytest.mark.parametrize("kind", XML)
def test_a_feed_reader_finds_every_field_of_an_entry(kind: str) -> None:
    view = feed(kind, entry(1, **FULL))
    (found,) = read(view).entries
    assert found.title == "Post 1"
    assert found.link == "https://example.org/blog/1/"
    assert found.id == ("id-1" if kind == "rss" else view.entries[0].atom_id)
    assert found.summary == "Summary 1"
    assert found.content[0].value == BODY
    assert found.content[0].type == "text/html"
    assert [tag.term for tag in found.tags] == ["Tulse Hill", "News"]
    assert found.published_parsed[:5] == (2012, 5, 25, 17, 30)
    assert [author.name for author in found.authors] == ["Amara B.", "Sam Okafor"]
    if kind == "atom":
        assert found.updated_parsed[:5] == (2012, 5, 31, 23, 0)


@pytest.mark.parametrize("kind", XML)
def test_of_a_very_long_text_a_feed_has_the_summary(kind: str) -> None:
    view = feed(kind, entry(1, **FULL), entry(2, **FULL))
    longest = "x" * LONGEST_ENTRY
    for content, is_there in ((longest, True), (longest + "x", False), (longest, True)):
        found = feedparser.parse(io.BytesIO(made(view, content)))
        assert not found.bozo
        assert [("content" in each, each.summary, each.link) for each in found.entries] == [
            (is_there, f"Summary {n}", f"https://example.org/blog/{n}/") for n in (1, 2)
        ]


def test_of_a_very_long_text_a_json_feed_has_the_summary_as_text() -> None:
    (item,) = json.loads(made(feed("json", entry(1, **FULL)), "x" * (LONGEST_ENTRY + 1)))["items"]
    assert "content_html" not in item
    assert item["content_text"] == "Summary 1"


def test_a_json_feed_has_every_field_in_a_fixed_order() -> None:
    text = made(feed("json", entry(1, **FULL))).decode()
    assert text == made(feed("json", entry(1, **FULL))).decode()
    found = json.loads(text)
    assert list(found) == [
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "items",
        "description",
        "language",
    ]
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["items"] == [
        {
            "id": "id-1",
            "url": "https://example.org/blog/1/",
            "title": "Post 1",
            "date_published": "2012-05-25T18:30:00+01:00",
            "date_modified": "2012-06-01T00:00:00+01:00",
            "content_html": BODY,
            "summary": "Summary 1",
            "image": "https://example.org/blog/bike.jpg",
            "authors": [{"name": "Amara B."}, {"name": "Sam Okafor"}],
            "tags": ["Tulse Hill", "News"],
            "language": "fr",
        }
    ]


def test_a_json_entry_without_its_text_has_the_summary_as_text() -> None:
    (item,) = json.loads(made(feed("json", entry())))["items"]
    assert item["content_text"] == "Summary 1"
    assert "content_html" not in item


def test_a_json_entry_with_an_empty_text_has_it() -> None:
    (item,) = json.loads(made(feed("json", entry(content=Fragment("c"), summary="")), ""))["items"]
    assert item["content_html"] == ""


@pytest.mark.parametrize("kind", FORMATS)
def test_entries_stay_in_the_order_given(kind: str) -> None:
    text = made(feed(kind, entry(2), entry(9), entry(1))).decode()
    assert (
        text.index("Post 2<" if kind != "json" else '"Post 2"') < text.index("Post 9") < text.index("Post 1")
    )


def test_an_entrys_text_stays_its_own_where_another_text_looks_like_its_place() -> None:
    view = feed(
        "rss", entry(summary="the whole text", title=">the whole text</content", content=Fragment("c"))
    )
    item = tree(view)[0].find("item")
    assert item.findtext("title") == ">the whole text</content"
    assert item.findtext("description") == "the whole text"
    assert item.findtext(CONTENT) == BODY


def test_a_feed_is_laid_out_one_element_a_line() -> None:
    lines = made(feed("rss", entry(1), entry(2))).decode().splitlines()
    assert lines[-2:] == ["  </channel>", "</rss>"]
    assert lines.count("    <item>") == lines.count("    </item>") == 2
    assert made(feed("atom", entry(1), entry(2))).decode().splitlines().count("  <entry>") == 2


# ---- RSS


def test_the_channels_link_is_the_page_and_not_the_feed() -> None:
    channel = tree(feed("rss", entry()))[0]
    assert channel.findtext("link") == "https://example.org/blog/"
    assert channel.find(f"{ATOM}link").attrib == {
        "href": "https://example.org/blog/feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }


def test_rss_names_authors_without_an_address() -> None:
    item = tree(feed("rss", entry(**FULL)))[0].find("item")
    assert [each.text for each in item.findall(CREATOR)] == ["Amara B.", "Sam Okafor"]
    assert item.find("author") is None


def test_an_rss_guid_is_no_link() -> None:
    guid = tree(feed("rss", entry()))[0].find("item/guid")
    assert (guid.text, guid.get("isPermaLink")) == ("id-1", "false")


def test_rss_says_the_whole_text_apart_from_the_summary() -> None:
    item = tree(feed("rss", entry(**FULL)))[0].find("item")
    assert item.findtext("description") == "Summary 1"
    assert item.findtext(CONTENT) == BODY


def test_an_rss_summary_is_written_as_html() -> None:
    item = tree(feed("rss", entry(summary="1 < 2 & <b> once=3")))[0].find("item")
    assert item.findtext("description") == "1 &lt; 2 &amp; &lt;b&gt; once&#61;3"


def test_content_without_a_summary_is_not_the_description() -> None:
    item = tree(feed("rss", entry(content=Fragment("c"), summary="")))[0].find("item")
    assert item.findtext("description") == "Post 1"
    assert item.findtext(CONTENT) == BODY


@pytest.mark.parametrize("year", [1, 99, 999, 1850, 2012, 9999])
def test_dates_of_rss_have_four_digits_of_year_and_whole_minutes(year: int) -> None:
    moment = Moment(dt.datetime(year, 3, 4, 5, 6, 7), -75, "Europe/London")
    channel = tree(feed("rss", entry(published=moment, updated=moment), updated=moment))[0]
    for text in (channel.findtext("lastBuildDate"), channel.findtext("item/pubDate")):
        assert re.fullmatch(rf"\w{{3}}, 04 Mar {year:04} 05:07:22 \+0000", text), text


# ---- Atom


def test_atom_content_is_escaped_html() -> None:
    content = tree(feed("atom", entry(**FULL))).find(f"{ATOM}entry/{ATOM}content")
    assert (content.get("type"), content.text, len(content)) == ("html", BODY, 0)


def test_atom_has_an_author_where_an_entry_has_none() -> None:
    whole = tree(feed("atom", entry(1, **FULL)))
    part = tree(feed("atom", entry(1, **FULL), entry(2)))
    assert whole.find(f"{ATOM}author") is None
    assert part.findtext(f"{ATOM}author/{ATOM}name") == "Made in Lambeth"
    assert [each.text for each in whole.iter(f"{ATOM}name")] == ["Amara B.", "Sam Okafor"]


def test_atom_dates_are_rfc_3339() -> None:
    odd = Moment(dt.datetime(1850, 1, 1), -75)
    found = tree(feed("atom", entry(published=odd, updated=MAY)))
    assert found.findtext(f"{ATOM}entry/{ATOM}published") == "1850-01-01T00:01:15+00:00"
    assert found.findtext(f"{ATOM}entry/{ATOM}updated") == "2012-05-25T18:30:00+01:00"


# ---- for all of them


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_feed_is_whole(kind: str) -> None:
    view = feed(kind, updated=Moment(dt.datetime(1970, 1, 1), 0), description="")
    if kind == "json":
        assert json.loads(made(view))["items"] == []
    else:
        found = read(view)
        assert found.feed.title == "Made in Lambeth"
        assert found.entries == []
        assert found.feed.updated_parsed[0] == 1970


@pytest.mark.parametrize("kind", FORMATS)
def test_characters_that_xml_cannot_hold_are_left_out_everywhere(kind: str) -> None:
    bad = "a\x08b\x00c\ud800d\uffff\x1be"
    hostile = entry(
        title=bad, summary=bad, authors=(bad,), categories=(bad,), id=bad, atom_id="urn:" + bad, language=bad,
        content=Fragment("c"), image=bad,
    )  # fmt: skip
    text = made(feed(kind, hostile, title=bad, description=bad), fit(bad)).decode()
    assert not re.search("[\x00\x08\x1b\ud800\uffff]|\\\\u00", text)
    assert text.count("abcde") >= 7
    if kind != "json":
        etree.fromstring(text.encode())


@pytest.mark.parametrize("kind", FORMATS)
def test_markup_in_any_field_is_text(kind: str) -> None:
    hostile = entry(title=HOSTILE, summary=HOSTILE, authors=(HOSTILE,), categories=(HOSTILE,), id=HOSTILE)
    view = feed(kind, hostile, title=HOSTILE, description=HOSTILE)
    if kind == "json":
        found = json.loads(made(view))
        assert found["title"] == found["items"][0]["title"] == found["items"][0]["tags"][0] == HOSTILE
        return
    texts = [each.text for each in tree(view).iter() if isinstance(each.tag, str)]
    terms = [each.get("term") for each in tree(view).iter(f"{ATOM}category")]
    assert [*texts, *terms].count(HOSTILE) >= 5


@pytest.mark.parametrize("kind", FORMATS)
def test_what_must_not_be_empty_is_not(kind: str) -> None:
    view = feed(kind, entry(title="", summary=""), title="\x00", description="")
    text = made(view).decode()
    assert "https://example.org/blog/1/" in text
    if kind != "json":
        assert read(view).feed.title == "https://example.org/blog/"


TEXTS = st.text().map(fit) | st.sampled_from(["", "@0@", '"\t\n\r<&>"', "  a  "])
NAMES = TEXTS.filter(bool)
MOMENTS = st.datetimes(
    min_value=dt.datetime(1000, 1, 2),
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(minutes=-150))]),
)
ITEMS = st.builds(
    Item,
    id=NAMES,
    title=NAMES,
    url=NAMES,
    summary=TEXTS,
    language=TEXTS,
    published=MOMENTS,
    updated=MOMENTS,
    authors=st.lists(TEXTS, max_size=3).map(tuple),
    categories=st.lists(TEXTS, max_size=3).map(tuple),
    has_content=st.booleans(),
)
CHANNELS = st.builds(Channel, *[NAMES] * 7, updated=MOMENTS, has_author=st.booleans())


@given(st.lists(ITEMS, min_size=2), st.lists(CHANNELS, min_size=2))
def test_a_pattern_filled_with_texts_is_what_feedgen_writes_of_them(
    items: list[Item], channels: list[Channel]
) -> None:
    def check(
        write: Callable[[Record], str], date: Callable[[dt.datetime], str], records: list[Record]
    ) -> None:
        writer = PatternWriter(write, date)
        assert [writer.xml(each) for each in records] == [write(each) for each in records]

    check(rss_item, rss_date, items)
    check(atom_item, atom_date, items)
    check(rss_channel, rss_date, channels)
    check(atom_channel, atom_date, channels)


@given(st.text(), st.text(), st.sampled_from(FORMATS))
def test_no_text_breaks_a_feed(one: str, other: str, kind: str) -> None:
    view = feed(
        kind, entry(title=one, summary=other, authors=(other,), categories=(one,), content=Fragment("c"))
    )
    text = made(view, fit(one))
    assert text == made(view, fit(one))
    if kind == "json":
        json.loads(text)
    else:
        etree.fromstring(text)


def test_json_feeds_are_made_without_importing_feedgen() -> None:
    code = "import sys; import cogen.render.feeds; sys.exit('feedgen' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
