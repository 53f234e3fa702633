"""Pictures in the sizes in which they are published, by the package Pillow. Layer: render.

The same bytes for the same original, width, format and quality, wherever one version of Pillow is installed.
"""

import io
import warnings
from typing import Final

from PIL import (
    IcoImagePlugin,  # noqa: F401 makes its format known
    Image,
    ImageOps,
    JpegImagePlugin,
)

from cogen.assemble.views import PictureFileView
from cogen.read.bitmaps import decode_bitmap, open_bitmap, orientation_of
from cogen.read.picture_notes import without_notes

_FINER: Final = 2
"""An original is decoded at least so many times as wide as the size made of it."""
_EFFORT: Final = 4
"""Of WebP, 0 to 6; those above take longer by much and save little."""
_COLOURS: Final = 256
_ICONS: Final = frozenset({"ico", "touch"})
_ICO_SIZES: Final = [(16, 16), (32, 32), (48, 48)]
_TURNED_QUALITY: Final = 90


class PictureMaker:
    """Makes pictures; the last one stays in mind, since it is asked for in two formats, one after the other."""

    def __init__(self) -> None:
        """Begin with nothing decoded."""
        self._digest = ""
        self._sized: dict[int, Image.Image] = {}

    def make(self, view: PictureFileView, original: bytes) -> bytes:
        """Make one size of a picture, or with width 0 the original upright and without notes."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd notes: they name no file, and the notes go
            return self._made(view, original)

    def _made(self, view: PictureFileView, original: bytes) -> bytes:
        if not view.width:
            if view.is_turned:
                return _turned(original)
            return without_notes(original, view.format, orientation_of(original))
        if view.format in _ICONS:
            return _icon(decode_bitmap(original), view)
        if view.digest != self._digest:
            self._digest, self._sized = view.digest, {}
        if view.width not in self._sized:
            self._sized = {view.width: self._resized(original, view.width)}
        return _encoded(self._sized[view.width], view, original)

    def _resized(self, original: bytes, width: int) -> Image.Image:
        pixels = decode_bitmap(original, width * _FINER)
        height = max(1, round(pixels.height * width / pixels.width))
        return pixels.resize((width, height), Image.Resampling.LANCZOS)


def _icon(pixels: Image.Image, view: PictureFileView) -> bytes:
    """Make a square icon with the whole picture in it."""
    size = (view.width, view.width)
    if view.format == "ico":
        return _saved(
            ImageOps.pad(pixels.convert("RGBA"), size, color=(0, 0, 0, 0)), "ICO", {"sizes": _ICO_SIZES}
        )
    whole = ImageOps.pad(pixels.convert("RGBA"), size, color=(255, 255, 255, 255))
    white = Image.new("RGBA", size, "white")
    white.alpha_composite(whole)
    return _saved(white.convert("RGB"), "PNG", {"optimize": True})


def _turned(original: bytes) -> bytes:
    """Turn a picture as the camera noted, at the quality it has."""
    with open_bitmap(original) as image:
        turned = decode_bitmap(original)
        options: dict[str, object] = {"quality": _TURNED_QUALITY}
        if isinstance(image, JpegImagePlugin.JpegImageFile) and turned.mode == image.mode:
            options = {"qtables": image.quantization, "subsampling": JpegImagePlugin.get_sampling(image)}
        return _saved(turned, "JPEG" if image.format == "MPO" else image.format or "", options)


def _encoded(sized: Image.Image, view: PictureFileView, original: bytes) -> bytes:
    match view.format:
        case "jpeg":
            return _saved(sized, "JPEG", {"quality": view.quality, "progressive": True, "optimize": True})
        case "png":
            return _saved(_with_few_colours(sized, original), "PNG", {"optimize": True})
        case _:
            lossy = _saved(sized, "WEBP", {"quality": view.quality, "method": _EFFORT})
            if not original.startswith(b"\x89PNG"):
                return lossy
            lossless = _saved(sized, "WEBP", {"lossless": True, "quality": 50, "method": _EFFORT})
            return min(lossless, lossy, key=len)


def _with_few_colours(sized: Image.Image, original: bytes) -> Image.Image:
    """Give a drawing as few colours as its original has: with all between them it would be larger than that."""
    with open_bitmap(original) as image:
        if image.mode != "P":
            return sized
    return sized.quantize(_COLOURS, Image.Quantize.FASTOCTREE)


def _saved(image: Image.Image, kind: str, options: dict[str, object]) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, icc_profile=image.info.get("icc_profile"), **options)
    return written.getvalue()
