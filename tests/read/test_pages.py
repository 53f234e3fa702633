"""Pages."""

import pytest
from read.reading import codes, document, only, parse_text

from cogen.model.documents import PageDocument
from cogen.read.parsed import Parsed


def parsed(head: str, path: str = "content/pages/about.md") -> Parsed:
    return parse_text(path, f"---\ntitle: T\n{head}\n---\nWords.\n")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("content/pages/about.md", "/about/"),
        ("content/pages/a/b.md", "/a/b/"),
        ("content/pages/a/Über uns.md", "/a/uber-uns/"),
        ("content/pages/a/index.md", "/a/"),
        ("content/pages/index.md", "/"),
        ("content/pages/a/INDEX.MD", "/a/"),
        ("content/pages/a/_index.md", "/a/"),
        ("content/pages/!!!/con.md", "/untitled/con-/"),
    ],
)
def test_a_page_lies_where_its_file_lies(path: str, address: str) -> None:
    assert document(PageDocument, parsed("", path)).address == address


def test_a_permalink_moves_a_page() -> None:
    assert document(PageDocument, parsed("permalink: /somewhere/else/")).address == "/somewhere/else/"


def test_a_page_needs_no_date() -> None:
    found = parsed("updated: 2013-06-18")
    page = document(PageDocument, found)
    assert found.findings == ()
    assert page.date is None
    assert page.updated is not None
    assert (page.identity, page.path) == ("pages/about", "content/pages/about.md")


@pytest.mark.parametrize("key", ["tags", "Categories", "author"])
def test_a_page_has_no_tags_and_authors(key: str) -> None:
    found = only(parsed(f"{key}: [a]"))
    assert found.message == f'a page has no key "{key}"'
    assert found.hint.startswith("posts and events have it")


def test_a_page_has_no_slug() -> None:
    assert only(parsed("slug: a")).hint.endswith("write permalink: /about-us/")


def test_the_states_of_a_page_are_those_of_a_post() -> None:
    page = document(
        PageDocument, parsed("Status: hidden\ndraft: true\nexpires: 2013-01-01\ndate: 2012-01-01\ntime: 9:05")
    )
    assert (page.is_draft, page.is_hidden) == (True, True)
    assert page.date is not None
    assert page.date.iso == "2012-01-01T09:05:00+00:00"


def test_a_page_without_a_title_is_named_after_its_file() -> None:
    found = parse_text("content/pages/how-we-work.md", "")
    assert document(PageDocument, found).title == "How we work"
    assert codes(found) == ["missing-title"]
