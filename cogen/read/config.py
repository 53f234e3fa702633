"""site.yaml to a ``SiteConfig``: every key checked, everything wrong said at once. Layer: read."""

import re
import uuid
from urllib.parse import unquote, urlsplit

from cogen.model.body import Dialect
from cogen.model.codes import CODES
from cogen.model.config import (
    ReadingOptions,
    Section,
    SiteConfig,
)
from cogen.model.diagnostics import Diagnostic, Severity, finding
from cogen.model.slugs import slugify
from cogen.model.urls import (
    PERMALINK_FIELDS,
    clean_address,
    encode,
    fill_permalink,
    permalink_fields,
)
from cogen.model.values import Record
from cogen.read.config_languages import parse_languages, parse_menu, parse_theme_options
from cogen.read.config_outputs import (
    parse_feeds,
    parse_hosting,
    parse_pictures,
    parse_publish,
    parse_share_pictures,
)
from cogen.read.free_values import record_of
from cogen.read.markdown import known_extension
from cogen.read.places import RESERVED_FOLDERS
from cogen.read.scalars import shorten
from cogen.read.schema import Fields, Notes, fields_of, open_pairs
from cogen.read.shared_keys import is_language, timezone_of
from cogen.read.text import decode_text
from cogen.read.yaml_nodes import Mapping, Scalar

PATH = "site.yaml"
_SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "hint": "hint", "off": "off"}
_DIALECTS: dict[str, Dialect] = {"gfm": "gfm", "python-markdown": "python-markdown"}
_SITE = SiteConfig("", "", "")
_MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")


def parse_config(data: bytes, url: str | None) -> tuple[SiteConfig | None, tuple[Diagnostic, ...]]:
    """Read site.yaml; None where it cannot be understood or has no usable title or url.

    ``url`` replaces the file's (a preview under another address); the site's id stays that of the file.
    """
    text, findings = decode_text(PATH, data)
    if text is None:
        return None, findings
    notes = Notes(PATH, text)
    notes.findings.extend(findings)
    pairs = open_pairs(notes, "the settings of the site: title, url …")
    if pairs is None:
        return None, tuple(notes.findings)
    fields = fields_of(Mapping(pairs, 1, 1), notes, "site.yaml")
    config = _config(fields, url)
    fields.finish()
    is_usable = bool(config.title and config.url)
    return (config if is_usable else None), tuple(notes.findings)


def _config(fields: Fields, url: str | None) -> SiteConfig:
    written = fields.text("url")
    own_url = _url(fields)
    sections = _sections(fields)
    language = _language(fields)
    languages = parse_languages(fields, language, sections)
    has_share_pictures, share_font = parse_share_pictures(fields)
    return SiteConfig(
        id=_id(fields, written if own_url else ""),
        title=_title(fields),
        url=_override(url, fields.notes) if url is not None else own_url,
        description=fields.text("description"),
        language=language,
        languages=languages,
        edit_url=_edit_url(fields),
        reply_email=_reply_email(fields),
        icon=fields.link("icon"),
        theme=fields.text("theme", _SITE.theme),
        theme_options=parse_theme_options(fields),
        menu=parse_menu(fields),
        permalink=_permalink(fields, "site.yaml") or _SITE.permalink,
        page_size=fields.integer("page_size", _SITE.page_size, 1, 1000),
        feeds=parse_feeds(fields),
        publish=parse_publish(fields),
        pictures=parse_pictures(fields),
        sections=sections,
        redirects=fields.choice("redirects", ("pages", "rules", "both")) or _SITE.redirects,
        hosting=parse_hosting(fields),
        has_share_pictures=has_share_pictures,
        share_font=share_font,
        has_search=fields.switch("search", default=False),
        diagnostics=_diagnostics(fields),
        reading=_reading(
            fields, sections, (language, *(each.tag for each in languages)) if languages else ()
        ),
    )


def _title(fields: Fields) -> str:
    title = fields.text("title")
    if not title:
        fields.missing("title", "add a line such as title: Made in Lambeth")
    return title


