"""What a theme asks for beyond its views: each argument narrows the answer, and a word that means nothing is named."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, write_site

SITE = f"""{MINIMAL}theme: own
-- themes/own/theme.yaml --
components:
  led:
    attributes: {{lead: str, status: str}}
    data: {{found: {{projects: {{lead: $lead, status: $status}}}}}}
-- themes/own/components/led.html --
{{% for project in found %}}({{{{ project.name }}}}){{% endfor %}}
-- content/projects/corner.yaml --
title: Corner
tag: Corner
projects:
  - {{name: Bench, leads: Amara, status: delivering}}
  - {{name: Lamp, leads: Sam, status: idea}}
-- content/posts/2012-05-01-oak.md --
---
title: Oak
tags: [Wood]
authors: [Amara]
project: bench
---
-- content/posts/2012-05-02-ash.md --
---
title: Ash
tags: [Wood]
authors: [Sam]
---
-- content/posts/2012-05-03-bulb.md --
---
title: Bulb
tags: [Light]
authors: [Amara]
project: lamp
---
-- content/events/then.md --
---
title: Then
start: 2012-06-01
---
-- content/events/soon.md --
---
title: Soon
start: 2014-06-01
---
"""
TITLES = ("Oak", "Ash", "Bulb", "Then", "Soon", "(Bench)", "(Lamp)")
SHOWN = {
    "::posts": ["Oak", "Ash", "Bulb"],
    '::posts{tag="wood"}': ["Oak", "Ash"],
    '::posts{author="Amara"}': ["Oak", "Bulb"],
    '::posts{project="corner/lamp"}': ["Bulb"],
    '::posts{tag="Wood" author="Amara"}': ["Oak"],
    '::posts{tag="Wood" project="lamp"}': [],
    '::posts{tag="Wood" project="bench"}': ["Oak"],
    '::posts{limit="1"}': ["Bulb"],
    "::events": ["Soon"],
    '::events{when="past"}': ["Then"],
    '::events{when="all"}': ["Then", "Soon"],
    "::led": ["(Bench)", "(Lamp)"],
    '::led{lead="Sam"}': ["(Lamp)"],
    '::led{status="delivering"}': ["(Bench)"],
    '::led{lead="Sam" status="delivering"}': [],
}
"""Directives, with what each shows."""
WRONG = {
    '::events{when="pats"}': "when cannot be 'pats'",
    '::projects{table="corner" status="delivring"}': "status cannot be 'delivring'",
    '::posts{tag="Wod"}': "no post has the tag 'Wod'",
    '::posts{author="Amra"}': "nobody here is called 'Amra'",
    '::posts{project="bnch"}': "there is no project 'bnch'",
    '::projects{table="cornr"}': "there is no programme 'cornr'",
}
"""Directives, with what is said of each."""


def written(folder: Path, directives: Iterable[str]) -> Path:
    """Write the site with a page for each directive."""
    pages = (
        f"-- content/pages/page-{number}.md --\n---\ntitle: Page\n---\n\n{directive}\n"
        for number, directive in enumerate(directives)
    )
    return write_site(folder, SITE + "".join(pages))


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = written(tmp_path_factory.mktemp("shown"), SHOWN)
    build(site)
    return site / "output"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    site = written(tmp_path_factory.mktemp("wrong"), WRONG)
    result = cogen("check", site, "--now", "2013-07-01T12:00:00")
    assert result.code == 1
    return result.out.splitlines()


@pytest.mark.parametrize("directive", SHOWN)
def test_each_argument_of_a_query_narrows_the_answer(directive: str, output: Path) -> None:
    number = list(SHOWN).index(directive)
    text = (output / f"page-{number}/index.html").read_text(encoding="utf-8")
    body = text.partition('<div class="col prose">')[2].partition("</article>")[0]
    assert [title for title in TITLES if title in body] == SHOWN[directive]


@pytest.mark.parametrize("directive", WRONG)
def test_a_word_that_means_nothing_to_a_query_is_named(directive: str, said: list[str]) -> None:
    place = f"content/pages/page-{list(WRONG).index(directive)}.md:5:"
    [line] = [line for line in said if line.startswith(place)]
    assert ": error[" in line
    assert WRONG[directive] in line
