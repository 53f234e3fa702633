"""The nearest known name."""

import pytest
from linear import assert_linear

from cogen.model.suggest import a_few, did_you_mean, nearest

MANY = tuple(f"picture-of-the-{number:05}-bridge.jpg" for number in range(3_000))


@pytest.mark.parametrize("known", [("title", "date"), (*MANY, "title")])
def test_the_name_that_looks_most_like_it_is_found(known: tuple[str, ...]) -> None:
    assert nearest("Tilte", known) == "title"
    assert did_you_mean("titel", known) == 'did you mean "title"?'
    assert nearest("zzzzz", known) == ""
    assert did_you_mean("zzzzz", known) == ""


@pytest.mark.parametrize(
    "written", ["bridge-over-the-wtaer.jpg", "birdge-over-the-water.jpg", "bridge-over-the-water.gif"]
)
def test_among_many_names_it_is_found_by_how_it_begins_or_ends(written: str) -> None:
    assert nearest(written, (*MANY, "bridge-over-the-water.jpg")) == "bridge-over-the-water.jpg"


@pytest.mark.parametrize("more", [(), MANY])
def test_large_and_small_letters_are_the_same(more: tuple[str, ...]) -> None:
    assert nearest("wod", ("Light", "Wood", *more)) == "Wood"
    assert nearest("LAMBETH-council.jpg", (*more, "Lambeth-Council.JPG")) == "Lambeth-Council.JPG"


def test_of_many_names_a_few_are_given() -> None:
    assert a_few(()) == "none"
    assert a_few(["a", "b"], " or ") == "a or b"
    assert a_few(f"n{number}" for number in range(1_000)).endswith("n18, n19 and 980 more")


def test_nothing_is_like_what_is_not_there() -> None:
    assert nearest("title", ()) == ""


def test_many_questions_among_many_names_take_linear_time() -> None:
    def ask(count: int) -> None:
        known = tuple(f"name-{number}" for number in range(count))
        for number in range(200):
            nearest(f"other-{number}", known)

    assert_linear(ask, 4_000)
