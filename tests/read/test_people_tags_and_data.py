"""people.yaml, tags.yaml and data files."""

import pytest
from read.reading import document, only, parse_text

from cogen.model.diagnostics import Diagnostic, Location
from cogen.model.documents import Contact, DataDocument, PeopleDocument, TagsDocument
from cogen.model.values import Items, Record
from cogen.read.schema import LONGEST_NAME

PEOPLE, TAGS, DATA = "content/people.yaml", "content/tags.yaml", "content/data/venues.yaml"


def test_a_person_is_read() -> None:
    found = parse_text(
        PEOPLE,
        """amara-b: {name: Amara B., role: Project lead, bio: "Words in *Markdown*.", image: /people/amara.jpg,
  url: https://example.org/amara, contact: {email: bike@example.org, phone: 020 7946 0002, public: true}}
sam: Sam Okafor
""",
    )
    assert found.findings == ()
    amara, sam = document(PeopleDocument, found).people
    assert (amara.key, amara.name, amara.slug, amara.role) == (
        "amara-b",
        "Amara B.",
        "amara-b",
        "Project lead",
    )
    assert "Markdown" in "".join(amara.bio.parts)
    assert (amara.image, amara.url) == ("people/amara.jpg", "https://example.org/amara")
    assert amara.contact == Contact("bike@example.org", "020 7946 0002", is_public=True)
    assert (sam.key, sam.name, sam.slug) == ("sam", "Sam Okafor", "sam")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (PEOPLE, "{}: A\n"),
        (PEOPLE, "a: {}\n"),
        (PEOPLE, "a: {{name: {}}}\n"),
        (TAGS, "{}: {{slug: a}}\n"),
        (TAGS, "a: {{aliases: [b, {}]}}\n"),
        ("content/posts/2012-01-01-a.md", "---\ntitle: A\ntags: b, {}, c\n---\n"),
        ("content/posts/2012-01-01-a.md", "---\ntitle: A\nauthors: [{{name: {}}}]\n---\n"),
        ("content/projects/a.yaml", "title: A\ntag: {}\n"),
        ("content/projects/a.yaml", "title: A\nprojects: [{{name: {}, id: b}}]\n"),
        ("content/projects/a.yaml", "title: A\nprojects: [{{name: B, leads: {}}}]\n"),
        (
            "content/events/a.md",
            "---\ntitle: A\nstart: 2012-01-01\nagenda: [{{title: A, speaker: {}}}]\n---\n",
        ),
    ],
)
def test_a_name_has_a_longest_length(path: str, text: str) -> None:
    assert "too-complex" not in {
        found.code for found in parse_text(path, text.format("n" * LONGEST_NAME)).findings
    }
    beyond = parse_text(path, text.format("n" * (LONGEST_NAME + 50)))
    [found] = [found for found in beyond.findings if found.code == "too-complex"]
    assert found.message == "this name has 250 characters, more than 200"
    assert isinstance(found.at, Location)
    assert "n" * (LONGEST_NAME + 1) not in repr(beyond.document)
    assert "n" * LONGEST_NAME in repr(beyond.document)


def test_a_contact_is_not_public_unless_the_content_says_so() -> None:
    found = parse_text(PEOPLE, "a: {name: A, contact: {email: a@example.org}}")
    assert not document(PeopleDocument, found).people[0].contact.is_public


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("a: {role: x}", "missing-key", 'a person needs the key "name"'),
        ("a: {name: A, rôle: x}", "unknown-key", 'a person has no key "rôle"'),
        (
            "a: {name: A, url: javascript:x}",
            "bad-value",
            '"url" is an address of the web, and "javascript:x" is not',
        ),
        ("a: [x]", "bad-value", '"a" takes a person: keys with values'),
        ("a:", "bad-value", '"a" takes a person: keys with values'),
    ],
)
def test_what_is_wrong_with_a_person_is_said_and_the_person_stays(text: str, code: str, message: str) -> None:
    found = parse_text(PEOPLE, text)
    assert (only(found).code, only(found).message) == (code, message)
    assert [person.key for person in document(PeopleDocument, found).people] == ["a"]


def test_a_person_twice_is_an_error() -> None:
    found = only(parse_text(PEOPLE, "a: A\na: B\n"))
    assert found.at == Location(PEOPLE, 2, 1, 1, "a: B")


def test_a_tag_is_read_and_every_key_is_optional() -> None:
    found = parse_text(
        TAGS,
        "Design Council: {slug: dc, description: Nine *small* projects., aliases: [Projects, DC]}\n"
        "Tulse Hill:\n2012: {}\n",
    )
    assert found.findings == ()
    council, hill, year = document(TagsDocument, found).tags
    assert (council.label, council.slug, council.aliases) == ("Design Council", "dc", ("Projects", "DC"))
    assert "small" in "".join(council.description.parts)
    assert (hill.label, hill.slug) == ("Tulse Hill", "tulse-hill")
    assert year.label == "2012"


def test_a_tag_that_is_no_mapping_is_named() -> None:
    assert only(parse_text(TAGS, "Tulse Hill: a place")) == Diagnostic(
        "bad-value",
        'the tag "Tulse Hill" takes keys with values',
        Location(TAGS, 1, 13, 7, "Tulse Hill: a place"),
        "write {description: …}",
    )


@pytest.mark.parametrize("path", [PEOPLE, TAGS])
def test_an_empty_file_is_fine(path: str) -> None:
    found = parse_text(path, "# nothing yet\n")
    assert found.document is not None
    assert found.findings == ()


def test_free_values_are_what_they_look_like_and_nothing_more() -> None:
    found = parse_text(
        DATA,
        "a: true\nb: no\nc: 12\nd: -3\ne: 012\nf: +1\ng: 1.5\nh: '12'\ni: ~\nj:\nk: 18:30\nl: [1, {m: x}]\nn: null\n"
        "o: 2012-05-25\np: " + "9" * 30,
    )
    assert found.findings == ()
    data = document(DataDocument, found)
    assert data.identity == "data/venues.yaml"
    assert data.value == Record(
        (
            ("a", True), ("b", "no"), ("c", 12), ("d", -3), ("e", "012"), ("f", "+1"), ("g", "1.5"), ("h", "12"),
            ("i", None), ("j", None), ("k", "18:30"), ("l", Items((1, Record((("m", "x"),))))), ("n", None),
            ("o", "2012-05-25"), ("p", "9" * 30),
        )
    )  # fmt: skip


def test_a_data_file_may_be_a_list_or_empty() -> None:
    assert document(DataDocument, parse_text(DATA, "- 1\n- b")).value == Items((1, "b"))
    assert document(DataDocument, parse_text(DATA, "")).value is None


def test_a_broken_data_file_leaves_no_document() -> None:
    found = parse_text(DATA, "a: [b")
    assert found.document is None
    assert only(found).code == "yaml-syntax"
