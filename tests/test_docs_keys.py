"""The documentation of site.yaml and of front matter names every key that is read, and no other."""

import math
import re
import typing
from collections.abc import Mapping, Sequence

import pytest
from documentation import (
    accepted,
    candidates,
    code,
    commons,
    indented,
    keys_of,
    spans_below,
    table_of,
    tables_of,
    word,
)

from cogen.assemble import bodies
from cogen.model.config import ReadingOptions, SiteConfig
from cogen.model.diagnostics import Diagnostic
from cogen.model.documents import EventStatus, Status
from cogen.model.slugs import MAX_SLUG_LENGTH
from cogen.model.urls import LONGEST_ADDRESS, PERMALINK_FIELDS
from cogen.read import front_matter, programmes, schema
from cogen.read.config import parse_config
from cogen.read.config_languages import MOST_LANGUAGES
from cogen.read.dates import EARLIEST_YEAR, BadDate, parse_moment
from cogen.read.markdown import expansion, highlight, limits, slow_limits
from cogen.read.markdown.summary import MAX_DESCRIPTION
from cogen.read.parse import parse
from cogen.read.shared_keys import LONGEST_SUMMARY
from cogen.read.synonyms import IGNORED_KEYS, SPECIAL_SYNONYMS, SYNONYMS
from cogen.read.text import MAX_TEXT_BYTES
from cogen.read.yaml import MAX_DEPTH, MAX_MARKS, MOST_DIRECTIVES
from cogen.render.feed_parts import LONGEST_ENTRY

SITE = "title: T\nurl: https://t.example/\nid: 5d8f0c1a-7e42-4b0e-8d59-2b6c1f3a9e70"
SETTINGS: Mapping[str, str] = {
    "Key": "{keys}",
    "Key of `languages`": "languages:\n es:{keys}",
    "Key of `menu`": "menu:\n-{keys}",
    "Key of `hosting`": "hosting:{keys}",
    "Key of `pictures`": "pictures:{keys}",
    "Key of `share_pictures`": "share_pictures:{keys}",
    "Key of `feeds`": "feeds:{keys}",
    "Key of `publish`": "publish:{keys}",
    "Key of a section": "sections:\n minutes:{keys}",
    "Key of `markdown`": "markdown:{keys}",
}
"""Header of a table → where its keys stand in site.yaml."""


@pytest.mark.parametrize("header", SETTINGS)
def test_every_key_of_site_yaml_is_described(header: str) -> None:
    described = keys_of("settings", header)
    depth = "" if header == "Key" else "  "

    def read_keys(keys: str) -> tuple[Diagnostic, ...]:
        return parse_config(SETTINGS[header].format(keys=indented(keys, depth)).encode(), None)[1]

    assert accepted(read_keys, candidates(described)) == set(described)


def settings_rows(column: str) -> list[tuple[str, str, str]]:
    """Give header, key and value of every row of settings.md that has a value in a column."""
    found = []
    for header in SETTINGS:
        for table in tables_of("settings", header):
            for row in table.rows if column in table.header else ():
                found += [(header, word(row[0]), value) for value in code(row[table.column(column)])]
    return found


def config_with(header: str, key: str, value: str) -> tuple[SiteConfig | None, Sequence[Diagnostic]]:
    """Read site.yaml with a key as the documentation has it."""
    depth = "" if header == "Key" else "  "
    own = SETTINGS[header].format(keys=f"\n{depth}{key}: {value}" if key else f"\n{depth}{{}}")
    lines = [line for line in SITE.splitlines() if header != "Key" or not line.startswith(f"{key}:")]
    return parse_config("\n".join((*lines, "" if own.strip() == "{}" else own, "")).encode(), None)


@pytest.mark.parametrize(("header", "key", "value"), settings_rows("Default"))
def test_writing_a_default_down_changes_nothing(header: str, key: str, value: str) -> None:
    config, findings = config_with(header, key, value)
    assert (config, tuple(findings)) == config_with(header, "", "")


