import io
import struct
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cogen.read.pictures import picture_size

SIZE = (64, 48)


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
    assert picture_size(picture(kind), name) == SIZE


def test_the_size_is_read_of_what_the_file_is_and_not_of_its_name() -> None:
    assert picture_size(picture("JPEG"), "renamed.png") == SIZE


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_on_its_side_is_as_wide_as_a_browser_shows_it(orientation: int) -> None:
    shown = SIZE if orientation <= 4 else (SIZE[1], SIZE[0])
    assert picture_size(picture("JPEG", orientation), "a.jpg") == shown


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
    assert picture_size(tag.encode(), "a.svg") == size


@pytest.mark.parametrize("name", ["a.txt", "a", "png", ".png", "a.png.md", "a.pdf"])
def test_a_name_that_is_no_pictures_has_no_size(name: str) -> None:
    assert picture_size(picture("PNG"), name) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_cut_off_anywhere_never_raises(kind: str) -> None:
    whole = picture(kind)
    for end in range(min(len(whole), 200)):
        assert picture_size(whole[:end], "a.png") in {SIZE, (0, 0)}


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
@given(data=st.binary())
def test_no_bytes_make_it_raise(name: str, data: bytes) -> None:
    size = picture_size(data, name)
    assert size is not None
    assert min(size) >= 0


def test_a_picture_that_claims_absurd_sizes_is_broken() -> None:
    header = struct.pack(">IIBBBBB", 2_000_000_000, 5, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    assert picture_size(b"\x89PNG\r\n\x1a\n" + chunk, "a.png") == (0, 0)


@pytest.mark.parametrize("piece", ["<svg ", "<!--", "<svg '", '<svg a="', "<"])
def test_a_hostile_svg_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    picture_size((piece * 400_000).encode(), "a.svg")
    assert time.perf_counter() - started < 2
