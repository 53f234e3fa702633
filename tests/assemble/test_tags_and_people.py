"""Many spellings, one tag: which label it has, what its old names lead to; people likewise."""

import re
from pathlib import Path

import feedparser
import pytest
from sites import MINIMAL, build, cogen, write_site


def _posts(*tags: str) -> str:
    return "".join(
        f"-- content/posts/2013-05-{day:02}-p{day}.md --\n---\ntitle: P{day}\ntags: {written}\n---\nText.\n"
        for day, written in enumerate(tags, 1)
    )


def _tags(site: Path) -> dict[str, str]:
    """Give the labels of the index of tags with their addresses."""
    page = (site / "output/tags/index.html").read_text()
    main = page.partition("<main")[2].partition("</main>")[0]
    return {label: url for url, label in re.findall(r'<a href="(/tags/[^"]+)"[^>]*>\s*([^<]+?)\s*</a>', main)}


def test_tags_that_differ_in_case_spaces_or_accents_are_one(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + _posts('["Café  Culture "]', "[café culture]", "[CAFE CULTURE]"))
    build(site)
    (only,) = _tags(site).values()
    assert only == "/tags/cafe-culture/"
    assert len(feedparser.parse(str(site / "output/tags/cafe-culture/feed.xml")).entries) == 3


@pytest.mark.parametrize(
    ("extra", "label"),
    [
        ("", "growing"),
        ("-- content/tags.yaml --\nGROWING: {description: What we grow.}\n", "GROWING"),
    ],
    ids=["the most used", "the one in tags.yaml"],
)
def test_a_tag_has_one_label(tmp_path: Path, extra: str, label: str) -> None:
    site = write_site(tmp_path, MINIMAL + _posts("[Growing]", "[growing]", "[growing]") + extra)
    build(site)
    assert list(_tags(site)) == [label]


def test_of_labels_used_alike_the_first_in_order_counts(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + _posts("[growing]", "[Growing]"))
    build(site)
    assert list(_tags(site)) == ["Growing"]


ALIASES = "-- content/tags.yaml --\nGrowing: {slug: grow, aliases: [Gardens, Allotments]}\n"


def test_an_alias_merges_tags_and_its_old_page_leads_on(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + _posts("[Growing]", "[gardens]") + ALIASES)
    build(site)
    assert _tags(site) == {"Growing": "/tags/grow/"}
    page = (site / "output/tags/gardens/index.html").read_text()
    assert 'content="0; url=/tags/grow/"' in page
    assert '<link rel="canonical" href="https://example.org/tags/grow/">' in page
    assert (site / "output/tags/allotments/index.html").read_text() == page


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed.json"])
def test_the_feeds_of_an_old_name_go_on_and_name_the_new_address(tmp_path: Path, name: str) -> None:
    site = write_site(tmp_path, MINIMAL + _posts("[Growing]", "[gardens]") + ALIASES)
    build(site)
    old, new = ((site / "output/tags" / slug / name).read_text() for slug in ("gardens", "grow"))
    assert old == new
    assert f"https://example.org/tags/grow/{name}" in old


@pytest.mark.parametrize("redirects", ["rules", "both"])
def test_where_redirects_are_rules_those_lead_from_the_feeds_of_an_old_name_to_the_new(
    tmp_path: Path, redirects: str
) -> None:
    site = write_site(tmp_path, MINIMAL + f"redirects: {redirects}\n" + _posts("[Growing]") + ALIASES)
    build(site)
    old_feed = site / "output/tags/gardens/feed.xml"
    assert old_feed.exists() == (redirects == "both")
    rules = (site / "output/_redirects").read_text().splitlines()
    for name in ("", "feed.xml", "atom.xml", "feed.json"):
        assert f"/tags/gardens/{name} /tags/grow/{name} 301" in rules
    assert "/tags/allotments/feed.xml /tags/grow/feed.xml 301" in rules


def test_the_feed_of_a_tag_keeps_its_id_when_its_label_and_slug_change(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + _posts("[Growing]"))
    build(site)
    before = feedparser.parse(str(site / "output/tags/growing/atom.xml")).feed.id
    write_site(tmp_path, "-- content/tags.yaml --\nGROWING: {slug: grow}\n")
    build(site)
    assert feedparser.parse(str(site / "output/tags/grow/atom.xml")).feed.id == before


