"""Pictures without what a camera or a program noted in them: where, when and with what they were taken. Layer: read.

The pixels stay as they are, bit by bit.  What tells how to show them stays, too: colour profiles, transparency and
animation.  Only what is known to be part of the picture stays, so that a file that is not built as its format says
loses what cannot be understood, and its notes with that.  Sources: ITU-T T.81 annex B (JPEG), the PNG specification
(third edition), RFC 9649 (WebP), GIF89a, TIFF 6.0 (how a camera was held); AVIF and HEIF are in
``read/picture_boxes.py``.
"""

import re
import struct
from collections.abc import Iterator
from typing import Final
from zlib import crc32

from cogen.model.documents import PictureFormat
from cogen.read.picture_boxes import without_noted_boxes

_JPEG_START: Final = b"\xff\xd8"
_JPEG_END: Final = b"\xff\xd9"
_SCAN: Final = 0xDA
_PROFILE: Final = b"ICC_PROFILE\x00"
_JFIF_START: Final = b"JFIF\x00"
_JFIF_BYTES: Final = 12
"""Without width and height of a preview, which follow."""
_ADOBE_BYTES: Final = 12
_COMMENT: Final = 0xFE
_APPS: Final = range(0xE0, 0xF0)
_JFIF, _EXIF, _PROFILES, _ADOBE, _END = 0xE0, 0xE1, 0xE2, 0xEE, 0xD9
_MARKER: Final = re.compile(rb"(?:[^\xff]++|\xff++[\x00\xd0-\xd7])*+(?P<marker>\xff++([^\x00\xff\xd0-\xd7]))")
"""The next marker, whatever stands before it; restart markers and stuffed bytes are part of the data of a scan."""
_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD: Final = b"IHDR"
_PNG_PARTS: Final = frozenset(
    {
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV",
        b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
    }
)  # fmt: skip
_WEBP_PARTS: Final = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
"""Flags of VP8X that say that there are such chunks."""
_GIF_HEAD_BYTES: Final = 13
_GIF_PICTURE_BYTES: Final = 10
_GIF_PICTURE, _GIF_MORE, _GIF_NOTHING, _GIF_END = 0x2C, 0x21, 0, b"\x3b"
_GIF_SHOWN, _GIF_PROGRAM = 0xF9, 0xFF
"""How long a picture of a film is shown, and what some program adds."""
_GIF_PROGRAMS: Final = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
"""How often a film is shown, by two names, and a colour profile."""
_SIGNATURES: Final[tuple[tuple[bytes, PictureFormat], ...]] = (
    (b"\xff\xd8\xff", "jpeg"), (_PNG_START, "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif"),
)  # fmt: skip
_BRANDS: Final = slice(8, 136)
"""Where a file of boxes names what it is (ISO/IEC 14496-12, 4.3), in groups of four, or enough of it."""
_LONG: Final = 1
"""The size of a box that says behind its name how long it is."""
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def signed_format(data: bytes) -> PictureFormat:
    """Give one of ``NOTED_FORMATS`` where a file begins as such a picture does, whatever follows; else nothing."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        size = int.from_bytes(data[:4])
        named = data[_BRANDS] if size == _LONG else data[_BRANDS][: max(0, size - _BRANDS.start)]
        return _format_by_brands(named)
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")


def _format_by_brands(named: bytes) -> PictureFormat:
    brands = {named[place : place + 4] for place in range(0, len(named), 4)}
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heif" if brands & _HEIF_BRANDS else ""


def without_notes(data: bytes, kind: str, orientation: int = 1) -> bytes:
    """Give a picture without its notes; what does not begin as its format does comes back as it is.

    ``orientation`` (1 to 8, TIFF tag 274) is noted anew in JPEG, PNG and WebP where it is not 1, and nothing else.
    """
    if signed_format(data) != kind:
        return data
    exif = _orientation_alone(orientation) if orientation != 1 else b""
    match kind:
        case "jpeg":
            return b"".join(_jpeg(data, exif))
        case "png":
            return b"".join(_png(data, exif))
        case "webp":
            return _webp(data, exif)
        case "gif":
            return b"".join(_gif(data))
        case _:
            return without_noted_boxes(data)


def _orientation_alone(orientation: int) -> bytes:
    """Write TIFF with one tag."""
    return struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def _jpeg(data: bytes, exif: bytes) -> Iterator[bytes]:
    """Give the segments that stay; what follows the end of the picture (a preview, a film) goes."""
    yield _JPEG_START
    if exif:
        content = b"Exif\x00\x00" + exif
        yield struct.pack(">BBH", 0xFF, _EXIF, len(content) + 2) + content
    found = _MARKER.match(data, 2)
    while found is not None and found[2][0] != _END:
        marker, place = found[2][0], found.end()
        length = struct.unpack_from(">H", data, place)[0] if place + 2 <= len(data) else 0
        end = place + length
        kept = _kept(marker, data[place + 2 : end])
        if kept is not None and end <= len(data):
            yield struct.pack(">BBH", 0xFF, marker, len(kept) + 2) + kept
        found = _MARKER.match(data, max(end, place))
        if marker == _SCAN:
            yield data[end : found.start("marker") if found else len(data)]
    yield _JPEG_END


def _kept(marker: int, content: bytes) -> bytes | None:
    """Give what stays of a segment: of JFIF all but its small preview, which may show what was cut away since."""
    if marker == _JFIF:
        return content[:_JFIF_BYTES] + b"\0\0" if content.startswith(_JFIF_START) else None
    if marker == _ADOBE:
        return content[:_ADOBE_BYTES] if content.startswith(b"Adobe") else None
    if marker == _PROFILES:
        return content if content.startswith(_PROFILE) else None
    return None if marker in _APPS or marker == _COMMENT else content


def _png(data: bytes, exif: bytes) -> Iterator[bytes]:
    yield _PNG_START
    place, kind = len(_PNG_START), b""
    while kind != b"IEND" and place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if kind in _PNG_PARTS:
            yield data[place:end]
        if kind == _PNG_HEAD and exif:
            yield struct.pack(">I", len(exif)) + b"eXIf" + exif + struct.pack(">I", crc32(b"eXIf" + exif))
        place = end


def _webp(data: bytes, exif: bytes) -> bytes:
    pieces: list[bytes] = []
    data = data[: int.from_bytes(data[4:8], "little") + 8]
    place = 12
    while place + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        end = place + 8 + length + length % 2
        chunk = data[place:end]
        if kind == b"VP8X" and len(chunk) > 8:  # noqa: PLR2004 the flags
            flags = chunk[8] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if exif else 0)
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if kind in _WEBP_PARTS:
            pieces.append(chunk)
        place = end
    if exif and pieces and pieces[0].startswith(b"VP8X"):
        pieces.append(b"EXIF" + struct.pack("<I", len(exif)) + exif)
    body = b"WEBP" + b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> Iterator[bytes]:
    """Give the blocks that stay; each is followed by pieces of up to 255 bytes, of which the last is empty."""
    place = _GIF_HEAD_BYTES + _colour_bytes(data, _GIF_HEAD_BYTES - 3)
    yield data[:place]
    while place + 2 <= len(data) and data[place] in {_GIF_PICTURE, _GIF_MORE, _GIF_NOTHING}:
        if data[place] == _GIF_NOTHING:  # one too many at the end of a block, say
            place += 1
            continue
        start, kind = place, data[place + 1]
        is_picture = data[place] == _GIF_PICTURE
        if is_picture:
            place += _GIF_PICTURE_BYTES + _colour_bytes(data, place + _GIF_PICTURE_BYTES - 1) + 1
        else:
            place += 2
        content = data[place + 1 : place + 12]
        while place < len(data) and data[place]:
            place += data[place] + 1
        place += 1
        if is_picture or kind == _GIF_SHOWN or (kind == _GIF_PROGRAM and content in _GIF_PROGRAMS):
            yield data[start:place]
    yield _GIF_END


def _colour_bytes(data: bytes, flags_at: int) -> int:
    """Give the length of the table of colours that these flags announce."""
    flags = data[flags_at] if flags_at < len(data) else 0
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
