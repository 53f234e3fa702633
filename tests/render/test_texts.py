from lxml import etree

from cogen.assemble.views import RedirectRulesView, RobotsView, SitemapEntry, SitemapView
from cogen.render.sitemaps import make_sitemap
from cogen.render.texts import make_robots, make_rules

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_a_sitemap_lists_its_pages_with_what_is_known_of_their_change() -> None:
    entries = (
        SitemapEntry("https://example.org/a/?x&y", "2012-05-25"),
        SitemapEntry("https://example.org/<b>\x08/"),
    )
    root = etree.fromstring(make_sitemap(SitemapView(entries)))
    assert root.tag == f"{NAMESPACE}urlset"
    assert [[(each.tag.removeprefix(NAMESPACE), each.text) for each in url] for url in root] == [
        [("loc", "https://example.org/a/?x&y"), ("lastmod", "2012-05-25")],
        [("loc", "https://example.org/<b>/")],
    ]


def test_an_index_lists_sitemaps() -> None:
    root = etree.fromstring(
        make_sitemap(SitemapView((SitemapEntry("https://example.org/sitemap-1.xml"),), is_index=True))
    )
    assert root.tag == f"{NAMESPACE}sitemapindex"
    assert root[0].tag == f"{NAMESPACE}sitemap"


def test_robots_are_shown_the_sitemap_on_one_line() -> None:
    made = make_robots(RobotsView("https://example.org/sitemap.xml\nDisallow: /"))
    assert made == b"User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xmlDisallow:/\n"


def test_a_rule_is_one_line_of_three_fields_whatever_the_links_hold() -> None:
    rules = (("/old/", "/new/"), ("/a b\n/*/:x#y", "/c d/#part"), ("/ü/", "/%C3%BC/"))
    assert make_rules(RedirectRulesView(rules)).decode().splitlines() == [
        "/old/ /new/ 301",
        "/a%20b%0A/%2A/%3Ax%23y /c%20d/#part 301",
        "/ü/ /%C3%BC/ 301",
    ]
