"""The calendar of a language that a theme has no words in, by the package Babel (Unicode CLDR). Layer: read.

Months, days of the week, and the order in which a date is written; everything else stays as the theme has it.
"""

import re
from collections.abc import Iterator
from typing import Final

from babel import Locale, UnknownLocaleError

from cogen.model.values import Items, Value

_WEEKDAYS: Final = range(7)
_MONTHS: Final = range(1, 13)
_FIELD: Final = re.compile(r"'([^']*)'|(d+|M+|L+|y+|E+|c+|G+)|([^'dMLyEcG]+)")
_NAMES: Final = {"d": "{day}", "y": "{year}", "E": "{weekday}", "c": "{weekday}"}
_SHORT, _LONG = 3, 4


def calendar_words(language: str) -> dict[str, Value]:
    """Give ``months``, ``weekdays``, ``date_long`` … of a language tag; nothing where CLDR does not know it."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    months, days = locale.months, locale.days
    long = locale.date_formats["long"].pattern
    words: dict[str, Value] = {
        "months": Items(tuple(str(months["format"]["wide"][number]) for number in _MONTHS)),
        "months_alone": Items(tuple(str(months["stand-alone"]["wide"][number]) for number in _MONTHS)),
        "months_short": Items(tuple(str(months["format"]["abbreviated"][number]) for number in _MONTHS)),
        "weekdays": Items(tuple(str(days["format"]["wide"][number]) for number in _WEEKDAYS)),
        "date_long": _pattern(long),
        "date_short": _pattern(long.replace("MMMM", "MMM")),
        "date_month": _pattern(str(locale.datetime_skeletons["yMMMM"].pattern)),
        "date_weekday": _pattern(locale.date_formats["full"].pattern),
        "direction": locale.text_direction,
    }
    return words


def _pattern(written: str) -> str:
    """Turn a pattern of CLDR (UTS 35, part 4) into one of a theme's words."""
    return " ".join("".join(_pieces(written)).split())


def _pieces(written: str) -> Iterator[str]:
    for quoted, field, text in _FIELD.findall(written):
        if field:
            yield _name(field)
        else:
            yield quoted or text


def _name(field: str) -> str:
    if field[0] in "ML":
        return (
            "{month}"
            if len(field) >= _LONG
            else "{month_short}"
            if len(field) == _SHORT
            else "{month_number}"
        )
    return _NAMES.get(field[0], "")
