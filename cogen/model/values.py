"""Free values, for what the author may add without a schema: ``extra:``, own columns, data files. Layer: model."""

from collections.abc import Iterator
from functools import cached_property

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


class Record(msgspec.Struct, frozen=True, tag="record", dict=True):
    """A mapping with its keys in the author's order; a template reads ``record.key`` or ``record["key"]``."""

    pairs_: tuple[tuple[str, "Value"], ...] = ()
    """Key and value, in the order written."""

    def __getitem__(self, key: str) -> "Value":
        """Give the value of a key; KeyError (in a template: undefined, an error) where there is none."""
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        """Say whether the author wrote the key."""
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        """Walk the keys."""
        return (name for name, _ in self.pairs_)

    def __len__(self) -> int:
        """Count the keys; an empty record is false in a template."""
        return len(self.pairs_)

    @cached_property
    def _values(self) -> dict[str, "Value"]:
        return dict(self.pairs_)


Value = str | int | bool | None | Items | Record
