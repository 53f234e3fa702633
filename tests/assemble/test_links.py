"""Where links and pictures lead: in pages, lists, feeds and raw HTML; and what is said of those that lead nowhere."""

import re
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, write_site

UNDER = MINIMAL.replace("https://example.org/", "https://example.org/blog/")
BUNDLE = """\
-- content/posts/2013/05/2013-05-01-bike/index.md --
---
title: Bike
---
See [the kick-off](../2013-05-02-kickoff.md#next "then"), [home](/), [about](/about/?x=1#who) and ![A bike](bike.svg).

<p><a href="../2013-05-02-kickoff.md">raw</a>
<img src="bike.svg" srcset="bike.svg 1x, /pictures/big.svg 2x" alt="raw">
<video poster="bike.svg" src="film.mp4"></video></p>
-- content/posts/2013/05/2013-05-01-bike/bike.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>
-- content/posts/2013/05/2013-05-01-bike/film.mp4 --
film
-- content/pictures/big.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"/>
-- content/posts/2013/05/2013-05-02-kickoff.md --
---
title: Kick-off
---
Words.

## Next

More.
-- content/pages/about.md --
---
title: About
---
[People](#who) who are here.

## Who

All.
"""
TO_KICKOFF, TO_ABOUT = "/blog/2013/05/kickoff/", "/blog/about/"


def _addresses(html: str) -> list[str]:
    """Give the addresses in attributes, in order."""
    return re.findall(r' (?:href|src|srcset|poster)="([^"]*)"', html)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_site(tmp_path_factory.mktemp("links"), UNDER + BUNDLE)
    build(site)
    return site / "output"


def test_links_and_pictures_of_a_page_get_the_base_path(output: Path) -> None:
    page = (output / "2013/05/bike/index.html").read_text()
    text = page.partition("<p>See ")[2].partition("</video>")[0]
    beside = "/blog/2013/05/bike"
    assert _addresses(text) == [
        f"{TO_KICKOFF}#next", "/blog/", f"{TO_ABOUT}?x=1#who", f"{beside}/bike.svg", TO_KICKOFF,
        f"{beside}/bike.svg", f"{beside}/bike.svg 1x, /blog/pictures/big.svg 2x",
        f"{beside}/bike.svg", f"{beside}/film.mp4",
    ]  # fmt: skip


def test_a_picture_gets_the_size_of_its_file(output: Path) -> None:
    page = (output / "2013/05/bike/index.html").read_text()
    assert re.search(r'<img src="/blog/2013/05/bike/bike.svg" width="40" height="30"[^>]* alt="A bike"', page)


def test_a_summary_leads_where_the_text_leads(output: Path) -> None:
    home = (output / "index.html").read_text()
    text = home.partition("See ")[2].partition("</article>")[0]
    assert _addresses(text)[:4] == [
        f"{TO_KICKOFF}#next", "/blog/", f"{TO_ABOUT}?x=1#who", "/blog/2013/05/bike/bike.svg"
    ]  # fmt: skip


def test_a_feed_leads_there_from_any_place(output: Path) -> None:
    feed = (output / "feed.json").read_text()
    text = feed.partition("See ")[2].partition("</video>")[0].replace('\\"', '"')
    found = [part.split()[0] for each in _addresses(text) for part in each.split(", ")]
    assert len(found) == 10
    assert all(address.startswith("https://example.org/blog/") for address in found)


def test_the_files_of_a_bundle_lie_beside_its_page(output: Path) -> None:
    assert (output / "2013/05/bike/bike.svg").is_file()
    assert not list(output.glob("posts/**/*"))


def test_the_files_of_a_bundle_stay_out_when_its_page_does(tmp_path: Path) -> None:
    bundle = "-- content/posts/2013-05-01-a/index.md --\n---\ntitle: A\ndraft: true\n---\nText.\n"
    bundle += "-- content/posts/2013-05-01-a/figures/secret.csv --\nsecret\n"
    site = write_site(tmp_path, MINIMAL + bundle)
    build(site)
    assert not list((site / "output").rglob("secret.csv"))
    build(site, "--drafts")
    assert (site / "output/2013/05/a/figures/secret.csv").read_text() == "secret\n"


def test_a_file_of_no_bundle_keeps_its_path(tmp_path: Path) -> None:
    files = "-- content/files/a plan.txt --\nplan\n-- content/.hidden --\nno\n"
    files += "-- content/.well-known/security.txt --\nhere\n"
    site = write_site(tmp_path, MINIMAL + files)
    build(site)
    assert (site / "output/files/a plan.txt").read_text() == "plan\n"
    assert (site / "output/.well-known/security.txt").exists()
    assert not (site / "output/.hidden").exists()


