"""Bitmaps, opened with care: of known formats, whole, and not larger than a computer can hold. Layer: read.

All that is known of bitmaps here comes from the package Pillow.  It takes 40 ms to import, so this module is
imported where a bitmap is read for the first time, and not where it is only remembered.
"""

import io
import math
from typing import Final

from PIL import (
    AvifImagePlugin,  # noqa: F401 each of them makes its format known
    BmpImagePlugin,  # noqa: F401
    GifImagePlugin,  # noqa: F401
    Image,
    ImageOps,
    JpegImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

from cogen.model.documents import Picture, PictureFormat

MOST_PIXELS: Final = 64_000_000
"""A picture of a telephone has 12 to 50 million; 64 million take 200 MB while they are made smaller."""
_FORMATS: Final[dict[str, PictureFormat]] = {
    "JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif", "BMP": "bmp",
}  # fmt: skip
_READERS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")
"""MPO, a JPEG with more pictures behind it, is read by the first."""
_SIZED: Final = frozenset({"jpeg", "png", "webp"})
_ORIENTATION: Final = 0x0112
_LYING: Final = frozenset({5, 6, 7, 8})
"""Orientations that exchange width and height."""
_MODES: Final = {
    "1": "L", "L": "L", "RGB": "RGB", "CMYK": "RGB", "YCbCr": "RGB", "LAB": "RGB", "HSV": "RGB", "RGBX": "RGB",
}  # fmt: skip
"""Those without transparency, and what they become; every other becomes RGBA."""
_SIXTEEN_BITS: Final = "I"
_SHADES: Final = 256

Image.MAX_IMAGE_PIXELS = None  # we count ourselves, and give a finding instead of a warning


def look_at_bitmap(data: bytes) -> Picture:
    """Say what a bitmap is, its size as a browser shows it; one of which other sizes are made is read to its end.

    A picture with a problem, and no size, where it cannot be understood or holds more than ``MOST_PIXELS``.
    """
    try:
        with open_bitmap(data) as image:
            width, height = image.size
            kind = _FORMATS[image.format or ""]
            if width * height > MOST_PIXELS:
                return Picture(format=kind, problem="enormous")
            is_still = image.format == "MPO" or not getattr(image, "is_animated", False)
            orientation = _orientation_of(image)
            if orientation in _LYING:
                width, height = height, width
            if kind in _SIZED and is_still:
                image.draft(None, (1, 1))
                image.load()
    except Exception:  # noqa: BLE001 a broken picture makes Pillow raise whatever its reader stumbled over
        return Picture(problem="broken")
    is_sized = kind in _SIZED and is_still
    return Picture(width, height, kind, is_sized=is_sized, is_turned=is_sized and orientation != 1)


def open_bitmap(data: bytes) -> Image.Image:
    """Read a bitmap's head; its pixels are read when they are asked for.  Pillow's errors where it is not sound."""
    return Image.open(io.BytesIO(data), formats=_READERS)


def _orientation_of(image: Image.Image) -> int:
    """Give how the camera was held: 1 to 8, where 1 is upright (TIFF 6.0, tag 274)."""
    orientation = image.getexif().get(_ORIENTATION, 1)
    return orientation if isinstance(orientation, int) and orientation in range(1, 9) else 1


def decode_bitmap(data: bytes, width: int = 0) -> Image.Image:
    """Give a picture's pixels upright, in L, RGB or RGBA, at least ``width`` wide where the original is; 0: all.

    Its colour profile stays in ``info``.  What ``look_at_bitmap`` found sound can be decoded.
    """
    with open_bitmap(data) as image:
        if width:
            _shrink(image, width)
        profile = image.info.get("icc_profile") if image.mode != "CMYK" else None
        pixels = _plain(ImageOps.exif_transpose(image))
    pixels.info = {"icc_profile": profile} if profile else {}
    return pixels


def _shrink(image: Image.Image, width: int) -> None:
    """Let a JPEG be decoded at the half, a quarter or an eighth of its size, which is quicker by as much."""
    full, height = image.size
    if _orientation_of(image) in _LYING:
        image.draft(None, (math.ceil(full * width / height), width))
    else:
        image.draft(None, (width, math.ceil(height * width / full)))


def _plain(image: Image.Image) -> Image.Image:
    if image.mode.startswith(_SIXTEEN_BITS):
        return image.point(lambda value: value / _SHADES).convert("L")
    mode = "RGBA" if "transparency" in image.info else _MODES.get(image.mode, "RGBA")
    if image.mode == "P" and mode == "RGBA" and "transparency" not in image.info:
        mode = "RGB"
    return image if image.mode == mode else image.convert(mode)
