"""Where ``site.yaml`` says how to mend a text, the page of each file leads to that file, and no list leads anywhere."""

from pathlib import Path

import pytest
from sites import MINIMAL, build, write_site

SITE = """\
-- content/posts/2013-05-01-a.md --
---
title: A
tags: Tag
authors: Robin
---
A.
-- content/pages/about.md --
---
title: About
---
About.
-- content/events/walk.md --
---
title: Walk
start: 2013-08-01
---
Walk.
-- content/projects/ours.yaml --
title: Ours
projects:
- {id: bench, name: Bench}
"""
FILES = {
    "2013/05/a": "content/posts/2013-05-01-a.md",
    "about": "content/pages/about.md",
    "events/walk": "content/events/walk.md",
    "projects/ours": "content/projects/ours.yaml",
    "projects/ours/bench": "content/projects/ours.yaml",
}
LISTS = ("", "tags/tag", "authors/robin", "archive", "events", "projects")
EDIT = "https://git.example.org/edit/main/"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = write_site(tmp_path_factory.mktemp("site"), MINIMAL + f"edit_url: {EDIT}{{path}}\n" + SITE)
    build(site)
    return site / "output"


@pytest.mark.parametrize("page", FILES)
def test_the_page_of_a_file_leads_to_it(output: Path, page: str) -> None:
    assert f'href="{EDIT}{FILES[page]}"' in (output / page / "index.html").read_text()


@pytest.mark.parametrize("page", LISTS)
def test_a_list_has_no_file(output: Path, page: str) -> None:
    assert EDIT not in (output / page / "index.html").read_text()
