"""Find a place again in the source: findings are made on the HTML, authors edit the Markdown. Layer: read."""

from cogen.model.diagnostics import Location

EXCERPT_LENGTH = 200


def at_offset(text: str, offset: int, *, path: str, first_line: int, length: int = 1) -> Location:
    """Give the place of a character of the body; ``first_line`` is the file's line on which the body starts."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start:] if end < 0 else text[start:end]
    return Location(
        path=path,
        line=first_line + text.count("\n", 0, offset),
        column=offset - start + 1,
        length=max(1, min(length, len(line) - (offset - start))),
        excerpt=line[:EXCERPT_LENGTH],
    )
