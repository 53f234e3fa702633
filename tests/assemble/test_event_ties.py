"""An event names who holds it and the project it is part of."""

from pathlib import Path

from lxml import html
from sites import MINIMAL, build, write_site

SITE = """\
-- content/people.yaml --
frances: {name: Frances O.}
-- content/projects/our-corner.yaml --
title: Our corner
projects: [{id: bench, name: A bench}]
-- content/events/planting.md --
---
title: Planting day
start: 2013-08-01 10:00
authors: [frances, Sam]
project: bench
---
Bring gloves.
"""


def test_an_event_names_who_holds_it_and_its_project(tmp_path: Path) -> None:
    build(write_site(write_site(tmp_path, MINIMAL), SITE))
    page = html.fromstring((tmp_path / "output/events/planting/index.html").read_text(encoding="utf-8"))
    facts = {dt.text_content(): dt.getnext().text_content().strip() for dt in page.iter("dt")}
    assert facts["Held by"] == "Frances O. and Sam"
    assert facts["Project"] == "A bench"
    assert page.xpath("//dd/a[text()='A bench']/@href") == ["/projects/our-corner/bench/"]
