"""What a camera notes goes, and every pixel stays."""

import io
import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from cogen.read.picture_notes import without_notes

SECRET = b"51.4613 N, Brixton Hill"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def noted(kind: str, **options: object) -> bytes:
    """Give a picture with notes in every place its format has for them."""
    image = Image.frombytes("RGB", (80, 60), random.Random(1).randbytes(80 * 60 * 3))
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    notes: dict[str, object] = {"exif": exif, "icc_profile": PROFILE, "xmp": SECRET}
    if kind == "JPEG":
        notes |= {"comment": SECRET, "dpi": (300, 300)}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Location", SECRET.decode())
        text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        text.add_text("Comment", SECRET.decode(), zip=True)
        del notes["xmp"]
        notes["pnginfo"] = text
    file = io.BytesIO()
    image.save(file, kind, **notes, **options)
    return file.getvalue()


def pixels(data: bytes) -> tuple[str, tuple[int, int], bytes, bytes | None]:
    with Image.open(io.BytesIO(data)) as image:
        return image.mode, image.size, image.tobytes(), image.info.get("icc_profile")


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("JPEG", {"restart_marker_blocks": 2}),
        ("PNG", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_notes_go_and_pixels_and_colours_stay(kind: str, options: dict[str, object]) -> None:
    original = noted(kind, **options)
    assert SECRET in original
    clean = without_notes(original, kind.lower())
    assert SECRET not in clean
    assert pixels(clean) == pixels(original)
    with Image.open(io.BytesIO(clean)) as image:
        assert not image.getexif()
        assert "xmp" not in image.info
    assert without_notes(clean, kind.lower()) == clean


def test_adobes_notes_and_a_preview_go_too() -> None:
    original = noted("JPEG")
    notes = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(SECRET) + 2) + SECRET
        for marker in (0xED, 0xE2, 0xE5)
    )
    original = original[:2] + notes + original[2:] + noted("JPEG") + SECRET
    clean = without_notes(original, "jpeg")
    assert SECRET not in clean
    assert pixels(clean) == pixels(original)
    assert clean.endswith(b"\xff\xd9")


def test_a_picture_in_print_colours_keeps_what_tells_how_to_read_them() -> None:
    file = io.BytesIO()
    Image.new("CMYK", (8, 8), (200, 10, 30, 40)).save(file, "JPEG", comment=SECRET)
    clean = without_notes(file.getvalue(), "jpeg")
    assert SECRET not in clean
    assert pixels(clean) == pixels(file.getvalue())


def test_a_film_in_webp_still_moves() -> None:
    frames = [Image.effect_noise((20, 20), value).convert("RGB") for value in (10, 50, 90)]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], xmp=SECRET, lossless=True)
    clean = without_notes(file.getvalue(), "webp")
    assert SECRET not in clean
    with Image.open(io.BytesIO(clean)) as image:
        assert image.n_frames == len(frames)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@given(data=st.data())
def test_whatever_is_broken_in_a_picture_nothing_raises(kind: str, data: st.DataObject) -> None:
    whole = bytearray(noted(kind))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)))
    for damaged in (bytes(whole), bytes(whole[:end])):
        clean = without_notes(damaged, kind.lower())
        assert clean == damaged or len(clean) <= len(damaged) + 2


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif"])
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd9\xff", b"\x89PNG", b"RIFF", b"RIFF\0\0\0\0WEBM", b"GIF89a"]
)
def test_what_is_no_picture_comes_back(kind: str, data: bytes) -> None:
    assert without_notes(data, kind) == data
