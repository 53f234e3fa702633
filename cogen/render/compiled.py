"""What templates were compiled to, and what they ask for, for as long as a process lives. Layer: render.

A server builds again and again, and a site in several languages has an environment for each.  What was made of the
templates that ship can be taken over from another process and given to the next.
"""

import marshal
from collections.abc import Callable, Mapping
from types import CodeType

import jinja2
import msgspec
from jinja2.bccache import Bucket

from cogen.render.checked import Reference

Find = Callable[[], tuple[Reference, ...]]


class ShippedCode(msgspec.Struct, frozen=True):
    """What one engine made of templates that ship with it; to another it means nothing."""

    engine: str = ""
    """Digest of Python, Jinja, cogen's modules and all else that decides it."""
    code: Mapping[str, bytes] = {}
    """Marshalled, by ``Compiled.key``."""
    references: Mapping[str, tuple[Reference, ...]] = {}
    """What each file asks for, by its digest."""


class Compiled(jinja2.BytecodeCache):
    """What is known in this process: by name, file and source, which is all that decides it."""

    def __init__(self, most: int) -> None:
        """Begin with nothing, and remember so many templates."""
        self.shipped = ShippedCode()
        self._most = most
        self._codes: dict[str, CodeType] = {}
        self._references: dict[str, tuple[Reference, ...]] = {}

    def key(self, name: str, path: str, source: str) -> str:
        """Give the key of a template: its name is in the code, its path in what a failure says."""
        return self.get_cache_key(name, path) + self.get_source_checksum(source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the code of a template, where it is known."""
        key = bucket.key + bucket.checksum
        bucket.code = self._codes.get(key)
        if bucket.code is None and (data := self.shipped.code.get(key)) is not None:
            bucket.code = marshal.loads(data)  # noqa: S302 it lies among the .pyc files of cogen's own modules
            self.dump_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take over what Jinja compiled."""
        if bucket.code is not None:
            self._codes[bucket.key + bucket.checksum] = bucket.code
            _forget(self._codes, self._most)

    def references(self, digest: str, find: Find) -> tuple[Reference, ...]:
        """Give what the file with a digest asks for; ``find`` is called where that is not known."""
        known = self._references.get(digest)
        if known is None:
            known = self.shipped.references.get(digest)
        if known is None:
            known = self._references[digest] = find()
            _forget(self._references, self._most)
        return known


def _forget(known: dict[str, CodeType] | dict[str, tuple[Reference, ...]], most: int) -> None:
    if len(known) > most:
        del known[next(iter(known))]


COMPILED = Compiled(most=1_000)
