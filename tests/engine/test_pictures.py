"""Pictures on their way from ``content/`` to pages and feeds: which sizes there are, and when they are made."""

import ast
import io
import random
import re
import struct
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import html5lib
import pytest
from PIL import Image
from sites import MINIMAL, Result, build, cogen, tree, write_site

import cogen as program
from cogen.engine import fingerprint
from cogen.read.bitmaps import MOST_PIXELS

POST = "content/posts/2013-05-01-yard"
PAGE = "2013/05/yard/index.html"
SMALL = "pictures: {widths: [20, 40]}\n"
"""Sizes that are made at once, for what does not depend on how wide they are."""


@cache
def picture(width: int = 90, height: int = 45, kind: str = "JPEG", seed: int = 1) -> bytes:
    coarse = Image.frombytes("RGB", (16, 8), random.Random(seed).randbytes(16 * 8 * 3))
    file = io.BytesIO()
    coarse.resize((width, height)).save(file, kind)
    return file.getvalue()


def site(folder: Path, body: str, files: Mapping[str, bytes], settings: str = SMALL) -> Path:
    """Write a site of one post with files beside it."""
    write_site(folder, MINIMAL + settings + f"-- {POST}/index.md --\n---\ntitle: Yard\n---\n{body}\n")
    for name, data in files.items():
        (folder / POST / name).write_bytes(data)
    return folder


def elements(folder: Path, name: str, page: str = PAGE) -> list[dict[str, str]]:
    """Give the attributes of the elements of a name in the article of a page."""
    document = html5lib.parse((folder / "output" / page).read_bytes(), namespaceHTMLElements=False)
    article = document.find(".//article")
    assert article is not None
    return [dict(each.attrib) for each in article.iter(name)]


def candidates(srcset: str) -> list[tuple[str, int]]:
    """Give the addresses of a ``srcset`` with their widths."""
    found = [each.split() for each in srcset.split(", ")]
    return [(address, int(width.removesuffix("w"))) for address, width in found]


def size_of(folder: Path, address: str) -> tuple[str | None, tuple[int, int]]:
    with Image.open(folder / "output" / address.removeprefix("/")) as image:
        return image.format, image.size


def pictures(folder: Path) -> dict[str, int]:
    """Give the sizes in the output folder with the moments at which they were written."""
    return {path.name: path.stat().st_mtime_ns for path in (folder / "output/pictures").glob("*")}


