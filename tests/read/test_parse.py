"""One file to one document, whatever it holds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cogen.model.codes import CODES
from cogen.model.config import ReadingOptions
from cogen.model.documents import PostDocument
from cogen.read.parse import parse
from cogen.read.parsed import Parsed
from cogen.read.synonyms import (
    EVENT_KEYS,
    IGNORED_KEYS,
    PAGE_KEYS,
    POST_KEYS,
    SPECIAL_SYNONYMS,
    SYNONYMS,
    spellings_of,
)

OPTIONS = ReadingOptions(timezone="Europe/London")
PATHS = st.sampled_from(
    ["content/posts/2012-05-25-a.md", "content/pages/a.md", "content/events/a.md", "content/people.yaml",
     "content/tags.yaml", "content/projects/a.yaml", "content/data/a.yaml", "content/a.md"]
)  # fmt: skip
KEYS = st.sampled_from(
    [
        *sorted({*POST_KEYS, *EVENT_KEYS, *(each.foreign for each in (*SYNONYMS, *SPECIAL_SYNONYMS))}),
        *("projects", "columns", "started", "name", "due", "zebra"),
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        ["2012-05-25", "true", "[a, b]", "{a: b}", "~", "- x", '"x', "| x", "[[1]]", "{name: [x]}", "&a x"]
    ),
    st.text("ab:[]{}'\"#,-/.% \t\u00a0é🎉\x00", max_size=12),
)
FRONT_MATTER = st.lists(st.tuples(KEYS, VALUES), max_size=6).map(
    lambda pairs: "".join(f"{key}: {value}\n" for key, value in pairs)
)
FENCES = st.sampled_from(["---\n", "+++\n", "", "\ufeff\r\n---\r\n"])


@given(PATHS, st.binary(max_size=200))
def test_no_bytes_raise(path: str, data: bytes) -> None:
    assert all(found.code in CODES for found in parse(path, data, OPTIONS).findings)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(PATHS, FENCES, FRONT_MATTER, st.text(max_size=40))
def test_no_front_matter_raises_and_every_finding_has_a_place(
    path: str, fence: str, head: str, body: str
) -> None:
    data = f"{fence}{head}{fence}{body}".encode("utf-8", "surrogatepass")
    parsed = parse(path, data, OPTIONS)
    assert parsed == parse(path, data, OPTIONS)
    assert all(found.at is not None and found.at.path == path for found in parsed.findings)
    assert parsed.document is not None or parsed.findings


@pytest.mark.parametrize("path", ["content/bike.jpg", "content/.git/x.md", "content/posts/a.md~"])
def test_what_is_no_text_of_ours_gives_nothing(path: str) -> None:
    assert parse(path, b"\xff", OPTIONS) == Parsed(None)


def test_a_misplaced_file_gives_one_finding() -> None:
    parsed = parse("content/notes/a.md", b"words", OPTIONS)
    assert parsed.document is None
    assert [found.code for found in parsed.findings] == ["misplaced-file"]


def test_a_file_in_an_old_encoding_is_read_with_an_error() -> None:
    parsed = parse("content/posts/2012-05-25-a.md", "---\ntitle: Caf\xe9\n---\n".encode("latin-1"), OPTIONS)
    assert isinstance(parsed.document, PostDocument)
    assert parsed.document.title == "Café"
    assert [found.code for found in parsed.findings] == ["not-utf8"]


def test_a_file_with_every_oddity_of_an_editor_is_read() -> None:
    data = b"\xef\xbb\xbf\r\n---\r\nTitle: T\r\nTags: [a]\r\n---  \r\nWords.\r\n"
    parsed = parse("content/posts/2012-05-25-a.MD", data, OPTIONS)
    assert isinstance(parsed.document, PostDocument)
    assert (parsed.document.title, parsed.document.tags, parsed.findings) == ("T", ("a",), ())


def test_the_body_knows_its_lines() -> None:
    data = b"---\ntitle: T\n---\n\n::no-such-thing{a=1}\n"
    parsed = parse("content/posts/2012-05-25-a.md", data, OPTIONS)
    assert isinstance(parsed.document, PostDocument)
    (hole,) = parsed.document.body.holes
    assert getattr(hole, "line", 0) == 5
    assert len(parsed.parts) == 2


@pytest.mark.parametrize("keys", [POST_KEYS, PAGE_KEYS, EVENT_KEYS])
def test_every_key_of_a_kind_is_known_to_its_reader(keys: tuple[str, ...]) -> None:
    path = {
        POST_KEYS: "content/posts/a.md",
        PAGE_KEYS: "content/pages/a.md",
        EVENT_KEYS: "content/events/a.md",
    }[keys]
    head = "".join(f"{key}:\n" for key in keys if key not in {"start", "date"})
    data = f"---\n{head}start: 2012-05-25\ndate: 2012-05-25\n---\n".encode()
    unknown = [found.message for found in parse(path, data, OPTIONS).findings if found.code == "unknown-key"]
    assert unknown == (
        [] if "start" in keys else [f'a {"page" if keys is PAGE_KEYS else "post"} has no key "start"']
    )


def test_no_key_is_both_understood_and_ignored() -> None:
    understood = {*POST_KEYS, *EVENT_KEYS, *(each.foreign for each in (*SYNONYMS, *SPECIAL_SYNONYMS))}
    assert understood.isdisjoint(IGNORED_KEYS)
    assert len({each.foreign for each in SYNONYMS}) == len(SYNONYMS)


def test_every_spelling_of_a_key_is_known() -> None:
    assert spellings_of("authors") == {"authors", "author"}
    assert spellings_of("tags") == {"tags", "tag", "category", "categories", "taxonomies", "taxonomy"}
