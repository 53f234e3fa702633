"""One file of the author, understood: what ``parse`` gives. Nothing here knows of other files. Layer: model."""

import datetime as dt
from typing import Final, Literal

import msgspec

from cogen.model.body import BodyInfo, RichText
from cogen.model.moments import Moment
from cogen.model.values import Record, Value

Status = Literal["idea", "planned", "delivering", "paused", "handed-over", "closed"]
EventStatus = Literal["confirmed", "tentative", "cancelled"]


class PostDocument(msgspec.Struct, frozen=True, tag="post"):
    """A post, of ``posts/`` or of a section of the author's own."""

    path: str
    """The source, relative to the site's folder: ``content/posts/2012/hello.md``."""
    identity: str
    """The source under ``content/`` without extension and ``/index``; what ids are derived from."""
    section: str
    """``posts``, or the name of a section in site.yaml."""
    title: str
    """Plain text."""
    date: Moment
    """What the post is dated and, unless ``publish_at`` is there, when it appears."""
    slug: str
    """The last part of its address."""
    body: BodyInfo
    """The text."""
    summary: RichText
    """For lists and feeds: without ids and footnotes."""
    description: str
    """The summary as plain text, for ``<meta>``; at most 300 characters."""
    updated: Moment | None = None
    publish_at: Moment | None = None
    """``publish_date``: not before this moment."""
    expires_at: Moment | None = None
    """``expires``: not from this moment on."""
    authors: tuple[str, ...] = ()
    """Keys of people.yaml, or plain names."""
    tags: tuple[str, ...] = ()
    """Labels as written, without repeats."""
    permalink: str = ""
    """The whole address (decoded, starts with ``/``), or empty."""
    aliases: tuple[str, ...] = ()
    """Old addresses (decoded, start with ``/``)."""
    project: str = ""
    """Id of the project this is an update of; ``programme/id`` where the id alone is not enough."""
    image: str = ""
    """The lead picture, as a relative or site-rooted target."""
    image_alt: str | None = None
    """None where the author wrote none; empty where the picture is declared decorative."""
    guid: str = ""
    is_draft: bool = False
    is_hidden: bool = False
    language: str = ""
    """BCP 47 tag of the text where it differs from the site's."""
    edition: str = ""
    """The language of several that it belongs to, as in addresses; empty for the main one."""
    translation: str = ""
    """What it and its translations share; empty where the site has one language."""
    template: str = ""
    """Name of a template to use instead of ``post.html``."""
    extra: Record = Record()
    """Free keys for themes."""


class PageDocument(msgspec.Struct, frozen=True, tag="page"):
    """A page: ``content/pages/a/b.md`` is ``/a/b/``."""

    path: str
    identity: str
    title: str
    address: str
    """Where it is published (decoded): from its place under ``pages/``, or from ``permalink``."""
    body: BodyInfo
    summary: RichText
    description: str
    date: Moment | None = None
    updated: Moment | None = None
    publish_at: Moment | None = None
    expires_at: Moment | None = None
    aliases: tuple[str, ...] = ()
    image: str = ""
    image_alt: str | None = None
    is_draft: bool = False
    is_hidden: bool = False
    language: str = ""
    edition: str = ""
    """The language of several that it belongs to, as in addresses; empty for the main one."""
    translation: str = ""
    """What it and its translations share; empty where the site has one language."""
    template: str = ""
    extra: Record = Record()


class Place(msgspec.Struct, frozen=True, tag="place"):
    """Where an event is held."""

    name: str = ""
    address: str = ""
    map_url: str = ""


class AgendaItem(msgspec.Struct, frozen=True, tag="agenda"):
    """One line of an event's agenda."""

    title: str
    time: str = ""
    """As written: ``10:00``."""
    speaker: str = ""
    """A key of people.yaml or a plain name."""


class EventDocument(msgspec.Struct, frozen=True, tag="event"):
    """An event: ``content/events/**/*.md``."""

    path: str
    identity: str
    title: str
    slug: str
    start: Moment
    body: BodyInfo
    summary: RichText
    description: str
    end: Moment | None = None
    is_all_day: bool = False
    sequence: int = 0
    """RFC 5545 SEQUENCE: how often it was changed."""
    place: Place | None = None
    online_url: str = ""
    booking_url: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    status: EventStatus = "confirmed"
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    project: str = ""
    updated: Moment | None = None
    publish_at: Moment | None = None
    expires_at: Moment | None = None
    permalink: str = ""
    """The whole address (decoded, starts with ``/``), or empty."""
    aliases: tuple[str, ...] = ()
    image: str = ""
    image_alt: str | None = None
    guid: str = ""
    is_draft: bool = False
    is_hidden: bool = False
    language: str = ""
    edition: str = ""
    """The language of several that it belongs to, as in addresses; empty for the main one."""
    translation: str = ""
    """What it and its translations share; empty where the site has one language."""
    template: str = ""
    extra: Record = Record()


