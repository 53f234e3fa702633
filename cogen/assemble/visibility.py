"""What is published at a moment, what is left out and why, and when that will change. Layer: assemble."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from cogen.assemble.site import Clock
from cogen.model.documents import EventDocument, PageDocument, PostDocument
from cogen.model.left_out import LeftOut
from cogen.model.moments import Moment
from cogen.read.dates import local_moment

Dated = TypeVar("Dated", PostDocument, PageDocument, EventDocument)


class Visible(msgspec.Struct, frozen=True):
    """The verdict on some documents, beside those that are published."""

    left_out: tuple[LeftOut, ...]
    changes: tuple[Moment, ...]
    """Moments still to come at which one of the documents appears or goes."""


def part_visible(documents: Iterable[Dated], clock: Clock) -> tuple[tuple[Dated, ...], Visible]:
    """Part documents into those published now and the rest."""
    published: list[Dated] = []
    left_out: list[LeftOut] = []
    changes: list[Moment] = []
    now = clock.now.timestamp
    for document in documents:
        appears, expires = None if clock.with_future else _appears(document), document.expires_at
        is_hidden_draft = document.is_draft and not clock.with_drafts
        is_gone_before = bool(appears and expires and expires.timestamp <= appears.timestamp)
        if not is_hidden_draft and not is_gone_before:
            changes += (each for each in (appears, expires) if each is not None and each.timestamp > now)
        if is_hidden_draft:
            left_out.append(LeftOut(document.path, document.title, "draft"))
        elif is_gone_before:
            left_out.append(LeftOut(document.path, document.title, "expired before it appears", expires))
        elif expires is not None and expires.timestamp <= now:
            left_out.append(LeftOut(document.path, document.title, "expired", expires))
        elif appears is not None and appears.timestamp > now:
            left_out.append(LeftOut(document.path, document.title, "future", appears))
        else:
            published.append(document)
    return tuple(published), Visible(tuple(left_out), tuple(changes))


def _appears(document: PostDocument | PageDocument | EventDocument) -> Moment | None:
    if document.publish_at is not None or not isinstance(document, PostDocument):
        return document.publish_at
    return document.date


def event_end(event: EventDocument) -> int:
    """Give the timestamp from which an event is past: its end, else its start; a whole day ends with the day."""
    last = event.end or event.start
    if not event.is_all_day and last.has_time:
        return last.timestamp
    midnight = dt.datetime.combine(last.date + dt.timedelta(days=1), dt.time())
    if last.zone:
        return local_moment(midnight, last.zone, has_time=True).timestamp
    return Moment(midnight, last.offset_s).timestamp
