"""What feeds of all three formats say in the same way. Layer: render."""

import datetime as dt
from typing import Final

from cogen.assemble.views import EntryView, FeedView
from cogen.model.moments import Moment
from cogen.render.context import Promises
from cogen.render.xml_text import fit

LONGEST_ENTRY: Final = 250_000
"""Characters of a whole text in a feed; a longer one is read on its page.  A post of 200 tags stands in 600 feeds."""
_MINUTE_S = 60


def entry_html(entry: EntryView, promises: Promises) -> str | None:
    """Give an entry's whole text; None where the site does not publish it, or it is longer than a reader takes."""
    html = None if entry.content is None else promises.html(entry.content).text
    return None if html is None or len(html) > LONGEST_ENTRY else html


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
