"""Whatever a text holds, rendering it ends, never raises, and keeps what other layers build on."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from linear import assert_linear

from cogen.model.body import CloseHole, DirectiveHole, RichText
from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Location
from cogen.read.markdown import RenderedText, drop_leading_heading, render_short, render_text
from cogen.read.markdown.summary import MAX_DESCRIPTION
from cogen.read.markdown.tags import ANY_TAG, VOID

DIALECTS = ("gfm", "python-markdown")
WORDS = r"""
# ## - > * ** _ ` `` ~~ | |-| ``` ~~~ --- === [ ] ( ) ![ ]( [^1] [^1]: < > </ /> <!-- --> " ' = { } {#x} {: & ; \ a b
<div> </div> <p> </p> <pre> </pre> <code> </code> <script> </script> <table> </table> <td> <h1> </h1> <textarea>
<a href= <img src=x id=y id="x" <![CDATA[ ]]> <? &#2; &#xFDD0; &lt; x.md javascript: http://a -- ... '90s
::x :::y ::: :::: ::x{a=1} :::n[t] :: <!--more--> !!! [!NOTE] é 日本
"""
PIECES = [
    *WORDS.split(),
    *("# a\n", "## b {#x}\n", "- ", "1. ", "> ", "    ", "\t", "\n", "\n\n", " ", "b c", "!!! note\n"),
]
PIECES += ["> [!NOTE]\n", "- [ ] ", "Term\n: d\n", "\n\n::x\n\n", "\n:::y\n", "\n:::\n"]
PIECES += ["\u200b", "\xa0", "\ud800", "\ufdd00\ufdd1", "\ufffe"]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map("".join)
OPTIONS = st.builds(
    ReadingOptions,
    dialect=st.sampled_from(DIALECTS),
    raw_html=st.booleans(),
    smart_quotes=st.booleans(),
    highlight=st.booleans(),
)


def render(text: str, options: ReadingOptions) -> RenderedText:
    return render_text(text, path="content/posts/a.md", first_line=7, options=options)


class Ids(HTMLParser):
    """Collects ids as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "id" and value and tag]


def ids_of(html: str) -> list[str]:
    parser = Ids()
    parser.feed(html)
    return parser.found


def assert_alternating(parts: tuple[str, ...], holes: tuple[object, ...]) -> None:
    assert len(parts) == len(holes) + 1
    assert not any("\x02" in part or "\ufdd0" in part or "\ufdd1" in part for part in parts)
    "".join(parts).encode()


def assert_balanced(rich: RichText) -> None:
    is_open: list[str] = []
    for found in ANY_TAG.finditer("".join(rich.parts)):
        name = (found["name"] or "").lower()
        if name.startswith("/"):
            assert is_open.pop() == name[1:]
        elif name and name not in VOID:
            is_open.append(name)
    assert is_open == []


def assert_sound(rendered: RenderedText) -> None:
    assert_alternating(rendered.parts, rendered.holes)
    assert_alternating(rendered.summary.parts, rendered.summary.holes)
    assert_balanced(rendered.summary)
    assert ids_of("".join(rendered.summary.parts)) == []
    assert len(rendered.description) <= MAX_DESCRIPTION + 1
    assert list(rendered.ids) == sorted(set(rendered.ids))
    ids = [heading.id for heading in rendered.headings]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set(rendered.ids)
    assert all(2 <= heading.level <= 6 for heading in rendered.headings)
    for index, hole in enumerate(rendered.holes):
        if isinstance(hole, CloseHole):
            assert hole.opens < index
            assert isinstance(rendered.holes[hole.opens], DirectiveHole)
    assert all(found.at is not None and found.at.path == "content/posts/a.md" for found in rendered.findings)


@given(TEXTS, OPTIONS)
@example("&#2;", ReadingOptions())
@example('<a href="&#2;x">', ReadingOptions())
@example("&#" + "9" * 5000 + ";[a](&#" + "9" * 5000 + ";)", ReadingOptions())
@example("<pre>\n::x", ReadingOptions())
def test_any_text_is_rendered_to_parts_and_holes(text: str, options: ReadingOptions) -> None:
    rendered = render(text, options)
    assert_sound(rendered)
    assert_sound(drop_leading_heading(rendered))


@given(TEXTS, OPTIONS, st.booleans())
def test_any_short_text_is_rendered_balanced(text: str, options: ReadingOptions, inline: bool) -> None:
    rich, findings = render_short(text, path="a.yaml", line=3, options=options, inline=inline)
    assert_alternating(rich.parts, rich.holes)
    assert not any(isinstance(hole, DirectiveHole | CloseHole) for hole in rich.holes)
    if not any(found.code == "too-complex" for found in findings):
        assert_balanced(rich)
    assert "footnote-ref" not in "".join(rich.parts) or "footnote-ref" in text


