"""Posts."""

import pytest
from read.reading import OPTIONS, codes, document, only, parse_text

from cogen.model.body import RichText
from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import MOST_OF_A_KIND, Clue, Diagnostic, Location
from cogen.model.documents import PostDocument
from cogen.model.values import Items, Record
from cogen.read.markdown.summary import MAX_DESCRIPTION
from cogen.read.parsed import Parsed
from cogen.read.schema import LONGEST_ALT, LONGEST_TITLE, MOST_NAMES
from cogen.read.shared_keys import LONGEST_SUMMARY

PATH = "content/posts/2012-05-25-file-name.md"


def parsed(head: str, path: str = PATH, body: str = "Words.\n", options: ReadingOptions = OPTIONS) -> Parsed:
    return parse_text(path, f"---\n{head}\n---\n{body}", options)


def post(head: str, path: str = PATH, options: ReadingOptions = OPTIONS) -> PostDocument:
    found = parsed(f"title: T\n{head}", path, options=options)
    assert found.findings == ()
    return document(PostDocument, found)


def test_every_key_of_a_post_is_read() -> None:
    read = post(
        """date: 2012-05-25 18:30
updated: 2012-06-01
authors: [amara-b, Sam Okafor]
tags: [Design Council Community Projects, Tulse Hill]
summary: One or *two* sentences.
slug: public-services
permalink: /old/place/
aliases: [/2012/old-address/, "http://old.example.org/a%20b.html"]
project: mobile-job-bike
image: bike.jpg
image_alt: A cargo bike with a coffee urn
guid: "tag:example.org,2012:1"
draft: yes
publish_date: 2012-05-26
expires: 2013-01-01
hidden: true
lang: pt-BR
template: wide.html
extra: {mood: hopeful, count: 3, wet: true, none: ~, list: [1, "2"]}"""
    )
    assert (read.path, read.identity, read.section) == (PATH, "posts/2012-05-25-file-name", "posts")
    assert (read.title, read.slug, read.date.iso) == ("T", "public-services", "2012-05-25T18:30:00+01:00")
    assert read.updated is not None
    assert read.updated.machine == "2012-06-01"
    assert read.publish_at is not None
    assert read.publish_at.machine == "2012-05-26"
    assert read.expires_at is not None
    assert read.expires_at.machine == "2013-01-01"
    assert read.authors == ("amara-b", "Sam Okafor")
    assert read.tags == ("Design Council Community Projects", "Tulse Hill")
    assert isinstance(read.summary, RichText)
    assert read.description == "One or two sentences."
    assert (read.permalink, read.aliases) == ("/old/place/", ("/2012/old-address/", "/a b.html"))
    assert (read.project, read.guid) == ("mobile-job-bike", "tag:example.org,2012:1")
    assert (read.image, read.image_alt) == ("bike.jpg", "A cargo bike with a coffee urn")
    assert (read.is_draft, read.is_hidden, read.language, read.template) == (True, True, "pt-BR", "wide.html")
    assert read.extra == Record(
        (("mood", "hopeful"), ("count", 3), ("wet", True), ("none", None), ("list", Items((1, "2"))))
    )


