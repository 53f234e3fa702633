"""Free values, for what the author may add without a schema: ``extra:``, own columns, data files. Layer: model."""

from collections.abc import Iterator
from functools import lru_cache

import msgspec


class Items(msgspec.Struct, frozen=True, tag="items"):
    """A list of free values; a template walks and counts it like any list."""

    items_: tuple["Value", ...] = ()
    """In the order written."""

    def __getitem__(self, index: int) -> "Value":
        """Give the value at a place."""
        return self.items_[index]

    def __iter__(self) -> Iterator["Value"]:
        """Walk the values."""
        return iter(self.items_)

    def __len__(self) -> int:
        """Count the values; an empty list is false in a template."""
        return len(self.items_)


class Record(msgspec.Struct, frozen=True, tag="record"):
    """A mapping with its keys in the author's order; a template reads ``record.key`` or ``record["key"]``."""

    pairs_: tuple[tuple[str, "Value"], ...] = ()
    """Key and value, in the order written."""

    def __getitem__(self, key: str) -> "Value":
        """Give the value of a key; KeyError (in a template: undefined, an error) where there is none."""
        return _index(_Same(self))[key]

    def __contains__(self, key: object) -> bool:
        """Say whether the author wrote the key."""
        return isinstance(key, str) and key in _index(_Same(self))

    def __iter__(self) -> Iterator[str]:
        """Walk the keys."""
        return (name for name, _ in self.pairs_)

    def __len__(self) -> int:
        """Count the keys; an empty record is false in a template."""
        return len(self.pairs_)


class _Same:
    """A record as a key: that one and no other, so that what it holds need not be looked at."""

    __slots__ = ("record",)

    def __init__(self, record: Record) -> None:
        self.record = record

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.record is other.record


@lru_cache(maxsize=64)
def _index(same: _Same) -> dict[str, "Value"]:
    """Give what a record holds by key; apart from it, so that no template reaches a thing that it could change."""
    return dict(same.record.pairs_)


Value = str | int | bool | None | Items | Record
