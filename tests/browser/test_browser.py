"""Published sites in a real browser: readable by everybody, on small screens, without JavaScript, by the keyboard."""

import re

import published
import pytest
from browser.looking import NARROW, WIDE, faults
from browser.places import Place
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

DARK = re.compile(r"@media screen and \(prefers-color-scheme: ?dark\) ?\{\s*:root ?\{([^{}]*)\}\s*\}")
COLOUR = re.compile(r"--[a-z]+: ?#[0-9a-fA-F]{3,6}")
KINDS = sorted(published.KINDS)
LEAST_WORDS = 3
MOST_OTHER_STOPS = 20
"""Parts that scroll by themselves, which a browser stops at by itself."""
MARK_STOPS = """() => {
  const all = [...document.querySelectorAll(
    "a[href], :is(button, input, select, textarea):enabled, summary, [tabindex='0']")];
  const stops = all.filter((each) => each.checkVisibility({visibilityProperty: true}));
  stops.forEach((each, number) => { each.dataset.stop = number; });
  return stops.length;
}"""
"""Numbers what the keyboard must reach, and gives how much there is."""
LOOK_AT_STOP = """() => {
  const stop = document.activeElement;
  if (stop === document.body || stop === null) return null;
  const style = getComputedStyle(stop);
  const boxes = [...stop.getClientRects()];
  const inside = boxes.filter((box) =>
    box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 &&
    box.top < innerHeight && box.left < innerWidth);
  const faults = [];
  if (style.outlineStyle === "none" && style.boxShadow === "none") faults.push("nothing shows the focus");
  if (inside.length === 0) faults.push("it is outside the window");
  else if (!inside.some((box) => {
    const x = Math.min(Math.max((box.left + box.right) / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return top !== null && (stop.contains(top) || top.contains(stop));
  })) faults.push("something lies on it");
  return {number: Number(stop.dataset.stop ?? -1), html: stop.outerHTML.slice(0, 120), faults};
}"""
"""Says where the keyboard is, and what is wrong with that; null at the end of the page."""


def _where(place: Place, kind: str) -> str:
    return place.home + published.page_of(place.folder, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_fault_that_the_accessibility_engine_sees_and_needs_no_sideways_scrolling(
    browser: Browser, axe: str, place: Place, kind: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(_where(place, kind))
        found = faults(page, axe)
    assert "\n".join(found) == ""


def test_a_fault_is_seen_where_there_is_one(browser: Browser, axe: str) -> None:
    dark = "@media (prefers-color-scheme: dark) { i { color: #444; background: #333 } }"
    text = '<p>Plain, <b>pale</b> and <i>dark</i>.</p><pre style="width: 400px">wide</pre><img src="x.png">'
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(f"<style>b {{ color: #bbb; background: #fff }} {dark}</style>{text}")
        found = {fault.partition(">")[0] for fault in faults(page, axe, (NARROW,))}
    assert found == {
        "320 px: it scrolls sideways",
        "320 px, light: color-contrast: <b",
        "320 px, light: document-title: <html",
        "320 px, light: html-has-lang: <html",
        '320 px, light: image-alt: <img src="x.png"',
        "320 px, dark: color-contrast: <b",
        "320 px, dark: color-contrast: <i",
    }


def test_nothing_but_colours_is_different_in_the_dark(place: Place) -> None:
    """The engine looks at colours alone there."""
    sheets = [path.read_text(encoding="utf-8") for path in place.root.rglob("*.css")]
    assert sum(sheet.count("prefers-color-scheme") for sheet in sheets) > 0
    for sheet in sheets:
        blocks = DARK.findall(sheet)
        assert len(blocks) == sheet.count("prefers-color-scheme")
        others = [line for block in blocks for line in block.split(";") if not COLOUR.fullmatch(line.strip())]
        assert "".join(others).strip() == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_works_under_a_strict_policy_and_asks_nothing_of_others(
    browser: Browser, place: Place, kind: str
) -> None:
    messages: list[str] = []
    requests: list[str] = []
    with browser.new_context(viewport={"width": WIDE, "height": 800}) as context:
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(place.strict_home + published.page_of(place.folder, kind))
        assert page.evaluate("document.styleSheets.length") >= 1
    origin = place.strict_home.removesuffix("ar/")
    assert messages == []
    assert len(requests) > 1
    assert [url for url in requests if not url.startswith(origin)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_the_same_without_javascript(browser: Browser, place: Place, kind: str) -> None:
    texts = []
    for enabled in (True, False):
        with browser.new_context(java_script_enabled=enabled) as context:
            page = context.new_page()
            page.goto(_where(place, kind))
            texts.append(page.locator("main").inner_text())
    assert texts[0] == texts[1]
    assert len(texts[1].split()) >= LEAST_WORDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_can_be_read_without_its_stylesheet(browser: Browser, place: Place, kind: str) -> None:
    with browser.new_context(viewport={"width": WIDE, "height": 800}) as context:
        page = context.new_page()
        page.route("**/*.css", lambda route: route.abort())
        page.goto(_where(place, kind))
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


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, place: Place, kind: str
) -> None:
    with browser.new_context(viewport={"width": WIDE, "height": 800}, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(_where(place, kind))
        wanted = page.evaluate(MARK_STOPS)
        seen, faults = set(), []
        for _ in range(wanted + MOST_OTHER_STOPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(LOOK_AT_STOP)
            if stop is None:
                break
            seen.add(stop["number"])
            faults += [f"{stop['html']}: {fault}" for fault in stop["faults"]]
    assert faults == []
    assert wanted > 5
    assert set(range(wanted)) - seen == set()


def test_a_stop_of_the_keyboard_that_cannot_be_seen_is_a_fault(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(
            '<a href="#x" style="outline: none">x</a><a href="#y" style="position: absolute; left: -99em">y</a>'
        )
        assert page.evaluate(MARK_STOPS) == 2
        found = []
        for _ in range(2):
            page.keyboard.press("Tab")
            found.append(page.evaluate(LOOK_AT_STOP)["faults"])
    assert found == [["nothing shows the focus"], ["it is outside the window"]]


def test_an_address_that_leads_nowhere_shows_the_site_s_own_page(browser: Browser, home: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        response = page.goto(home + "no/such/place/")
        assert response is not None
        assert response.status == 404
        assert page.evaluate("document.styleSheets.length") >= 1
        assert page.locator("main a").count() >= 1
