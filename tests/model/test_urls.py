"""Addresses: what an author may write, where it is published, how it is linked."""

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cogen.model import urls


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/2012/old-address/", "/2012/old-address/"),
        ("2012/old-address", "/2012/old-address/"),
        (" /about ", "/about/"),
        ("/", "/"),
        ("", "/"),
        ("//double//slashes//", "/double/slashes/"),
        ("/feed.xml", "/feed.xml"),
        ("/old.html", "/old.html"),
        ("/v1.2/", "/v1.2/"),
        ("/.well-known/security", "/.well-known/security/"),
        ("/caf%C3%A9/", "/café/"),
        ("/cafe\u0301/", "/café/"),
        ("/東京/", "/東京/"),
        ("/a%20b/", "/a b/"),
        ("/console/", "/console/"),
        ("/common/", "/common/"),
        ("/git~1x/", "/git~1x/"),
        ("/می\u200cخواهم/", "/می\u200cخواهم/"),
    ],
)
def test_an_address_is_cleaned(written: str, address: str) -> None:
    assert urls.clean_address(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "/../secret/",
        "..",
        "/a/../../b/",
        "/a/./b/",
        "/%2e%2e/secret/",
        "/%2E%2E/secret/",
        "/%252e%252e/secret/",
        "/a%252fb/",
        "/..%2fsecret/",
        "/..%5csecret/",
        "/a\\b/",
        "\\\\server\\share",
        "C:/windows/",
        "/c:/windows/",
        "/file.txt::$DATA",
        "/a:b/",
        "/a\x00b/",
        "/a%00b/",
        "/a\nb/",
        "/a\x7fb/",
        "/a\x9bb/",
        "/a\u2028b/",
        "/a\u202eb/",
        "/a?b/",
        "/a#b/",
        "/a*b/",
        "/<script>/",
        '/a"b/',
        "/a|b/",
        "/.git/config",
        "/.GIT/config",
        "/%2egit/config",
        "/a/.htaccess",
        "/.cogen-staging/x/",
        "/.cogen-output",
        "/.Well-Known/x/",
        "/\u200c.git/x/",
        "/\u2060.git/x/",
        "/git~1/config",
        "/GIT~12/config",
        "/con/",
        "/CON",
        "/nul.txt",
        "/a/LPT1.html",
        "/com¹/",
        "/aux.tar.gz",
        "/trailing./",
        "/trailing /x/",
        "/.../",
        "/ /",
        "/" + "a" * 201,
        "/" + "é" * 101,
        "/" + "/".join(["abcdefghi"] * 25),
        "/\ud800/",
        "https://example.org/elsewhere/",
    ],
    ids=ascii,
)
def test_an_address_that_could_do_harm_is_refused(written: str) -> None:
    assert urls.clean_address(written) is None


@given(st.text(alphabet=st.one_of(st.sampled_from("./\\%2eE5cCfF:~ $#?\x00-aé"), st.characters())))
@example("%")
@example("/%ff/")
@example("/%e2%80%ae/")
@example("/a/%2e/")
def test_a_clean_address_is_published_inside_the_output_folder(written: str) -> None:
    address = urls.clean_address(written)
    if address is None:
        return
    path = urls.output_path(address)
    assert address.startswith("/")
    assert not path.startswith("/")
    assert posixpath.normpath(path) == path
    assert ".." not in path.split("/")
    assert not set(path) & set('\\:\0?#*|<>"')
    path.encode("utf-8")


@given(st.text())
def test_cleaning_a_clean_address_changes_nothing(written: str) -> None:
    address = urls.clean_address(written)
    if address is not None:
        assert urls.clean_address(address) == address


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_an_encoded_address_decodes_to_itself_and_is_plain_ascii(text: str) -> None:
    encoded = urls.encode("/" + text)
    assert encoded.isascii()
    assert unquote(encoded) == "/" + text
    assert not set(encoded) & set(' "<>\\^`{}|?#')


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/", "/blog/"),
        ("/tags/東京/", "/blog/tags/%E6%9D%B1%E4%BA%AC/"),
        ("/a b/100%/", "/blog/a%20b/100%25/"),
        ("/tags/o'clock/", "/blog/tags/o'clock/"),
        ("/x.jpg", "/blog/x.jpg"),
    ],
)
def test_a_link_carries_the_base_path_and_is_percent_encoded(address: str, link: str) -> None:
    assert urls.href(address, "/blog") == link
    assert urls.absolute(address, "https://example.org/blog/") == "https://example.org" + link


def test_a_site_at_the_root_has_no_base_path() -> None:
    assert urls.href("/a/", "") == "/a/"
    assert urls.absolute("/a/", "https://example.org/") == "https://example.org/a/"


@pytest.mark.parametrize(
    ("address", "path"),
    [("/", "index.html"), ("/a/b/", "a/b/index.html"), ("/feed.xml", "feed.xml"), ("/404.html", "404.html")],
)
def test_a_folder_is_published_as_its_index(address: str, path: str) -> None:
    assert urls.output_path(address) == path


def test_a_permalink_is_filled_with_fixed_widths() -> None:
    pattern = "/{section}/{year}/{month}/{day}/{slug}/"
    assert urls.fill_permalink(pattern, 987, 3, 9, "hello", "minutes") == "/minutes/0987/03/09/hello/"


def test_a_slug_with_braces_is_not_filled_again() -> None:
    assert urls.fill_permalink("/{slug}/{year}/", 2012, 5, 1, "{year}", "posts") == "/{year}/2012/"


def test_the_fields_of_a_permalink_are_told() -> None:
    assert urls.permalink_fields("/{year}/{slug}/{what}/{}/") == {"year", "slug", "what", ""}


def test_the_first_page_of_a_list_is_the_list_itself() -> None:
    assert [urls.paged("/tags/x/", number) for number in (1, 2, 11)] == [
        "/tags/x/",
        "/tags/x/page/2/",
        "/tags/x/page/11/",
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (urls.home(), "/"),
        (urls.home("cy"), "/cy/"),
        (urls.tag("x", "cy"), "/cy/tags/x/"),
        (urls.archive(), "/archive/"),
        (urls.year(2012), "/2012/"),
        (urls.month(2012, 5), "/2012/05/"),
        (urls.tag("tulse-hill"), "/tags/tulse-hill/"),
        (urls.author("amara-b"), "/authors/amara-b/"),
        (urls.project("design", "bike"), "/projects/design/bike/"),
        (urls.event("forum"), "/events/forum/"),
        (urls.section("minutes"), "/minutes/"),
        (urls.follow(), "/follow/"),
        (urls.feed(urls.tag("x"), "rss"), "/tags/x/feed.xml"),
        (urls.feed(urls.home(), "atom"), "/atom.xml"),
        (urls.feed(urls.section("minutes"), "json"), "/minutes/feed.json"),
        (urls.theme_asset("fonts/site.css", "0123456789abcdef"), "/assets/fonts/site.0123456789ab.css"),
        (urls.theme_asset("LICENSE", "0123456789abcdef"), "/assets/LICENSE.0123456789ab"),
    ],
)
def test_an_address_is_where_the_design_says(address: str, expected: str) -> None:
    assert address == expected
