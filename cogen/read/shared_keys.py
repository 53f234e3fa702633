"""What posts, pages and events say alike: title, summary, addresses, picture, states, free keys. Layer: read."""

import re
from collections.abc import Mapping as Map
from hashlib import blake2b
from types import MappingProxyType

import msgspec

from cogen.model.body import BodyInfo, BodyParts, RichText
from cogen.model.config import ReadingOptions
from cogen.model.html import escape, plain_text, unescape
from cogen.model.moments import Moment
from cogen.model.values import Record
from cogen.read.addresses import aliases_of, permalink_of, picture_of
from cogen.read.dates import BadDate, is_time, parse_moment
from cogen.read.free_values import node_of
from cogen.read.front_matter import FrontMatter, split_front_matter
from cogen.read.markdown import render_short, render_text
from cogen.read.markdown.summary import description_of
from cogen.read.places import ROOT, humanised, identity_of, source_name, split_language
from cogen.read.scalars import clean_text, shorten, truth_of
from cogen.read.schema import LONGEST_TITLE, Entry, Fields, Notes
from cogen.read.synonyms import IGNORED_KEYS, native_entries, note_shadowed
from cogen.read.yaml_nodes import Mapping, Scalar, Sequence
from cogen.read.zones import nearest_zone, zones

LONGEST_SUMMARY = 50_000
"""Characters of HTML of what stands of a text in lists, which are many; a longer one is cut as for search engines."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MARKUP = re.compile("[<&]")


class Source(msgspec.Struct, frozen=True):
    """A text file on its way to a document."""

    path: str
    """Relative to the site's folder."""
    text: str
    """Decoded."""
    options: ReadingOptions

    @property
    def plain_path(self) -> str:
        """The path without the language at the end of the file's name."""
        return split_language(self.path, self.options.languages)[0]

    @property
    def name_tag(self) -> str:
        """The language at the end of the file's name, one of the site's, or nothing."""
        return split_language(self.path, self.options.languages)[1]

    @property
    def edition(self) -> str:
        """The language of several that a file without ``lang`` belongs to; empty for the main one."""
        return edition_of(self.name_tag, self.options.languages)


class Text(msgspec.Struct, frozen=True):
    """The body of a document, rendered, with what is said of it in short."""

    body: BodyInfo
    parts: BodyParts
    summary: RichText
    description: str
    first_heading: str


class Belonging(msgspec.Struct, frozen=True):
    """To which language a text belongs, and what it is a translation of; the fields are those of ``PostDocument``."""

    language: str
    edition: str
    translation: str


class SharedKeys(msgspec.Struct, frozen=True):
    """The keys whose meaning is the same wherever they stand; the fields are those of ``PostDocument``."""

    updated: Moment | None
    publish_at: Moment | None
    expires_at: Moment | None
    permalink: str
    aliases: tuple[str, ...]
    image: str
    image_alt: str | None
    is_draft: bool
    is_hidden: bool
    language: str
    template: str
    extra: Record


def open_fields(
    source: Source, notes: Notes, keys: tuple[str, ...], owner: str
) -> tuple[FrontMatter, Fields] | None:
    """Split a file and give its front matter with the folder's defaults; None where it cannot be understood."""
    front = split_front_matter(source.text, source.path)
    notes.findings.extend(front.findings)
    if front.pairs is None:
        return None
    entries = native_entries(front.pairs, notes, keys)
    if source.options.defaults:
        entries = _folder_defaults(source, notes, keys) | entries
    return front, Fields(entries, notes, owner, IGNORED_KEYS)


def _folder_defaults(source: Source, notes: Notes, keys: tuple[str, ...]) -> dict[str, Entry]:
    """Merge what site.yaml says of the folders around a file; the nearest folder counts."""
    place = source.path.removeprefix(ROOT + "/")
    entries: dict[str, Entry] = {}
    around = [
        (folder, record)
        for folder, record in source.options.defaults
        if place.startswith(folder and folder + "/")
    ]
    for _, record in sorted(around, key=lambda default: len(default[0])):
        mapping = node_of(record)
        pairs = mapping.pairs if isinstance(mapping, Mapping) else ()
        entries |= native_entries(pairs, notes, keys)
    return entries


