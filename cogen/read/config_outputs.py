"""What site.yaml says of what is published: feeds, lists, pictures, files for the host. Layer: read."""

import re

from cogen.model.config import FeedSettings, Hosting, PictureSettings, Publish
from cogen.model.urls import FEED_FILES
from cogen.read.scalars import shorten, truth_of
from cogen.read.schema import Fields
from cogen.read.yaml_nodes import Scalar

_WIDTH = re.compile(r"[1-9][0-9]{1,3}")
_MOST_WIDTHS = 8
_COMPRESSED = ("gz", "br")


def parse_feeds(fields: Fields) -> FeedSettings:
    """Read ``feeds:``: which feeds, and what is in them."""
    inner = fields.fields("feeds", "feeds")
    default = FeedSettings()
    if inner is None:
        return default
    formats = default.formats if inner.node("formats") is None else inner.texts("formats")
    known = tuple(name for name in formats if name in FEED_FILES)
    for name in formats:
        if name not in FEED_FILES:
            message = f'there is no feed format "{shorten(name)}"; there are {", ".join(FEED_FILES)}'
            inner.notes.add(
                "bad-value", message, inner.node("formats"), inner.notes.near("bad-value", name, FEED_FILES)
            )
    settings = FeedSettings(
        formats=known,
        items=inner.integer("items", default.items, 1, 1000),
        has_full_content=inner.choice("content", ("full", "summary")) != "summary",
    )
    inner.finish()
    return settings


def parse_hosting(fields: Fields) -> Hosting:
    """Read ``hosting:``: files for the host."""
    inner = fields.fields("hosting", "hosting")
    default = Hosting()
    if inner is None:
        return default
    hosting = Hosting(
        has_headers=inner.switch("headers", default=False),
        policy=None if inner.node("policy") is None else " ".join(inner.text("policy").split()),
        compress=_compressed(inner),
        has_nojekyll=inner.switch("nojekyll", default=False),
    )
    inner.finish()
    return hosting


def _compressed(fields: Fields) -> tuple[str, ...]:
    formats = fields.texts("compress")
    for name in formats:
        if name not in _COMPRESSED:
            message = f'"{shorten(name)}" is no format of compressed files; there are gz and br'
            fields.notes.add("bad-value", message, fields.node("compress"), "write compress: [gz, br]")
    return tuple(name for name in _COMPRESSED if name in formats)


def parse_pictures(fields: Fields) -> PictureSettings:
    """Read ``pictures:``: in which sizes they are published."""
    inner = fields.fields("pictures", "pictures")
    default = PictureSettings()
    if inner is None:
        return default
    settings = PictureSettings(
        widths=_widths(inner),
        has_webp=inner.switch("webp", default=default.has_webp),
        quality=inner.integer("quality", default.quality, 1, 100),
    )
    inner.finish()
    return settings


def _widths(fields: Fields) -> tuple[int, ...]:
    node = fields.node("widths")
    if node is None:
        return PictureSettings().widths
    written = fields.texts("widths")
    widths = {int(text) for text in written if _WIDTH.fullmatch(text)}
    wrong = next((text for text in written if not _WIDTH.fullmatch(text)), None)
    if wrong is not None:
        message = f'"{shorten(wrong)}" is no width of a picture'
        fields.notes.add("bad-value", message, node, "write a list of pixels, such as [400, 800, 1600]")
    return fields.at_most(_MOST_WIDTHS, "widths", tuple(sorted(widths)))


def parse_publish(fields: Fields) -> Publish:
    """Read ``publish:``: what to make at all."""
    inner = fields.fields("publish", "publish")
    default = Publish()
    if inner is None:
        return default
    publish = Publish(
        authors=inner.switch("authors", default=default.authors),
        archive=_archive(inner, default.archive),
        projects=inner.switch("projects", default=default.projects),
        events=inner.switch("events", default=default.events),
    )
    inner.finish()
    return publish


def _archive(fields: Fields, default: str) -> str:
    node = fields.node("archive")
    if isinstance(node, Scalar) and (is_wanted := truth_of(node.text)) is not None:
        return default if is_wanted else "none"
    return fields.choice("archive", ("monthly", "yearly", "none")) or default


def parse_share_pictures(fields: Fields) -> tuple[bool, str]:
    """Read ``share_pictures:``, which is true, or names a font."""
    if isinstance(fields.node("share_pictures"), Scalar):
        return fields.switch("share_pictures", default=False), ""
    inner = fields.fields("share_pictures", "share_pictures")
    if inner is None:
        return False, ""
    font = inner.link("font")
    inner.finish()
    return True, font