def test_a_photograph_comes_in_sizes_for_telephones_and_desktops(tmp_path: Path) -> None:
    site(tmp_path, "![A yard](yard.jpg)", {"yard.jpg": picture(2000, 1000)}, "")
    build(tmp_path)
    (source,) = elements(tmp_path, "source")
    (image,) = elements(tmp_path, "img")
    assert source["type"] == "image/webp"
    for srcset, kind in ((source["srcset"], "WEBP"), (image["srcset"], "JPEG")):
        found = candidates(srcset)
        assert [width for _, width in found] == [400, 800, 1200, 1600]
        for address, width in found:
            assert size_of(tmp_path, address) == (kind, (width, width // 2))
    assert source["sizes"] == image["sizes"] == "(min-width: 44rem) 40rem, 92vw"
    assert image["src"] == candidates(image["srcset"])[2][0]
    assert (image["width"], image["height"], image["alt"]) == ("2000", "1000", "A yard")
    assert (tmp_path / "output/2013/05/yard/yard.jpg").exists()


@pytest.mark.parametrize(
    ("width", "widths"), [(400, []), (440, []), (441, [400, 441]), (1600, [400, 800, 1200, 1600]), (9, [])]
)
def test_no_size_is_wider_than_the_original(width: int, widths: list[int], tmp_path: Path) -> None:
    site(tmp_path, "![A yard](yard.jpg)", {"yard.jpg": picture(width, 50)}, "")
    build(tmp_path)
    (image,) = elements(tmp_path, "img")
    assert [each for _, each in candidates(image["srcset"])] == widths if widths else "srcset" not in image
    assert bool(elements(tmp_path, "source")) == bool(widths)


def test_a_drawing_in_its_full_width_is_the_original(tmp_path: Path) -> None:
    site(tmp_path, "![A plan](plan.png)", {"plan.png": picture(30, 10, "PNG")})
    build(tmp_path)
    (image,) = elements(tmp_path, "img")
    assert candidates(image["srcset"])[-1] == ("/2013/05/yard/plan.png", 30)
    assert image["src"] == "/2013/05/yard/plan.png"


def test_webp_stays_webp(tmp_path: Path) -> None:
    site(tmp_path, "![A yard](yard.webp)", {"yard.webp": picture(30, 10, "WEBP")})
    build(tmp_path)
    assert not elements(tmp_path, "source")
    (image,) = elements(tmp_path, "img")
    assert [size_of(tmp_path, address)[0] for address, _ in candidates(image["srcset"])] == ["WEBP"] * 2


def test_what_the_author_decided_stands(tmp_path: Path) -> None:
    body = """\
<img src="yard.jpg" srcset="yard.jpg 2x" alt="own sizes">

<picture><source srcset="yard.jpg" type="image/jpeg"><img src="yard.jpg" alt="own picture"></picture>

<img src="yard.jpg" width="30" alt="own width">
"""
    site(tmp_path, body, {"yard.jpg": picture()})
    build(tmp_path)
    own_sizes, own_picture, own_width = elements(tmp_path, "img")
    assert own_sizes["srcset"] == "/2013/05/yard/yard.jpg 2x"
    assert own_picture["src"] == "/2013/05/yard/yard.jpg"
    assert "srcset" not in own_picture
    assert own_width["width"] == "30"
    assert "height" not in own_width
    assert own_width["sizes"] == "30px"
    assert len(elements(tmp_path, "picture")) == 2


def test_the_sources_stand_around_the_image_and_nothing_else(tmp_path: Path) -> None:
    body = 'Before ![A > B & "C"](yard.jpg "Title > text"){.wide} after.\n\n[![Linked](yard.jpg)](yard.jpg)'
    site(tmp_path, body, {"yard.jpg": picture()})
    build(tmp_path)
    html = (tmp_path / "output" / PAGE).read_text()
    assert re.search(r"Before <picture><source [^>]*><img [^>]*></picture>", html)
    assert re.search(
        r'<a href="/2013/05/yard/yard\.jpg"><picture><source [^>]*><img [^>]*></picture></a>', html
    )
    assert [each["alt"] for each in elements(tmp_path, "img")] == ['A > B & "C"', "Linked"]


def test_only_the_first_picture_of_a_text_is_loaded_at_once(tmp_path: Path) -> None:
    site(tmp_path, "![a](yard.jpg)\n\n![b](yard.jpg)\n\n![c](yard.jpg)", {"yard.jpg": picture()})
    build(tmp_path)
    assert [each.get("loading") for each in elements(tmp_path, "img")] == [None, "lazy", "lazy"]


def test_a_picture_in_a_directive_is_loaded_at_once_only_where_it_is_the_first(tmp_path: Path) -> None:
    body = """::figure{src="yard.jpg" alt="A"}

::video[A film]{url="https://video.example.org/7" image="yard.jpg" alt="B"}

![C](yard.jpg)

::figure{src="yard.jpg" alt="D"}

::figure{src="yard.jpg" alt="A"}
"""
    site(tmp_path, body, {"yard.jpg": picture()})
    build(tmp_path)
    loading = [(each["alt"], each.get("loading")) for each in elements(tmp_path, "img")]
    assert loading == [("A", None), ("B", "lazy"), ("C", None), ("D", "lazy"), ("A", "lazy")]


def test_the_pictures_of_cards_are_loaded_when_they_are_needed_but_for_one_that_may_be_in_sight(
    tmp_path: Path,
) -> None:
    site(tmp_path, "Words.", {"yard.jpg": picture()})
    for day in (1, 2, 3):
        write_site(
            tmp_path,
            f"-- content/posts/2013-06-0{day}-more-{day}/index.md --\n---\ntitle: More {day}\nimage: yard.jpg\n"
            'image_alt: A yard\ntags: Yards\n---\nWrite ` loading="lazy" decoding="async">` there.\n',
        )
        (tmp_path / f"content/posts/2013-06-0{day}-more-{day}/yard.jpg").write_bytes(picture())
    build(tmp_path)
    for page in ("index.html", "tags/yards/index.html", "2013/index.html"):
        html = html5lib.parse((tmp_path / "output" / page).read_bytes(), namespaceHTMLElements=False)
        assert [each.get("loading") for each in html.iter("img")] == [None, "lazy", "lazy"], page
        codes = ["".join(each.itertext()).strip() for each in html.iter("code")]
        assert codes == ['loading="lazy" decoding="async">'] * 3


def test_feeds_and_lists_carry_whole_addresses(tmp_path: Path) -> None:
    site(tmp_path, "Short ![A yard](yard.jpg) text.", {"yard.jpg": picture()})
    build(tmp_path)
    feed = (tmp_path / "output/feed.json").read_text()
    assert 'srcset=\\"https://example.org/pictures/' in feed
    assert not re.search(r'(?:src|srcset)=\\"/', feed)
    (card,) = elements(tmp_path, "img", "index.html")
    assert card["srcset"].startswith("/pictures/")


def test_a_lead_picture_comes_in_sizes_too(tmp_path: Path) -> None:
    site(tmp_path, "Words.", {"yard.jpg": picture(2000, 20)}, "")
    write_site(
        tmp_path,
        f"-- {POST}/index.md --\n---\ntitle: Yard\nimage: yard.jpg\nimage_alt: A yard\n---\nWords.\n",
    )
    build(tmp_path)
    html = (tmp_path / "output" / PAGE).read_text()
    shared = re.search(r'og:image" content="https://example\.org(/pictures/[^"]*)"', html)
    assert shared is not None
    assert size_of(tmp_path, shared[1]) == ("JPEG", (1200, 12))
    assert len(elements(tmp_path, "source")) == len(elements(tmp_path, "source", "index.html")) == 1


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("pictures: {widths: []}\n", set()),
        ("pictures: {widths: [50], webp: false}\n", {("JPEG", 50)}),
        ("pictures: {widths: [70, 50]}\n", {("JPEG", 50), ("JPEG", 70), ("WEBP", 50), ("WEBP", 70)}),
    ],
)
def test_site_yaml_says_which_sizes_there_are(
    settings: str, expected: set[tuple[str, int]], tmp_path: Path
) -> None:
    site(tmp_path, "![A yard](yard.jpg)", {"yard.jpg": picture()}, settings)
    build(tmp_path)
    found = {size_of(tmp_path, f"/pictures/{name}") for name in pictures(tmp_path)}
    assert {(kind, size[0]) for kind, size in found} == expected


