"""A page: front matter and text to a ``PageDocument``. Layer: read."""

import posixpath

from cogen.model import urls
from cogen.model.documents import PageDocument
from cogen.model.slugs import slugify
from cogen.read.parsed import Parsed
from cogen.read.places import ROOT, identity_of
from cogen.read.schema import Notes
from cogen.read.shared_keys import Source, belonging_of, moment_of, open_fields, shared_of, text_of, title_of
from cogen.read.synonyms import PAGE_KEYS

_POSTS_HAVE_IT = "posts and events have it, and pages do not: take it out, or move the file to content/posts/"
_OF_POSTS = {
    "slug": "the place of its file is a page's address; for another one write permalink: /about-us/",
    **dict.fromkeys(("tags", "tag", "categories", "category", "authors", "author"), _POSTS_HAVE_IT),
}
"""Keys that are looked for in vain, and what to do."""


def parse_page(source: Source) -> Parsed:
    """Read a page; only front matter that cannot be understood leaves no document."""
    notes = Notes(source.path, source.text)
    opened = open_fields(source, notes, PAGE_KEYS, "a page")
    if opened is None:
        return Parsed(None, (), tuple(notes.findings))
    front, fields = opened
    text = text_of(fields, front, source)
    shared = shared_of(fields, source.options)
    belonging = belonging_of(fields, source, shared.language)
    document = PageDocument(
        path=source.path,
        identity=identity_of(source.path),
        title=title_of(fields, text.first_heading, source.plain_path),
        address=shared.permalink or page_address(source.plain_path, belonging.edition),
        body=text.body,
        summary=text.summary,
        description=text.description,
        date=moment_of(fields, "date", source.options.timezone, "time"),
        updated=shared.updated,
        publish_at=shared.publish_at,
        expires_at=shared.expires_at,
        aliases=shared.aliases,
        image=shared.image,
        image_alt=shared.image_alt,
        is_draft=shared.is_draft,
        is_hidden=shared.is_hidden,
        language=belonging.language,
        edition=belonging.edition,
        translation=belonging.translation,
        template=shared.template,
        extra=shared.extra,
    )
    fields.finish(hints=_OF_POSTS)
    return Parsed(document, text.parts, tuple(notes.findings))


def page_address(path: str, edition: str = "") -> str:
    """Give the address of a page by its place: ``content/pages/a/b.md`` is ``/a/b/``, ``index`` its folder.

    Hugo's ``_index`` is the same.  In a further language of the site it is the same under the language's own home.
    """
    parts = posixpath.splitext(path.removeprefix(f"{ROOT}/pages/"))[0].split("/")
    if parts[-1].lower() in {"index", "_index"}:
        parts.pop()
    return urls.home(edition) + "".join(slugify(part) + "/" for part in parts)