@given(TEXTS)
def test_rendering_is_a_function_of_its_arguments(text: str) -> None:
    for dialect in DIALECTS:
        options = ReadingOptions(dialect=dialect)
        assert render(text, options) == render(text, options)


ID_BLOCKS = ["## a", "## a {#a}", "# b", '<p id="a">x</p>', '<h2 id="a-2">y</h2>', "a[^1]", "[^1]: n"]


@given(st.lists(st.sampled_from(ID_BLOCKS), max_size=12))
def test_no_id_stands_twice_on_a_page(blocks: list[str]) -> None:
    for dialect in DIALECTS:
        rendered = render("\n\n".join(blocks), ReadingOptions(dialect=dialect))
        found = ids_of("".join(rendered.parts))
        assert len(found) == len(set(found))
        assert set(found) <= set(rendered.ids)


ANY_LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "> ", "- ", "  ", "    ", "> > ", "1. "]),
        st.sampled_from(
            [
                "::x",
                ":::y",
                ":::y{a=1}",
                "::::z",
                ":::",
                "::::",
                "text",
                "",
                "- item",
                "> quote",
                "```",
                "## h",
                "| a |",
            ]
        ),
    ),
    max_size=20,
).map(lambda lines: "\n".join(prefix + line for prefix, line in lines))


@given(ANY_LINES)
def test_containers_open_and_close_in_pairs_and_in_order(text: str) -> None:
    for dialect in DIALECTS:
        is_open: list[int] = []
        for index, hole in enumerate(render(text, ReadingOptions(dialect=dialect)).holes):
            if isinstance(hole, DirectiveHole) and hole.is_container:
                is_open.append(index)
            elif isinstance(hole, CloseHole):
                assert is_open.pop() == hole.opens
        assert is_open == []


@given(ANY_LINES)
def test_a_container_never_cuts_an_element_in_two(text: str) -> None:
    for dialect in DIALECTS:
        rendered = render(text, ReadingOptions(dialect=dialect))
        html = rendered.parts[0]
        for hole, part in zip(rendered.holes, rendered.parts[1:], strict=True):
            is_container = isinstance(hole, DirectiveHole) and hole.is_container
            html += (
                "<section>" if is_container else "</section>" if isinstance(hole, CloseHole) else ""
            ) + part
        assert_balanced(RichText((html,)))


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "text",
    [
        "```\n" + ">" * 60 + " the log begins\n```\n",
        "> ~~~~\n> " + "> " * 40 + "\n> ~~~~\n",
        "Merge:\n\n    " + ">" * 40 + " theirs\n",
        "```c\nint x;" + " " * 70 + "/* counts\n" + " " * 77 + "* apples */\n```\n",
        " " * 240 + "- deep",
        "- a\n" + " " * 100 + "- far out\n",
        "```diff\n" + "".join(f"< line {n}\n" for n in range(400)) + "```\n",
        "~~~ {.text}\n" + "".join(f"[{n} INFO (\n" for n in range(400)) + "~~~\n",
        "| a | b |\n|---|---|\n" + "".join(f"| <{n} | b |\n" for n in range(400)),
        "x < 5, " * 400,
        f"![](data:image/png;base64,{'iVBORw0KGgo' * 40_000})",
    ],
)
def test_code_and_what_only_looks_like_marks_is_not_too_complex(text: str, dialect: str) -> None:
    rendered = render(text, ReadingOptions(dialect=dialect))
    assert "too-complex" not in {found.code for found in rendered.findings}


@pytest.mark.parametrize(
    "fence",
    [
        "``` a b",
        "``` a=b",
        "~~~ {.a} b",
        "~~~ {.a } b}",
        "~~~ {a b\nc}",
        "```a`b",
        "    ```",
        '``` hl_lines="1\n2"',
        "```\n```\x0c",
    ],
)
def test_what_is_no_code_to_the_slow_engine_has_its_limits(fence: str) -> None:
    marks = fence.lstrip()[:3]
    for text in (
        f"{fence}\n" + "# a\n" * 500 + f"{marks}\n",
        f"{fence}\na\n{marks}\n" + "# a\n" * 500 + f"{marks}\n",
    ):
        rendered = render(text, ReadingOptions(dialect="python-markdown"))
        headings = "".join(rendered.parts).count("<h2")
        assert (headings < 10) or "too-complex" in {found.code for found in rendered.findings}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("text", "line"),
    [
        (">" * 101, 7),
        ("ok\n\n" + "> " * 51 + "a", 9),
        ("- > " * 16 + "a", 7),
        ("1. " * 101 + "a", 7),
        ("".join("  " * level + "- deep\n" for level in range(40)), 37),
        ("".join("\t" * level + "1. deep\n" for level in range(40)), 37),
        ("```\n" + ">" * 201 + "\n```\n", 8),
        ("    " + "> " * 201, 7),
        ("ok\n\n|" + "a|" * 201 + "\n|" + "-|" * 201, 10),
        ("a" * 2_000_001, 7),
        ("[^a]" * 5_001, 7),
    ],
)
def test_a_text_over_a_limit_is_too_complex_with_its_line(text: str, line: int, dialect: str) -> None:
    rendered = render(text, ReadingOptions(dialect=dialect))
    (found,) = rendered.findings
    assert found.code == "too-complex"
    assert isinstance(found.at, Location)
    assert found.at.line == line
    assert rendered.parts[0].startswith("<pre>")


