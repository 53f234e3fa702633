"""Texts at the edge of what the fixed limits allow, some beyond it, and a few that are merely long.

Each kind is made of one thing that somebody could repeat: a file of two megabytes is one paste away.
"""

import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import corpus

from cogen.model.body import Dialect
from cogen.read.markdown import highlight
from cogen.read.markdown.limits import MARKS, MAX_COLUMNS, MAX_DEPTH, MAX_FOOTNOTE_MARKS, MAX_MARKS, MAX_SIZE
from cogen.read.markdown.slow_limits import MAX_BLOCK, MAX_BLOCK_MARKS, MAX_OPEN_BRACKETS, MAX_SEARCHED
from cogen.read.schema import MOST_NAMES
from cogen.read.shared_keys import LONGEST_SUMMARY
from cogen.read.text import MAX_TEXT_BYTES
from cogen.read.yaml import MARKS as YAML_MARKS
from cogen.read.yaml import MAX_DEPTH as MAX_YAML_DEPTH
from cogen.read.yaml import MAX_MARKS as MAX_YAML_MARKS
from cogen.render.feed_parts import LONGEST_ENTRY

ROOM = MAX_TEXT_BYTES - 1_000
"""Bytes for a text, so that its front matter has its place in the file, too."""
HEAD = "---\ntitle: A hostile text\ndate: 2012-05-25\nsummary: What must not take long.\n---\n\n"
HONEST_WORDS = 200_000
POST = "content/posts/hostile.md"
DATA = "content/data/hostile.yaml"

