"""The whole site in one language as a value: what is published, in order, with its addresses and its ties.

Layer: assemble.

``assemble`` is the recipe; the parts stand in ``visibility``, ``taxonomy``, ``projects`` and ``bundles``.
Addresses here are *site addresses* (see ``cogen.model.urls``): decoded, without the base path.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from cogen.model.config import SiteConfig
from cogen.model.diagnostics import Clue, Diagnostic, finding
from cogen.model.documents import (
    Asset,
    DataDocument,
    Document,
    EventDocument,
    PageDocument,
    PeopleDocument,
    PersonEntry,
    PostDocument,
    ProgrammeDocument,
    ProjectEntry,
    TagEntry,
    TagsDocument,
)
from cogen.model.left_out import LeftOut
from cogen.model.moments import Moment
from cogen.model.slugs import fold


class Clock(msgspec.Struct, frozen=True):
    """The moment the site is built for, and what of the unpublished is wanted."""

    now: Moment
    with_drafts: bool = False
    with_future: bool = False


class Tag(msgspec.Struct, frozen=True):
    """A tag under its one label."""

    key: str
    """What its spellings share: see ``cogen.model.slugs.fold``."""
    label: str
    slug: str
    address: str
    entry: TagEntry | None = None
    alias_slugs: tuple[str, ...] = ()
    """Slugs under which it was known: each redirects, and its feeds stay."""


class Author(msgspec.Struct, frozen=True):
    """Somebody who writes or leads: of people.yaml, or a plain name."""

    key: str
    """The key in people.yaml, else the folded name."""
    name: str
    slug: str
    address: str
    """Their page; empty where they wrote nothing or authors are not published."""
    entry: PersonEntry | None = None


class Post(msgspec.Struct, frozen=True):
    """A published post (or one of a section), tied to the site."""

    document: PostDocument
    address: str
    tags: tuple[str, ...]
    """Keys in ``Site.tags``."""
    authors: tuple[str, ...]
    """Keys in ``Site.authors``."""
    project: str = ""
    """Key in ``Site.projects``, or empty."""
    guid: str = ""
    """What identifies it to subscribers in RSS and JSON Feed."""
    atom_id: str = ""
    """The same as an absolute IRI."""


class Page(msgspec.Struct, frozen=True):
    """A published page."""

    document: PageDocument
    address: str


class Event(msgspec.Struct, frozen=True):
    """A published event."""

    document: EventDocument
    address: str
    tags: tuple[str, ...]
    authors: tuple[str, ...] = ()
    project: str = ""


Item = Post | Page | Event
"""A text of the author's that is published somewhere."""


class Project(msgspec.Struct, frozen=True):
    """A project of a programme."""

    key: str
    """``PROGRAMME/ID``."""
    entry: ProjectEntry
    programme: str
    """Identity of its programme's file."""
    address: str
    """Its page; empty where projects are not published."""
    leads: tuple[str, ...]
    """Keys in ``Site.authors``."""
    tag: str = ""
    """Key in ``Site.tags``, or empty."""


class Programme(msgspec.Struct, frozen=True):
    """A programme of projects."""

    document: ProgrammeDocument
    address: str
    projects: tuple[Project, ...]
    tag: str = ""
    """Key in ``Site.tags``, or empty."""


class Tags(msgspec.Struct, frozen=True):
    """All tags of a site, and how their spellings lead to them."""

    by_key: Mapping[str, Tag]
    aliases: Mapping[str, str]
    """Folded alias → key."""

    def key(self, label: str) -> str:
        """Give the key of a label in any spelling, or of an alias."""
        folded = fold(label)
        return self.aliases.get(folded, folded)


class Authors(msgspec.Struct, frozen=True):
    """All people of a site, and how names lead to them."""

    by_key: Mapping[str, Author]
    names: Mapping[str, str]
    """Folded name or key → key."""

    def key(self, name: str) -> str:
        """Give the key of a person named in any spelling."""
        folded = fold(name)
        return self.names.get(folded, folded)


class Directory(msgspec.Struct, frozen=True):
    """By what a theme or a text finds people, tags, projects and events, without a walk over all of them."""

    tags: Tags
    known_tags: frozenset[str]
    """Keys of all tags that any text carries, published now or not, in any language, or that tags.yaml has."""
    authors: Authors
    known_authors: frozenset[str]
    """Keys of all people whom any text names, published now or not, in any language."""
    events_by_tag: Mapping[str, tuple[Event, ...]]
    """Listed ones."""
    projects_by_id: Mapping[str, tuple[str, ...]]
    """Id within a programme → keys in ``Site.projects``; several programmes may have one."""
    projects_by_lead: Mapping[str, tuple[Project, ...]]
    programmes_by_slug: Mapping[str, tuple[Programme, ...]]
    programmes_by_identity: Mapping[str, Programme]


