"""What feeds of all three formats say in the same way. Layer: render."""

import datetime as dt

from cogen.assemble.views import EntryView, FeedView
from cogen.model.moments import Moment
from cogen.render.context import Promises
from cogen.render.xml_text import fit

_MINUTE_S = 60


def entry_html(entry: EntryView, promises: Promises) -> str | None:
    """Give an entry's whole text; None where the site does not publish it."""
    return None if entry.content is None else promises.html(entry.content).text


def feed_title(view: FeedView) -> str:
    """Give a feed's title, which is never empty."""
    return fit(view.title) or view.home_url


def time_of(moment: Moment) -> dt.datetime:
    """Give a moment with an offset of whole minutes, as RFC 822 and RFC 3339 demand; local mean times had seconds."""
    if moment.offset_s % _MINUTE_S == 0:
        return moment.aware
    try:
        return moment.aware.astimezone(dt.UTC)
    except OverflowError:
        return moment.local.replace(tzinfo=dt.UTC)
