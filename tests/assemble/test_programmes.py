"""A programme of projects: its table holds what the YAML says, cell by cell, and its posts are found."""

from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement
from sites import MINIMAL, build, cogen, write_site

PROGRAMME = """\
-- content/people.yaml --
frances: {name: Frances M.}
-- content/projects/public-services.yaml --
title: Public Services by Design
summary: Nine small projects.
tag: Community Projects
started: 2013-05-25
columns: [name, description, leads, contact, status, due, {key: cost, label: Cost}]
projects:
  - id: mobile-job-bike
    name: Mobile Job Bike
    description: |
      A bicycle that brings *job advice*,
      and coffee.

      To people's doors.
    leads: [frances, Jeremy K.]
    contact: {email: bike@example.org, phone: 020 7946 0002}
    status: delivering
    due: 60
    cost: £900
    tag: Job Bike
  - id: seeds
    name: Seed Library <for all>
    description: Seeds.
    leads: Sam Okafor
    contact: {phone: 020 7946 0003}
    status: handed-over
    due: 2013-09-01
  - id: third
    name: Third
    contact: {email: third@example.org}
"""
POSTS = """\
-- content/posts/2013-06-01-a.md --
---
title: By project
project: mobile-job-bike
authors: [frances]
---
Text.

::projects{table="public-services" status="delivering"}
-- content/posts/2013-06-02-b.md --
---
title: By tag of the project
tags: [job bike]
---
Text.
-- content/posts/2013-06-03-c.md --
---
title: By tag of the programme
tags: [community projects]
---
Text.
-- content/posts/2013-06-04-d.md --
---
title: Of nothing
---
Text.
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_site(tmp_path_factory.mktemp("programme"), MINIMAL + PROGRAMME + POSTS)
    build(site)
    return site / "output"


def _page(path: Path) -> HtmlElement:
    return lxml.html.fromstring(path.read_text())


def _text(cell: HtmlElement) -> str:
    """Give the text of a cell as a reader sees it: items and paragraphs apart, white space as one space."""
    parts = cell.xpath(".//li | .//p") or [cell]
    return " | ".join(" ".join(part.text_content().split()) for part in parts)


def _table(path: Path) -> list[list[str]]:
    (table,) = _page(path).xpath("//table")
    return [[_text(cell) for cell in row.xpath("th|td")] for row in table.xpath(".//tr")]


def test_a_table_holds_what_the_yaml_says_cell_by_cell(output: Path) -> None:
    nothing = "—"
    table = _table(output / "projects/public-services/index.html")
    assert table[0] == ["Project", "What it is", "Lead", "Contact", "Status", "Due", "Cost"]
    assert table[1:] == [
        [
            "Mobile Job Bike", "A bicycle that brings job advice, and coffee. | To people’s doors.",
            "Frances M. | Jeremy K.", "bike@example.org | 020 7946 0002", "Delivering",
            "60 days, 24 Jul 2013", "£900",
        ],
        [
            "Seed Library <for all>", "Seeds.", "Sam Okafor", "020 7946 0003", "Handed over", "1 Sep 2013",
            nothing,
        ],
        ["Third", nothing, nothing, "third@example.org", nothing, nothing, nothing],
    ]  # fmt: skip


def test_a_directive_shows_the_projects_it_asks_for(output: Path) -> None:
    assert [row[0] for row in _table(output / "2013/06/a/index.html")] == ["Project", "Mobile Job Bike"]


def test_leads_and_projects_lead_to_their_pages(output: Path) -> None:
    page = _page(output / "projects/public-services/index.html")
    links = [link.get("href") for link in page.xpath("//table//a")]
    assert links[:4] == [
        "/projects/public-services/mobile-job-bike/", "/authors/frances/", "mailto:bike@example.org", "tel:02079460002"
    ]  # fmt: skip


def _titles(path: Path) -> list[str]:
    return [title.text_content() for title in _page(path).xpath("//article//h2")]


def test_posts_report_on_a_project_by_its_id_or_its_tag(output: Path) -> None:
    page = output / "projects/public-services/mobile-job-bike/index.html"
    assert _titles(page) == ["By tag of the project", "By project"]


def test_posts_report_on_a_programme_by_its_tag_or_its_projects(output: Path) -> None:
    assert _titles(output / "projects/public-services/index.html") == [
        "By tag of the programme",
        "By tag of the project",
        "By project",
    ]


def test_each_of_them_has_feeds(output: Path) -> None:
    feed = (output / "projects/public-services/mobile-job-bike/feed.xml").read_text()
    assert "By project" in feed
    assert "Of nothing" not in feed
    assert (output / "projects/public-services/seeds/atom.xml").exists()


def test_a_project_named_in_two_programmes_must_be_named_whole(tmp_path: Path) -> None:
    second = "-- content/projects/b.yaml --\ntitle: B\nprojects: [{id: mobile-job-bike, name: Another}]\n"
    site = write_site(tmp_path, MINIMAL + PROGRAMME + second + POSTS)
    result = cogen("check", site)
    assert "'mobile-job-bike' is a project of several programmes" in result.out
    assert "write one of b/mobile-job-bike, public-services/mobile-job-bike" in result.out
    whole = POSTS.replace("project: mobile", "project: public-services/mobile")
    build(write_site(tmp_path, whole))
    assert _titles(site / "output/projects/b/mobile-job-bike/index.html") == []


def test_an_event_has_its_agenda_and_place(tmp_path: Path) -> None:
    event = """\
