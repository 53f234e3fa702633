"""Outputs for what the author wrote: posts, pages, events, files. Layer: assemble."""

from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter

from cogen.assemble import pages
from cogen.assemble.outputs import Output, ThemeAsset, given
from cogen.assemble.pictures import variants_of
from cogen.assemble.site import Post, Site
from cogen.assemble.views import CopyView, PictureFileView, StylesheetView
from cogen.model.documents import NOTED_FORMATS, Asset


def posts(site: Site) -> Iterator[Output]:
    """Name the page of each post; neighbours are those of its section."""
    for posts in site.posts_by_section.values():
        for index, post in enumerate(posts):
            newer = posts[index - 1] if index else None
            older = posts[index + 1] if index + 1 < len(posts) else None
            yield _post(post, older, newer)
    yield from (_post(post, None, None) for post in site.hidden_posts)


def _post(post: Post, older: Post | None, newer: Post | None) -> Output:
    document = post.document
    return Output(
        address=post.address,
        maker=f"templates/{document.template or 'post.html'}",
        view=partial(pages.post_page, post=post, older=older, newer=newer),
        origin=document.path,
        modified=(document.updated or document.date).machine,
        is_indexed=not document.is_hidden,
        is_searched=not document.is_hidden,
    )


def pages_and_events(site: Site) -> Iterator[Output]:
    """Name the page of each page and event."""
    for page in site.pages:
        changed = page.document.updated or page.document.date
        yield Output(
            address=page.address,
            maker=f"templates/{page.document.template or 'page.html'}",
            view=partial(pages.page_page, page=page),
            origin=page.document.path,
            modified=changed.machine if changed else "",
            is_indexed=not page.document.is_hidden,
            is_searched=not page.document.is_hidden,
        )
    for event in site.events:
        yield Output(
            address=event.address,
            maker=f"templates/{event.document.template or 'event.html'}",
            view=partial(pages.event_page, event=event),
            origin=event.document.path,
            modified=event.document.updated.machine if event.document.updated else "",
            is_indexed=not event.document.is_hidden,
            is_searched=not event.document.is_hidden,
        )


def files(site: Site, theme_assets: Iterable[ThemeAsset]) -> Iterator[Output]:
    """Name the author's files and the theme's assets."""
    by_source = {asset.path: asset for asset in site.assets.values()}
    pictures: dict[str, Output] = {}
    for source, address in site.asset_addresses.items():
        asset = by_source.get(source)
        if asset is not None:
            yield _file(asset, address)
            for output in _sizes(site, asset):
                pictures.setdefault(output.address, output)
    yield from pictures.values()
    for theme_asset in theme_assets:
        maker = "stylesheet" if isinstance(theme_asset.view, StylesheetView) else "copy"
        view_of_it = theme_asset.view
        yield Output(theme_asset.address, maker, partial(given, view=view_of_it), f"theme {theme_asset.name}")


def _file(asset: Asset, address: str) -> Output:
    picture = asset.picture
    if picture is None or picture.format not in NOTED_FORMATS:
        return Output(address, "copy", partial(given, view=CopyView(asset.path, asset.digest)), asset.path)
    view = PictureFileView(asset.digest, picture.format, is_turned=picture.is_turned)
    return Output(address, "picture", partial(given, view=view), asset.path)


def _sizes(site: Site, asset: Asset) -> Iterator[Output]:
    settings = site.config.pictures
    for variant in sorted(variants_of(asset, settings), key=attrgetter("width")):
        if variant.address:
            view = PictureFileView(asset.digest, variant.format, variant.width, settings.quality)
            yield Output(variant.address, "picture", partial(given, view=view), asset.path)
