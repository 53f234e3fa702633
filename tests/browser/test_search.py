"""The page for search in a real browser: with a policy that lets it run and nothing else, and without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import static_server
from browser.looking import faults
from playwright.sync_api import Browser, Page, expect

from cogen.model.config import SEARCH_POLICY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def search(sample_site: Path) -> Iterator[str]:
    """Serve the repository's own site with the policy of its ``_headers``, and give the page for search."""
    with static_server.serve(sample_site, "/blog/", SEARCH_POLICY) as url:
        yield f"{url}search/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


def test_words_are_found_as_they_are_typed_and_nothing_is_loaded_before(page: Page, search: str) -> None:
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(search)
    assert not [url for url in requests if "/pagefind/" in url]
    page.get_by_label("What are you looking for?").press_sequentially("beans")
    first = page.locator("#_results a").first
    expect(first).to_have_text("The night of the beans")
    expect(page.get_by_role("status")).to_have_text("3 pages were found")
    assert page.locator("#_results mark").first.inner_text().lower().startswith("beans")
    expect(page.locator("#_more")).to_be_hidden()
    assert page.url == f"{search}?q=beans"
    first.click()
    page.wait_for_url("**/2012/04/the-night-of-the-beans/")
    assert messages == []
    assert [url for url in requests if not url.startswith(search.removesuffix("search/"))] == []


def test_an_address_with_words_in_it_shows_what_is_found(page: Page, search: str) -> None:
    page.goto(f"{search}?q=tunnel")
    expect(page.get_by_label("What are you looking for?")).to_have_value("tunnel")
    expect(page.get_by_role("status")).to_contain_text("pages were found")


def test_more_is_shown_when_it_is_asked_for_and_the_keyboard_goes_there(page: Page, search: str) -> None:
    page.goto(f"{search}?q=the")
    results = page.locator("#_results li")
    expect(results).to_have_count(10)
    page.locator("#_more").press("Enter")
    expect(results).not_to_have_count(10)
    assert page.evaluate("document.activeElement === document.querySelectorAll('#_results a')[10]")


def test_each_language_is_searched_by_itself(page: Page, search: str) -> None:
    portuguese = search.replace("/search/", "/pt/search/")
    page.goto(f"{portuguese}?q=feijões")
    results = page.locator("#_results a")
    expect(results).to_have_text(["Serviços públicos desenhados por quem os usa: os nove projetos"])
    assert results.first.get_attribute("href") == "/blog/pt/2012/05/public-services-by-design/"
    expect(page.get_by_role("status")).to_have_text("1 página encontrada")


def test_what_is_not_there_is_said(page: Page, search: str) -> None:
    page.goto(search)
    field = page.get_by_label("What are you looking for?")
    field.fill("xylophonist")
    expect(page.get_by_role("status")).to_contain_text("Nothing was found")
    field.fill("")
    expect(page.get_by_role("status")).to_have_text("")
    assert page.url == search


def test_an_index_that_cannot_be_loaded_is_said(page: Page, search: str) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{search}?q=beans")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")


def test_without_javascript_it_leads_to_the_lists(browser: Browser, search: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(search)
        expect(page.locator("form")).to_be_hidden()
        expect(page.locator("main")).to_contain_text("Searching needs JavaScript")
        expect(page.locator("main").get_by_role("link", name="Posts by date")).to_be_visible()


def test_results_have_no_fault_that_the_accessibility_engine_sees(
    browser: Browser, axe: str, home: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{home}search/?q=beans")
        page.locator("#_results li").first.wait_for()
        found = faults(page, axe)
    assert "\n".join(found) == ""
