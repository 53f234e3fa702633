"""Pictures for sharing: for what has none of its own, with its title, in the colour and the letters of the site."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from sites import MINIMAL, build, cogen, tree, write_site

from cogen.assemble.views import SharePictureView
from cogen.engine import share_font
from cogen.render.share_pictures import make_share_picture

SHARED = MINIMAL + "share_pictures: true\n"
POST = "-- content/posts/2013-05-01-a.md --\n---\ntitle: Ünser Tägliches ½\n{}---\nText.\n"
DRAWING = '-- content/x.svg --\n<svg viewBox="0 0 9 9"/>\n'


def shared(folder: Path, page: str = "2013/05/a/index.html") -> str | None:
    """Give the path of the picture that a page names for sharing."""
    html = (folder / "output" / page).read_text(encoding="utf-8")
    found = re.search(r'og:image" content="https://example\.org/([^"]*)"', html)
    return found and found[1]


def drawn(title: str, ground: str = "#123456", site_title: str = "Our Street") -> Image.Image:
    view = SharePictureView(title, site_title, ground)
    return Image.open(io.BytesIO(make_share_picture(view, share_font.packaged_font()))).convert("RGB")


def test_a_post_without_a_picture_gets_one_with_its_title(tmp_path: Path) -> None:
    settings = 'theme_options: {accent: "#123456"}\n'
    build(write_site(tmp_path, SHARED + settings + POST.format("")))
    path = shared(tmp_path)
    assert path is not None
    assert path.startswith("pictures/share-")
    with Image.open(tmp_path / "output" / path) as image:
        assert image.size == (1200, 630)
        assert image.convert("RGB").getpixel((5, 5)) == (0x12, 0x34, 0x56)
    html = (tmp_path / "output/2013/05/a/index.html").read_text(encoding="utf-8")
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    assert f'"image": "https://example.org/{path}"' in html
    assert f'src="/{path}"' not in html


def test_a_picture_of_its_own_comes_first(tmp_path: Path) -> None:
    build(write_site(tmp_path, SHARED + DRAWING + POST.format("image: /x.svg\nimage_alt: X\n")))
    assert shared(tmp_path) == "x.svg"
    assert not list((tmp_path / "output").glob("pictures/share-*"))


def test_lists_have_none_and_neither_has_a_site_that_does_not_ask(tmp_path: Path) -> None:
    build(write_site(tmp_path, SHARED + POST.format("")))
    assert shared(tmp_path, "index.html") is None
    build(write_site(tmp_path, MINIMAL))
    assert shared(tmp_path) is None
    assert not (tmp_path / "output/pictures").exists()


def test_it_is_made_anew_with_the_title_and_not_with_the_text(tmp_path: Path) -> None:
    build(write_site(tmp_path, SHARED + POST.format("")))
    path = shared(tmp_path)
    assert path is not None
    before = (tmp_path / "output" / path).stat().st_mtime_ns
    write_site(tmp_path, POST.format("").replace("Text.", "Other text."))
    build(tmp_path)
    assert (tmp_path / "output" / path).stat().st_mtime_ns == before
    write_site(tmp_path, POST.format("").replace("½", "¼"))
    build(tmp_path)
    assert shared(tmp_path) != path
    assert not (tmp_path / "output" / path).exists()
    build(tmp_path, "--no-cache", "-o", tmp_path / "cold")
    assert tree(tmp_path / "output") == tree(tmp_path / "cold")


def test_two_posts_of_one_title_share_a_picture(tmp_path: Path) -> None:
    second = POST.format("slug: b\n").replace("01-a", "02-b")
    build(write_site(tmp_path, SHARED + POST.format("") + second))
    assert shared(tmp_path) == shared(tmp_path, "2013/05/b/index.html") is not None


def test_the_letters_may_be_the_authors_own(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + "share_pictures: {font: /fonts/own.ttf}\n" + POST.format(""))
    (site / "content/fonts").mkdir()
    (site / "content/fonts/own.ttf").write_bytes(share_font.packaged_font())
    build(site)
    own = shared(tmp_path)
    assert own is not None
    assert (site / "output" / own).exists()
    build(write_site(tmp_path, SHARED))
    assert shared(tmp_path) != own


@pytest.mark.parametrize(
    ("font", "said"),
    [
        (None, "site.yaml:5:24: error[dead-link]: "),
        (b"no font", "site.yaml:5:24: error[no-share-font]: content/own.ttf cannot be read as a font"),
    ],
)
def test_letters_that_cannot_be_had_are_told(font: bytes | None, said: str, tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + "share_pictures: {font: /own.ttf}\n" + POST.format(""))
    if font is not None:
        (site / "content/own.ttf").write_bytes(font)
    result = cogen("build", site, "--jobs", "1")
    assert result.code == 1
    assert said in result.out


def test_without_a_font_it_says_how_to_install_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_font, "_PACKAGE", "no_such_package")
    result = cogen("check", write_site(tmp_path, SHARED + POST.format("")))
    assert result.code == 1
    assert "site.yaml:5:17: error[no-share-font]: " in result.out
    assert "pip install font-source-serif-pro" in result.out


@pytest.mark.parametrize(
    "title",
    ["A", "Word " * 60, "Donaudampfschifffahrtsgesellschaft" * 5, "Zażółć gęślą jaźń, ¿verdad?", "Žižkov"],
)
def test_a_title_of_any_length_stays_inside_the_picture(title: str) -> None:
    image = drawn(title)
    edge = [
        image.crop(box)
        for box in ((0, 0, 1200, 70), (0, 0, 70, 630), (1130, 0, 1200, 630), (0, 570, 1200, 630))
    ]
    assert all(piece.getcolors() == [(piece.width * piece.height, (0x12, 0x34, 0x56))] for piece in edge)
    letters = image.crop((80, 130, 1120, 500)).getcolors(100_000)
    assert letters is not None
    assert len(letters) > 2


def test_a_title_without_letters_in_the_font_is_left_out() -> None:
    assert drawn("日本語").tobytes() == drawn("中文").tobytes() != drawn("Latin").tobytes()


@pytest.mark.parametrize(("ground", "ink"), [("#123456", (255, 255, 255)), ("#eeeeee", (0x1E, 0x1B, 0x17))])
def test_the_letters_can_be_read_on_the_colour(ground: str, ink: tuple[int, int, int]) -> None:
    colours = drawn("IIIIIIII", ground).getcolors(100_000)
    assert colours is not None
    darkest_first = sorted(colour for _, colour in colours)
    nearest = darkest_first[-1] if ink[0] == 255 else darkest_first[0]
    assert max(abs(a - b) for a, b in zip(nearest, ink, strict=True)) < 12


def width_of(title: str) -> int:
    """Give how far the letters of a title reach, in pixels."""
    band = (
        drawn(title, site_title="")
        .crop((80, 130, 1200, 500))
        .convert("L")
        .point(lambda v: 255 if v > 128 else 0)
    )
    box = band.getbbox()
    assert box is not None
    return box[2]


@pytest.mark.parametrize("sign", ['"', "\u201c", "\u201d", "\u2026", "\u00bd", "\u00ab", "%"])
def test_no_sign_is_drawn_over_its_neighbour(sign: str) -> None:
    alone, letter = width_of(sign), width_of("H")
    assert width_of(f"{sign}H") >= alone + letter - 12


def test_what_is_not_seen_does_not_matter() -> None:
    assert drawn("Co\u00adoperative \ufb01g").tobytes() == drawn("Cooperative fig").tobytes()


def test_a_title_from_right_to_left_is_left_out() -> None:
    assert drawn("\u05e9\u05dc\u05d5\u05dd tea").tobytes() == drawn("\u0645").tobytes()


def test_check_finds_a_font_that_is_none(tmp_path: Path) -> None:
    settings = MINIMAL + "share_pictures: {font: /x.ttf}\n"
    write_site(tmp_path, settings + POST.format("") + "-- content/x.ttf --\nno font\n")
    result = cogen("check", tmp_path)
    assert result.code == 1
    assert (
        "site.yaml:5:24: error[no-share-font]: content/x.ttf cannot be read as a font"
        in result.out + result.err
    )


def test_two_languages_share_the_picture_of_one_title(tmp_path: Path) -> None:
    pages = "".join(
        f"-- content/pages/{name} --\n---\ntitle: Oslo\n---\nText.\n" for name in ("o.md", "o.es.md")
    )
    build(write_site(tmp_path, SHARED + "languages: [es]\n" + pages))
    assert shared(tmp_path, "o/index.html") == shared(tmp_path, "es/o/index.html") is not None
