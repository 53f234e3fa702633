"""Where a text leads to an address, found again in what the author wrote."""

import pytest
from linear import assert_linear

from cogen.read.markdown.targets import Shown


def places(text: str, target: str) -> list[str]:
    """Give the text from each place on that leads to a target, as far as a line goes."""
    shown = Shown(text)
    found = [shown.find_target(target, nth=nth) for nth in range(len(text))]
    return [text[at[0] :].split("\n", maxsplit=1)[0] for at in dict.fromkeys(found) if at is not None]


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        (
            "a.md [a](a.md) `[a](a.md)` [b]( a.md 'x')",
            "a.md",
            ["a.md) `[a](a.md)` [b]( a.md 'x')", "a.md 'x')"],
        ),
        ("[a](<a.md>) <a.md>", "a.md", ["a.md>) <a.md>"]),
        ("<javascript:x> <javascript:x y>", "javascript:x", ["javascript:x> <javascript:x y>"]),
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
    assert [shown.find_target("a.md", nth=nth) for nth in range(3)] == [(4, 4), (14, 4), (14, 4)]


@pytest.mark.parametrize("target", ["a b(1).md", "a%20b(1).md", "a%20b%281%29.md"])
@pytest.mark.parametrize(
    "written",
    [
        "[a](<a b(1).md>)",
        "[a](a%20b(1).md)",
        "[a](a%20b\\(1\\).md)",
        "[a](a&#32;b&lpar;1&rpar;.md 'Title')",
        "[a](a b(1).md)",
        "[a](a b(1).md 'Title')",
        "[a]: <a b(1).md>",
        "[a]: a%20b(1).md",
        "> - [a]:\n>   a%20b(1).md",
        "<a href='a b(1).md'>",
        "<img srcset='x.png 1x, a%20b(1).md 2x'>",
        "::figure{src='a b(1).md'}",
        "- ::figure{image = a%20b(1).md}",
    ],
)
def test_all_spellings_of_an_address_are_one(written: str, target: str) -> None:
    shown = Shown(f"a b(1).md\n\n{written}\n\n[b](a%20b(1).md)\n")
    at = min(written.index(each) for each in ("a b(", "a%20b", "a&#32;b") if each in written)
    assert [shown.find_target(target, nth=nth)[0] for nth in (0, 1)] == [11 + at, 17 + len(written)]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "places_expected"),
    [
        ("[Q]:[a](no.md) and [b](no.md)", [8, 23]),
        ("no.md [Anna]: [a](no.md)", [18]),
        ('no.md said x="[a](no.md)"', [18]),
        ("no.md a\n\n[Ref]: [x](no.md) b", [20]),
        ("[Ref]: no.md\n\ntext [Ref]: no.md", [7]),
        ('<img alt="no.md" src="no.md">', [22]),
        ("<a title='no.md' href='no.md'> <a title='no.md' href='no.md'>", [23, 54]),
        ('<div data-x="no.md"> key=no.md <script>var x="no.md"</script>', []),
        ("[x](no.md,bar) <no.md bar>", []),
        ("if a <b then [x](no.md) <a href='no.md'>", [17, 33]),
        ("::figure{alt='no.md' src=no.md}", [25]),
        ("[^1]: no.md", []),
        (r"\[no](no.md) [a\](no.md) [yes](no.md)", [31]),
        ("[a\n\nb](no.md) [[c](no.md)](no.md)", [19, 27]),
        ("> [a](\n> no.md)", [9]),
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str, places_expected: list[int]) -> None:
    shown = Shown(text)
    found = [shown.find_target("no.md", nth=nth) for nth in range(4)]
    assert sorted({at[0] for at in found if at is not None}) == places_expected


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
    assert_linear(lambda count: Shown(piece * count).find_target("y"), 20_000)


@pytest.mark.parametrize("between", ["", " " * 20_000])
def test_a_mark_before_many_spaces_is_searched_in_linear_time(between: str) -> None:
    assert_linear(lambda count: Shown(f"={' ' * count})]({' ' * count}),{between}").find_target("y"), 20_000)


def test_many_targets_are_found_in_linear_time() -> None:
    def find_all(count: int) -> None:
        shown = Shown("".join(f"[a](a{number}.md)\n" for number in range(count)))
        assert all(shown.find_target(f"a{number}.md") for number in range(count))

    assert_linear(find_all, 500)