def test_two_tags_with_one_slug_are_an_error_that_says_what_to_write(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + _posts('["C", "C++"]'))
    result = cogen("build", site)
    assert result.code == 1
    assert "the tags 'C' and 'C++' share the slug 'c'" in result.out
    write_site(tmp_path, "-- content/tags.yaml --\nC++: {slug: cpp}\n")
    build(site)
    assert set(_tags(site).values()) == {"/tags/c/", "/tags/cpp/"}


def test_lowered_the_later_of_two_slugs_gets_a_number(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + "diagnostics: {slug-collision: warning}\n" + _posts('["C", "C++"]'))
    build(site)
    assert _tags(site) == {"C": "/tags/c/", "C++": "/tags/c-2/"}


def test_a_person_is_named_by_key_or_name_in_any_spelling(tmp_path: Path) -> None:
    people = "-- content/people.yaml --\namara-b: {name: Amara B., role: Lead}\n"
    posts = "".join(
        f"-- content/posts/2013-05-0{day}-p.md --\n---\ntitle: P{day}\nauthors: [{who}]\n---\nText.\n"
        for day, who in enumerate(("amara-b", "Amara B.", "amara b."), 1)
    )
    site = write_site(tmp_path, MINIMAL + "permalink: /{day}/{slug}/\n" + people + posts)
    build(site)
    assert len(feedparser.parse(str(site / "output/authors/amara-b/feed.xml")).entries) == 3
    assert [path.name for path in (site / "output/authors").iterdir() if path.is_dir()] == ["amara-b"]


def test_a_contact_is_shown_only_where_it_is_public(tmp_path: Path) -> None:
    people = "-- content/people.yaml --\nann: {name: Ann, contact: {email: ann@example.org}}\n"
    people += "bob: {name: Bob, contact: {email: bob@example.org, public: true}}\n"
    site = write_site(
        tmp_path,
        MINIMAL
        + people
        + "-- content/posts/2013-05-01-p.md --\n---\ntitle: P\nauthors: [ann, bob]\n---\nText.\n",
    )
    build(site)
    published = b"".join(path.read_bytes() for path in (site / "output").rglob("*") if path.is_file())
    assert b"ann@example.org" not in published
    assert b"bob@example.org" in published


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["JANE DOE", "Jane Doe", "Jane Doe"], "Jane Doe"),
        (["jane doe", "Jane Doe", "Jane Doe", "JANE DOE"], "Jane Doe"),
        (["jane doe", "Jane Doe"], "jane doe"),
        (["JANE DOE", "Jane Doe"], "JANE DOE"),
    ],
)
def test_of_spellings_of_a_name_the_most_used_is_shown_and_of_equals_the_first(
    names: list[str], shown: str, tmp_path: Path
) -> None:
    posts = (
        f"-- content/posts/2013-05-{day:02}-p{day}.md --\n---\ntitle: P{day}\nauthors: {name}\n---\nText.\n"
        for day, name in enumerate(names, 1)
    )
    site = write_site(tmp_path, MINIMAL + "".join(posts))
    build(site)
    page = (site / "output/authors/jane-doe/index.html").read_text()
    assert f'<h1 dir="auto">{shown}</h1>' in page
    assert (
        f'<a href="/authors/jane-doe/"><bdi>{shown}</bdi></a>'
        in (site / "output/2013/05/p1/index.html").read_text()
    )


def test_the_unknown_name_is_shown_as_it_stands_at_its_place(tmp_path: Path) -> None:
    posts = "".join(
        f"-- content/posts/2013-05-{day:02}-p{day}.md --\n---\ntitle: P{day}\nauthors: {name}\n---\nText.\n"
        for day, name in enumerate(["JANE DOE", "Jane Doe", "Jane Doe"], 1)
    )
    site = write_site(tmp_path, MINIMAL + posts + "-- content/people.yaml --\nann: Ann\n")
    said = cogen("check", site, "--now", "2013-07-01").out
    assert "content/posts/2013-05-01-p1.md:3:10: hint[unknown-author]: 'JANE DOE' is not in" in said
