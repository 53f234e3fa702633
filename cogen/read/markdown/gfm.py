"""The dialect ``gfm``: CommonMark 0.31.2 with GitHub's additions, by the compiled engine comrak. Layer: read."""

from functools import lru_cache

import comrak

Options = tuple[comrak.ExtensionOptions, comrak.RenderOptions]


def convert(text: str, *, raw_html: bool, footnotes: bool = True) -> str:
    """Turn Markdown into HTML with tables, task lists, autolinks, definition lists, alerts and footnotes."""
    extensions, rendering = _options(raw_html, footnotes)
    return comrak.markdown_to_html(text, extension_options=extensions, render_options=rendering)


def convert_bare(text: str) -> str:
    """Turn Markdown into HTML as CommonMark says it, without any addition; what the spec's examples test."""
    return comrak.markdown_to_html(text, render_options=comrak.RenderOptions(unsafe_=True))


@lru_cache(maxsize=4)
def _options(raw_html: bool, footnotes: bool) -> Options:
    extensions = comrak.ExtensionOptions(
        table=True,
        tasklist=True,
        strikethrough=True,
        autolink=True,
        footnotes=footnotes,
        description_lists=True,
        alerts=True,
    )
    return extensions, comrak.RenderOptions(unsafe_=True, escape=not raw_html, tasklist_classes=True)
