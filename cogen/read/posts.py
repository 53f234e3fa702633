"""A post: front matter and text to a ``PostDocument``. Layer: read."""

import datetime as dt

from cogen.model.documents import PostDocument
from cogen.model.moments import Moment
from cogen.read.addresses import slug_of
from cogen.read.dates import is_time, local_moment, parse_moment
from cogen.read.parsed import Parsed
from cogen.read.places import SourceName, identity_of, source_name
from cogen.read.scalars import distinct
from cogen.read.schema import MOST_NAMES, Fields, Notes
from cogen.read.shared_keys import (
    Source,
    belonging_of,
    moment_of,
    open_fields,
    published_date,
    shared_of,
    text_of,
    title_of,
)
from cogen.read.synonyms import POST_KEYS

_NAME_KEYS = ("name", "display_name", "title", "nickname", "login")
_TAXONOMIES = ("tags", "tag", "categories", "category")
_NO_DATE = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock, which a zone is added to


def parse_post(source: Source) -> Parsed:
    """Read a post; only front matter that cannot be understood leaves no document.

    Gives ``missing-date`` (a draft may wait for its date), ``date-mismatch``, and what its keys and its text give.
    """
    notes = Notes(source.path, source.text)
    opened = open_fields(source, notes, POST_KEYS, "a post")
    if opened is None:
        return Parsed(None, (), tuple(notes.findings))
    front, fields = opened
    name = source_name(source.plain_path)
    text = text_of(fields, front, source)
    title = title_of(fields, text.first_heading, source.plain_path)
    known_date, slug = _date(fields, name, source.options.timezone), slug_of(fields, name.text, title)
    date = known_date or local_moment(_NO_DATE, source.options.timezone, has_time=False)
    shared = shared_of(fields, source.options, placeholders=_placeholders(date, slug))
    if known_date is None and not shared.is_draft and fields.entry("date") is None:
        hint = "add a line such as date: 2012-05-25, or let the file's name start with 2012-05-25-"
        message = "a post needs a date, and neither its front matter nor its name has one"
        notes.add("missing-date", message, None, hint)
    belonging = belonging_of(fields, source, shared.language)
    document = PostDocument(
        path=source.path,
        identity=identity_of(source.path),
        section=source.path.split("/")[1],
        title=title,
        date=date,
        slug=slug,
        body=text.body,
        summary=text.summary,
        description=text.description,
        updated=shared.updated,
        publish_at=shared.publish_at,
        expires_at=shared.expires_at,
        authors=authors_of(fields),
        tags=tags_of(fields),
        permalink=shared.permalink,
        aliases=shared.aliases,
        project=fields.text("project"),
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


def authors_of(fields: Fields) -> tuple[str, ...]:
    """Give the authors; of a mapping, as WordPress exports write it, the name."""
    authors = fields.names("authors", _NAME_KEYS)
    return fields.at_most(MOST_NAMES, "authors", authors or _of_taxonomies(fields, ("authors",)))


def tags_of(fields: Fields) -> tuple[str, ...]:
    """Give the tags, with what other generators call categories behind them."""
    categories = (
        *fields.names("category"),
        *fields.names("categories"),
        *_of_taxonomies(fields, _TAXONOMIES),
    )
    tags = fields.names("tags")
    return fields.at_most(MOST_NAMES, "tags", distinct((*tags, *categories)) if categories else tags)


def _of_taxonomies(fields: Fields, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the terms of some taxonomies, which Zola and Grav keep in a mapping of their own."""
    tables = [fields.fields(key, key) for key in ("taxonomies", "taxonomy")]
    return tuple(term for table in tables if table for name in names for term in table.names(name))


def _placeholders(date: Moment, slug: str) -> dict[str, str]:
    """Give what Jekyll's placeholders stand for in the permalink of a post."""
    return {
        "year": f"{date.year:04}",
        "month": f"{date.month:02}",
        "i_month": f"{date.month}",
        "day": f"{date.day:02}",
        "i_day": f"{date.day}",
        "title": slug,
        "slug": slug,
        "output_ext": ".html",
    }


def _date(fields: Fields, name: SourceName, timezone: str) -> Moment | None:
    written = moment_of(fields, "date", timezone, "time") or published_date(fields, timezone)
    if written is not None:
        _note_mismatch(fields, name, written)
        return written
    if name.date is not None:
        return _from_name(name.date, fields, timezone)
    return moment_of(fields, "publish_date", timezone)


def _from_name(day: dt.date, fields: Fields, timezone: str) -> Moment:
    """Take the day from the file's name, and the time from ``time:`` where that is there."""
    time = fields.scalar("time")
    joined = parse_moment(f"{day} {time.text.strip()}", timezone) if time and is_time(time.text) else None
    if isinstance(joined, Moment):
        return joined
    return local_moment(dt.datetime.combine(day, dt.time()), timezone, has_time=False)


def _note_mismatch(fields: Fields, name: SourceName, written: Moment) -> None:
    if name.date is None or name.date == written.date:
        return
    message = f"the front matter says {written.date}, and the file's name says {name.date}; the former counts"
    entry = fields.entry("date") or fields.entry("published")
    node = None if entry is None else entry.node
    fields.notes.add(
        "date-mismatch", message, node, "rename the file, or change the date, so that they agree"
    )
