"""Outputs for lists: home, sections, archive, tags, authors, projects, events. Layer: assemble."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

import msgspec

from cogen.assemble import list_pages, pages
from cogen.assemble.landmarks import landmarks_of
from cogen.assemble.outputs import Output, paged
from cogen.assemble.site import Post, Site
from cogen.model import urls


def home(site: Site) -> Iterator[Output]:
    """Name the pages of the home list, unless the author wrote a home page."""
    if any(page.address == urls.home(site.edition) for page in site.pages):
        return
    posts = site.posts_by_section.get("posts", ())
    view = partial(
        list_pages.list_page, address=urls.home(site.edition), title=site.config.title, posts=posts
    )
    front, *rest = paged(
        site,
        urls.home(site.edition),
        len(posts),
        "templates/home.html",
        partial(view, template="home.html"),
        "the list of posts",
    )
    front_view = partial(view, template="front.html", page=1)
    yield msgspec.structs.replace(front, maker="templates/front.html", view=front_view)
    yield from rest


def sections(site: Site) -> Iterator[Output]:
    """Name the lists of the author's own sections."""
    for section in site.config.sections:
        posts = site.posts_by_section.get(section.name, ())
        address, title = urls.section(section.name, site.edition), section.title or section.name.capitalize()
        view = partial(
            list_pages.list_page,
            address=address,
            title=title,
            template="section.html",
            posts=posts,
            has_feed=section.has_feed,
        )
        yield from paged(
            site, address, len(posts), "templates/section.html", view, f"the section {section.name!r}"
        )


def archive(site: Site) -> Iterator[Output]:
    """Name the archive with its years and months."""
    if site.config.publish.archive == "none":
        return
    years: defaultdict[int, defaultdict[int, list[Post]]] = defaultdict(lambda: defaultdict(list))
    for post in site.posts_by_section.get("posts", ()):
        years[post.document.date.year][post.document.date.month].append(post)
    frozen = {year: {m: tuple(posts) for m, posts in months.items()} for year, months in years.items()}
    view = partial(list_pages.archive_page, years=frozen)
    yield Output(urls.archive(site.edition), "templates/archive.html", view, "the archive", is_indexed=True)
    for year, months in frozen.items():
        posts = tuple(post for month in sorted(months, reverse=True) for post in months[month])
        year_view = partial(list_pages.year_page, year=year, months=months, posts=posts)
        yield from paged(
            site,
            urls.year(year, site.edition),
            len(posts),
            "templates/year.html",
            year_view,
            f"the year {year}",
        )
        if site.config.publish.archive == "monthly":
            yield from _months(site, year, months)


def _months(site: Site, year: int, months: Mapping[int, tuple[Post, ...]]) -> Iterator[Output]:
    for month, posts in months.items():
        view = partial(list_pages.month_page, year=year, month=month, posts=posts)
        origin = f"the month {year:04}-{month:02}"
        yield from paged(
            site, urls.month(year, month, site.edition), len(posts), "templates/month.html", view, origin
        )


def taxonomies(site: Site) -> Iterator[Output]:
    """Name the pages of tags and authors with their indexes."""
    landmarks = landmarks_of(site)
    if "tags" in landmarks:
        yield Output(
            urls.tags(site.edition),
            "templates/tags.html",
            list_pages.tags_page,
            "the index of tags",
            is_indexed=True,
        )
    for tag in site.tags.values():
        posts = site.posts_by_tag.get(tag.key, ())
        view = partial(list_pages.tag_page, tag=tag, posts=posts)
        yield from paged(site, tag.address, len(posts), "templates/tag.html", view, f"the tag {tag.label!r}")
    if "authors" not in landmarks:
        return
    yield Output(
        urls.authors(site.edition),
        "templates/authors.html",
        list_pages.authors_page,
        "the list of authors",
        is_indexed=True,
    )
    for key, posts in site.posts_by_author.items():
        author = site.authors[key]
        author_view = partial(list_pages.author_page, author=author, posts=posts)
        origin = f"the author {author.name!r}"
        yield from paged(site, author.address, len(posts), "templates/author.html", author_view, origin)


def projects_and_events(site: Site) -> Iterator[Output]:
    """Name the pages of programmes and projects, and the list of events."""
    if site.config.publish.projects and site.programmes:
        view = pages.projects_page
        yield Output(
            urls.projects(site.edition),
            "templates/projects.html",
            view,
            "the list of programmes",
            is_indexed=True,
        )
        for programme in site.programmes:
            posts = site.posts_by_programme.get(programme.document.identity, ())
            programme_view = partial(pages.programme_page, programme=programme, posts=posts)
            origin = programme.document.path
            yield from paged(
                site,
                programme.address,
                len(posts),
                "templates/programme.html",
                programme_view,
                origin,
                is_searched=True,
            )
            for project in programme.projects:
                updates = site.posts_by_project.get(project.key, ())
                project_view = partial(
                    pages.project_page, programme=programme, project=project, posts=updates
                )
                yield Output(
                    project.address,
                    "templates/project.html",
                    project_view,
                    origin,
                    is_indexed=True,
                    is_searched=True,
                )
    if site.config.publish.events and site.events:
        yield Output(
            urls.events(site.edition),
            "templates/events.html",
            pages.events_page,
            "the list of events",
            is_indexed=True,
        )
