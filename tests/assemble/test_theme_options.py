"""Options of a theme that are links: templates print them as they are."""

from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, write_site

UNDER = MINIMAL.replace("https://example.org/", "https://example.org/blog/")
THEME = """\
theme: own
theme_options: {join: JOIN}
-- themes/own/theme.yaml --
name: own
options: {join: {type: link}, more: {type: link, default: /about/}}
-- themes/own/fragments/footer.html --
<a href="{{ option.join }}">Join</a> <a href="{{ option.more }}">More</a>
-- content/pages/about.md --
---
title: About
---
All.
-- content/posts/2013-05-01-tea.md --
---
title: Tea
---
Warm.
"""


def _footer(folder: Path) -> str:
    page = (folder / "output/2013/05/tea/index.html").read_text(encoding="utf-8")
    return next(line for line in page.splitlines() if ">Join<" in line)


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("/about/", "/blog/about/"),
        ("about/", "/blog/about/"),
        ("/about?x=1", "/blog/about/?x=1"),
        ("/pages/about.md", "/blog/about/"),
        ("/blog/about/", "/blog/about/"),
        ("https://example.net/", "https://example.net/"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
    ],
)
def test_a_link_among_the_options_is_ready_to_print(written: str, link: str, tmp_path: Path) -> None:
    write_site(tmp_path, UNDER + THEME.replace("JOIN", written))
    build(tmp_path)
    assert _footer(tmp_path) == f'<a href="{link}">Join</a> <a href="/blog/about/">More</a>'


def test_a_page_that_moves_takes_the_option_along(tmp_path: Path) -> None:
    """The file is named, and has another address than at the build before: what a template sees is hashed."""
    write_site(
        tmp_path, UNDER + THEME.replace("JOIN", "/pages/about.md").replace("default: /about/", "label: M")
    )
    build(tmp_path)
    assert '"/blog/about/"' in _footer(tmp_path)
    write_site(tmp_path, "-- content/pages/about.md --\n---\ntitle: About\npermalink: /who/\n---\nAll.\n")
    build(tmp_path)
    assert '"/blog/who/"' in _footer(tmp_path)


def test_a_dead_option_is_named_where_it_is_set(tmp_path: Path) -> None:
    write_site(tmp_path, UNDER + THEME.replace("JOIN", "/gone/"))
    result = cogen("check", tmp_path, "--now", "2013-07-01")
    assert 'site.yaml:6:23: error[dead-link]: the option "join" leads to nothing: /gone/' in result.out


def test_an_option_that_names_a_part_no_page_has_is_told(tmp_path: Path) -> None:
    write_site(tmp_path, UNDER + THEME.replace("JOIN", "/about/#gone"))
    result = cogen("check", tmp_path, "--now", "2013-07-01")
    said = 'the option "join" leads to a part that the page does not have: #gone'
    assert f"site.yaml:6:23: warning[dead-anchor]: {said}" in result.out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "text_font: https://x.example/a.woff2",
            'the option "text_font" is the address of a font file of this site',
        ),
        ("logo: mailto:a@example.org", 'the option "logo" is the address of a picture of this site'),
        ("logo: /a.txt", 'the option "logo" is a picture, and /a.txt is none'),
        ("logo: /about/", 'the option "logo" is a picture, and /about/ is none'),
        ("text_font: /a.txt", 'the option "text_font" is a font file, and /a.txt is none'),
        ("heading_font: /gone.woff2", 'the option "heading_font" leads to nothing'),
        ("logo: {a: b}", "and there is a list or a mapping"),
        ("accent: [a]", "and there is a list or a mapping"),
    ],
)
def test_an_option_that_is_a_file_is_one_of_its_kind(line: str, said: str, tmp_path: Path) -> None:
    files = "-- content/a.txt --\nA\n-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n"
    write_site(tmp_path, MINIMAL + f"theme_options:\n  {line}\n" + files)
    result = cogen("check", tmp_path)
    assert result.code == 1
    assert said in result.out + result.err
    assert "site.yaml:6:" in result.out + result.err
