"""site.yaml."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogen.model.config import FeedSettings, MenuItem, Publish, ReadingOptions, Section, SiteConfig
from cogen.model.diagnostics import MOST_OF_A_KIND, Diagnostic, Location
from cogen.model.values import Items, Record
from cogen.read.config import parse_config, site_url

ID = "7f0c6a00-0000-4000-8000-000000000000"
LEAST = f"id: {ID}\ntitle: T\nurl: https://example.org/\n"


def parsed(more: str, url: str | None = None) -> tuple[SiteConfig, tuple[Diagnostic, ...]]:
    config, findings = parse_config((LEAST + more).encode(), url)
    assert config is not None
    return config, findings


def only(more: str) -> Diagnostic:
    (found,) = parsed(more)[1]
    return found


def test_every_key_is_read() -> None:
    config, findings = parse_config(
        f"""\
id: {ID.upper()}
title: Made in Lambeth
url: https://Example.org/blog
description: A council.
language: en-GB
timezone: Europe/London
edit_url: https://git.example.org/edit/main/{{path}}
reply_email: mailto:blog@example.org
theme: lambeth
theme_options: {{accent: "#00594c", wide: true}}
menu: [{{label: Projects, url: /projects/}}]
permalink: /{{year}}/{{slug}}/
page_size: 10
feeds: {{formats: [atom, rss], items: 5, content: summary}}
publish: {{authors: no, archive: yearly, projects: false, events: true}}
sections: {{minutes: {{permalink: "/minutes/{{year}}/{{slug}}/", feed: true, title: Minutes of us}}, notes: }}
defaults: {{posts/news: {{tags: [News]}}, /content/events/: {{hidden: true}}}}
markdown: {{dialect: python-markdown, extensions: [abbr]}}
raw_html: false
smart_quotes: false
highlight: false
redirects: both
diagnostics: {{dead-link: warning, missing_alt: off}}
""".encode(),
        None,
    )
    assert findings == ()
    assert config == SiteConfig(
        id=ID,
        title="Made in Lambeth",
        url="https://example.org/blog/",
        description="A council.",
        language="en-GB",
        edit_url="https://git.example.org/edit/main/{path}",
        reply_email="blog@example.org",
        theme="lambeth",
        theme_options=(("accent", "#00594c"), ("wide", True)),
        menu=(MenuItem("Projects", "/projects/"),),
        permalink="/{year}/{slug}/",
        page_size=10,
        feeds=FeedSettings(("atom", "rss"), 5, has_full_content=False),
        publish=Publish(authors=False, archive="yearly", projects=False, events=True),
        sections=(
            Section("minutes", "/minutes/{year}/{slug}/", has_feed=True, title="Minutes of us"),
            Section("notes", ""),
        ),
        redirects="both",
        diagnostics=(("dead-link", "warning"), ("missing-alt", "off")),
        reading=ReadingOptions(
            timezone="Europe/London",
            dialect="python-markdown",
            extensions=("abbr",),
            raw_html=False,
            smart_quotes=False,
            highlight=False,
            sections=("minutes", "notes"),
            defaults=(
                ("posts/news", Record((("tags", Items(("News",))),))),
                ("events", Record((("hidden", True),))),
            ),
        ),
    )


def test_title_and_url_are_enough() -> None:
    config, findings = parsed("")
    assert findings == ()
    assert config == SiteConfig(ID, "T", "https://example.org/")


def test_without_an_id_one_is_derived_from_the_url_of_the_file_and_a_hint_says_so() -> None:
    text = b"title: T\nurl: https://example.org/blog/\n"
    derived = str(uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/blog/"))
    for override in (None, "https://preview.example.net/"):
        config, (hint,) = parse_config(text, override)
        assert config is not None
        assert config.id == derived
        assert hint == Diagnostic(
            "missing-site-id",
            "site.yaml has no id, by which feed readers know the site; one is derived from url",
            Location("site.yaml", 1, 1, 1, "title: T"),
            f"add the line id: {derived}",
        )


def test_the_command_lines_url_replaces_that_of_the_file() -> None:
    config, findings = parsed("", "http://127.0.0.1:8000/preview")
    assert (config.url, config.id, findings) == ("http://127.0.0.1:8000/preview/", ID, ())


def test_a_command_lines_url_that_is_none_is_named() -> None:
    config, (found,) = parse_config(LEAST.encode(), "preview")
    assert config is None
    assert (found.message, found.at) == ('--url "preview" is no address of a site', None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"id: {ID}\nurl: https://example.org/", 'site.yaml needs the key "title"'),
        (f"id: {ID}\ntitle: T", 'site.yaml needs the key "url"'),
        (f"id: {ID}\ntitle: T\nurl: ftp://example.org/", '"ftp://example.org/" is no address of a site'),
        ("- a", "the file must hold the settings of the site: title, url …"),
    ],
)
def test_without_a_usable_title_and_url_there_is_no_site(text: str, message: str) -> None:
    config, (found,) = parse_config(text.encode(), None)
    assert config is None
    assert found.message == message


def test_an_empty_file_names_what_is_missing() -> None:
    config, findings = parse_config(b"", None)
    assert config is None
    assert [found.code for found in findings] == ["missing-key", "missing-key"]


@pytest.mark.parametrize("url", ["", "url: ftp://example.org/\n"])
def test_no_id_is_proposed_that_every_site_without_an_address_would_share(url: str) -> None:
    for own_id in ("", "id: mine\n"):
        _, findings = parse_config(f"title: T\n{url}{own_id}".encode(), None)
        hints = [found.hint for found in findings]
        assert [hint for hint in hints if "-5" in hint] == []
        assert len(findings) == 1 + bool(own_id)
    assert hints[-1] == "mend the url first: then an id is proposed here"


@pytest.mark.parametrize(
    ("line", "code", "column", "length", "message", "hint"),
    [
        ("titel: x", "unknown-key", 1, 5, 'site.yaml has no key "titel"', 'did you mean "title"?'),
        ("id: x", "duplicate-key", 1, 2, 'the key "id" stands twice; it was there already on line 1',
         "delete one of the two"),
        ("timezone: London", "bad-value", 11, 6, '"London" is no time zone', 'did you mean "Europe/London"?'),
        ("language: english", "bad-value", 11, 7, '"english" is no language tag', "write a tag such as en-GB"),
        ("edit_url: https://git.example.org/edit/", "bad-value", 11, 29,
         '"https://git.example.org/edit/" does not say where a file of the site can be changed',
         "write an address with {path} in it, such as https://git.example.org/our/blog/edit/main/{path}"),
        ('reply_email: "us@example.org?cc=all"', "bad-value", 14, 23,
         '"us@example.org?cc=all" is no e-mail address', "write one such as news@example.org"),
        ("page_size: 0", "bad-value", 12, 1, '"page_size" is a whole number from 1 to 1000, and "0" is not', ""),
        ("permalink: /{yaer}/{slug}/", "bad-address", 12, 15, "the permalink of site.yaml has no field {yaer}",
         "its fields are {year}, {month}, {day}, {slug}, {section}"),
        ("permalink: /:year/:title/", "bad-address", 12, 14,
         "the permalink of site.yaml needs {slug}, or all posts would have one address",
         "its fields are {year}, {month}, {day}, {slug}, {section}"),
        ("permalink: /../{slug}/", "bad-address", 12, 11, '"/../{slug}/" gives no address that a page can have',
         "its fields are {year}, {month}, {day}, {slug}, {section}"),
        ("feeds: {formats: [rss, atmo]}", "bad-value", 18, 1,
         'there is no feed format "atmo"; there are rss, atom, json', 'did you mean "atom"?'),
        ("feeds: {content: none}", "bad-value", 18, 4, '"content" cannot be "none"; it is one of full, summary', ""),
        ("redirects: page", "bad-value", 12, 4, '"redirects" cannot be "page"; it is one of pages, rules, both',
         'did you mean "pages"?'),
        ("publish: {archive: weekly}", "bad-value", 20, 6,
         '"archive" cannot be "weekly"; it is one of monthly, yearly, none', ""),
        ("markdown: {dialect: textile}", "bad-value", 21, 7,
         '"dialect" cannot be "textile"; it is one of gfm, python-markdown', ""),
        ("menu: [{label: A}]", "missing-key", 9, 5, 'an item of the menu needs the key "url"', "add a line url: …"),
        ("menu: [{label: A, url: javascript:x}]", "bad-value", 24, 12,
         '"url" is an address of the web, and "javascript:x" is not',
         "start it with https://, http://, mailto: or /"),
        ("sections: {posts: }", "bad-value", 12, 5, '"posts" cannot be the name of a section',
         "write lower-case letters, numbers and hyphens, and none of posts, pages, events, projects, data"),
        ("sections: {a/b: }", "bad-value", 12, 3, '"a/b" cannot be the name of a section',
         "write lower-case letters, numbers and hyphens, and none of posts, pages, events, projects, data"),
        ("sections: {minutes: {feeds: true}}", "unknown-key", 22, 5, 'a section has no key "feeds"',
         'did you mean "feed"?'),
        ("defaults: {posts: News}", "bad-value", 19, 4,
         'the defaults of "posts" are front matter: keys with values', ""),
        ("diagnostics: {dead-lnik: off}", "unknown-key", 15, 9, 'there is no diagnostic "dead-lnik"',
         'did you mean "dead-link"?'),
        ("diagnostics: {dead-link: fatal}", "bad-value", 26, 5,
         '"dead-link" is one of error, warning, hint, off', ""),
        ("diagnostics: {symlink-outside: off}", "bad-value", 15, 15,
         '"symlink-outside" cannot be lowered: the site could not be right', "delete the line"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    line: str, code: str, column: int, length: int, message: str, hint: str
) -> None:
    findings = parse_config((LEAST + line).encode(), None)[1]
    expected = Diagnostic(code, message, Location("site.yaml", 4, column, length, line), hint)
    assert expected in findings
    assert len(findings) == 1 + (line == "id: x")


def test_an_id_that_is_no_uuid_is_an_error() -> None:
    config, (found,) = parse_config(b"id: mine\ntitle: T\nurl: https://example.org/\n", None)
    assert config is not None
    assert found.message == '"mine" is no UUID'
    assert found.at == Location("site.yaml", 1, 5, 4, "id: mine")


def test_everything_wrong_is_said_at_once() -> None:
    assert len(parsed("page_size: x\nlanguage: x y\nfoo: 1\nmenu: 3\n")[1]) == 4


def test_something_is_suggested_for_those_findings_that_are_told() -> None:
    lines = "".join(f"  dead-lnik{number}: off\n" for number in range(MOST_OF_A_KIND + 50))
    findings = parsed(f"diagnostics:\n{lines}")[1]
    assert len(findings) == MOST_OF_A_KIND + 50
    assert sum(bool(found.hint) for found in findings) == MOST_OF_A_KIND


@pytest.mark.parametrize("value", ["false", "none", "No"])
def test_the_archive_can_be_switched_off_in_words_of_ones_own(value: str) -> None:
    assert parsed(f"publish: {{archive: {value}}}")[0].publish.archive == "none"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG:8443/a/b/", "https://example.org:8443/a/b/"),
        ("https://example.org/über uns".replace(" ", "%20"), "https://example.org/%C3%BCber%20uns/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("https://example.org/a.b", "https://example.org/a.b/"),
        ("example.org", None),
        ("//example.org/", None),
        ("javascript:alert(1)", None),
        ("https://user:secret@example.org/", None),
        ("https://example.org/?a=b", None),
        ("https://example.org/#a", None),
        ("https://example.org/../a", None),
        ("https://exa mple.org/", None),
        ("https://[example/", None),
        ("https:///a", None),
        ("https://\ud800/", None),
    ],
)
def test_the_address_of_a_site(text: str, url: str | None) -> None:
    assert site_url(text) == url


@given(st.text())
def test_no_text_makes_the_reader_raise(text: str) -> None:
    assert site_url(text) is None or str(site_url(text)).endswith("/")
    parse_config(text.encode("utf-8", "surrogatepass"), text)
    parse_config((LEAST + text).encode("utf-8", "surrogatepass"), None)


def test_a_markdown_extension_that_is_not_there_is_named() -> None:
    config, (found,) = parsed("markdown: {dialect: python-markdown, extensions: [abbr, wikilynx]}")
    assert config.reading.dialect == "python-markdown"
    assert (found.code, found.message) == ("bad-value", 'the package "markdown" has no extension "wikilynx"')
