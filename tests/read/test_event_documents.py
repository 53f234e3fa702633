"""Events."""

import pytest
from read.reading import codes, document, only, parse_text

from cogen.model.diagnostics import Diagnostic, Location
from cogen.model.documents import AgendaItem, EventDocument, Place
from cogen.read.parsed import Parsed

PATH = "content/events/forum.md"


def parsed(head: str) -> Parsed:
    return parse_text(PATH, f"---\ntitle: T\n{head}\n---\nWords.\n")


def event(head: str) -> EventDocument:
    found = parsed(head)
    assert found.findings == ()
    return document(EventDocument, found)


def test_every_key_of_an_event_is_read() -> None:
    read = event(
        """start: 2012-06-19 10:00
end: 2012-06-19 12:30
place: {name: Town hall, address: Brixton Hill, map_url: https://example.org/map}
online_url: https://example.org/join
booking_url: /book/
agenda: [{time: 10:00, title: Welcome, speaker: amara-b}, Tea]
status: Tentative
sequence: 2
tags: [events]
authors: [amara-b]
project: mobile-job-bike"""
    )
    assert (read.slug, read.identity) == ("forum", "events/forum")
    assert read.start.iso == "2012-06-19T10:00:00+01:00"
    assert read.end is not None
    assert read.end.iso == "2012-06-19T12:30:00+01:00"
    assert read.place == Place("Town hall", "Brixton Hill", "https://example.org/map")
    assert (read.online_url, read.booking_url) == ("https://example.org/join", "/book/")
    assert read.agenda == (AgendaItem("Welcome", "10:00", "amara-b"), AgendaItem("Tea"))
    assert (read.status, read.sequence, read.tags) == ("tentative", 2, ("events",))
    assert (read.authors, read.project, read.is_all_day) == (("amara-b",), "mobile-job-bike", False)


def test_an_event_may_last_all_day_in_a_zone_of_its_own() -> None:
    read = event("start: 2012-07-21\nall_day: true\ntimezone: Europe/Paris\nplace: The top of the road")
    assert (read.start.iso, read.is_all_day) == ("2012-07-21T00:00:00+02:00", True)
    assert read.place == Place("The top of the road")


@pytest.mark.parametrize("head", ["date: 2012-07-21 10:00", "date: 2012-07-21\ntime: 10:00"])
def test_a_date_is_the_start_where_there_is_no_other(head: str) -> None:
    assert event(head).start.iso == "2012-07-21T10:00:00+01:00"


def test_an_event_without_a_start_is_an_error_and_no_document() -> None:
    found = parsed("tags: [a]")
    assert found.document is None
    assert only(found) == Diagnostic(
        "missing-key",
        'an event needs the key "start"',
        Location(PATH, 2, 1, 5, "title: T"),
        "add a line such as start: 2012-06-19 10:00",
    )


def test_a_start_that_is_no_date_is_named_once() -> None:
    found = parsed("start: tomorrow")
    assert (found.document, codes(found)) == (None, ["bad-date"])


@pytest.mark.parametrize(
    ("head", "column", "message"),
    [
        ("end: 2012-06-18", 6, "the event ends before it starts"),
        ("timezone: Europe/Londom", 11, '"Europe/Londom" is no time zone'),
        ("timezone: europe/london", 11, '"europe/london" is no time zone'),
        ("timezone: ../../etc/passwd", 11, '"../../etc/passwd" is no time zone'),
        ("sequence: -1", 11, '"sequence" is a whole number from 0 to 1000000, and "-1" is not'),
        ("status: maybe", 9,
         '"status" cannot be "maybe"; it is one of confirmed, tentative, cancelled, canceled'),
        ("booking_url: javascript:alert(1)", 14,
         '"booking_url" is an address of the web, and "javascript:alert(1)" is not'),
        ('online_url: "java\\tscript:x"', 13, '"online_url" is an address of the web, and "java script:x" is not'),
        ("online_url: data:text/html,x", 13,
         '"online_url" is an address of the web, and "data:text/html,x" is not'),
        ("place: {map_url: vbscript:x}", 18, '"map_url" is an address of the web, and "vbscript:x" is not'),
        ("place: [a]", 8, '"place" takes keys with values, not a list'),
        ("agenda: Tea", 9, '"agenda" takes a list, not one value'),
        ("agenda: [[Tea]]", 10, '"agenda" takes keys with values, not a list'),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_left_out_and_named(head: str, column: int, message: str) -> None:
    found = parsed(f"start: 2012-06-19\n{head}")
    assert (only(found).code, only(found).message) == ("bad-value", message)
    at = only(found).at
    assert isinstance(at, Location)
    assert (at.line, at.column, at.excerpt) == (4, column, head)
    assert isinstance(found.document, EventDocument)


def test_a_comma_in_braces_that_cuts_a_title_is_explained() -> None:
    found = only(parsed("start: 2012-06-19\nagenda: [{title: Welcome, and who is here}]"))
    assert found.message == 'an item of an agenda has no key "and who is here"'
    assert found.hint.startswith("if it belongs to the value before, put that in quotes")


def test_an_item_without_a_title_is_left_out() -> None:
    found = parsed("start: 2012-06-19\nagenda: [{time: 10:00}]")
    assert only(found).message == 'an item of an agenda needs the key "title"'
    assert document(EventDocument, found).agenda == ()


def test_a_date_beside_a_start_does_not_count() -> None:
    found = parsed("start: 2012-06-19\ndate: 2012-01-01")
    assert only(found).message == '"date" and "start" say the same thing, and "start" counts'
    assert document(EventDocument, found).start.machine == "2012-06-19"