@pytest.mark.parametrize(("header", "key", "value"), settings_rows("Example"))
def test_the_example_of_a_setting_is_understood_and_says_something_else(
    header: str, key: str, value: str
) -> None:
    config, findings = config_with(header, key, value)
    assert not findings
    assert config != config_with(header, "", "")[0]


def test_the_fields_of_a_permalink_are_described() -> None:
    [row] = [row for row in tables_of("settings", "Key")[2].rows if word(row[0]) == "permalink"]
    assert [each for each in dict.fromkeys(code(row[1])) if each[0] == "{"] == [
        f"{{{n}}}" for n in PERMALINK_FIELDS
    ]


def test_every_option_of_commons_is_described_with_its_type_and_default() -> None:
    described = {word(row[0]): (row[1], code(row[2])) for row in table_of("settings", "Option").rows}
    assert described == {
        option.name: (option.type, _shown_default(option.value)) for option in commons().options
    }


def _shown_default(value: object) -> list[str]:
    return [str(value).lower() if isinstance(value, bool) else str(value)] if value != "" else []


# ---- front matter -------------------------------------------------------------------------------------------

KINDS: Mapping[str, tuple[str, str]] = {
    "posts": ("content/posts/a.md", "date: 2012-05-25"),
    "pages": ("content/pages/a.md", ""),
    "events": ("content/events/a.md", "start: 2012-05-25"),
}
FOREIGN = {each.foreign: each.native for each in (*SYNONYMS, *SPECIAL_SYNONYMS)}


