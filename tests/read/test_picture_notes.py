"""What a camera notes goes, and every pixel stays."""

import io
import random
import struct
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import assert_linear
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin

from cogen.read.picture_notes import signed_format, without_notes

SECRET = b"51.4613 N, Brixton Hill"
EXIF_OF_ONE_TEXT = (
    struct.pack("<2sHIHHHIII", b"II", 42, 8, 1, 0x010E, 2, len(SECRET) + 1, 26, 0) + SECRET + b"\0"
)
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@cache
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
    if kind == "GIF":
        image = image.quantize()
        notes = {"comment": SECRET}
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
        ("AVIF", {}),
        ("AVIF", {"subsampling": "4:0:0"}),
        ("GIF", {}),
        ("GIF", {"interlace": True}),
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


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_a_film_still_moves(kind: str) -> None:
    frames = [Image.effect_noise((20, 20), value).convert("RGB") for value in (10, 50, 90)]
    notes = {"comment": SECRET} if kind == "GIF" else {"exif": b"Exif\x00\x00" + EXIF_OF_ONE_TEXT}
    notes |= {"xmp": SECRET} if kind in {"WEBP", "AVIF"} else {}
    options = {"save_all": True, "append_images": frames[1:], "duration": [100, 200, 300], "loop": 3}
    file = io.BytesIO()
    frames[0].save(file, kind, **options, **notes)
    original = file.getvalue()
    assert SECRET in original
    clean = without_notes(original, kind.lower())
    assert SECRET not in clean
    assert film(clean) == film(original)
    assert len(film(clean)) == len(frames)


def film(data: bytes) -> list[tuple[bytes, object, object]]:
    """Give each picture, how long it is shown, and how often all are."""
    with Image.open(io.BytesIO(data)) as image:
        return [
            (frame.convert("RGBA").tobytes(), frame.info.get("duration"), image.info.get("loop"))
            for frame in ImageSequence.Iterator(image)
        ]


def test_what_a_program_adds_to_a_gif_goes_but_for_how_often_it_is_shown_and_its_colours() -> None:
    frames = [Image.effect_noise((20, 20), value).quantize() for value in (10, 50)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], loop=3)
    original = file.getvalue()
    head = 13 + 3 * 2 ** ((original[10] & 7) + 1)
    piece = bytes([len(SECRET)]) + SECRET + b"\0"
    xmp = b"\x21\xff\x0bXMP DataXMP" + SECRET + bytes([1, *range(255, -1, -1), 0])
    profile = b"\x21\xff\x0bICCRGBG1012" + b"\x03icc\0"
    added = xmp + b"\x21\xff\x0bMAGICKOWN!!" + piece + b"\x21\x01" + piece + profile
    clean = without_notes(original[:head] + added + original[head:] + SECRET, "gif")
    assert SECRET not in clean
    assert clean == original[:head] + profile + original[head:]


def test_the_boxes_of_a_telephone_lose_their_notes_and_every_part_stays_where_it_was() -> None:
    """HEIF is built as AVIF is; no codec is at hand here, so that the bytes are compared."""
    original = noted("AVIF").replace(b"avif", b"heic").replace(b"av01", b"hvc1").replace(b"av1C", b"hvcC")
    clean = without_notes(original, "heif")
    assert signed_format(original) == "heif"
    assert SECRET not in clean
    assert len(clean) == len(original)
    back = clean.replace(b"hvcC", b"av1C").replace(b"hvc1", b"av01").replace(b"heic", b"avif")
    assert pixels(back) == pixels(noted("AVIF"))


def test_notes_in_further_boxes_go_and_so_does_what_no_item_names() -> None:
    original = noted("AVIF")
    note = struct.pack(">I4s", 8 + len(SECRET), b"uuid") + SECRET
    clean = without_notes(original + note + b"\0\0\0\0mdat" + SECRET, "avif")
    assert SECRET not in clean
    assert pixels(clean) == pixels(original)


