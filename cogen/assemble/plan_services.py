"""Outputs for machines and for old addresses: sitemap, robots.txt, 404, redirects. Layer: assemble."""

from collections.abc import Iterable, Iterator
from functools import partial

from cogen.assemble import pages
from cogen.assemble.icons import FAVICON, TOUCH_ICON, bitmap_icon
from cogen.assemble.outputs import Output, given
from cogen.assemble.site import Site
from cogen.assemble.views import (
    EmptyFileView,
    HeadersView,
    PictureFileView,
    RedirectRulesView,
    RobotsView,
    SitemapEntry,
    SitemapView,
)
from cogen.model import urls
from cogen.model.config import SEARCH_POLICY, STRICT_POLICY

MAX_SITEMAP_ENTRIES = 45_000
_TAB_WIDTH = 48
"""Pixels of the icon in a tab; smaller ones are in the same file."""
_TOUCH_WIDTH = 180
"""Pixels of the icon for telephones, whatever the size of their screens."""


def services(site: Site) -> Iterator[Output]:
    """Name robots.txt and what a host is told."""
    sitemap = RobotsView(urls.absolute("/sitemap.xml", site.config.url))
    yield Output("/robots.txt", "robots", partial(given, view=sitemap), "robots.txt")
    hosting = site.config.hosting
    if hosting.has_headers:
        policy = SEARCH_POLICY if site.config.has_search else STRICT_POLICY
        headers = HeadersView(site.config.base, policy if hosting.policy is None else hosting.policy)
        yield Output("/_headers", "headers", partial(given, view=headers), "the headers for the host")
    if hosting.has_nojekyll:
        empty = partial(given, view=EmptyFileView())
        yield Output(f"/{urls.NOJEKYLL}", "empty", empty, "the mark for GitHub Pages")


def helpers(site: Site) -> Iterator[Output]:
    """Name the pages for wrong addresses and for search, which stand in no list."""
    yield Output(
        urls.not_found(site.edition),
        "templates/404.html",
        pages.not_found_page,
        "the page for wrong addresses",
    )
    if site.config.has_search:
        yield Output(
            urls.search(site.edition), "templates/search.html", pages.search_page, "the page for search"
        )


def icons(site: Site) -> Iterator[Output]:
    """Name the files that are made of the site's icon."""
    asset = bitmap_icon(site)
    if asset is not None:
        for address, kind, width in ((FAVICON, "ico", _TAB_WIDTH), (TOUCH_ICON, "touch", _TOUCH_WIDTH)):
            view = PictureFileView(asset.digest, kind, width)
            yield Output(address, "picture", partial(given, view=view), asset.path)


def sitemaps(site: Site, outputs: Iterable[Output], most: int = MAX_SITEMAP_ENTRIES) -> list[Output]:
    """Name the sitemap; above ``most`` addresses an index and its parts."""
    entries = tuple(
        SitemapEntry(urls.absolute(output.address, site.config.url), output.modified)
        for output in sorted(outputs, key=lambda output: output.address)
        if output.is_indexed
    )
    chunks = [entries[i : i + most] for i in range(0, len(entries), most)]
    if len(chunks) <= 1:
        return [_sitemap("/sitemap.xml", SitemapView(entries))]
    addresses = [f"/sitemap-{number}.xml" for number in range(1, len(chunks) + 1)]
    index = tuple(SitemapEntry(urls.absolute(address, site.config.url)) for address in addresses)
    return [
        _sitemap("/sitemap.xml", SitemapView(index, is_index=True)),
        *(_sitemap(address, SitemapView(chunk)) for address, chunk in zip(addresses, chunks, strict=True)),
    ]


def _sitemap(address: str, view: SitemapView) -> Output:
    return Output(address, "sitemap", partial(given, view=view), "the sitemap")


def redirects_of(site: Site) -> list[tuple[str, str, str]]:
    """List (old address, new address, source)."""
    found = [
        (alias, item.address, item.document.path)
        for item in site.items
        for alias in item.document.aliases
        if urls.output_path(alias) != urls.output_path(item.address)
    ]
    return found + _tag_redirects(site)


def _tag_redirects(site: Site) -> list[tuple[str, str, str]]:
    return [
        (urls.tag(slug, site.edition), tag.address, site.known_tags.path)
        for tag in site.tags.values()
        for slug in tag.alias_slugs
    ]


def moved_feeds(site: Site) -> list[tuple[str, str, str]]:
    """List old addresses of feeds with the new one and the source that says so."""
    return [
        (urls.feed(old, kind), urls.feed(new, kind), source)
        for old, new, source in _tag_redirects(site)
        for kind in site.config.feeds.formats
    ]


def redirect_pages(site: Site, redirects: Iterable[tuple[str, str, str]]) -> Iterator[Output]:
    """Name a page for each old address."""
    if site.config.redirects in {"pages", "both"}:
        for old, new, source in redirects:
            view = partial(pages.redirect_page, address=new)
            yield Output(old, "templates/redirect.html", view, source, is_alias=True)


def redirect_rules(
    site: Site, redirects: Iterable[tuple[str, str, str]], outputs: Iterable[Output]
) -> list[Output]:
    """Name the file of redirect rules; what really stands at an old address needs none."""
    if site.config.redirects not in {"rules", "both"}:
        return []
    taken = {output.address for output in outputs if not output.is_alias}
    base = site.config.base
    rules = {old: new for old, new, _ in reversed(list(redirects)) if old not in taken}
    view = RedirectRulesView(
        tuple((urls.href(old, base), urls.href(new, base)) for old, new in sorted(rules.items()))
    )
    return [Output("/_redirects", "rules", partial(given, view=view), "the redirect rules")]
