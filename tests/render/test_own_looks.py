"""What a site may set without a theme of its own: fonts, a logo; and films that are only loaded where they are."""

from pathlib import Path

import pytest
from sites import MINIMAL, build, write_site

FONT = "-- content/fonts/own.woff2 --\nwOF2\n"


@pytest.mark.parametrize(
    ("option", "sheet", "rule"),
    [
        ("text_font", "font-text", ":root { --sans: own-text, "),
        ("text_font_bold", "font-text-bold", "font-weight: bold; "),
        ("heading_font", "font-heading", ":root { --slab: own-heading, "),
    ],
)
def test_a_font_of_ones_own_is_loaded_from_the_site(
    option: str, sheet: str, rule: str, tmp_path: Path
) -> None:
    settings = f"theme_options: {{{option}: /fonts/own.woff2}}\n"
    build(write_site(tmp_path, MINIMAL + settings + FONT), "--url", "https://example.org/blog/")
    html = (tmp_path / "output/index.html").read_text()
    (file,) = (tmp_path / "output/assets").glob(f"{sheet}.*.css")
    assert f'<link rel="stylesheet" href="/blog/assets/{file.name}">' in html
    assert html.count('rel="stylesheet"') == 2
    assert 'src: url("../fonts/own.woff2")' in file.read_text()
    assert rule in file.read_text()
    assert (file.parent / "../fonts/own.woff2").resolve().exists()


def test_without_one_a_page_has_one_stylesheet(tmp_path: Path) -> None:
    build(write_site(tmp_path, MINIMAL))
    assert (tmp_path / "output/index.html").read_text().count('rel="stylesheet"') == 1


def test_a_logo_stands_before_the_name_of_the_site(tmp_path: Path) -> None:
    settings = "theme_options: {logo: /ours.svg}\n"
    svg = '-- content/ours.svg --\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\n'
    build(write_site(tmp_path, MINIMAL + settings + svg), "--url", "https://example.org/blog/")
    html = (tmp_path / "output/index.html").read_text()
    assert '<img src="/blog/ours.svg" alt="" height="40">\nTest site</a>' in html
    assert "<circle" not in html


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        (
            '::video[The yard]{url="https://films.example.org/7" length="4 min"}',
            """\
<figcaption>The yard. <a class="watch" href="https://films.example.org/7">\
Watch the video on films.example.org</a> 4 min</figcaption>""",
        ),
        (
            '::video{url="/film.webm" image="/still.svg" alt="A yard"}',
            """\
<a href="/film.webm"><img src="/still.svg" alt="A yard" width="9" height="9"></a>
<figcaption><a class="watch" href="/film.webm">Watch the video</a></figcaption>""",
        ),
    ],
)
def test_a_film_is_a_picture_and_a_link(directive: str, expected: str, tmp_path: Path) -> None:
    files = '-- content/still.svg --\n<svg viewBox="0 0 9 9"/>\n-- content/film.webm --\nfilm\n'
    post = f"-- content/posts/2013-05-01-a.md --\n---\ntitle: Film\n---\n{directive}\n"
    build(write_site(tmp_path, MINIMAL + files + post))
    html = (tmp_path / "output/2013/05/a/index.html").read_text()
    assert f'<figure class="video">\n{expected}\n</figure>' in html
    assert "<iframe" not in html
