"""Dates and times as blogs write them, in zones that are the same on every machine. Layer: read.

Nothing is guessed: ``22/11/2026`` is refused with the right form, since half the world reads it otherwise.
Zones come from the ``tzdata`` package only, never from the machine; this module is the one place that says so.
In the hour that a zone skips or repeats, the offset before the change counts (PEP 495, ``fold=0``).
"""

import datetime as dt
import difflib
import functools
import re
import zoneinfo

import msgspec

from cogen.model.moments import Moment
from cogen.read.scalars import shorten

zoneinfo.reset_tzpath(to=[])

EARLIEST_YEAR, LATEST_YEAR = 1000, 9998
_LAST_HOUR, _LAST_MINUTE = 23, 59
FORM = "a date is written YYYY-MM-DD or YYYY-MM-DD HH:MM"
_MOMENT = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"[ \t]*([Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_TIME = re.compile(r"\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?[ \t]*(?:[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?", re.ASCII)
_SLASHES = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(r"[A-Za-z]{3,}|\d+(?::\d+)*", re.ASCII)


class BadDate(msgspec.Struct, frozen=True):
    """Why a text is no date."""

    message: str
    """What was found and expected."""
    hint: str = ""
    """What to do."""


def parse_moment(text: str, timezone: str) -> Moment | BadDate:
    """Read a date, or a date with a time, with an offset of its own or in an IANA zone."""
    text = text.strip()
    found = _MOMENT.fullmatch(text)
    if found is None:
        return _explain(text)
    year, month, day, hour, minute, second, offset = found.groups()
    if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        return BadDate(f"the year {year} is not between {EARLIEST_YEAR} and {LATEST_YEAR}")
    try:
        local = dt.datetime(  # noqa: DTZ001 - a moment keeps its wall clock and its offset apart
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
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
    if timezone not in zones():
        return Moment(local, 0, "UTC", has_time)
    offset = local.replace(tzinfo=zoneinfo.ZoneInfo(timezone)).utcoffset() or dt.timedelta()
    return Moment(local, offset // dt.timedelta(minutes=1) * 60, timezone, has_time)


def in_zone(instant: dt.datetime, timezone: str) -> Moment:
    """Show an aware instant on the wall clock of a zone; an unknown zone counts as UTC."""
    zone = zoneinfo.ZoneInfo(timezone) if timezone in zones() else dt.UTC
    there = instant.astimezone(zone)
    offset_s = int((there.utcoffset() or dt.timedelta()).total_seconds())
    return Moment(there.replace(tzinfo=None, microsecond=0), offset_s, timezone)


@functools.cache
def zones() -> frozenset[str]:
    """Give the names of all IANA zones, in their exact spelling."""
    return frozenset(zoneinfo.available_timezones())


def nearest_zone(name: str) -> str:
    """Give the zone that a wrong name was meant for (``London``, ``europe/london``), or an empty text."""
    known: dict[str, str] = {}
    for zone in sorted(zones()):
        known.setdefault(zone.rpartition("/")[2].lower(), zone)
        known[zone.lower()] = zone
    near = difflib.get_close_matches(name[:80].lower(), list(known), 1, 0.7)
    return known[near[0]] if near else ""


def _at_offset(local: dt.datetime, offset: str, text: str) -> Moment | BadDate:
    if offset[0] not in "+-":
        return Moment(local, 0, "UTC")
    digits = offset[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > _LAST_HOUR or minutes > _LAST_MINUTE:
        return BadDate(
            f'the offset "{offset}" in "{text}" is none that exists', "an offset is written +01:00"
        )
    seconds = hours * 3600 + minutes * 60
    return Moment(local, -seconds if offset[0] == "-" else seconds)


def _explain(text: str) -> BadDate:
    message = f'"{shorten(text)}" is not a date as cogen reads it: {FORM}'
    if _SLASHES.match(text):
        return BadDate(message, "write year, month, day: the 22nd of November 2026 is 2026-11-22")
    if (suggestion := _with_month_name(text)) is not None:
        return BadDate(message, f"write {suggestion}")
    if re.fullmatch(r"\d{4}-\d\d?", text):
        return BadDate(message, "add the day")
    return BadDate(message)


def _with_month_name(text: str) -> str | None:
    """Give the ISO form of ``Nov 22, 2026`` or ``Thu, 22 Nov 2026 18:30:00 +0000``, for a hint only."""
    words = _WORDS.findall(text[:80])
    months = [_MONTHS.index(word[:3].lower()) + 1 for word in words if word[:3].lower() in _MONTHS]
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    days = [int(word) for word in words if re.fullmatch(r"\d\d?", word)]
    if not (months and years and days):
        return None
    try:
        return dt.date(years[0], months[0], days[0]).isoformat()
    except ValueError:
        return None