def _id(fields: Fields, url: str) -> str:
    """Give the site's id; where the url that one could be derived from is not usable, that is said first."""
    scalar = fields.scalar("id")
    derived = str(uuid.uuid5(uuid.NAMESPACE_URL, url))
    if scalar is None and not url:
        return derived
    if scalar is None:
        message = "site.yaml has no id, by which feed readers know the site; one is derived from url"
        fields.notes.add("missing-site-id", message, None, f"add the line id: {derived}")
        return derived
    try:
        return str(uuid.UUID(scalar.text.strip()))
    except ValueError:
        message = f'"{shorten(scalar.text)}" is no UUID'
        hint = f"write id: {derived}" if url else "mend the url first: then an id is proposed here"
        fields.notes.add("bad-value", message, scalar, hint)
        return derived


def _url(fields: Fields) -> str:
    scalar = fields.scalar("url")
    if scalar is None:
        fields.missing("url", "add a line such as url: https://example.org/")
        return ""
    url = site_url(scalar.text)
    if url is None:
        message = f'"{shorten(scalar.text)}" is no address of a site'
        fields.notes.add("bad-value", message, scalar, "write an address such as https://example.org/blog/")
    return url or ""


def _override(url: str, notes: Notes) -> str:
    clean = site_url(url)
    if clean is None:
        hint = "write an address such as https://example.org/blog/"
        notes.findings.append(
            finding("bad-value", f'--url "{shorten(url)}" is no address of a site', None, hint)
        )
    return clean or ""


def site_url(text: str) -> str | None:
    """Give an absolute http(s) address with its ``/`` at the end, or None where a site cannot have it."""
    text = text.strip()
    if re.search(r"[\s\\]", text):
        return None
    try:
        parts = urlsplit(text)
        host = parts.netloc.lower() if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except ValueError:  # UnicodeError of the host's encoding is one
        return None
    path = clean_address(unquote(parts.path).rstrip("/") + "/")
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or path is None:
        return None
    return None if parts.query or parts.fragment else f"{parts.scheme}://{host}{encode(path)}"


def _language(fields: Fields) -> str:
    scalar = fields.scalar("language")
    tag = _SITE.language if scalar is None else scalar.text.strip()
    if scalar is None or is_language(tag):
        return tag
    fields.notes.add("bad-value", f'"{shorten(tag)}" is no language tag', scalar, "write a tag such as en-GB")
    return _SITE.language


def _edit_url(fields: Fields) -> str:
    scalar = fields.scalar("edit_url")
    pattern = fields.link("edit_url")
    if scalar is None or not pattern:
        return ""
    if pattern.startswith(("https://", "http://")) and pattern.count("{path}") == 1:
        return pattern
    message = f'"{shorten(scalar.text)}" does not say where a file of the site can be changed'
    hint = "write an address with {path} in it, such as https://git.example.org/our/blog/edit/main/{path}"
    fields.notes.add("bad-value", message, scalar, hint)
    return ""


def _reply_email(fields: Fields) -> str:
    scalar = fields.scalar("reply_email")
    if scalar is None:
        return ""
    address = scalar.text.strip().removeprefix("mailto:")
    if _MAILBOX.fullmatch(address):
        return address
    message = f'"{shorten(scalar.text)}" is no e-mail address'
    fields.notes.add("bad-value", message, scalar, "write one such as news@example.org")
    return ""


def _permalink(fields: Fields, owner: str) -> str:
    """Check a pattern by filling it; gives ``bad-address``."""
    scalar = fields.scalar("permalink")
    if scalar is None:
        return ""
    pattern = "/" + scalar.text.strip().lstrip("/")
    unknown = sorted(permalink_fields(pattern).difference(PERMALINK_FIELDS))
    if unknown:
        message = f"the permalink of {owner} has no field {{{shorten(unknown[0])}}}"
    elif "slug" not in permalink_fields(pattern):
        message = f"the permalink of {owner} needs {{slug}}, or all posts would have one address"
    elif clean_address(fill_permalink(pattern, 2012, 5, 25, "slug", "posts")) is None:
        message = f'"{shorten(pattern)}" gives no address that a page can have'
    else:
        return pattern
    hint = "its fields are " + ", ".join(f"{{{name}}}" for name in PERMALINK_FIELDS)
    fields.notes.add("bad-address", message, scalar, hint)
    return ""


