"""The plan: every file of the site, by whom it is made and from which view. Layer: assemble.

Two steps.  ``plan_site`` names the outputs: paths and addresses alone, because links can be judged only
when all addresses are known.  Each output then makes its view on demand.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import msgspec

from cogen.assemble import feeds, pages
from cogen.assemble.feeds import Followed
from cogen.assemble.frames import Frames
from cogen.assemble.site import Post, Site, Tag
from cogen.assemble.views import (
    CopyView,
    RedirectRulesView,
    RobotsView,
    SitemapEntry,
    SitemapView,
    StylesheetView,
    View,
)
from cogen.model import urls
from cogen.model.diagnostics import Clue, Diagnostic, Location, finding

MAX_SITEMAP_ENTRIES = 45_000

MakeView = Callable[[Frames], View]


class Output(msgspec.Struct, frozen=True):
    """One file to be published."""

    address: str
    """Its site address."""
    maker: str
    """A template's file (``templates/post.html``), or ``feed``, ``copy``, ``stylesheet``, ``sitemap``, ``robots``, ``rules``."""
    view: MakeView
    """Makes the view the maker is given."""
    origin: str
    """What it comes from: a source path, or words (``the tag “News”``)."""
    modified: str = ""
    """For the sitemap: RFC 3339 or a bare day."""
    is_indexed: bool = False
    """True for a page that search engines may list."""
    is_alias: bool = False
    """True for what stands at an old address, which gives way to anything else."""

    @property
    def path(self) -> str:
        """The file, relative to the output folder."""
        return urls.output_path(self.address)


class Plan(msgspec.Struct, frozen=True):
    """Every file of the site."""

    outputs: tuple[Output, ...]
    landmarks: Mapping[str, str]
    """Name → address of the site's own lists that are published."""
    findings: tuple[Diagnostic, ...]


class ThemeAsset(msgspec.Struct, frozen=True):
    """A file of the theme, with its fingerprinted address."""

    name: str
    address: str
    view: StylesheetView | CopyView


def plan_site(site: Site, theme_assets: Iterable[ThemeAsset], templates: frozenset[str]) -> Plan:
    """Name every output of a site; ``templates`` are the theme's, for documents that ask for one."""
    landmarks = _landmarks(site)
    findings: list[Diagnostic] = []
    outputs = [
        *_posts(site),
        *_pages_and_events(site),
        *_home(site),
        *_sections(site),
        *_archive(site),
        *_taxonomies(site, landmarks),
        *_projects(site),
        *_files(site, theme_assets),
    ]
    outputs = [_checked_template(output, templates, findings) for output in outputs]
    followed = _followed(site)
    outputs += _feeds(site, followed)
    outputs += _services(site, followed)
    redirects = _redirects(site)
    kept, collisions = _without_collisions([*outputs, *(_redirect_pages(site, redirects))])
    kept += _redirect_rules(site, redirects, kept)
    kept += _sitemaps(site, kept)
    unique, more = _without_collisions(kept)
    return Plan(tuple(unique), landmarks, (*findings, *collisions, *more))


# ---- what the author wrote ----------------------------------------------------------------------------------


def _posts(site: Site) -> Iterator[Output]:
    for posts in site.posts_by_section.values():
        for index, post in enumerate(posts):
            newer = posts[index - 1] if index else None
            older = posts[index + 1] if index + 1 < len(posts) else None
            yield _post(post, older, newer)
    yield from (_post(post, None, None) for post in site.hidden_posts)


def _post(post: Post, older: Post | None, newer: Post | None) -> Output:
    document = post.document
    return Output(
        address=post.address,
        maker=f"templates/{document.template or 'post.html'}",
        view=partial(pages.post_page, post=post, older=older, newer=newer),
        origin=document.path,
        modified=(document.updated or document.date).machine,
        is_indexed=not document.is_hidden,
    )


def _pages_and_events(site: Site) -> Iterator[Output]:
    for page in site.pages:
        changed = page.document.updated or page.document.date
        yield Output(
            address=page.address,
            maker=f"templates/{page.document.template or 'page.html'}",
            view=partial(pages.page_page, page=page),
            origin=page.document.path,
            modified=changed.machine if changed else "",
            is_indexed=not page.document.is_hidden,
        )
    for event in site.events:
        yield Output(
            address=event.address,
            maker=f"templates/{event.document.template or 'event.html'}",
            view=partial(pages.event_page, event=event),
            origin=event.document.path,
            is_indexed=not event.document.is_hidden,
        )


