"""Whether a colour can be read on another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogen.model.colours import LEAST_CONTRAST, contrast, is_colour, readable

COLOURS = st.binary(min_size=3, max_size=3).map(lambda rgb: "#" + rgb.hex())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#fff", "#000000", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#fff", 4.54),
        ("#00f", "#0000FF", 1),
    ],
)
def test_contrast_is_what_wcag_calculates(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_does_not_depend_on_which_lies_above(one: str, other: str) -> None:
    assert 1 <= contrast(one, other) == contrast(other, one) <= 21


@given(COLOURS, COLOURS)
def test_on_any_one_ground_there_is_a_colour_that_can_be_read(colour: str, ground: str) -> None:
    found = readable(colour, [ground])
    assert is_colour(found)
    assert contrast(found, ground) >= LEAST_CONTRAST
    if contrast(colour, ground) >= LEAST_CONTRAST:
        assert found == colour


def test_no_colour_can_be_read_on_black_and_on_white_and_on_all_between() -> None:
    assert readable("#808080", ["#000", "#777", "#fff"]) == ""


@pytest.mark.parametrize("text", ["red", "#12345", "#12345678", "00594c", "#ggg", "", "#fff\n"])
def test_other_ways_to_write_a_colour_are_none(text: str) -> None:
    assert not is_colour(text)