@pytest.mark.parametrize("text", ["[" * 5000, "[a](" * 3000, "\n\nok\n\n" + "(" * 201, "<a " * 2000])
def test_open_brackets_are_too_much_for_the_slow_engine_only(text: str) -> None:
    slow = render(text, ReadingOptions(dialect="python-markdown"))
    assert [found.code for found in slow.findings] == ["too-complex"]
    assert render(text, ReadingOptions()).findings == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("ok\n\n" + "# a\n" * 14_000, 409, "more than 400 headings, rules or definitions"),
        ("a\n===\n" * 5_000, 808, "more than 400 headings, rules or definitions"),
        ("- - -\n" * 7_000, 407, "more than 400 headings, rules or definitions"),
        ("*[a]: b\n" * 5_000, 307, "more than 300 abbreviations"),
        ("[a]:\n" * 7_000, 407, "more than 400 headings, rules or definitions"),
        ("a\n: b\n" * 10_000, 808, "more than 400 headings, rules or definitions"),
        ("!!! note\n" * 7_000, 407, "more than 400 headings, rules or definitions"),
        ("``` a\n" * 7_000, 57, "more than 50 code blocks open and never close"),
        ("ok\n\n" + "|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "|a\n" * 10_000, 9, "more than 50,000 cells"),
        ("ok\n\n" + "word " * 20_001, 9, "100,000 characters follow"),
        ("ok\n\n" + "*a* b " * 10_001, 9, "20,000 marks such as * and [ follow"),
        ("<a b\n\n" * 10_000, 407, "more than 200 tags begin and never end"),
        ("ok\n\n[a]: " + "x" * 9_000 + "\n\n" + "[a] " * 900, 9, "a long address is used too often"),
        ("*a* b c d e f g h\n\n" * 20_000, 7, "more than 30,000 marks"),
        ("ok\n\n" + "[ " * 150 + "word " * 10_000, 9, "too much text stands behind brackets"),
        (("[ " * 50 + "word " * 2_000 + "\n\n") * 10, 17, "too much text stands behind brackets"),
    ],
)
def test_what_makes_the_slow_engine_slow_is_too_complex_for_it_with_its_line(
    text: str, line: int, words: str
) -> None:
    (found,) = render(text, ReadingOptions(dialect="python-markdown")).findings
    assert found.code == "too-complex"
    assert words in found.message
    assert isinstance(found.at, Location)
    assert found.at.line == line
    assert "too-complex" not in {found.code for found in render(text, ReadingOptions()).findings}


@pytest.mark.parametrize(
    "text",
    [
        "# a\n" * 400,
        "# a\n\n" * 2_000,
        "~~~ sh\n" + "# a\n" * 2_000 + "~~~\n",
        "``` c\nif (a<b)\n```\n\n" * 500,
        "```\n" + "x" * 150_000 + "\n```\n",
        "|a|b|\n|-|-|\n" + "|c|d|\n" * 2_000,
        "[a]: https://example.org/\n" * 1_000,
        "[a]: data:" + "x" * 50_000 + "\n\n![][a]\n",
        "a <b>c</b> d\n\n" * 1_000,
    ],
)
def test_what_people_write_is_not_too_complex_for_the_slow_engine(text: str) -> None:
    rendered = render(text, ReadingOptions(dialect="python-markdown"))
    assert "too-complex" not in {found.code for found in rendered.findings}


@pytest.mark.parametrize(
    "text",
    [
        "*a* " * 9_900,
        "a  \n" * 19_900,
        "a\n\n" * 14_900,
        "<b>" * 9_900,
        "_a " * 9_900 + "b_ " * 9_900,
        "::x[" + "*a* " * 9_900 + "]",
        ("-" * 300 + "a\n") * 60,
        "".join(f"[{number}]: x\n" for number in range(4_900)),
        "".join(f"a{number} " for number in range(9_000))
        + "".join(f"\n\n*[a{number}]: x" for number in range(290)),
    ],
)
def test_the_slow_engine_ends_where_the_limits_let_a_text_through(text: str) -> None:
    rendered = render(text, ReadingOptions(dialect="python-markdown"))
    assert "too-complex" not in {found.code for found in rendered.findings}
    assert_sound(rendered)


