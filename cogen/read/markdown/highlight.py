"""Code in colour: Pygments' classes around the words of a fenced block. Layer: read.

No style is written; the theme has the colours.  Lexers are imported when a block first asks for one.
"""

from functools import lru_cache

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
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
    lexer = _lexer(language.lower())
    if lexer is None or lexer.aliases[0] == _PLAIN:
        return 0
    return len(escaped_code) ** 2 * (_SLOW_FACTOR if lexer.aliases[0] in _SLOW else 1)


def highlighted(escaped_code: str, language: str) -> str | None:
    """Give the code (as HTML) with ``<span class=…>`` around its tokens; None where it is to stay as it is."""
    lexer = _lexer(language.lower())
    if lexer is None:
        return None
    code = unescape(escaped_code)
    try:
        return highlight(code, lexer, _formatter())
    except Exception:  # noqa: BLE001  a lexer is hundreds of regular expressions, and code is not always code
        return None


def is_language(name: str) -> bool:
    """Say whether code in a language of this name can be coloured."""
    return _lexer(name.lower()) is not None


@lru_cache(maxsize=1)
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except (ClassNotFound, ImportError):
        return None
    return None if lexer.aliases[0] in _TOO_SLOW else lexer
