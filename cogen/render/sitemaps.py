"""sitemap.xml, and the index above several of them (sitemaps.org, protocol 0.9). Layer: render."""

from cogen.assemble.views import SitemapEntry, SitemapView
from cogen.model.html import escape
from cogen.render.xml_text import fit

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def make_sitemap(view: SitemapView) -> bytes:
    """Make a sitemap, or the index of several."""
    outer, inner = ("sitemapindex", "sitemap") if view.is_index else ("urlset", "url")
    lines = "".join(_line(entry, inner) for entry in view.entries)
    return f'{_HEAD}<{outer} xmlns="{_NAMESPACE}">\n{lines}</{outer}>\n'.encode()


def _line(entry: SitemapEntry, element: str) -> str:
    modified = f"<lastmod>{_text(entry.modified)}</lastmod>" if entry.modified else ""
    return f"<{element}><loc>{_text(entry.absolute_url)}</loc>{modified}</{element}>\n"


def _text(text: str) -> str:
    return escape(fit(text))
