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


LINKS = (
    ("/about/", "/blog/about/"),
    ("/about", "/blog/about/"),
    ("/about/?from=tea#top", "/blog/about/?from=tea#top"),
    ("../../pages/about.md", "/blog/about/"),
    ('"../../posts/2013-05-01-seed swap.md#how-to-come"', "/blog/2013/05/seed-swap/#how-to-come"),
    ('"#top"', "/blog/events/{event}/#top"),
    ("https://example.org/x", "https://example.org/x"),
    ("HTTPS://example.org/x", "HTTPS://example.org/x"),
    ("mailto:ann@example.org", "mailto:ann@example.org"),
)
"""Addresses as they are written, with where they lead."""
KEYS = {"booking": "booking_url: {}", "online": "online_url: {}", "map": "place: {{map_url: {}}}"}
"""Keys of an event that take one, by a word for the names of events."""


def _event(name: str = "tea", **addresses: str) -> str:
    return _event_with(name, "".join(f"{key}: {value}\n" for key, value in addresses.items()))


def _event_with(name: str, keys: str) -> str:
    return f"-- content/events/2013/{name}.md --\n---\ntitle: Tea\nstart: 2013-08-01\n{keys}---\nCome.\n"


def _person(url: str) -> str:
    return f"-- content/people.yaml --\nann:\n  name: Ann\n  url: {url}\n"


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with an event for each address in each key, and give the folder of their pages."""
    texts = (
        _event_with(
            f"{word}-{number}", key.format(written) + "\n" + ("place: Hall\n" if word != "map" else "")
        )
        for word, key in KEYS.items()
        for number, (written, _) in enumerate(LINKS)
    )
    site = write_site(tmp_path_factory.mktemp("events"), UNDER + SITE + "".join(texts))
    build(site)
    return site / "output/events"


@pytest.mark.parametrize("number", range(len(LINKS)), ids=[written for written, _ in LINKS])
@pytest.mark.parametrize("word", KEYS)
def test_an_address_of_an_event_leads_where_a_link_of_its_text_would(
    word: str, number: int, events: Path
) -> None:
    event = f"{word}-{number}"
    page = (events / event / "index.html").read_text(encoding="utf-8")
    main = page[page.index("<main") : page.index("</main>")]
    assert LINKS[number][1].format(event=event) in re.findall(r'href="([^"]*)"', main)


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
