"""Code in colour: Pygments' classes around the words of a fenced block. Layer: read.

No style is written; the theme has the colours.  Lexers are imported when a block first asks for one.
"""

from functools import lru_cache

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from cogen.model.html import unescape

MAX_EFFORT = 36_000_000
"""The square of the characters of a block, added up over the blocks of a text: what lies beyond it stays plain.

A lexer is hundreds of regular expressions, and some of them look for an end from every place, up to the end of the
block.  What people write has such ends; what is repeated without end takes time by the square of its length.
"""
_SLOW = frozenset(
    {"autoit", "csharp", "devicetree", "fan", "gherkin", "kal", "make", "nemerle", "pug", "terraform", "zeek"}
)
"""Lexers that may need some eight times as long as others."""
_SLOW_FACTOR = 8
_PLAIN = "text"
"""The lexer that colours nothing."""
_TOO_SLOW = frozenset({"autohotkey", "easytrieve", "xpp"})
"""Lexers that need seconds for a thousand characters."""


def effort(escaped_code: str, language: str) -> int:
    """Say what it may cost to colour a block, in the measure of ``MAX_EFFORT``."""
    kind = _kind(language.lower())
    if kind is None or kind.aliases[0] == _PLAIN:
        return 0
    return len(escaped_code) ** 2 * (_SLOW_FACTOR if kind.aliases[0] in _SLOW else 1)


def highlighted(escaped_code: str, language: str) -> str | None:
    """Give the code (as HTML) with ``<span class=…>`` around its tokens; None where it is to stay as it is."""
    kind = _kind(language.lower())
    if kind is None:
        return None
    code = unescape(escaped_code)
    try:
        return highlight(code, _new_lexer(kind), _formatter())
    except Exception:  # noqa: BLE001  a lexer is hundreds of regular expressions, and code is not always code
        return None


def is_language(name: str) -> bool:
    """Say whether code in a language of this name can be coloured."""
    return _kind(name.lower()) is not None


@lru_cache(maxsize=1)
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)


@lru_cache(maxsize=64)
def _kind(language: str) -> type[Lexer] | None:
    try:
        kind = find_lexer_class_by_name(language)
    except (ClassNotFound, ImportError):
        return None
    return None if kind.aliases[0] in _TOO_SLOW else kind


def _new_lexer(kind: type[Lexer]) -> Lexer:
    """Make a lexer for one block: some remember, in themselves or in a list of their class, what they have read."""
    lexer = kind(stripnl=False)
    vars(lexer).update({name: list(values) for name, values in _lists(kind)})
    return lexer


@lru_cache(maxsize=64)
def _lists(kind: type[Lexer]) -> tuple[tuple[str, tuple[object, ...]], ...]:
    """Give the lists that all lexers of a kind would share, as they were before anybody wrote into them."""
    return tuple(
        (name, tuple(values))
        for each in reversed(kind.__mro__)
        for name, values in vars(each).items()
        if isinstance(values, list) and name not in vars(Lexer)
    )
