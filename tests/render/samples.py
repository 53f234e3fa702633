"""Small themes and views for the tests of the render layer."""

import datetime as dt
from pathlib import Path

from sites import files_below

import cogen
from cogen.assemble.views import (
    BodyRef,
    Closing,
    EntryView,
    FeedView,
    Fragment,
    Frame,
    HeadView,
    Opening,
    PostCard,
    SiteView,
)
from cogen.model.hashing import hash_bytes
from cogen.model.html import Html
from cogen.model.moments import Moment
from cogen.model.theme import Theme, ThemeFile, ThemeLayer
from cogen.read.theme import parse_theme

WORDS = """
months: [January, February, March, April, May, June, July, August, September, October, November, December]
months_short: [Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec]
weekdays: [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday]
date_long: "{day} {month} {year}"
date_short: "{day} {month_short}"
date_month: "{month} {year}"
date_weekday: "{weekday} {day} {month} {year}"
time: "{hour}:{minute}"
by: By
n_posts: {one: "{n} post", other: "{n} posts"}
"""
SITE = SiteView("Made in Lambeth", "/blog/", "https://example.org/blog/", "/blog", "A blog", "en-GB")
MAY = Moment(dt.datetime(2012, 5, 25, 18, 30), 3600, "Europe/London")
HOSTILE = "a & b < c > d \" e ' f"


def layer(name: str, files: dict[str, str | bytes]) -> ThemeLayer:
    return ThemeLayer(
        name,
        tuple(
            ThemeFile(each, f"themes/{name}/{each}", content, hash_bytes(content))
            for each, text in sorted(files.items())
            for content in [text.encode() if isinstance(text, str) else text]
        ),
    )


def theme(*layers: ThemeLayer, **options: str | int | bool | None) -> Theme:
    made, _ = parse_theme(layers, tuple(options.items()), "en")
    return made


def one_theme(files: dict[str, str | bytes], **options: str | int | bool | None) -> Theme:
    return theme(layer("base", {"i18n/en.yaml": WORDS} | files), **options)


def commons() -> Theme:
    folder = Path(cogen.__file__).parent / "themes" / "commons"
    return theme(layer("commons", dict(files_below(folder))))


def frame(**head: object) -> Frame:
    view = HeadView("A title", "What it is", "/blog/x/", "https://example.org/blog/x/", "post")
    fields = {name: getattr(view, name) for name in view.__struct_fields__} | head
    return Frame(
        SITE, HeadView(**fields), (("masthead", Fragment("masthead")), ("footer", Fragment("footer")))
    )


def post(title: str = "Hello", **fields: object) -> PostCard:
    return PostCard(title, "/blog/hello/", "https://example.org/blog/hello/", MAY, **fields)


class Promises:
    """Keeps promises with texts that are given to it, or that name the promise."""

    def __init__(self, **texts: str) -> None:
        self.texts = texts

    def html(self, promise: Fragment | Opening | Closing) -> Html:
        return Html(self.texts.get(promise.key, f"<i>{promise.key}</i>"))

    def body(self, ref: BodyRef) -> Html:
        return Html(self.texts.get(ref.digest, f"<p>{ref.digest}</p>"))


def entry(number: int = 1, **fields: object) -> EntryView:
    values: dict[str, object] = {
        "id": f"id-{number}",
        "atom_id": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        "title": f"Post {number}",
        "absolute_url": f"https://example.org/blog/{number}/",
        "published": MAY,
        "updated": Moment(dt.datetime(2012, 6, 1), 3600, "Europe/London", has_time=False),
        "summary": f"Summary {number}",
    }
    return EntryView(**(values | fields))


def feed(kind: str, *entries: EntryView, **fields: object) -> FeedView:
    values: dict[str, object] = {
        "format": kind,
        "id": "urn:uuid:00000000-0000-4000-8000-000000000000",
        "title": "Made in Lambeth",
        "description": "A council and its residents",
        "home_url": "https://example.org/blog/",
        "self_url": f"https://example.org/blog/{ {'rss': 'feed.xml', 'atom': 'atom.xml', 'json': 'feed.json'}[kind] }",
        "language": "en-GB",
        "updated": MAY,
        "entries": entries,
    }
    return FeedView(**(values | fields))
