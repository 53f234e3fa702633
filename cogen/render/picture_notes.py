"""Pictures without what a camera or a program noted in them: where, when and with what they were taken. Layer: render.

The pixels stay as they are, bit by bit.  What tells how to show them stays, too: colour profiles, transparency and
animation.  Sources: ITU-T T.81 annex B (JPEG), the PNG specification (third edition), RFC 9649 (WebP).
"""

import re
import struct
from collections.abc import Iterator
from typing import Final

_JPEG_START: Final = b"\xff\xd8"
_JPEG_END: Final = b"\xff\xd9"
_SCAN: Final = 0xDA
_PROFILE: Final = b"ICC_PROFILE\x00"
_COMMENT: Final = 0xFE
_APPS: Final = range(0xE0, 0xF0)
_JFIF, _PROFILES, _ADOBE = 0xE0, 0xE2, 0xEE
_MARKER: Final = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
"""A marker after the data of a scan; restart markers and stuffed bytes are part of the data."""
_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_PNG_NOTES: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_NOTES: Final = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS: Final = 0x08 | 0x04
"""Those of VP8X that say that there are such chunks."""


def without_notes(data: bytes, kind: str) -> bytes:
    """Give a picture without its notes; one that is not built as its format says comes back as it is."""
    try:
        match kind:
            case "jpeg":
                return b"".join(_jpeg(data))
            case "png":
                return b"".join(_png(data))
            case "webp":
                return _webp(data)
            case _:
                return data
    except (IndexError, struct.error):
        return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Give the segments that stay; what follows the end of the picture (a preview, a film) goes."""
    yield data[:2]
    place = 2
    while data[place : place + 2] != _JPEG_END:
        while data[place + 1] == 0xFF:  # noqa: PLR2004 bytes that fill
            place += 1
        marker = data[place + 1]
        (length,) = struct.unpack_from(">H", data, place + 2)
        end = place + 2 + length
        if data[place] != 0xFF or end > len(data):  # noqa: PLR2004
            raise IndexError(place)
        if _stays(marker, data[place + 4 : end]):
            yield data[place:end]
        place = end
        if marker == _SCAN:
            found = _MARKER.search(data, place)
            if found is None:
                raise IndexError(place)
            yield data[place : found.start()]
            place = found.start()
    yield _JPEG_END


def _stays(marker: int, content: bytes) -> bool:
    if marker == _PROFILES:
        return content.startswith(_PROFILE)
    return marker in {_JFIF, _ADOBE} or (marker not in _APPS and marker != _COMMENT)


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG_START
    place, kind = len(_PNG_START), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            raise IndexError(place)
        if kind not in _PNG_NOTES:
            yield data[place:end]
        place = end


def _webp(data: bytes) -> bytes:
    pieces: list[bytes] = []
    place = 12
    whole = 8 + struct.unpack_from("<I", data, 4)[0]
    while place < whole:
        kind, length = struct.unpack_from("<4sI", data, place)
        end = place + 8 + length + length % 2
        if place + 8 + length > len(data):
            raise IndexError(place)
        chunk = data[place:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:]
        if kind not in _WEBP_NOTES:
            pieces.append(chunk)
        place = end
    body = b"WEBP" + b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body)) + body
