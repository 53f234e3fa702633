"""What a theme asks for beyond its views: each argument narrows the answer, and a word that means nothing is named."""

from collections.abc import Callable, Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from sites import MINIMAL, build, cogen, write_site

from cogen.assemble import bodies, cards, queries
from cogen.assemble.queries import Question
from cogen.assemble.views import DataValue, ProjectCard
from cogen.model.theme import QueryName

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


def test_who_asks_the_same_gets_the_same_though_few_answers_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join(["::posts", '::posts{tag="Wood"}', '::posts{limit="1"}'] * 2)
    build(written(tmp_path / "kept", [text]))
    monkeypatch.setattr(queries, "_MOST_KEPT", 1)
    build(written(tmp_path / "not-kept", [text]))
    kept, not_kept = (
        (tmp_path / each / "output/page-0/index.html").read_text(encoding="utf-8")
        for each in ("kept", "not-kept")
    )
    assert kept.count(">Bulb<") == 4
    assert kept == not_kept


def test_a_wrong_word_is_named_wherever_it_is_asked_for(tmp_path: Path) -> None:
    site = written(tmp_path, ['::posts{tag="Wod"}\n\n::posts{tag="Wod"}', '::posts{tag="Wod"}'])
    out = cogen("check", site).out
    said = [line for line in out.splitlines() if "'Wod'" in line]
    assert [line.partition(": error")[0] for line in said] == [
        "content/pages/page-0.md:5:1",
        "content/pages/page-0.md:7:1",
        "content/pages/page-1.md:5:1",
    ]
    assert out.count('did you mean "Wood"?') == 3


def test_a_number_and_a_truth_value_are_two_questions(tmp_path: Path) -> None:
    site = written(tmp_path, ['::number{n="1"}\n\n::truth{b="true"}', '::truth{b="true"}\n\n::number{n="1"}'])
    write_site(
        site,
        """\
-- themes/own/theme.yaml --
components:
  led: {}
  number: {attributes: {n: int}, data: {found: {posts: {tag: $n}}}}
  truth: {attributes: {b: bool}, data: {found: {posts: {tag: $b}}}}
-- themes/own/components/number.html --
N:{% for post in found %}{{ post.title }}{% endfor %}
-- themes/own/components/truth.html --
T:{% for post in found %}{{ post.title }}{% endfor %}
-- content/posts/2012-05-04-one.md --
---
title: One
tags: ["1"]
---
-- content/posts/2012-05-05-true.md --
---
title: Yes
tags: ["True"]
---
""",
    )
    build(site)
    for page in ("page-0", "page-1"):
        text = (site / f"output/{page}/index.html").read_text(encoding="utf-8")
        assert ("N:One" in text, "T:Yes" in text) == (True, True)


def test_a_project_with_a_lead_in_two_spellings_is_shown_once(tmp_path: Path) -> None:
    site = written(tmp_path, ['::led{lead="amara"}'])
    write_site(
        site,
        """\
-- content/people.yaml --
amara: {name: Amara B.}
sam: {name: Sam}
-- content/projects/corner.yaml --
title: Corner
projects:
  - {name: Bench, leads: [amara, Amara B.]}
  - {name: Lamp, leads: sam}
""",
    )
    build(site)
    text = (site / "output/page-0/index.html").read_text(encoding="utf-8")
    assert (text.count("(Bench)"), text.count("(Lamp)")) == (1, 0)


def test_the_projects_of_two_programmes_of_one_slug_stay_their_own(tmp_path: Path) -> None:
    site = written(tmp_path, ["::led"])
    write_site(
        site,
        "-- content/projects/square.yaml --\ntitle: Square\nslug: corner\nprojects: [{name: Stone, id: bench}]\n",
    )
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("publish: {projects: false}\n")
    result = cogen("check", site)
    assert (
        "square.yaml:3:30: error[slug-collision]: content/projects/corner.yaml has the project corner/bench, too"
        in result.out
    )
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("diagnostics: {slug-collision: warning}\n")
    build(site)
    text = (site / "output/page-0/index.html").read_text(encoding="utf-8")
    assert [name for name in ("(Bench)", "(Lamp)", "(Stone)") if name in text] == [
        "(Bench)",
        "(Lamp)",
        "(Stone)",
    ]


def test_posts_about_projects_of_one_name_come_the_newest_first(tmp_path: Path) -> None:
    site = written(tmp_path, ['::posts{project="bench"}'])
    write_site(
        site,
        """\
-- content/projects/square.yaml --
title: Square
projects: [{name: Bench, leads: Sam}]
-- content/posts/2012-05-01-oak.md --
---
title: Oak
project: corner/bench
---
-- content/posts/2012-05-02-ash.md --
---
title: Ash
project: square/bench
---
-- content/posts/2012-05-03-bulb.md --
---
title: Bulb
project: corner/bench
---
""",
    )
    build(site)
    text = (site / "output/page-0/index.html").read_text(encoding="utf-8")
    assert text.index(">Bulb<") < text.index(">Ash<") < text.index(">Oak<")


