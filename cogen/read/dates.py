"""Dates and times as blogs write them, in zones that are the same on every machine. Layer: read.

Nothing is guessed: ``22/11/2026`` is refused with the right form, since half the world reads it otherwise.
What can be read in one way only is read: the year in front, or the month in English words.
In the hour that a zone skips or repeats, the offset before the change counts (PEP 495, ``fold=0``).
"""

import datetime as dt
import re

import msgspec

from cogen.model.moments import Moment
from cogen.read.scalars import curly_hint, shorten
from cogen.read.zones import zone_of

EARLIEST_YEAR, LATEST_YEAR = 1000, 9998
_LAST_HOUR, _LAST_MINUTE, _NOON = 23, 59, 12
FORM = "a date is written YYYY-MM-DD or YYYY-MM-DD HH:MM"
_OFFSET_FORM = "an offset is written +01:00"
_CLOCK = (
    r"(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?[ \t]*([AaPp]\.?[Mm]\.?)?"
    r"[ \t]*((?:UTC|GMT)?[+-]\d\d(?::?\d\d)?|[Zz]|[A-Z]{3,4})?(?:[ \t]*\([A-Za-z ]*\))?"
)
_MOMENT = re.compile(rf"(\d{{4}})([-/.])(\d\d?)\2(\d\d?)(?:(?:[Tt]|[ \t]*,?[ \t]+){_CLOCK})?", re.ASCII)
_TIME = re.compile(_CLOCK, re.ASCII)
_OFFSETS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9,
}  # fmt: skip
"""Hours east of UTC: the names of RFC 2822, and those that dates of blogs have besides."""
_SLASHES = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH_NUMBERS = {word: number for number, name in enumerate(_MONTHS, 1) for word in (name, name[:3])} | {
    "sept": 9
}
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_IN_WORDS = re.compile(
    rf"(?:[A-Za-z]{{3,9}}\.?,?[ \t]+)?(?:{_DAY}[ \t-]+(?:of[ \t]+)?{_MONTH}|{_MONTH.replace('month', 'first')}"
    rf"[ \t]+{_DAY.replace('day', 'second')})(?:,?[ \t]+|-)(?P<year>\d{{4}})(?:[ \t,]+(?:at[ \t]+)?(?P<rest>\d.*))?",
    re.ASCII,
)


class BadDate(msgspec.Struct, frozen=True):
    """Why a text is no date."""

    message: str
    """What was found and expected."""
    hint: str = ""
    """What to do."""


def parse_moment(text: str, timezone: str) -> Moment | BadDate:
    """Read a date, or a date with a time, with an offset of its own or in an IANA zone."""
    text = text.strip()
    found = _MOMENT.fullmatch(text) or _MOMENT.fullmatch(_with_month_number(text))
    if found is None:
        return _explain(text)
    year, _, month, day, hour, minute, second, half, offset = found.groups()
    if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        return BadDate(f"the year {year} is not between {EARLIEST_YEAR} and {LATEST_YEAR}")
    try:
        local = dt.datetime(  # noqa: DTZ001 - a moment keeps its wall clock and its offset apart
            int(year), int(month), int(day), _hour(hour, half), int(minute or 0), int(second or 0)
        )
    except ValueError:
        return BadDate(f'"{text}" is on no calendar or clock', FORM)
    if offset is None:
        return local_moment(local, timezone, has_time=hour is not None)
    return _at_offset(local, offset, text)


def parse_day(text: str) -> dt.date | BadDate:
    """Read a day; a time behind it is dropped."""
    moment = parse_moment(text, "UTC")
    return moment if isinstance(moment, BadDate) else moment.date


def is_time(text: str) -> bool:
    """Say whether a text is a time of day that ``parse_moment`` understands behind a date."""
    return _TIME.fullmatch(text.strip()) is not None


def local_moment(local: dt.datetime, timezone: str, *, has_time: bool) -> Moment:
    """Make the moment of a wall clock in a zone; an unknown zone counts as UTC."""
    if (zone := zone_of(timezone)) is None:
        return Moment(local, 0, "UTC", has_time)
    offset = local.replace(tzinfo=zone).utcoffset() or dt.timedelta()
    return Moment(local, offset // dt.timedelta(minutes=1) * 60, timezone, has_time)


def _hour(hour: str | None, half: str | None) -> int:
    """Give the hour of the day; ValueError where ``am`` or ``pm`` stands behind one that has none."""
    if half is None:
        return int(hour or 0)
    if not 1 <= int(hour or 0) <= _NOON:
        raise ValueError
    return int(hour or 0) % _NOON + (_NOON if half[0] in "Pp" else 0)


def _at_offset(local: dt.datetime, offset: str, text: str) -> Moment | BadDate:
    if (hours := _OFFSETS.get(offset.upper())) is not None:
        return Moment(local, hours * 3600, "" if hours else "UTC")
    offset = offset.removeprefix("UTC").removeprefix("GMT")
    if offset[0] not in "+-":
        return BadDate(f'the zone "{offset}" in "{shorten(text)}" is none that has one meaning', _OFFSET_FORM)
    digits = offset[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > _LAST_HOUR or minutes > _LAST_MINUTE:
        return BadDate(f'the offset "{offset}" in "{shorten(text)}" is none that exists', _OFFSET_FORM)
    seconds = hours * 3600 + minutes * 60
    return Moment(local, -seconds if offset[0] == "-" else seconds)


def _explain(text: str) -> BadDate:
    message = f'"{shorten(text)}" is not a date as cogen reads it: {FORM}'
    if _SLASHES.match(text):
        return BadDate(message, "write year, month, day: the 22nd of November 2026 is 2026-11-22")
    if re.fullmatch(r"\d{4}-\d\d?", text):
        return BadDate(message, "add the day")
    return BadDate(message, curly_hint(text))


def _with_month_number(text: str) -> str:
    """Give ``Nov 22, 2026`` and ``Sun, 22 Nov 2026 18:30:00 +0000`` the year-first form; else an empty text."""
    found = _IN_WORDS.fullmatch(text[:80])
    month = _MONTH_NUMBERS.get((found["month"] or found["first"]).lower()) if found else None
    if found is None or month is None:
        return ""
    day, rest = found["day"] or found["second"], found["rest"] or ""
    return f"{found['year']}-{month}-{day} {rest}".strip()
