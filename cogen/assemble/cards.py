"""What lists show of posts, projects, events, tags and people. Layer: assemble."""

import datetime as dt
from collections import Counter
from typing import get_args

from cogen.assemble import texts
from cogen.assemble.site import Author, Event, Post, Programme, Project, Tag
from cogen.assemble.studio import Studio
from cogen.assemble.views import (
    CardView,
    CellView,
    ColumnView,
    EventCard,
    Fragment,
    LinkView,
    MilestoneView,
    PersonView,
    PictureView,
    PostCard,
    ProgrammeCard,
    ProgrammeState,
    ProjectCard,
    StatusCount,
    TagView,
)
from cogen.model.documents import (
    Column,
    Contact,
    EventDocument,
    Milestone,
    PageDocument,
    PersonEntry,
    PostDocument,
    Status,
)
from cogen.model.html import Html

DEFAULT_COLUMNS = ("name", "description", "leads", "contact", "status")
OWN_COLUMNS = frozenset({*DEFAULT_COLUMNS, "due", "tag", "updates"})
_NO_HTML = Html("")


def tag_view(studio: Studio, key: str, *, with_count: bool = False) -> TagView:
    """Show a tag; only an index wants counts, so that a post does not change with every other."""
    kept = studio.tag_views.get((key, with_count))
    if kept is None:
        kept = studio.tag_views[key, with_count] = _tag_view(studio, studio.site.tags[key], with_count)
    return kept


def _tag_view(studio: Studio, tag: Tag, with_count: bool) -> TagView:
    if not with_count:
        return TagView(tag.label, studio.href(tag.address), tag.slug)
    count = len(studio.site.posts_by_tag.get(tag.key, ()))
    described = tag.entry.description if tag.entry else None
    where = f"{tag.entry.label}/description" if tag.entry else ""
    known = studio.site.known_tags
    html = texts.fill_rich(studio, described, known.path, tag.address, where) if described else _NO_HTML
    language = studio.foreign(known.edition) if html else ""
    return TagView(tag.label, studio.href(tag.address), tag.slug, count, html, language)


def person_view(studio: Studio, key: str, *, is_whole: bool = False) -> PersonView:
    """Show a person: name and page in bylines, the whole of it on their own page."""
    kept = studio.persons.get((key, is_whole))
    if kept is None:
        author = studio.site.authors[key]
        byline = PersonView(author.name, studio.href(author.address), author.slug)
        kept = studio.persons[key, is_whole] = _whole_person(studio, author) if is_whole else byline
    return kept


def _whole_person(studio: Studio, author: Author) -> PersonView:
    entry = author.entry or PersonEntry(author.key, author.name)
    contact = entry.contact
    source = studio.site.people.path
    image = None
    if entry.image:
        key = f"{entry.key}/image"
        image = texts.picture_view(studio, entry.image, "", texts.Passage(source, author.address, key))
    return PersonView(
        name=author.name,
        url=studio.href(author.address),
        slug=author.slug,
        role=entry.role,
        bio=texts.fill_rich(studio, entry.bio, source, author.address, f"{entry.key}/bio"),
        image=image,
        website=texts.written_link(
            studio, entry.url, texts.Passage(source, author.address, f"{entry.key}/url")
        ),
        email=contact.email if contact.is_public else "",
        phone=contact.phone if contact.is_public else "",
        count=len(studio.site.posts_by_author.get(author.key, ())),
        language=studio.foreign(studio.site.people.edition) if author.entry else "",
    )


def lead_picture(
    studio: Studio, document: PostDocument | PageDocument | EventDocument, address: str
) -> PictureView | None:
    """Show the picture that front matter names."""
    if not document.image:
        return None
    alt = document.image_alt or ""
    return texts.picture_view(studio, document.image, alt, texts.Passage(document.path, address, "image"))


def post_card(studio: Studio, post: Post) -> PostCard:
    """Show a post as lists do; made once."""
    document = post.document
    if document.path in studio.post_cards:
        return studio.post_cards[document.path]
    card = PostCard(
        title=document.title,
        url=studio.href(post.address),
        absolute_url=studio.absolute(post.address),
        date=document.date,
        updated=document.updated,
        section=document.section,
        authors=tuple(person_view(studio, key) for key in post.authors),
        tags=tuple(tag_view(studio, key) for key in post.tags if key in studio.site.tags),
        summary=texts.fill_rich(studio, document.summary, document.path, post.address, "summary"),
        description=document.description,
        image=lead_picture(studio, document, post.address),
        project=project_link(studio, post.project),
        language=document.language,
        is_hidden=document.is_hidden,
        extra=document.extra,
    )
    studio.post_cards[document.path] = card
    return card


def card_fragment(studio: Studio, post: Post) -> Fragment:
    """Promise the HTML of a post in a list; the same wherever it is listed."""
    path = post.document.path
    if path not in studio.card_fragments:
        view = CardView(studio.site_view, post_card(studio, post))
        studio.card_fragments[path] = studio.promise("fragments/card.html", view)
    return studio.card_fragments[path]


