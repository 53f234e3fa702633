"""An output: one file to be published, by whom it is made and from which view. Layer: assemble."""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from cogen.assemble.frames import Frames
from cogen.assemble.site import Site
from cogen.assemble.views import CopyView, StylesheetView, View
from cogen.model import urls

MakeView = Callable[[Frames], View]


class Output(msgspec.Struct, frozen=True):
    """One file to be published."""

    address: str
    """Its site address."""
    maker: str
    """A template's file (``templates/post.html``), or the name of another maker: ``feed``, ``copy`` …"""
    view: MakeView
    """Makes the view the maker is given."""
    origin: str
    """What it comes from: a source path, or words (``the tag “News”``)."""
    modified: str = ""
    """For the sitemap: RFC 3339 or a bare day."""
    is_indexed: bool = False
    """True for a page that search engines may list."""
    is_searched: bool = False
    """True for a page that the site's own search finds."""
    edition: str = ""
    """The language of several that it is in; empty for the main one, and for what is in none."""
    is_alias: bool = False
    """True for what stands at an old address, which gives way to anything else."""

    @property
    def path(self) -> str:
        """The file, relative to the output folder."""
        return urls.output_path(self.address)


class ThemeAsset(msgspec.Struct, frozen=True):
    """A file of the theme, with its fingerprinted address."""

    name: str
    address: str
    view: StylesheetView | CopyView


def given(_frames: Frames, view: View) -> View:
    """Give a view that needs nothing of the site to be made."""
    return view


def paged(
    site: Site,
    address: str,
    count: int,
    maker: str,
    view: Callable[..., View],
    origin: str,
    *,
    is_searched: bool = False,
) -> Iterator[Output]:
    """Name the pages of a list; an empty list has one.  With ``is_searched`` the site's search finds the first."""
    for page in range(1, max(1, -(-count // site.config.page_size)) + 1):
        yield Output(
            address=urls.paged(address, page),
            maker=maker,
            view=partial(view, page=page),
            origin=origin,
            is_indexed=True,
            is_searched=is_searched and page == 1,
        )
