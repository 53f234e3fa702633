"""The dialect ``python-markdown``: the ``markdown`` package, for content written for Pelican, Nikola or MkDocs.

Layer: read.  Quotes and code are left alone here (no ``smarty``, no ``codehilite``): the post-pass sets
them for both dialects.  A mark tells it which code is indented, whose first line may name its language.
A converter is built once in a process, reset after each text and thrown away after one it failed on; it is
not to be shared between threads.
"""

import xml.etree.ElementTree as ET
from functools import lru_cache

import markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.treeprocessors import Treeprocessor

from cogen.read.markdown.draft import INDENTED

_BLOCKS = ("fenced_code", "abbr", "attr_list", "def_list", "tables", "md_in_html", "sane_lists", "admonition")
_DONE_BY_US = frozenset({"smarty", "codehilite", "extra", "footnotes", *_BLOCKS})
_PRIORITY_OF_FENCES = 25
"""What the package gives them."""
_PRIORITY_OF_CODE = 30
"""Before inline marks are looked for, as ``codehilite``."""
_PACKAGE = "markdown.extensions."


def convert(text: str, *, raw_html: bool, extensions: tuple[str, ...] = (), footnotes: bool = True) -> str:
    """Turn Markdown into HTML; unknown extensions are passed over (they are a finding of site.yaml's)."""
    converter = _converter(raw_html, extensions, footnotes)
    try:
        html = converter.convert(text)
    except BaseException:
        _converter.cache_clear()
        raise
    converter.reset()
    return html


@lru_cache(maxsize=64)
def known_extension(name: str) -> bool:
    """Say whether the ``markdown`` package finds an extension of this name and can load it."""
    try:
        markdown.Markdown(extensions=[name])
    except Exception:  # noqa: BLE001  an extension is anybody's code, and may fail in any way
        return False
    return True


@lru_cache(maxsize=8)
def _converter(raw_html: bool, extensions: tuple[str, ...], footnotes: bool) -> markdown.Markdown:
    own = [
        name
        for name in extensions
        if name.removeprefix(_PACKAGE) not in _DONE_BY_US and known_extension(name)
    ]
    converter = markdown.Markdown(extensions=[*_BLOCKS, *(["footnotes"] if footnotes else []), *own])
    converter.preprocessors.register(_fences(converter), "fenced_code_block", _PRIORITY_OF_FENCES)
    converter.treeprocessors.register(_MarkIndented(converter), "indented_code", _PRIORITY_OF_CODE)
    if not raw_html:
        converter.preprocessors.deregister("html_block", strict=False)
        converter.inlinePatterns.deregister("html", strict=False)
    return converter


class _MarkIndented(Treeprocessor):
    """Tells indented code, which the parser makes, from fenced code, which never was in its tree."""

    def run(self, root: ET.Element) -> None:
        for block in root.iter("pre"):
            if len(block) == 1 and block[0].tag == "code":
                block[0].set("class", f"language-{INDENTED}")


def _fences(converter: markdown.Markdown) -> FencedBlockPreprocessor:
    """Make the reader of fences; ``hl_lines`` and the like are for a highlighter, and no attributes of HTML."""
    fences = FencedBlockPreprocessor(converter, {"lang_prefix": "language-"})
    fences.checked_for_deps, fences.use_attr_list = True, False
    return fences
