"""The filters a template may use: Jinja's own that are pure, and ours. Layer: render.

The list is closed: a filter that a later Jinja brings is not there until it is named here.  Words, months and
patterns of dates are the theme's (``i18n/LANG.yaml``); nothing asks the machine's locale.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from jinja2 import TemplateRuntimeError
from jinja2.filters import FILTERS
from markupsafe import Markup, escape

from cogen.model.moments import Moment
from cogen.model.values import Items, Record
from cogen.render.names import Names
from cogen.render.plurals import PluralRule, plural_rule

JINJA_FILTERS = (
    "abs", "attr", "batch", "capitalize", "center", "d", "default", "dictsort", "e", "escape", "filesizeformat",
    "first", "float", "forceescape", "format", "groupby", "indent", "int", "items", "join", "last", "length",
    "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "safe", "select",
    "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "tojson", "trim", "truncate", "unique",
    "upper", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr",
)  # fmt: skip
DATE_STYLES = ("long", "short", "month", "weekday")
WORDS_PER_MINUTE = 220
_DATES_KEPT = 4096
_LANGUAGES_KEPT = 64
_MONTHS = 12
_WEEKDAYS = 7
_FIELD = re.compile(r"\{(\w+)\}")

Filter = Callable[..., object]


def make_filters(words: Names, language: str = "en") -> dict[str, Filter]:
    """Give every filter by its name; ``language`` is that of the words, for their plural forms."""
    own: dict[str, Filter] = {
        "date": _date_filter(words),
        "time": partial(format_time, words),
        "count": partial(count, plural_rule(language)),
        "fill": fill,
        "minutes": minutes,
        "direction": direction,
    }
    return {name: FILTERS[name] for name in JINJA_FILTERS} | own


def _date_filter(words: Names) -> Filter:
    """Give ``format_date`` with a memory, since the dates of one list are in others, too."""
    write = partial(format_date, words)
    remembered = lru_cache(_DATES_KEPT)(write)

    def written(value: Moment | dt.date, style: str = "long") -> str:
        if style == "iso" or not isinstance(value, Moment | dt.date):
            return write(value, style)
        return remembered(value.date if isinstance(value, Moment) else value, style)

    return written


def format_date(words: Names, value: Moment | dt.date, style: str = "long") -> str:
    """Write a day as the theme's word ``date_STYLE`` says; ``iso`` is what ``<time datetime>`` wants."""
    if not isinstance(value, Moment | dt.date):
        raise TemplateRuntimeError(f'the filter "date" takes a day or a moment, not {_shown(value)}')
    if style == "iso":
        return value.machine if isinstance(value, Moment) else value.isoformat()
    if style not in DATE_STYLES:
        raise TemplateRuntimeError(f'there is no date style "{style}": it is {", ".join(DATE_STYLES)} or iso')
    day = value.date if isinstance(value, Moment) else value
    field = partial(_month_field if style == "month" else _date_field, words, day)
    return _write(_text(words, f"date_{style}"), field)


def format_time(words: Names, value: Moment) -> str:
    """Write the wall clock as the theme's word ``time`` says; empty where the author gave no time."""
    if not isinstance(value, Moment):
        raise TemplateRuntimeError(f'the filter "time" takes a moment, not {_shown(value)}')
    return _write(_text(words, "time"), partial(_time_field, value.local)) if value.has_time else ""


def count(rule: PluralRule, word: object, n: int, **values: object) -> str:
    """Choose the form of a word for a number (``{one: "{n} post", other: "{n} posts"}``) and fill it.

    A form ``zero`` goes with 0 in every language; else it is the language's rule that chooses.
    """
    if not isinstance(n, int):
        raise TemplateRuntimeError(f'the filter "count" takes a number, not {_shown(n)}')
    if isinstance(word, Record):
        forms = ("zero" if n == 0 else "", rule(n), "other")
        form = next((form for form in forms if form in word), None)
        if form is None:
            raise TemplateRuntimeError(
                f'a word that is counted needs the forms "one" and "other", not {_shown(word)}'
            )
        word = word[form]
    return fill(word, n=n, **values)


def fill(word: object, **values: object) -> str:
    """Put values in the places ``{name}`` of a word.

    Where the word or a value is markup, so is the result, and what was plain text is escaped.
    """
    if not any(hasattr(part, "__html__") for part in (word, *values.values())):
        return _write(str(word), partial(_value, values))
    return Markup(_write(escape(word), lambda name: escape(_value(values, name))))  # noqa: S704 each part is escaped


def minutes(word_count: int) -> int:
    """Give the time that reading takes, in whole minutes, at least 1."""
    return max(1, round(word_count / WORDS_PER_MINUTE))


@lru_cache(_LANGUAGES_KEPT)
def direction(tag: str) -> str:
    """Give the attribute ``dir`` of a text in a language: ``rtl`` or ``ltr``."""
    from cogen.read.languages import text_direction  # noqa: PLC0415 imports Babel, for texts in other languages only

    return text_direction(tag)


def _write(pattern: str, value_of: Callable[[str], object]) -> str:
    return _FIELD.sub(lambda found: str(value_of(found[1])), str(pattern))


def _value(values: Mapping[str, object], name: str) -> object:
    if name not in values:
        raise TemplateRuntimeError(f"the word has a place {{{name}}}, and no value is given for it")
    return values[name]


def _month_field(words: Names, day: dt.date, name: str) -> object:
    """Give a field of a date without a day, where some languages have another form of the month."""
    if name == "month" and "months_alone" in words:
        return _one_of(words, "months_alone", day.month - 1, _MONTHS)
    return _date_field(words, day, name)


def _date_field(words: Names, day: dt.date, name: str) -> object:  # noqa: PLR0911 one arm for each field
    match name:
        case "day":
            return day.day
        case "month":
            return _one_of(words, "months", day.month - 1, _MONTHS)
        case "month_short":
            return _one_of(words, "months_short", day.month - 1, _MONTHS)
        case "month_number":
            return f"{day.month:02}"
        case "month_plain":
            return day.month
        case "weekday":
            return _one_of(words, "weekdays", day.weekday(), _WEEKDAYS)
        case "year":
            return day.year
        case _:
            fields = "day, month, month_short, month_number, month_plain, weekday and year"
            raise TemplateRuntimeError(f"a date has no {{{name}}}: it has {fields}")


def _time_field(clock: dt.datetime, name: str) -> str:
    match name:
        case "hour":
            return f"{clock.hour:02}"
        case "hour12":
            return str(clock.hour % 12 or 12)
        case "half":
            return "am" if clock.hour < 12 else "pm"  # noqa: PLR2004 noon
        case "minute":
            return f"{clock.minute:02}"
        case _:
            raise TemplateRuntimeError(f"a time has no {{{name}}}: it has hour, hour12, half and minute")


def _text(words: Names, name: str) -> str:
    word = words[name]
    if isinstance(word, str):
        return word
    raise TemplateRuntimeError(f'the theme has no word "{name}"')


def _one_of(words: Names, name: str, index: int, length: int) -> object:
    word = words[name]
    if isinstance(word, Items) and len(word) == length:
        return word[index]
    raise TemplateRuntimeError(f'the theme\'s word "{name}" must be a list of {length}')


def _shown(value: object) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"