def test_a_lower_quality_makes_smaller_files_at_other_addresses(tmp_path: Path) -> None:
    site(tmp_path, "![A yard](yard.jpg)", {"yard.jpg": picture()})
    build(tmp_path)
    before = tree(tmp_path / "output/pictures")
    site(tmp_path, "![A yard](yard.jpg)", {}, SMALL.replace("}", ", quality: 20}"))
    build(tmp_path)
    after = tree(tmp_path / "output/pictures")
    assert not before.keys() & after.keys()
    assert sum(map(len, after.values())) < sum(map(len, before.values()))


# ---- when they are made -----------------------------------------------------------------------------------------


def test_a_picture_that_is_renamed_or_copied_is_not_made_again(tmp_path: Path) -> None:
    site(tmp_path, "![A yard](yard.jpg)", {"yard.jpg": picture()})
    build(tmp_path)
    before = pictures(tmp_path)
    assert len(before) == 4
    (tmp_path / POST / "yard.jpg").rename(tmp_path / POST / "court.jpg")
    site(tmp_path, "![A yard](court.jpg)", {"again.jpg": picture()})
    build(tmp_path)
    assert pictures(tmp_path) == before


def test_another_version_of_cogen_finds_the_sizes_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site(tmp_path, "![A yard](yard.jpg)", {"yard.jpg": picture()})
    build(tmp_path)
    before = pictures(tmp_path)
    monkeypatch.setattr("cogen.engine.beginning.engine_digest", lambda: "another")
    result = build(tmp_path, "--explain")
    assert pictures(tmp_path) == before
    assert "another version of cogen" in result.out
    assert "pictures/" not in result.out


def test_a_picture_that_changes_takes_its_sizes_and_its_pages_with_it(tmp_path: Path) -> None:
    site(tmp_path, "![A yard](yard.jpg)", {"yard.jpg": picture()})
    build(tmp_path)
    before = pictures(tmp_path)
    (tmp_path / POST / "yard.jpg").write_bytes(picture(seed=2))
    build(tmp_path)
    after = pictures(tmp_path)
    assert len(after) == len(before)
    assert not after.keys() & before.keys()
    cold = build(tmp_path, "--no-cache", "-o", tmp_path / "cold")
    assert cold.code == 0
    assert tree(tmp_path / "output") == tree(tmp_path / "cold")


