"""What is made for machines and old addresses: sitemap, robots.txt, redirects."""

import datetime as dt
import re
from functools import partial
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, tree, write_site

from cogen.assemble import plan_services
from cogen.assemble.assembly import assemble
from cogen.assemble.frames import Frames
from cogen.assemble.outputs import Output, given
from cogen.assemble.site import Clock, Site
from cogen.assemble.views import CopyView, SitemapView
from cogen.model.config import SiteConfig
from cogen.read.dates import local_moment

GOLDEN = Path(__file__).parent.parent / "golden/everything"
OLD = "-- content/posts/2013-05-01-a.md --\n---\ntitle: A\naliases: [/old/, /older.html]\n---\nText.\n"


@pytest.mark.parametrize(
    ("url", "policy", "expected"),
    [
        (
            "https://example.org/",
            "",
            """\
/*
  Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin

/assets/*
  Cache-Control: public, max-age=31536000, immutable

/pictures/*
  Cache-Control: public, max-age=31536000, immutable
""",
        ),
        (
            "https://example.org/blog/",
            ', policy: "default-src *"',
            """\
/blog/*
  Content-Security-Policy: default-src *
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin

/blog/assets/*
  Cache-Control: public, max-age=31536000, immutable

/blog/pictures/*
  Cache-Control: public, max-age=31536000, immutable
""",
        ),
    ],
)
def test_a_host_is_told_what_to_send(url: str, policy: str, expected: str, tmp_path: Path) -> None:
    build(write_site(tmp_path, MINIMAL + f"hosting: {{headers: true{policy}}}\n"), "--url", url)
    assert (tmp_path / "output/_headers").read_text() == expected


def test_a_policy_can_be_left_to_the_host(tmp_path: Path) -> None:
    build(write_site(tmp_path, MINIMAL + "hosting: {headers: true, policy: ''}\n"))
    assert "Content-Security-Policy" not in (tmp_path / "output/_headers").read_text()


def test_the_mark_for_github_pages_comes_and_goes(tmp_path: Path) -> None:
    build(write_site(tmp_path, MINIMAL + "hosting: {nojekyll: true}\n"))
    assert (tmp_path / "output/.nojekyll").read_bytes() == b""
    build(write_site(tmp_path, MINIMAL))
    assert not (tmp_path / "output/.nojekyll").exists()


def test_the_sitemap_lists_every_page_that_may_be_found_and_nothing_else() -> None:
    output = GOLDEN / "expected"
    listed = set(
        re.findall("<loc>https://example.org/blog(/[^<]*)</loc>", (output / "sitemap.xml").read_text())
    )
    pages = {
        "/" + name.removesuffix("index.html"): content.decode()
        for name, content in tree(output).items()
        if name.endswith(".html")
    }
    indexed = {
        address
        for address, page in pages.items()
        if "noindex" not in page and 'http-equiv="refresh"' not in page
    }
    assert listed == indexed
    assert "/2012/07/hidden/" in pages.keys() - listed


def test_every_page_names_itself_as_the_sitemap_does() -> None:
    output = GOLDEN / "expected"
    for address in re.findall("<loc>([^<]*)</loc>", (output / "sitemap.xml").read_text()):
        path = output / address.removeprefix("https://example.org/blog/") / "index.html"
        assert f'<link rel="canonical" href="{address}">' in path.read_text()


def _empty_site() -> Site:
    config = SiteConfig("1e0d6f6c-4b0e-4f0e-9f3e-0c7a5b1d2e3f", "Test site", "https://example.org/")
    return assemble((), (), config, Clock(local_moment(dt.datetime(2013, 7, 1), "UTC", has_time=True)))[0]


def _outputs(count: int) -> list[Output]:
    view = partial(given, view=CopyView("", ""))
    return [Output(f"/{number:05}/", "copy", view, "x", is_indexed=True) for number in range(count)]


@pytest.mark.parametrize(("count", "parts"), [(0, 0), (3, 0), (4, 2), (7, 3)])
def test_a_long_sitemap_is_an_index_of_its_parts(count: int, parts: int) -> None:
    made = plan_services.sitemaps(_empty_site(), _outputs(count), most=3)
    addresses = [f"/sitemap-{number}.xml" for number in range(1, parts + 1)]
    assert [output.address for output in made] == ["/sitemap.xml", *addresses]
    views = [output.view(Frames.__new__(Frames)) for output in made]
    sitemaps = [view for view in views if isinstance(view, SitemapView)]
    assert sum(len(view.entries) for view in sitemaps if not view.is_index) == count
    assert sitemaps[0].is_index == bool(parts)
    if parts:
        listed = [entry.absolute_url for entry in sitemaps[0].entries]
        assert listed == [f"https://example.org{address}" for address in addresses]


def test_no_sitemap_holds_more_than_the_protocol_allows() -> None:
    assert plan_services.MAX_SITEMAP_ENTRIES <= 50_000


@pytest.mark.parametrize(
    ("setting", "pages", "rules"), [("pages", True, False), ("rules", False, True), ("both", True, True)]
)
def test_old_addresses_lead_on_by_pages_by_rules_or_both(
    tmp_path: Path, setting: str, pages: bool, rules: bool
) -> None:
    site = write_site(tmp_path, MINIMAL + f"redirects: {setting}\n" + OLD)
    build(site)
    output = site / "output"
    assert ((output / "old/index.html").exists(), (output / "older.html").exists()) == (pages, pages)
    assert (output / "_redirects").exists() == rules
    if rules:
        assert (output / "_redirects").read_text() == "/old/ /2013/05/a/ 301\n/older.html /2013/05/a/ 301\n"


def test_what_really_stands_at_an_old_address_needs_no_rule(tmp_path: Path) -> None:
    taken = "-- content/pages/old.md --\n---\ntitle: New\n---\nText.\n"
    lowered = "redirects: rules\ndiagnostics: {alias-collision: off}\n"
    site = write_site(tmp_path, MINIMAL + lowered + OLD + taken)
    build(site)
    assert (site / "output/_redirects").read_text() == "/older.html /2013/05/a/ 301\n"


def test_robots_are_told_where_the_sitemap_is(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL)
    build(site)
    assert "Sitemap: https://example.org/sitemap.xml" in (site / "output/robots.txt").read_text()


def test_a_file_of_the_author_s_does_not_replace_one_of_the_site_s_unsaid(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + "-- content/robots.txt --\nUser-agent: *\n")
    result = cogen("build", site)
    assert "content/robots.txt: error[address-collision]" in result.out
    assert result.code == 1
