"""YAML as cogen knows it: texts, lists and mappings with the place of each. Layer: read."""

import msgspec

_NULLS = ("", "~", "null")


class Scalar(msgspec.Struct, frozen=True):
    """One value or key, as text."""

    text: str
    """Its characters, escapes and folding undone."""
    line: int
    """1-based line of the file; 0 where it does not come from this file."""
    column: int
    """1-based, in characters."""
    style: str = ""
    """Empty for plain, else ``"``, ``'``, ``|`` or ``>``."""

    @property
    def is_plain(self) -> bool:
        """Say whether it was written without quotes."""
        return not self.style

    @property
    def is_null(self) -> bool:
        """Say whether the author left the value out: nothing, ``~`` or ``null``."""
        return not self.style and self.text in _NULLS

    @property
    def first_line(self) -> int:
        """The line on which its text starts: below ``|`` and ``>``."""
        return self.line + 1 if self.style in {"|", ">"} else self.line


class Sequence(msgspec.Struct, frozen=True):
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int


class Mapping(msgspec.Struct, frozen=True):
    """Keys and values, in the order written; a key stands once."""

    pairs: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping
