"""Text that XML 1.0 and UTF-8 can hold. Layer: render."""

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fit(text: str) -> str:
    """Drop the characters that neither XML 1.0 (2.2, Char) nor UTF-8 can hold."""
    return _UNFIT.sub("", text)


def escape_text(text: str) -> str:
    """Escape text for the content of an XML element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def escape_attribute(text: str) -> str:
    """Escape text for an attribute of XML in double quotes, where a line break would be read as a space."""
    return escape_text(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