def test_a_size_that_somebody_damaged_is_made_again(tmp_path: Path) -> None:
    site(tmp_path, "![A yard](yard.jpg)", {"yard.jpg": picture()})
    build(tmp_path)
    whole = tree(tmp_path / "output")
    victim = sorted((tmp_path / "output/pictures").iterdir())[3]
    victim.write_bytes(b"damaged")
    build(tmp_path)
    assert tree(tmp_path / "output") == whole


def test_no_picture_is_made_for_a_site_that_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site(tmp_path, "![A yard](yard.jpg) and [nowhere](nowhere.md)", {"yard.jpg": picture()})
    made: list[object] = []
    monkeypatch.setattr("cogen.render.pictures.PictureMaker.make", lambda *_: made.append(1) or b"x")
    assert cogen("build", tmp_path, "--jobs", 1).code == 1
    site(tmp_path, "![A yard](yard.jpg)", {})
    assert cogen("check", tmp_path).code == 0
    assert not made
    assert cogen("build", tmp_path, "--jobs", 1).code == 0
    assert len(made) == 5


@pytest.mark.usefixtures("forks")
def test_two_workers_make_what_one_does(tmp_path: Path) -> None:
    photographs = {f"{seed}.jpg": picture(seed=seed) for seed in range(3)}
    site(tmp_path, "![A yard](1.jpg)", photographs)
    build(tmp_path, "--jobs", 2)
    alone = tmp_path / "alone"
    build(tmp_path, "--jobs", 1, "--no-cache", "-o", alone)
    assert tree(tmp_path / "output") == tree(alone)
    assert len(pictures(tmp_path)) == 12


# ---- what may be wrong with them --------------------------------------------------------------------------------


def lowered(tmp_path: Path, data: bytes, name: str) -> Result:
    site(tmp_path, f"![A yard]({name})", {name: data}, SMALL + "diagnostics: {foreign-picture: warning}\n")
    return build(tmp_path)


