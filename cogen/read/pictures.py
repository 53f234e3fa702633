"""The size of a picture, from its bytes. Layer: read.

Bitmaps are read by the package ``imagesize`` (headers only; the orientation that a camera notes is applied, as
browsers do).  SVG is read here, without an XML parser: its opening tag says all, and XML from strangers can explode.
"""

import io
import re
from pathlib import PurePosixPath

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".apng", ".bmp"})
_BROKEN = (0, 0)
_SVG_HEAD_BYTES = 65_536
_SVG_START = re.compile(r"<svg(?=[\s>])", re.IGNORECASE)
_SVG_TAG = re.compile(r"<svg((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>", re.IGNORECASE)
_SVG_ATTRIBUTE = re.compile(r"\s(width|height|viewBox)\s*=\s*[\"']([^\"']*)[\"']")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LENGTH = re.compile(r"\s*([0-9]{0,9}\.?[0-9]{1,9})\s*(px|pt|pc|mm|cm|in)?\s*")
_CSS_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LARGEST = 1_000_000
_VIEW_BOX_NUMBERS = 4


def picture_size(data: bytes, name: str) -> tuple[int, int] | None:
    """Give width and height in CSS pixels as a browser shows the picture.

    None where the name is no picture's; (0, 0) where the file cannot be understood, or an SVG names no size.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in PICTURE_SUFFIXES:
        return None
    width, height = _svg_size(data) if suffix == ".svg" else _bitmap_size(data)
    return (width, height) if 0 < width <= _LARGEST and 0 < height <= _LARGEST else _BROKEN


def _bitmap_size(data: bytes) -> tuple[int, int]:
    import imagesize  # noqa: PLC0415 60 ms that a build without new pictures need not pay

    try:
        width, height = imagesize.get(io.BytesIO(data))
    except Exception:  # noqa: BLE001 a broken picture makes it raise whatever its reader stumbled over
        return _BROKEN
    return int(width), int(height)


def _svg_size(data: bytes) -> tuple[int, int]:
    text = _COMMENT.sub("", data[:_SVG_HEAD_BYTES].decode("utf-8", "replace"))
    start = _SVG_START.search(text)
    tag = _SVG_TAG.match(text, start.start()) if start else None
    attributes = dict(_SVG_ATTRIBUTE.findall(tag[1])) if tag else {}
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    box = [_pixels(number) for number in re.split(r"[\s,]+", attributes.get("viewBox", "").strip())[2:]]
    if len(box) == _VIEW_BOX_NUMBERS - 2 and all(box):
        width = width or (height * box[0] / box[1] if height else box[0])
        height = height or width * box[1] / box[0]
    return round(width), round(height)


def _pixels(length: str) -> float:
    """Give a length in CSS pixels; 0 for percentages and what cannot be understood."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _CSS_PIXELS[found[2] or ""] if found else 0.0