def _files(site: Site, theme_assets: Iterable[ThemeAsset]) -> Iterator[Output]:
    by_source = {asset.path: asset for asset in site.assets.values()}
    for source, address in site.asset_addresses.items():
        asset = by_source.get(source)
        if asset is not None:
            view = CopyView(source, asset.digest)
            yield Output(address, "copy", partial(_given, view=view), source)
    for theme_asset in theme_assets:
        maker = "stylesheet" if isinstance(theme_asset.view, StylesheetView) else "copy"
        view_of_it = theme_asset.view
        yield Output(
            theme_asset.address, maker, partial(_given, view=view_of_it), f"theme {theme_asset.name}"
        )


def _given(frames: Frames, view: View) -> View:
    return view


# ---- lists ------------------------------------------------------------------------------------------------------


def _paged(
    site: Site, address: str, count: int, maker: str, view: Callable[..., View], origin: str
) -> Iterator[Output]:
    for page in range(1, max(1, -(-count // site.config.page_size)) + 1):
        yield Output(
            address=urls.paged(address, page),
            maker=maker,
            view=partial(view, page=page),
            origin=origin,
            is_indexed=True,
        )


def _home(site: Site) -> Iterator[Output]:
    if any(page.address == urls.home() for page in site.pages):
        return
    posts = site.posts_by_section.get("posts", ())
    view = partial(
        pages.list_page, address=urls.home(), title=site.config.title, template="home.html", posts=posts
    )
    yield from _paged(site, urls.home(), len(posts), "templates/home.html", view, "the list of posts")


def _sections(site: Site) -> Iterator[Output]:
    for section in site.config.sections:
        posts = site.posts_by_section.get(section.name, ())
        address, title = urls.section(section.name), section.title or section.name.capitalize()
        view = partial(pages.list_page, address=address, title=title, template="section.html", posts=posts)
        yield from _paged(
            site, address, len(posts), "templates/section.html", view, f"the section {section.name!r}"
        )


def _archive(site: Site) -> Iterator[Output]:
    if site.config.publish.archive == "none":
        return
    years: defaultdict[int, defaultdict[int, list[Post]]] = defaultdict(lambda: defaultdict(list))
    for post in site.posts_by_section.get("posts", ()):
        years[post.document.date.year][post.document.date.month].append(post)
    frozen = {year: {m: tuple(posts) for m, posts in months.items()} for year, months in years.items()}
    view = partial(pages.archive_page, years=frozen)
    yield Output(urls.archive(), "templates/archive.html", view, "the archive", is_indexed=True)
    for year, months in frozen.items():
        posts = tuple(post for month in sorted(months, reverse=True) for post in months[month])
        year_view = partial(pages.year_page, year=year, months=months, posts=posts)
        yield from _paged(
            site, urls.year(year), len(posts), "templates/year.html", year_view, f"the year {year}"
        )
        if site.config.publish.archive == "monthly":
            yield from _months(site, year, months)


def _months(site: Site, year: int, months: Mapping[int, tuple[Post, ...]]) -> Iterator[Output]:
    for month, posts in months.items():
        view = partial(pages.month_page, year=year, month=month, posts=posts)
        origin = f"the month {year:04}-{month:02}"
        yield from _paged(site, urls.month(year, month), len(posts), "templates/month.html", view, origin)


def _taxonomies(site: Site, landmarks: Mapping[str, str]) -> Iterator[Output]:
    if "tags" in landmarks:
        yield Output(
            urls.tags(), "templates/tags.html", pages.tags_page, "the index of tags", is_indexed=True
        )
    for tag in site.tags.values():
        posts = site.posts_by_tag.get(tag.key, ())
        view = partial(pages.tag_page, tag=tag, posts=posts)
        yield from _paged(site, tag.address, len(posts), "templates/tag.html", view, f"the tag {tag.label!r}")
    if "authors" not in landmarks:
        return
    yield Output(
        urls.authors(), "templates/authors.html", pages.authors_page, "the list of authors", is_indexed=True
    )
    for key, posts in site.posts_by_author.items():
        author = site.authors[key]
        author_view = partial(pages.author_page, author=author, posts=posts)
        origin = f"the author {author.name!r}"
        yield from _paged(site, author.address, len(posts), "templates/author.html", author_view, origin)


def _projects(site: Site) -> Iterator[Output]:
    if site.config.publish.projects and site.programmes:
        view = pages.projects_page
        yield Output(
            urls.projects(), "templates/projects.html", view, "the list of programmes", is_indexed=True
        )
        for programme in site.programmes:
            posts = site.posts_by_programme.get(programme.document.identity, ())
            programme_view = partial(pages.programme_page, programme=programme, posts=posts)
            origin = programme.document.path
            yield from _paged(
                site, programme.address, len(posts), "templates/programme.html", programme_view, origin
            )
            for project in programme.projects:
                updates = site.posts_by_project.get(project.key, ())
                project_view = partial(
                    pages.project_page, programme=programme, project=project, posts=updates
                )
                yield Output(project.address, "templates/project.html", project_view, origin, is_indexed=True)
    if site.config.publish.events and site.events:
        yield Output(
            urls.events(), "templates/events.html", pages.events_page, "the list of events", is_indexed=True
        )


def _landmarks(site: Site) -> dict[str, str]:
    publish = site.config.publish
    there = {
        "tags": (bool(site.tags), urls.tags()),
        "archive": (publish.archive != "none", urls.archive()),
        "authors": (publish.authors and bool(site.posts_by_author), urls.authors()),
        "projects": (publish.projects and bool(site.programmes), urls.projects()),
        "events": (publish.events and bool(site.events), urls.events()),
        "follow": (bool(site.config.feeds.formats), urls.follow()),
    }
    return {name: address for name, (is_there, address) in there.items() if is_there}


# ---- feeds ------------------------------------------------------------------------------------------------------


def _followed(site: Site) -> tuple[Followed, ...]:
    """List everything that has feeds."""
    own = site.posts_by_section.get("posts", ())
    followed = [Followed("site", "site", "", urls.home(), own, site.config.description)]
    for section in site.config.sections:
        if section.has_feed:
            title = section.title or section.name.capitalize()
            posts = site.posts_by_section.get(section.name, ())
            identity = f"sections/{section.name}"
            followed.append(Followed("sections", identity, title, urls.section(section.name), posts))
    for tag in site.tags.values():
        posts = site.posts_by_tag.get(tag.key, ())
        followed.append(Followed("tags", f"tags/{tag.key}", tag.label, tag.address, posts))
    for key, posts in site.posts_by_author.items():
        author = site.authors[key]
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


def _feeds(site: Site, followed: tuple[Followed, ...]) -> Iterator[Output]:
    for each in followed:
        yield from _feeds_at(site, each, each.address, is_alias=False)
    by_address = {each.address: each for each in followed}
    for tag in site.tags.values():
        for slug in tag.alias_slugs:
            yield from _feeds_at(site, by_address[tag.address], urls.tag(slug), is_alias=True)


def _feeds_at(site: Site, followed: Followed, address: str, *, is_alias: bool) -> Iterator[Output]:
    for kind in site.config.feeds.formats:
        view = partial(feeds.feed_page, followed=followed, kind=kind)
        origin = f"the feed of {followed.title or site.config.title!r}"
        yield Output(urls.feed(address, kind), "feed", view, origin, is_alias=is_alias)


# ---- services ----------------------------------------------------------------------------------------------------


def _services(site: Site, followed: tuple[Followed, ...]) -> Iterator[Output]:
    yield Output("/404.html", "templates/404.html", pages.not_found_page, "the page for wrong addresses")
    sitemap = RobotsView(urls.absolute("/sitemap.xml", site.config.url))
    yield Output("/robots.txt", "robots", partial(_given, view=sitemap), "robots.txt")
    if site.config.feeds.formats:
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in followed:
            groups.setdefault(each.kind, []).append((each.title or site.config.title, each.address))
        view = partial(
            pages.follow_page, groups=tuple((kind, tuple(found)) for kind, found in groups.items())
        )
        yield Output(urls.follow(), "templates/follow.html", view, "the page about feeds", is_indexed=True)


def _sitemaps(site: Site, outputs: Iterable[Output]) -> list[Output]:
    entries = tuple(
        SitemapEntry(urls.absolute(output.address, site.config.url), output.modified)
        for output in sorted(outputs, key=lambda output: output.address)
        if output.is_indexed
    )
    chunks = [entries[i : i + MAX_SITEMAP_ENTRIES] for i in range(0, len(entries), MAX_SITEMAP_ENTRIES)]
    if len(chunks) <= 1:
        return [_sitemap("/sitemap.xml", SitemapView(entries))]
    addresses = [f"/sitemap-{number}.xml" for number in range(1, len(chunks) + 1)]
    index = tuple(SitemapEntry(urls.absolute(address, site.config.url)) for address in addresses)
    return [
        _sitemap("/sitemap.xml", SitemapView(index, is_index=True)),
        *(_sitemap(address, SitemapView(chunk)) for address, chunk in zip(addresses, chunks, strict=True)),
    ]


def _sitemap(address: str, view: SitemapView) -> Output:
    return Output(address, "sitemap", partial(_given, view=view), "the sitemap")


# ---- old addresses -------------------------------------------------------------------------------------------------


def _redirects(site: Site) -> list[tuple[str, str, str]]:
    """List (old address, new address, source)."""
    found = [
        (alias, item.address, item.document.path)
        for item in (*site.posts, *site.hidden_posts, *site.pages, *site.events)
        for alias in item.document.aliases
        if alias != item.address
    ]
    return found + [redirect for tag in site.tags.values() for redirect in _tag_redirects(tag)]


def _tag_redirects(tag: Tag) -> list[tuple[str, str, str]]:
    return [(urls.tag(slug), tag.address, "content/tags.yaml") for slug in tag.alias_slugs]


def _redirect_pages(site: Site, redirects: Iterable[tuple[str, str, str]]) -> Iterator[Output]:
    if site.config.redirects in {"pages", "both"}:
        for old, new, source in redirects:
            view = partial(pages.redirect_page, address=new)
            yield Output(old, "templates/redirect.html", view, source, is_alias=True)


def _redirect_rules(
    site: Site, redirects: Iterable[tuple[str, str, str]], outputs: Iterable[Output]
) -> list[Output]:
    if site.config.redirects not in {"rules", "both"}:
        return []
    taken = {output.address for output in outputs if not output.is_alias}
    base = site.config.base
    rules = {old: new for old, new, _ in reversed(list(redirects)) if old not in taken}
    view = RedirectRulesView(
        tuple((urls.href(old, base), urls.href(new, base)) for old, new in sorted(rules.items()))
    )
    return [Output("/_redirects", "rules", partial(_given, view=view), "the redirect rules")]


# ---- checks -------------------------------------------------------------------------------------------------------


def _checked_template(output: Output, templates: frozenset[str], findings: list[Diagnostic]) -> Output:
    """Replace a template that a document asks for and the theme does not have."""
    if not output.maker.startswith("templates/") or output.maker in templates:
        return output
    name = output.maker.removeprefix("templates/")
    message = f"the theme has no template {name!r}"
    findings.append(finding("unknown-template", message, Clue(output.origin, "template"), "take the key out"))
    kind = "event.html" if output.origin.startswith("content/events/") else "post.html"
    kind = "page.html" if output.origin.startswith("content/pages/") else kind
    return msgspec.structs.replace(output, maker=f"templates/{kind}")


def _without_collisions(outputs: Iterable[Output]) -> tuple[list[Output], list[Diagnostic]]:
    """Keep one output for each path; the rest are findings that name both sources.

    What stands at an old address gives way to what is really there.
    """
    owners: dict[str, Output] = {}
    findings: list[Diagnostic] = []
    for output in sorted(outputs, key=lambda output: output.is_alias):
        key = _collision_key(output.path)
        owner = owners.setdefault(key, output)
        if owner is not output:
            findings.append(_collision(output, owner))
    for key, output in list(owners.items()):
        parts = key.split("/")
        for depth in range(1, len(parts)):
            folder = owners.get("/".join(parts[:depth]))
            if folder is not None:
                findings.append(_collision(output, folder))
                owners.pop(key, None)
    return list(owners.values()), findings


def _collision_key(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _collision(output: Output, owner: Output) -> Diagnostic:
    place = _place(output)
    if output.is_alias:
        message = f"the old address {output.address} is also that of {owner.origin}"
        return finding("alias-collision", message, place, "take it out of aliases:")
    message = f"{output.origin} and {owner.origin} would both be published at {owner.address}"
    return finding("address-collision", message, place, "give one of them another slug: or permalink:")


def _place(output: Output) -> Clue | Location | None:
    if output.origin.startswith("content/"):
        is_text = output.maker.startswith("templates/")
        return (
            Clue(output.origin, "aliases" if output.is_alias else "") if is_text else Location(output.origin)
        )
    return None
