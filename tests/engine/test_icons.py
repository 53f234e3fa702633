"""The icon of a site: from one picture, for every browser."""

import io
from pathlib import Path

import pytest
from PIL import Image
from sites import MINIMAL, build, cogen, write_site


def logo(kind: str = "PNG", size: tuple[int, int] = (512, 256)) -> bytes:
    image = Image.new("RGB", size, "red")
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def site(folder: Path, icon: str, data: bytes | None) -> Path:
    write_site(folder, MINIMAL + f"icon: {icon}\n")
    if data is not None:
        (folder / "content/logo").mkdir()
        (folder / "content" / icon.removeprefix("/")).write_bytes(data)
    return folder


@pytest.mark.parametrize("icon", ["/logo/ours.png", "logo/ours.png"])
def test_a_bitmap_becomes_the_two_icons_that_all_browsers_know(icon: str, tmp_path: Path) -> None:
    build(site(tmp_path, icon, logo()), "--url", "https://example.org/blog/")
    html = (tmp_path / "output/index.html").read_text()
    assert '<link rel="icon" href="/blog/favicon.ico" sizes="16x16 32x32 48x48">' in html
    assert '<link rel="apple-touch-icon" href="/blog/apple-touch-icon.png">' in html
    assert "icon." not in html.replace("favicon.ico", "").replace("touch-icon.png", "")
    with Image.open(tmp_path / "output/favicon.ico") as tab:
        assert tab.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
        clear = tab.convert("RGBA")
        assert clear.getpixel((24, 2))[3] == 0
        assert clear.getpixel((24, 24)) == (255, 0, 0, 255)
    with Image.open(tmp_path / "output/apple-touch-icon.png") as touch:
        assert (touch.size, touch.mode) == ((180, 180), "RGB")
        assert (touch.getpixel((90, 5)), touch.getpixel((90, 90))) == ((255, 255, 255), (255, 0, 0))


def test_an_svg_is_shown_as_it_is(tmp_path: Path) -> None:
    build(site(tmp_path, "/logo/ours.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'))
    html = (tmp_path / "output/index.html").read_text()
    assert '<link rel="icon" href="/logo/ours.svg" type="image/svg+xml">' in html
    assert "apple-touch-icon" not in html
    assert not (tmp_path / "output/favicon.ico").exists()


def test_without_one_the_theme_has_its_own(tmp_path: Path) -> None:
    build(write_site(tmp_path, MINIMAL))
    assert '<link rel="icon" href="/assets/icon.' in (tmp_path / "output/index.html").read_text()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "site.yaml:5:7: error[missing-picture]: "),
        (b"no picture", "site.yaml:5:7: error[bad-value]: the icon /logo/ours.png is no SVG, and no JPEG"),
        (logo("GIF"), "site.yaml:5:7: error[bad-value]: the icon /logo/ours.png is no SVG, and no JPEG"),
    ],
    ids=["missing", "broken", "GIF"],
)
def test_an_icon_that_cannot_be_is_told(data: bytes | None, said: str, tmp_path: Path) -> None:
    result = cogen("build", site(tmp_path, "/logo/ours.png", data))
    assert result.code == 1
    assert said in result.out
