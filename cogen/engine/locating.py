"""Clues into places: a finding made far from its source is given line, column and excerpt. Layer: engine.

Sources are read again only for the findings that need it.
"""

from pathlib import Path

import msgspec

from cogen.model.diagnostics import Clue, Diagnostic, Location
from cogen.read.files import read_inside
from cogen.read.locate import locate
from cogen.read.text import decode_text


class Locator:
    """Finds places in the sources of one site."""

    def __init__(self, site_path: Path) -> None:
        """Begin with no source read."""
        self._site_path = site_path
        self._texts: dict[str, str] = {}

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Give the finding with a ``Location`` in place of its clue, and with the line it names."""
        match diagnostic.at:
            case Clue() as clue:
                return msgspec.structs.replace(diagnostic, at=self._find(clue))
            case Location(excerpt="") as place if place.line:
                return msgspec.structs.replace(diagnostic, at=self._with_excerpt(place))
            case _:
                return diagnostic

    def _with_excerpt(self, place: Location) -> Location:
        lines = self._text(place.path).split("\n")
        excerpt = lines[place.line - 1] if place.line <= len(lines) else ""
        return msgspec.structs.replace(place, excerpt=excerpt)

    def _find(self, clue: Clue) -> Location:
        text = self._text(clue.path)
        return locate(text, clue) if text else Location(clue.path)

    def _text(self, path: str) -> str:
        if path not in self._texts:
            data = read_inside(self._site_path, path)
            self._texts[path] = (decode_text(path, data)[0] or "") if data is not None else ""
        return self._texts[path]
