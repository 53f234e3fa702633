"""Where a text leads to an address, found again in what the author wrote."""

import pytest
from linear import assert_linear

from cogen.read.markdown.targets import Shown


def places(text: str, target: str) -> list[str]:
    """Give the text from each place on that leads to a target, as far as a line goes."""
    shown = Shown(text)
    found = [shown.find_target([target], nth=nth) for nth in range(text.count(target))]
    return [text[at[0] :].split("\n", maxsplit=1)[0] for at in dict.fromkeys(found) if at is not None]


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        (
            "a.md [a](a.md) `[a](a.md)` [b]( a.md 'x')",
            "a.md",
            ["a.md) `[a](a.md)` [b]( a.md 'x')", "a.md 'x')"],
        ),
        ("[a](<a.md>) <a.md>", "a.md", ["a.md>) <a.md>", "a.md>"]),
        ("[n=1](a.md)", "a.md", ["a.md)"]),
        ("one,[a](a.md)", "a.md", ["a.md)"]),
        ("[a](x(a.md)", "x(a.md", ["x(a.md)"]),
        ("[a](a.md#b=c)", "a.md#b=c", ["a.md#b=c)"]),
        ("[a](a (1).md)", "a (1).md", ["a (1).md)"]),
        ("[a]:\n  a.md 'x'", "a.md", ["a.md 'x'"]),
        ("<a href=a.md>", "a.md", ["a.md>"]),
        ("<a href = 'a.md'>", "a.md", ["a.md'>"]),
        ("<img srcset='a.png 1x, b.png 2x'>", "b.png", ["b.png 2x'>"]),
        ("<img srcset='a.png 1x,b.png 1.5x' alt='A b.png 2x'>", "b.png", ["b.png 1.5x' alt='A b.png 2x'>"]),
        ("a.md, 'a.md'", "a.md", []),
        ("[a](a.md.txt) [b](aa.md)", "a.md", []),
        ("<!-- [a](a.md) -->\n\n    [a](a.md)\n\n```\n[a](a.md)\n```\n", "a.md", []),
    ],
)
def test_only_what_leads_there_is_found(text: str, target: str, expected: list[str]) -> None:
    assert places(text, target) == expected


def test_the_last_place_stands_for_those_that_are_missing() -> None:
    shown = Shown("[a](a.md) [b](a.md)")
    assert [shown.find_target(["a.md"], nth=nth) for nth in range(3)] == [(4, 4), (14, 4), (14, 4)]


def test_it_is_looked_for_in_a_stretch_only() -> None:
    shown = Shown("[a](a.md) [b](a.md) [c](a.md)")
    assert shown.find_target(["a.md"], 5, 19) == (14, 4)
    assert shown.find_target(["a.md"], 5, 17) is None
    assert shown.find_target(["a.md"], 13, 19) is None


def test_of_several_spellings_the_first_place_counts() -> None:
    shown = Shown("[a](a%20b.md) [b](<a b.md>)")
    assert shown.find_target(["a b.md", "a%20b.md"]) == (4, 8)
    assert shown.find_target(["a b.md"]) == (19, 6)


@pytest.mark.parametrize(
    "piece",
    [
        "=",
        "= ",
        "=   ",
        "<",
        "](",
        "]: ",
        "](   ",
        "']",
        "', ",
        ",x",
        ",x 1",
        '"x 1.1.1.1',
        "](x",
        "=x=",
        "= '  ",
        "<x",
    ],
)
def test_a_text_of_marks_is_searched_in_linear_time(piece: str) -> None:
    assert_linear(lambda count: Shown(piece * count).find_target(["y"]), 20_000)


@pytest.mark.parametrize("between", ["", " " * 20_000])
def test_a_mark_before_many_spaces_is_searched_in_linear_time(between: str) -> None:
    assert_linear(
        lambda count: Shown(f"={' ' * count})]({' ' * count}),{between}").find_target(["y"]), 20_000
    )


def test_many_targets_are_found_in_linear_time() -> None:
    def find_all(count: int) -> None:
        shown = Shown("".join(f"[a](a{number}.md)\n" for number in range(count)))
        assert all(shown.find_target([f"a{number}.md"]) for number in range(count))

    assert_linear(find_all, 500)