REPEATED = {
    "words in one line": "harvest of the allotment ",
    "one word": "a",
    "spaces": " ",
    "tabs": "\t",
    "empty lines": "\n",
    "lines of two spaces": "  \n",
    "accents on one letter": "\u0301",
    "quotation marks": '"a ',
    "apostrophes": "'",
    "hyphens": "--",
    "dots": "...",
    "backslashes": "\\",
    "entities": "&amp;",
    "entities of numbers": "&#x41;",
    "ampersands": "&",
    "stars": "*",
    "stars before words": "*a ",
    "stars in pairs before words": "**a ",
    "stars behind words": "a* ",
    "stars in words": "a**b",
    "stars and underscores": "*a_ ",
    "underscores before words": "_a ",
    "underscores in words": "a_b",
    "emphasis": "*a* ",
    "bold in emphasis": "*a **b** c* ",
    "tildes": "~~a ",
    "backticks before words": "`a ",
    "code": "`a` ",
    "links": "[a](https://example.org/b) ",
    "links that lead nowhere": "[a](/nowhere/) ",
    "links with a space": "[a](b c.md) ",
    "links with a space that never end": "[a](b/c d ",
    "shortcodes": "{{< a >}} ",
    "shortcodes that never end": "{{< a ",
    "shortcodes of WordPress that never end": "[gallery a=",
    "lines of code and dead links by turns": "\n\n    [a](b)\n\n[a](/c/)",
    "links to posts that are not there": "[a](nothing.md) ",
    "pictures that are not there": "![a](nothing.png) ",
    "pictures without a text": "![](nothing.png) ",
    "links by reference to nothing": "[a][b] ",
    "beginnings of links": "[a](",
    "beginnings of titles": '[a](b "',
    "beginnings of pictures": "![a](",
    "brackets in pairs": "[]",
    "brackets that close": "]",
    "parentheses": "(",
    "bare addresses": "https://example.org/a ",
    "bare hosts": "www.example.org ",
    "mail addresses": "a@example.org ",
    "ats": "a@",
    "addresses in angles": "<https://example.org/> ",
    "angles": "<",
    "angles that close": ">",
    "tags": "<b>",
    "tags that close": "</b>",
    "tags, each closed": "<b>a</b> ",
    "beginnings of tags": "<a ",
    "beginnings of attributes": '<a href="',
    "beginnings of comments": "<!--",
    "beginnings of CDATA": "<![CDATA[",
    "beginnings of instructions": "<?",
    "beginnings of declarations": "<!A ",
    "comments": "<!-- a -->\n\n",
    "blocks of HTML": "<div>\n\n",
    "blocks of HTML, each closed": "<div>\na\n</div>\n\n",
    "blocks with Markdown inside": '<div markdown="1">\n\na\n\n</div>\n\n',
    "blocks with Markdown inside, none closed": '<div markdown="1">\n',
    "paragraphs of HTML": "<p>\n",
    "scripts": "<script>",
    "lines": "harvest\n",
    "paragraphs": "harvest\n\n",
    "hard breaks": "a\\\n",
    "rules": "---\n\n",
    "headings, all the same": "# Harvest\n",
    "headings, underlined": "Harvest\n===\n\n",
    "headings with ids": "# Harvest {#harvest}\n\n",
    "attributes": "harvest {: .a }\n",
    "quotes of one line": "> a\n\n",
    "one quote": "> a\n",
    "quotes and lists in turn": "> a\n- b\n",
    "items": "- a\n",
    "loose items": "- a\n\n",
    "numbers": "1. a\n",
    "items without a text": "-\n",
    "tasks": "- [ ] a\n",
    "items in items": "- - - a\n",
    "definitions": "Term\n:   What it is\n\n",
    "fences, none closed": "```\n",
    "fences": "```\na\n```\n\n",
    "fences of Python": "```python\na = 1\n```\n\n",
    "indented code": "    a\n",
    "pipes": "|",
    "rows of pipes": "| a | b |\n",
    "tables": "| a | b |\n|---|---|\n| c | d |\n\n",
    "alerts": "> [!NOTE]\n> a\n\n",
    "admonitions": "!!! note\n    a\n\n",
    "directives": '::quote{author="A"}\n\n',
    "directives that nobody knows": "::nothing\n\n",
    "directives around text": ":::note\na\n:::\n\n",
    "directives, none closed": ":::note\n",
    "directives that list posts": '::posts{limit="2"}\n\n',
    "directives that list what is on the page": "::toc\n\n## Harvest\n\n",
    "colons": ":",
    "dollars": "$a$ ",
    "template marks": "{{ a }} {% b %} ",
    "holes": "\x00\x1a\ufffc",
}
NUMBERED = {
    "headings, each another": "## Harvest {n}\n",
    "headings, each another, with a text": "## Harvest {n}\n\nText.\n\n",
    "definitions of references": "[r{n}]: https://example.org/{n}\n",
    "references and their definitions": "[r{n}]\n\n[r{n}]: https://example.org/{n}\n\n",
    "abbreviations": "*[A{n}]: harvest\n",
    "ids in HTML": '<b id="i{n}">a</b>\n',
    "links to places in the text": "[a](#i{n}) ",
    "links, each another": "[a](/nowhere/{n}/) ",
    "links to parts that are not there": "## Harvest {n}\n\n[a](#harvets-{n})\n\n",
    "links to parts by their names elsewhere": "## Q & A {n}\n\n[a](#q--a-{n})\n\n",
    "links in several spellings": "[a](<no {n}.md>) [b](no%20{n}.md) ",
    "pictures, each another": "![a](nowhere-{n}.jpg) ",
    "directives with pictures, each another": '::figure{{src="nowhere-{n}.jpg" alt="a"}}\n\n',
    "directives that nobody knows, each another": "::nothing{n}\n\n",
    "links that would run": "[a](javascript:alert({n})) ",
    "sizes of a picture": '<img alt="" src="a.jpg" srcset="no {n}.jpg 1x, b{n}.jpg 2x"> ',
}
CODE = {
    "python": ('"', "(", "\\", "'''", "f'{", "0x", "a."),
    "html": ("<", "<a b=", "<!--", "<script>"),
    "json": ("[", '"\\', '{"a":'),
    "javascript": ("/", "`${", "("),
    "bash": ("$(", "<<A\n", '"$'),
    "css": ("a{", "/*", "("),
    "php": ("<?php ", "$a->", '"{$'),
    "perl": ("qw(", "s/a/", "m{"),
    "yaml": ("- ", "{", "? "),
    "markdown": ("[", "*a", "`"),
    "rst": ("*a", "`", "|"),
    "c": ("/*", "#if\n", "("),
    "sql": ("'", "/*", "("),
    "csharp": ("x\n",),
    "gherkin": (" \n",),
    "java": ("x\n",),
    "make": ("a", "{"),
    "cpp": (" \n",),
    "terraform": ("-",),
}
"""Language of a fence → what is repeated in it."""


