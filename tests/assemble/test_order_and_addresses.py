"""In what order posts stand, where they are published, and what happens where two want one place."""

import re
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, write_site


def _post(name: str, front: str = "", folder: str = "posts", title: str = "") -> str:
    return f"-- content/{folder}/{name}.md --\n---\ntitle: {title or name}\n{front}---\nText of {name}.\n"


EVERYTHING = (
    MINIMAL
    + _post("2013-05-01-a", "authors: [Ann]\nproject: bike\n")
    + "-- content/projects/small.yaml --\ntitle: Small\nprojects: [{id: bike, name: Bike, leads: [Ann]}]\n"
    + "-- content/events/forum.md --\n---\ntitle: Forum\nstart: 2013-07-05\n---\nCome.\n"
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site in which nothing is switched off."""
    site = write_site(tmp_path_factory.mktemp("everything"), EVERYTHING)
    build(site)
    return site / "output"


def _links(page: str) -> list[str]:
    """Give the links of a list's headings, in order."""
    return re.findall(r'<h2><a href="([^"]+)"', page)


def test_the_newest_post_stands_first_and_posts_of_one_moment_in_the_order_of_their_files(
    tmp_path: Path,
) -> None:
    posts = (
        _post("2013-05-01-b", title="1") + _post("2013-05-01-a", title="2") + _post("2013-05-02-z", title="9")
    )
    posts += _post("c", "date: 2013-05-01\n", title="0") + _post(
        "2013-05-01-night", "date: 2013-05-01 23:00\n"
    )
    site = write_site(tmp_path, MINIMAL + posts)
    build(site)
    assert _links((site / "output/index.html").read_text()) == [
        "/2013/05/z/", "/2013/05/night/", "/2013/05/a/", "/2013/05/b/", "/2013/05/c/"
    ]  # fmt: skip


def test_a_post_leads_to_its_neighbours(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + "".join(_post(f"2013-05-0{day}-p{day}") for day in (1, 2, 3)))
    build(site)
    page = (site / "output/2013/05/p2/index.html").read_text()
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', page) == [
        ("prev", "/2013/05/p1/"),
        ("next", "/2013/05/p3/"),
    ]


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/{year}/{month}/{slug}/", "2013/05/hello/index.html"),
        ("/{year}/{month}/{day}/{slug}.html", "2013/05/01/hello.html"),
        ("/blog/{slug}", "blog/hello/index.html"),
        ("{section}/{slug}/", "posts/hello/index.html"),
        ("/{slug}/", "hello/index.html"),
    ],
)
def test_a_pattern_decides_where_a_post_is_published(tmp_path: Path, pattern: str, path: str) -> None:
    site = write_site(tmp_path, MINIMAL + f'permalink: "{pattern}"\n' + _post("2013-05-01-hello"))
    build(site)
    assert (site / "output" / path).is_file()
    expected = "https://example.org/" + path.removesuffix("index.html")
    assert f'<link rel="canonical" href="{expected}">' in (site / "output" / path).read_text()


def test_a_post_may_have_an_address_of_its_own(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + _post("2013-05-01-hello", "permalink: /old/place.html\n"))
    build(site)
    assert (site / "output/old/place.html").is_file()


def test_pages_lie_where_their_files_lie(tmp_path: Path) -> None:
    pages = _post("about", folder="pages") + _post("a/b", folder="pages") + _post("c/index", folder="pages")
    site = write_site(tmp_path, MINIMAL + pages)
    build(site)
    assert all((site / "output" / name / "index.html").is_file() for name in ("about", "a/b", "c"))


def test_a_page_called_index_replaces_the_home(tmp_path: Path) -> None:
    page = "-- content/pages/index.md --\n---\ntitle: Welcome\n---\nCome in.\n"
    site = write_site(
        tmp_path, MINIMAL + "page_size: 1\n" + page + _post("2013-05-01-a") + _post("2013-05-02-b")
    )
    build(site)
    assert "Come in." in (site / "output/index.html").read_text()
    assert not (site / "output/page").exists()
    assert "/2013/05/a/" in (site / "output/feed.xml").read_text(), "the feed stays"


def test_two_posts_at_one_address_name_each_other_and_nothing_is_published(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + _post("2013-05-01-hello") + _post("2013-05-02-x", "slug: Hello\n"))
    result = cogen("build", site)
    assert result.code == 1
    assert "content/posts/2013-05-01-hello.md and content/posts/2013-05-02-x.md would both be" in result.out
    assert not (site / "output").exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [("permalink: /a/É/\n", "permalink: /a/é/\n"), ("permalink: /a/x.html\n", "permalink: /a/X.html\n")],
)
def test_addresses_that_differ_only_in_case_collide(tmp_path: Path, first: str, second: str) -> None:
    site = write_site(tmp_path, MINIMAL + _post("2013-05-01-a", first) + _post("2013-05-02-b", second))
    assert "error[address-collision]" in cogen("check", site).out