@pytest.mark.parametrize(
    ("foreign", "native"),
    [
        ("lastmod: 2012-06-01", "updated: 2012-06-01"),
        ("last_modified_at: 2012-06-01", "updated: 2012-06-01"),
        ("Modified: 2012-06-01", "updated: 2012-06-01"),
        ("excerpt: words", "summary: words"),
        ("description: words", "summary: words"),
        ("desc: words", "summary: words"),
        ("redirect_from: [/a/, /b/]", "aliases: [/a/, /b/]"),
        ("redirect_from: /a/", "aliases: [/a/]"),
        ("author: Sam", "authors: [Sam]"),
        ("author: {name: Sam, email: x}", "authors: [Sam]"),
        ("Authors: Sam, amara-b", "authors: [Sam, amara-b]"),
        ("tags: one tag", "tags: [one tag]"),
        ("tags: a, b ,, c", "tags: [a, b, c]"),
        ("category: News", "tags: [News]"),
        ("tags: [a]\ncategories: [b, A, c]", "tags: [a, b, c]"),
        ("expiryDate: 2013-01-01", "expires: 2013-01-01"),
        ("publishDate: 2013-01-01", "publish_date: 2013-01-01"),
        ("published: false", "draft: true"),
        ("published: true", "draft: false"),
        ("published: 2012-05-25 10:00", "date: 2012-05-25 10:00"),
        ("Status: draft", "draft: true"),
        ("Status: Hidden", "hidden: true"),
        ("status: published", "draft: false"),
        ("unlisted: true", "hidden: true"),
        ("url: /a/", "permalink: /a/"),
        ("language: fr", "lang: fr"),
        ("featured_image: a.jpg", "image: a.jpg"),
        ("cover: {image: a.jpg, alt: A}", "image: a.jpg\nimage_alt: A"),
        ("image: {path: a.jpg, alt: A}", "image: a.jpg\nimage_alt: A"),
        ("params: {a: b}", "extra: {a: b}"),
        ("layout: post\ntype: x\ncomments: true\nweight: 3\nmath: true\ntoc: yes", "draft: false"),
        ("TAGS: [a]\nDraft: ON", "tags: [a]\ndraft: 1"),
    ],
)
def test_the_keys_of_other_generators_mean_the_same(foreign: str, native: str) -> None:
    assert post(foreign) == post(native)


@pytest.mark.parametrize(
    ("head", "line", "length", "message"),
    [
        ("updated: 2012-06-01\nlastmod: 2013-01-01", 4, 7,
         '"lastmod" and "updated" say the same thing, and "updated" counts'),
        ("lastmod: 2013-01-01\nupdated: 2012-06-01", 3, 7,
         '"lastmod" and "updated" say the same thing, and "updated" counts'),
        ("modified: 2012-06-01\nlastmod: 2013-01-01", 4, 7,
         '"lastmod" and "modified" say the same thing, and "modified" counts'),
    ],
)  # fmt: skip
def test_the_native_key_wins_over_its_synonym_with_a_warning(
    head: str, line: int, length: int, message: str
) -> None:
    found = parsed(f"title: T\n{head}")
    read = document(PostDocument, found)
    assert read.updated is not None
    assert read.updated.machine == "2012-06-01"
    excerpt = head.split("\n")[line - 3]
    at = Location(PATH, line, 1, length, excerpt)
    assert only(found) == Diagnostic("shadowed-key", message, at, 'delete "lastmod"')


def test_a_key_in_two_letter_cases_stands_twice() -> None:
    found = only(parsed("Title: A\ntitle: B"))
    message = 'the key "title" stands twice; it was there already on line 2'
    assert (found.code, found.message) == ("duplicate-key", message)


def test_an_unknown_key_is_a_warning_with_the_nearest_name() -> None:
    assert only(parsed("title: T\nupdatd: 2012")) == Diagnostic(
        "unknown-key",
        'a post has no key "updatd"',
        Location(PATH, 3, 1, 6, "updatd: 2012"),
        'did you mean "updated"?',
    )
    assert only(parsed("title: T\nzebra: x")).hint == ""


