"""Dates and times as blogs write them."""

import datetime as dt
import importlib.resources
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogen.model.moments import Moment
from cogen.read.dates import FORM, BadDate, is_time, parse_day, parse_moment
from cogen.read.zones import zones

LONDON = "Europe/London"


def iso(text: str, timezone: str = LONDON) -> str:
    moment = parse_moment(text, timezone)
    assert isinstance(moment, Moment)
    return moment.iso


def bad(text: str) -> BadDate:
    moment = parse_moment(text, LONDON)
    assert isinstance(moment, BadDate)
    return moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012-05-25", "2012-05-25T00:00:00+01:00"),
        ("2012-1-5", "2012-01-05T00:00:00+00:00"),
        ("2012-05-25 18:30", "2012-05-25T18:30:00+01:00"),
        ("2012-05-25T18:30:59", "2012-05-25T18:30:59+01:00"),
        ("2012-05-25t18:30:59.999", "2012-05-25T18:30:59+01:00"),
        ("2012-01-05 9:05", "2012-01-05T09:05:00+00:00"),
        ("2012-01-05 9:05:00 -0500", "2012-01-05T09:05:00-05:00"),
        ("2012-01-05 09:05:00-05:00", "2012-01-05T09:05:00-05:00"),
        ("2012-01-05 09:05 +01", "2012-01-05T09:05:00+01:00"),
        ("2012-01-05T09:05:00+05:30", "2012-01-05T09:05:00+05:30"),
        ("2012-05-25T18:30:00Z", "2012-05-25T18:30:00+00:00"),
        ("2012-05-25 18:30 UTC", "2012-05-25T18:30:00+00:00"),
        ("2012-05-25 18:30:00 GMT", "2012-05-25T18:30:00+00:00"),
        ("  2012-05-25  ", "2012-05-25T00:00:00+01:00"),
        ("2012/05/25", "2012-05-25T00:00:00+01:00"),
        ("2012/5/25 18:30:00", "2012-05-25T18:30:00+01:00"),
        ("2012.05.25", "2012-05-25T00:00:00+01:00"),
        ("2012-05-25 18:30:00 UTC-05:00", "2012-05-25T18:30:00-05:00"),
        ("2012-05-25 18:30 GMT+0200", "2012-05-25T18:30:00+02:00"),
        ("2012-05-25 18:30:00 EDT", "2012-05-25T18:30:00-04:00"),
        ("2012-05-25 6:30 PM", "2012-05-25T18:30:00+01:00"),
        ("2012-05-25 12:30am", "2012-05-25T00:30:00+01:00"),
    ],
)
def test_the_forms_that_real_blogs_use_are_read(text: str, expected: str) -> None:
    assert iso(text) == expected


def test_a_bare_date_and_a_time_at_midnight_are_the_same_instant_and_compare() -> None:
    day, midnight = parse_moment("2012-05-25", LONDON), parse_moment("2012-05-25 00:00", LONDON)
    assert isinstance(day, Moment)
    assert isinstance(midnight, Moment)
    assert day.timestamp == midnight.timestamp
    assert (day.has_time, midnight.has_time) == (False, True)


def test_the_zone_is_named_only_where_it_is_known() -> None:
    zones_named = [
        parse_moment(text, LONDON) for text in ("2012-05-25", "2012-05-25 1:00 Z", "2012-05-25 1:00 +01:00")
    ]
    assert [moment.zone for moment in zones_named if isinstance(moment, Moment)] == [LONDON, "UTC", ""]


def test_in_the_hour_that_is_skipped_or_repeated_the_offset_before_counts() -> None:
    assert iso("2012-03-25 01:30") == "2012-03-25T01:30:00+00:00"
    assert iso("2012-10-28 01:30") == "2012-10-28T01:30:00+01:00"


def test_an_offset_of_old_days_is_whole_minutes() -> None:
    moment = parse_moment("1800-01-01", LONDON)
    assert isinstance(moment, Moment)
    assert moment.offset_s % 60 == 0