def _sections(fields: Fields) -> tuple[Section, ...]:
    sections: list[Section] = []
    for key, node in fields.pairs("sections"):
        name = key.text.strip()
        if name in RESERVED_FOLDERS or slugify(name, "") != name:
            hint = "write lower-case letters, numbers and hyphens, and none of " + ", ".join(RESERVED_FOLDERS)
            fields.notes.add("bad-value", f'"{shorten(name)}" cannot be the name of a section', key, hint)
        elif isinstance(node, Scalar) and node.is_null:
            sections.append(Section(name, ""))
        elif (inner := fields.inner(node, name, "a section")) is not None:
            permalink = _permalink(inner, f"the section {name}")
            sections.append(Section(name, permalink, bool(inner.flag("feed")), inner.text("title")))
            inner.finish()
    return tuple(sections)


def _diagnostics(fields: Fields) -> tuple[tuple[str, Severity], ...]:
    severities: list[tuple[str, Severity]] = []
    for key, node in fields.pairs("diagnostics"):
        code = key.text.strip().lower().replace("_", "-")
        word = node.text.strip().lower() if isinstance(node, Scalar) else ""
        if code not in CODES:
            message = f'there is no diagnostic "{shorten(key.text)}"'
            fields.notes.add("unknown-key", message, key, fields.notes.near("unknown-key", code, CODES))
        elif CODES[code].is_structural:
            message = f'"{code}" cannot be lowered: the site could not be right'
            fields.notes.add("bad-value", message, key, "delete the line")
        elif word not in _SEVERITIES:
            message = f'"{code}" is one of {", ".join(_SEVERITIES)}'
            fields.notes.add("bad-value", message, node, fields.notes.near("bad-value", word, _SEVERITIES))
        else:
            severities.append((code, _SEVERITIES[word]))
    return tuple(severities)


def _reading(fields: Fields, sections: tuple[Section, ...], languages: tuple[str, ...]) -> ReadingOptions:
    default = ReadingOptions()
    inner = fields.fields("markdown", "markdown")
    dialect = (
        default.dialect
        if inner is None
        else _DIALECTS.get(inner.choice("dialect", _DIALECTS), default.dialect)
    )
    extensions = () if inner is None else _extensions(inner)
    if inner is not None:
        inner.finish()
    return ReadingOptions(
        timezone=timezone_of(fields, default.timezone),
        dialect=dialect,
        extensions=extensions,
        raw_html=fields.switch("raw_html", default=default.raw_html),
        smart_quotes=fields.switch("smart_quotes", default=default.smart_quotes),
        highlight=fields.switch("highlight", default=default.highlight),
        sections=tuple(section.name for section in sections),
        languages=languages,
        defaults=_defaults(fields),
    )


def _extensions(fields: Fields) -> tuple[str, ...]:
    names = fields.texts("extensions")
    for name in names:
        if not known_extension(name):
            message = f'the package "markdown" has no extension "{shorten(name)}"'
            fields.notes.add("bad-value", message, fields.node("extensions"), "write a name such as toc")
    return names


def _defaults(fields: Fields) -> tuple[tuple[str, Record], ...]:
    defaults: list[tuple[str, Record]] = []
    for key, node in fields.pairs("defaults"):
        folder = key.text.strip().strip("/").removeprefix("content/")
        if isinstance(node, Mapping):
            defaults.append((folder, record_of(node)))
        elif not (isinstance(node, Scalar) and node.is_null):
            message = f'the defaults of "{shorten(folder)}" are front matter: keys with values'
            fields.notes.add("bad-value", message, node)
    return tuple(defaults)
