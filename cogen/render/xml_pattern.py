"""XML that a library wrote once, of marks, filled with one record's texts after another. Layer: render.

To build XML of objects takes ten times as long as to join texts; yet it is the library that decides what the XML is.
So it writes each shape of a record once, and what differs in its texts alone is filled in.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec

from cogen.render.xml_text import escape_attribute, escape_text

Record = TypeVar("Record", bound=msgspec.Struct)
"""Its fields are texts that XML can hold, tuples of such, moments and flags."""
_FIRST_MARK = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class PatternWriter(Generic[Record]):
    """Writes records as ``write`` would, which is asked once for each shape: which texts are empty, and how many."""

    def __init__(self, write: Callable[[Record], str], date: Callable[[dt.datetime], str]) -> None:
        """``date`` is how ``write`` prints a moment."""
        self._write = write
        self._date = date
        self._patterns: dict[tuple[object, ...], _Pattern] = {}

    def xml(self, record: Record) -> str:
        """Write a record."""
        values = msgspec.structs.astuple(record)
        shape = tuple(map(_shape, values))
        if (pattern := self._patterns.get(shape)) is None:
            names = [field.name for field in msgspec.structs.fields(record)]
            marked = [_marked(value, number) for number, value in enumerate(values)]
            xml = self._write(msgspec.structs.replace(record, **dict(zip(names, marked, strict=True))))
            pattern = self._patterns[shape] = _Pattern(xml, self._texts(marked))
        return pattern.filled(self._texts(values))

    def _texts(self, values: Sequence[object]) -> list[str]:
        texts: list[str] = []
        for value in values:
            if isinstance(value, str):
                texts.append(value)
            elif isinstance(value, tuple):
                texts += value
            elif isinstance(value, dt.datetime):
                texts.append(self._date(value))
        return texts


class _Pattern:
    """XML with places for texts, each of which has its number."""

    def __init__(self, xml: str, marks: Sequence[str]) -> None:
        numbers = {each: number for number, each in enumerate(marks) if each}
        pieces = re.split(f"({'|'.join(map(re.escape, numbers))})", xml)
        self._first = pieces[0]
        self._places = [
            (numbers[found], escape_attribute if before.endswith('="') else escape_text, after)
            for before, found, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False)
        ]

    def filled(self, texts: Sequence[str]) -> str:
        pieces = [self._first]
        for number, escape, after in self._places:
            pieces += (escape(texts[number]), after)
        return "".join(pieces)


def _shape(value: object) -> object:
    match value:
        case tuple():
            return tuple(map(bool, value))
        case dt.datetime():
            return None
        case _:
            return bool(value)


def _marked(value: object, number: int) -> object:
    """Give a value of the same shape that no text of XML around it looks like, and no other mark."""
    match value:
        case str():
            return value and f"@{number}@"
        case tuple():
            return tuple(each and f"@{number}.{place}@" for place, each in enumerate(value))
        case dt.datetime():
            return _FIRST_MARK + dt.timedelta(days=number)
        case _:
            return value
