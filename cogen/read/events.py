"""An event: front matter and text to an ``EventDocument``. Layer: read."""

from cogen.model.documents import AgendaItem, EventDocument, EventStatus, Place
from cogen.model.moments import Moment
from cogen.read.addresses import slug_of
from cogen.read.parsed import Parsed
from cogen.read.places import identity_of, source_name
from cogen.read.posts import authors_of, tags_of
from cogen.read.scalars import clean_text
from cogen.read.schema import Fields, Notes
from cogen.read.shared_keys import (
    Source,
    belonging_of,
    moment_of,
    open_fields,
    shared_of,
    text_of,
    timezone_of,
    title_of,
)
from cogen.read.synonyms import EVENT_KEYS, note_shadowed
from cogen.read.yaml_nodes import Node, Scalar

_STATUSES: dict[str, EventStatus] = {
    "confirmed": "confirmed",
    "tentative": "tentative",
    "cancelled": "cancelled",
    "canceled": "cancelled",
}


def parse_event(source: Source) -> Parsed:
    """Read an event; without a start (``missing-key``) there is no document."""
    notes = Notes(source.path, source.text)
    opened = open_fields(source, notes, EVENT_KEYS, "an event")
    if opened is None:
        return Parsed(None, (), tuple(notes.findings))
    front, fields = opened
    timezone = timezone_of(fields, source.options.timezone)
    start = _start(fields, timezone)
    name = source_name(source.plain_path)
    text = text_of(fields, front, source)
    title = title_of(fields, text.first_heading, source.plain_path)
    shared = shared_of(fields, source.options, has_states=False)
    if start is None:
        fields.ignore(EVENT_KEYS)
        fields.finish()
        return Parsed(None, (), tuple(notes.findings))
    belonging = belonging_of(fields, source, shared.language)
    document = EventDocument(
        path=source.path,
        identity=identity_of(source.path),
        title=title,
        slug=slug_of(fields, name.text, title),
        start=start,
        body=text.body,
        summary=text.summary,
        description=text.description,
        end=_end(fields, start, timezone),
        is_all_day=bool(fields.flag("all_day")),
        sequence=fields.integer("sequence", 0, 0, 1_000_000),
        place=_place(fields),
        online_url=fields.link("online_url"),
        booking_url=fields.link("booking_url"),
        agenda=_agenda(fields),
        status=_STATUSES.get(fields.choice("status", _STATUSES), "confirmed"),
        tags=tags_of(fields),
        authors=authors_of(fields),
        project=fields.text("project"),
        updated=shared.updated,
        publish_at=shared.publish_at,
        expires_at=shared.expires_at,
        permalink=shared.permalink,
        aliases=shared.aliases,
        image=shared.image,
        image_alt=shared.image_alt,
        guid=fields.text("guid"),
        is_draft=shared.is_draft,
        is_hidden=shared.is_hidden,
        language=belonging.language,
        edition=belonging.edition,
        translation=belonging.translation,
        template=shared.template,
        extra=shared.extra,
    )
    fields.finish()
    return Parsed(document, text.parts, tuple(notes.findings))


def _start(fields: Fields, timezone: str) -> Moment | None:
    start, date = fields.entry("start"), fields.entry("date")
    if start is not None and date is not None:
        note_shadowed(date.key, start.key, fields.notes)
    if start is None and date is None:
        fields.missing("start", "add a line such as start: 2012-06-19 10:00")
    return moment_of(fields, "date" if start is None else "start", timezone, "time")


def _end(fields: Fields, start: Moment, timezone: str) -> Moment | None:
    end = moment_of(fields, "end", timezone)
    if end is None or end.timestamp >= start.timestamp:
        return end
    scalar = fields.scalar("end")
    fields.notes.add("bad-value", "the event ends before it starts", scalar, "check start and end")
    return None


def _place(fields: Fields) -> Place | None:
    node = fields.node("place")
    if node is None:
        return None
    if isinstance(node, Scalar):
        return Place(name=clean_text(node.text))
    inner = fields.inner(node, "place", "a place")
    if inner is None:
        return None
    place = Place(inner.text("name"), inner.text("address"), inner.link("map_url"))
    inner.finish()
    return place


def _agenda(fields: Fields) -> tuple[AgendaItem, ...]:
    items = (_agenda_item(node, fields) for node in fields.items("agenda"))
    return tuple(item for item in items if item is not None)


def _agenda_item(node: Node, fields: Fields) -> AgendaItem | None:
    if isinstance(node, Scalar):
        title = "" if node.is_null else clean_text(node.text)
        if not title:
            message = "an item of an agenda is empty"
            fields.notes.add("missing-key", message, node, "write its title, or delete it")
        return AgendaItem(title) if title else None
    inner = fields.inner(node, "agenda", "an item of an agenda")
    if inner is None:
        return None
    item = AgendaItem(inner.text("title"), inner.text("time"), inner.name("speaker"))
    if not item.title:
        inner.missing("title")
    inner.finish()
    return item if item.title else None
