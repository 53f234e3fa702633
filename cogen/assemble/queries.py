"""The one vocabulary in which themes ask for what their own view does not hold. Layer: assemble.

``{posts: {tag: $tag, limit: 5}}`` in theme.yaml: a name of ``QUERIES`` with its arguments, where ``$name``
stands for an attribute of the directive.  What each takes stands in ``QUERY_ARGUMENTS`` beside the theme's
type; None means left out.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple, get_args

import msgspec

from cogen.assemble import cards
from cogen.assemble.site import Post, Programme
from cogen.assemble.studio import Answer, Complaint, Studio
from cogen.assemble.views import DataItem, DataValue, PictureView
from cogen.assemble.visibility import event_end
from cogen.model.body import Heading
from cogen.model.diagnostics import Location, finding
from cogen.model.documents import Status
from cogen.model.hashing import encode
from cogen.model.slugs import fold
from cogen.model.suggest import a_few, did_you_mean
from cogen.model.theme import Query, QueryName
from cogen.model.values import Items, Value

_MOST_KEPT = 256
"""Answers that are kept for who asks the same; themes ask few questions, and ask them for every page."""


class Asker(msgspec.Struct, frozen=True):
    """Who asks: the attributes of a directive, the headings of its text, and where it stands; None for the theme."""

    attributes: Mapping[str, str | int | bool | PictureView | None] = MappingProxyType({})
    headings: tuple[Heading, ...] = ()
    at: Location | None = None
    is_told: Callable[[str], bool] = lambda _code: True
    """Says whether one more finding of a kind may be read; only then is something suggested."""


class Question:
    """A query with its arguments filled in, on its way to an answer."""

    def __init__(
        self, studio: Studio, arguments: tuple[tuple[str, Value], ...], headings: tuple[Heading, ...]
    ) -> None:
        """``headings`` are those of the text that asks."""
        self.studio = studio
        self.site = studio.site
        self.headings = headings
        self.complaints: list[Complaint] = []
        self._arguments = dict(arguments)

    def text(self, name: str) -> str:
        """Give an argument as text; empty where it is left out."""
        value = self._arguments.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int | None:
        """Give an argument as a number that is not negative; None where it is left out."""
        value = self._arguments.get(name)
        return max(value, 0) if isinstance(value, int) else None

    def complain(
        self, code: str, message: str, name: str, known: Collection[str], otherwise: str = ""
    ) -> None:
        """Say what is wrong."""
        self.complaints.append(Complaint(code, message, name, known, otherwise))

    def word(self, name: str, known: Collection[str]) -> str:
        """Give an argument that is one of some words; another is a complaint."""
        word = self.text(name)
        if word and word not in known:
            message = f"{name} cannot be {word!r}"
            self.complain("bad-attribute", message, word, known, f"it is one of {', '.join(known)}")
        return word


def run_all(studio: Studio, queries: tuple[Query, ...], asker: Asker) -> tuple[DataItem, ...]:
    """Answer the queries of one template, fragment or component."""
    return tuple(DataItem(query.name, _run(studio, query, asker)) for query in queries)


def _run(studio: Studio, query: Query, asker: Asker) -> DataValue:
    arguments = tuple((name, _filled_in(value, asker)) for name, value in query.arguments)
    answer = _answer(studio, query.query, arguments, asker.headings)
    config = studio.site.config
    where = f" in the language {config.language}" if config.reading.languages and asker.at is None else ""
    for complaint in answer.complaints:
        near = did_you_mean(complaint.name, complaint.known) if asker.is_told(complaint.code) else ""
        at = asker.at or query.at
        studio.report(finding(complaint.code, complaint.message + where, at, near or complaint.otherwise))
    return answer.value


def _filled_in(value: Value, asker: Asker) -> Value:
    if isinstance(value, str) and value.startswith("$"):
        given = asker.attributes.get(value[1:])
        return None if isinstance(given, PictureView) else given
    return value


def _answer(
    studio: Studio, name: QueryName, arguments: tuple[tuple[str, Value], ...], headings: tuple[Heading, ...]
) -> Answer:
    """Answer a question, or give the answer that it had before; what depends on the text that asks is not kept."""
    key = (name, encode(arguments))  # encoded, since Python takes 1 for True
    if key in studio.answers:
        return studio.answers[key]
    question = Question(studio, arguments, headings)
    answer = Answer(QUERIES[name](question), tuple(question.complaints))
    if name != "headings":
        if len(studio.answers) >= _MOST_KEPT:
            studio.answers.pop(next(iter(studio.answers)))
        studio.answers[key] = answer
    return answer


def _posts(question: Question) -> DataValue:
    section, tag = question.text("section"), question.text("tag")
    author, project = question.text("author"), question.text("project")
    groups: list[_Group] = []
    if section or not (tag or project):
        groups.append(_of_section(question, section or "posts"))
    if tag:
        groups.append(_tagged(question, tag))
    if author:
        groups.append(_by_author(question, author))
    if project:
        groups.append(_about(question, project))
    narrowest, *others = sorted(groups, key=lambda group: len(group.posts))
    chosen = (post for post in narrowest.posts if all(group.holds(post) for group in others))
    return tuple(cards.post_card(question.studio, post) for post in islice(chosen, question.number("limit")))


class _Group(NamedTuple):
    """Posts that one argument allows, the newest first."""

    posts: tuple[Post, ...]
    holds: Callable[[Post], bool]
    """Whether a post is among them, without a walk over them."""


def _of_section(question: Question, section: str) -> _Group:
    posts = question.site.posts_by_section.get(section, ())
    return _Group(posts, lambda post: post.document.section == section)


def _tagged(question: Question, tag: str) -> _Group:
    site = question.site
    key = site.directory.tags.key(tag)
    if key not in site.tags and key not in site.directory.known_tags:
        labels = question.studio.tag_labels
        question.complain("bad-attribute", f"no post has the tag {tag!r}", tag, labels)
    return _Group(site.posts_by_tag.get(key, ()), lambda post: key in post.tags)


def _by_author(question: Question, author: str) -> _Group:
    site = question.site
    key = site.directory.authors.key(author)
    if key not in site.authors and key not in site.directory.known_authors:
        question.complain("bad-attribute", f"nobody here is called {author!r}", author, ())
    return _Group(site.posts_by_author.get(key, ()), lambda post: key in post.authors)


def _about(question: Question, project: str) -> _Group:
    site = question.site
    keys = (project,) if project in site.projects else site.directory.projects_by_id.get(project, ())
    if not keys:
        message = f"there is no project {project!r}"
        known = site.projects if "/" in project else site.directory.projects_by_id
        question.complain("unknown-project", message, project, known)
    groups = [site.posts_by_project.get(key, ()) for key in keys]

    @cache
    def paths() -> frozenset[str]:
        return frozenset(post.document.path for group in groups for post in group)

    def holds(post: Post) -> bool:
        return post.document.path in paths()

    return _Group(groups[0] if len(groups) == 1 else tuple(filter(holds, site.posts)), holds)


def _projects(question: Question) -> DataValue:
    studio, site = question.studio, question.site
    programme = None
    if wanted := question.text("programme"):
        programme = _programme(question, wanted)
        if programme is None:
            return None
    every = site.programmes if programme is None else (programme,)
    chosen = (project for each in every for project in each.projects)
    if lead := question.text("lead"):
        led = site.directory.projects_by_lead.get(site.directory.authors.key(lead), ())
        chosen = (p for p in led if programme is None or p.programme == programme.document.identity)
    if status := question.word("status", get_args(Status)):
        chosen = (project for project in chosen if project.entry.status == status)
    shown = islice(chosen, question.number("limit"))
    projects = tuple(cards.project_card(studio, project) for project in shown)
    if programme is None:
        return projects
    return msgspec.structs.replace(cards.programme_card(studio, programme), projects=projects)


def _programme(question: Question, wanted: str) -> Programme | None:
    """Give the programme of a slug; of several, the last."""
    known = question.site.directory.programmes_by_slug
    found = known.get(wanted, ())
    if not found:
        message, there_are = f"there is no programme {wanted!r}", f"there are: {a_few(known)}"
        question.complain("unknown-project", message, wanted, known, there_are)
        return None
    if len(found) > 1 and not question.site.config.publish.projects:  # else their pages collide, too
        first, last = found[0].document.path, found[-1].document.path
        message = f"{first} and {last} have the slug {wanted!r}; the second is taken"
        question.complain("slug-collision", message, wanted, (), "give one of the two another slug:")
    return found[-1]


def _programmes(question: Question) -> DataValue:
    chosen = question.site.programmes[: question.number("limit")]
    return tuple(cards.programme_state(question.studio, programme) for programme in chosen)


def _events(question: Question) -> DataValue:
    studio, site = question.studio, question.site
    now = site.clock.now.timestamp
    tag = question.text("tag")
    found = site.directory.events_by_tag.get(site.directory.tags.key(tag), ()) if tag else site.events
    listed = [event for event in found if not event.document.is_hidden]
    when = question.word("when", ("upcoming", "past", "all")) or "upcoming"
    if when == "past":
        listed = [event for event in reversed(listed) if event_end(event.document) <= now]
    elif when == "upcoming":
        listed = [event for event in listed if event_end(event.document) > now]
    return tuple(cards.event_card(studio, event) for event in listed[: question.number("limit")])


def _tags(question: Question) -> DataValue:
    site, posts = question.site, question.site.posts_by_tag
    keys: Iterable[str] = site.tags
    if question.word("order", ("count", "label")) == "count":
        keys = sorted(site.tags, key=lambda key: (-len(posts.get(key, ())), fold(site.tags[key].label)))
    shown = islice(keys, question.number("limit"))
    return tuple(cards.tag_view(question.studio, key, with_count=True) for key in shown)


def _people(question: Question) -> DataValue:
    role = question.text("role")
    people = (cards.person_view(question.studio, key, is_whole=True) for key in question.site.authors)
    return tuple(person for person in people if not role or person.role == role)[: question.number("limit")]


def _file_value(question: Question) -> Value:
    name, files = question.text("src"), question.site.files
    document = files.get(name)
    if document is None:
        message = f"there is no data file content/{name}"
        question.complain("unknown-data", message, name, files, "data files are YAML files in content/data/")
        return None
    return document.value


def _table(question: Question) -> DataValue:
    value = _file_value(question)
    if value is None:
        return ()
    if not isinstance(value, Items):
        message = f"content/{question.text('src')} is not a list of rows"
        question.complain("unknown-data", message, "", (), "start every row with a hyphen")
        return ()
    return tuple(islice(value, question.number("limit")))


def _headings(question: Question) -> DataValue:
    depth = question.number("depth")
    deepest = 3 if depth is None else depth + 1
    return tuple(heading for heading in question.headings if heading.level <= deepest)


QUERIES: Mapping[QueryName, Callable[[Question], DataValue]] = MappingProxyType(
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