def project_link(studio: Studio, key: str) -> LinkView | None:
    """Name a project and its page; None where there is no key."""
    if not key:
        return None
    project = studio.site.projects[key]
    return LinkView(project.entry.name, studio.href(project.address))


def project_card(studio: Studio, project: Project) -> ProjectCard:
    """Show a project; made once."""
    key = (project.programme, project.entry.id)
    kept = studio.project_cards.get(key)
    if kept is None:
        programme = studio.site.directory.programmes_by_identity[project.programme]
        kept = studio.project_cards[key] = _project_card(studio, project, programme)
    return kept


def _project_card(studio: Studio, project: Project, programme: Programme) -> ProjectCard:
    entry, source = project.entry, programme.document.path
    started = programme.document.started
    address = project.address or programme.address or "/"
    due_days, due = _due(entry.due, started)
    contact = Contact() if entry.contact.is_public is False else entry.contact
    return ProjectCard(
        id=entry.id,
        name=entry.name,
        url=studio.href(project.address),
        description=texts.fill_rich(studio, entry.description, source, address, f"{entry.key}/description"),
        leads=tuple(person_view(studio, key) for key in project.leads),
        email=contact.email,
        phone=contact.phone,
        status=entry.status or "",
        due=due,
        due_days=due_days,
        tag=tag_view(studio, project.tag) if project.tag else None,
        milestones=tuple(_milestone(milestone, started) for milestone in entry.milestones),
        cells=tuple(
            CellView(key, texts.fill_rich(studio, text, source, address, f"{entry.key}/{key}"))
            for key, text in entry.fields
        ),
        updates=len(studio.site.posts_by_project.get(project.key, ())),
        language=studio.foreign(programme.document.edition),
    )


def _due(due: int | dt.date | None, started: dt.date | None) -> tuple[int | None, dt.date | None]:
    """Give days and day; a number of days without a start has no day."""
    if not isinstance(due, int):
        return None, due
    try:
        return due, started + dt.timedelta(days=due) if started else None
    except OverflowError:
        return due, None


def _milestone(milestone: Milestone, started: dt.date | None) -> MilestoneView:
    due_days, due = _due(milestone.due, started)
    return MilestoneView(milestone.title, due, due_days, milestone.done)


def programme_card(studio: Studio, programme: Programme) -> ProgrammeCard:
    """Show a programme with all of its projects; made once."""
    identity = programme.document.identity
    kept = studio.programme_cards.get(identity)
    if kept is None:
        kept = studio.programme_cards[identity] = _programme_card(studio, programme)
    return kept


def _programme_card(studio: Studio, programme: Programme) -> ProgrammeCard:
    document = programme.document
    columns = document.columns or tuple(Column(key) for key in DEFAULT_COLUMNS)
    return ProgrammeCard(
        title=document.title,
        url=studio.href(programme.address),
        summary=texts.fill_rich(studio, document.summary, document.path, programme.address or "/", "summary"),
        tag=tag_view(studio, programme.tag) if programme.tag else None,
        started=document.started,
        columns=tuple(ColumnView(c.key, c.label, c.key not in OWN_COLUMNS) for c in columns),
        projects=tuple(project_card(studio, project) for project in programme.projects),
        language=studio.foreign(document.edition),
    )


def programme_state(studio: Studio, programme: Programme) -> ProgrammeState:
    """Show how far a programme is."""
    document = programme.document
    counts = Counter(project.entry.status for project in programme.projects)
    return ProgrammeState(
        title=document.title,
        url=studio.href(programme.address),
        summary=texts.fill_rich(studio, document.summary, document.path, programme.address or "/", "summary"),
        count=len(programme.projects),
        states=tuple(StatusCount(status, counts[status]) for status in get_args(Status) if counts[status]),
        updates=len(studio.site.posts_by_programme.get(document.identity, ())),
        language=studio.foreign(document.edition),
    )


def event_card(studio: Studio, event: Event) -> EventCard:
    """Show an event as lists do."""
    document, place = event.document, event.document.place

    def link(target: str, key: str) -> str:
        return texts.written_link(studio, target, texts.Passage(document.path, event.address, key))

    return EventCard(
        title=document.title,
        url=studio.href(event.address),
        absolute_url=studio.absolute(event.address),
        start=document.start,
        end=document.end,
        is_all_day=document.is_all_day,
        place_name=place.name if place else "",
        place_address=place.address if place else "",
        map_url=link(place.map_url, "place/map_url") if place else "",
        online_url=link(document.online_url, "online_url"),
        booking_url=link(document.booking_url, "booking_url"),
        status=document.status,
        summary=texts.fill_rich(studio, document.summary, document.path, event.address, "summary"),
        description=document.description,
        tags=tuple(tag_view(studio, key) for key in event.tags if key in studio.site.tags),
        image=lead_picture(studio, document, event.address),
        language=document.language,
        is_hidden=document.is_hidden,
        extra=document.extra,
    )