@pytest.mark.parametrize("is_film", [False, True])
@pytest.mark.parametrize(("sizes", "piece"), [(b"\0\0", b""), (b"\x44\0", struct.pack(">II", 0, 4_000_000))])
def test_a_table_that_names_the_same_places_over_and_over_is_read_in_no_time(
    sizes: bytes, piece: bytes, *, is_film: bool
) -> None:
    def hostile(count: int) -> bytes:
        items = b"".join(
            struct.pack(">HHH", number, 0, 8 if piece else 5 * count) + piece * 8 for number in range(count)
        )
        table = box(b"iloc", b"\0\0\0\0" + sizes + struct.pack(">H", count) + items)
        film = box(b"moov", b"") if is_film else b""
        secrets = box(b"mdat", SECRET * count * 10)
        return box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", b"\0\0\0\0" + table) + film + secrets

    assert SECRET not in without_notes(hostile(100), "avif")
    assert_linear(lambda count: without_notes(hostile(count), "avif"), 250)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def test_a_description_in_the_properties_of_a_picture_goes() -> None:
    """The last property of its ``ipco`` is written over: it is one that AVIF has for colours, and not needed here."""
    file = io.BytesIO()
    Image.effect_noise((80, 60), 90).save(file, "AVIF", icc_profile=PROFILE)
    original = file.getvalue()
    place = original.index(b"colrprof")
    described = original[:place] + b"udes" + SECRET + original[place + 4 + len(SECRET) :]
    clean = without_notes(described, "avif")
    assert SECRET not in clean
    assert pixels(clean)[2] == pixels(original)[2]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiafMA1B", "avif"),
        (b"\0\0\0\x1cftypavis\0\0\0\0avismsf1miaf", "avif"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heif"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heicavif", "heif"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp41", ""),
        (b"\0\0\0\0ftypavif", ""),
        (b"\0\0\0\1ftyp\0\0\0\0\0\0\0\x20avif\0\0\0\0mif1avif", "avif"),
        (b"GIF87a", "gif"),
    ],
)
def test_a_format_is_told_by_how_a_file_begins(head: bytes, kind: str) -> None:
    assert signed_format(head) == kind


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


def test_a_small_preview_that_jfif_may_hold_goes() -> None:
    original = noted("JPEG")
    place = original.index(b"JFIF")
    preview = bytes([4, 4]) + SECRET.ljust(48)
    data = (
        original[: place - 2]
        + struct.pack(">H", 64)
        + original[place : place + 12]
        + preview
        + original[place + 14 :]
    )
    with Image.open(io.BytesIO(data)) as image:
        image.load()
    clean = without_notes(data, "jpeg")
    assert SECRET not in clean
    assert pixels(clean) == pixels(original)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("end", [b"", b"\x00", b"\xd0", b"\xff\xd9"])
