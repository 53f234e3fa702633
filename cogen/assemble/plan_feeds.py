"""Outputs for feeds, and the page that explains them. Layer: assemble."""

from collections.abc import Iterator
from functools import partial

from cogen.assemble import feeds, pages
from cogen.assemble.feeds import Followed
from cogen.assemble.outputs import Output
from cogen.assemble.site import Site
from cogen.model import urls


def followed_lists(site: Site) -> tuple[Followed, ...]:
    """List everything that has feeds."""
    own = site.posts_by_section.get("posts", ())
    followed = [Followed("site", "site", "", urls.home(site.edition), own, site.config.description)]
    for section in site.config.sections:
        if section.has_feed:
            title = section.title or section.name.capitalize()
            posts = site.posts_by_section.get(section.name, ())
            identity = f"sections/{section.name}"
            followed.append(
                Followed("sections", identity, title, urls.section(section.name, site.edition), posts)
            )
    for tag in site.tags.values():
        posts = site.posts_by_tag.get(tag.key, ())
        followed.append(Followed("tags", f"tags/{tag.key}", tag.label, tag.address, posts))
    for key, author in site.authors.items():
        posts = site.posts_by_author.get(key, ())
        if author.address:
            followed.append(Followed("authors", f"authors/{key}", author.name, author.address, posts))
    if site.config.publish.projects:
        followed += _followed_projects(site)
    return tuple(followed)


def _followed_projects(site: Site) -> Iterator[Followed]:
    for programme in site.programmes:
        document = programme.document
        posts = site.posts_by_programme.get(document.identity, ())
        yield Followed("programmes", document.identity, document.title, programme.address, posts)
        for project in programme.projects:
            updates = site.posts_by_project.get(project.key, ())
            identity = f"{document.identity}/{project.entry.id}"
            yield Followed("projects", identity, project.entry.name, project.address, updates)


def feed_outputs(site: Site, followed: tuple[Followed, ...]) -> Iterator[Output]:
    """Name the feeds of each list in each format, under the old names of tags too where no rule leads on."""
    for each in followed:
        yield from _feeds_at(site, each, each.address, is_alias=False)
    if site.config.redirects == "rules":
        return
    by_address = {each.address: each for each in followed}
    for tag in site.tags.values():
        for slug in tag.alias_slugs:
            yield from _feeds_at(site, by_address[tag.address], urls.tag(slug, site.edition), is_alias=True)


def _feeds_at(site: Site, followed: Followed, address: str, *, is_alias: bool) -> Iterator[Output]:
    for kind in site.config.feeds.formats:
        view = partial(feeds.feed_page, followed=followed, kind=kind)
        origin = f"the feed of {followed.title or site.config.title!r}"
        yield Output(urls.feed(address, kind), "feed", view, origin, is_alias=is_alias)


def follow_page(site: Site, followed: tuple[Followed, ...]) -> Iterator[Output]:
    """Name the page about feeds, where there are feeds."""
    if site.config.feeds.formats:
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in followed:
            groups.setdefault(each.kind, []).append((each.title or site.config.title, each.address))
        view = partial(
            pages.follow_page, groups=tuple((kind, tuple(found)) for kind, found in groups.items())
        )
        yield Output(
            urls.follow(site.edition), "templates/follow.html", view, "the page about feeds", is_indexed=True
        )
