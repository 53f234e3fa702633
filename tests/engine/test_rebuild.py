"""What a second build notices, puts back and takes away; ``exact/test_minimal.py`` says what it renders."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, tree, wait_a_tick, write_site

from cogen.model.hashing import hash_bytes

SITE = (
    MINIMAL
    + """\
page_size: 2
feeds: {items: 3}
"""
    + "".join(
        f"-- content/posts/2013-05-0{day}-p{day}.md --\n---\ntitle: Post {day}\nauthors: [Ann]\ntags: [{tag}]\n---\n"
        f"Summary {day}.\n\nBelow {day}.\n"
        for day, tag in enumerate(("News", "News", "Growing", "Growing", "News"), 1)
    )
)
FEEDS = ("feed.xml", "atom.xml", "feed.json")


def _stamps(output: Path) -> dict[str, tuple[int, str]]:
    return {
        path.relative_to(output).as_posix(): (path.stat().st_mtime_ns, hash_bytes(path.read_bytes()))
        for path in output.rglob("*")
        if path.is_file()
    }


def _changed(site: Path, edit: Callable[[], object], *options: str) -> tuple[set[str], str]:
    """Give the files that an edit changed, added or removed, and the last line of the report."""
    before = _stamps(site / "output")
    edit()
    said = build(site, *options).out.splitlines()[-1]
    after = _stamps(site / "output")
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}, said


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = write_site(tmp_path, SITE)
    build(folder)
    return folder


def _replace(path: Path, old: str, new: str) -> Callable[[], object]:
    return lambda: path.write_text(path.read_text().replace(old, new))


def test_a_file_that_was_only_touched_renders_nothing(site: Path) -> None:
    changed, said = _changed(site, (site / "content/posts/2013-05-05-p5.md").touch)
    assert changed == set()
    assert ": 0 rendered" in said


def test_an_old_body_that_no_feed_carries_renders_its_page_alone(site: Path) -> None:
    post = site / "content/posts/2013-05-01-p1.md"
    changed, said = _changed(site, _replace(post, "Below 1.", "Beneath."))
    assert changed == {"2013/05/p1/index.html", *(f"tags/news/{name}" for name in FEEDS)}
    assert ": 4 rendered, 4 written" in said


def test_a_heading_of_another_name_elsewhere_and_the_same_here_renders_what_leads_to_it(site: Path) -> None:
    one, other = site / "content/posts/2013-05-01-p1.md", site / "content/pages/about.md"
    other.parent.mkdir(exist_ok=True)
    other.write_text("---\ntitle: About\n---\nUs.\n\n## Q & A\n")
    _replace(one, "Below 1.", "Below, see [these](../pages/about.md#q--a).")()
    build(site)
    page = site / "output/2013/05/p1/index.html"
    assert "/about/#q-a" in page.read_text()
    changed, _ = _changed(site, _replace(other, "## Q & A", "## Q-A"))
    assert {"2013/05/p1/index.html", "about/index.html"} <= changed
    assert "/about/#q--a" in page.read_text()


def test_a_change_that_shows_nowhere_writes_nothing(site: Path) -> None:
    post = site / "content/posts/2013-05-01-p1.md"
    changed, said = _changed(site, _replace(post, "Below 1.\n", "Below 1.\n\n\n"))
    assert changed == set()
    assert ": 0 rendered" in said


def test_moving_the_clock_over_nothing_renders_nothing(site: Path) -> None:
    changed, said = _changed(site, lambda: None, "--now", "2033-01-01")
    assert changed == set()
    assert ": 0 rendered" in said


def test_an_output_that_was_changed_or_deleted_is_put_back(site: Path) -> None:
    expected = tree(site / "output")
    page, feed = site / "output/index.html", site / "output/feed.xml"
    page.write_bytes(bytes(byte ^ 1 for byte in page.read_bytes()))
    feed.unlink()
    (site / "output/2013/05/p1/index.html").write_text("")
    said = build(site).out.splitlines()[-1]
    assert tree(site / "output") == expected
    assert ": 3 rendered, 3 written" in said


def test_outputs_that_changed_places_are_put_back(site: Path) -> None:
    """Files made in one tick of the clock have one time, and may have one size."""
    for number in range(8):
        (site / f"content/t{number}.txt").write_text(f"text {number}")
    build(site)
    expected = tree(site / "output")
    for one, other in ((0, 1), (2, 3), (4, 5)):
        first, second = site / f"output/t{one}.txt", site / f"output/t{other}.txt"
        for path in (first, second):
            os.utime(path, ns=(10**18, 10**18))
    build(site)
    for one, other in ((0, 1), (2, 3), (4, 5)):
        first, second, aside = (site / f"output/{name}" for name in (f"t{one}.txt", f"t{other}.txt", "aside"))
        first.rename(aside)
        second.rename(first)
        aside.rename(second)
    build(site)
    assert tree(site / "output") == expected


def test_an_output_changed_where_it_lies_with_its_time_kept_is_put_back(site: Path) -> None:
    expected = tree(site / "output")
    page = site / "output/index.html"
    status = page.stat()
    page.write_bytes(bytes(byte ^ 1 for byte in page.read_bytes()))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert ": 1 rendered, 1 written" in build(site).out.splitlines()[-1]
    assert tree(site / "output") == expected


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders there")
def test_a_pipe_in_the_place_of_an_empty_output_is_not_waited_for(site: Path) -> None:
    (site / "content/empty.txt").write_bytes(b"")
    build(site)
    (site / "output/empty.txt").unlink()
    os.mkfifo(site / "output/empty.txt")
    build(site)
    assert (site / "output/empty.txt").is_file()
    for manifest in (site / ".cogen").glob("manifest-*"):
        manifest.unlink()
        os.mkfifo(manifest)
    for last in (site / ".cogen").glob("last-*"):
        last.unlink()
    assert "0 written" in build(site).out


def test_a_theme_s_folder_without_files_is_none_before_and_after_it_came(site: Path) -> None:
    wait_a_tick()
    build(site)
    assert list((site / ".cogen").glob("last-*"))
    (site / "themes/commons/templates").mkdir(parents=True)
    build(site, "--verify")
    (site / "site.yaml").write_text((site / "site.yaml").read_text() + "theme: own\n")
    write_site(site, "-- themes/own/theme.yaml --\nname: own\n")
    wait_a_tick()
    build(site)
    (site / "themes/own/theme.yaml").unlink()
    for options in ((), ("--no-cache",)):
        result = cogen("build", site, "--now", "2013-07-01", *options)
        assert (result.code, "unknown-theme" in result.out) == (1, True)


def test_without_a_manifest_only_what_differs_is_written(site: Path) -> None:
    for path in (site / ".cogen").glob("manifest*"):
        path.unlink()
    changed, said = _changed(site, (site / "output/feed.xml").unlink)
    assert changed == {"feed.xml"}
    assert "1 written" in said


@pytest.mark.parametrize(
    ("name", "text", "shown_by", "not_by"),
    [
        ("fragments/card.html", "<p>{{ post.title }}</p>\n", "index.html", "2013/05/p1/index.html"),
        ("templates/post.html", "<p>{{ body }}</p>\n", "2013/05/p1/index.html", "index.html"),
        ("templates/partials/mark.html", "<b>mark</b>\n", "404.html", "feed.xml"),
        ("i18n/en.yaml", "older_post: the one before\n", "2013/05/p5/index.html", "feed.xml"),
    ],
)
def test_a_theme_s_new_override_is_noticed_and_so_is_its_end(
    tmp_path: Path, name: str, text: str, shown_by: str, not_by: str
) -> None:
    site = write_site(tmp_path, SITE.replace("page_size", "theme: own\npage_size", 1))
    write_site(site, "-- themes/own/theme.yaml --\nname: own\nextends: commons\n")
    build(site)
    before = tree(site / "output")
    changed, _ = _changed(site, lambda: write_site(site, f"-- themes/own/{name} --\n{text}"))
    assert shown_by in changed
    assert not_by not in changed
    (site / "themes/own" / name).unlink()
    build(site)
    assert tree(site / "output") == before


@pytest.mark.parametrize(
    ("option", "changed_text"),
    [
        ("smart_quotes: false", "<p>&quot;Summary&quot; 1."),
        ("timezone: Europe/London", "2013-05-01T00:00:00+01:00"),
        ("raw_html: false", "&lt;i&gt;"),
        ("markdown: {dialect: python-markdown, extensions: [abbr]}", "<abbr"),
        ("defaults: {posts: {tags: [Default]}}", "/tags/default/"),
    ],
)
def test_a_setting_by_which_files_are_read_reads_them_anew(
    tmp_path: Path, option: str, changed_text: str
) -> None:
    text = SITE.replace("Summary", '"Summary"').replace("tags: [News]\n", "")
    text = text.replace("Below 1.", "<i>Below</i> BBC.\n\n*[BBC]: Auntie")
    site = write_site(tmp_path, text)
    build(site)
    write_site(site, text.replace("page_size", f"{option}\npage_size", 1))
    build(site)
    assert changed_text in (site / "output/2013/05/p1/index.html").read_text()
    warm = tree(site / "output")
    build(site, "--no-cache", "-o", tmp_path / "cold")
    assert warm == tree(tmp_path / "cold")


def test_stray_files_and_empty_folders_are_removed_and_git_is_kept(site: Path) -> None:
    output = site / "output"
    stray = "-- stray.html --\nx\n-- a/b/c.txt --\nx\n-- .dot --\nx\n-- .git/HEAD --\nref\n"
    write_site(output, stray)
    (output / "empty/folder").mkdir(parents=True)
    (output / ".git/objects").mkdir()
    assert "3 removed" in build(site).out
    assert {path.name for path in output.iterdir()} & {"stray.html", "a", "empty", ".dot"} == set()
    assert (output / ".git/HEAD").read_text() == "ref\n"
    assert (output / ".git/objects").is_dir()


def test_what_is_no_longer_planned_goes(site: Path) -> None:
    (site / "content/posts/2013-05-01-p1.md").unlink()
    build(site)
    assert not (site / "output/2013/05/p1").exists()


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    first = "-- content/posts/2013-05-01-a.md --\n---\ntitle: A\npermalink: /x.html\n---\nText.\n"
    second = first.replace("/x.html", "/x.html/y/")
    site = write_site(tmp_path, MINIMAL + first)
    build(site)
    build(write_site(site, second))
    assert (site / "output/x.html/y/index.html").is_file()
    build(write_site(site, first))
    assert (site / "output/x.html").is_file()


def test_warnings_are_repeated_by_a_build_that_renders_nothing(tmp_path: Path) -> None:
    text = 'Text with [a link](gone.md) and ![](a.svg).\n\n::posts{limit="many"}\n'
    lowered = "diagnostics: {dead-link: warning, missing-picture: warning, bad-attribute: warning}\n"
    site = write_site(
        tmp_path, MINIMAL + lowered + f"-- content/posts/2013-05-01-a.md --\n---\ntitel: A\n---\n{text}"
    )
    first, second = build(site), build(site)
    cold = build(site, "--no-cache", "-o", tmp_path / "cold")
    assert first.out.splitlines()[:-1] == second.out.splitlines()[:-1] == cold.out.splitlines()[:-1]
    assert first.out.count(": warning[") == 6
    assert ": 0 rendered" in second.out


@pytest.mark.parametrize("name", ["village~", "base.swp", "#own#"])
def test_a_theme_whose_changes_would_not_be_seen_is_none(name: str, site: Path) -> None:
    write_site(site, f"-- themes/{name}/theme.yaml --\nextends: commons\n")
    with (site / "site.yaml").open("a") as settings:
        settings.write(f'theme: "{name}"\n')
    result = cogen("check", site)
    assert result.code == 1
    assert "error[unknown-theme]" in result.out
