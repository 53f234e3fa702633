"""Digests: of bytes, of texts, and of any frozen value by its encoding. Layer: model.

A value's digest is the hash of its msgpack encoding, which walks every field by itself.  Struct types carry
a tag, so two types with equal fields differ; nothing with an unstable order is ever in a value.
"""

from hashlib import blake2b

import msgspec

_SIZE_BYTES = 16
_ENCODER = msgspec.msgpack.Encoder()

encode = _ENCODER.encode


def hash_bytes(data: bytes) -> str:
    """Give the hexadecimal digest of bytes."""
    return blake2b(data, digest_size=_SIZE_BYTES).hexdigest()


def hash_value(*values: object) -> str:
    """Give the hexadecimal digest of frozen values, in order."""
    return blake2b(_ENCODER.encode(values), digest_size=_SIZE_BYTES).hexdigest()
