"""What a reader of a post is shown next."""

import re
from pathlib import Path

import pytest
from sites import MINIMAL, build, write_site

LINKS = re.compile(r'<ul class="col plain related">(.*?)</ul>', re.DOTALL)


def post(day: int, tags: str, more: str = "") -> str:
    name = f"p{day:02d}"
    return f"-- content/posts/2013-05-{day:02d}-{name}.md --\n---\ntitle: {name}\ntags: [{tags}]\n{more}---\nText.\n"


def related(folder: Path, name: str) -> list[str]:
    text = (folder / f"output/2013/05/{name}/index.html").read_text(encoding="utf-8")
    (found,) = LINKS.findall(text) or [""]
    return re.findall(r">(\w+)</a>", found)


def built(folder: Path) -> Path:
    days = [(day, "Common") for day in range(1, 21)]
    rare = [
        post(21, "Common, Rare"),
        post(22, "Common"),
        post(23, "Rare"),
        post(24, "Common, Rare"),
        post(25, "Alone"),
    ]
    build(write_site(folder, MINIMAL + "".join(post(*each) for each in days) + "".join(rare)))
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("related"))


def test_who_shares_the_rarest_tags_comes_first_and_neighbours_are_not_told_again(site: Path) -> None:
    assert related(site, "p21") == ["p24", "p23", "p19"]


def test_of_equals_the_nearest_in_time_come_first(site: Path) -> None:
    assert related(site, "p10") == ["p08", "p12", "p07"]


def test_a_post_that_shares_nothing_has_none(site: Path) -> None:
    assert related(site, "p25") == []


def test_posts_about_one_project_are_related(tmp_path: Path) -> None:
    project = "-- content/projects/street.yaml --\ntitle: Street\nprojects: [{id: bench, name: Bench}]\n"
    posts = [post(day, f"T{day}", "project: street/bench\n" if day in {1, 5} else "") for day in range(1, 7)]
    build(write_site(tmp_path, MINIMAL + project + "".join(posts)))
    assert related(tmp_path, "p01") == ["p05"]
    assert related(tmp_path, "p03") == []


def test_hidden_posts_are_not_shown(tmp_path: Path) -> None:
    posts = [post(day, "One", "hidden: true\n" if day == 4 else "") for day in range(1, 7)]
    build(write_site(tmp_path, MINIMAL + "".join(posts)))
    shown = {name for day in (1, 2, 3, 5, 6) for name in related(tmp_path, f"p0{day}")}
    assert shown == {"p01", "p02", "p03", "p05", "p06"}


def test_one_more_post_changes_few_others(tmp_path: Path) -> None:
    site = write_site(built(tmp_path), post(26, "Common"))
    said = build(site, "--explain").out
    assert re.findall(r"(p\d\d)/index.html: .*related", said) == ["p24"]
