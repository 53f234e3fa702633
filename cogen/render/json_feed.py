"""JSON Feed 1.1 (jsonfeed.org/version/1.1) with msgspec. Layer: render."""

import msgspec

from cogen.assemble.views import EntryView, FeedView
from cogen.render.context import Promises
from cogen.render.feed_parts import entry_html, feed_title, time_of
from cogen.render.xml_text import fit

JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"


class _JsonAuthor(msgspec.Struct, frozen=True):
    name: str


class _JsonItem(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    url: str
    title: str
    date_published: str
    date_modified: str
    content_html: str | None = None
    content_text: str | None = None
    summary: str = ""
    image: str = ""
    authors: tuple[_JsonAuthor, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""


class _JsonFeed(msgspec.Struct, frozen=True, omit_defaults=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    items: tuple[_JsonItem, ...]
    description: str = ""
    language: str = ""


def make_json_feed(view: FeedView, promises: Promises) -> bytes:
    """Make a JSON Feed; an entry without its whole text has its summary as plain text."""
    feed = _JsonFeed(
        version=JSON_FEED_VERSION,
        title=feed_title(view),
        home_page_url=fit(view.home_url),
        feed_url=fit(view.self_url),
        items=tuple(_json_item(entry, promises) for entry in view.entries),
        description=fit(view.description),
        language=fit(view.language),
    )
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


def _json_item(entry: EntryView, promises: Promises) -> _JsonItem:
    content = entry_html(entry, promises)
    return _JsonItem(
        id=fit(entry.id),
        url=fit(entry.absolute_url),
        title=fit(entry.title),
        date_published=time_of(entry.published).isoformat(),
        date_modified=time_of(entry.updated).isoformat(),
        content_html=content,
        content_text=fit(entry.summary) if content is None else None,
        summary=fit(entry.summary),
        image=fit(entry.image),
        authors=tuple(_JsonAuthor(fit(author)) for author in entry.authors),
        tags=tuple(map(fit, entry.categories)),
        language=fit(entry.language),
    )
