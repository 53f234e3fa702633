"""One Markdown engine a dialect, behind one function that never raises. Layer: read."""

from cogen.model.config import ReadingOptions
from cogen.read.markdown import gfm


class EngineFailure(Exception):  # noqa: N818  it never leaves this package
    """An engine gave up on a text."""


def to_html(text: str, options: ReadingOptions, *, footnotes: bool = True) -> str:
    """Turn Markdown into the HTML of the site's dialect; EngineFailure for whatever went wrong."""
    try:
        html = _convert(text, options, footnotes)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001  a panic of the compiled engine is no Exception
        raise EngineFailure(type(error).__name__) from None
    return html.replace("\x02", "").replace("\x03", "")


def _convert(text: str, options: ReadingOptions, footnotes: bool) -> str:
    if options.dialect == "gfm":
        return gfm.convert(text, raw_html=options.raw_html, footnotes=footnotes)
    from cogen.read.markdown import python_markdown  # noqa: PLC0415  40 ms that the other dialect need not spend

    return python_markdown.convert(
        text, raw_html=options.raw_html, extensions=options.extensions, footnotes=footnotes
    )
