"""Programmes of projects, tied to tags and people, and how texts name a project. Layer: assemble."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from cogen.assemble.site import Authors, Programme, Project, Tags
from cogen.model import urls
from cogen.model.config import SiteConfig
from cogen.model.diagnostics import Clue, Diagnostic, finding
from cogen.model.documents import ProgrammeDocument
from cogen.model.suggest import a_few, did_you_mean


class Projects(msgspec.Struct, frozen=True):
    """All projects of a site, and how texts lead to them."""

    by_key: Mapping[str, Project]
    """By ``PROGRAMME/ID``."""
    by_id: Mapping[str, tuple[str, ...]]
    """Bare project id → the keys it may mean."""
    in_words: str
    """Some of them in words, for who writes another."""


def projects_of(programmes: Iterable[Programme]) -> Projects:
    """Gather the projects of all programmes."""
    projects = {project.key: project for programme in programmes for project in programme.projects}
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for key, project in projects.items():
        keys[project.entry.id].append(key)
    by_id = {project_id: tuple(found) for project_id, found in keys.items()}
    return Projects(projects, by_id, a_few(sorted(by_id)))


def tie_programme(document: ProgrammeDocument, config: SiteConfig, tags: Tags, authors: Authors) -> Programme:
    """Tie a programme and its projects to the tags and people of the site."""
    published = config.publish.projects
    projects = tuple(
        Project(
            key=f"{document.slug}/{entry.id}",
            entry=entry,
            programme=document.identity,
            address=urls.project(document.slug, entry.id, config.edition) if published else "",
            leads=tuple(authors.key(name) for name in entry.leads),
            tag=tags.key(entry.tag) if entry.tag else "",
        )
        for entry in document.projects
    )
    address = urls.programme(document.slug, config.edition) if published else ""
    return Programme(document, address, projects, tags.key(document.tag) if document.tag else "")


def same_projects(programmes: Sequence[ProgrammeDocument], config: SiteConfig) -> Iterator[Diagnostic]:
    """Say which projects no text can name; where programmes have pages, these collide, which is told there."""
    owners: dict[str, ProgrammeDocument] = {}
    for programme in () if config.publish.projects else programmes:
        for entry in programme.projects:
            owner = owners.setdefault(f"{programme.slug}/{entry.id}", programme)
            if owner is not programme and config.edition in (owner.edition, programme.edition):
                message = f"{owner.path} has the project {programme.slug}/{entry.id}, too"
                hint = "give one of the two programmes another slug:, or the project another id"
                yield finding("slug-collision", message, Clue(programme.path, f"{entry.key}/id"), hint)


def find_project(written: str, path: str, projects: Projects) -> tuple[str, tuple[Diagnostic, ...]]:
    """Give the key of a project that a text names, empty where there is none; what is wrong with the name."""
    if not written or written in projects.by_key:
        return written, ()
    keys = projects.by_id.get(written, ())
    if len(keys) == 1:
        return keys[0], ()
    if keys:
        message, hint = f"{written!r} is a project of several programmes", f"write one of {a_few(keys)}"
    else:
        message = f"no programme in content/projects/ has a project {written!r}"
        hint = _known_project(written, projects)
    return "", (finding("unknown-project", message, Clue(path, "project", written), hint),)


def _known_project(written: str, projects: Projects) -> str:
    """Say what may be meant by a project that there is not."""
    if "/" in written:
        if near := did_you_mean(written, projects.by_key):
            return near
        if keys := projects.by_id.get(written.rpartition("/")[2]):
            return f"write {'one of ' if len(keys) > 1 else ''}{a_few(keys)}"
    return did_you_mean(written, projects.by_id) or f"known projects: {projects.in_words}"
