"""The shapes in which other generators keep their posts, as their folders have them."""

import pytest
from read.reading import codes, document, only, parse_text

from cogen.model.documents import PostDocument

PATH = "content/posts/2012-05-25-hello.md"


def post(text: str, path: str = PATH, *, expected: tuple[str, ...] = ()) -> PostDocument:
    """Read a post with exactly these codes."""
    found = parse_text(path, text)
    assert codes(found) == list(expected)
    return document(PostDocument, found)


def front(head: str, path: str = PATH, *, expected: tuple[str, ...] = ()) -> PostDocument:
    return post(f"---\ntitle: T\n{head}\n---\nWords.\n", path, expected=expected)


def test_what_wordpress_hands_to_jekyll_has_author_and_date_and_needs_no_warning() -> None:
    read = front(
        """status: publish
published: true
author:
  display_name: Amara B.
  login: amara
  email: amara@example.org
  url: ''
author_login: amara
author_email: amara@example.org
author_url: https://example.org
wordpress_id: 7
wordpress_url: https://example.org/?p=7
date: '2012-05-25 18:30:00 +0100'
date_gmt: '2012-05-25 17:30:00 +0100'
categories:
- News
comments:
- id: 1
  author: Sam
  content: Well done"""
    )
    assert (read.authors, read.tags, read.date.iso) == (("Amara B.",), ("News",), "2012-05-25T18:30:00+01:00")


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ('{link: "https://example.org", name: Amara B.}', ("Amara B.",)),
        ("[{name: Amara B., role: Lead}, {login: sam}, Toni]", ("Amara B.", "sam", "Toni")),
        ("{name: '', login: amara}", ("amara",)),
        ("Amara B.; Okafor, Sam", ("Amara B.", "Okafor, Sam")),
        ("Amara B., Sam Okafor", ("Amara B.", "Sam Okafor")),
        ("Rock &amp; Roll, Sam", ("Rock &amp; Roll", "Sam")),
    ],
)
def test_authors_are_written_in_many_ways(written: str, authors: tuple[str, ...]) -> None:
    assert front(f"author: {written}").authors == authors


def test_what_old_ruby_wrote_in_base64_is_read_and_named() -> None:
    read = front(
        "date: !binary |-\n  MjAxMi0wNS0yNSAxODozMDowMCArMDEwMA==\ntags: [!binary 4pyTCg==]",
        expected=("yaml-feature", "yaml-feature"),
    )
    assert (read.date.iso, read.tags) == ("2012-05-25T18:30:00+01:00", ("\N{CHECK MARK}",))


def test_a_binary_that_is_none_stays_as_it_is() -> None:
    assert front("tags: [!binary '*']", expected=("yaml-feature",)).tags == ("*",)


def test_hexo_nests_its_categories() -> None:
    read = front("categories:\n  - [Programming, Python]\n  - [Programming, Rust]\ntags:\n  - [Docker]")
    assert read.tags == ("Docker", "Programming", "Python", "Rust")


def test_hexo_leaves_out_the_opening_line() -> None:
    read = post(
        'title: "Hello: again"\ndate: 2012-05-25 18:30:00\ntags:\n- a\n- b\n---\nWords.\n',
        "content/posts/x.md",
    )
    assert (read.title, read.date.iso, read.tags) == ("Hello: again", "2012-05-25T18:30:00+01:00", ("a", "b"))
    assert read.description == "Words."


def test_a_text_that_only_looks_like_a_key_stays_a_text() -> None:
    read = post("Title of all: this\n\nand that\n\n---\n\nWords.\n", expected=("missing-title",))
    assert read.description == "Title of all: this"


NIKOLA = """\
.. title: Hello: again
.. slug: hi
.. date: 2012-05-25 18:30:00 UTC+02:00
.. tags: a, b
.. type: text
.. link:
"""


@pytest.mark.parametrize(
    "text", [f"<!--\n{NIKOLA}-->\n\nWords.", f"<!-- \n {NIKOLA} -->\nWords.", f"{NIKOLA}\nWords."]
)
def test_nikola_keeps_its_keys_in_a_comment_or_bare(text: str) -> None:
    read = post(text, "content/posts/x.md")
    assert (read.title, read.slug, read.tags) == ("Hello: again", "hi", ("a", "b"))
    assert (read.date.iso, read.description) == ("2012-05-25T18:30:00+02:00", "Words.")


def test_a_finding_in_nikolas_keys_names_the_line_of_the_file() -> None:
    found = parse_text(PATH, "\n<!--\n.. title: T\n.. date: soon\n-->\nWords.")
    assert (only(found).code, getattr(only(found).at, "line", 0)) == ("bad-date", 4)