def test_a_date_with_slashes_is_refused_with_the_right_form_and_without_a_guess() -> None:
    assert bad("22/11/2026") == BadDate(
        '"22/11/2026" is not a date as cogen reads it: a date is written YYYY-MM-DD or YYYY-MM-DD HH:MM',
        "write year, month, day: the 22nd of November 2026 is 2026-11-22",
    )
    assert bad("5/4/2012").hint == bad("22/11/2026").hint
    assert bad("05.04.2012").hint == bad("22/11/2026").hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nov 22, 2026", "2026-11-22T00:00:00+00:00"),
        ("22 November 2026", "2026-11-22T00:00:00+00:00"),
        ("the 22nd of November 2026", "2026-11-22T00:00:00+00:00"),
        ("22-Nov-2026", "2026-11-22T00:00:00+00:00"),
        ("Sun, 22 Nov 2026 18:30:00 +0000", "2026-11-22T18:30:00+00:00"),
        ("Sunday, Sept. 2nd, 2012, 12:05 am", "2012-09-02T00:05:00+01:00"),
        ("November 22 2026 at 6:30 pm", "2026-11-22T18:30:00+00:00"),
        ("Sat Mar 05 2016 13:00:00 GMT+0100 (CET)", "2016-03-05T13:00:00+01:00"),
    ],
)
def test_a_month_in_english_words_can_be_read_in_one_way_only(text: str, expected: str) -> None:
    assert iso(text) == expected


@pytest.mark.parametrize(
    "text", ["22 novembre 2026", "Maybe 22, 2026", "Nov 2026", "22 Nov 26", "Nov 22, 2026 or so"]
)
def test_words_that_name_no_day_are_no_date(text: str) -> None:
    assert "is not a date as cogen reads it" in bad(text).message


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("0001-01-01", "the year 0001 is not between 1000 and 9998", ""),
        ("0999-12-31", "the year 0999 is not between 1000 and 9998", ""),
        ("9999-12-31", "the year 9999 is not between 1000 and 9998", ""),
        ("2026-13-45", '"2026-13-45" is on no calendar or clock',
         "a date is written YYYY-MM-DD or YYYY-MM-DD HH:MM"),
        ("2012-05-25 25:00", '"2012-05-25 25:00" is on no calendar or clock',
         "a date is written YYYY-MM-DD or YYYY-MM-DD HH:MM"),
        ("2012-05-25 10:00 +99:00", 'the offset "+99:00" in "2012-05-25 10:00 +99:00" is none that exists',
         "an offset is written +01:00"),
        ("2012-05-25 18:30 PM", '"2012-05-25 18:30 PM" is on no calendar or clock',
         "a date is written YYYY-MM-DD or YYYY-MM-DD HH:MM"),
        ("2012-05-25 18:30 IST", 'the zone "IST" in "2012-05-25 18:30 IST" is none that has one meaning',
         "an offset is written +01:00"),
        ("2012-05", f'"2012-05" is not a date as cogen reads it: {FORM}', "add the day"),
        ("18:30", f'"18:30" is not a date as cogen reads it: {FORM}', ""),
    ],
)  # fmt: skip
def test_what_is_no_date_is_said(text: str, message: str, hint: str) -> None:
    assert bad(text) == BadDate(message, hint)


def test_a_day_drops_the_time() -> None:
    assert parse_day("2012-05-25 18:30") == dt.date(2012, 5, 25)
    assert isinstance(parse_day("soon"), BadDate)


def test_times_of_day() -> None:
    assert all(map(is_time, ["18:30", "9:05", "18:30:05 +0100"]))
    assert not any(map(is_time, ["1830", "half past six", "", "18:30 or so"]))


def test_zones_come_from_the_package_whatever_the_machine_says(tmp_path: Path) -> None:
    """The machine's own London is Tokyo."""
    (tmp_path / "Europe").mkdir()
    tokyo = importlib.resources.files("tzdata") / "zoneinfo/Asia/Tokyo"
    (tmp_path / LONDON).write_bytes(tokyo.read_bytes())
    program = (
        "import datetime as dt, zoneinfo\nfrom cogen.read.dates import parse_moment\n"
        f"print(dt.datetime.now(zoneinfo.ZoneInfo('{LONDON}')).tzname())\n"
        f"print(parse_moment('2012-05-25', '{LONDON}').iso)"
    )
    environment = {**os.environ, "PYTHONTZPATH": str(tmp_path), "TZ": "Asia/Tokyo"}
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["JST", "2012-05-25T00:00:00+01:00"]


@given(
    st.text()
    | st.from_regex(r"\d{1,5}[-/]\d{1,3}[-/]\d{1,3}([T ]\d\d?:\d\d( ?[+-]\d\d:?\d\d)?)?", fullmatch=True)
)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    assert isinstance(parse_moment(text, LONDON), Moment | BadDate)


@given(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)), st.sampled_from(sorted(zones())))
def test_the_wall_clock_is_kept_in_every_zone(local: dt.datetime, zone: str) -> None:
    moment = parse_moment(local.isoformat(" ", "seconds"), zone)
    assert isinstance(moment, Moment)
    assert moment.local == local.replace(microsecond=0)
    assert abs(moment.offset_s) < 86400
