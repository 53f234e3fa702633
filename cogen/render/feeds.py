"""Feeds in the three formats that readers follow. Layer: render."""

from cogen.assemble.views import FeedView
from cogen.render.context import Promises
from cogen.render.json_feed import make_json_feed


def make_feed(view: FeedView, promises: Promises) -> bytes:
    """Make a feed in the view's format: ``rss``, ``atom`` or ``json``; the same bytes for the same view."""
    if view.format == "json":
        return make_json_feed(view, promises)
    from cogen.render import xml_feeds  # noqa: PLC0415 feedgen takes 57 ms to import

    return xml_feeds.make_rss(view, promises) if view.format == "rss" else xml_feeds.make_atom(view, promises)