def test_a_text_of_many_marks_is_too_complex() -> None:
    (found,) = render("*a* b\n" * 101_000, ReadingOptions()).findings
    assert (found.code, found.message) == (
        "too-complex",
        "the text has more than 100,000 marks such as * and [",
    )


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "text",
    [
        "> " * 29 + "a",
        "- " * 500,
        "* " * 500,
        "-" * 5000,
        "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|x|\n" * 20,
        "`" * 3000,
        "*a **b " * 1000,
        "![" * 150,
        "&" * 5000,
        "\\" * 5000,
        "\n" * 20_000,
        "- [ ](x)\n" * 500,
        "text (a) [b] <c>\n\n" * 500,
    ],
)
def test_a_text_below_the_limits_is_rendered(text: str, dialect: str) -> None:
    codes = {found.code for found in render(text, ReadingOptions(dialect=dialect)).findings}
    assert "too-complex" not in codes


def test_a_post_of_two_hundred_thousand_words_passes() -> None:
    paragraph = (
        "Nine small projects, *chosen* by [residents](x.md), and each delivered in 30, 60 or 90 days. " * 10
    )
    text = "## Part\n\n" + (paragraph + "\n\n") * 1334
    rendered = render(text, ReadingOptions())
    assert rendered.word_count > 190_000
    assert rendered.findings == ()
    assert len(rendered.holes) == 13_340


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        (("<div>\n", "<a "), 25_000),
        (("<div>\n", "<a b='"), 15_001),
        (("<div>\n", "</div>"), 12_000),
        (("<div>\n", "<!--"), 25_000),
        (("<div>\n", "<pre>"), 20_000),
        (("<div>\n", "<script>"), 12_000),
        (("<div>\n", "<table>"), 12_000),
        (("<div>\n", "<p>", "<!--more-->"), 12_000),
        (("<div>\n", "<b></i>", "<!--more-->"), 8_000),
        (("<div>\n", "x}</h2>"), 8_000),
        (("<div>\n", "<img src=a>"), 5_000),
        (("<div>\n", "<img src=a%20b alt=''>"), 5_000),
        (("", "# a\n"), 5_000),
        (("", "## a {#x}\n"), 5_000),
        (("", "::x\n"), 2_500),
        (("", ":::x\n", "", ":::\n"), 1_200),
        ((":::x\n", "<div>\n\n", "", "</section>\n\n"), 2_500),
        (("", "\"'"), 12_000),
        (("", "'"), 25_000),
        (("", "*'*"), 8_000),
        (("", "<b>'</b>"), 5_000),
        (("::x{", "a=", "}"), 25_000),
        (("::x{", ".a ", "}"), 150_000),
        (("::x[", "["), 25_000),
    ],
)
def test_hostile_text_ends_because_no_step_of_ours_is_quadratic(parts: tuple[str, ...], count: int) -> None:
    def text(times: int) -> str:
        return "".join(part * times if place % 2 else part for place, part in enumerate(parts))

    assert_sound(render(text(count), ReadingOptions()))
    assert_linear(lambda times: render(text(times), ReadingOptions()), count)


def test_an_engine_that_gives_up_leaves_the_text_and_a_finding() -> None:
    text = "a\n: b\n" * 600
    rendered = render(text, ReadingOptions(dialect="python-markdown"))
    assert [found.code for found in rendered.findings] == ["too-complex"]
    assert rendered.parts == (f"<pre>{text}</pre>",)
    after = render("fine *again*", ReadingOptions(dialect="python-markdown"))
    assert after.parts == ("<p>fine <em>again</em></p>",)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_where_an_engine_gives_up_the_text_is_printed_as_it_is(
    dialect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Panic(BaseException):
        """As compiled code raises it."""

    def panic(_text: str, **_options: object) -> str:
        raise Panic

    monkeypatch.setattr(f"cogen.read.markdown.{dialect.replace('-', '_')}.convert", panic)
    options = ReadingOptions(dialect=dialect)
    rendered = render("a *b* & <c>", options)
    short, findings = render_short("a *b* & <c>", path="site.yaml", line=3, options=options, inline=True)
    assert "".join(rendered.parts) == "<pre>a *b* &amp; &lt;c&gt;</pre>"
    assert "".join(short.parts) == "a *b* &amp; &lt;c&gt;"
    assert [(each.code, each.at) for each in (*rendered.findings, *findings)] == [
        ("too-complex", Location("content/posts/a.md", 7)),
        ("too-complex", Location("site.yaml", 3)),
    ]
