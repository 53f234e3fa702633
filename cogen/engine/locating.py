"""Clues into places: a finding made far from its source is given line, column and excerpt. Layer: engine.

Sources are read again only for the findings that need it.
"""

from pathlib import Path

import msgspec

from cogen.model.diagnostics import Clue, Diagnostic, Location
from cogen.read.files import read_optional
from cogen.read.locate import locate
from cogen.read.text import decode_text


class Locator:
    """Finds places in the sources of one site."""

    def __init__(self, site_path: Path) -> None:
        """Begin with no source read."""
        self._site_path = site_path
        self._texts: dict[str, str] = {}

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Give the finding with a ``Location`` in place of its clue."""
        if not isinstance(diagnostic.at, Clue):
            return diagnostic
        return msgspec.structs.replace(diagnostic, at=self._find(diagnostic.at))

    def _find(self, clue: Clue) -> Location:
        text = self._text(clue.path)
        return locate(text, clue) if text else Location(clue.path)

    def _text(self, path: str) -> str:
        if path not in self._texts:
            data = read_optional(self._site_path / path)
            self._texts[path] = (decode_text(path, data)[0] or "") if data is not None else ""
        return self._texts[path]
