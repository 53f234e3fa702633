"""Code and comments, covered so that nothing is found in them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import assert_linear

from cogen.read.markdown.verbatim import without_code


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a `b` c", "a     c"),
        ("a `` b ` c `` d", "a             d"),
        ("a ` b `` c", "a ` b `` c"),
        ("a ` b\n\nc ` d", "a ` b\n\nc ` d"),
        ("a ` b\nc ` d", "a    \n    d"),
        (r"a \` b ` c ` d", r"a \` b       d"),
        (r"a ` b \` c", r"a        c"),
        (r"a \\` b ` c", r"a \\      c"),
        ("a <!-- b\n\n` --> c ` d", "a       \n\n      c ` d"),
        ("a <!-- b", "a       "),
        (r"a \<!-- b", r"a \<!-- b"),
        ("~~~ x ~~~ y\nb\n~~~\nc", "           \n \n   \nc"),
        ("``` x ``` y\nb", "          y\nb"),
        ("````\n```\nb\n`````  \nc", "    \n   \n \n       \nc"),
        ("```\n~~~\n```\nc", "   \n   \n   \nc"),
        ("> ~~~\n> b\nc", "     \n   \nc"),
        ("> ~~~\n> b\n> ~~~\n> c", "     \n   \n     \n> c"),
        ("1. ```\n   b\n   ```\n   c", "      \n    \n      \n   c"),
        ("a\n\n    b\n\n    ```\n\nc", "a\n\n     \n\n       \n\nc"),
        ("a\n    b", "a\n    b"),
        ("- a\n\n    b", "- a\n\n    b"),
        ("```\n- a\n```\n\n    b", "   \n   \n   \n\n     "),
        ("a {{< b >}} c", "a           c"),
    ],
)
def test_code_is_covered_and_the_rest_stays(text: str, kept: str) -> None:
    assert without_code(text) == kept


def test_shortcodes_are_seen_where_they_are_asked_for() -> None:
    assert without_code("a {{< b >}} `c`", shortcodes=True) == "a {{< b >}}    "


def test_an_indent_makes_no_code_where_all_is_indented() -> None:
    assert without_code("a: |\n\n    b `c`\n", is_indented=True) == "a: |\n\n    b    \n"


@given(st.text(alphabet="`~<!->\\ \n\t>ab{}%1.", max_size=80), st.booleans(), st.booleans())
def test_every_character_keeps_its_place(text: str, shortcodes: bool, is_indented: bool) -> None:
    shown = without_code(text, shortcodes=shortcodes, is_indented=is_indented)
    assert len(shown) == len(text)
    assert all(new in (old, " ") for new, old in zip(shown, text, strict=True))
    assert [at for at, char in enumerate(shown) if char == "\n"] == [
        at for at, char in enumerate(text) if char == "\n"
    ]


@pytest.mark.parametrize(
    "text",
    [
        lambda count: "`" * count + "x" + "`" * count,
        lambda count: "~" * count + "x" + "~" * count,
        lambda count: "~" * count + "x\n" + "~~~\n" * count,
        lambda count: "".join("`" * (number % 60 + 1) + " " for number in range(count)),
        lambda count: "` `` " * count,
        lambda count: "`\n\n" * count,
        lambda count: "<!--" * count,
        lambda count: "\\`" * count,
        lambda count: ">" * count + "```",
        lambda count: "{{<" * count,
        lambda count: "```\n" * count,
        lambda count: " \n" * count + "`",
        lambda count: "`" + "\n " * count,
    ],
)
def test_marks_of_code_are_read_in_linear_time(text: Callable[[int], str]) -> None:
    assert_linear(lambda count: without_code(text(count)), 5_000)