def test_a_picture_with_too_many_pixels_is_told_and_published_as_it_is(tmp_path: Path) -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", MOST_PIXELS // 8 + 1, 8, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    data += struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    result = lowered(tmp_path, data, "yard.png")
    assert f"{POST}/index.md:4:11: warning[enormous-picture]: {POST}/yard.png has more pixels" in result.out
    assert (tmp_path / "output/2013/05/yard/yard.png").read_bytes() == data
    assert not pictures(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("yard.jpg", picture()[:-100], "unreadable-picture"),
        ("yard.png", b"no picture", "unreadable-picture"),
        ("yard.jpg", b"", "unreadable-picture"),
        ("yard.heic", b"whatever", "foreign-picture"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told_where_it_is_shown(
    name: str, data: bytes, code: str, tmp_path: Path
) -> None:
    result = lowered(tmp_path, data, name)
    assert f"{POST}/index.md:4:11: warning[{code}]: {POST}/{name} " in result.out
    assert (tmp_path / "output/2013/05/yard" / name).read_bytes().startswith(data)
    (image,) = elements(tmp_path, "img")
    assert image["src"] == f"/2013/05/yard/{name}"


def test_where_a_picture_was_taken_is_not_published(tmp_path: Path) -> None:
    secret = "51.4613 N, Brixton Hill"
    exif = Image.Exif()
    exif[0x010E] = secret
    exif[0x0112] = 6
    file = io.BytesIO()
    Image.open(io.BytesIO(picture())).save(file, "JPEG", exif=exif, comment=secret)
    upright = io.BytesIO()
    Image.open(io.BytesIO(picture())).save(upright, "JPEG", comment=secret)
    site(
        tmp_path,
        "![A](lying.jpg) ![B](yard.jpg)",
        {"lying.jpg": file.getvalue(), "yard.jpg": upright.getvalue()},
    )
    build(tmp_path)
    published = tree(tmp_path / "output")
    assert not [name for name, data in published.items() if secret.encode() in data]
    assert size_of(tmp_path, "/2013/05/yard/lying.jpg") == ("JPEG", (45, 90))
    assert [(each["width"], each["height"]) for each in elements(tmp_path, "img")] == [
        ("45", "90"),
        ("90", "45"),
    ]


SECRET = b"51.4613 N, Brixton Hill"


def secret_photograph(kind: str = "JPEG", **options: object) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    file = io.BytesIO()
    Image.open(io.BytesIO(picture(600, 300))).save(file, kind, exif=exif, **options)
    assert SECRET in file.getvalue()
    return file.getvalue()


@cache
def damaged_photographs() -> dict[str, bytes]:
    jpeg, png, webp, avif = (secret_photograph(kind) for kind in ("JPEG", "PNG", "WEBP", "AVIF"))
    heif = avif.replace(b"avif", b"heic").replace(b"av01", b"hvc1")
    gif = io.BytesIO()
    Image.open(io.BytesIO(png)).quantize().save(gif, "GIF", comment=SECRET)
    notes_end = jpeg.index(SECRET) + len(SECRET)
    after_notes = jpeg.index(b"\xff\xdb", notes_end)
    return {
        "cut.jpg": jpeg[:-500],
        "no-end.jpg": jpeg[:-2],
        "gap.jpg": jpeg[:after_notes] + b"\0\0" + jpeg[after_notes:],
        "no-end.png": png[: png.index(b"IEND") - 4],
        "short.webp": webp[:-1],
        "wrong-size.webp": webp[:4] + b"\xff\xff\0\0" + webp[8:],
        "named.ico": jpeg,
        "named.mpo": jpeg,
        "no-name": png,
        "whole.avif": avif,
        "cut.avif": avif[:-500],
        "no-name-either": avif,
        "whole.gif": gif.getvalue(),
        "cut.gif": gif.getvalue()[:-500],
        "telephone.heic": heif,
    }


DAMAGED = (
    "cut.jpg",
    "no-end.jpg",
    "gap.jpg",
    "no-end.png",
    "short.webp",
    "wrong-size.webp",
    "named.ico",
    "named.mpo",
    "no-name",
    "whole.avif",
    "cut.avif",
    "no-name-either",
    "whole.gif",
    "cut.gif",
    "telephone.heic",
)
"""The names of ``damaged_photographs``, here so that none is made before a test asks for it."""


def test_each_damaged_photograph_has_its_test_and_its_notes() -> None:
    assert tuple(damaged_photographs()) == DAMAGED
    assert all(SECRET in data for data in damaged_photographs().values())


@pytest.mark.parametrize("name", DAMAGED)
def test_nor_is_it_where_the_file_is_damaged_or_misnamed_or_only_linked(name: str, tmp_path: Path) -> None:
    settings = SMALL + "diagnostics: {unreadable-picture: warning}\n"
    site(tmp_path, f"[A]({name})", {name: damaged_photographs()[name]}, settings)
    build(tmp_path)
    published = tree(tmp_path / "output")
    assert f"2013/05/yard/{name}" in published
    assert not [path for path, data in published.items() if SECRET in data]


def test_a_picture_taller_than_webp_can_be_has_its_own_format_alone(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (50, 30_000), "white").save(file, "JPEG")
    site(tmp_path, "![A](yard.jpg)", {"yard.jpg": file.getvalue()}, "pictures: {widths: [20, 40, 60]}\n")
    build(tmp_path)
    made = {name.rpartition("-")[2] for name in pictures(tmp_path)}
    assert made == {"20.jpg", "20.webp", "40.jpg", "50.jpg"}


def test_a_picture_too_large_to_be_turned_says_how_it_was_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cogen.read.bitmaps.MOST_PIXELS", 1000)
    result = lowered(tmp_path, secret_photograph(), "yard.jpg")
    assert "enormous-picture" in result.out
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET.decode()
    file = io.BytesIO()
    Image.open(io.BytesIO(picture())).save(file, "JPEG", exif=exif)
    lowered(tmp_path, file.getvalue(), "yard.jpg")
    data = (tmp_path / "output/2013/05/yard/yard.jpg").read_bytes()
    assert SECRET not in data
    with Image.open(io.BytesIO(data)) as image:
        assert dict(image.getexif()) == {0x0112: 6}


def test_all_that_makes_pictures_is_in_their_key() -> None:
    package = Path(program.__file__).parent
    listed = {f"cogen.{name.removesuffix('.py').replace('/', '.')}" for name in fingerprint._PICTURE_MODULES}  # noqa: SLF001
    imported: set[str] = set()
    for name in fingerprint._PICTURE_MODULES:  # noqa: SLF001
        for node in ast.walk(ast.parse((package / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("cogen."):
                imported.add(node.module)
    plan = {"cogen.assemble.links", "cogen.assemble.site", "cogen.assemble.views", "cogen.read.files"}
    """They say which pictures there are and what is in them, which a view holds."""
    makers = {name for name in imported if not name.startswith("cogen.model")} - plan
    assert makers <= listed
    assert "cogen.assemble.share_style" in makers
