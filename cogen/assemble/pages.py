"""The view of each kind of page: one function for each template. Layer: assemble.

Each takes the build's ``Frames`` and what the page is about; the plan binds the second.
"""

from cogen.assemble import bodies, cards
from cogen.assemble.feeds import feed_title
from cogen.assemble.frames import Frames, PageFacts, feed_links
from cogen.assemble.site import Author, Event, Page, Post, Programme, Project, Tag
from cogen.assemble.studio import Studio
from cogen.assemble.views import (
    AgendaView,
    ArchivePage,
    AuthorPage,
    AuthorsPage,
    EventPage,
    EventsPage,
    FollowEntry,
    FollowGroup,
    FollowPage,
    Fragment,
    LinkView,
    ListPage,
    MonthPage,
    MonthView,
    NotFoundPage,
    PagePage,
    PagerView,
    PersonView,
    PostPage,
    ProgrammePage,
    ProjectPage,
    ProjectsPage,
    RedirectPage,
    TagPage,
    TagsPage,
    YearPage,
    YearView,
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
    )
    return PostPage(
        frame=frames.frame(facts),
        post=card,
        body=bodies.body_ref(studio, document.body, document.path, post.address),
        headings=document.body.headings,
        word_count=document.body.word_count,
        older=_link_view(studio, older),
        newer=_link_view(studio, newer),
    )


def _link_view(studio: Studio, post: Post | None) -> LinkView | None:
    return LinkView(post.document.title, studio.href(post.address)) if post else None


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
        language=document.language,
        headings=document.body.headings,
    )
    body = bodies.body_ref(studio, document.body, document.path, event.address)
    agenda = tuple(_agenda(studio, item) for item in document.agenda)
    return EventPage(frames.frame(facts), card, agenda, body, document.body.headings)


def _agenda(studio: Studio, item: AgendaItem) -> AgendaView:
    speaker = cards.person_view(studio, cards.author_key(studio, item.speaker)) if item.speaker else None
    return AgendaView(item.time, item.title, speaker)


# ---- lists of posts ----------------------------------------------------------------------------------------


def _page_title(studio: Studio, title: str, page: int) -> str:
    return title if page == 1 else studio.word("title_page", "{title}, page {page}", title=title, page=page)


