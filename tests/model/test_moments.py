"""Moments: the wall clock an author wrote, in order of the instants they name."""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogen.model.moments import Moment, from_timestamp

OFFSETS = st.integers(min_value=-14 * 3600, max_value=14 * 3600)
MOMENTS = st.builds(Moment, st.datetimes().map(lambda local: local.replace(microsecond=0)), OFFSETS)


def test_moments_are_ordered_by_instant_not_by_wall_clock() -> None:
    london = Moment(dt.datetime(2012, 5, 25, 18, 0), 3600)
    new_york = Moment(dt.datetime(2012, 5, 25, 14, 0), -4 * 3600)
    assert london.timestamp < new_york.timestamp
    assert london.local > new_york.local


@given(MOMENTS.filter(lambda moment: 2 <= moment.year <= 9998))
def test_the_timestamp_is_that_of_the_aware_datetime(moment: Moment) -> None:
    assert moment.timestamp == moment.aware.timestamp()


@given(MOMENTS)
def test_no_moment_of_the_calendar_is_too_far_to_order(moment: Moment) -> None:
    assert isinstance(moment.timestamp, int)
    assert moment.iso == moment.aware.isoformat()


@given(MOMENTS)
def test_msgpack_keeps_the_wall_clock_and_the_offset(moment: Moment) -> None:
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(moment), type=Moment)
    assert again == moment
    assert again.local.tzinfo is None


def test_one_instant_on_two_wall_clocks_is_two_values() -> None:
    one, other = from_timestamp(1_340_000_000, 0), from_timestamp(1_340_000_000, 3600)
    assert one.timestamp == other.timestamp
    assert msgspec.msgpack.encode(one) != msgspec.msgpack.encode(other)


def test_two_zones_of_one_offset_are_two_values() -> None:
    one, other = from_timestamp(0, 3600, "Europe/London"), from_timestamp(0, 3600, "Europe/Berlin")
    assert msgspec.msgpack.encode(one) != msgspec.msgpack.encode(other)


@pytest.mark.parametrize(
    ("day", "offset_s", "iso"),
    [
        (dt.datetime(2012, 3, 25, 0, 59, 59), 0, "2012-03-25T00:59:59+00:00"),
        (dt.datetime(2012, 3, 25, 2, 0), 3600, "2012-03-25T02:00:00+01:00"),
        (dt.datetime(2012, 10, 28, 1, 30), 3600, "2012-10-28T01:30:00+01:00"),
        (dt.datetime(2012, 10, 28, 1, 30), 0, "2012-10-28T01:30:00+00:00"),
        (dt.datetime(1, 1, 1), 0, "0001-01-01T00:00:00+00:00"),
        (dt.datetime(2012, 5, 25, 9, 5), -(5 * 3600 + 1800), "2012-05-25T09:05:00-05:30"),
    ],
)
def test_a_moment_is_printed_with_its_own_offset(day: dt.datetime, offset_s: int, iso: str) -> None:
    assert Moment(day, offset_s).iso == iso


def test_the_hour_that_comes_twice_in_autumn_is_two_instants() -> None:
    first, second = (Moment(dt.datetime(2012, 10, 28, 1, 30), offset) for offset in (3600, 0))
    assert second.timestamp - first.timestamp == 3600


@given(st.integers(min_value=-60_000_000_000, max_value=250_000_000_000), OFFSETS)
def test_a_moment_of_a_timestamp_has_that_timestamp(timestamp: int, offset_s: int) -> None:
    assert from_timestamp(timestamp, offset_s).timestamp == timestamp


@given(
    st.datetimes(
        dt.datetime(1971, 1, 1), dt.datetime(2037, 1, 1), timezones=st.just(ZoneInfo("Europe/London"))
    )
)
def test_a_summer_in_london_is_an_hour_east(moment: dt.datetime) -> None:
    offset = moment.utcoffset()
    assert offset is not None
    made = Moment(moment.replace(tzinfo=None, fold=0), int(offset.total_seconds()), "Europe/London")
    assert made.timestamp == int(moment.timestamp())


def test_a_bare_day_is_machine_readable_as_a_day() -> None:
    assert Moment(dt.datetime(2012, 5, 25), 3600, has_time=False).machine == "2012-05-25"
    assert Moment(dt.datetime(2012, 5, 25), 3600).machine == "2012-05-25T00:00:00+01:00"


def test_the_calendar_is_that_of_the_wall_clock() -> None:
    moment = Moment(dt.datetime(2012, 12, 31, 23, 30), -5 * 3600)
    assert (moment.year, moment.month, moment.day, moment.date) == (2012, 12, 31, dt.date(2012, 12, 31))
