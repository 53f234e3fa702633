"""Copies of text files that a server can send as they are, compressed: derived outputs, one beside each. Layer: engine.

``page.html.gz`` for nginx's ``gzip_static`` and its like, ``page.html.br`` for ``brotli_static``.  The same bytes give
the same copy: there is neither a name nor a moment in it.
"""

import gzip
import importlib.util
from collections.abc import Callable
from typing import Final

from cogen.model.diagnostics import Clue, Diagnostic, finding

LEAST_BYTES: Final = 1000
"""What is smaller fits into one packet with its headers."""
COPIES: Final = (".gz", ".br")
"""What the names of copies end with."""
_BEST_GZIP: Final = 9


def missing_compressor(formats: tuple[str, ...]) -> Diagnostic | None:
    """Say that the package for Brotli is missing, where it is wanted."""
    if "br" not in formats or importlib.util.find_spec("brotli") is not None:
        return None
    message = "compress: [br] needs the package brotli, which is not installed"
    hint = "install it with pip install brotli, or take br out"
    return finding("no-compressor", message, Clue("site.yaml", "hosting/compress"), hint)


def compressor(kind: str) -> Callable[[bytes], bytes]:
    """Give what makes the bytes of a copy: ``gz`` or ``br``."""
    if kind == "gz":
        return _gzipped
    import brotli  # noqa: PLC0415 there where it is wanted

    return lambda data: bytes(brotli.compress(data, mode=brotli.MODE_TEXT))


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, _BEST_GZIP, mtime=0)