def test_zola_and_grav_keep_terms_in_a_mapping() -> None:
    zola = post(
        '+++\ntitle = "T"\npath = "old/Place"\ndate = 2012-05-25T18:30:00+01:00\n[taxonomies]\n'
        'tags = ["a"]\ncategories = ["b"]\nauthors = ["Amara B."]\n[extra]\nwide = true\n+++\nWords.'
    )
    assert (zola.tags, zola.authors, zola.permalink) == (("a", "b"), ("Amara B.",), "/old/Place/")
    assert front("taxonomy:\n tag: azure\n category: [x, y]").tags == ("azure", "x", "y")


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("/:year/:month/:day/:title/", "/2012/05/25/hello/"),
        ("/:year/:title.html", "/2012/hello.html"),
        ("/:year/:i_month/:title:output_ext", "/2012/5/hello.html"),
        ("./notes/a.html", "/notes/a.html"),
        ("https://example.org/a/b/", "/a/b/"),
        ("pretty", ""),
        ("none", ""),
    ],
)
def test_a_permalink_written_for_jekyll_is_filled(permalink: str, address: str) -> None:
    assert front(f"permalink: {permalink}").permalink == address


def test_a_placeholder_that_cogen_cannot_fill_is_named() -> None:
    assert front("permalink: /:categories/:title/", expected=("bad-address",)).permalink == ""


@pytest.mark.parametrize(
    ("slug", "expected"), [("What-The...?", "what-the"), ("/hello-world", "hello-world"), ("/a/", "a")]
)
def test_a_slug_may_have_dots_and_slashes_around_it(slug: str, expected: str) -> None:
    assert front(f"slug: {slug}").slug == expected


def test_an_empty_key_hides_no_other_spelling() -> None:
    read = front("description:\nexcerpt: Short.\ntags:\ntag: a\nsummary: ''")
    assert (read.description, read.tags) == ("Short.", ("a",))


def test_the_lead_picture_of_a_mapping() -> None:
    assert front("image:\n  feature: a/b.jpg\n  credit: Sam").image == "a/b.jpg"
    assert front("image:\n  feature: #none yet\n  credit:").image == ""


def test_a_post_that_only_says_when_it_appears_has_that_date() -> None:
    assert front("publishDate: 2012-05-24", "content/posts/x.md").date.machine == "2012-05-24"


@pytest.mark.parametrize("name", ["2012-5-1-hello.md", "2012-05-1-hello.mkd", "2012-5-01-hello.mdown"])
def test_jekyll_lets_day_and_month_have_one_digit(name: str) -> None:
    read = front("", f"content/posts/{name}")
    assert (read.date.machine, read.slug) == ("2012-05-01", "hello")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("title: Re: the meeting", "Re: the meeting"),
        ("title: [Notes] of a meeting", "[Notes] of a meeting"),
        ("title: @council meets", "@council meets"),
        ("title: 'Don't stop'", "Don't stop"),
        ('title: "Stop" and go', '"Stop" and go'),
        ("title:Hello", "Hello"),
        ('title: "Open', "Open"),
        ("title: *Bold*", "*Bold*"),
    ],
)
def test_a_value_that_is_no_yaml_is_an_error_and_once_that_is_lowered_a_post(head: str, title: str) -> None:
    read = post(f"---\n{head}\ntags: [a]\n---\nWords.\n", expected=("yaml-syntax",))
    assert (read.title, read.tags, read.description) == (title, ("a",), "Words.")


def test_tabs_before_a_list_are_an_error_and_once_that_is_lowered_a_list() -> None:
    assert front("tags:\n\t- a\n\t- b", expected=("yaml-syntax",)).tags == ("a", "b")


def test_every_value_that_is_no_yaml_is_named_at_once() -> None:
    found = parse_text(PATH, "---\ntitle: A: b\nsummary: C: d\nproject: @e\n---\nWords.\n")
    assert [(each.code, getattr(each.at, "line", 0)) for each in found.findings] == [
        ("yaml-syntax", 2), ("yaml-syntax", 3), ("yaml-syntax", 4),
    ]  # fmt: skip


def test_what_liquid_and_hugo_would_have_run_stays_text_and_is_told() -> None:
    text = "---\ntitle: T\n---\n{% raw %}{{ page.title }}{% endraw %}\n\n{{< youtube x >}}\n"
    read = post(text, expected=("foreign-markup",) * 3)
    assert read.description == "{% raw %}{{ page.title }}{% endraw %}"


def test_octopress_and_its_like_say_much_that_means_nothing_here() -> None:
    read = front(
        "layout: post\ncomments: true\npublished: true\nsharing: true\nfooter: true\nkatex: true\ntop_img:\n"
        "use_math: true\nexcerpt_separator: <!--more-->\nkeywords: a, b\nimage:\ntags: null\nicon: x",
        expected=("unknown-key", "unknown-key", "unknown-key"),
    )
    assert (read.is_draft, read.tags) == (False, ())


def test_a_title_in_brackets_is_an_error_and_once_that_is_lowered_a_title() -> None:
    found = parse_text(PATH, "---\ntitle: [Notes, and more]\n---\nWords.\n")
    assert (only(found).code, only(found).hint) == (
        "bad-value",
        'put it in quotes: title: "[Notes, and more]"',
    )
    assert document(PostDocument, found).title == "Notes, and more"