def text_of(fields: Fields, front: FrontMatter, source: Source) -> Text:
    """Render the body, and the summary where the author wrote one."""
    notes, options = fields.notes, source.options
    written = fields.block("summary")
    rendered = render_text(
        front.body,
        path=source.path,
        first_line=front.first_line,
        options=options,
        has_summary=written is not None,
    )
    notes.findings.extend(rendered.findings)
    summary, description = rendered.summary, rendered.description
    if written is not None:
        summary = rich_text(written, fields.notes, options, inline=True)
        description = description_of(summary)
    if sum(map(len, summary.parts)) > LONGEST_SUMMARY:
        summary = RichText((escape(description),))
    digest = blake2b(msgspec.msgpack.encode(rendered.parts), digest_size=16).hexdigest()
    body = BodyInfo(
        digest,
        rendered.holes,
        rendered.headings,
        rendered.ids,
        rendered.given_ids,
        rendered.word_count,
    )
    return Text(body, rendered.parts, summary, description, rendered.first_heading)


def rich_text(scalar: Scalar, notes: Notes, options: ReadingOptions, *, inline: bool) -> RichText:
    """Render a text of Markdown that stands in YAML."""
    rich, findings = render_short(
        scalar.text, path=notes.path, line=scalar.first_line, options=options, inline=inline
    )
    notes.findings.extend(findings)
    return rich


def title_of(fields: Fields, first_heading: str, path: str) -> str:
    """Give the title as plain text; else the first heading; else the file's name.

    Gives ``title-markup`` and ``missing-title``.
    """
    scalar = _bracketed_title(fields) or fields.scalar("title")
    if scalar is not None and (title := _plain_title(scalar, fields)):
        return fields.notes.name(title, scalar, "title", LONGEST_TITLE)
    title = clean_text(first_heading)[:LONGEST_TITLE]
    stands_in = "its first heading serves" if title else "its file's name serves"
    title = title or humanised(source_name(path).text) or "Untitled"
    where = None if scalar is None else scalar
    message = f'{fields.owner} has no title; {stands_in}: "{shorten(title)}"'
    fields.notes.add("missing-title", message, where, "add a line title: … to the front matter")
    return title


def _bracketed_title(fields: Fields) -> Scalar | None:
    """Take ``title: [Notes]`` for the text that was meant; YAML reads it as a list."""
    node = fields.node("title")
    if not isinstance(node, Sequence) or not all(isinstance(item, Scalar) for item in node.items):
        return None
    text = ", ".join(item.text for item in node.items if isinstance(item, Scalar))
    message = '"title" takes one value, not a list: brackets around a text make it one'
    fields.notes.add("bad-value", message, node, f'put it in quotes: title: "[{shorten(text)}]"')
    return Scalar(text, node.line, node.column, '"')


def _plain_title(scalar: Scalar, fields: Fields) -> str:
    if not _MARKUP.search(scalar.text):
        return clean_text(scalar.text)
    title = clean_text(plain_text(scalar.text))
    if title != clean_text(unescape(scalar.text)):
        message = "the title holds HTML, and a title is plain text; the tags were left out"
        fields.notes.add("title-markup", message, scalar, f"write title: {shorten(title)}")
    return title


def shared_of(
    fields: Fields,
    options: ReadingOptions,
    *,
    has_states: bool = True,
    placeholders: Map[str, str] = MappingProxyType({}),
) -> SharedKeys:
    """Read the keys that mean the same in posts, pages and events.

    ``has_states``: ``status`` is a state; ``placeholders``: what ``:year`` and others stand for in a permalink.
    """
    is_draft, is_hidden = _states(fields, has_states=has_states)
    image, image_alt = picture_of(fields)
    return SharedKeys(
        updated=moment_of(fields, "updated", options.timezone),
        publish_at=moment_of(fields, "publish_date", options.timezone),
        expires_at=moment_of(fields, "expires", options.timezone),
        permalink=permalink_of(fields, placeholders),
        aliases=aliases_of(fields),
        image=image,
        image_alt=image_alt,
        is_draft=is_draft,
        is_hidden=is_hidden,
        language=_language(fields),
        template=fields.text("template"),
        extra=fields.record("extra"),
    )


def moment_of(fields: Fields, key: str, timezone: str, time_key: str = "") -> Moment | None:
    """Read a point in time, with the time of day from a key of its own where there is one.

    Gives ``bad-date``, and ``bad-value`` for a time that is none.
    """
    scalar = fields.scalar(key)
    time = fields.scalar(time_key) if time_key else None
    if scalar is None:
        return None
    moment = parse_moment(scalar.text, timezone)
    if time is not None and isinstance(moment, Moment) and not moment.has_time:
        moment = _joined(scalar, time, timezone, fields, moment)
    if isinstance(moment, BadDate):
        fields.notes.add("bad-date", moment.message, scalar, moment.hint)
        return None
    return moment


