"""A published site as tests look at it: its pages by kind, and every link in them, by a parser of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
from lxml import etree

URL_ATTRIBUTES = ("href", "src", "poster", "action", "data", "cite")
OUTSIDE_SCHEMES = ("http", "https", "mailto", "tel")

KINDS = {
    "home": "index.html",
    "second page": "page/2/index.html",
    "post": "[0-9][0-9][0-9][0-9]/[0-9][0-9]/*/index.html",
    "page": "about/index.html",
    "archive": "archive/index.html",
    "year": "[0-9][0-9][0-9][0-9]/index.html",
    "month": "[0-9][0-9][0-9][0-9]/[0-9][0-9]/index.html",
    "tags": "tags/index.html",
    "tag": "tags/*/index.html",
    "authors": "authors/index.html",
    "author": "authors/*/index.html",
    "projects": "projects/index.html",
    "programme": "projects/*/index.html",
    "project": "projects/*/*/index.html",
    "events": "events/index.html",
    "event": "events/*/index.html",
    "follow": "follow/index.html",
    "not found": "404.html",
}
"""Each kind of page, and where to find the pages of that kind."""


@dataclass(frozen=True)
class Link:
    """A link as it stands in a page."""

    page: str
    target: str

    def __str__(self) -> str:
        """Say it so that it can be found."""
        return f"{self.page}: {self.target}"


def page_of(site: Path, kind: str) -> str:
    """Give the link path of the longest page of a kind, which shows most of what the kind can show."""
    found = sorted(site.glob(KINDS[kind]), key=lambda path: (path.stat().st_size, path))
    assert found, f"the site has no page of the kind {kind!r}"
    return found[-1].relative_to(site).as_posix().removesuffix("index.html")


def pages(site: Path) -> list[Path]:
    """Give every page, redirects included."""
    return sorted(site.rglob("*.html"))


@cache
def tree(page: Path) -> etree._Element:
    """Parse a page as a browser does."""
    return html5lib.parse(page.read_bytes(), treebuilder="lxml", namespaceHTMLElements=False)


def links(site: Path) -> Iterator[Link]:
    """Give every address that a page of the site names in an attribute that loads or leads."""
    for page in pages(site):
        name = page.relative_to(site).as_posix()
        for element in tree(page).iter():
            for attribute in URL_ATTRIBUTES:
                if (value := element.get(attribute)) is not None:
                    yield Link(name, value)
            for candidate in (element.get("srcset") or "").split(","):
                if candidate.strip():
                    yield Link(name, candidate.split()[0])


def fault_of(link: Link, site: Path, site_url: str) -> str:
    """Say what is wrong with a link; nothing where it leads to a file of the site, or out of it."""
    page_url = urljoin(site_url, link.page)
    target = urlsplit(urljoin(page_url, link.target))
    if target.scheme not in OUTSIDE_SCHEMES:
        return "has a scheme of its own"
    home = urlsplit(site_url)
    if (target.scheme, target.netloc) != (home.scheme, home.netloc):
        return ""
    if not target.path.startswith(home.path):
        return "leaves the base path"
    path = unquote(target.path.removeprefix(home.path))
    file = site / path / "index.html" if path == "" or path.endswith("/") else site / path
    if not file.is_file():
        return "leads to nothing"
    if target.fragment and file.suffix == ".html" and unquote(target.fragment) not in ids(file):
        return "names a part that is not there"
    return ""


def ids(page: Path) -> frozenset[str]:
    """Give the fragment identifiers of a page."""
    return frozenset(element.get("id") for element in tree(page).iter() if element.get("id"))
