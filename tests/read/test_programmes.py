"""Programmes of projects."""

import datetime as dt

import pytest
from read.reading import document, only, parse_text

from cogen.model.diagnostics import Diagnostic, Location
from cogen.model.documents import Column, Contact, Milestone, ProgrammeDocument
from cogen.read.parsed import Parsed
from cogen.read.programmes import MOST_COLUMNS, MOST_PROJECTS

PATH = "content/projects/public-services-by-design.yaml"


def parsed(text: str) -> Parsed:
    return parse_text(PATH, text)


def programme(text: str) -> ProgrammeDocument:
    found = parsed(text)
    assert found.findings == ()
    return document(ProgrammeDocument, found)


def test_every_key_of_a_programme_is_read() -> None:
    read = programme(
        """title: Public Services by Design
summary: Nine *small* projects.
tag: Design Council Community Projects
started: 2012-05-25
columns: [name, leads, {key: cost, label: Cost}, status]
projects:
  - id: mobile-job-bike
    name: Mobile Job Bike
    description: |
      A bicycle.

      With coffee.
    leads: [frances, Jeremy K.]
    contact: {email: bike@example.org, phone: 020 7946 0002}
    status: Handed over
    due: 60
    tag: Mobile Job Bike
    cost: £3,000
    milestones: [{due: 30, title: Bike bought, done: 2012-06-20}, {due: 2013-09-30, title: Second rider}]
  - name: Knock Knock
    due: 2012-08-23
    contact: 020 7946 0007
    leads: Hilary P.
"""
    )
    assert (read.slug, read.identity) == ("public-services-by-design", "projects/public-services-by-design")
    assert (read.title, read.description) == ("Public Services by Design", "Nine small projects.")
    assert (read.tag, read.started) == ("Design Council Community Projects", dt.date(2012, 5, 25))
    assert read.columns == (Column("name"), Column("leads"), Column("cost", "Cost"), Column("status"))
    bike, knock = read.projects
    assert (bike.id, bike.name, bike.leads) == (
        "mobile-job-bike",
        "Mobile Job Bike",
        ("frances", "Jeremy K."),
    )
    assert bike.contact == Contact("bike@example.org", "020 7946 0002")
    assert (bike.status, bike.due, bike.tag) == ("handed-over", 60, "Mobile Job Bike")
    assert "coffee" in "".join(bike.description.parts)
    assert [(key, "".join(cell.parts)) for key, cell in bike.fields] == [("cost", "£3,000")]
    assert bike.milestones == (
        Milestone("Bike bought", 30, dt.date(2012, 6, 20)),
        Milestone("Second rider", dt.date(2013, 9, 30)),
    )
    assert (knock.id, knock.due, knock.leads) == ("knock-knock", dt.date(2012, 8, 23), ("Hilary P.",))
    assert knock.contact == Contact(phone="020 7946 0007")


def test_a_telephone_number_stays_as_written() -> None:
    read = programme("title: T\nprojects: [{name: A, contact: {phone: 02071234567}}]")
    assert read.projects[0].contact.phone == "02071234567"


@pytest.mark.parametrize(
    ("project", "code", "message"),
    [
        ("{id: a}", "missing-key", 'a project needs the key "name"'),
        ("{name: A, id: B c}", "bad-address", '"B c" is no id, which is one part of an address'),
        ("{name: A, due: soon}", "bad-date", '"due" is a number of days or a date, and "soon" is neither'),
        ("{name: A, status: done}", "bad-value",
         '"status" cannot be "done"; it is one of idea, planned, delivering, paused, handed-over, closed'),
        ("{name: A, cost: 3}", "unknown-key", 'a project has no key "cost"'),
        ("{name: A, milestones: [{due: 3}]}", "missing-key", 'a milestone needs the key "title"'),
        ("{name: A, milestones: [{title: B, done: yes}]}", "bad-date",
         '"yes" is not a date as cogen reads it: a date is written YYYY-MM-DD or YYYY-MM-DD HH:MM'),
        ("just words", "bad-value", '"projects" takes keys with values, not one value'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_project_is_said_and_the_programme_stays(
    project: str, code: str, message: str
) -> None:
    found = parsed(f"title: T\nprojects: [{project}]")
    assert (only(found).code, only(found).message) == (code, message)
    assert isinstance(found.document, ProgrammeDocument)


def test_two_projects_with_one_id_are_an_error_and_the_later_one_gets_a_number() -> None:
    found = parsed("title: T\nprojects:\n  - {id: a, name: A}\n  - {id: a, name: B}\n")
    assert [project.id for project in document(ProgrammeDocument, found).projects] == ["a", "a-2"]
    assert only(found) == Diagnostic(
        "slug-collision",
        'two projects of this programme have the id "a"',
        Location(PATH, 4, 10, 1, "  - {id: a, name: B}"),
        "give one of them another id",
    )


def test_a_key_that_is_no_column_is_told_how_to_become_one() -> None:
    found = only(parsed("title: T\nprojects: [{name: A, zebra: 3}]"))
    assert found.hint == "name the key under columns: to show it in the table"


@pytest.mark.parametrize("text", ["- a", "words"])
def test_a_file_that_is_no_mapping_leaves_no_document(text: str) -> None:
    found = parsed(text)
    assert found.document is None
    assert only(found).message == "the file must hold a programme: title, summary, projects …"


def test_an_empty_programme_is_named_after_its_file() -> None:
    found = parsed("")
    assert document(ProgrammeDocument, found).title == "Public services by design"
    assert only(found).code == "missing-title"


def test_a_programme_may_have_so_many_projects_and_columns() -> None:
    rows = "".join(f"  - {{id: p{number}, name: P}}\n" for number in range(MOST_PROJECTS + 1))
    found = parsed(f"title: A\nprojects:\n{rows}")
    assert only(found).message == 'a programme has 1,001 under "projects", more than 1,000'
    assert len(document(ProgrammeDocument, found).projects) == MOST_PROJECTS
    found = parsed(f"title: A\ncolumns: [{', '.join(f'c{number}' for number in range(MOST_COLUMNS + 1))}]")
    assert only(found).code == "too-complex"
    assert len(document(ProgrammeDocument, found).columns) == MOST_COLUMNS