def native_keys(kind: str) -> set[str]:
    rows = table_of("writing", "Key", "In").rows
    assert all(row[1] == "all" or set(row[1].split(", ")) <= set(KINDS) for row in rows)
    return {word(row[0]) for row in rows if row[1] == "all" or kind in row[1].split(", ")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_front_matter_is_described(kind: str) -> None:
    path, needed = KINDS[kind]
    natives = native_keys(kind)
    own = needed.partition(":")[0]

    def read_keys(keys: str) -> tuple[Diagnostic, ...]:
        text = f"---\n{needed}{keys}\n---\n"
        return parse(path, text.encode(), ReadingOptions()).findings

    words = candidates((*natives, *FOREIGN, *IGNORED_KEYS)) - {own, "date" if kind == "events" else own}
    understood = {key for key, native in FOREIGN.items() if native in natives}
    described = (natives | understood | set(IGNORED_KEYS)) & words
    assert accepted(read_keys, words) == described


def test_every_synonym_is_listed_with_what_it_stands_for_and_whose_it_is() -> None:
    described = [
        (word(row[0]), row[1], word(row[2]), row[3]) for row in table_of("writing", "Key", "Of").rows
    ]
    known = [(each.foreign, each.origin, each.native, each.remark) for each in (*SYNONYMS, *SPECIAL_SYNONYMS)]
    assert described == known


def test_every_key_that_is_passed_over_is_listed() -> None:
    assert spans_below("writing", "passed over without a word:") == list(IGNORED_KEYS)


NESTED: Mapping[str, tuple[str, str]] = {
    "Key of `place`": ("content/events/a.md", "---\nstart: 2012-05-25\nplace:{keys}\n---\n"),
    "Key of `agenda`": ("content/events/a.md", "---\nstart: 2012-05-25\nagenda:\n-{keys}\n---\n"),
    "Key of a person": ("content/people.yaml", "a:{keys}\n"),
    "Key of `contact`": ("content/people.yaml", "a:\n name: A\n contact:{keys}\n"),
    "Key of a tag": ("content/tags.yaml", "a:{keys}\n"),
    "Key of a column of your own": ("content/projects/a.yaml", "title: T\ncolumns:\n-{keys}\n"),
    "Key of a project": ("content/projects/a.yaml", "title: T\nprojects:\n-\n    name: N{keys}\n"),
    "Key of a milestone": (
        "content/projects/a.yaml",
        "title: T\nprojects:\n- name: N\n  milestones:\n  -{keys}\n",
    ),
}


@pytest.mark.parametrize("header", NESTED)
def test_every_key_inside_another_is_described(header: str) -> None:
    path, text = NESTED[header]
    described = set(keys_of("writing", header))
    given = {"name"} if "name: N{keys}" in text else set()

    def read_keys(keys: str) -> tuple[Diagnostic, ...]:
        return parse(path, text.format(keys=indented(keys, "    ")).encode(), ReadingOptions()).findings

    assert accepted(read_keys, candidates(described) - given) | given == described


def test_every_key_of_a_programme_is_described() -> None:
    described = set(keys_of("writing", "Key of a programme"))

    def read_keys(keys: str) -> tuple[Diagnostic, ...]:
        return parse("content/projects/a.yaml", keys.encode(), ReadingOptions()).findings

    assert accepted(read_keys, candidates(described)) == described


@pytest.mark.parametrize(
    ("header", "statuses"),
    [(("Key of a project",), typing.get_args(Status)), (("Key", "In"), typing.get_args(EventStatus))],
)
def test_every_status_is_listed(header: tuple[str, ...], statuses: tuple[str, ...]) -> None:
    found = [row for row in table_of("writing", *header).rows if row[0] == "`status`"]
    assert [tuple(code(row[-1])) for row in found] == [statuses]


def test_every_date_that_is_shown_is_understood_and_every_other_is_not() -> None:
    shown = [word(row[1]) for row in table_of("writing", "You may write").rows]
    shown += [word(row[2]) for row in table_of("writing", "You may not write").rows]
    refused = [word(row[0]) for row in table_of("writing", "You may not write").rows]
    assert [text for text in shown if isinstance(parse_moment(text, "UTC"), BadDate)] == []
    assert [text for text in refused if not isinstance(parse_moment(text, "UTC"), BadDate)] == []


def test_every_limit_is_given_as_it_is() -> None:
    assert _numbers("What") == [
        MAX_TEXT_BYTES,
        limits.MAX_DEPTH,
        limits.MAX_COLUMNS,
        limits.MAX_FOOTNOTE_MARKS["gfm"],
        limits.MAX_MARKS["gfm"],
        MAX_DEPTH,
        MAX_MARKS,
        front_matter.MOST_DOTS,
        MOST_DIRECTIVES,
        math.isqrt(highlight.MAX_EFFORT),
        schema.MOST_NAMES,
        schema.LONGEST_NAME,
        schema.LONGEST_TITLE,
        schema.LONGEST_ALT,
        programmes.MOST_PROJECTS,
        programmes.MOST_COLUMNS,
        MAX_SLUG_LENGTH,
        MAX_DESCRIPTION,
        LONGEST_SUMMARY,
        LONGEST_ENTRY,
        LONGEST_ADDRESS,
        expansion.MAX_CONTAINERS,
        bodies.MOST_LISTS,
        bodies.MOST_LISTED,
        MOST_LANGUAGES,
        EARLIEST_YEAR,
    ]
    assert _numbers("What `python-markdown` takes") == [
        limits.MAX_SIZE["python-markdown"],
        limits.MAX_MARKS["python-markdown"],
        limits.MAX_FOOTNOTE_MARKS["python-markdown"],
        slow_limits.MAX_BLOCK,
        slow_limits.MAX_BLOCK_MARKS,
        slow_limits.MAX_STOPS,
        slow_limits.MAX_CELLS,
        slow_limits.MAX_OPEN_BRACKETS,
        slow_limits.MAX_SEARCHED,
        slow_limits.MAX_UNCLOSED_FENCES,
        slow_limits.MAX_ABBREVIATIONS,
        slow_limits.MAX_SPACES,
        slow_limits.MAX_SPACES_AT_FENCE,
        slow_limits.MAX_REPEATED,
    ]


def _numbers(what: str) -> list[int]:
    """Give the first number of each row of a table of limits."""
    rows = table_of("writing", what, "At most").rows
    return [int(re.findall(r"[\d,]+", row[1])[0].replace(",", "")) for row in rows]
