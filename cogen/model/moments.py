"""Points in time as an author writes them: a wall clock, an offset and the zone's name. Layer: model.

msgpack keeps only the UTC instant of an aware ``datetime``; a page shows the wall clock.  So a moment
carries its naive local time and its offset as fields of their own, and both take part in digests.
"""

import datetime as dt

import msgspec

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 wall clocks are naive


class Moment(msgspec.Struct, frozen=True, tag="moment"):
    """One point in time with the wall clock it was written in."""

    local: dt.datetime
    """The wall clock, naive."""
    offset_s: int
    """Seconds east of UTC."""
    zone: str = ""
    """IANA name of the zone, or empty when the author wrote a bare offset."""
    has_time: bool = True
    """False for a bare date, whose wall clock is 00:00."""

    @property
    def aware(self) -> dt.datetime:
        """The same instant as an aware ``datetime`` with a fixed offset."""
        return self.local.replace(tzinfo=dt.timezone(dt.timedelta(seconds=self.offset_s)))

    @property
    def timestamp(self) -> int:
        """Whole seconds since 1970-01-01T00:00Z; the key by which moments are ordered and compared."""
        since = self.local - dt.datetime(1970, 1, 1)  # noqa: DTZ001 wall clocks are naive
        return since.days * 86_400 + since.seconds - self.offset_s

    @property
    def date(self) -> dt.date:
        """The calendar day on the wall clock."""
        return self.local.date()

    @property
    def year(self) -> int:
        """The year on the wall clock."""
        return self.local.year

    @property
    def month(self) -> int:
        """The month on the wall clock, 1 to 12."""
        return self.local.month

    @property
    def day(self) -> int:
        """The day of the month on the wall clock, 1 to 31."""
        return self.local.day

    @property
    def iso(self) -> str:
        """RFC 3339: ``2012-05-25T18:30:00+01:00``."""
        minutes, seconds = divmod(abs(self.offset_s), 60)
        rest = f":{seconds:02}" if seconds else ""
        return f"{self.local.isoformat()}{'-' if self.offset_s < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}{rest}"

    @property
    def machine(self) -> str:
        """What HTML's ``<time datetime>`` wants: the day alone where the author gave no time."""
        return self.iso if self.has_time else self.local.date().isoformat()


def from_timestamp(timestamp: int, offset_s: int = 0, zone: str = "UTC") -> Moment:
    """Make the moment of a POSIX timestamp, shown on the wall clock of an offset."""
    local = _EPOCH + dt.timedelta(seconds=timestamp + offset_s)
    return Moment(local, offset_s, zone)
