"""The picture that stands for a page without one where it is shared: its title and the site's. Layer: assemble."""

from collections.abc import Iterable
from functools import partial

from cogen.assemble.outputs import Output, given
from cogen.assemble.share_style import ShareStyle, share_address
from cogen.assemble.site import Event, Page, Post, Site
from cogen.assemble.views import SharePictureView


def share_pictures(styled: Iterable[tuple[Site, ShareStyle | None]]) -> Iterable[Output]:
    """Name the pictures of all posts, pages and events that have none, for a site in all its languages.

    Two with one title share theirs, whatever language they are in.
    """
    named: dict[str, Output] = {}
    for site, style in styled:
        if style is None:
            continue
        items: Iterable[Post | Page | Event] = site.items
        for item in items:
            document = item.document
            if not document.image:
                address = share_address(style, site.config.title, document.title)
                view = SharePictureView(document.title, site.config.title, style.ground, style.font)
                named.setdefault(
                    address, Output(address, "picture", partial(given, view=view), document.path)
                )
    return named.values()