def _said(tmp_path: Path, body: str, more: str = "") -> str:
    post = f"-- content/posts/2013-05-01-a.md --\n---\ntitle: A\n---\n{body}\n"
    return cogen("check", write_site(tmp_path, MINIMAL + post + more), "--now", "2013-07-01").out


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("[x](gone.md)", "4:5"),
        ("Words and\nmore [words](gone.md) here.", "5:14"),
        ("[x]\n\n[x]: gone.md", "6:6"),
        ('<a href="gone.md">x</a>', "4:10"),
        ('<img srcset="gone.md 2x" src="https://example.com/a.png" alt="x">', "4:14"),
        ("> - [é ü](gone.md)", "4:11"),
    ],
    ids=["inline", "second line", "reference", "raw", "srcset", "in a list in a quote"],
)
def test_a_link_that_leads_nowhere_is_found_in_its_line_and_column(
    tmp_path: Path, body: str, place: str
) -> None:
    assert f"content/posts/2013-05-01-a.md:{place}: error[" in _said(tmp_path, body)


def test_a_link_to_a_draft_says_so(tmp_path: Path) -> None:
    draft = "-- content/posts/2013-05-02-b.md --\n---\ntitle: B\ndraft: true\n---\nText.\n"
    assert "2013-05-02-b.md is not published (draft)" in _said(tmp_path, "[b](2013-05-02-b.md)", draft)


def test_a_link_out_of_the_content_is_dead(tmp_path: Path) -> None:
    assert "error[dead-link]" in _said(tmp_path, "[x](../../site.yaml)")
    assert "error[dead-link]" in _said(tmp_path, "[x](../../../../etc/passwd)")


def test_the_parts_of_a_page_are_checked(tmp_path: Path) -> None:
    other = "-- content/posts/2013-05-02-b.md --\n---\ntitle: B\n---\nText.\n\n## Money\n\nText.\n"
    good = "[a](2013-05-02-b.md#money) [b](/2013/05/b/#money) [c](2013-05-02-b.md#top) [d](#here)\n\n## Here\n\nText."
    assert "dead-anchor" not in _said(tmp_path, good, other)
    assert "has no part #honey" in _said(tmp_path, "[a](2013-05-02-b.md#honey)", other)


def test_the_parts_of_the_page_itself_are_checked(tmp_path: Path) -> None:
    assert "dead-anchor" not in _said(
        tmp_path, "[a](#here) and a note[^1].\n\n## Here\n\nText.\n\n[^1]: Note."
    )
    said = _said(tmp_path, "[a](#hare)\n\n## Here\n\nText.")
    assert "content/posts/2013-05-01-a.md:4:5: warning[dead-anchor]: this page has no part #hare" in said


def test_a_heading_may_be_named_as_other_programs_do(tmp_path: Path) -> None:
    headings = "\n\n".join(
        f"## {title}" for title in ("Q & A", "get-pip.py", "Where", "Where", "Élan", "Where_to")
    )
    other = f"-- content/posts/2013-05-02-b.md --\n---\ntitle: B\n---\nText.\n\n{headings}\n"
    names = ("q--a", "get-pippy", "where-1", "Where_1", "élan", "elan", "where_to", "where-2")
    text = "\n".join(f"- [{name}](2013-05-02-b.md?x=1#{name})" for name in names)
    assert "dead-anchor" not in _said(tmp_path, text, other)
    build(tmp_path)
    page = (tmp_path / "output/2013/05/a/index.html").read_text()
    found = re.findall(r'href="/2013/05/b/\?x=1#([^"]+)"', page)
    assert found == ["q-a", "get-pip-py", "where-2", "where-2", "elan", "elan", "where-to", "where-2"]


def test_a_heading_of_the_page_itself_may_be_named_so(tmp_path: Path) -> None:
    assert "dead-anchor" not in _said(tmp_path, "[a](#q--a)\n\n## Q & A\n\nText.")
    build(tmp_path)
    assert '<a href="#q-a">a</a>' in (tmp_path / "output/2013/05/a/index.html").read_text()
    assert "has no part #q---a" in _said(tmp_path, "[a](#q---a)\n\n## Q & A\n\nText.")


@pytest.mark.parametrize("part", ["top", "TOP", ":~:text=Text", "here:~:text=Text", "here"])
def test_what_every_browser_finds_is_not_dead(part: str, tmp_path: Path) -> None:
    assert "dead-anchor" not in _said(tmp_path, f"[a](#{part})\n\n## Here\n\nText.")


def test_a_part_that_a_directive_names_is_checked_and_found(tmp_path: Path) -> None:
    directive = '::video[Film]{url="#PART" image="x.png"}'
    said = _said(tmp_path, directive.replace("PART", "q-b") + "\n\n## Q & A\n\nText.")
    assert "content/posts/2013-05-01-a.md:4:20: warning[dead-anchor]: this page has no part #q-b" in said
    lowered = MINIMAL + "diagnostics: {missing-picture: off}\n"
    text = directive.replace("PART", "q--a")
    post = f"-- content/posts/2013-05-01-a.md --\n---\ntitle: A\n---\n{text}\n\n## Q & A\n\nText.\n"
    site = write_site(tmp_path / "site", lowered + post)
    build(site)
    assert 'href="/2013/05/a/#q-a"' in (site / "output/2013/05/a/index.html").read_text()


