"""RSS 2.0 and Atom (RFC 4287) with feedgen. Layer: render.

What feedgen would do by itself and must not: date a feed by the clock, put the newest entry last, make ``self`` the
channel's link, let content without a summary become the description.

One post is in many feeds (the site's, its tags', its author's), so an entry's XML is made once, with a gap where its
whole text goes.  Importing feedgen takes 57 ms, so this module is imported when a feed has to be made.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from cogen.assemble.views import EntryView, FeedView
from cogen.model.html import escape
from cogen.model.moments import from_timestamp
from cogen.model.urls import FEED_TYPES
from cogen.render.context import Promises
from cogen.render.entry_content import defuse
from cogen.render.feed_parts import entry_html, feed_title, time_of
from cogen.render.xml_text import escape_text, fit

GENERATOR = "cogen"
_ENTRIES_KEPT = 10_000
_GAP = "the whole text"
_GAP_IN_XML = f">{_GAP}</content"
"""No other text can look like it, since every other ``<`` is escaped."""
_SHORT_YEAR = re.compile(r"(<(?:pubDate|lastBuildDate)>\w{3}, \d\d \w{3} )(\d{1,3}) ")
_AROUND = FeedView("", "urn:x", "x", "x", "x:", "x:", "en", from_timestamp(0), ())
"""The feed around entries that are made apart."""


def make_rss(view: FeedView, promises: Promises) -> bytes:
    """Make an RSS feed: summary in ``description``, whole text in ``content:encoded``, authors in ``dc:creator``."""
    shell = _rss_xml(_rss_generator(view))
    return "".join(_filled(shell, "  </channel>", _RSS_ENTRIES, view, promises)).encode()


def make_atom(view: FeedView, promises: Promises) -> bytes:
    """Make an Atom feed; where an entry has no author, the feed has one, named like the feed."""
    feed = _generator(view)
    feed.id(fit(view.id))
    if view.description:
        feed.subtitle(fit(view.description))
    if not view.entries or not all(entry.authors for entry in view.entries):
        feed.author(name=feed_title(view))
    shell = feed.atom_str(pretty=True).decode()
    return "".join(_filled(shell, "</feed>", _ATOM_ENTRIES, view, promises)).encode()


class _Entries:
    """The XML of entries in one format, each made once; what is new in a feed is made together."""

    def __init__(self, make: Callable[[Sequence[EntryView]], str], end: str) -> None:
        """``make`` writes several entries; ``end`` is the line with which each of them ends."""
        self._make = make
        self._end = end
        self._kept: dict[EntryView, str] = {}

    def of(self, entries: Sequence[EntryView]) -> list[str]:
        """Give the XML of each entry, with a gap where its whole text goes."""
        if len(self._kept) > _ENTRIES_KEPT:
            self._kept.clear()
        new = [entry for entry in dict.fromkeys(entries) if entry not in self._kept]
        if new:
            written = self._make(new).split(self._end)[:-1]
            self._kept |= {entry: xml + self._end for entry, xml in zip(new, written, strict=True)}
        return [self._kept[entry] for entry in entries]


def _filled(shell: str, closing: str, made: _Entries, view: FeedView, promises: Promises) -> Iterator[str]:
    """Put entries before the end of a feed without any, and their texts into them."""
    head, end, tail = shell.rpartition(closing)
    yield head
    for entry, xml in zip(view.entries, made.of(view.entries), strict=True):
        before, gap, after = xml.partition(_GAP_IN_XML)
        yield before
        if gap:
            yield f">{escape_text(entry_html(entry, promises) or '')}</content"
            yield after
    yield end + tail


# ---- RSS ------------------------------------------------------------------------------------------------


def _rss_entries(entries: Sequence[EntryView]) -> str:
    feed = _rss_generator(_AROUND)
    for entry in entries:
        added = _add_entry(feed, entry)
        added.guid(fit(entry.id), permalink=False)
        added.description(_summary_html(entry))
        if entry.content is not None:
            added.content(_GAP, type="html")
        for author in entry.authors:
            added.dc.dc_creator(fit(author))
        if entry.language:
            added.dc.dc_language(fit(entry.language))
    return _between(_rss_xml(feed), "    <item>", "  </channel>")


def _rss_generator(view: FeedView) -> FeedGenerator:
    feed = _generator(view)
    feed.description(fit(view.description) or feed_title(view))
    feed.load_extension("dc", atom=False)
    return feed


def _rss_xml(feed: FeedGenerator) -> str:
    return _SHORT_YEAR.sub(_four_digits, feed.rss_str(pretty=True).decode())


def _summary_html(entry: EntryView) -> str:
    """Write the summary as HTML, which RSS readers take a description for; never empty, or content would land there."""
    return defuse(escape(fit(entry.summary) or fit(entry.title) or entry.absolute_url))


def _four_digits(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]:0>4} "


# ---- Atom -----------------------------------------------------------------------------------------------


def _atom_entries(entries: Sequence[EntryView]) -> str:
    feed = _generator(_AROUND)
    feed.id(_AROUND.id)
    for entry in entries:
        added = _add_entry(feed, entry)
        added.id(fit(entry.atom_id))
        if entry.summary:
            added.summary(fit(entry.summary))
        if entry.content is not None:
            added.content(_GAP, type="html")
        for author in entry.authors:
            added.author(name=fit(author))
    return _between(feed.atom_str(pretty=True).decode(), "  <entry>", "</feed>")


# ---- both -----------------------------------------------------------------------------------------------


def _generator(view: FeedView) -> FeedGenerator:
    feed = FeedGenerator()
    feed.title(feed_title(view))
    feed.link(href=fit(view.self_url), rel="self", type=FEED_TYPES.get(view.format, ""))
    feed.link(href=fit(view.home_url), rel="alternate", type="text/html")
    feed.language(fit(view.language))
    feed.updated(time_of(view.updated))
    feed.generator(GENERATOR)
    return feed


def _add_entry(feed: FeedGenerator, entry: EntryView) -> FeedEntry:
    added = feed.add_entry(order="append")
    added.title(fit(entry.title) or entry.absolute_url)
    added.link(href=fit(entry.absolute_url))
    added.published(time_of(entry.published))
    added.updated(time_of(entry.updated))
    for category in entry.categories:
        added.category(term=fit(category))
    return added


def _between(xml: str, first: str, closing: str) -> str:
    return xml[xml.index(first) : xml.rindex(closing)]


_RSS_ENTRIES = _Entries(_rss_entries, "    </item>\n")
_ATOM_ENTRIES = _Entries(_atom_entries, "  </entry>\n")