-- content/events/forum.md --
---
title: Practitioners' forum
start: 2013-07-05 10:00
end: 2013-07-05 12:30
place: {name: Town hall, address: Brixton Hill, map_url: "https://example.org/map"}
booking_url: https://example.org/book
agenda: [{time: "10:00", title: Welcome, speaker: frances}, {time: 10:30, title: Coffee}]
---
Come along.
"""
    site = write_site(tmp_path, MINIMAL + PROGRAMME + event)
    build(site)
    text = " ".join(_page(site / "output/events/forum/index.html").text_content().split())
    for words in (
        "Town hall",
        "Brixton Hill",
        "10:00",
        "Welcome",
        "Frances M.",
        "10:30",
        "Coffee",
        "Come along.",
    ):
        assert words in text
    links = {link.get("href") for link in _page(site / "output/events/forum/index.html").xpath("//a")}
    assert {"https://example.org/map", "https://example.org/book"} <= links


TWO_OF_ONE_NAME = """\
-- content/projects/corner.yaml --
title: One
slug: one
started: 2013-01-01
projects: [{name: Bench, due: 10, description: AAA}]
-- content/projects/corner/index.yaml --
title: Two
slug: two
started: 2001-01-01
projects: [{name: Bench, due: 10, description: BBB}, {name: Other}]
"""


def test_of_two_files_that_are_one_table_the_second_is_named_and_not_mixed_into_the_first(
    tmp_path: Path,
) -> None:
    site = write_site(tmp_path, MINIMAL + "diagnostics: {duplicate-table: warning}\n" + TWO_OF_ONE_NAME)
    said = build(site).out
    assert "corner/index.yaml:1:1: warning[duplicate-table]: content/projects/corner.yaml is the same" in said
    page = (site / "output/projects/one/bench/index.html").read_text(encoding="utf-8")
    assert ("AAA" in page, "BBB" in page, "2001" in page) == (True, False, False)
    assert not (site / "output/projects/two").exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("people.yaml", "people.yml"),
        ("people.en.yaml", "people.yaml"),
        ("tags.yaml", "tags.yml"),
        ("data/v.en.yaml", "data/v.yaml"),
        ("projects/corner.en.yaml", "projects/corner.yaml"),
    ],
)
def test_a_table_beside_another_of_its_name_is_not_dropped_in_silence(
    tmp_path: Path, first: str, second: str
) -> None:
    table = "title: A\n" if "projects" in first else "{}\n"
    languages = "language: en\nlanguages: [es]\n"
    files = "".join(f"-- content/{name} --\n{table}" for name in (first, second))
    said = cogen("check", write_site(tmp_path, MINIMAL + languages + files)).out
    assert f"content/{second}:1:1: error[duplicate-table]: content/{first} is the same table" in said
    assert said.count("duplicate-table") == 1


def test_a_table_in_another_language_is_none_beside_it(tmp_path: Path) -> None:
    languages = "language: en\nlanguages: [es]\n"
    files = "".join(f"-- content/{name} --\n{{}}\n" for name in ("people.yaml", "people.es.yaml"))
    assert "duplicate-table" not in cogen("check", write_site(tmp_path, MINIMAL + languages + files)).out


@pytest.mark.parametrize("name", ["b", "0b"])
def test_two_projects_of_one_name_are_told_whichever_file_comes_first(tmp_path: Path, name: str) -> None:
    head = MINIMAL + "language: en\nlanguages: [es]\npublish: {projects: false}\n"
    files = f"""\
-- content/projects/a.yaml --
title: A
projects: [{{name: Bench}}]
-- content/projects/a.es.yaml --
title: A
slug: same
projects: [{{name: Bench}}]
-- content/projects/{name}.yaml --
title: B
slug: same
projects: [{{name: Bench}}]
"""
    said = cogen("check", write_site(tmp_path, head + files)).out
    assert said.count("error[slug-collision]") == 1
    assert "has the project same/bench, too" in said
