"""Bitmaps, opened with care: of known formats, whole, and not larger than a computer can hold. Layer: read.

All that is known of bitmaps here comes from the package Pillow.  It takes 40 ms to import, so this module is
imported where a bitmap is read for the first time, and not where it is only remembered.
"""

import io
import math
import warnings
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

from cogen.model.documents import Picture, PictureFormat, PictureProblem
from cogen.read.picture_notes import signed_format, without_notes

MOST_PIXELS: Final = 64_000_000
"""A picture of a telephone has 12 to 50 million; 64 million take 200 MB while they are made smaller."""
_FORMATS: Final[dict[str, PictureFormat]] = {
    "JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif", "BMP": "bmp",
}  # fmt: skip
_READERS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")
"""MPO, a JPEG with more pictures behind it, is read by the first."""
_SIZED: Final = frozenset({"jpeg", "png", "webp"})
"""Those of which other sizes are made."""
_SPACE: Final = slice(16, 20)
"""Where a colour profile names the kind of colours that it is for (ICC.1, 7.2.8)."""
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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow names no file, and we say what matters
        try:
            return _look_at(data)
        except Exception:  # noqa: BLE001 a broken picture makes Pillow raise whatever its reader stumbled over
            return _problem(data, "broken")


def _look_at(data: bytes) -> Picture:
    with open_bitmap(data) as image:
        width, height = image.size
        kind = _FORMATS[image.format or ""]
        if width * height > MOST_PIXELS:
            return _problem(data, "enormous")
        is_still = image.format == "MPO" or not getattr(image, "is_animated", False)
        orientation = _orientation_of(image)
        if orientation in _LYING and (is_still or kind != "webp"):  # browsers do not turn a film in WebP
            width, height = height, width
        if kind in _SIZED and is_still:
            image.draft(None, (1, 1))
            image.load()
    is_sized = kind in _SIZED and is_still
    return Picture(width, height, kind, is_sized=is_sized, is_turned=is_sized and orientation != 1)


def _problem(data: bytes, problem: PictureProblem) -> Picture:
    """Say what is wrong; the format is that which the file begins with, so that its notes can be taken out."""
    return Picture(format=signed_format(data), problem=problem)


def open_bitmap(data: bytes) -> Image.Image:
    """Read a bitmap's head; its pixels are read when they are asked for.  Pillow's errors where it is not sound.

    Notes that Pillow cannot read do not make a picture unsound, and XMP turns none, as it does in no browser.
    """
    try:
        image = Image.open(io.BytesIO(data), formats=_READERS)
        image.info.pop("xmp", None)
        image.info.pop("XML:com.adobe.xmp", None)
        if "exif" in image.info:  # else a PNG would be read to its end to look for it
            image.getexif()
    except Exception:
        bare = without_notes(data, signed_format(data))
        if bare == data:
            raise
        image = Image.open(io.BytesIO(bare), formats=_READERS)
    return image


def orientation_of(data: bytes) -> int:
    """Give how the camera was held: 1 to 8, where 1 is upright (TIFF 6.0, tag 274), and where nothing is known."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with open_bitmap(data) as image:
                return _orientation_of(image) if "exif" in image.info else 1
        except Exception:  # noqa: BLE001 as above
            return 1


def _orientation_of(image: Image.Image) -> int:
    orientation = image.getexif().get(_ORIENTATION, 1)
    return orientation if isinstance(orientation, int) and orientation in range(1, 9) else 1


def decode_bitmap(data: bytes, width: int = 0) -> Image.Image:
    """Give a picture's pixels upright, in L, RGB or RGBA, at least ``width`` wide where the original is; 0: all.

    Its colour profile stays in ``info``, but for one of grey, by which the pixels are made plain.  What
    ``look_at_bitmap`` found sound can be decoded.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with open_bitmap(data) as image:
            if width:
                _shrink(image, width)
            profile = image.info.get("icc_profile") if image.mode != "CMYK" else None
            pixels = _plain(ImageOps.exif_transpose(image))
    pixels.info = {}
    if profile and profile[_SPACE] == b"GRAY":
        return _by_grey_profile(pixels, profile)
    if profile:
        pixels.info = {"icc_profile": profile}
    return pixels


def _by_grey_profile(pixels: Image.Image, profile: bytes) -> Image.Image:
    """Give each grey the brightness that its profile says: other formats have no place for such a profile."""
    from PIL import ImageCms  # noqa: PLC0415 for such pictures only

    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), "L", "RGB"
        )
    except ImageCms.PyCMSError:
        return pixels
    shown = Image.new("RGB", pixels.size)
    transform.apply(pixels if pixels.mode == "L" else pixels.getchannel(0), shown)
    if pixels.mode == "RGBA":
        shown.putalpha(pixels.getchannel("A"))
    shown.info = {}  # else it has a profile with the time in it
    return shown


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