def test_a_file_where_another_page_needs_a_folder_collides(tmp_path: Path) -> None:
    posts = _post("2013-05-01-a", "permalink: /a.html\n") + _post("2013-05-02-b", "permalink: /a.html/b/\n")
    assert "error[address-collision]" in cogen("check", write_site(tmp_path, MINIMAL + posts)).out


def test_a_collision_cannot_be_lowered(tmp_path: Path) -> None:
    lowered = MINIMAL + "diagnostics: {address-collision: off}\n"
    result = cogen("check", write_site(tmp_path, lowered))
    assert (result.code, "cannot be lowered" in result.out) == (1, True)


def test_an_alias_gives_way_to_what_is_really_there(tmp_path: Path) -> None:
    lowered = MINIMAL + "diagnostics: {alias-collision: warning}\n"
    posts = _post("2013-05-01-hello") + _post("2013-05-02-x", "aliases: [/2013/05/hello/, /old/]\n")
    site = write_site(tmp_path, lowered + posts)
    assert "warning[alias-collision]" in build(site).out
    assert "Text of 2013-05-01-hello." in (site / "output/2013/05/hello/index.html").read_text()
    assert (site / "output/old/index.html").exists()


def test_sections_have_lists_and_feeds_of_their_own_and_stay_off_the_home_list(tmp_path: Path) -> None:
    sections = 'sections: {minutes: {permalink: "/minutes/{year}/{slug}/", feed: true}, notes: }\n'
    posts = (
        _post("2013-05-01-june", folder="minutes")
        + _post("2013-05-02-n", folder="notes")
        + _post("2013-05-03-p")
    )
    site = write_site(tmp_path, MINIMAL + sections + posts)
    build(site)
    output = site / "output"
    assert _links((output / "index.html").read_text()) == ["/2013/05/p/"]
    assert _links((output / "minutes/index.html").read_text()) == ["/minutes/2013/june/"]
    assert _links((output / "notes/index.html").read_text()) == ["/notes/n/"]
    assert "/minutes/2013/june/" in (output / "minutes/feed.xml").read_text()
    assert (
        "/minutes/2013/june/"
        not in (output / "feed.xml").read_text() + (output / "2013/index.html").read_text()
    )
    assert not (output / "notes/feed.xml").exists()


@pytest.mark.parametrize(
    ("switch", "gone"),
    [
        ("authors: false", "authors"),
        ("archive: none", "archive"),
        ("archive: none", "2013/index.html"),
        ("archive: yearly", "2013/05/index.html"),
        ("projects: false", "projects"),
        ("events: false", "events"),
    ],
)
def test_what_is_switched_off_is_not_made_and_nothing_leads_to_it(
    everything: Path, tmp_path: Path, switch: str, gone: str
) -> None:
    assert (everything / gone).exists()
    less = write_site(tmp_path, EVERYTHING.replace(MINIMAL, f"{MINIMAL}publish: {{{switch}}}\n"))
    build(less)
    assert not (less / "output" / gone).exists()
    address = "/" + gone.removesuffix("index.html")
    pages = [path.read_text() for path in (less / "output").rglob("*.html")]
    assert not any(f'href="{address.rstrip("/")}/"' in page for page in pages)


def test_another_address_of_the_site_may_be_given_for_a_preview(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + _post("2013-05-01-a"))
    build(site)
    before = (site / "output/feed.json").read_text()
    build(site, "--url", "https://preview.example.net/pr/7/")
    page = (site / "output/2013/05/a/index.html").read_text()
    assert '<link rel="canonical" href="https://preview.example.net/pr/7/2013/05/a/">' in page
    assert "example.org" not in page
    assert 'href="/pr/7/"' in page
    ids = re.compile(r'"id": "([^"]+)"')
    assert ids.findall((site / "output/feed.json").read_text()) == ids.findall(before)


@pytest.mark.parametrize("command", ["build", "check", "serve"])
def test_a_preview_at_no_address_is_refused(command: str, tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL)
    result = cogen(command, site, "--url", "preview")
    assert (result.code, (site / "output").exists(), result.out) == (2, False, "")
    message = f"cogen {command}: error: argument --url: 'preview' is no address of a site, such as https://example.org/blog/"
    assert result.err.splitlines()[-1] == message
