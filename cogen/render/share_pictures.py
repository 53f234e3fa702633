"""Pictures for sharing: a title in large letters on the site's colour, by the package Pillow. Layer: render.

1200 by 630 pixels, as the networks that read Open Graph show it.  A title that the font has no letters for is left
out, and so is one that is written from right to left, which the plain layout cannot set; the site's mark remains.
"""

import io
import re
import unicodedata
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from cogen.assemble.share_style import SHARE_SIZE
from cogen.assemble.views import SharePictureView

(_WIDTH, _HEIGHT), _MARGIN = SHARE_SIZE, 80
_SIZES: Final = (92, 80, 70, 60, 52, 46)
"""Pixels of the title's letters, the first that fits."""
_NAME_SIZE: Final = 40
_BAR: Final = (120, 14)
_YELLOW: Final = "#f3b61f"
_GAP: Final = 60
_LINE: Final = 1.18
_COLOURS: Final = 32
_LIGHT: Final = 150
_NOTHING: Final = "\uffff"
_JOINED: Final = re.compile("[\ufb00-\ufb06]")
_FROM_THE_RIGHT: Final = frozenset({"R", "AL"})


def make_share_picture(view: SharePictureView, font: bytes) -> bytes:
    """Draw a picture for sharing, as a PNG."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), view.ground)
    draw = ImageDraw.Draw(image)
    ink = "#1e1b17" if image.convert("L").getpixel((0, 0)) > _LIGHT else "#ffffff"  # type: ignore[operator]
    name_font = _font(font, _NAME_SIZE)
    draw.rectangle((_MARGIN, _MARGIN, _MARGIN + _BAR[0], _MARGIN + _BAR[1]), fill=_YELLOW)
    site_title, title = _settable(view.site_title), _settable(view.title)
    if _has_letters(name_font, site_title):
        name = _shortened(site_title, name_font)
        draw.text((_MARGIN, _HEIGHT - _MARGIN), name, font=name_font, fill=ink, anchor="ls")
    if _has_letters(name_font, title):
        _draw_title(draw, title, font, ink)
    written = io.BytesIO()
    image.quantize(_COLOURS).save(written, "PNG", optimize=True)
    return written.getvalue()


def font_fault(data: bytes) -> str:
    """Say what is wrong with a font's file; nothing where it can be used."""
    try:
        _font(data, _NAME_SIZE)
    except OSError as error:  # Pillow's word for a file that is no font
        return str(error)
    return ""


def _settable(text: str) -> str:
    """Take out what is not seen (soft hyphens, joiners), and take joined letters apart."""
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return _JOINED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), seen)


def _draw_title(draw: ImageDraw.ImageDraw, title: str, data: bytes, ink: str) -> None:
    top = _MARGIN + _BAR[1] + 40
    room = _HEIGHT - _MARGIN - _NAME_SIZE - _GAP - top
    for size in _SIZES:
        font = _font(data, size)
        lines = _wrapped(title, font)
        step = round(size * _LINE)
        if len(lines) * step <= room:
            break
    most = room // step
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(" ".join(lines[most - 1 :]), font)]
    for number, line in enumerate(lines):
        draw.text((_MARGIN, top + number * step), line, font=font, fill=ink, anchor="la")


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _fits(longer, font):
            lines[-1] = longer
        else:
            lines.append(_shortened(word, font))
    return lines


def _shortened(text: str, font: ImageFont.FreeTypeFont) -> str:
    """Cut a text that is wider than the picture, with an ellipsis."""
    if _fits(text, font):
        return text
    while text and not _fits(f"{text}…", font):
        text = text[:-1]
    return text.rstrip() + "…"


def _fits(text: str, font: ImageFont.FreeTypeFont) -> bool:
    """Say whether a line fits; by what is drawn, since advance widths leave the last letter's overhang out."""
    return font.getbbox(text, anchor="ls")[2] <= _WIDTH - 2 * _MARGIN


def _has_letters(font: ImageFont.FreeTypeFont, text: str) -> bool:
    nothing = bytes(font.getmask(_NOTHING))
    return not any(unicodedata.bidirectional(char) in _FROM_THE_RIGHT for char in text) and all(
        char.isspace() or bytes(font.getmask(char)) != nothing for char in set(text)
    )


def _font(data: bytes, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
