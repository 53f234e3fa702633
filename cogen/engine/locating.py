"""Clues into places: a finding made far from its source is given line, column and excerpt. Layer: engine.

Sources are read again only for the findings that need it.
"""

from pathlib import Path

import msgspec

from cogen.model.diagnostics import Clue, Diagnostic, Location, in_line
from cogen.read.files import read_inside
from cogen.read.locate import Source
from cogen.read.text import decode_text


class Locator:
    """Finds places in the sources of one site."""

    def __init__(self, site_path: Path) -> None:
        """Begin with no source read."""
        self._site_path = site_path
        self._sources: dict[str, Source | None] = {}

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
        source = self._source(place.path)
        if source is None:
            return place
        return in_line(place.path, place.line, place.column, place.length, source.line(place.line))

    def _find(self, clue: Clue) -> Location:
        source = self._source(clue.path)
        return source.locate(clue) if source else Location(clue.path)

    def _source(self, path: str) -> Source | None:
        if path not in self._sources:
            data = read_inside(self._site_path, path)
            text = decode_text(path, data)[0] if data is not None else None
            self._sources[path] = Source(path, text) if text else None
        return self._sources[path]
