"""The names other generators give to cogen's front matter: one table, which the documentation prints. Layer: read.

A key is compared in lower case, with ``_`` for ``-``.  Where a native key and a synonym are both there, the
native one counts.
"""

from collections.abc import Iterable

import msgspec

from cogen.read.scalars import normal_key
from cogen.read.schema import Entry, Notes, note_twice
from cogen.read.yaml_nodes import Node, Scalar

SHARED_KEYS = (
    "title", "updated", "summary", "permalink", "aliases", "image", "image_alt", "draft", "publish_date",
    "expires", "hidden", "lang", "translation_key", "template", "extra",
)  # fmt: skip
"""What posts, pages and events may all say."""
POST_KEYS = (*SHARED_KEYS, "date", "time", "authors", "tags", "slug", "project", "guid")
PAGE_KEYS = (*SHARED_KEYS, "date", "time")
EVENT_KEYS = (
    *SHARED_KEYS, "authors", "tags", "slug", "project", "guid", "start", "time", "end", "all_day",
    "timezone", "sequence", "place", "online_url", "booking_url", "agenda", "status",
)  # fmt: skip


class Synonym(msgspec.Struct, frozen=True):
    """A key of another generator."""

    foreign: str
    """As compared: lower case."""
    native: str
    """The key of cogen it stands for."""
    origin: str
    """Who writes it so."""
    remark: str = ""
    """How its value is read where it is not the native key's."""


SYNONYMS = (
    Synonym("lastmod", "updated", "Hugo"),
    Synonym("last_modified_at", "updated", "Jekyll"),
    Synonym("last_modified", "updated", "Jekyll"),
    Synonym("modified", "updated", "Pelican, WordPress"),
    Synonym("excerpt", "summary", "Jekyll, WordPress"),
    Synonym("description", "summary", "Hugo, Jekyll"),
    Synonym("desc", "summary", "Pelican"),
    Synonym("redirect_from", "aliases", "Jekyll"),
    Synonym("alias", "aliases", "Jekyll"),
    Synonym("author", "authors", "Jekyll, Hugo, Pelican, WordPress"),
    Synonym("tag", "tags", "Jekyll"),
    Synonym("expirydate", "expires", "Hugo"),
    Synonym("publishdate", "publish_date", "Hugo"),
    Synonym("pubdate", "date", "Hugo"),
    Synonym("unlisted", "hidden", "Jekyll"),
    Synonym("url", "permalink", "Hugo, Pelican"),
    Synonym("path", "permalink", "Zola, Gatsby"),
    Synonym("post_title", "title", "WordPress"),
    Synonym("previewimage", "image", "Nikola"),
    Synonym("language", "lang", "Hugo"),
    Synonym("translationkey", "translation_key", "Hugo"),
    Synonym("cover", "image", "Hugo, Pelican", "a mapping with image and alt, or an address"),
    Synonym("featured_image", "image", "Hugo, WordPress"),
    Synonym("thumbnail", "image", "Hugo, Jekyll"),
    Synonym("params", "extra", "Hugo"),
    Synonym("location", "place", "Jekyll", "of an event"),
)
"""Keys that are simply other names."""

SPECIAL_SYNONYMS = (
    Synonym("category", "tags", "Jekyll, Pelican", "added to the tags"),
    Synonym("categories", "tags", "Jekyll, Hugo, WordPress", "added to the tags"),
    Synonym("taxonomies", "tags", "Zola", "its tags and categories are added to the tags, its authors count"),
    Synonym("taxonomy", "tags", "Grav", "as taxonomies"),
    Synonym("published", "draft", "Jekyll", "false makes a draft; a date is the post's date"),
    Synonym(
        "status",
        "draft",
        "Pelican, WordPress",
        "draft, pending and private make a draft, hidden hides; an event has its own",
    ),
    Synonym("date", "start", "Jekyll, Hugo", "of an event"),
)
"""Keys whose values need a reading of their own."""

IGNORED_KEYS = (
    "aplayer", "author_email", "author_login", "author_url", "build", "cascade", "comment_status", "comments",
    "copyright", "date_gmt", "disqus", "excerpt_separator", "guid_is_permalink", "has_math", "header", "headless",
    "id", "iscjklanguage", "katex", "keywords", "layout", "link", "linktitle", "markup", "math", "mathjax", "menu",
    "menus", "meta", "nav_order", "outputs", "parent", "pin", "ping_status", "post_id", "post_type",
    "render_with_liquid", "resources", "robots", "save_as", "series", "share", "sitemap", "sticky", "toc",
    "toc_icon", "toc_label", "toc_number", "top_img", "type", "use_math", "weight", "wordpress_id",
    "wordpress_slug", "wordpress_url",
)  # fmt: skip
"""Keys of those generators that mean nothing here, and need no warning."""

_NATIVE = {synonym.foreign: synonym.native for synonym in SYNONYMS}


def spellings_of(native: str) -> frozenset[str]:
    """Give every key that may stand for a native one, itself included."""
    others = (synonym.foreign for synonym in (*SYNONYMS, *SPECIAL_SYNONYMS) if synonym.native == native)
    return frozenset((native, *others))


def native_entries(
    pairs: Iterable[tuple[Scalar, Node]], notes: Notes, keys: tuple[str, ...]
) -> dict[str, Entry]:
    """Sort front matter under cogen's own names; ``keys`` are those the kind of document has.

    Gives ``duplicate-key`` (two spellings that differ in case) and ``shadowed-key``.
    """
    entries: dict[str, Entry] = {}
    synonyms: list[tuple[str, Entry]] = []
    for key, node in pairs:
        name = normal_key(key.text)
        native = _NATIVE.get(name, "")
        if native in keys and name not in keys:
            synonyms.append((native, Entry(key, node)))
            continue
        if name in entries:
            note_twice(key, entries[name].key, notes)
        entries[name] = Entry(key, node)
    for native, entry in synonyms:
        if native not in entries or _is_empty(entries[native]):
            entries[native] = entry
        elif not _is_empty(entry):
            note_shadowed(entry.key, entries[native].key, notes)
    return entries


def _is_empty(entry: Entry) -> bool:
    return isinstance(entry.node, Scalar) and not entry.node.text.strip()


def note_shadowed(key: Scalar, counts: Scalar, notes: Notes) -> None:
    """Say that a synonym does not count beside another key."""
    message = f'"{key.text}" and "{counts.text}" say the same thing, and "{counts.text}" counts'
    notes.add("shadowed-key", message, key, f'delete "{key.text}"')