@pytest.mark.parametrize(
    ("head", "code", "column", "length", "message"),
    [
        ("draft: maybe", "bad-value", 8, 5, '"draft" is true or false, and "maybe" is neither'),
        ("authors: [{role: a}]", "bad-value", 11, 1, '"authors" takes names, not keys with values'),
        ("guid: [a]", "bad-value", 7, 1, '"guid" takes one value, not a list'),
        ("extra: x", "bad-value", 8, 1, '"extra" takes keys with values, not one value'),
        ("lang: english", "bad-value", 7, 7, '"english" is no language tag'),
        ("status: gone", "bad-value", 9, 4,
         ('"status" cannot be "gone"; it is one of '
          "published, publish, featured, future, draft, pending, private, hidden")),
        ("image: javascript:alert(1)", "bad-value", 8, 19, '"javascript:alert(1)" is no address of a picture'),
        ("updated: 01/06/2012", "bad-date", 10, 10,
         '"01/06/2012" is not a date as cogen reads it: a date is written YYYY-MM-DD or YYYY-MM-DD HH:MM'),
        ("slug: a/../b", "bad-address", 7, 6, '"a/../b" is no slug, which is one part of an address'),
        ("slug: '!!'", "bad-address", 7, 4, '"!!" is no slug, which is one part of an address'),
        ("permalink: /../etc/", "bad-address", 12, 8, '"/../etc/" is no address that a page can have'),
        ("aliases: [/%2e%2e/a]", "bad-address", 11, 9, '"/%2e%2e/a" is no address that a page can have'),
        ("aliases: [{a: b}]", "bad-value", 11, 1, '"aliases" takes a list of addresses'),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_left_out_and_named(
    head: str, code: str, column: int, length: int, message: str
) -> None:
    found = parsed(f"title: T\n{head}")
    finding = only(found)
    assert (finding.code, finding.message) == (code, message)
    assert finding.at == Location(PATH, 3, column, length, head)
    assert document(PostDocument, found) == post("draft: false")


def test_a_time_of_its_own_is_joined_to_the_date() -> None:
    assert post("date: 2012-05-25\ntime: 18:30").date.iso == "2012-05-25T18:30:00+01:00"
    assert post("time: 18:30").date.iso == "2012-05-25T18:30:00+01:00"
    assert post("date: 2012-05-25 10:00\ntime: 18:30").date.iso == "2012-05-25T10:00:00+01:00"


def test_a_time_that_is_none_is_named_and_the_day_stays() -> None:
    found = parsed("title: T\ndate: 2012-05-25\ntime: half past six")
    assert document(PostDocument, found).date.machine == "2012-05-25"
    assert only(found).message == '"half past six" is no time of day'


def test_the_date_and_slug_come_from_the_name_of_the_file_or_its_folder() -> None:
    for path in (PATH, "content/posts/x/2012-05-25-file-name/index.md"):
        read = post("", path)
        assert (read.date.machine, read.slug) == ("2012-05-25", "file-name")


def test_the_front_matter_wins_over_the_name_with_a_hint() -> None:
    found = parsed("title: T\ndate: 2012-05-24 23:30")
    assert document(PostDocument, found).date.machine == "2012-05-24T23:30:00+01:00"
    message = "the front matter says 2012-05-24, and the file's name says 2012-05-25; the former counts"
    at = Location(PATH, 3, 7, 16, "date: 2012-05-24 23:30")
    hint = "rename the file, or change the date, so that they agree"
    assert only(found) == Diagnostic("date-mismatch", message, at, hint)


def test_a_post_without_a_date_is_an_error_and_counts_as_1970() -> None:
    found = parsed("title: T", "content/posts/hello.md")
    assert document(PostDocument, found).date.machine == "1970-01-01"
    assert only(found) == Diagnostic(
        "missing-date",
        "a post needs a date, and neither its front matter nor its name has one",
        Location("content/posts/hello.md", 1, 1, 1, "---"),
        "add a line such as date: 2012-05-25, or let the file's name start with 2012-05-25-",
    )


@pytest.mark.parametrize("key", ["draft: true", "published: false", "status: draft"])
def test_a_draft_may_wait_for_its_date(key: str) -> None:
    found = parsed(f"title: T\n{key}", "content/posts/hello.md")
    assert (document(PostDocument, found).is_draft, codes(found)) == (True, [])


def test_a_date_that_is_none_is_named_once() -> None:
    assert codes(parsed("title: T\ndate: 0001-01-01", "content/posts/hello.md")) == ["bad-date"]


@pytest.mark.parametrize(
    ("written", "title"),
    [("no", "no"), ("2012", "2012"), ('"Tulse Hill:  update"', "Tulse Hill: update"), ("Q&amp;A", "Q&A"),
     ("1 < 2 & 3", "1 < 2 & 3"), ("\u00a0Mentoring\u200b ", "Mentoring")],
)  # fmt: skip
def test_a_title_is_plain_text(written: str, title: str) -> None:
    found = parsed(f"title: {written}")
    assert found.findings == ()
    assert document(PostDocument, found).title == title


def test_a_title_with_a_character_reference_of_any_length_is_no_error() -> None:
    found = parsed(f"title: 'a &#{'9' * 5000};'\ndate: 2012-05-25")
    assert document(PostDocument, found).title == "a \ufffd"


def test_a_title_with_tags_is_stripped_with_a_hint() -> None:
    found = parsed("title: The <em>big</em> day")
    assert document(PostDocument, found).title == "The big day"
    assert only(found) == Diagnostic(
        "title-markup",
        "the title holds HTML, and a title is plain text; the tags were left out",
        Location(PATH, 2, 8, 20, "title: The <em>big</em> day"),
        "write title: The big day",
    )


def test_without_a_title_the_first_heading_and_then_the_name_serves() -> None:
    headed = parse_text(PATH, "# Kick-off\n\nWords.\n")
    assert document(PostDocument, headed).title == "Kick-off"
    assert only(headed).message == 'a post has no title; its first heading serves: "Kick-off"'
    bare = parse_text(PATH, "Words.\n")
    assert document(PostDocument, bare).title == "File name"
    assert only(bare) == Diagnostic(
        "missing-title",
        'a post has no title; its file\'s name serves: "File name"',
        Location(PATH, 1, 1, 1, "Words."),
        "add a line title: … to the front matter",
    )


@pytest.mark.parametrize("slug", ["''", '" "', "", "~"])
def test_a_slug_that_says_nothing_is_none(slug: str) -> None:
    found = parse_text("content/posts/2012-05-25-hello.md", f"---\ntitle: T\nslug: {slug}\n---\nWords.\n")
    assert codes(found) == []
    assert document(PostDocument, found).slug == "hello"


def test_the_slug_falls_back_from_key_to_name_to_title() -> None:
    assert post("slug: 2012-10-24").slug == "2012-10-24"
    assert post("slug: Ünser Fest").slug == "unser-fest"
    assert post("", "content/posts/2012-05-25.md").slug == "t"
    assert post("slug: con").slug == "con-"


def test_tags_drop_invisible_characters_empties_and_repeats() -> None:
    read = post('tags: ["Mentoring", "Mentoring ", "mentoring", "", "A\u00a0b\u200b", ~, "été", "ete"]')
    assert read.tags == ("Mentoring", "A b", "été")


def test_a_picture_without_words_and_one_declared_decorative_differ() -> None:
    assert post("image: a.jpg").image_alt is None
    assert post("image: a.jpg\nimage_alt:").image_alt is None
    assert post('image: a.jpg\nimage_alt: ""').image_alt == ""


def test_a_post_of_a_section_knows_it() -> None:
    read = post("", "content/minutes/2012-05-25-a.md")
    assert (read.section, read.identity) == ("minutes", "minutes/2012-05-25-a")


def test_the_folder_gives_what_the_post_leaves_out_and_the_nearest_folder_counts() -> None:
    options = ReadingOptions(
        defaults=(
            ("posts/news", Record((("Tags", Items(("News",))), ("category", "Council")))),
            ("posts", Record((("tags", Items(("All",))), ("author", "Sam"), ("draft", True)))),
            ("events", Record((("tags", Items(("Events",))),))),
        )
    )
    near = post("draft: false", "content/posts/news/2012-05-25-a.md", options)
    assert (near.tags, near.authors, near.is_draft) == (("News", "Council"), ("Sam",), False)
    far = post("authors: [amara-b]", "content/posts/newsroom/2012-05-25-a.md", options)
    assert (far.tags, far.authors, far.is_draft) == (("All",), ("amara-b",), True)


def test_a_wrong_default_is_blamed_on_site_yaml() -> None:
    options = ReadingOptions(defaults=(("posts", Record((("draft", "perhaps"),))),))
    found = only(parsed("title: T", options=options))
    assert found.at == Clue("site.yaml", "defaults", "perhaps")


def test_all_findings_of_a_post_come_at_once() -> None:
    found = parsed("titel: T\ndraft: maybe\ndate: 22/11/2026\nslug: ..", "content/posts/a.md")
    assert sorted(codes(found)) == ["bad-address", "bad-date", "bad-value", "missing-title", "unknown-key"]
    assert found.document is not None


def test_equal_bodies_have_equal_digests_and_other_bodies_others() -> None:
    one, two, other = (
        document(PostDocument, parsed("title: T", body=body)) for body in ("a\n", "a\n", "b\n")
    )
    assert one.body.digest == two.body.digest != other.body.digest


def test_a_long_summary_is_cut_at_a_word_for_its_description() -> None:
    description = post("summary: " + "word " * 100).description
    assert len(description) <= 301
    assert description.endswith("word…")


@pytest.mark.parametrize("head", ["a\ntitle: b", "- x", "title: a\n  date: 2012: 5"])
def test_front_matter_that_cannot_be_understood_leaves_no_document(head: str) -> None:
    found = parsed(head)
    assert found.document is None
    assert len(found.findings) == 1


def test_a_key_that_means_nothing_here_is_never_suggested() -> None:
    assert only(parsed("title: T\nweigth: 3")).hint == ""


@pytest.mark.parametrize("key", ["date", "draft", "hidden"])
def test_curly_quotes_around_a_value_are_named(key: str) -> None:
    parsed = parse_text(
        "content/posts/2012-05-25-a.md", f"---\ntitle: x\n{key}: \u201c2012-05-25\u201d\n---\n"
    )
    assert "curly quotes are no quotes for YAML: write 2012-05-25" in [
        found.hint for found in parsed.findings
    ]


@pytest.mark.parametrize(
    ("key", "what", "longest"),
    [("title", "title", LONGEST_TITLE), ("image_alt", "description of a picture", LONGEST_ALT)],
)
def test_what_stands_in_all_lists_has_a_longest_length(key: str, what: str, longest: int) -> None:
    head = "date: 2012-05-25\ntitle: T\nimage: a.jpg\n" if key != "title" else "date: 2012-05-25\n"
    at_the_limit = parsed(f"{head}{key}: {'x' * longest}")
    assert at_the_limit.findings == ()
    assert getattr(document(PostDocument, at_the_limit), key) == "x" * longest
    beyond = parsed(f"{head}{key}: {'x' * (longest + 1)}")
    found = only(beyond)
    assert (found.code, found.message) == (
        "too-complex",
        f"this {what} has {longest + 1:,} characters, more than {longest:,}",
    )
    assert getattr(document(PostDocument, beyond), key) == "x" * longest


@pytest.mark.parametrize("where", ["summary: {}\n---\nB.\n", "---\n{}\n\nB.\n", "---\n{}\n<!--more-->\nB.\n"])
def test_a_very_long_summary_is_cut_in_lists(where: str) -> None:
    def summary(length: int) -> str:
        text = f"---\ntitle: T\ndate: 2012-05-25\n{where.format('a & b ' * (length // 10))}"
        return "".join(document(PostDocument, parse_text(PATH, text)).summary.parts)

    assert len(summary(LONGEST_SUMMARY - 100)) > LONGEST_SUMMARY - 500
    short = summary(LONGEST_SUMMARY + 100)
    assert short.startswith("a &amp; b a")
    assert short.endswith("…")
    assert len(short) < 2 * MAX_DESCRIPTION


@pytest.mark.parametrize("key", ["tags", "authors", "aliases"])
def test_of_what_makes_files_a_post_may_have_so_many(key: str) -> None:
    names = [f"/n{number}/" if key == "aliases" else f"n{number}" for number in range(MOST_NAMES + 1)]
    at_the_limit = getattr(post(f"date: 2012-05-25\n{key}: [{', '.join(names[:-1])}]"), key)
    assert len(at_the_limit) == MOST_NAMES
    beyond = parsed(f"title: T\ndate: 2012-05-25\n{key}: [{', '.join(names)}]")
    found = only(beyond)
    assert (found.code, found.message) == ("too-complex", f'a post has 201 under "{key}", more than 200')
    assert isinstance(found.at, Location)
    assert found.at.line == 4
    assert len(getattr(document(PostDocument, beyond), key)) == MOST_NAMES


def test_only_the_first_unknown_keys_of_many_get_a_suggestion() -> None:
    found = parsed("title: T\ndate: 2012-05-25\n" + "".join(f"summary{n}: x\n" for n in range(300))).findings
    assert len(found) == 300
    assert [bool(each.hint) for each in found] == [True] * MOST_OF_A_KIND + [False] * (300 - MOST_OF_A_KIND)
