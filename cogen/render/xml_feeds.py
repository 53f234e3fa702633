"""RSS 2.0 and Atom (RFC 4287) with feedgen. Layer: render.

What feedgen would do by itself and must not: date a feed by the clock, put the newest entry last, make ``self`` the
channel's link, let content without a summary become the description.  Importing it takes 57 ms, so this module is
imported when a feed has to be made.
"""

import re

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from cogen.assemble.views import EntryView, FeedView
from cogen.model.html import escape
from cogen.model.urls import FEED_TYPES
from cogen.render.context import Promises
from cogen.render.entry_content import defuse
from cogen.render.feed_parts import entry_html, feed_title, time_of
from cogen.render.xml_text import fit

GENERATOR = "cogen"
_SHORT_YEAR = re.compile(rb"(<(?:pubDate|lastBuildDate)>\w{3}, \d\d \w{3} )(\d{1,3}) ")


def make_rss(view: FeedView, promises: Promises) -> bytes:
    """Make an RSS feed: summary in ``description``, whole text in ``content:encoded``, authors in ``dc:creator``."""
    feed = _generator(view)
    feed.description(fit(view.description) or feed_title(view))
    feed.load_extension("dc", atom=False)
    for entry in view.entries:
        added = _add_entry(feed, entry)
        added.guid(fit(entry.id), permalink=False)
        added.description(_summary_html(entry))
        if (content := entry_html(entry, promises)) is not None:
            added.content(content, type="html")
        for author in entry.authors:
            added.dc.dc_creator(fit(author))
        if entry.language:
            added.dc.dc_language(fit(entry.language))
    return _SHORT_YEAR.sub(_four_digits, feed.rss_str(pretty=True))


def make_atom(view: FeedView, promises: Promises) -> bytes:
    """Make an Atom feed; where an entry has no author, the feed has one, named like the feed."""
    feed = _generator(view)
    feed.id(fit(view.id))
    if view.description:
        feed.subtitle(fit(view.description))
    if not all(entry.authors for entry in view.entries) or not view.entries:
        feed.author(name=feed_title(view))
    for entry in view.entries:
        added = _add_entry(feed, entry)
        added.id(fit(entry.atom_id))
        if entry.summary:
            added.summary(fit(entry.summary))
        if content := entry_html(entry, promises):
            added.content(content, type="html")
        for author in entry.authors:
            added.author(name=fit(author))
    return bytes(feed.atom_str(pretty=True))


def _generator(view: FeedView) -> FeedGenerator:
    feed = FeedGenerator()
    feed.title(feed_title(view))
    feed.link(href=fit(view.self_url), rel="self", type=FEED_TYPES[view.format])
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


def _summary_html(entry: EntryView) -> str:
    """Write the summary as HTML, which RSS readers take a description for; never empty, or content would land there."""
    return defuse(escape(fit(entry.summary) or fit(entry.title) or entry.absolute_url))


def _four_digits(found: re.Match[bytes]) -> bytes:
    return found[1] + found[2].zfill(4) + b" "
