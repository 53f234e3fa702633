"""Time zones, from the ``tzdata`` package only and never from the machine; the one place that says so. Layer: read."""

import datetime as dt
import functools
import io
import zoneinfo
from typing import Final

import tzdata

from cogen.model.moments import Moment
from cogen.model.suggest import nearest
from cogen.read.files import read_bytes

_PACKAGE: Final = tzdata.__path__[0]
"""Read as files: ``zoneinfo`` would import what reads packages out of archives, which takes longer than the zones."""


@functools.cache
def zones() -> frozenset[str]:
    """Give the names of all IANA zones, in their exact spelling."""
    return frozenset(read_bytes(f"{_PACKAGE}/zones").decode().split())


@functools.cache
def zone_of(name: str) -> zoneinfo.ZoneInfo | None:
    """Give the zone of that name, in its exact spelling, or None."""
    if name not in zones():
        return None
    return zoneinfo.ZoneInfo.from_file(io.BytesIO(read_bytes(f"{_PACKAGE}/zoneinfo/{name}")), key=name)


def in_zone(instant: dt.datetime, timezone: str) -> Moment:
    """Show an aware instant on the wall clock of a zone; an unknown zone counts as UTC."""
    there = instant.astimezone(zone_of(timezone) or dt.UTC)
    offset_s = int((there.utcoffset() or dt.timedelta()).total_seconds())
    return Moment(there.replace(tzinfo=None, microsecond=0), offset_s, timezone)


def nearest_zone(name: str) -> str:
    """Give the zone that a wrong name was meant for (``London``, ``europe/london``), or an empty text."""
    known: dict[str, str] = {}
    for zone in sorted(zones()):
        known.setdefault(zone.rpartition("/")[2].lower(), zone)
        known[zone.lower()] = zone
    return known.get(nearest(name, known), "")
