"""Which form of a word goes with a number, by the package Babel (Unicode CLDR, plural rules). Layer: render."""

from collections.abc import Callable
from functools import lru_cache

PluralRule = Callable[[int], str]
"""Gives ``zero``, ``one``, ``two``, ``few``, ``many`` or ``other``."""
_KEPT = 1024


def plural_rule(language: str) -> PluralRule:
    """Give the rule of a language tag; that of English where CLDR has none."""
    if language.partition("-")[0].lower() == "en":
        return _english
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 60 ms that an English site need not pay

    try:
        rule = Locale.parse(language, sep="-").plural_form
    except (UnknownLocaleError, ValueError):
        return _english
    return lru_cache(_KEPT)(lambda n: str(rule(n)))


def _english(n: int) -> str:
    return "one" if n == 1 else "other"
