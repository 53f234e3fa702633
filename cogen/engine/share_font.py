"""The font of pictures for sharing, from the package that ``cogen[share]`` brings. Layer: engine."""

import importlib.util
from pathlib import Path

from cogen.model.diagnostics import Clue, Diagnostic, MachineError, finding
from cogen.read.files import is_file, read_bytes

# The outlines in OpenType's own form: in the file beside it, quotation marks have the width of a single stroke, by
# which the plain layout of Pillow sets them.
_PACKAGE, _FILE = "font_source_serif_pro", "files/SourceSerifPro-Bold.otf"


def missing_font(own: str) -> Diagnostic | None:
    """Say that there is no font; ``own`` is the digest of the author's, or empty."""
    if own or _font_path() is not None:
        return None
    message = "share_pictures: true needs a font, which is not installed"
    hint = "install it with pip install font-source-serif-pro, or name one: share_pictures: {font: /fonts/own.ttf}"
    return finding("no-share-font", message, Clue("site.yaml", "share_pictures"), hint)


def broken_font(path: str, data: bytes) -> Diagnostic | None:
    """Say that a file of the author's is no font."""
    from cogen.render.share_pictures import font_fault  # noqa: PLC0415 imports Pillow, for such a site only

    fault = font_fault(data)
    if not fault:
        return None
    message = f"{path} cannot be read as a font: {fault}"
    at = Clue("site.yaml", "share_pictures/font")
    return finding("no-share-font", message, at, "name a TrueType or OpenType file")


def packaged_font() -> bytes:
    """Read the font; MachineError where it is not there."""
    path = _font_path()
    if path is None:
        raise MachineError("the font for pictures for sharing is not installed")
    return read_bytes(path)


def _font_path() -> Path | None:
    package = importlib.util.find_spec(_PACKAGE)
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).parent / _FILE
    return path if is_file(path) else None
