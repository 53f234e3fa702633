"""The view of each kind of page: one function for each template. Layer: assemble.

Each takes the build's ``Frames`` and what the page is about; the plan binds the second.
"""

from cogen.assemble import bodies, cards
from cogen.assemble.feeds import feed_title
from cogen.assemble.frames import Frames, PageFacts, feed_links
from cogen.assemble.list_pages import cards_of, page_title, pager_of
from cogen.assemble.site import Event, Page, Post, Programme, Project
from cogen.assemble.studio import Studio
from cogen.assemble.views import (
    AgendaView,
    EventPage,
    EventsPage,
    FollowEntry,
    FollowGroup,
    FollowPage,
    LinkView,
    NotFoundPage,
    PagePage,
    PostPage,
    ProgrammePage,
    ProjectPage,
    ProjectsPage,
    RedirectPage,
    SearchPage,
)
from cogen.assemble.visibility import event_end
from cogen.model import urls
from cogen.model.documents import AgendaItem
from cogen.model.html import plain_text

# ---- posts, pages, events ---------------------------------------------------------------------------------


def post_page(frames: Frames, post: Post, older: Post | None, newer: Post | None) -> PostPage:
    """Make the view of a post."""
    studio, document = frames.studio, post.document
    card = cards.post_card(studio, post)
    facts = PageFacts(
        address=post.address,
        title=document.title,
        template=document.template or "post.html",
        description=document.description,
        is_indexed=not document.is_hidden,
        image=card.image,
        published=document.date,
        modified=document.updated,
        language=document.language,
        headings=document.body.headings,
        source=document.path,
        may_have_title_picture=not document.image,
    )
    return PostPage(
        frame=frames.frame(facts),
        post=card,
        body=bodies.body_ref(studio, document.body, document.path, post.address),
        headings=document.body.headings,
        word_count=document.body.word_count,
        older=_link_view(studio, older),
        newer=_link_view(studio, newer),
        related=tuple(
            LinkView(each.document.title, studio.href(each.address), each.document.language)
            for each in frames.relations.of(post, [each for each in (older, newer) if each])
        ),
    )


def _link_view(studio: Studio, post: Post | None) -> LinkView | None:
    if post is None:
        return None
    return LinkView(post.document.title, studio.href(post.address), post.document.language)


def page_page(frames: Frames, page: Page) -> PagePage:
    """Make the view of a page."""
    studio, document = frames.studio, page.document
    facts = PageFacts(
        address=page.address,
        title=document.title,
        template=document.template or "page.html",
        description=document.description,
        is_indexed=not document.is_hidden,
        image=cards.lead_picture(studio, document, page.address),
        modified=document.updated or document.date,
        language=document.language,
        headings=document.body.headings,
        source=document.path,
        may_have_title_picture=not document.image,
    )
    body = bodies.body_ref(studio, document.body, document.path, page.address)
    return PagePage(
        frames.frame(facts), document.title, body, document.body.headings, document.updated, document.extra
    )


def event_page(frames: Frames, event: Event) -> EventPage:
    """Make the view of an event."""
    studio, document = frames.studio, event.document
    card = cards.event_card(studio, event)
    facts = PageFacts(
        address=event.address,
        title=document.title,
        template=document.template or "event.html",
        description=document.description,
        is_indexed=not document.is_hidden,
        image=card.image,
        modified=document.updated,
        language=document.language,
        headings=document.body.headings,
        source=document.path,
        may_have_title_picture=not document.image,
    )
    body = bodies.body_ref(studio, document.body, document.path, event.address)
    agenda = tuple(_agenda(studio, item) for item in document.agenda)
    return EventPage(
        frame=frames.frame(facts),
        event=card,
        agenda=agenda,
        body=body,
        headings=document.body.headings,
        authors=tuple(cards.person_view(studio, key) for key in event.authors),
        project=cards.project_link(studio, event.project),
    )


def _agenda(studio: Studio, item: AgendaItem) -> AgendaView:
    speaker = (
        cards.person_view(studio, studio.site.directory.authors.key(item.speaker)) if item.speaker else None
    )
    return AgendaView(item.time, item.title, speaker)


# ---- projects and events ----


