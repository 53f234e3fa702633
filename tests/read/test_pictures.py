import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import assert_linear
from PIL import Image

from cogen.model.documents import Picture
from cogen.read.bitmaps import MOST_PIXELS
from cogen.read.pictures import look_at

SIZE = (64, 48)


def size_of(data: bytes, name: str) -> tuple[int, int] | None:
    """Give width and height of a sound picture, (0, 0) of a broken one."""
    found = look_at(data, name)
    assert found is None or (found.width > 0 and found.height > 0) or found.problem == "broken"
    return None if found is None else (found.width, found.height)


def picture(kind: str, orientation: int = 1) -> bytes:
    file = io.BytesIO()
    image = Image.new("RGB", SIZE, "red")
    exif = Image.Exif()
    exif[0x0112] = orientation
    if orientation == 1:
        image.save(file, kind)
    else:
        image.save(file, kind, exif=exif)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("PNG", "a.png"),
        ("JPEG", "a.jpg"),
        ("JPEG", "A.JPEG"),
        ("GIF", "a.gif"),
        ("WEBP", "a.webp"),
        ("BMP", "a.bmp"),
    ],
)
def test_the_size_of_a_bitmap_is_read_from_its_bytes(kind: str, name: str) -> None:
    assert size_of(picture(kind), name) == SIZE


def test_the_size_is_read_of_what_the_file_is_and_not_of_its_name() -> None:
    assert size_of(picture("JPEG"), "renamed.png") == SIZE


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_on_its_side_is_as_wide_as_a_browser_shows_it(orientation: int) -> None:
    shown = SIZE if orientation <= 4 else (SIZE[1], SIZE[0])
    assert size_of(picture("JPEG", orientation), "a.jpg") == shown


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        ('<svg width="64" height="48">', (64, 48)),
        ("<svg width='64px' height='48px'>", (64, 48)),
        ('<svg viewBox="0 0 64 48">', (64, 48)),
        ('<svg viewBox="-1,-2,64.4,48.2">', (64, 48)),
        ('<svg width="128" viewBox="0 0 64 48">', (128, 96)),
        ('<svg height="24" viewBox="0 0 64 48">', (32, 24)),
        ('<svg width="100%" height="100%" viewBox="0 0 64 48">', (64, 48)),
        ('<svg width="1in" height="2.54cm">', (96, 96)),
        ('<svg data-width="1" width="64" height="48">', (64, 48)),
        ('<?xml version="1.0"?><!-- <svg width="1" height="1"> --><svg\nwidth="64"\nheight="48"/>', (64, 48)),
        ('\ufeff<svg aria-label="a > b" width="64" height="48">', (64, 48)),
        ("<svg>", (0, 0)),
        ('<svg width="0" height="0">', (0, 0)),
        ('<svg viewBox="0 0 64">', (0, 0)),
        ('<svg viewBox="0 0 0 48">', (0, 0)),
        ('<svg width="99999999" height="5">', (0, 0)),
        ("no picture at all", (0, 0)),
        ('<svg title="never closed width="1"', (0, 0)),
    ],
)
def test_the_size_of_an_svg_is_read_of_its_opening_tag(tag: str, size: tuple[int, int]) -> None:
    assert size_of(tag.encode(), "a.svg") == size


@pytest.mark.parametrize("name", ["a.txt", "a", "png", ".png", "a.png.md", "a.pdf"])
def test_by_a_name_that_is_no_pictures_only_the_format_counts(name: str) -> None:
    assert look_at(picture("PNG"), name) == Picture(format="png")
    assert look_at(picture("GIF"), name) == Picture(format="gif")
    assert look_at(b"words", name) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_cut_off_anywhere_never_raises(kind: str) -> None:
    whole = picture(kind)
    for end in range(min(len(whole), 200)):
        assert size_of(whole[:end], "a.png") in {SIZE, (0, 0)}


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
@given(data=st.binary())
def test_no_bytes_make_it_raise(name: str, data: bytes) -> None:
    size = size_of(data, name)
    assert size is not None
    assert min(size) >= 0


def claimed(width: int, height: int) -> bytes:
    """Give the head of a PNG that says it is so large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IHDR" + header
    start = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    data = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    return b"\x89PNG\r\n\x1a\n" + start + data


@pytest.mark.parametrize("size", [(2_000_000_000, 5), (8001, 8000), (MOST_PIXELS + 1, 1)])
def test_a_picture_with_more_pixels_than_can_be_held_is_not_decoded(size: tuple[int, int]) -> None:
    assert look_at(claimed(*size), "a.png") == Picture(format="png", problem="enormous")


@pytest.mark.parametrize("name", ["a.heic", "a.HEIF", "a.tiff", "a.psd"])
def test_what_browsers_do_not_show_is_named_so(name: str) -> None:
    assert look_at(b"whatever", name) == Picture(problem="foreign")


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"msf1"])
def test_a_telephones_heif_that_is_named_jpg_is_known(brand: bytes) -> None:
    assert look_at(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 40, "a.jpg") == Picture(
        format="heif", problem="foreign"
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_read_to_its_end(kind: str) -> None:
    file = io.BytesIO()
    Image.effect_noise((300, 200), 80).convert("RGB").save(file, kind)
    whole = file.getvalue()
    sound = look_at(whole, "a.jpg")
    assert sound is not None
    assert (sound.format, sound.is_sized, sound.problem) == (kind.lower(), True, "")
    assert look_at(whole[: len(whole) * 2 // 3], "a.jpg") == Picture(
        format="" if kind == "GIF" else sound.format, problem="broken"
    )


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_picture_that_moves_no_other_sizes_are_made(kind: str) -> None:
    file = io.BytesIO()
    frames = [Image.new("RGB", SIZE, colour) for colour in ("red", "green", "blue")]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    assert look_at(file.getvalue(), "a.gif") == Picture(*SIZE, format=kind.lower(), is_sized=False)


def test_a_picture_with_a_film_behind_it_is_still() -> None:
    file = io.BytesIO()
    frames = [Image.new("RGB", SIZE, colour) for colour in ("red", "green")]
    frames[0].save(file, "MPO", save_all=True, append_images=frames[1:])
    assert look_at(file.getvalue(), "a.jpg") == Picture(*SIZE, format="jpeg", is_sized=True)


@pytest.mark.parametrize("piece", ["<svg ", "<!--", "<svg '", '<svg a="', "<"])
def test_a_hostile_svg_takes_no_time(piece: str) -> None:
    """Only the first 64 KiB are looked at."""
    assert_linear(lambda length: size_of((piece * (length // len(piece))).encode(), "a.svg"), 16_000)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_bitmap_that_is_named_svg_is_broken_and_known_for_what_it_is(kind: str) -> None:
    assert look_at(picture(kind), "photo.svg") == Picture(format=kind.lower(), problem="broken")
