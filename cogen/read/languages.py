"""What Unicode CLDR knows of languages, by the package Babel: their names and calendars. Layer: read.

Where a theme has no words in a language, months, days of the week, and the order in which a date is written come from
here; everything else stays as the theme has it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
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


def is_known_language(tag: str) -> bool:
    """Say whether CLDR knows a language."""
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def text_direction(tag: str) -> str:
    """Give ``rtl`` for a language that is written from right to left, else ``ltr``."""
    try:
        return str(Locale.parse(tag, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def language_names(tags: Sequence[str], written: Mapping[str, str]) -> tuple[str, ...]:
    """Give what its speakers call each language: as ``written`` for a tag, else as CLDR has it, else the tag.

    The region or script is told only where two of the languages would have one name: ``Português (Brasil)``.
    """
    short = [_own_name(tag, is_whole=False) for tag in tags]
    return tuple(
        written.get(tag) or (name if short.count(name) == 1 else _own_name(tag, is_whole=True))
        for tag, name in zip(tags, short, strict=True)
    )


def _own_name(tag: str, *, is_whole: bool) -> str:
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    name = locale.get_display_name() if is_whole else locale.get_language_name()
    return name[:1].upper() + name[1:] if name else tag


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
            if len(field) > 1
            else "{month_plain}"
        )
    return _NAMES.get(field[0], "")
