"""What a theme asks for beyond its views: each argument narrows the answer, and a word that means nothing is named."""

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
-- content/pages/about.md --
---
title: About
---
"""
TITLES = ("Oak", "Ash", "Bulb", "Then", "Soon", "(Bench)", "(Lamp)")


def written(folder: Path, directive: str) -> Path:
    """Write the site with a directive on its page."""
    return write_site(folder, f"{SITE}\n{directive}\n")


def shown(folder: Path, directive: str) -> list[str]:
    """Give what a directive shows of the site."""
    written(folder, directive)
    build(folder)
    text = (folder / "output/about/index.html").read_text(encoding="utf-8")
    body = text.partition('<div class="col prose">')[2].partition("</article>")[0]
    return [title for title in TITLES if title in body]


@pytest.mark.parametrize(
    ("directive", "titles"),
    [
        ("::posts", ["Oak", "Ash", "Bulb"]),
        ('::posts{tag="wood"}', ["Oak", "Ash"]),
        ('::posts{author="Amara"}', ["Oak", "Bulb"]),
        ('::posts{project="corner/lamp"}', ["Bulb"]),
        ('::posts{tag="Wood" author="Amara"}', ["Oak"]),
        ('::posts{tag="Wood" project="lamp"}', []),
        ('::posts{tag="Wood" project="bench"}', ["Oak"]),
        ('::posts{limit="1"}', ["Bulb"]),
        ("::events", ["Soon"]),
        ('::events{when="past"}', ["Then"]),
        ('::events{when="all"}', ["Then", "Soon"]),
        ("::led", ["(Bench)", "(Lamp)"]),
        ('::led{lead="Sam"}', ["(Lamp)"]),
        ('::led{status="delivering"}', ["(Bench)"]),
        ('::led{lead="Sam" status="delivering"}', []),
    ],
)
def test_each_argument_of_a_query_narrows_the_answer(
    directive: str, titles: list[str], tmp_path: Path
) -> None:
    assert shown(tmp_path, directive) == titles


@pytest.mark.parametrize(
    ("directive", "said"),
    [
        ('::events{when="pats"}', "when cannot be 'pats'"),
        ('::projects{table="corner" status="delivring"}', "status cannot be 'delivring'"),
        ('::posts{tag="Wod"}', "no post has the tag 'Wod'"),
        ('::posts{author="Amra"}', "nobody here is called 'Amra'"),
        ('::posts{project="bnch"}', "there is no project 'bnch'"),
        ('::projects{table="cornr"}', "there is no programme 'cornr'"),
    ],
)
def test_a_word_that_means_nothing_to_a_query_is_named(directive: str, said: str, tmp_path: Path) -> None:
    result = cogen("check", written(tmp_path, directive), "--now", "2013-07-01T12:00:00")
    assert result.code == 1
    assert said in result.out