def _pager(studio: Studio, address: str, page: int, total: int) -> PagerView:
    pages = max(1, -(-total // studio.site.config.page_size))
    return PagerView(
        page=page,
        pages=pages,
        newer_url=studio.href(urls.paged(address, page - 1)) if page > 1 else "",
        older_url=studio.href(urls.paged(address, page + 1)) if page < pages else "",
    )


def _cards(studio: Studio, posts: tuple[Post, ...], page: int) -> tuple[Fragment, ...]:
    size = studio.site.config.page_size
    return tuple(cards.card_fragment(studio, post) for post in posts[(page - 1) * size : page * size])


def list_page(
    frames: Frames, address: str, title: str, template: str, posts: tuple[Post, ...], page: int
) -> ListPage:
    """Make the view of one page of the home list, or of a section's."""
    studio = frames.studio
    own_feeds = feed_links(studio, address, feed_title(studio, title)) if template == "section.html" else ()
    has_feed = any(
        section.has_feed for section in studio.site.config.sections if f"/{section.name}/" == address
    )
    facts = PageFacts(
        address=urls.paged(address, page),
        title=_page_title(studio, title, page),
        template=template,
        description=studio.site.config.description if template == "home.html" else title,
        feeds=own_feeds if has_feed else (),
    )
    return ListPage(
        frame=frames.frame(facts),
        title=title,
        cards=_cards(studio, posts, page),
        pager=_pager(studio, address, page, len(posts)),
        total=len(posts),
    )


def tag_page(frames: Frames, tag: Tag, posts: tuple[Post, ...], page: int) -> TagPage:
    """Make the view of one page of a tag's posts."""
    studio = frames.studio
    view = cards.tag_view(studio, tag.key, with_count=True)
    described = plain_text(view.description.text)
    facts = PageFacts(
        address=urls.paged(tag.address, page),
        title=_page_title(studio, studio.word("title_tag", "Posts about {tag}", tag=tag.label), page),
        template="tag.html",
        description=described or studio.word("title_tag", "Posts about {tag}", tag=tag.label),
        feeds=feed_links(studio, tag.address, feed_title(studio, tag.label)),
    )
    pager = _pager(studio, tag.address, page, len(posts))
    return TagPage(frames.frame(facts), view, _cards(studio, posts, page), pager, len(posts))


def tags_page(frames: Frames) -> TagsPage:
    """Make the view of the index of tags."""
    studio = frames.studio
    title = studio.word("title_tags", "Tags")
    views = tuple(cards.tag_view(studio, key, with_count=True) for key in studio.site.tags)
    return TagsPage(frames.frame(PageFacts(urls.tags(), title, "tags.html")), views)


def author_page(frames: Frames, author: Author, posts: tuple[Post, ...], page: int) -> AuthorPage:
    """Make the view of one page of an author's posts."""
    studio = frames.studio
    person = cards.person_view(studio, author.key, is_whole=True)
    facts = PageFacts(
        address=urls.paged(author.address, page),
        title=_page_title(studio, author.name, page),
        template="author.html",
        description=plain_text(person.bio.text)
        or studio.word("title_author", "Posts by {author}", author=author.name),
        feeds=feed_links(studio, author.address, feed_title(studio, author.name)),
        image=person.image,
    )
    pager = _pager(studio, author.address, page, len(posts))
    return AuthorPage(frames.frame(facts), person, _cards(studio, posts, page), pager, len(posts))


def authors_page(frames: Frames) -> AuthorsPage:
    """Make the view of the list of authors."""
    studio = frames.studio
    people: tuple[PersonView, ...] = tuple(
        cards.person_view(studio, key, is_whole=True)
        for key, author in studio.site.authors.items()
        if author.address and key in studio.site.posts_by_author
    )
    title = studio.word("title_authors", "Authors")
    return AuthorsPage(frames.frame(PageFacts(urls.authors(), title, "authors.html")), people)


# ---- archive ---------------------------------------------------------------------------------------------------


def year_view(studio: Studio, year: int, months: dict[int, tuple[Post, ...]]) -> YearView:
    """Show a year of the archive; months have pages where the archive is monthly."""
    is_monthly = studio.site.config.publish.archive == "monthly"
    views = tuple(
        MonthView(month, len(posts), studio.href(urls.month(year, month)) if is_monthly else "")
        for month, posts in sorted(months.items(), reverse=True)
    )
    return YearView(year, sum(view.count for view in views), studio.href(urls.year(year)), views)


def archive_page(frames: Frames, years: dict[int, dict[int, tuple[Post, ...]]]) -> ArchivePage:
    """Make the view of the archive."""
    studio = frames.studio
    views = tuple(year_view(studio, year, months) for year, months in sorted(years.items(), reverse=True))
    title = studio.word("title_archive", "Archive")
    return ArchivePage(frames.frame(PageFacts(urls.archive(), title, "archive.html")), views)


def year_page(
    frames: Frames, year: int, months: dict[int, tuple[Post, ...]], posts: tuple[Post, ...], page: int
) -> YearPage:
    """Make the view of one page of a year's posts."""
    studio, address = frames.studio, urls.year(year)
    title = studio.word("title_year", "Posts of {year}", year=year)
    facts = PageFacts(urls.paged(address, page), _page_title(studio, title, page), "year.html", title)
    return YearPage(
        frame=frames.frame(facts),
        year=year_view(studio, year, months),
        cards=_cards(studio, posts, page),
        pager=_pager(studio, address, page, len(posts)),
    )


def month_page(frames: Frames, year: int, month: int, posts: tuple[Post, ...], page: int) -> MonthPage:
    """Make the view of one page of a month's posts."""
    studio, address = frames.studio, urls.month(year, month)
    title = studio.word("title_month", "Posts of {month} {year}", month=studio.month_name(month), year=year)
    facts = PageFacts(urls.paged(address, page), _page_title(studio, title, page), "month.html", title)
    return MonthPage(
        frame=frames.frame(facts),
        year=YearView(year, 0, studio.href(urls.year(year)), ()),
        month=MonthView(month, len(posts), studio.href(address)),
        cards=_cards(studio, posts, page),
        pager=_pager(studio, address, page, len(posts)),
    )


# ---- projects and events -----------------------------------------------------------------------------------------


def projects_page(frames: Frames) -> ProjectsPage:
    """Make the view of the list of programmes."""
    studio = frames.studio
    views = tuple(cards.programme_card(studio, programme) for programme in studio.site.programmes)
    title = studio.word("title_projects", "Projects")
    return ProjectsPage(frames.frame(PageFacts(urls.projects(), title, "projects.html")), views)


def programme_page(frames: Frames, programme: Programme, posts: tuple[Post, ...], page: int) -> ProgrammePage:
    """Make the view of a programme, with one page of its posts."""
    studio, document = frames.studio, programme.document
    facts = PageFacts(
        address=urls.paged(programme.address, page),
        title=_page_title(studio, document.title, page),
        template="programme.html",
        description=document.description,
        feeds=feed_links(studio, programme.address, feed_title(studio, document.title)),
    )
    return ProgrammePage(
        frame=frames.frame(facts),
        programme=cards.programme_card(studio, programme),
        cards=_cards(studio, posts, page),
        pager=_pager(studio, programme.address, page, len(posts)),
        total=len(posts),
    )


def project_page(
    frames: Frames, programme: Programme, project: Project, posts: tuple[Post, ...]
) -> ProjectPage:
    """Make the view of a project with all its updates."""
    studio = frames.studio
    card = cards.project_card(studio, project, programme)
    facts = PageFacts(
        address=project.address,
        title=studio.word(
            "title_project", "{project}, {programme}", project=card.name, programme=programme.document.title
        ),
        template="project.html",
        description=plain_text(card.description.text),
        feeds=feed_links(studio, project.address, feed_title(studio, card.name)),
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
    return EventsPage(frames.frame(PageFacts(urls.events(), title, "events.html")), upcoming, past)


# ---- the rest -----------------------------------------------------------------------------------------------------


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
    return FollowPage(frames.frame(PageFacts(urls.follow(), title, "follow.html")), views)


def not_found_page(frames: Frames) -> NotFoundPage:
    """Make the view of the page that hosts show for a wrong address."""
    title = frames.studio.word("title_not_found", "Page not found")
    return NotFoundPage(frames.frame(PageFacts("/404.html", title, "404.html", is_indexed=False)))


def redirect_page(frames: Frames, address: str) -> RedirectPage:
    """Make the view of a page that leads from an old address to ``address``."""
    studio = frames.studio
    return RedirectPage(studio.site_view, studio.href(address), studio.absolute(address))
