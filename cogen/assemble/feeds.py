"""The views of feeds, and which lists have them. Layer: assemble."""

import msgspec

from cogen.assemble import bodies, cards
from cogen.assemble.frames import Frames
from cogen.assemble.identity import derived_id
from cogen.assemble.site import Post
from cogen.assemble.studio import Studio
from cogen.assemble.views import EntryContentView, EntryView, FeedView
from cogen.model import urls
from cogen.model.moments import Moment, from_timestamp


class Followed(msgspec.Struct, frozen=True):
    """A list of posts that has feeds."""

    kind: str
    """``site``, ``tags``, ``authors``, ``programmes``, ``projects`` or ``sections``."""
    identity: str
    """What the feed's id is derived from: never a title, slug or domain."""
    title: str
    """Of the list; empty for the site itself."""
    address: str
    """The page whose feeds these are."""
    posts: tuple[Post, ...]
    description: str = ""
    published_at: str = ""
    """Another address at which the same feeds are published (an old name of a tag); empty: ``address``."""


def feed_title(studio: Studio, title: str) -> str:
    """Give a feed's title: the list's name and the site's."""
    site_title = studio.site.config.title
    return (
        studio.word("feed_title", "{title} \u2013 {site}", title=title, site=site_title)
        if title
        else site_title
    )


def feed_page(frames: Frames, followed: Followed, kind: str) -> FeedView:
    """Make the view of a feed in one format (``rss``, ``atom``, ``json``)."""
    studio = frames.studio
    config = studio.site.config
    entries = tuple(entry_view(studio, post) for post in followed.posts[: config.feeds.items])
    latest = max((entry.updated for entry in entries), key=lambda moment: moment.timestamp, default=None)
    title = feed_title(studio, followed.title)
    return FeedView(
        format=kind,
        id=derived_id(config.id, _feed_name(followed, config.edition)),
        title=title,
        description=followed.description or config.description or title,
        home_url=studio.absolute(followed.address),
        self_url=studio.absolute(urls.feed(followed.address, kind)),
        language=config.language,
        updated=latest or from_timestamp(0),
        entries=entries,
    )


def _feed_name(followed: Followed, edition: str) -> str:
    return f"feed/{edition}/{followed.identity}" if edition else f"feed/{followed.identity}"


def entry_view(studio: Studio, post: Post) -> EntryView:
    """Show a post as an entry; made once for all feeds that carry it."""
    if post.document.path not in studio.entries:
        studio.entries[post.document.path] = _entry_view(studio, post)
    return studio.entries[post.document.path]


def _entry_view(studio: Studio, post: Post) -> EntryView:
    document, card = post.document, cards.post_card(studio, post)
    content = None
    if studio.site.config.feeds.has_full_content:
        body = bodies.body_ref(studio, document.body, document.path, post.address)
        view = EntryContentView(body, card.absolute_url, studio.site.config.origin)
        content = studio.promise("entry-content", view)
    return EntryView(
        id=post.guid,
        atom_id=post.atom_id,
        title=document.title,
        absolute_url=card.absolute_url,
        published=document.date,
        updated=_latest(document.date, document.updated),
        summary=document.description,
        content=content,
        authors=tuple(person.name for person in card.authors),
        categories=tuple(tag.label for tag in card.tags),
        language=document.language,
        image=card.image.absolute_url if card.image else "",
    )


def _latest(date: Moment, updated: Moment | None) -> Moment:
    return updated if updated is not None and updated.timestamp > date.timestamp else date
