"""RSS 2.0 and Atom (RFC 4287) with feedgen. Layer: render.

What feedgen would do by itself and must not: date a feed by the clock, put the newest entry last, make ``self`` the
channel's link, let content without a summary become the description.

It writes each shape of a feed, and of an entry, once (``xml_pattern.py``); else feeds would need a tenth of a build.
Importing it takes 57 ms, so this module is imported when a feed has to be made.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from cogen.assemble.views import EntryView, FeedView
from cogen.model.html import escape
from cogen.model.urls import FEED_TYPES
from cogen.render.context import Promises
from cogen.render.entry_content import defuse
from cogen.render.feed_parts import entry_html, feed_title, time_of
from cogen.render.xml_pattern import PatternWriter
from cogen.render.xml_text import escape_text, fit

GENERATOR = "cogen"
_ENTRIES_KEPT = 10_000
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GAP = "the whole text"
_GAP_IN_XML = f">{_GAP}</content"
"""No other text can look like it, since every other ``<`` is escaped."""


class Channel(msgspec.Struct, frozen=True):
    """What a feed says of itself, in texts that XML can hold."""

    id: str
    title: str
    description: str
    home_url: str
    self_url: str
    media_type: str
    language: str
    updated: dt.datetime
    has_author: bool = False
    """True for Atom, where an entry has none."""


class Item(msgspec.Struct, frozen=True):
    """What an entry says, but for its whole text, in texts that XML can hold."""

    id: str
    title: str
    url: str
    summary: str
    language: str
    published: dt.datetime
    updated: dt.datetime
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    has_content: bool = False
    """Whether there is a gap for the whole text."""


def make_rss(view: FeedView, promises: Promises) -> bytes:
    """Make an RSS feed: summary in ``description``, whole text in ``content:encoded``, authors in ``dc:creator``."""
    shell = _RSS_CHANNELS.xml(_channel(view, fit(view.description) or feed_title(view)))
    return "".join(_filled(shell, "  </channel>", _RSS_ITEMS, view, promises)).encode()


def make_atom(view: FeedView, promises: Promises) -> bytes:
    """Make an Atom feed; where an entry has no author, the feed has one, named like the feed."""
    has_author = not view.entries or not all(entry.authors for entry in view.entries)
    shell = _ATOM_CHANNELS.xml(_channel(view, fit(view.description), has_author=has_author))
    return "".join(_filled(shell, "</feed>", _ATOM_ITEMS, view, promises)).encode()


class _Items:
    """The XML of entries in one format, each made once."""

    def __init__(
        self,
        item: Callable[[EntryView], Item],
        write: Callable[[Item], str],
        date: Callable[[dt.datetime], str],
    ) -> None:
        self._item = item
        self._writer = PatternWriter(write, date)
        self._kept: dict[tuple[EntryView, bool], str] = {}

    def of(self, entry: EntryView, *, has_content: bool) -> str:
        """Give the XML of an entry, with a gap where its whole text goes."""
        key = (entry, has_content)
        if (known := self._kept.get(key)) is not None:
            return known
        if len(self._kept) > _ENTRIES_KEPT:
            self._kept.clear()
        item = msgspec.structs.replace(self._item(entry), has_content=has_content)
        xml = self._kept[key] = self._writer.xml(item)
        return xml


def _filled(shell: str, closing: str, items: _Items, view: FeedView, promises: Promises) -> Iterator[str]:
    """Put entries before the end of a feed without any, and their texts into them."""
    head, end, tail = shell.rpartition(closing)
    yield head
    for entry in view.entries:
        html = entry_html(entry, promises)
        before, _, after = items.of(entry, has_content=html is not None).partition(_GAP_IN_XML)
        yield before
        if html is not None:
            yield f">{escape_text(html)}</content"
            yield after
    yield end + tail


# ---- RSS ------------------------------------------------------------------------------------------------


def rss_channel(channel: Channel) -> str:
    """Write an RSS feed without entries."""
    return _rss_xml(_rss_generator(channel))


def rss_item(item: Item) -> str:
    """Write an entry as it stands in an RSS feed."""
    feed = _rss_generator(_AROUND)
    added = _add_entry(feed, item)
    added.guid(item.id, permalink=False)
    added.description(item.summary)
    for author in item.authors:
        added.dc.dc_creator(author)
    if item.language:
        added.dc.dc_language(item.language)
    return _between(_rss_xml(feed), "    <item>", "  </channel>")


def rss_date(moment: dt.datetime) -> str:
    """Write a moment as RSS does, by RFC 822 with four digits of the year."""
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S %z}"


def _rss_generator(channel: Channel) -> FeedGenerator:
    feed = _generator(channel)
    feed.description(channel.description)
    feed.load_extension("dc", atom=False)
    return feed


def _rss_xml(feed: FeedGenerator) -> str:
    xml: bytes = feed.rss_str(pretty=True)
    return xml.decode()


def _rss_entry(entry: EntryView) -> Item:
    """Give what RSS says of an entry: its summary is HTML, and never empty, or the whole text would land there."""
    summary = escape(fit(entry.summary) or fit(entry.title) or entry.absolute_url)
    return _entry(entry, entry.id, defuse(summary), fit(entry.language))


# ---- Atom -----------------------------------------------------------------------------------------------


def atom_channel(channel: Channel) -> str:
    """Write an Atom feed without entries."""
    feed = _generator(channel)
    feed.id(channel.id)
    if channel.description:
        feed.subtitle(channel.description)
    if channel.has_author:
        feed.author(name=channel.title)
    return _atom_xml(feed)


def atom_item(item: Item) -> str:
    """Write an entry as it stands in an Atom feed."""
    feed = _generator(_AROUND)
    feed.id(_AROUND.id)
    added = _add_entry(feed, item)
    added.id(item.id)
    if item.summary:
        added.summary(item.summary)
    for author in item.authors:
        added.author(name=author)
    return _between(_atom_xml(feed), "  <entry>", "</feed>")


def atom_date(moment: dt.datetime) -> str:
    """Write a moment as Atom does, by RFC 3339."""
    return moment.isoformat()


def _atom_xml(feed: FeedGenerator) -> str:
    xml: bytes = feed.atom_str(pretty=True)
    return xml.decode()


def _atom_entry(entry: EntryView) -> Item:
    return _entry(entry, entry.atom_id, fit(entry.summary), "")


# ---- both -----------------------------------------------------------------------------------------------


def _channel(view: FeedView, description: str, *, has_author: bool = False) -> Channel:
    return Channel(
        id=fit(view.id),
        title=feed_title(view),
        description=description,
        home_url=fit(view.home_url),
        self_url=fit(view.self_url),
        media_type=FEED_TYPES.get(view.format, ""),
        language=fit(view.language),
        updated=time_of(view.updated),
        has_author=has_author,
    )


def _entry(entry: EntryView, entry_id: str, summary: str, language: str) -> Item:
    return Item(
        id=fit(entry_id),
        title=fit(entry.title) or entry.absolute_url,
        url=fit(entry.absolute_url),
        summary=summary,
        language=language,
        published=time_of(entry.published),
        updated=time_of(entry.updated),
        authors=tuple(map(fit, entry.authors)),
        categories=tuple(map(fit, entry.categories)),
    )


def _generator(channel: Channel) -> FeedGenerator:
    feed = FeedGenerator()
    feed.title(channel.title)
    feed.link(href=channel.self_url, rel="self", type=channel.media_type)
    feed.link(href=channel.home_url, rel="alternate", type="text/html")
    feed.language(channel.language)
    feed.updated(channel.updated)
    feed.generator(GENERATOR)
    return feed


def _add_entry(feed: FeedGenerator, item: Item) -> FeedEntry:
    added = feed.add_entry(order="append")
    added.title(item.title)
    added.link(href=item.url)
    added.published(item.published)
    added.updated(item.updated)
    if item.has_content:
        added.content(_GAP, type="html")
    for category in item.categories:
        added.category(term=category)
    return added


def _between(xml: str, first: str, closing: str) -> str:
    return xml[xml.index(first) : xml.rindex(closing)]


_AROUND = Channel("urn:x", "x", "x", "x:", "x:", "x", "en", dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
"""The feed around an entry that is written apart."""
_RSS_CHANNELS = PatternWriter(rss_channel, rss_date)
_ATOM_CHANNELS = PatternWriter(atom_channel, atom_date)
_RSS_ITEMS = _Items(_rss_entry, rss_item, rss_date)
_ATOM_ITEMS = _Items(_atom_entry, atom_item, atom_date)
