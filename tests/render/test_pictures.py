"""Every size of every kind of picture, upright, in its own colours, and the same each time."""

import io
import struct
from itertools import product

import pytest
from PIL import Image

from cogen.assemble.views import PictureFileView
from cogen.read.bitmaps import decode_bitmap, look_at_bitmap
from cogen.read.pictures import look_at
from cogen.render.pictures import PictureMaker

TRANSPOSED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How to lay an upright picture so that the orientation of that number stands it up again."""


def scene(mode: str = "RGB", size: tuple[int, int] = (900, 600)) -> Image.Image:
    """Give a picture whose quarters differ: red, green; blue, white."""
    image = Image.new("RGB", size, "white")
    width, height = size[0] // 2, size[1] // 2
    image.paste("red", (0, 0, width, height))
    image.paste("lime", (width, 0, size[0], height))
    image.paste("blue", (0, height, width, size[1]))
    if mode == "I;16":
        return image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    return image.convert(mode)


def stored(image: Image.Image, kind: str, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    laid = image.transpose(TRANSPOSED[orientation]) if orientation in TRANSPOSED else image
    file = io.BytesIO()
    options = {"lossless": True} if kind == "WEBP" else {"quality": 95} if kind == "JPEG" else {}
    laid.save(file, kind, exif=exif, **options)
    return file.getvalue()


def quarters(data: bytes) -> list[tuple[int, ...]]:
    """Give the colours of the quarters, from left to right and downwards, as 0 or 1 a channel."""
    with Image.open(io.BytesIO(data)) as image:
        assert image.getexif().get(0x0112, 1) == 1
        four = image.convert("RGB").resize((2, 2), Image.Resampling.BOX)
        found = [four.getpixel((x, y)) for y, x in product((0, 1), (0, 1))]
    return [tuple(round(each / 255) for each in colour) for colour in found if isinstance(colour, tuple)]


def view(width: int, kind: str, *, is_turned: bool = False) -> PictureFileView:
    return PictureFileView("digest", kind, width, 80 if width else 0, is_turned=is_turned)


SCENE = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_on_its_side_stands_upright_in_every_size(kind: str, orientation: int) -> None:
    original = stored(scene(), kind, orientation)
    maker = PictureMaker()
    seen = look_at(original, "a.png")
    assert seen is not None
    assert (seen.width, seen.height, seen.is_turned) == (900, 600, orientation != 1)
    for width, made_kind in ((0, kind.lower()), (400, kind.lower()), (400, "webp")):
        made = maker.make(view(width, made_kind, is_turned=seen.is_turned), original)
        assert quarters(made) == SCENE
        found = look_at(made, "a.png")
        assert found is not None
        assert (found.width, found.height) == ((width, round(width * 2 / 3)) if width else (900, 600))
        assert found.format == made_kind


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("1", "PNG"),
        ("L", "PNG"),
        ("L", "JPEG"),
        ("LA", "PNG"),
        ("P", "PNG"),
        ("RGBA", "PNG"),
        ("RGBA", "WEBP"),
        ("CMYK", "JPEG"),
        ("I;16", "PNG"),
    ],
)
def test_a_picture_of_any_kind_of_pixels_keeps_its_colours(mode: str, kind: str) -> None:
    original = stored(scene(mode), kind)
    expected = quarters(original) if mode != "I;16" else quarters(stored(scene("L"), "PNG"))
    maker = PictureMaker()
    for made_kind in {kind.lower(), "webp"}:
        assert quarters(maker.make(view(300, made_kind), original)) == expected


@pytest.mark.parametrize("made_kind", ["png", "webp"])
@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_what_is_clear_stays_clear(mode: str, made_kind: str) -> None:
    image = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 300, 600))
    original = stored(image.quantize(16) if mode == "P" else image, "PNG")
    made = PictureMaker().make(view(200, made_kind), original)
    with Image.open(io.BytesIO(made)) as small:
        alpha = small.convert("RGBA").getchannel("A")
    assert alpha.getpixel((20, 100)) in {254, 255}
    assert alpha.getpixel((180, 100)) == 0


def test_a_drawing_keeps_few_colours() -> None:
    original = stored(scene().quantize(16), "PNG")
    made = PictureMaker().make(view(300, "png"), original)
    with Image.open(io.BytesIO(made)) as small:
        assert small.mode == "P"


def test_a_turned_jpeg_is_as_good_as_it_was() -> None:
    noise = Image.effect_noise((160, 120), 60).convert("RGB")
    lying = stored(noise, "JPEG", 6)
    with (
        Image.open(io.BytesIO(lying)) as before,
        Image.open(io.BytesIO(PictureMaker().make(view(0, "jpeg", is_turned=True), lying))) as after,
    ):
        assert after.quantization == before.quantization


def test_the_bytes_depend_on_nothing_else_that_was_made() -> None:
    original = stored(scene(size=(1200, 800)), "JPEG")
    views = [view(width, kind) for width in (150, 300, 600) for kind in ("jpeg", "webp")]
    maker, again = PictureMaker(), PictureMaker()
    first = {each: maker.make(each, original) for each in views}
    assert {each: again.make(each, original) for each in reversed(views)} == first
    assert {each: PictureMaker().make(each, original) for each in views} == first


def test_one_originals_pixels_are_not_taken_for_anothers() -> None:
    maker = PictureMaker()
    red, blue = (stored(Image.new("RGB", (900, 600), colour), "JPEG") for colour in ("red", "blue"))
    first = maker.make(PictureFileView("red", "jpeg", 400, 80), red)
    second = maker.make(PictureFileView("blue", "jpeg", 400, 80), blue)
    assert (quarters(first)[0], quarters(second)[0]) == ((1, 0, 0), (0, 0, 1))


def test_xmp_turns_no_picture() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    file = io.BytesIO()
    Image.new("RGB", (90, 60)).save(file, "JPEG", xmp=xmp)
    seen = look_at_bitmap(file.getvalue())
    assert (seen.width, seen.height, seen.is_turned) == (90, 60, False)
    assert decode_bitmap(file.getvalue()).size == (90, 60)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_grey_picture_with_a_profile_is_as_bright_in_every_format(kind: str) -> None:
    file = io.BytesIO()
    Image.new("L", (300, 200), 128).save(file, kind, icc_profile=grey_profile(gamma=3.0))
    made = [
        PictureMaker().make(PictureFileView("d", each, 100, 90), file.getvalue())
        for each in (kind.lower(), "webp")
    ]
    shades = []
    for data in made:
        with Image.open(io.BytesIO(data)) as image:
            assert image.info.get("icc_profile") is None
            shades.append(image.convert("L").getpixel((50, 50)))
    assert abs(shades[0] - shades[1]) <= 2
    assert shades[0] < 115, "the profile makes it darker"


def grey_profile(gamma: float) -> bytes:
    """Write the least ICC profile of greys (ICC.1:2010): a white point and a curve."""
    curve = b"curv" + struct.pack(">IIH", 0, 1, round(gamma * 256)) + b"\0\0"
    white = b"XYZ " + struct.pack(">I3i", 0, 63190, 65536, 54061)
    text = b"text\0\0\0\0none\0\0\0\0"
    name = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"grey\0" + b"\0" * 79
    parts = [(b"desc", name), (b"wtpt", white), (b"cprt", text), (b"kTRC", curve)]
    place, table, body = 128 + 4 + 12 * len(parts), b"", b""
    for tag, data in parts:
        padded = data + b"\0" * (-len(data) % 4)
        table += tag + struct.pack(">II", place + len(body), len(data))
        body += padded
    size = place + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"\0" * 4, 0x02100000, b"mntr", b"GRAY", b"XYZ ")
    head += struct.pack(">6H", 2013, 5, 1, 0, 0, 0) + b"acsp" + b"\0" * 24 + b"\0" * 4
    head += struct.pack(">3i", 63190, 65536, 54061)
    head = head.ljust(128, b"\0")
    return head + struct.pack(">I", len(parts)) + table + body


def test_notes_that_cannot_be_read_make_no_picture_unsound() -> None:
    file = io.BytesIO()
    Image.new("RGB", (90, 60)).save(file, "PNG", exif=b"no TIFF at all")
    seen = look_at_bitmap(file.getvalue())
    assert (seen.width, seen.height, seen.problem, seen.is_sized) == (90, 60, "", True)
    assert decode_bitmap(file.getvalue()).size == (90, 60)
