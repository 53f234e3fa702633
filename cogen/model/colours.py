"""Colours, and whether one can be read on another. Layer: model.

Contrast as in WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): from 1, the same, to 21, black on white.
"""

import re
from collections.abc import Iterable
from typing import Final

LEAST_CONTRAST: Final = 4.5
"""What WCAG asks of text (level AA)."""
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_STEPS = 256
_LINEAR_BELOW = 0.04045
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)

Rgb = tuple[int, int, int]


def is_colour(text: str) -> bool:
    """Say whether a text is a colour as stylesheets write it in three or six hexadecimal digits."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, from 1 to 21."""
    return _contrast(_rgb(one), _rgb(other))


def readable(colour: str, grounds: Iterable[str]) -> str:
    """Give the colour nearest to ``colour`` on its way to black or to white that can be read on all grounds.

    ``#rrggbb``; empty where no shade of it can, because some grounds are light and some dark.
    """
    start, behind = _rgb(colour), [_rgb(ground) for ground in grounds]
    for step in range(_STEPS):
        for end in (_BLACK, _WHITE):
            mixed = _mixed(start, end, step)
            if all(_contrast(mixed, ground) >= LEAST_CONTRAST for ground in behind):
                return "#{:02x}{:02x}{:02x}".format(*mixed)
    return ""


def _mixed(start: Rgb, end: Rgb, step: int) -> Rgb:
    red, green, blue = (
        round(one + (other - one) * step / (_STEPS - 1)) for one, other in zip(start, end, strict=True)
    )
    return red, green, blue


def _rgb(colour: str) -> Rgb:
    digits = colour.removeprefix("#")
    if len(digits) == len("rgb"):
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4
