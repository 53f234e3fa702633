"""What a picture is, from its bytes. Layer: read.

Bitmaps are read by the package Pillow (``read/bitmaps.py``).  SVG is read here, without an XML parser: its opening
tag says all, and XML from strangers can explode.
"""

import re
from pathlib import PurePosixPath

from cogen.model.documents import Picture
from cogen.read.picture_notes import signed_format

_BITMAPS = frozenset({".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp", ".avif", ".apng", ".bmp"})
_FOREIGN = frozenset({".heic", ".heif", ".tif", ".tiff", ".psd", ".xcf", ".raw", ".dng", ".cr2", ".nef"})
"""What cameras and programs for drawing write, and browsers do not show."""
_SVG_HEAD_BYTES = 65_536
_SVG_START = re.compile(r"<svg(?=[\s>])", re.IGNORECASE)
_SVG_TAG = re.compile(r"<svg((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>", re.IGNORECASE)
_SVG_ATTRIBUTE = re.compile(r"\s(width|height|viewBox)\s*=\s*[\"']([^\"']*)[\"']")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LENGTH = re.compile(r"\s*([0-9]{0,9}\.?[0-9]{1,9})\s*(px|pt|pc|mm|cm|in)?\s*")
_CSS_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LARGEST = 1_000_000
_VIEW_BOX_NUMBERS = 4


def look_at(data: bytes, name: str) -> Picture | None:
    """Say what a picture is; None where neither the name nor the first bytes are a picture's.

    Of one that only begins as a picture does, the format alone is said, so that its notes can be taken out.

    Its problem is ``broken`` where the file cannot be understood, or an SVG names no size.
    """
    suffix = PurePosixPath(name).suffix.lower()
    kind = signed_format(data)
    if suffix == ".svg" and not kind:
        width, height = _svg_size(data)
        if 0 < width <= _LARGEST and 0 < height <= _LARGEST:
            return Picture(width, height, "svg")
    if suffix == ".svg":
        return Picture(format=kind or "svg", problem="broken")
    is_heif = suffix in _BITMAPS and kind == "heif"  # which telephones name ``.jpg`` now and then
    if suffix in _FOREIGN or is_heif:
        return Picture(format=kind, problem="foreign")
    if suffix not in _BITMAPS:
        return Picture(format=kind) if kind else None
    from cogen.read.bitmaps import look_at_bitmap  # noqa: PLC0415 imports Pillow, for new pictures only

    return look_at_bitmap(data)


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