def test_of_more_dead_links_than_are_told_each_counts_once(tmp_path: Path) -> None:
    links = "\n".join(f"- [x](gone-{number}.md) [y](#part-{number})" for number in range(120))
    said = _said(tmp_path, f"Text.\n\n{links}\n\n## Part 99\n")
    assert said.count("error[dead-link]") == said.count("warning[dead-anchor]") == 101
    assert "error[dead-link]: 20 more of this kind" in said
    assert "warning[dead-anchor]: 19 more of this kind" in said


def test_a_dead_link_of_an_excerpt_and_its_text_counts_once(tmp_path: Path) -> None:
    first, second = (" ".join(f"[x](/no{n}/)" for n in numbers) for numbers in (range(60), range(60, 100)))
    said = _said(tmp_path, f"{first}\n\n{second}")
    assert said.count("error[dead-link]") == 100
    assert "more of this kind" not in said


def test_one_address_in_two_spellings_is_told_where_each_stands(tmp_path: Path) -> None:
    said = _said(tmp_path, "`x` [a](<no file.md>) [b](no%20file.md)\n\nno file.md: [c](no\\_file.md)")
    assert re.findall(r"a\.md:(\d+:\d+): error", said) == ["4:10", "4:27", "6:17"]


def test_what_stands_in_front_matter_does_not_hide_the_text(tmp_path: Path) -> None:
    for front in ("description: It's <!-- here", 'title: "C `tick"', "summary: |\n  ~~~\n  x"):
        site = write_site(
            tmp_path / str(len(front)),
            f"{MINIMAL}-- content/posts/2013-05-01-a.md --\n---\n{front}\n---\n[a](no.md) b\n\n`[c](no.md) d\n",
        )
        assert cogen("check", site).out.count("error[dead-link]") == 2


def test_a_link_within_the_page_leads_from_a_list_to_the_page(tmp_path: Path) -> None:
    post = (
        "-- content/posts/2013-05-01-a.md --\n---\ntitle: A\n---\nSee [below](#here).\n\n## Here\n\nText.\n"
    )
    site = write_site(tmp_path, UNDER + post)
    build(site)
    assert 'href="/blog/2013/05/a/#here"' in (site / "output/index.html").read_text()
    assert '<a href="#here">below</a>' in (site / "output/2013/05/a/index.html").read_text()
    assert "https://example.org/blog/2013/05/a/#here" in (site / "output/feed.json").read_text()


def test_a_dead_link_that_is_only_a_warning_stays_as_written(tmp_path: Path) -> None:
    lowered = MINIMAL + "diagnostics: {dead-link: warning, missing-picture: warning}\n"
    post = "-- content/posts/2013-05-01-a.md --\n---\ntitle: A\n---\n[x](gone.md?a=1&b=2#c) ![y](gone.png)\n"
    site = write_site(tmp_path, lowered + post)
    assert "1 error" not in build(site).out
    page = (site / "output/2013/05/a/index.html").read_text()
    assert 'href="gone.md?a=1&amp;b=2#c"' in page
    assert 'src="gone.png"' in page


def test_only_links_into_the_site_are_touched(tmp_path: Path) -> None:
    body = "[a](https://example.com/x) [b](mailto:a@example.org) [c](//cdn.example.com/y) [d](tel:+44)"
    site = write_site(tmp_path, UNDER + f"-- content/posts/2013-05-01-a.md --\n---\ntitle: A\n---\n{body}\n")
    build(site)
    page = (site / "output/2013/05/a/index.html").read_text()
    for address in ("https://example.com/x", "mailto:a@example.org", "//cdn.example.com/y", "tel:+44"):
        assert f'href="{address}"' in page


def test_a_link_may_name_the_site_s_own_base_path(tmp_path: Path) -> None:
    about = (
        "-- content/pages/about.md --\n---\ntitle: About\n---\n[here](/blog/about/) and [there](/about/)\n"
    )
    site = write_site(tmp_path, UNDER + about)
    build(site)
    page = (site / "output/about/index.html").read_text()
    assert page.count('<a href="/blog/about/"') == 2


def test_each_use_of_a_dead_link_in_a_table_of_projects_is_told(tmp_path: Path) -> None:
    programme = """\
-- content/projects/q.yaml --
title: Q
columns: [name, description, notes]
projects:
  - {id: a, name: A, description: "see [x](gone.md)", notes: "[y](gone.md)"}
  - {id: n, description: "no name, so left out"}
  - id: b
    name: B
    description: |
      one [x](gone.md)

      two [x](gone.md)
"""
    said = cogen("check", write_site(tmp_path, MINIMAL + programme), "--now", "2013-07-01").out
    places = re.findall(r"q\.yaml:(\d+:\d+): error\[dead-link\]", said)
    assert places == ["4:44", "4:67", "9:15", "11:15"]
