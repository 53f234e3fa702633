"""The one vocabulary in which themes ask for what their own view does not hold. Layer: assemble.

``{posts: {tag: $tag, limit: 5}}`` in theme.yaml: a name of ``QUERIES`` with its arguments, where ``$name``
stands for an attribute of the directive.  What each takes stands in ``QUERY_ARGUMENTS`` beside the theme's
type; None means left out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import get_args

import msgspec

from cogen.assemble import cards
from cogen.assemble.site import Post
from cogen.assemble.studio import Studio
from cogen.assemble.views import DataItem, DataValue, PictureView, ProgrammeCard, ProjectCard
from cogen.assemble.visibility import event_end
from cogen.model.body import Heading
from cogen.model.diagnostics import Location, finding
from cogen.model.documents import Status
from cogen.model.slugs import fold
from cogen.model.suggest import did_you_mean
from cogen.model.theme import Query, QueryName
from cogen.model.values import Items, Value

Arguments = Mapping[str, Value]


class Asker(msgspec.Struct, frozen=True):
    """Who asks: the attributes of a directive, the headings of its text, and where it stands."""

    attributes: Mapping[str, str | int | bool | PictureView | None] = MappingProxyType({})
    headings: tuple[Heading, ...] = ()
    at: Location | None = None
    is_told: Callable[[str], bool] = lambda _code: True
    """Says whether one more finding of a kind may be read; only then is something suggested."""

    def suggestion(self, code: str, name: str, known: Iterable[str]) -> str:
        """Give the hint with the name that looks most like one, or nothing."""
        return did_you_mean(name, known) if self.is_told(code) else ""


def run_all(studio: Studio, queries: tuple[Query, ...], asker: Asker) -> tuple[DataItem, ...]:
    """Answer the queries of one template, fragment or component."""
    return tuple(DataItem(query.name, _run(studio, query, asker)) for query in queries)


def _run(studio: Studio, query: Query, asker: Asker) -> DataValue:
    arguments: dict[str, Value] = {}
    for name, value in query.arguments:
        if isinstance(value, str) and value.startswith("$"):
            given = asker.attributes.get(value[1:])
            arguments[name] = None if isinstance(given, PictureView) else given
        else:
            arguments[name] = value
    return QUERIES[query.query](studio, arguments, asker)


def _text(arguments: Arguments, name: str) -> str:
    value = arguments.get(name)
    return "" if value is None else str(value)


def _complain(studio: Studio, asker: Asker, code: str, message: str, hint: str = "") -> None:
    studio.report(finding(code, message, asker.at, hint))


def _posts(studio: Studio, arguments: Arguments, asker: Asker) -> DataValue:
    chosen = _posts_of_section(studio, arguments)
    if tag := _text(arguments, "tag"):
        chosen = _kept(chosen, _posts_tagged(studio, tag, asker))
    if author := _text(arguments, "author"):
        chosen = _kept(chosen, _posts_by(studio, author, asker))
    if project := _text(arguments, "project"):
        chosen = _kept(chosen, _posts_about(studio, project, asker))
    return tuple(cards.post_card(studio, post) for post in chosen[: _limit(arguments)])


def _posts_of_section(studio: Studio, arguments: Arguments) -> tuple[Post, ...]:
    """Give the posts of one section; of all sections where a tag or a project is asked for and no section is."""
    section = _text(arguments, "section")
    if not section and (_text(arguments, "tag") or _text(arguments, "project")):
        return studio.site.posts
    return studio.site.posts_by_section.get(section or "posts", ())


def _kept(posts: tuple[Post, ...], wanted: Iterable[Post]) -> tuple[Post, ...]:
    paths = {post.document.path for post in wanted}
    return tuple(post for post in posts if post.document.path in paths)


def _posts_tagged(studio: Studio, tag: str, asker: Asker) -> tuple[Post, ...]:
    key = cards.tag_key(studio, tag)
    if key not in studio.site.tags:
        labels = [known.label for known in studio.site.tags.values()]
        _complain(
            studio,
            asker,
            "bad-attribute",
            f"no post has the tag {tag!r}",
            asker.suggestion("bad-attribute", tag, labels),
        )
    return studio.site.posts_by_tag.get(key, ())


def _posts_by(studio: Studio, author: str, asker: Asker) -> tuple[Post, ...]:
    key = cards.author_key(studio, author)
    if key not in studio.site.authors:
        _complain(studio, asker, "bad-attribute", f"nobody here is called {author!r}")
    return studio.site.posts_by_author.get(key, ())


def _posts_about(studio: Studio, project: str, asker: Asker) -> Iterator[Post]:
    keys = [key for key in studio.site.projects if project in {key, key.partition("/")[2]}]
    if not keys:
        known = [key.partition("/")[2] for key in studio.site.projects]
        hint = asker.suggestion("unknown-project", project, known)
        _complain(studio, asker, "unknown-project", f"there is no project {project!r}", hint)
    return (post for key in keys for post in studio.site.posts_by_project.get(key, ()))


def _limit(arguments: Arguments) -> int | None:
    limit = arguments.get("limit")
    return max(limit, 0) if isinstance(limit, int) else None


def _projects(studio: Studio, arguments: Arguments, asker: Asker) -> DataValue:
    wanted = _text(arguments, "programme")
    if not wanted:
        every = (cards.programme_card(studio, programme) for programme in studio.site.programmes)
        found = tuple(project for card in every for project in card.projects)
        return _chosen_projects(studio, found, arguments, asker)
    programmes = {programme.document.slug: programme for programme in studio.site.programmes}
    if wanted not in programmes:
        hint = (
            asker.suggestion("unknown-project", wanted, programmes)
            or f"there are: {', '.join(programmes) or 'none'}"
        )
        message = f"there is no programme {wanted!r}"
        _complain(studio, asker, "unknown-project", message, hint)
        return None
    card = cards.programme_card(studio, programmes[wanted])
    return _with_projects(card, _chosen_projects(studio, card.projects, arguments, asker))


def _chosen_projects(
    studio: Studio, projects: tuple[ProjectCard, ...], arguments: Arguments, asker: Asker
) -> tuple[ProjectCard, ...]:
    """Keep those of a status and a lead, where these are asked for."""
    if status := _word(studio, asker, arguments, "status", get_args(Status)):
        projects = tuple(project for project in projects if project.status == status)
    if lead := _text(arguments, "lead"):
        author = studio.site.authors.get(cards.author_key(studio, lead))
        slug = "" if author is None else author.slug
        projects = tuple(p for p in projects if any(person.slug == slug for person in p.leads))
    return projects[: _limit(arguments)]


def _word(studio: Studio, asker: Asker, arguments: Arguments, name: str, known: Collection[str]) -> str:
    """Give an argument that is one of some words; another is a finding."""
    word = _text(arguments, name)
    if word and word not in known:
        hint = asker.suggestion("bad-attribute", word, known) or f"it is one of {', '.join(known)}"
        _complain(studio, asker, "bad-attribute", f"{name} cannot be {word!r}", hint)
    return word


def _with_projects(card: ProgrammeCard, projects: tuple[ProjectCard, ...]) -> ProgrammeCard:
    return msgspec.structs.replace(card, projects=projects)


def _programmes(studio: Studio, arguments: Arguments, _asker: Asker) -> DataValue:
    chosen = studio.site.programmes[: _limit(arguments)]
    return tuple(cards.programme_state(studio, programme) for programme in chosen)


def _events(studio: Studio, arguments: Arguments, asker: Asker) -> DataValue:
    now = studio.site.clock.now.timestamp
    listed = [event for event in studio.site.events if not event.document.is_hidden]
    if tag := _text(arguments, "tag"):
        listed = [event for event in listed if cards.tag_key(studio, tag) in event.tags]
    when = _word(studio, asker, arguments, "when", ("upcoming", "past", "all")) or "upcoming"
    if when == "past":
        listed = [event for event in reversed(listed) if event_end(event.document) <= now]
    elif when == "upcoming":
        listed = [event for event in listed if event_end(event.document) > now]
    return tuple(cards.event_card(studio, event) for event in listed[: _limit(arguments)])


def _tags(studio: Studio, arguments: Arguments, _asker: Asker) -> DataValue:
    views = [cards.tag_view(studio, key, with_count=True) for key in studio.site.tags]
    if _text(arguments, "order") == "count":
        views.sort(key=lambda view: (-view.count, fold(view.label)))
    return tuple(views[: _limit(arguments)])


def _people(studio: Studio, arguments: Arguments, _asker: Asker) -> DataValue:
    role = _text(arguments, "role")
    people = (cards.person_view(studio, key, is_whole=True) for key in studio.site.authors)
    return tuple(person for person in people if not role or person.role == role)[: _limit(arguments)]


def _file_value(studio: Studio, arguments: Arguments, asker: Asker) -> Value:
    name = _text(arguments, "src")
    document = studio.site.files.get(name)
    if document is None:
        message = f"there is no data file content/{name}"
        hint = (
            asker.suggestion("unknown-data", name, studio.site.files)
            or "data files are YAML files in content/data/"
        )
        _complain(studio, asker, "unknown-data", message, hint)
        return None
    return document.value


def _table(studio: Studio, arguments: Arguments, asker: Asker) -> DataValue:
    value = _file_value(studio, arguments, asker)
    if value is None:
        return ()
    if not isinstance(value, Items):
        message = f"content/{_text(arguments, 'src')} is not a list of rows"
        _complain(studio, asker, "unknown-data", message, "start every row with a hyphen")
        return ()
    return tuple(value)[: _limit(arguments)]


def _headings(_studio: Studio, arguments: Arguments, asker: Asker) -> DataValue:
    depth = arguments.get("depth")
    deepest = depth + 1 if isinstance(depth, int) else 3
    return tuple(heading for heading in asker.headings if heading.level <= deepest)


QUERIES: Mapping[QueryName, Callable[[Studio, Arguments, Asker], DataValue]] = MappingProxyType(
    {
        "posts": _posts,
        "projects": _projects,
        "programmes": _programmes,
        "events": _events,
        "tags": _tags,
        "people": _people,
        "table": _table,
        "file": _file_value,
        "headings": _headings,
    }
)