def test_what_a_theme_asks_for_on_every_page_is_answered_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = written(tmp_path, ["Text."] * 3)
    theme = site / "themes/own/theme.yaml"
    theme.write_text(
        "templates: {page.html: {wood: {posts: {tag: Wood, limit: 1}}, cloud: {tags: {order: count}}}}\n"
        + theme.read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    asked: list[str] = []

    def counted(name: QueryName) -> Callable[[Question], DataValue]:
        def answer(question: Question) -> DataValue:
            asked.append(name)
            return original[name](question)

        return answer

    original = dict(queries.QUERIES)
    monkeypatch.setattr(queries, "QUERIES", MappingProxyType({name: counted(name) for name in original}))
    build(site)
    assert asked.count("tags") == 1
    assert asked.count("posts") == 1 + 1  # the theme's, and that of the front page


MANY = "\n\n".join(['::posts{limit="2"}'] * 3)


@pytest.mark.parametrize(("limit", "most"), [("MOST_LISTS", 2), ("MOST_LISTED", 900)])
def test_what_one_text_lists_has_a_limit(
    limit: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = written(tmp_path, [MANY, MANY + "\n\n::events"])
    build(site)
    monkeypatch.setattr(bodies, limit, most)
    result = cogen("build", site)
    assert result.code == 1
    said = [line for line in result.out.splitlines() if "too-complex" in line]
    assert [line.partition(": error")[0] for line in said] == [
        "content/pages/page-0.md:9:1",
        "content/pages/page-1.md:9:1",
    ]


def test_where_the_limit_is_a_warning_the_first_lists_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = written(tmp_path, [MANY])
    monkeypatch.setattr(bodies, "MOST_LISTS", 2)
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("diagnostics: {too-complex: warning}\n")
    build(site)
    text = (site / "output/page-0/index.html").read_text(encoding="utf-8")
    assert text.count(">Bulb<") == 2


def test_a_short_text_that_asks_for_its_contents_again_and_again_is_refused(tmp_path: Path) -> None:
    text = "".join(f"::toc\n\n## Part {number}\n\n" for number in range(5_000))
    result = cogen("check", written(tmp_path, [text]))
    [line] = [line for line in result.out.splitlines() if "too-complex" in line]
    assert int(line.split(":")[1]) < 500


def test_of_people_and_files_of_which_a_template_picks_a_tenth_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"k{number}: {'v' * 50}\n" for number in range(20))
    site = written(tmp_path, ['::row{key="k1"}\n\n' * 5, '::row{key="k1"}\n\n' * 20])
    write_site(
        site,
        f"""\
-- content/data/rows.yaml --
{rows}-- themes/own/theme.yaml --
components:
  led: {{}}
  row: {{attributes: {{key: str}}, data: {{rows: {{file: {{src: data/rows.yaml}}}}}}}}
-- themes/own/components/row.html --
{{{{ rows[attributes.key] }}}}
""",
    )
    monkeypatch.setattr(bodies, "MOST_LISTED", 1_200)
    said = [line for line in cogen("check", site).out.splitlines() if "too-complex" in line]
    assert [line.split(":")[0] for line in said] == ["content/pages/page-1.md"]


def test_what_many_lists_show_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(**fields: Any) -> ProjectCard:
        made.append(fields["id"])
        return ProjectCard(**fields)

    monkeypatch.setattr(cards, "ProjectCard", counted)
    directives = "".join(f'::projects{{table="corner" caption="C{number}"}}\n\n' for number in range(9))
    build(written(tmp_path, [directives, '::led{lead="Sam"}', '::led{status="idea"}']))
    assert sorted(made) == ["bench", "lamp"]


def test_a_single_list_may_be_as_long_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_LISTED", 500)
    short = '::events{when="past"}\n\n::events'
    build(written(tmp_path, [f"::posts\n\n{short}", f"{short}\n\n::posts"]))


def test_where_nothing_was_nothing_is_said_to_be_planned(tmp_path: Path) -> None:
    site = written(tmp_path, ['::events{when="past" tag="Wood"}', '::events{tag="Wood"}'])
    build(site)
    said = ["planned" in (site / f"output/page-{n}/index.html").read_text(encoding="utf-8") for n in (0, 1)]
    assert said == [False, True]


def test_a_question_of_the_theme_about_nothing_is_told_where_theme_yaml_asks_it(tmp_path: Path) -> None:
    site = written(tmp_path, ["Text."] * 3)
    write_site(
        site,
        """\
-- themes/own/theme.yaml --
templates:
  page.html:
    wood: {posts: {tag: Wod}}
components: {led: {}}
""",
    )
    out = cogen("check", site).out
    assert "themes/own/theme.yaml:3:5: error[bad-attribute]: no post has the tag 'Wod'" in out
    assert 'wood: {posts: {tag: Wod}}\n    |     ^^^^ did you mean "Wood"?' in out
    assert out.count("bad-attribute") == 1


def test_a_question_of_the_theme_says_for_which_language_it_finds_nothing(tmp_path: Path) -> None:
    site = written(tmp_path, ["Text."])
    write_site(
        site,
        """\
-- themes/own/theme.yaml --
templates: {page.html: {rows: {table: {src: data/rows.yaml}}}}
components: {led: {}}
-- content/data/rows.de.yaml --
- {name: Eins}
-- content/pages/page-0.de.md --
---
title: Seite
---
Text.
""",
    )
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("language: en\nlanguages: [de]\n")
    out = cogen("check", site).out
    assert out.count("unknown-data") == 1
    said = "there is no data file content/data/rows.yaml in the language en"
    assert f"theme.yaml:1:25: error[unknown-data]: {said}" in out


@pytest.mark.parametrize(
    "why_not",
    ["tags: [News]\nexpires: 2013-02-01", "tags: [News]\ndraft: true", "hidden: true\ntags: [News]"],
)
def test_a_tag_or_author_that_no_post_has_just_now_may_be_asked_for(tmp_path: Path, why_not: str) -> None:
    asked = ('tag="News"', 'author="zoe"', 'tag="Tea"', 'tag="Nws"', 'author="Zo"')
    site = written(tmp_path, [f"::posts{{{each}}}" for each in asked])
    write_site(
        site,
        f"-- content/posts/2013-01-09-x.md --\n---\ntitle: X\nauthors: [Zoe]\n{why_not}\n---\nText.\n"
        "-- content/tags.yaml --\nTea: {}\n"
        "-- themes/own/theme.yaml --\ntemplates: {page.html: {n: {posts: {tag: News}}}}\n",
    )
    out = cogen("check", site, "--now", "2013-07-01T12:00:00").out
    assert out.count("no post has the tag") == 1
    assert "no post has the tag 'Nws'" in out
    assert out.count("nobody here is called") == 1
    assert "nobody here is called 'Zo'" in out


def test_a_tag_that_only_texts_of_another_language_have_may_be_asked_for(tmp_path: Path) -> None:
    site = written(tmp_path, [])
    write_site(
        site,
        "-- themes/own/theme.yaml --\ntemplates: {page.html: {n: {posts: {tag: Wood}}}}\ncomponents: {led: {}}\n"
        "-- content/pages/seite.de.md --\n---\ntitle: Seite\n---\nText.\n",
    )
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("language: en\nlanguages: [de]\n")
    assert "no post has the tag" not in cogen("check", site).out


@pytest.mark.parametrize(
    ("project", "hint"),
    [
        ("cornr/bench", 'did you mean "corner/bench"?'),
        ("corner/Bench", 'did you mean "corner/bench"?'),
        ("elsewhere/bench", "write corner/bench"),
        ("bnch", 'did you mean "bench"?'),
    ],
)
def test_a_project_that_is_not_there_gets_a_name_that_is(tmp_path: Path, project: str, hint: str) -> None:
    post = f"-- content/posts/2013-01-09-x.md --\n---\ntitle: X\nproject: {project}\n---\nText.\n"
    out = cogen("check", write_site(written(tmp_path, []), post)).out
    assert f"has a project {project!r}" in out
    assert hint in out


def test_a_project_in_a_directive_is_suggested_with_its_programme(tmp_path: Path) -> None:
    out = cogen("check", written(tmp_path, ['::posts{project="cornr/bench"}'])).out
    assert 'did you mean "corner/bench"?' in out


def test_a_text_that_names_one_of_two_programmes_of_a_slug_is_told(tmp_path: Path) -> None:
    site = written(tmp_path, ['::projects{table="corner"}'])
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("publish: {projects: false}\n")
    square = "-- content/projects/square.yaml --\ntitle: Square\nslug: corner\nprojects: [{name: Stone}]\n"
    write_site(site, square)
    out = cogen("check", site).out
    assert "page-0.md:5:1: error[slug-collision]: content/projects/corner.yaml and " in out
    assert "content/projects/square.yaml have the slug 'corner'; the second is taken" in out
    (site / "content/pages/page-0.md").unlink()
    assert cogen("check", site).code == 0