class Contact(msgspec.Struct, frozen=True, tag="contact"):
    """How to reach somebody; each part may be left out."""

    email: str = ""
    phone: str = ""
    """As written: ``020 7946 0002``."""
    is_public: bool | None = None
    """``public:``, None where it is not said: a person's contact appears where it is true, a project's unless false."""


class Milestone(msgspec.Struct, frozen=True, tag="milestone"):
    """A step of a project."""

    title: str
    due: int | dt.date | None = None
    """Days after the programme started, or a day."""
    done: dt.date | None = None


class Column(msgspec.Struct, frozen=True, tag="column"):
    """A column of a programme's table."""

    key: str
    """``name``, ``description``, ``leads``, ``contact``, ``status``, ``due``, ``tag``, ``updates`` or an own key."""
    label: str = ""
    """What its header says; empty: the theme's word for ``key``."""


class ProjectEntry(msgspec.Struct, frozen=True, tag="project"):
    """One project of a programme, as written."""

    id: str
    """Unique in its programme; the last part of its address."""
    name: str
    description: RichText = RichText()
    """Markdown, any number of paragraphs."""
    leads: tuple[str, ...] = ()
    """Keys of people.yaml, or plain names."""
    contact: Contact = Contact()
    status: Status | None = None
    due: int | dt.date | None = None
    """Days after the programme started, or a day."""
    tag: str = ""
    """Label of a tag whose posts are updates of this project."""
    milestones: tuple[Milestone, ...] = ()
    fields: tuple[tuple[str, RichText], ...] = ()
    """Cells of the author's own columns: key and inline Markdown."""
    key: str = ""
    """Where the source has it, such as ``projects/3``."""


class ProgrammeDocument(msgspec.Struct, frozen=True, tag="programme"):
    """A programme of projects: ``content/projects/NAME.yaml``."""

    path: str
    identity: str
    slug: str
    title: str
    summary: RichText
    description: str
    """The summary as plain text."""
    tag: str = ""
    started: dt.date | None = None
    columns: tuple[Column, ...] = ()
    projects: tuple[ProjectEntry, ...] = ()
    edition: str = ""
    """The language of several that it belongs to, as in addresses; empty for the main one."""


class PersonEntry(msgspec.Struct, frozen=True, tag="person"):
    """One person of people.yaml."""

    key: str
    name: str
    slug: str = ""
    role: str = ""
    bio: RichText = RichText()
    image: str = ""
    """Path under ``content/``."""
    url: str = ""
    contact: Contact = Contact()


class PeopleDocument(msgspec.Struct, frozen=True, tag="people"):
    """``content/people.yaml``."""

    path: str
    people: tuple[PersonEntry, ...] = ()
    edition: str = ""
    """The language of several that it belongs to, as in addresses; empty for the main one."""


class TagEntry(msgspec.Struct, frozen=True, tag="tag"):
    """What tags.yaml knows of one tag."""

    label: str
    slug: str = ""
    description: RichText = RichText()
    aliases: tuple[str, ...] = ()
    """Other labels that mean this tag."""


class TagsDocument(msgspec.Struct, frozen=True, tag="tags"):
    """``content/tags.yaml``."""

    path: str
    tags: tuple[TagEntry, ...] = ()
    edition: str = ""
    """The language of several that it belongs to, as in addresses; empty for the main one."""


class DataDocument(msgspec.Struct, frozen=True, tag="data"):
    """``content/data/**.yaml``: free values for components."""

    path: str
    identity: str
    """Under ``content/``, with its extension and without a language: ``data/venues.yaml``."""
    value: Value
    edition: str = ""
    """The language of several that it belongs to, as in addresses; empty for the main one."""


Document = (
    PostDocument
    | PageDocument
    | EventDocument
    | ProgrammeDocument
    | PeopleDocument
    | TagsDocument
    | DataDocument
)


PictureFormat = Literal["jpeg", "png", "webp", "gif", "avif", "heif", "bmp", "svg", ""]
NOTED_FORMATS: Final[frozenset[PictureFormat]] = frozenset({"jpeg", "png", "webp", "gif", "avif", "heif"})
"""Those in which cameras and programs note more than the picture."""
PictureProblem = Literal["broken", "enormous", "foreign", ""]


class Picture(msgspec.Struct, frozen=True, tag="bitmap"):
    """What is known of a picture's file."""

    width: int = 0
    """Pixels as a browser shows it, upright (for SVG: CSS pixels); 0 where the file does not tell."""
    height: int = 0
    """Likewise."""
    format: PictureFormat = ""
    """What the bytes are, whatever the name says; empty where they cannot be understood."""
    is_sized: bool = False
    """True for a bitmap that does not move, of which other sizes can be made."""
    is_turned: bool = False
    """True for one that a camera noted is to be turned before it is shown."""
    problem: PictureProblem = ""
    """``foreign``: browsers do not show it; ``enormous``: it has too many pixels."""


class Asset(msgspec.Struct, frozen=True, tag="asset"):
    """A file that is published as it is, or a picture that is published in several sizes."""

    path: str
    """The source, relative to the site's folder."""
    digest: str
    """Hexadecimal digest of its bytes."""
    picture: Picture | None = None
    """None where its name is no picture's."""
