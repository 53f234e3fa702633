"""Finding a place again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogen.model.diagnostics import Clue, Location
from cogen.read.locate import Source
from cogen.read.text import location_at

POST = """\
---
title: About bike.md
author: [amara-b, "Sam Okafor"]
redirect_from:
  - /old/
place: {name: Hall}
---

See [one](bike.md) and ![two](a%20b.jpg),
or <a href="x?a=1&amp;b=2">é bike.md</a>.
"""
PROGRAMME = """\
title: T
projects:
  - name: A
    leads: [x, ghost]
    description: |
      Words and
      a [link](gone.md).
"""


def _locate(text: str, clue: Clue) -> Location:
    return Source(clue.path, text).locate(clue)


@pytest.mark.parametrize(
    ("key", "text", "line", "column", "length"),
    [
        ("", "bike.md", 9, 11, 7),
        ("", "a b.jpg", 9, 31, 9),
        ("", "x?a=1&b=2", 10, 13, 13),
        ("", "nowhere", 1, 1, 1),
        ("title", "", 2, 8, 13),
        ("title", "bike.md", 2, 14, 7),
        ("authors", "", 3, 1, 6),
        ("authors/1", "", 3, 19, 12),
        ("aliases/0", "", 5, 5, 5),
        ("place/name", "", 6, 15, 4),
        ("place/zip", "", 6, 1, 5),
        ("gone", "", 1, 1, 1),
        ("summary", "bike.md", 9, 11, 7),
        ("title", "x", 2, 8, 13),
        ("aliases", "/old/", 5, 5, 5),
    ],
)
def test_a_clue_leads_to_its_place_in_a_post(
    key: str, text: str, line: int, column: int, length: int
) -> None:
    clue = Clue("content/posts/a.md", key, text)
    assert _locate(POST, clue) == Location(clue.path, line, column, length, POST.split("\n")[line - 1])


@pytest.mark.parametrize(
    ("key", "text", "line", "column", "length"),
    [
        ("projects/0/leads/1", "", 4, 16, 5),
        ("projects/0/leads", "ghost", 4, 16, 5),
        ("projects/0/description", "gone.md", 7, 16, 7),
        ("projects/3", "", 2, 1, 8),
        ("", "ghost", 4, 16, 5),
        ("projects/0/name", "gone.md", 3, 11, 1),
    ],
)
def test_a_clue_leads_to_its_place_in_yaml(key: str, text: str, line: int, column: int, length: int) -> None:
    clue = Clue("content/projects/a.yaml", key, text)
    assert _locate(PROGRAMME, clue) == Location(
        clue.path, line, column, length, PROGRAMME.split("\n")[line - 1]
    )


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("---\nexcerpt: a.md [x](a.md)\ntitle: a.md\n---\n[x](a.md)\n", 2, 19),
        ('---\nsummary: "\\t[x](a.md)"\n---\n[x](a.md)\n', 2, 17),
        ("---\nsummary: 'It''s [x](a.md)'\n---\n[x](a.md)\n", 2, 21),
        ("---\nsummary: >\n  a.md\n\n  [x](a.md)\ntitle: '[x](a.md)'\n---\n[x](a.md)\n", 5, 7),
        ('---\nsummary: "[x](\\u0061.md)"\ntitle: "[x](a.md)"\n---\n[x](a.md)\n', 2, 10),
        ("Summary: [x](a.md)\nTitle: [x](a.md)\n\n[x](a.md)\n", 1, 14),
        ('+++\nsummary = "[x](a.md)"\n+++\n[x](a.md)\n', 2, 16),
        ("---\ntitle: '[x](a.md)'\n---\n[x](a.md)\n", 4, 5),
    ],
)
def test_a_summary_is_searched_where_it_stands_and_nowhere_else(text: str, line: int, column: int) -> None:
    found = _locate(text, Clue("content/posts/a.md", "summary", "a.md"))
    assert (found.line, found.column) == (line, column)


def test_a_key_may_hold_a_slash() -> None:
    tags = "Tea: {description: '[x](a.md)'}\nTea/Cake: {description: '[x](a.md)'}\n"
    found = _locate(tags, Clue("content/tags.yaml", "Tea/Cake/description", "a.md"))
    assert (found.line, found.column) == (2, 30)


def test_the_body_is_not_searched_above_its_first_line() -> None:
    assert _locate("---\ntitle: x\n---\nx\n", Clue("content/posts/a.md", "", "x")).line == 4


def test_line_endings_do_not_count() -> None:
    assert _locate("\ufeffone\r\ntwo", Clue("content/posts/a.md", "", "two")).line == 2


@pytest.mark.parametrize(
    "before",
    [
        "`x.md` is code, ",
        "``[a](x.md) ` `` is code, ",
        "```\n[a](x.md)\n```\n",
        "> ~~~ md\n> [a](x.md)\n> ~~~\n\n",
        "<!-- [a](x.md) --> ",
        "see x.md: ",
        "http://h/x.md and ",
        "[c](/b/x.md) ",
        "[c](x.md.gz) ",
        "[x.md](/healthy/) ",
    ],
)
@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("[a](", ")"),
        ("![a](", ' "Title")'),
        ("[a](<", ">)"),
        ("[a]: ", ""),
        ("<a href='", "'>"),
        ('<img srcset="x.png 1x, ', ' 2x">'),
        ("::figure{src=", "}"),
    ],
)
def test_a_dead_link_is_found_where_the_text_leads_there(before: str, opens: str, closes: str) -> None:
    text = f"{before}\n\n{opens}x.md{closes}\n"
    index = len(before) + 2 + len(opens)
    assert _locate(text, Clue("content/posts/a.md", text="x.md")) == location_at(
        "content/posts/a.md", text, index, 4
    )


def test_a_key_is_not_looked_for_in_the_body_before_its_own_value() -> None:
    text = "---\ntags: [newsletter, news]\n---\n[a](news)\n"
    found = _locate(text, Clue("content/posts/a.md", "tags", "news"))
    assert (found.line, found.column) == (2, 20)


def test_what_stands_in_code_only_is_found_there() -> None:
    assert _locate("a\n\n`x.md`", Clue("content/posts/a.md", text="x.md")).line == 3


@given(st.text(), st.text("ab/0-", max_size=8), st.text(max_size=5), st.sampled_from(["a.md", "a.yaml"]))
def test_no_source_and_no_clue_raise(text: str, key: str, target: str, path: str) -> None:
    assert _locate(text, Clue(path, key, target)).line >= 1


@pytest.mark.parametrize("empty", ["''", '""', "", "~"])
def test_what_a_key_that_says_nothing_could_not_hold_is_sought_in_the_text(empty: str) -> None:
    text = f"---\ntitle: T\ndescription: {empty}\n---\n\nSee [one](gone.md).\n"
    at = _locate(text, Clue("a.md", "description", "gone.md"))
    assert (at.line, at.column, at.length) == (6, 11, 7)


@pytest.mark.parametrize(
    "above",
    [
        "Text.\n\n    [x](gone.md) in code\n",
        "    [x](gone.md) in code\n\n    [x](gone.md) further down\n",
        "# Heading\n\n\t<gone.md> in code\n",
        '{{< figure src="gone.md" >}}\n\n{{% link="gone.md" %}}\n',
        "Text.\n\n    ```\n    code\n\nText.\n",
    ],
)
def test_code_by_its_indent_and_shortcodes_lead_nowhere(above: str) -> None:
    at = _locate(f"---\ntitle: T\n---\n{above}\nSee [one](gone.md), last.\n", Clue("a.md", "", "gone.md"))
    assert (at.column, at.excerpt) == (11, "See [one](gone.md), last.")


@pytest.mark.parametrize(
    "above", ["- item\n", "3) item\n", "[^1]: note\n", ":   definition\n", "> quoted\n", "- a\n\n  - b\n"]
)
def test_what_is_indented_below_an_item_or_a_note_is_no_code(above: str) -> None:
    text = f"---\ntitle: T\n---\n{above}\n    See [one](gone.md).\n\nSee [two](gone.md).\n"
    assert _locate(text, Clue("a.md", "", "gone.md")).excerpt == "    See [one](gone.md)."
