"""What pages say to search engines, in the words of schema.org."""

import json
import re
from pathlib import Path

import pytest
from sites import MINIMAL, build, write_site

SITE = (
    MINIMAL.replace("https://example.org/", "https://example.org/blog/")
    + """\
-- content/people.yaml --
ann: {name: Ann O'Hara <ann>}
-- content/posts/2013-05-01-a.md --
---
title: Tea & "cake" < 3 -->
authors: [ann, Bob]
tags: [News]
updated: 2013-05-03
summary: A summary & more.
image: ../images/tea.svg
image_alt: Tea
---
Text.
-- content/images/tea.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>
-- content/projects/street.yaml --
title: Our street
projects:
  - {id: bench, name: A bench}
-- content/events/near.md --
---
title: Near
start: 2013-08-01 10:00
end: 2013-08-01 12:00
place: {name: Hall, address: "1 Hill, London"}
---
Come.
-- content/events/far.md --
---
title: Far
start: 2013-08-02
online_url: https://meet.example.org/?a=1&b=2
status: cancelled
---
Stay.
"""
)
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_site(tmp_path_factory.mktemp("site"), SITE)
    build(site)
    return site / "output"


def said(output: Path, path: str) -> dict[str, dict[str, object]]:
    """Give what a page says, by its type."""
    found = [json.loads(each) for each in DATA.findall((output / path / "index.html").read_text("utf-8"))]
    assert all(each["@context"] == "https://schema.org" for each in found)
    return {each["@type"]: each for each in found}


def trail(output: Path, path: str) -> list[tuple[object, object]]:
    items = said(output, path)["BreadcrumbList"]["itemListElement"]
    assert isinstance(items, list)
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    return [(item["name"], item["item"]) for item in items]


def test_a_post_says_who_wrote_it_and_when(output: Path) -> None:
    post = said(output, "2013/05/a")["BlogPosting"]
    assert post["headline"] == 'Tea & "cake" < 3 -->'
    assert (post["datePublished"], post["dateModified"]) == ("2013-05-01", "2013-05-03")
    assert post["author"] == [
        {"@type": "Person", "name": "Ann O'Hara <ann>", "url": "https://example.org/blog/authors/ann/"},
        {"@type": "Person", "name": "Bob", "url": "https://example.org/blog/authors/bob/"},
    ]
    assert (post["keywords"], post["description"]) == (["News"], "A summary & more.")
    assert post["image"] == "https://example.org/blog/images/tea.svg"
    assert post["url"] == post["mainEntityOfPage"] == "https://example.org/blog/2013/05/a/"


def test_an_event_says_where_it_is(output: Path) -> None:
    near, far = (said(output, f"events/{name}")["Event"] for name in ("near", "far"))
    assert near["location"] == [{"@type": "Place", "name": "Hall", "address": "1 Hill, London"}]
    assert near["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert (near["startDate"], near["endDate"]) == ("2013-08-01T10:00:00+00:00", "2013-08-01T12:00:00+00:00")
    assert far["location"] == [{"@type": "VirtualLocation", "url": "https://meet.example.org/?a=1&b=2"}]
    assert far["eventStatus"] == "https://schema.org/EventCancelled"
    assert "endDate" not in far


def test_the_home_page_says_whose_blog_it_is(output: Path) -> None:
    blog = said(output, ".")["Blog"]
    assert (blog["name"], blog["url"]) == ("Test site", "https://example.org/blog/")
    assert blog["publisher"] == {
        "@type": "Organization",
        "name": "Test site",
        "url": "https://example.org/blog/",
    }


def test_pages_say_what_stands_above_them(output: Path) -> None:
    home = ("Test site", "https://example.org/blog/")
    assert trail(output, "projects/street/bench") == [
        home,
        ("Projects", "https://example.org/blog/projects/"),
        ("Our street", "https://example.org/blog/projects/street/"),
        ("A bench, Our street", "https://example.org/blog/projects/street/bench/"),
    ]
    assert trail(output, "tags/news")[1] == ("Tags", "https://example.org/blog/tags/")
    assert trail(output, "2013/05")[2] == ("2013", "https://example.org/blog/2013/")
    assert trail(output, "events/near")[1] == ("Events", "https://example.org/blog/events/")
    assert trail(output, "authors/ann")[0] == home
