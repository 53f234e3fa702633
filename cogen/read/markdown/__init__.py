"""Markdown of both dialects, to HTML with holes. Layer: read.

``render_text`` for the body of a file, ``render_short`` for a value of YAML.  Both are pure and never raise.
"""

from cogen.read.markdown.rendered import RenderedText, drop_leading_heading
from cogen.read.markdown.text import render_short, render_text

__all__ = ["RenderedText", "drop_leading_heading", "known_extension", "render_short", "render_text"]


def known_extension(name: str) -> bool:
    """Say whether ``markdown.extensions`` of site.yaml can name this extension."""
    from cogen.read.markdown.python_markdown import known_extension as known  # noqa: PLC0415  40 ms to import

    return known(name)
