"""The one vocabulary in which themes ask for what their own view does not hold. Layer: assemble.

``{posts: {tag: $tag, limit: 5}}`` in theme.yaml: a name of ``QUERIES`` with its arguments, where ``$name``
stands for an attribute of the directive.  What each takes stands in ``QUERY_ARGUMENTS`` beside the theme's
type; None means left out.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from cogen.assemble import cards
from cogen.assemble.studio import Studio
from cogen.assemble.views import Cards, DataItem, DataValue, PictureView, ProgrammeCard, ProjectCard
from cogen.assemble.visibility import event_end
from cogen.model.body import Heading
from cogen.model.diagnostics import Location, finding
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


def _limited(found: Cards, arguments: Arguments) -> Cards:
    limit = arguments.get("limit")
    return found[:limit] if isinstance(limit, int) and not isinstance(limit, bool) else found


def _text(arguments: Arguments, name: str) -> str:
    value = arguments.get(name)
    return "" if value is None else str(value)


def _complain(studio: Studio, asker: Asker, code: str, message: str, hint: str = "") -> None:
    studio.report(finding(code, message, asker.at, hint))


def _posts(studio: Studio, arguments: Arguments, asker: Asker) -> DataValue:
    site = studio.site
    section = _text(arguments, "section")
    chosen = site.posts_by_section.get(section or "posts", ())
    if tag := _text(arguments, "tag"):
        key = cards.tag_key(studio, tag)
        if key not in site.tags:
            labels = [known.label for known in site.tags.values()]
            _complain(
                studio, asker, "bad-attribute", f"no post has the tag {tag!r}", did_you_mean(tag, labels)
            )
        chosen = site.posts_by_tag.get(key, ())
        chosen = tuple(post for post in chosen if not section or post.document.section == section)
    if author := _text(arguments, "author"):
        key = cards.author_key(studio, author)
        if key not in site.authors:
            _complain(studio, asker, "bad-attribute", f"nobody here is called {author!r}")
        chosen = tuple(post for post in chosen if key in post.authors)
    if project := _text(arguments, "project"):
        keys = [k for k in site.projects if project in {k, k.partition("/")[2]}]
        if not keys:
            known = [k.partition("/")[2] for k in site.projects]
            message = f"there is no project {project!r}"
            _complain(studio, asker, "unknown-project", message, did_you_mean(project, known))
        wanted = {post.document.path for k in keys for post in site.posts_by_project.get(k, ())}
        chosen = tuple(post for post in site.posts if post.document.path in wanted)
    limited = _limit(arguments)
    return tuple(cards.post_card(studio, post) for post in chosen[:limited])


def _limit(arguments: Arguments) -> int | None:
    limit = arguments.get("limit")
    return limit if isinstance(limit, int) else None


def _projects(studio: Studio, arguments: Arguments, asker: Asker) -> DataValue:
    wanted = _text(arguments, "programme")
    status, lead = _text(arguments, "status"), _text(arguments, "lead")
    if not wanted:
        every = (cards.programme_card(studio, programme) for programme in studio.site.programmes)
        found = tuple(project for card in every for project in card.projects)
        return tuple(p for p in found if not status or p.status == status)[: _limit(arguments)]
    programmes = {programme.document.slug: programme for programme in studio.site.programmes}
    if wanted not in programmes:
        hint = did_you_mean(wanted, programmes) or f"there are: {', '.join(programmes) or 'none'}"
        message = f"there is no programme content/projects/{wanted}.yaml"
        _complain(studio, asker, "unknown-project", message, hint)
        return None
    card = cards.programme_card(studio, programmes[wanted])
    lead_slug = (
        studio.site.authors[key].slug
        if (key := cards.author_key(studio, lead)) in studio.site.authors
        else ""
    )
    kept = tuple(
        project
        for project in card.projects
        if (not status or project.status == status)
        and (not lead or any(person.slug == lead_slug for person in project.leads))
    )
    return _with_projects(card, kept[: _limit(arguments)])


def _with_projects(card: ProgrammeCard, projects: tuple[ProjectCard, ...]) -> ProgrammeCard:
    return msgspec.structs.replace(card, projects=projects)


def _events(studio: Studio, arguments: Arguments, _asker: Asker) -> DataValue:
    now = studio.site.clock.now.timestamp
    listed = [event for event in studio.site.events if not event.document.is_hidden]
    if tag := _text(arguments, "tag"):
        listed = [event for event in listed if cards.tag_key(studio, tag) in event.tags]
    when = _text(arguments, "when") or "upcoming"
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
        hint = did_you_mean(name, studio.site.files) or "data files are YAML files in content/data/"
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
        "events": _events,
        "tags": _tags,
        "people": _people,
        "table": _table,
        "file": _file_value,
        "headings": _headings,
    }
)
