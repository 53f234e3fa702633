"""HTML that may be printed as it is. Layer: model."""

import html as stdlib_html
import re

import msgspec

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"</?[A-Za-z][^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>|<[!?][^>]*>")
_SPACE = re.compile(r"\s+")


class Html(msgspec.Struct, frozen=True, tag="html"):
    """A piece of HTML made by cogen or by a template; Jinja prints it without escaping."""

    text: str
    """The markup itself."""

    def __html__(self) -> str:
        """Say to Jinja, and to whoever knows the convention, that this is markup already."""
        return self.text

    def __str__(self) -> str:
        """Give the markup, so that ``"".join(map(str, pieces))`` works."""
        return self.text


def escape(text: str) -> str:
    """Escape text for element content and for double-quoted attribute values."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def plain_text(markup: str) -> str:
    """Give the text of a piece of HTML: tags dropped, entities decoded, white space folded."""
    without_tags = _TAG.sub("", _COMMENT.sub("", markup))
    return _SPACE.sub(" ", stdlib_html.unescape(without_tags)).strip()