def test_the_empty_end_of_a_broken_card_is_read_in_no_time(end: bytes) -> None:
    whole = noted("JPEG")
    clean = without_notes(whole[: len(whole) // 2] + b"\xff" * 1_000_000 + end, "jpeg")
    assert SECRET not in clean


@pytest.mark.timeout(60)
def test_many_boxes_of_data_and_many_places_are_read_in_no_time() -> None:
    name = box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", 1, 0, b"av01"))
    empty = box(b"meta", bytes(4) + box(b"iloc", bytes(8)))

    def many_places(count: int) -> bytes:
        places = struct.pack(">HHH", 1, 0, count) + struct.pack(">II", 100, 1) * count
        table = box(b"iloc", b"\0\0\0\0" + bytes([0x44, 0]) + struct.pack(">H", 1) + places)
        meta = box(b"meta", b"\0\0\0\0" + box(b"iinf", b"\0\0\0\0\0\1" + name) + table)
        return meta + box(b"mdat", b"") * count

    def hostile(boxes: bytes) -> bytes:
        return box(b"ftyp", b"avif\0\0\0\0") + boxes + box(b"mdat", SECRET)

    for boxes in (many_places(10), empty * 10):
        assert SECRET not in without_notes(hostile(boxes), "avif")
    assert_linear(lambda count: without_notes(hostile(many_places(count)), "avif"), 5_000)
    assert_linear(lambda count: without_notes(hostile(empty * count), "avif"), 10_000)


def moving_avif() -> bytes:
    frames = [Image.effect_noise((20, 20), value).convert("RGB") for value in (10, 50, 90)]
    file = io.BytesIO()
    notes = {"exif": b"Exif\x00\x00" + EXIF_OF_ONE_TEXT, "xmp": SECRET}
    frames[0].save(file, "AVIF", save_all=True, append_images=frames[1:], duration=100, **notes)
    return file.getvalue()


def test_notes_that_only_the_track_of_a_film_names_go() -> None:
    """The table of the file itself names its picture alone: its count is written over."""
    whole = moving_avif()
    original = bytearray(whole)
    place = original.index(b"iloc") + 10
    assert struct.unpack_from(">H", original, place) == (3,)
    struct.pack_into(">H", original, place, 1)
    clean = without_notes(bytes(original), "avif")
    assert SECRET in original
    assert SECRET not in clean
    assert film(clean) == film(whole)


def test_of_a_film_stays_what_its_tables_name_and_nothing_else() -> None:
    original = moving_avif()
    clean = without_notes(original + box(b"mdat", SECRET), "avif")
    assert SECRET not in clean
    assert film(clean) == film(original)


@pytest.mark.parametrize(
    ("sizes", "chunks", "runs", "kept"),
    [
        (
            box(b"stsz", bytes(4) + struct.pack(">IIIII", 0, 3, 2, 3, 4)),
            [1, 10],
            [(1, 2, 1), (2, 1, 1)],
            "1-6 10-14",
        ),
        (
            box(b"stsz", bytes(4) + struct.pack(">II", 3, 4)),
            [1, 10, 20],
            [(1, 1, 1), (2, 2, 1)],
            "1-4 10-16 20-23",
        ),
        (box(b"stz2", bytes(7) + b"\x08" + struct.pack(">I", 2) + bytes([2, 5])), [4], [(1, 2, 1)], "4-11"),
        (box(b"stz2", bytes(7) + b"\x10" + struct.pack(">IHH", 2, 2, 5)), [4], [(1, 9, 1)], "4-11"),
        (box(b"stsz", bytes(4) + struct.pack(">II", 0, 4_000_000_000)), [1], [(1, 1, 1)], ""),
        (box(b"stsz", bytes(4) + struct.pack(">II", 1, 4_000_000_000)), [1], [(1, 3, 1)], "1-4"),
        (b"", [1], [(1, 1, 1)], ""),
    ],
)
@pytest.mark.parametrize("wide", [False, True])
def test_where_the_pictures_of_a_film_lie_is_worked_out_from_its_tables(
    sizes: bytes, chunks: list[int], runs: list[tuple[int, int, int]], kept: str, *, wide: bool
) -> None:
    content = bytes(range(1, 41))
    head = box(b"ftyp", b"avis\0\0\0\0avis") + box(b"mdat", content)
    first = len(head) - len(content)
    places = struct.pack(f">{len(chunks)}{'Q' if wide else 'I'}", *(first + place for place in chunks))
    offsets = box(b"co64" if wide else b"stco", bytes(4) + struct.pack(">I", len(chunks)) + places)
    run = box(
        b"stsc",
        bytes(4) + struct.pack(">I", len(runs)) + b"".join(struct.pack(">III", *each) for each in runs),
    )
    moov = box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", sizes + offsets + run)))))
    clean = without_notes(head + moov, "avif")[first : first + len(content)]
    wanted = bytearray(len(content))
    for span in kept.split():
        start, end = map(int, span.split("-"))
        wanted[start:end] = content[start:end]
    assert clean == bytes(wanted)


def test_a_film_with_an_empty_byte_between_its_pictures_keeps_them_all() -> None:
    frames = [Image.effect_noise((20, 20), value).quantize() for value in (10, 50)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], comment=SECRET)
    original = file.getvalue()
    second = original.rindex(b"\x21\xf9")
    odd = original[:second] + b"\0" + original[second:]
    assert len(film(odd)) == len(frames)
    clean = without_notes(odd, "gif")
    assert SECRET not in clean
    assert film(clean) == film(original)


def test_what_stands_behind_the_end_of_a_webp_goes() -> None:
    original = noted("WEBP")
    behind = b"VP8 " + struct.pack("<I", len(SECRET)) + SECRET
    assert without_notes(original + behind, "webp") == without_notes(original, "webp")


def test_a_picture_in_print_colours_keeps_what_tells_how_to_read_them() -> None:
    file = io.BytesIO()
    Image.new("CMYK", (8, 8), (200, 10, 30, 40)).save(file, "JPEG", comment=SECRET)
    clean = without_notes(file.getvalue(), "jpeg")
    assert SECRET not in clean
    assert pixels(clean) == pixels(file.getvalue())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@given(data=st.data())
def test_whatever_is_broken_in_a_picture_nothing_raises(kind: str, data: st.DataObject) -> None:
    whole = bytearray(noted(kind))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)))
    for damaged in (bytes(whole), bytes(whole[:end])):
        clean = without_notes(damaged, kind.lower())
        assert clean == damaged or len(clean) <= len(damaged) + 2


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "avif"])
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd9\xff", b"\x89PNG", b"RIFF", b"RIFF\0\0\0\0WEBM", b"GIF", b"ftyp"]
)
def test_what_is_no_picture_comes_back(kind: str, data: bytes) -> None:
    assert without_notes(data, kind) == data