class Site(msgspec.Struct, frozen=True):
    """Everything that is published in one language, and by what it can be found."""

    config: SiteConfig
    """With the titles, menu and options of that language."""
    clock: Clock
    posts: tuple[Post, ...]
    """All listed posts of all sections: date descending, then identity."""
    hidden_posts: tuple[Post, ...]
    pages: tuple[Page, ...]
    events: tuple[Event, ...]
    """Listed and hidden, by start, then identity."""
    programmes: tuple[Programme, ...]
    tags: Mapping[str, Tag]
    """By key, in the order of their labels; only tags that a listed post or an event carries."""
    authors: Mapping[str, Author]
    """By key, in the order of their names: all who write or lead."""
    projects: Mapping[str, Project]
    """By ``PROGRAMME/ID``."""
    posts_by_tag: Mapping[str, tuple[Post, ...]]
    posts_by_author: Mapping[str, tuple[Post, ...]]
    posts_by_project: Mapping[str, tuple[Post, ...]]
    posts_by_programme: Mapping[str, tuple[Post, ...]]
    """By identity of the programme."""
    posts_by_section: Mapping[str, tuple[Post, ...]]
    directory: Directory
    assets: Mapping[str, Asset]
    """Published files: address → asset."""
    asset_addresses: Mapping[str, str]
    """Source path → address."""
    unpublished: Mapping[str, str]
    """Source path → why it is not published, for messages about links that lead to it."""
    files: Mapping[str, DataDocument]
    """Data files by their path under ``content/``."""
    people: PeopleDocument
    """Who writes here; without a path where there is no such file."""
    known_tags: TagsDocument
    """What is known of tags; likewise."""
    findings: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    next_change: Moment | None
    """When the site will next change by itself."""

    @property
    def edition(self) -> str:
        """The language's part of all addresses; empty for the main one."""
        return self.config.edition

    @property
    def items(self) -> tuple[Item, ...]:
        """All texts that have a page of their own."""
        return (*self.posts, *self.hidden_posts, *self.pages, *self.events)


class Documents(msgspec.Struct, frozen=True):
    """All documents, sorted by kind and within a kind by path."""

    posts: tuple[PostDocument, ...]
    pages: tuple[PageDocument, ...]
    events: tuple[EventDocument, ...]
    programmes: tuple[ProgrammeDocument, ...]
    people: PeopleDocument
    tags: TagsDocument
    files: tuple[DataDocument, ...]


_TEXTS = (PostDocument, PageDocument, EventDocument)


def documents_in(documents: Sequence[Document], edition: str) -> Iterator[Document]:
    """Choose what a site is made of in one language.

    Texts belong to one language.  Tables, which are mostly names and numbers, hold in all of them: a programme, a data
    file, people and tags stand in for those of the same name in the main language.
    """
    tables = {_table(document): document for document in documents if not document.edition}
    tables |= {_table(document): document for document in documents if document.edition == edition}
    for document in documents:
        if isinstance(document, _TEXTS):
            is_chosen = document.edition == edition
        else:
            is_chosen = tables.get(_table(document)) is document or (document.edition == edition)
        if is_chosen:
            yield document


def one_of_each_table(documents: Iterable[Document]) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Leave out each table that another file is already, by path: ``people.yml`` beside ``people.yaml``, say."""
    given = tuple(documents)
    tables = [each for each in given if not isinstance(each, _TEXTS)]
    owners: dict[tuple[type, str, str], str] = {}
    doubled: dict[str, Diagnostic] = {}
    for table in sorted(tables, key=lambda each: each.path):
        path = table.path
        owner = owners.setdefault((*_table(table), table.edition), path)
        if owner != path:
            message = f"{owner} is the same table; this file is not used"
            hint = "put the two into one file, or give one of them another name"
            doubled[path] = finding("duplicate-table", message, Clue(path), hint)
    return tuple(each for each in given if each.path not in doubled), tuple(doubled.values())


def _table(document: Document) -> tuple[type, str]:
    """Give what one table stands in for another by; a text, which stands in for none, has none."""
    if isinstance(document, ProgrammeDocument | DataDocument):
        return type(document), document.identity
    return type(document), ""


def sort_documents(documents: Iterable[Document]) -> Documents:
    """Part the documents of a site by kind."""
    kinds: dict[type, list[Document]] = {}
    for document in sorted(documents, key=lambda document: document.path):
        kinds.setdefault(type(document), []).append(document)

    def of(kind: type) -> Sequence[Document]:
        return kinds.get(kind, [])

    return Documents(
        posts=tuple(d for d in of(PostDocument) if isinstance(d, PostDocument)),
        pages=tuple(d for d in of(PageDocument) if isinstance(d, PageDocument)),
        events=tuple(d for d in of(EventDocument) if isinstance(d, EventDocument)),
        programmes=tuple(d for d in of(ProgrammeDocument) if isinstance(d, ProgrammeDocument)),
        people=next((d for d in of(PeopleDocument) if isinstance(d, PeopleDocument)), PeopleDocument("")),
        tags=next((d for d in of(TagsDocument) if isinstance(d, TagsDocument)), TagsDocument("")),
        files=tuple(d for d in of(DataDocument) if isinstance(d, DataDocument)),
    )
