"""``content/projects/NAME.yaml``: a programme and its projects. Layer: read."""

import datetime as dt
import re

import msgspec

from cogen.model.body import RichText
from cogen.model.documents import Column, Milestone, ProgrammeDocument, ProjectEntry, Status
from cogen.model.slugs import slugify
from cogen.read.addresses import slug_of
from cogen.read.dates import BadDate, parse_day
from cogen.read.markdown.summary import description_of
from cogen.read.parsed import Parsed
from cogen.read.people import contact_of
from cogen.read.places import identity_of, source_name
from cogen.read.scalars import clean_text, normal_key, shorten
from cogen.read.schema import Fields, Notes, fields_of, open_pairs
from cogen.read.shared_keys import Source, rich_text, title_of
from cogen.read.yaml_nodes import Mapping, Node, Scalar

MOST_PROJECTS = 1_000
"""Projects of one programme; each makes a page and its feeds."""
MOST_COLUMNS = 50
STANDARD_COLUMNS = ("name", "description", "leads", "contact", "status", "due", "tag", "updates")
_STATUSES: dict[str, Status] = {
    "idea": "idea",
    "planned": "planned",
    "delivering": "delivering",
    "paused": "paused",
    "handed-over": "handed-over",
    "closed": "closed",
}
_DAYS = re.compile(r"(\d{1,5})(?:\s*days?)?", re.ASCII)


def parse_programme(source: Source) -> Parsed:
    """Read a programme; a project without a name (``missing-key``) is left out."""
    notes = Notes(source.path, source.text)
    pairs = open_pairs(notes, "a programme: title, summary, projects …")
    if pairs is None:
        return Parsed(None, (), tuple(notes.findings))
    fields = fields_of(Mapping(pairs, 1, 1), notes, "a programme")
    title = title_of(fields, "", source.plain_path)
    written = fields.block("summary")
    summary = RichText() if written is None else rich_text(written, notes, source.options, inline=True)
    columns = _columns(fields)
    document = ProgrammeDocument(
        path=source.path,
        identity=identity_of(source.plain_path),
        slug=slug_of(fields, source_name(source.plain_path).text, title),
        title=title,
        summary=summary,
        description=description_of(summary),
        tag=fields.name("tag"),
        started=day_of(fields, "started"),
        columns=columns,
        projects=_projects(fields, columns, source),
        edition=source.edition,
    )
    fields.finish()
    return Parsed(document, (), tuple(notes.findings))


def day_of(fields: Fields, key: str) -> dt.date | None:
    """Read a day.  Gives ``bad-date``."""
    scalar = fields.scalar(key)
    if scalar is None:
        return None
    day = parse_day(scalar.text)
    if isinstance(day, BadDate):
        fields.notes.add("bad-date", day.message, scalar, day.hint)
        return None
    return day


def _columns(fields: Fields) -> tuple[Column, ...]:
    columns = (_column(node, fields) for node in fields.items("columns"))
    distinct = {column.key: column for column in columns if column is not None}
    return fields.at_most(MOST_COLUMNS, "columns", tuple(distinct.values()))


def _column(node: Node, fields: Fields) -> Column | None:
    if isinstance(node, Scalar):
        return Column(normal_key(node.text)) if node.text.strip() else None
    inner = fields.inner(node, "columns", "a column")
    if inner is None:
        return None
    key = normal_key(inner.text("key"))
    if not key:
        inner.missing("key")
    column = Column(key, inner.text("label"))
    inner.finish()
    return column if key else None


def _projects(fields: Fields, columns: tuple[Column, ...], source: Source) -> tuple[ProjectEntry, ...]:
    own = tuple(column.key for column in columns if column.key not in STANDARD_COLUMNS)
    projects: dict[str, ProjectEntry] = {}
    nodes = fields.at_most(MOST_PROJECTS, "projects", fields.items("projects"))
    for number, node in enumerate(nodes):
        project = _project(node, fields, own, source)
        if project is None:
            continue
        project = msgspec.structs.replace(project, key=f"projects/{number}")
        if project.id in projects:
            project = _numbered(project, node, projects, fields.notes)
        projects[project.id] = project
    return tuple(projects.values())


def _project(node: Node, programme: Fields, own: tuple[str, ...], source: Source) -> ProjectEntry | None:
    fields = programme.inner(node, "projects", "a project")
    if fields is None:
        return None
    name = fields.name("name")
    if not name:
        fields.missing("name")
        return None
    description = fields.block("description")
    project = ProjectEntry(
        id=_id(fields, name),
        name=name,
        description=_blocks(description, fields.notes, source),
        leads=fields.names("leads", ("name",)),
        contact=contact_of(fields),
        status=_STATUSES.get(fields.choice("status", _STATUSES)),
        due=_due(fields),
        tag=fields.name("tag"),
        milestones=_milestones(fields),
        fields=_cells(fields, own, source),
    )
    fields.finish("name the key under columns: to show it in the table")
    return project


def _blocks(scalar: Scalar | None, notes: Notes, source: Source) -> RichText:
    return RichText() if scalar is None else rich_text(scalar, notes, source.options, inline=False)


def _id(fields: Fields, name: str) -> str:
    scalar = fields.scalar("id")
    if scalar is None:
        return slugify(name)
    written = scalar.text.strip()
    slug = slugify(written, "")
    if slug == written:
        return slug
    hint = f"write id: {slug}" if slug else "write letters, numbers and hyphens"
    message = f'"{shorten(written)}" is no id, which is one part of an address'
    fields.notes.add("bad-address", message, scalar, hint)
    return slug or slugify(name)


def _numbered(
    project: ProjectEntry, node: Node, taken: dict[str, ProjectEntry], notes: Notes
) -> ProjectEntry:
    number = next(number for number in range(2, len(taken) + 3) if f"{project.id}-{number}" not in taken)
    pairs = node.pairs if isinstance(node, Mapping) else ()
    where = next((value for key, value in pairs if normal_key(key.text) == "id"), node)
    message = f'two projects of this programme have the id "{project.id}"'
    notes.add("slug-collision", message, where, "give one of them another id")
    return msgspec.structs.replace(project, id=f"{project.id}-{number}")


def _due(fields: Fields) -> int | dt.date | None:
    scalar = fields.scalar("due")
    if scalar is None:
        return None
    days = _DAYS.fullmatch(scalar.text.strip())
    if days is not None:
        return int(days[1])
    day = parse_day(scalar.text)
    if isinstance(day, BadDate):
        message = f'"due" is a number of days or a date, and "{shorten(scalar.text)}" is neither'
        fields.notes.add("bad-date", message, scalar, day.hint or "write 60, or 2012-07-24")
        return None
    return day


def _milestones(fields: Fields) -> tuple[Milestone, ...]:
    milestones = (_milestone(node, fields) for node in fields.items("milestones"))
    return tuple(milestone for milestone in milestones if milestone is not None)


def _milestone(node: Node, project: Fields) -> Milestone | None:
    if isinstance(node, Scalar):
        return Milestone(clean_text(node.text))
    fields = project.inner(node, "milestones", "a milestone")
    if fields is None:
        return None
    milestone = Milestone(fields.text("title"), _due(fields), day_of(fields, "done"))
    if not milestone.title:
        fields.missing("title")
    fields.finish()
    return milestone if milestone.title else None


def _cells(fields: Fields, own: tuple[str, ...], source: Source) -> tuple[tuple[str, RichText], ...]:
    cells = ((key, fields.block(key)) for key in own)
    return tuple(
        (key, rich_text(cell, fields.notes, source.options, inline=True))
        for key, cell in cells
        if cell is not None
    )