@dataclass(frozen=True)
class Case:
    """One file in a site that is otherwise empty."""

    kind: str
    path: str
    """Below the folder of the site."""
    text: str


def markdown_cases() -> Iterator[Case]:
    """Make the posts; each is read in both dialects."""
    for kind, text in (
        *_honest(),
        *((kind, fill(unit)) for kind, unit in REPEATED.items()),
        *((kind, fill_numbered(unit)) for kind, unit in NUMBERED.items()),
        *_nested(),
        *_wide(),
        *_runs(),
        *_footnotes(),
        *_code(),
    ):
        yield Case(kind, POST, HEAD + text)


def at_the_limit(case: Case, dialect: Dialect) -> Case:
    """Cut a post to nearly what the dialect allows of characters and marks; the same post where it has fewer."""
    room = 10  # the text is read with line ends of its own
    text = case.text.removeprefix(HEAD)
    longest, most = MAX_SIZE[dialect] - room, MAX_MARKS[dialect] - room
    ends = [found.end() for found in re.finditer(f"[{re.escape(MARKS)}]", text)]
    if dialect == "python-markdown" and "\n\n" not in text[:MAX_BLOCK]:
        longest, most = min(longest, MAX_BLOCK - room), MAX_BLOCK_MARKS - room
    end = min(longest, ends[most - 1] if len(ends) > most else longest)
    if len(text) <= end or text == case.text:
        return case
    return Case(f"{case.kind} (cut)", case.path, HEAD + text[:end])


def yaml_cases() -> Iterator[Case]:
    """Make front matter, tables and other YAML."""
    for kind, value in _yaml_values():
        yield Case(f"YAML: {kind}", DATA, value)
        yield Case(f"front matter: {kind}", POST, f"---\ntitle: A\ndate: 2012-05-25\n{value}\n---\n\nA.\n")
    projects = _fill_yaml("  - {{id: p{n}, name: P {n}, promised: 60 days, due: 60}}\n")
    yield Case(
        "projects", "content/projects/hostile.yaml", f"title: A\nstarted: 2012-05-25\nprojects:\n{projects}"
    )
    yield Case("people", "content/people.yaml", _fill_yaml("p{n}: {{name: Person {n}}}\n"))
    yield Case("tags", "content/tags.yaml", _fill_yaml("T{n}: {{description: Tag}}\n"))
    title = fill("harvest ").strip()
    yield Case("a long title", POST, f"---\ntitle: {title}\ndate: 2012-05-25\n---\n\nA.\n")
    tags = _fill_yaml("t{n}, ")
    yield Case("a post of many tags", POST, f"---\ntitle: A\ndate: 2012-05-25\ntags: [{tags}]\n---\n\nA.\n")
    listed = f"title: A\ndate: 2012-05-25\ntags: [{', '.join(f't{n}' for n in range(MOST_NAMES))}]\n---\n\n"
    for kind, unit in (("paragraphs", "harvest " * 80 + "\n\n"), ("one paragraph", "harvest ")):
        yield Case(
            f"{kind} with as many tags as may be", POST, f"---\n{listed}{fill(unit, ROOM - len(listed))}"
        )
        at_most = fill(unit, LONGEST_ENTRY - 20_000)
        yield Case(f"{kind} that feeds take, with as many tags", POST, f"---\n{listed}{at_most}")
    short = fill("harvest ", LONGEST_SUMMARY - 100)
    yield Case("as long a summary as may be, with as many tags", POST, f"---\nsummary: {short}\n{listed}A.\n")
    yield Case("front matter, never closed", POST, "---\n" + fill("a: b\n"))


