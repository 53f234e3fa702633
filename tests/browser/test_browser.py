"""The repository's own site in a real browser: readable by everybody, on small screens, without JavaScript."""

import json
from itertools import product
from pathlib import Path
from typing import Literal

import published
import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW, MIDDLE, WIDE = 320, 768, 1280
"""CSS pixels: the width of WCAG's criterion 1.4.10 (reflow), that of a tablet, and that of a desk."""
COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
KINDS = sorted(published.KINDS)


def _where(home: str, sample_site: Path, kind: str) -> str:
    return home + published.page_of(sample_site, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_fault_that_the_accessibility_engine_sees(
    browser: Browser, axe: str, home: str, sample_site: Path, kind: str
) -> None:
    faults = []
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(_where(home, sample_site, kind))
        page.evaluate(axe)
        for width, colours in product((NARROW, MIDDLE, WIDE), COLOURS):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=colours)
            faults += [f"{width} px, {colours}: {fault}" for fault in _faults(page)]
    assert "\n".join(faults) == ""


def _faults(page: Page) -> list[str]:
    options = json.dumps({"runOnly": {"type": "tag", "values": WCAG}})
    found = page.evaluate(f"axe.run(document, {options})")
    assert found["passes"]
    return [
        f"{fault['id']}: {node['html']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def test_the_engine_sees_a_fault_where_there_is_one(browser: Browser, axe: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content('<p style="color: #bbb; background: #fff">pale</p><img src="x.png">')
        page.evaluate(axe)
        found = page.evaluate("axe.run(document)")
    assert {"color-contrast", "image-alt", "html-has-lang"} <= {fault["id"] for fault in found["violations"]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_needs_no_sideways_scrolling_on_a_small_screen(
    browser: Browser, home: str, sample_site: Path, kind: str
) -> None:
    with browser.new_context(viewport={"width": NARROW, "height": 640}) as context:
        page = context.new_page()
        page.goto(_where(home, sample_site, kind))
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_works_under_a_strict_policy_and_asks_nothing_of_others(
    browser: Browser, strict_home: str, sample_site: Path, kind: str
) -> None:
    messages: list[str] = []
    requests: list[str] = []
    with browser.new_context(viewport={"width": WIDE, "height": 800}) as context:
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(_where(strict_home, sample_site, kind))
        assert page.evaluate("document.styleSheets.length") >= 1
    assert messages == []
    assert len(requests) > 1
    assert [url for url in requests if not url.startswith(strict_home)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_the_same_without_javascript(
    browser: Browser, home: str, sample_site: Path, kind: str
) -> None:
    texts = []
    for enabled in (True, False):
        with browser.new_context(java_script_enabled=enabled) as context:
            page = context.new_page()
            page.goto(_where(home, sample_site, kind))
            texts.append(page.locator("main").inner_text())
    assert texts[0] == texts[1]
    assert len(texts[1].split()) > 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_can_be_read_without_its_stylesheet(
    browser: Browser, home: str, sample_site: Path, kind: str
) -> None:
    with browser.new_context(viewport={"width": WIDE, "height": 800}) as context:
        page = context.new_page()
        page.route("**/*.css", lambda route: route.abort())
        page.goto(_where(home, sample_site, kind))
        assert page.evaluate("getComputedStyle(document.body).margin") == "8px"
        order = [page.locator(name).first.bounding_box() for name in ("header", "h1", "body > footer")]
        assert None not in order
        tops = [box["y"] for box in order if box is not None]
        assert tops == sorted(tops)
        drawings = page.locator(".masthead svg, .masthead img").all()
        boxes = [drawing.bounding_box() for drawing in drawings]
        assert all(box is not None and box["width"] <= 160 for box in boxes)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDE * 2


def test_the_keyboard_comes_first_to_a_visible_link_that_skips_to_the_text(
    browser: Browser, home: str
) -> None:
    with browser.new_context(viewport={"width": WIDE, "height": 800}) as context:
        page = context.new_page()
        page.goto(home)
        page.keyboard.press("Tab")
        first = page.locator(":focus")
        box = first.bounding_box()
        assert first.get_attribute("href") == "#_main"
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        assert page.url.endswith("#_main")


def test_every_link_and_button_shows_that_the_keyboard_is_on_it(browser: Browser, home: str) -> None:
    with browser.new_context(viewport={"width": WIDE, "height": 800}) as context:
        page = context.new_page()
        page.goto(home)
        unseen = page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, summary, input")].filter(element => {
                 element.focus({focusVisible: true});
                 const style = getComputedStyle(element);
                 return style.outlineStyle === "none" && style.boxShadow === "none";
               }).map(element => element.outerHTML)"""
        )
    assert unseen == []


def test_an_address_that_leads_nowhere_shows_the_site_s_own_page(browser: Browser, home: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        response = page.goto(home + "no/such/place/")
        assert response is not None
        assert response.status == 404
        assert page.evaluate("document.styleSheets.length") >= 1
        assert page.locator("main a").count() >= 1
