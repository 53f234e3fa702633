"""What a file is, by where it lies."""

import datetime as dt

import pytest

from cogen.model.diagnostics import Diagnostic, Location
from cogen.read.places import (
    SourceName,
    foreign_post,
    humanised,
    identity_of,
    kind_of,
    misplaced,
    source_name,
)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("content/posts/2012-05-25-hello.html", "HTML"),
        ("content/minutes/hello.rst", "reStructuredText"),
        ("content/posts/x/hello.Textile", "Textile"),
        ("content/posts/2012-05-25-hello/map.html", ""),
        ("content/posts/bike.jpg", ""),
        ("content/pages/2012-05-25-hello.html", ""),
        ("content/2012-05-25-hello.html", ""),
    ],
)
def test_what_another_generator_takes_for_a_post_is_named(path: str, language: str) -> None:
    found = foreign_post(path, ("minutes",))
    assert (found.message.split()[2].strip(",") if found else "") == language


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content/posts/a.md", "post"),
        ("content/posts/2012/05/a.MD", "post"),
        ("content/posts/x/index.markdown", "post"),
        ("content/minutes/a.md", "post"),
        ("content/pages/a/b.Markdown", "page"),
        ("content/events/2012/a.md", "event"),
        ("content/projects/a.yaml", "programme"),
        ("content/projects/a.YML", "programme"),
        ("content/people.yaml", "people"),
        ("content/People.yml", "people"),
        ("content/tags.yaml", "tags"),
        ("content/data/a/venues.yaml", "data"),
        ("content/data/venues.csv", "asset"),
        ("content/posts/x/bike.jpg", "asset"),
        ("content/.well-known/security.txt", "asset"),
        ("content/.well-known/thing.yaml", "asset"),
        ("content/CNAME", "asset"),
        ("content/.DS_Store", "ignored"),
        ("content/posts/.drafts/a.md", "ignored"),
        ("content/.well-known/.secret", "ignored"),
        ("content/images/Thumbs.db", "ignored"),
        ("content/posts/a.md~", "ignored"),
        ("content/posts/a.md.swp", "ignored"),
        ("README.md", "ignored"),
        ("content/a.md", "misplaced"),
        ("content/posts/_index.md", "misplaced"),
        ("content/minutes/2012/_INDEX.markdown", "misplaced"),
        ("content/pages/a/_index.md", "page"),
        ("content/Posts/a.md", "misplaced"),
        ("content/projects/a.md", "misplaced"),
        ("content/posts/a.yaml", "misplaced"),
        ("content/site.yaml", "misplaced"),
        ("content/people/amara.yaml", "misplaced"),
    ],
)
def test_the_folder_says_what_a_file_is(path: str, kind: str) -> None:
    assert kind_of(path, ("minutes",)) == kind


@pytest.mark.parametrize(
    ("path", "message", "hint"),
    [
        ("content/a.md", "content/ is no folder for Markdown files",
         "move it to content/posts/ (a post), content/pages/ (a page) or content/events/ (an event), content/minutes/"),
        ("content/post/x/a.md", "content/post/x/ is no folder for Markdown files", "did you mean content/posts/?"),
        ("content/Minutes/a.md", "content/Minutes/ is no folder for Markdown files",
         "did you mean content/minutes/?"),
        ("content/files/a.yml", "content/files/ is no folder for YAML files",
         "move it to content/projects/ (a programme of projects) or content/data/ (for components)"),
        ("content/minutes/a/_index.md",
         "cogen makes the lists of posts and events by itself, and has no place for a text above them",
         "move it to content/pages/ if it is to be a page of its own, or remove it"),
        ("content/project/a.yaml", "content/project/ is no folder for YAML files",
         "did you mean content/projects/?"),
    ],
)  # fmt: skip
def test_a_misplaced_file_is_told_where_it_belongs(path: str, message: str, hint: str) -> None:
    assert misplaced(path, ("minutes",)) == Diagnostic("misplaced-file", message, Location(path), hint)


def test_the_identity_drops_extension_and_index() -> None:
    assert identity_of("content/posts/2012/hello.md") == "posts/2012/hello"
    assert identity_of("content/posts/2012/hello/index.md") == "posts/2012/hello"
    assert identity_of("content/pages/index.md") == "pages"
    assert identity_of("content/posts/hello.fr.md") == "posts/hello.fr"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("content/posts/2012-05-25-hello.md", SourceName("hello", dt.date(2012, 5, 25))),
        ("content/posts/2012-05-25.md", SourceName("", dt.date(2012, 5, 25))),
        ("content/posts/2012-05-25-hello/index.md", SourceName("hello", dt.date(2012, 5, 25))),
        ("content/posts/2012-13-45-hello.md", SourceName("2012-13-45-hello")),
        ("content/posts/hello.md", SourceName("hello")),
        ("content/posts/index.md", SourceName("")),
    ],
)
def test_a_name_gives_day_and_slug(path: str, name: SourceName) -> None:
    assert source_name(path) == name


def test_a_name_becomes_words() -> None:
    assert humanised("mobile-job_bike") == "Mobile job bike"
