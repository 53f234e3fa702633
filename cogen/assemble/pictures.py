"""The sizes in which a picture is published, and what a page says of them. Layer: assemble.

The address of a size is a function of the original's bytes and of what was asked for, so that a picture that is
renamed or moved, or shown on a hundred pages, is made once.
"""

from collections.abc import Iterator

import msgspec

from cogen.model import urls
from cogen.model.body import PictureFill
from cogen.model.config import PictureSettings
from cogen.model.documents import Asset, Picture, PictureFormat
from cogen.model.hashing import hash_value
from cogen.model.html import escape

_MOST_ALIKE = 1.1
"""A size is left out where the original is wider by no more than this."""
_LONGEST_WEBP = 16_383
"""Pixels of a side (RFC 9649, 2.1)."""
_SHARED_WIDTH = 1200
"""What programs that take one address get: wide enough for a preview, and quick to load."""


class Variant(msgspec.Struct, frozen=True):
    """One size of a picture in one format."""

    width: int
    format: PictureFormat
    address: str
    """Empty for the original itself."""


def variants_of(asset: Asset, settings: PictureSettings) -> tuple[Variant, ...]:
    """Name the sizes in which a picture is shown, by format and from the smallest.

    A JPEG in its full width is made anew, too: cameras spend on it several times what a screen can show.
    """
    picture = asset.picture
    if picture is None or not picture.is_sized:
        return ()
    return tuple(_variants(asset.digest, picture, settings))


def _variants(digest: str, picture: Picture, settings: PictureSettings) -> Iterator[Variant]:
    widths = [width for width in settings.widths if width * _MOST_ALIKE < picture.width]
    if not widths:
        return
    if len(widths) < len(settings.widths):
        widths.append(picture.width)
    formats = [picture.format]
    if settings.has_webp and picture.format != "webp":
        formats.append("webp")
    name = hash_value(digest, settings.quality)
    for kind in formats:
        for width in widths:
            if kind == "webp" and round(picture.height * width / picture.width) > _LONGEST_WEBP:
                continue
            is_original = kind == picture.format != "jpeg" and width == picture.width
            yield Variant(width, kind, "" if is_original else urls.picture(name, width, kind))


class Shown(msgspec.Struct, frozen=True):
    """A picture as a page shows it; all empty but ``address`` where there is one size of it."""

    address: str
    """Of the size for programs that take one address."""
    srcset: str = ""
    """The sizes in the original's format, ready for an attribute but for escaping."""
    webp: str = ""
    """Those in WebP, which a browser tries first."""


def shown(address: str, asset: Asset | None, settings: PictureSettings, base: str) -> Shown:
    """Say how a picture at an address of the site is shown."""
    variants = variants_of(asset, settings) if asset is not None else ()
    if asset is None or asset.picture is None or not variants:
        return Shown(address)
    placed = [msgspec.structs.replace(each, address=each.address or address) for each in variants]
    own = [each for each in placed if each.format == asset.picture.format]
    webp = [each for each in placed if each.format != asset.picture.format]
    fitting = [each for each in own if each.width <= _SHARED_WIDTH]
    return Shown((fitting or own)[-1].address, _srcset(own, base), _srcset(webp, base))


def _srcset(variants: list[Variant], base: str) -> str:
    return ", ".join(f"{urls.href(each.address, base)} {each.width}w" for each in variants)


def picture_fill(link: str, found: Shown, sizes: str, size: str) -> str | PictureFill:
    """Write a picture's source and the sizes it comes in; ``size`` is its width and height as attributes, or empty."""
    if not found.srcset:
        return f'src="{escape(link)}"{size}'
    shape = f' sizes="{escape(sizes)}"'
    inside = f'src="{escape(link)}" srcset="{escape(found.srcset)}"{shape}{size}'
    if not found.webp:
        return inside
    return PictureFill(inside, f'<source type="image/webp" srcset="{escape(found.webp)}"{shape}>')
