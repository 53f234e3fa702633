"""Texts that YAML cuts off."""

import pytest

from cogen.model.diagnostics import Diagnostic, Location
from cogen.read.front_matter import split_front_matter


def found_in(line: str) -> tuple[Diagnostic, ...]:
    return split_front_matter(f"---\ndate: 2012-01-01\n{line}\n---\nbody #1\n", "content/posts/a.md").findings


@pytest.mark.parametrize(
    ("line", "column", "shown", "quoted"),
    [
        ("tags: #news", 7, "#news", '"#news"'),
        ("title: Talk #3 # not shown", 13, "#3", '"Talk #3"'),
        ('summary: We are "the" #1 …', 23, "#1 …", "'We are \"the\" #1 …'"),
        ("tags: [a, #b\n  c]", 11, "#b", '"#b"'),
        ("tags:\n  - #b", 5, "#b", '"#b"'),
        ("extra: {}\ntitle: \u00e9 #1", 10, "#1", '"\u00e9 #1"'),
    ],
)
def test_a_text_that_goes_on_behind_a_hash_is_told(line: str, column: int, shown: str, quoted: str) -> None:
    (found,) = found_in(line)
    assert found.code == "cut-by-comment"
    assert found.message == f'"{shown}" is a comment for YAML and is not shown'
    assert found.hint == f"put the value in quotes: {quoted}"
    assert isinstance(found.at, Location)
    written = line.split("\n")[found.at.line - 3]
    assert (found.at.column, found.at.excerpt) == (column, written)
    assert written[column - 1 :].startswith(shown)


@pytest.mark.parametrize(
    "line",
    [
        "tags: [news]  # the kind of thing",
        "tags:\n  #- a\n  - b",
        "#title: x",
        "tags: # empty",
        "title: 'We are #1'",
        'title: "We" #1',
        "title: C#",
        "title: a#b",
        "title: x #",
        "title: x ####",
        "image:\n  feature: #none yet",
        "text: |\n  # Heading\n  We #1",
    ],
)
def test_an_ordinary_comment_is_none_of_our_business(line: str) -> None:
    assert found_in(line) == ()
