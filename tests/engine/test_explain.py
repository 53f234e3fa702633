"""Why a file is made anew, in words; and the proof that what a warm build left is what a cold one makes."""

from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, wait_a_tick, write_site

from cogen.cli import commands

SITE = (
    MINIMAL
    + """\
-- content/posts/2013-05-01-a.md --
---
title: First
tags: [News]
---
Summary.

Below.
-- content/pages/about.md --
---
title: About
---
Us.
-- themes/own/theme.yaml --
extends: commons
-- themes/own/templates/page.html --
{% extends "base.html" %}
{% block content %}{{ title }}: {{ body }}{% include "partials/note.html" %}{% endblock %}
-- themes/own/templates/partials/note.html --
A note.
"""
).replace("description: A site for tests.\n", "description: A site for tests.\ntheme: own\n")
ABOUT = "about/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = write_site(tmp_path / "site", SITE)
    build(folder)
    return folder


def _explained(site: Path, *options: str) -> dict[str, str]:
    lines = [line for line in build(site, "--explain", *options).out.splitlines() if line.startswith("  ")]
    return dict(line.strip().split(": ", 1) for line in lines)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_what_is_new_is_called_new(tmp_path: Path) -> None:
    explained = _explained(write_site(tmp_path, SITE))
    assert ABOUT in explained
    assert set(explained.values()) == {"it is new"}


def test_nothing_changed_explains_nothing(site: Path) -> None:
    assert "Made anew: 0 files" in build(site, "--explain").out
    assert _explained(site) == {}


def test_a_changed_body_is_named_as_the_field_the_template_sees(site: Path) -> None:
    _replace(site / "content/pages/about.md", "Us.", "All of us.\n\n<!--more-->\n\nMore.")
    assert _explained(site)[ABOUT] == "head.description; body"
    _replace(site / "content/pages/about.md", "More.", "Still more.")
    assert _explained(site) == {ABOUT: "body"}


def test_a_changed_title_is_named_in_head_and_in_its_own_field(site: Path) -> None:
    _replace(site / "content/pages/about.md", "title: About", "title: Who we are")
    assert _explained(site)[ABOUT] == "head.title; title"


def test_a_changed_template_is_named_also_where_it_is_only_included(site: Path) -> None:
    (site / "themes/own/templates/partials/note.html").write_text("Another note.\n")
    assert _explained(site) == {ABOUT: "the template partials/note.html"}


def test_an_override_that_is_new_is_named(site: Path) -> None:
    write_site(site, '-- themes/own/templates/post.html --\n{% extends "base.html" %}\n')
    explained = _explained(site)
    assert explained == {"2013/05/a/index.html": "the template post.html"}


def test_a_changed_option_of_the_theme_is_told_from_a_changed_template(site: Path) -> None:
    write_site(site, "-- themes/own/i18n/en.yaml --\nread_more: Go on\n")
    reasons = _explained(site).values()
    assert reasons
    assert all(reason.startswith("the theme's words, options or assets") for reason in reasons)


def test_a_file_changed_by_somebody_is_told(site: Path) -> None:
    (site / "output" / ABOUT).write_text("mine")
    assert _explained(site) == {ABOUT: "the file in the output folder was changed or is gone"}


def test_another_template_for_the_same_page_is_told(site: Path) -> None:
    _replace(site / "content/pages/about.md", "title: About", "title: About\ntemplate: post.html")
    write_site(site, "-- themes/own/templates/post.html --\n{{ body }}\n")
    assert "post.html" in _explained(site)[ABOUT]


# ---- verify ---------------------------------------------------------------------------------------------------


def test_a_sound_build_is_verified_and_leaves_nothing_behind(site: Path) -> None:
    wait_a_tick()
    build(site)
    before = sorted(path.name for path in (site / ".cogen").iterdir())
    assert "Verified: " in build(site, "--verify").out
    assert sorted(path.name for path in (site / ".cogen").iterdir()) == before


def test_a_wrong_output_is_named(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = commands.build

    def build_wrongly(*arguments: object) -> object:
        report = real(*arguments)  # type: ignore[arg-type]
        (site / "output" / ABOUT).write_text("wrong")
        (site / "output/index.html").unlink()
        (site / "output/stray.txt").write_text("x")
        return report

    monkeypatch.setattr(commands, "build", build_wrongly)
    result = cogen("build", site, "--verify")
    assert result.code == 70
    for line in (f"{ABOUT} is not the same", "index.html is missing", "stray.txt is too many"):
        assert f"  {line}\n" in result.out
    assert "fault in cogen" in result.err
