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

MAX_CODE = 50_000
"""Characters of a block that is coloured; a longer one stays plain."""


def highlighted(escaped_code: str, language: str) -> str | None:
    """Give the code (as HTML) with ``<span class=…>`` around its tokens; None where it is to stay as it is."""
    lexer = _lexer(language.lower())
    if lexer is None or len(escaped_code) > MAX_CODE:
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
        return get_lexer_by_name(language, stripnl=False)
    except (ClassNotFound, ImportError):
        return None