_MARKS_AROUND = 100
"""More than stand around what is repeated."""


def _fill_yaml(unit: str) -> str:
    """Repeat a unit, each time with another number where it has one, for as long as the limits of YAML allow."""
    marks = sum(map(unit.format(n=0).count, YAML_MARKS))
    most = ROOM // len(unit.format(n=ROOM).encode())
    if marks:
        most = min(most, (MAX_YAML_MARKS - _MARKS_AROUND) // marks)
    return "".join(unit.format(n=number) for number in range(most))


def fill(unit: str, room: int = ROOM) -> str:
    """Repeat a unit for as many bytes."""
    return unit * (room // len(unit.encode()))


def fill_numbered(unit: str, room: int = ROOM) -> str:
    """Repeat a unit, each time with another number."""
    longest = len(unit.format(n=room).encode())
    return "".join(unit.format(n=number) for number in range(room // longest))


def _honest() -> Iterator[tuple[str, str]]:
    writer = corpus.Writer(random.Random(corpus.SEED), ["https://example.org/a", "https://example.org/b"])
    yield "an honest short post", writer.body(200)
    chapters = "\n".join(writer.body(1_000) for _ in range(HONEST_WORDS // 1_000))
    yield (
        f"an honest post of {HONEST_WORDS:,} words",
        chapters.replace("](/images/", "](https://example.org/"),
    )


def _nested() -> Iterator[tuple[str, str]]:
    deepest = MAX_DEPTH - 1
    yield "quotes, as deep as may be", fill(">" * deepest + " a\n\n")
    yield "quotes, deeper than may be", fill("> " * 2 * MAX_DEPTH + "a\n\n")
    yield "lists, as deep as may be", fill("".join("  " * level + "- a\n" for level in range(deepest)) + "\n")
    yield (
        "lists by four, as deep as may be",
        fill("".join("    " * level + "- a\n" for level in range(deepest // 2)) + "\n"),
    )
    yield "lists in one line, as deep as may be", fill("- " * deepest + "a\n\n")
    yield "brackets, as many open as may be", fill("[" * MAX_OPEN_BRACKETS + "a\n\n")
    yield "brackets of links, as many open as may be", fill("[" * MAX_OPEN_BRACKETS + "a](b)\n\n")
    searched = MAX_SEARCHED // 200 - 3 * 200
    yield "brackets before as much text as may be", "[a" * 190 + "word " * (searched // 5)
    yield (
        "brackets before as much text as may be, often",
        fill("[" * 10 + " word" * 200 + "\n\n", MAX_SEARCHED // 11),
    )
    yield "5,000 brackets", "[" * 5_000 + "a"
    yield "5,000 brackets, closed", "[" * 5_000 + "a" + "]" * 5_000
    yield "5,000 pictures in pictures", "![" * 5_000 + "a" + "](b)" * 5_000
    yield (
        "directives, one in another",
        "".join(f"{':' * level}note\na\n" for level in range(MAX_DEPTH + 3, 3, -1)),
    )
    yield "emphasis, one in another", "*a _b " * 20_000 + "a_ b* " * 20_000
    yield "5,000 elements, one in another", "<b>" * 5_000 + "a" + "</b>" * 5_000
    yield "5,000 blocks, one in another", "<div>\n" * 5_000 + "a\n" + "</div>\n" * 5_000
    yield (
        "500 blocks with Markdown, one in another",
        '<div markdown="1">\n' * 500 + "\na\n\n" + "</div>\n" * 500,
    )


def _wide() -> Iterator[tuple[str, str]]:
    for columns in (2, MAX_COLUMNS, 2_000):
        rows = fill("| a " * columns + "|\n", ROOM - 8 * columns)
        yield f"a table of {columns:,} columns", "| h " * columns + "|\n" + "|---" * columns + f"|\n{rows}"
        yield (
            f"a table of {columns:,} columns, its rows short",
            ("| h " * columns + "|\n" + "|---" * columns + "|\n" + fill("| a |\n", ROOM // 10)),
        )
    yield (
        "many tables of as many columns as may be",
        fill("| h " * MAX_COLUMNS + "|\n" + "|---" * MAX_COLUMNS + "|\n\n"),
    )
    yield "one line of 5 MB", "a" * 5_000_000


def _runs() -> Iterator[tuple[str, str]]:
    """Make runs, each one longer than the one before, or of half a text; and a dead link, whose place is sought."""
    dead = "\n\n[a](nowhere.md)\n"
    for kind, mark in (("backticks", "`"), ("stars", "*"), ("underscores", "_"), ("tildes", "~")):
        yield f"runs of {kind}, each longer", "a".join(mark * length for length in range(1, 1_900)) + dead
        yield f"two runs of {kind}", dead + (mark * 45_000 + "a") * 2 + dead
    yield "fences, each longer", dead + "\n".join("`" * length for length in range(3, 1_900))


def _footnotes() -> Iterator[tuple[str, str]]:
    for most in sorted(set(MAX_FOOTNOTE_MARKS.values())):
        yield f"{most:,} footnotes", "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(most // 2))
        yield f"one footnote, named {most:,} times", "a[^1]\n\n" * (most - 1) + "[^1]: b\n"
        yield (
            f"{most:,} footnotes, each in another",
            "a[^0]\n\n" + "".join(f"[^{n}]: b[^{n + 1}]\n\n" for n in range(most // 2 - 1)),
        )
        yield f"{most:,} definitions of footnotes", "".join(f"[^{n}]: b\n" for n in range(most))
        yield f"{most:,} references to no footnote", "a[^a] " * most


def _code() -> Iterator[tuple[str, str]]:
    for language, units in CODE.items():
        for unit in units:
            block = f"```{language}\n{fill(unit, _coloured_bytes(language))}\n```\n"
            yield f"code in {language}, {unit!r}", block
            yield (
                f"code in {language}, too much to be coloured, {unit!r}",
                block[:-4] + fill(unit, ROOM - len(block)) + "\n```\n",
            )


def _coloured_bytes(language: str) -> int:
    """Give the length of the longest block that is coloured."""
    return math.isqrt(highlight.MAX_EFFORT // highlight.effort("a", language)) - 1


def _yaml_values() -> Iterator[tuple[str, str]]:
    deepest = MAX_YAML_DEPTH - 2
    yield "lists, as deep as may be", "a: " + "[" * deepest + "]" * deepest
    yield "lists, deeper than may be", "a: " + "[" * 100_000 + "]" * 100_000
    yield (
        "many lists, as deep as may be",
        "a:\n" + _fill_yaml("  - " + "[" * (deepest - 1) + "]" * (deepest - 1) + "\n"),
    )
    yield "keys, deeper than may be", "\n".join(" " * level + "a:" for level in range(1_900))
    yield "items", "a:\n" + _fill_yaml("  - b\n")
    yield "items in one line", "a: [" + _fill_yaml("b, ") + "]"
    yield "keys", _fill_yaml("k{n}: v\n")
    yield "one key, again and again", _fill_yaml("a: b\n")
    yield "comments", _fill_yaml("# a\n") + "a: b"
    yield "a long value", "a: " + fill("harvest ").strip()
    yield "a long value on many lines", "a: |\n" + _fill_yaml("  harvest\n")
    yield "a long key", fill("k") + ": v"
    yield (
        "aliases of aliases",
        "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'b'}]" for n in range(60)),
    )
    yield "quotation marks", "a: " + fill('"')
    yield "braces", "a: " + fill("{")
    yield "questions", _fill_yaml("? ")
    yield "hyphens", _fill_yaml("- ")
    yield "colons", "a" + _fill_yaml(": ")
    yield "a value that holds colons", "a: " + _fill_yaml("b:c ").strip()
    yield "swallowed items", "a:\n" + _fill_yaml("  - b\n    - c\n")
    yield "tabs", "a:\n" + _fill_yaml("\tb\n")