def projects_page(frames: Frames) -> ProjectsPage:
    """Make the view of the list of programmes."""
    studio = frames.studio
    views = tuple(cards.programme_card(studio, programme) for programme in studio.site.programmes)
    title = studio.word("title_projects", "Projects")
    return ProjectsPage(
        frames.frame(PageFacts(urls.projects(studio.site.edition), title, "projects.html")), views
    )


def programme_page(frames: Frames, programme: Programme, posts: tuple[Post, ...], page: int) -> ProgrammePage:
    """Make the view of a programme, with one page of its posts."""
    studio, document = frames.studio, programme.document
    facts = PageFacts(
        address=urls.paged(programme.address, page),
        title=page_title(studio, document.title, page),
        template="programme.html",
        description=document.description,
        feeds=feed_links(studio, programme.address, feed_title(studio, document.title)),
        source=document.path,
    )
    return ProgrammePage(
        frame=frames.frame(facts),
        programme=cards.programme_card(studio, programme),
        cards=cards_of(studio, posts, page),
        pager=pager_of(studio, programme.address, page, len(posts)),
        total=len(posts),
    )


def project_page(
    frames: Frames, programme: Programme, project: Project, posts: tuple[Post, ...]
) -> ProjectPage:
    """Make the view of a project with all its updates."""
    studio = frames.studio
    card = cards.project_card(studio, project)
    facts = PageFacts(
        address=project.address,
        title=studio.word(
            "title_project", "{project}, {programme}", project=card.name, programme=programme.document.title
        ),
        template="project.html",
        description=plain_text(card.description.text),
        feeds=feed_links(studio, project.address, feed_title(studio, card.name)),
        source=programme.document.path,
    )
    link = LinkView(programme.document.title, studio.href(programme.address))
    updates = tuple(cards.card_fragment(studio, post) for post in posts)
    return ProjectPage(frames.frame(facts), link, card, updates)


def events_page(frames: Frames) -> EventsPage:
    """Make the view of the list of events; it changes when an event has ended, and not before."""
    studio = frames.studio
    now = studio.site.clock.now.timestamp
    listed = [event for event in studio.site.events if not event.document.is_hidden]
    upcoming = tuple(cards.event_card(studio, e) for e in listed if event_end(e.document) > now)
    past = tuple(cards.event_card(studio, e) for e in reversed(listed) if event_end(e.document) <= now)
    title = studio.word("title_events", "Events")
    return EventsPage(
        frames.frame(PageFacts(urls.events(studio.site.edition), title, "events.html")), upcoming, past
    )


# ---- the rest ----


def follow_page(frames: Frames, groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> FollowPage:
    """Make the view of the page about feeds; ``groups`` holds kind and (title, address) of each list with feeds."""
    studio = frames.studio
    views = tuple(
        FollowGroup(
            kind,
            tuple(
                FollowEntry(
                    title, studio.href(address), feed_links(studio, address, feed_title(studio, title))
                )
                for title, address in entries
            ),
        )
        for kind, entries in groups
    )
    title = studio.word("title_follow", "Follow")
    return FollowPage(frames.frame(PageFacts(urls.follow(studio.site.edition), title, "follow.html")), views)


def not_found_page(frames: Frames) -> NotFoundPage:
    """Make the view of the page that hosts show for a wrong address."""
    title = frames.studio.word("title_not_found", "Page not found")
    address = urls.not_found(frames.studio.site.edition)
    return NotFoundPage(frames.frame(PageFacts(address, title, "404.html", is_indexed=False)))


def search_page(frames: Frames) -> SearchPage:
    """Make the view of the page for search."""
    studio = frames.studio
    facts = PageFacts(
        urls.search(studio.site.edition),
        studio.word("title_search", "Search"),
        "search.html",
        is_indexed=False,
    )
    return SearchPage(frames.frame(facts), studio.href(f"/{urls.SEARCH_FOLDER}/"))


def redirect_page(frames: Frames, address: str) -> RedirectPage:
    """Make the view of a page that leads from an old address to ``address``."""
    studio = frames.studio
    return RedirectPage(studio.site_view, studio.href(address), studio.absolute(address))
