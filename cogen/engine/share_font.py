"""The font of pictures for sharing, from the package that ``cogen[share]`` brings. Layer: engine."""

import importlib.util
from pathlib import Path

from cogen.model.diagnostics import Clue, Diagnostic, MachineError, finding
from cogen.read.files import is_file, read_bytes

_PACKAGE, _FILE = "font_source_serif_pro", "files/SourceSerifPro-Bold.ttf"


def missing_font(own: str) -> Diagnostic | None:
    """Say that there is no font; ``own`` is the digest of the author's, or empty."""
    if own or _font_path() is not None:
        return None
    message = "share_pictures: true needs a font, which is not installed"
    hint = "install it with pip install 'cogen[share]', or name one: share_pictures: {font: /fonts/own.ttf}"
    return finding("no-share-font", message, Clue("site.yaml", "share_pictures"), hint)


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
