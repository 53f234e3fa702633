"""What search engines and networks read out of the pages of the repository's own site, by a reader we did not write."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import extruct
import published
import pytest

URL = "https://example.org/blog/"


class Kind(NamedTuple):
    """A type of schema.org, with the properties of it that we use."""

    needs: frozenset[str]
    may: frozenset[str] = frozenset()


def kind(needs: str, may: str = "") -> Kind:
    return Kind(frozenset(needs.split()), frozenset(may.split()))


VOCABULARY = {
    "Blog": kind("name url description inLanguage publisher"),
    "BlogPosting": kind(
        "headline url mainEntityOfPage datePublished dateModified description inLanguage publisher",
        "author image keywords",
    ),
    "BreadcrumbList": kind("itemListElement"),
    "Event": kind(
        "name url startDate eventStatus description inLanguage organizer",
        "endDate location eventAttendanceMode image",
    ),
    "ListItem": kind("position name item"),
    "Organization": kind("name url"),
    "Person": kind("name", "url"),
    "Place": kind("name address"),
    "VirtualLocation": kind("url"),
}
ADDRESSES = {"url", "mainEntityOfPage", "item", "image", "eventStatus", "eventAttendanceMode"}
DAYS = {"datePublished", "dateModified", "startDate", "endDate"}
SAYS = {
    "home": "Blog",
    "post": "BlogPosting",
    "event": "Event",
    "tag": "BreadcrumbList",
    "programme": "BreadcrumbList",
    "project": "BreadcrumbList",
    "author": "BreadcrumbList",
    "month": "BreadcrumbList",
}


def read(page: Path, url: str) -> dict[str, list[dict[str, object]]]:
    return extruct.extract(
        page.read_text("utf-8"), base_url=url, syntaxes=["json-ld", "opengraph"], uniform=True
    )


def nodes(value: object) -> Iterator[dict[str, object]]:
    """Walk everything that has a type, inside out."""
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from nodes(each)
        if "@type" in value:
            yield value


def faults(node: dict[str, object]) -> Iterator[str]:
    name = str(node["@type"])
    if name not in VOCABULARY:
        yield f"{name} is a type we do not use"
        return
    known, has = VOCABULARY[name], node.keys() - {"@type", "@context"}
    yield from (f"{name} lacks {each}" for each in known.needs - has)
    yield from (f"{name} has no {each} in schema.org" for each in has - known.needs - known.may)
    for key in has & ADDRESSES:
        if not str(node[key]).startswith("https://"):
            yield f"{name}.{key} is not absolute: {node[key]}"
    for key in has & DAYS:
        dt.datetime.fromisoformat(str(node[key]))
    yield from (f"{name}.{key} is empty" for key in has if node[key] in ("", [], None))


def pages(site: Path) -> Iterator[tuple[Path, str]]:
    """Give each page that is no redirect, with its address."""
    for page in published.pages(site):
        path = page.relative_to(site).as_posix().removesuffix("index.html")
        if b'http-equiv="refresh"' not in page.read_bytes():
            yield page, URL + path


def test_every_page_says_what_it_is_in_words_that_schema_org_knows(sample_site: Path) -> None:
    seen: set[str] = set()
    for page, url in pages(sample_site):
        for node in nodes(read(page, url)["json-ld"]):
            seen.add(str(node["@type"]))
            assert list(faults(node)) == [], page
    assert VOCABULARY.keys() - seen == {"VirtualLocation"}, "no event of this site is held from afar"


def test_every_page_says_to_networks_what_it_is(sample_site: Path) -> None:
    count = 0
    for page, url in pages(sample_site):
        [graph] = read(page, url)["opengraph"]
        canonical = published.tree(page).find(".//link[@rel='canonical']").get("href")
        assert graph["og:url"] == canonical
        assert graph["og:title"]
        assert graph["og:description"]
        assert graph["og:site_name"] == (
            "Feito em Lambeth" if url.startswith(URL + "pt/") else "Made in Lambeth"
        )
        assert str(graph.get("og:image", "https://")).startswith("https://")
        count += 1
    assert count > 100


@pytest.mark.parametrize("name", SAYS)
def test_each_kind_of_page_says_that_it_is_one(sample_site: Path, name: str) -> None:
    where = published.page_of(sample_site, name)
    said = read(sample_site / where / "index.html", URL + where)["json-ld"]
    assert SAYS[name] in [each["@type"] for each in said]


def test_a_fault_is_seen() -> None:
    broken = {"@type": "Person", "nick": "x", "url": "/relative"}
    assert sorted(faults(broken)) == [
        "Person has no nick in schema.org",
        "Person lacks name",
        "Person.url is not absolute: /relative",
    ]
