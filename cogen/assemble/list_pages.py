"""The view of each kind of list of posts: one function for each template. Layer: assemble.

Each takes the build's ``Frames`` and what the list holds; the plan binds the second.
"""

from cogen.assemble import cards
from cogen.assemble.feeds import feed_title
from cogen.assemble.frames import Frames, PageFacts, feed_links
from cogen.assemble.site import Author, Post, Tag
from cogen.assemble.studio import Studio
from cogen.assemble.views import (
    ArchivePage,
    AuthorPage,
    AuthorsPage,
    Fragment,
    ListPage,
    MonthPage,
    MonthView,
    PagerView,
    PersonView,
    TagPage,
    TagsPage,
    YearPage,
    YearView,
)
from cogen.model import urls
from cogen.model.html import plain_text


def page_title(studio: Studio, title: str, page: int) -> str:
    """Tell the pages of a list apart in their titles."""
    return title if page == 1 else studio.word("title_page", "{title}, page {page}", title=title, page=page)


def pager_of(studio: Studio, address: str, page: int, total: int) -> PagerView:
    """Show where a page stands in its list."""
    pages = max(1, -(-total // studio.site.config.page_size))
    return PagerView(
        page=page,
        pages=pages,
        newer_url=studio.href(urls.paged(address, page - 1)) if page > 1 else "",
        older_url=studio.href(urls.paged(address, page + 1)) if page < pages else "",
    )


def cards_of(studio: Studio, posts: tuple[Post, ...], page: int) -> tuple[Fragment, ...]:
    """Promise the cards of one page of a list."""
    size = studio.site.config.page_size
    return tuple(cards.card_fragment(studio, post) for post in posts[(page - 1) * size : page * size])


def list_page(
    frames: Frames,
    address: str,
    title: str,
    template: str,
    posts: tuple[Post, ...],
    page: int,
    *,
    has_feed: bool = False,
) -> ListPage:
    """Make the view of one page of the home list, or of a section's, which may have feeds of its own."""
    studio = frames.studio
    facts = PageFacts(
        address=urls.paged(address, page),
        title=page_title(studio, title, page),
        template=template,
        description=title if template == "section.html" else studio.site.config.description,
        feeds=feed_links(studio, address, feed_title(studio, title)) if has_feed else (),
    )
    return ListPage(
        frame=frames.frame(facts),
        title=title,
        cards=cards_of(studio, posts, page),
        pager=pager_of(studio, address, page, len(posts)),
        total=len(posts),
    )


def tag_page(frames: Frames, tag: Tag, posts: tuple[Post, ...], page: int) -> TagPage:
    """Make the view of one page of a tag's posts."""
    studio = frames.studio
    view = cards.tag_view(studio, tag.key, with_count=True)
    described = plain_text(view.description.text)
    facts = PageFacts(
        address=urls.paged(tag.address, page),
        title=page_title(studio, studio.word("title_tag", "Posts about {tag}", tag=tag.label), page),
        template="tag.html",
        description=described or studio.word("title_tag", "Posts about {tag}", tag=tag.label),
        feeds=feed_links(studio, tag.address, feed_title(studio, tag.label)),
    )
    pager = pager_of(studio, tag.address, page, len(posts))
    return TagPage(frames.frame(facts), view, cards_of(studio, posts, page), pager, len(posts))


def tags_page(frames: Frames) -> TagsPage:
    """Make the view of the index of tags."""
    studio = frames.studio
    title = studio.word("title_tags", "Tags")
    views = tuple(cards.tag_view(studio, key, with_count=True) for key in studio.site.tags)
    return TagsPage(frames.frame(PageFacts(urls.tags(studio.site.edition), title, "tags.html")), views)


def author_page(frames: Frames, author: Author, posts: tuple[Post, ...], page: int) -> AuthorPage:
    """Make the view of one page of an author's posts."""
    studio = frames.studio
    person = cards.person_view(studio, author.key, is_whole=True)
    facts = PageFacts(
        address=urls.paged(author.address, page),
        title=page_title(studio, author.name, page),
        template="author.html",
        description=plain_text(person.bio.text)
        or studio.word("title_author", "Posts by {author}", author=author.name),
        feeds=feed_links(studio, author.address, feed_title(studio, author.name)),
        image=person.image,
    )
    pager = pager_of(studio, author.address, page, len(posts))
    return AuthorPage(frames.frame(facts), person, cards_of(studio, posts, page), pager, len(posts))


def authors_page(frames: Frames) -> AuthorsPage:
    """Make the view of the list of authors."""
    studio = frames.studio
    people: tuple[PersonView, ...] = tuple(
        cards.person_view(studio, key, is_whole=True)
        for key, author in studio.site.authors.items()
        if author.address and key in studio.site.posts_by_author
    )
    title = studio.word("title_authors", "Authors")
    return AuthorsPage(
        frames.frame(PageFacts(urls.authors(studio.site.edition), title, "authors.html")), people
    )


# ---- archive ----


def year_view(studio: Studio, year: int, months: dict[int, tuple[Post, ...]]) -> YearView:
    """Show a year of the archive; months have pages where the archive is monthly."""
    is_monthly = studio.site.config.publish.archive == "monthly"
    views = tuple(
        MonthView(
            month, len(posts), studio.href(urls.month(year, month, studio.site.edition)) if is_monthly else ""
        )
        for month, posts in sorted(months.items(), reverse=True)
    )
    return YearView(
        year, sum(view.count for view in views), studio.href(urls.year(year, studio.site.edition)), views
    )


def archive_page(frames: Frames, years: dict[int, dict[int, tuple[Post, ...]]]) -> ArchivePage:
    """Make the view of the archive."""
    studio = frames.studio
    views = tuple(year_view(studio, year, months) for year, months in sorted(years.items(), reverse=True))
    title = studio.word("title_archive", "Archive")
    return ArchivePage(
        frames.frame(PageFacts(urls.archive(studio.site.edition), title, "archive.html")), views
    )


def year_page(
    frames: Frames, year: int, months: dict[int, tuple[Post, ...]], posts: tuple[Post, ...], page: int
) -> YearPage:
    """Make the view of one page of a year's posts."""
    studio = frames.studio
    address = urls.year(year, studio.site.edition)
    title = studio.word("title_year", "Posts of {year}", year=year)
    facts = PageFacts(urls.paged(address, page), page_title(studio, title, page), "year.html", title)
    return YearPage(
        frame=frames.frame(facts),
        year=year_view(studio, year, months),
        cards=cards_of(studio, posts, page),
        pager=pager_of(studio, address, page, len(posts)),
    )


def month_page(frames: Frames, year: int, month: int, posts: tuple[Post, ...], page: int) -> MonthPage:
    """Make the view of one page of a month's posts."""
    studio = frames.studio
    address = urls.month(year, month, studio.site.edition)
    title = studio.word("title_month", "Posts of {month} {year}", month=studio.month_name(month), year=year)
    facts = PageFacts(urls.paged(address, page), page_title(studio, title, page), "month.html", title)
    return MonthPage(
        frame=frames.frame(facts),
        year=YearView(year, 0, studio.href(urls.year(year, studio.site.edition)), ()),
        month=MonthView(month, len(posts), studio.href(address)),
        cards=cards_of(studio, posts, page),
        pager=pager_of(studio, address, page, len(posts)),
    )
