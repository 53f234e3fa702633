"""Addresses that events and people carry in a key of their own: they lead where links in a text would."""

import re
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, write_site

UNDER = MINIMAL.replace("https://example.org/", "https://example.org/blog/")
SITE = """\
-- content/posts/2013-05-01-seed swap.md --
---
title: Seeds
authors: ann
---
Swapped.

## How to come

On foot.
-- content/pages/about.md --
---
title: About
---
All.
"""


def _event(**addresses: str) -> str:
    keys = "".join(f"{key}: {value}\n" for key, value in addresses.items())
    return f"-- content/events/2013/tea.md --\n---\ntitle: Tea\nstart: 2013-08-01\n{keys}---\nCome.\n"


def _person(url: str) -> str:
    return f"-- content/people.yaml --\nann:\n  name: Ann\n  url: {url}\n"


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("/about/", "/blog/about/"),
        ("/about", "/blog/about/"),
        ("/about/?from=tea#top", "/blog/about/?from=tea#top"),
        ("../../pages/about.md", "/blog/about/"),
        ('"../../posts/2013-05-01-seed swap.md#how-to-come"', "/blog/2013/05/seed-swap/#how-to-come"),
        ('"#top"', "/blog/events/tea/#top"),
        ("https://example.org/x", "https://example.org/x"),
        ("HTTPS://example.org/x", "HTTPS://example.org/x"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
    ],
)
@pytest.mark.parametrize("key", ["booking_url", "online_url", "place"])
def test_an_address_of_an_event_leads_where_a_link_of_its_text_would(
    key: str, written: str, link: str, tmp_path: Path
) -> None:
    value = f"{{map_url: {written}}}" if key == "place" else written
    where = {} if key == "place" else {"place": "Hall"}
    write_site(tmp_path, UNDER + SITE + _event(**{key: value}, **where))
    build(tmp_path)
    page = (tmp_path / "output/events/tea/index.html").read_text(encoding="utf-8")
    main = page[page.index("<main") : page.index("</main>")]
    assert link in re.findall(r'href="([^"]*)"', main)


@pytest.mark.parametrize(
    ("url", "link", "words"),
    [
        ("/about/", "/blog/about/", "example.org/blog/about"),
        ("pages/about.md", "/blog/about/", "example.org/blog/about"),
        ("https://example.net/ann/", "https://example.net/ann/", "example.net/ann"),
        ("mailto:ann@example.org", "mailto:ann@example.org", "ann@example.org"),
        ("//example.net/ann", "//example.net/ann", "example.net/ann"),
    ],
)
def test_a_persons_own_page_has_the_base_path_and_words_to_click(
    url: str, link: str, words: str, tmp_path: Path
) -> None:
    write_site(tmp_path, UNDER + SITE + _person(url))
    build(tmp_path)
    page = (tmp_path / "output/authors/ann/index.html").read_text(encoding="utf-8")
    assert f'<a rel="me" href="{link}">{words}</a>' in page


def test_a_list_leads_where_the_page_does(tmp_path: Path) -> None:
    """A theme of one's own may offer to book in the list of events, which lies elsewhere than the event."""
    own = "-- themes/own/theme.yaml --\nname: own\n-- themes/own/templates/events.html --\n"
    template = "{% for event in upcoming %}<a href='{{ event.booking_url }}'></a>{% endfor %}\n"
    site = UNDER + "theme: own\n" + SITE + _event(booking_url="../../pages/about.md") + own + template
    write_site(tmp_path, site)
    build(tmp_path)
    assert "<a href='/blog/about/'>" in (tmp_path / "output/events/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("www.zoom.us/j/1", "write https://www.zoom.us/j/1"),
        ("zoom.us/j/1?pwd=2", "write https://zoom.us/j/1?pwd=2"),
        ("example.com", "write https://example.com"),
        ("ann@example.org", "write mailto:ann@example.org"),
        ("/abuot/", "did you mean /about/?"),
    ],
)
def test_a_dead_address_is_named_where_it_stands(written: str, hint: str, tmp_path: Path) -> None:
    write_site(tmp_path, UNDER + SITE + _event(booking_url=written) + _person(written))
    result = cogen("check", tmp_path, "--now", "2013-07-01")
    assert result.code == 1
    assert f"content/events/2013/tea.md:4:14: error[dead-link]: {written.partition('?')[0]} is" in result.out
    assert "content/people.yaml:3:8: error[dead-link]" in result.out
    assert result.out.count(hint) == 2


def test_a_part_that_a_page_does_not_have_is_named(tmp_path: Path) -> None:
    write_site(tmp_path, UNDER + SITE + _event(online_url="/about/#where"))
    result = cogen("check", tmp_path, "--now", "2013-07-01")
    assert (
        "content/events/2013/tea.md:4:13: warning[dead-anchor]: the page /about/ has no part #where"
        in result.out
    )