def _joined(scalar: Scalar, time: Scalar, timezone: str, fields: Fields, day: Moment) -> Moment | BadDate:
    joined = parse_moment(f"{scalar.text.strip()} {time.text.strip()}", timezone)
    if is_time(time.text) and isinstance(joined, Moment):
        return joined
    message = f'"{shorten(time.text)}" is no time of day'
    fields.notes.add("bad-value", message, time, "a time is written 18:30")
    return day


def published_date(fields: Fields, timezone: str) -> Moment | None:
    """Read ``published:`` where it is a date: the post's, unless ``date`` is there too."""
    entry = fields.entry("published")
    if entry is None or not isinstance(entry.node, Scalar) or truth_of(entry.node.text) is not None:
        return None
    if (date := fields.entry("date")) is not None:
        note_shadowed(entry.key, date.key, fields.notes)
        return None
    return moment_of(fields, "published", timezone)


def _states(fields: Fields, *, has_states: bool) -> tuple[bool, bool]:
    is_draft, is_hidden = fields.flag("draft"), bool(fields.flag("hidden"))
    published = fields.entry("published")
    if published is not None and isinstance(published.node, Scalar):
        is_published = truth_of(published.node.text)
        is_draft = is_draft if is_draft is not None or is_published is None else not is_published
    status = fields.choice("status", _STATES) if has_states else ""
    if is_draft is None and status:
        is_draft = _STATES[status] == "draft"
    return bool(is_draft), is_hidden or (bool(status) and _STATES[status] == "hidden")


_STATES = {
    "published": "published",
    "publish": "published",
    "featured": "published",
    "future": "published",
    "draft": "draft",
    "pending": "draft",
    "private": "draft",
    "hidden": "hidden",
}


def _language(fields: Fields) -> str:
    scalar = fields.scalar("lang")
    if scalar is None:
        return ""
    tag = scalar.text.strip().replace("_", "-")
    if is_language(tag):
        return tag
    message = f'"{shorten(tag)}" is no language tag'
    fields.notes.add("bad-value", message, scalar, "write a tag such as en, pt or zh-Hant")
    return ""


def belonging_of(fields: Fields, source: Source, language: str) -> Belonging:
    """Say to which of several languages a text belongs: by its file's name, else by ``lang``.  Gives ``bad-value``."""
    languages = source.options.languages
    key = fields.text("translation_key")
    if not languages:
        return Belonging(language, "", "")
    tag = source.name_tag
    named = _nearest_tag(language, languages)
    if tag and named and tag != named:
        message = f"the file's name says {tag}, and lang says {language}; the former counts"
        fields.notes.add("bad-value", message, fields.scalar("lang"), "rename the file, or take lang out")
    edition = edition_of(tag or named, languages)
    own_tag = next((each for each in languages if each.lower() == edition), languages[0])
    shown = "" if language.lower() == own_tag.lower() or (tag and named and tag != named) else language
    return Belonging(shown, edition, key or identity_of(source.plain_path))


def _nearest_tag(language: str, languages: tuple[str, ...]) -> str:
    """Give the language of the site that a tag is, or is a variety of: ``es-MX`` where there is ``es``."""
    wanted = language.lower()
    found = (tag for tag in languages if f"{wanted}-".startswith(f"{tag.lower()}-"))
    return max(found, key=len, default="") if wanted else ""


def edition_of(tag: str, languages: tuple[str, ...]) -> str:
    """Give the part of addresses of a language; nothing for the main one, which is the first."""
    return tag.lower() if tag and tag != languages[0] else ""


def timezone_of(fields: Fields, default: str) -> str:
    """Give the IANA zone under ``timezone``.  Gives ``bad-value`` with the nearest name."""
    scalar = fields.scalar("timezone")
    if scalar is None:
        return default
    name = scalar.text.strip()
    if name in zones():
        return name
    near = nearest_zone(name)
    hint = f'did you mean "{near}"?' if near else "write a name such as Europe/London"
    fields.notes.add("bad-value", f'"{shorten(name)}" is no time zone', scalar, hint)
    return default


def is_language(tag: str) -> bool:
    """Say whether a text has the form of a BCP 47 language tag."""
    return _LANGUAGE.fullmatch(tag) is not None
