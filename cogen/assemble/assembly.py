"""``assemble``: documents, assets, settings and the clock become a ``Site``. Layer: assemble.

Pure, and run on every build.  Everything that ties one file to another happens here or in ``links``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from cogen.assemble import visibility
from cogen.assemble.bundles import place_assets
from cogen.assemble.identity import entry_ids
from cogen.assemble.projects import Projects, find_project, projects_of, same_projects, tie_programme
from cogen.assemble.site import (
    Authors,
    Clock,
    Directory,
    Documents,
    Event,
    Page,
    Post,
    Programme,
    Site,
    Tag,
    Tags,
    documents_in,
    one_of_each_table,
    sort_documents,
)
from cogen.assemble.taxonomy import Written, assemble_authors, assemble_tags
from cogen.model import urls
from cogen.model.config import SiteConfig
from cogen.model.diagnostics import MOST_OF_A_KIND, Clue, Diagnostic, Location, finding
from cogen.model.documents import (
    Asset,
    Document,
    EventDocument,
    PageDocument,
    PostDocument,
    TagsDocument,
)
from cogen.model.moments import Moment, from_timestamp
from cogen.model.suggest import did_you_mean
from cogen.read.places import named_language, split_language

_T = TypeVar("_T")

_HOW_TO_ADD = "write languages: [{tag}] into site.yaml, or rename the file"


class Ties(msgspec.Struct, frozen=True):
    """What documents are tied to, while the site is put together."""

    config: SiteConfig
    tags: Tags
    authors: Authors
    projects: Projects


class Mentioned(msgspec.Struct, frozen=True):
    """What texts name, of all languages, published or not."""

    tags: frozenset[str]
    """Labels as they are written."""
    authors: frozenset[str]
    """Names likewise."""


class Groups(msgspec.Struct, frozen=True):
    """Listed posts by what they are tied to, each group in the order of the site."""

    by_tag: Mapping[str, tuple[Post, ...]]
    by_author: Mapping[str, tuple[Post, ...]]
    by_project: Mapping[str, tuple[Post, ...]]
    by_programme: Mapping[str, tuple[Post, ...]]
    by_section: Mapping[str, tuple[Post, ...]]


def assemble(
    documents: Iterable[Document], assets: Iterable[Asset], config: SiteConfig, clock: Clock
) -> tuple[Site, ...]:
    """Put the site together in each of its languages, the main one first; what was found and left out is part of it."""
    # 1. The texts, each in its language
    given, doubled = one_of_each_table(documents)
    parts = sort_documents(given)
    guids: dict[str, str] = {}
    mentioned = _mentioned(given)
    sites = tuple(
        _in_language(
            sort_documents(documents_in(given, each.edition)) if config.languages else parts,
            each,
            clock,
            mentioned,
            guids,
        )
        for each in config.editions
    )
    # 2. Files, beside their bundles or under their own path: there is one of each for all languages
    addresses = {item.document.path: item.address for site in sites for item in site.items}
    placed = place_assets(assets, parts, addresses, config.reading.languages)
    findings = (
        *doubled,
        *_idle_defaults(config, parts),
        *_unknown_languages(config, given),
        *placed.findings,
    )
    return tuple(
        msgspec.structs.replace(
            site,
            assets=placed.published,
            asset_addresses=placed.addresses,
            findings=(*site.findings, *findings) if site is sites[0] else site.findings,
        )
        for site in sites
    )


def _mentioned(documents: Iterable[Document]) -> Mentioned:
    texts = [each for each in documents if isinstance(each, Written)]
    return Mentioned(
        tags=frozenset(label for text in texts for label in text.tags),
        authors=frozenset(name for text in texts for name in text.authors),
    )


def _in_language(
    parts: Documents, config: SiteConfig, clock: Clock, mentioned: Mentioned, guids: dict[str, str]
) -> Site:
    """Put the site together in one language, without its files; ``guids`` (→ source) gets those of its entries."""
    # 1. What is published at this moment
    posts, posts_seen = visibility.part_visible(parts.posts, clock)
    pages, pages_seen = visibility.part_visible(parts.pages, clock)
    events, events_seen = visibility.part_visible(parts.events if config.publish.events else (), clock)
    seen = (posts_seen, pages_seen, events_seen)
    # 2. Tags and people
    written: list[Written] = [*(post for post in posts if not post.is_hidden), *events]
    findings = list(same_projects(parts.programmes, config))
    tags, found = assemble_tags(written, parts.programmes, parts.tags, config.edition)
    findings += found
    authors, found = assemble_authors(
        (*posts, *events),
        parts.programmes,
        parts.people,
        are_published=config.publish.authors,
        edition=config.edition,
    )
    findings += found
    # 3. Projects, then posts and events tied to all of these
    programmes = tuple(tie_programme(document, config, tags, authors) for document in parts.programmes)
    ties = Ties(config, tags, authors, projects_of(programmes))
    tied, found = _tie_posts(posts, ties, guids)
    findings += found
    tied_events, found = _tie_events(events, ties)
    findings += found
    listed = tuple(post for post in tied if not post.document.is_hidden)
    groups = _group_posts(listed, programmes)
    return Site(
        config=config,
        clock=clock,
        posts=listed,
        hidden_posts=tuple(post for post in tied if post.document.is_hidden),
        pages=tuple(Page(document, document.address) for document in pages),
        events=tied_events,
        programmes=programmes,
        tags=_used_tags(tags, tied, tied_events, programmes),
        authors=authors.by_key,
        projects=ties.projects.by_key,
        posts_by_tag=groups.by_tag,
        posts_by_author=groups.by_author,
        posts_by_project=groups.by_project,
        posts_by_programme=groups.by_programme,
        posts_by_section=groups.by_section,
        directory=_directory(ties, programmes, tied_events, mentioned, parts.tags),
        assets={},
        asset_addresses={},
        unpublished={left.path: left.reason for verdict in seen for left in verdict.left_out},
        files={document.identity: document for document in parts.files},
        people=parts.people,
        known_tags=parts.tags,
        findings=tuple(findings),
        left_out=tuple(left for verdict in seen for left in verdict.left_out),
        next_change=_next_change(seen, tied_events, clock),
    )


def _idle_defaults(config: SiteConfig, parts: Documents) -> Iterator[Diagnostic]:
    """Say which folders of ``defaults:`` hold no text: most likely they are mistyped."""
    texts: list[Written | PageDocument] = [*parts.posts, *parts.pages, *parts.events]
    folders = {folder for text in texts for folder in _folders(text.path.removeprefix("content/"))}
    known = sorted(folders)
    named = [folder for folder, _ in config.reading.defaults if folder.strip("/")]
    idle = [folder for folder in named if folder.strip("/") not in folders]
    for number, folder in enumerate(idle):
        message = f"defaults names the folder content/{folder.strip('/')}/, which holds no text"
        near = did_you_mean(folder, known) if number < MOST_OF_A_KIND else ""
        hint = near or "name it as it lies under content/"
        yield finding("unknown-key", message, Clue("site.yaml", "defaults", folder), hint)


def _unknown_languages(config: SiteConfig, documents: Iterable[Document]) -> Iterator[Diagnostic]:
    """Say of which files the name ends with a language that the site does not have."""
    named = (
        (document.path, named_language(document.path)) for document in documents if "." in document.path[:-5]
    )
    for path, tag in named:
        if not tag or split_language(path, config.reading.languages)[1]:
            continue
        from cogen.read.languages import is_known_language  # noqa: PLC0415 imports Babel, for such names only

        if is_known_language(tag):
            known = ", ".join(config.reading.languages)
            has = f"the site has {known}" if known else "the site has one language"
            message = f"the name ends with the language {tag}, and {has}: it is part of the main one"
            hint = "rename the file" if tag == config.language else _HOW_TO_ADD.format(tag=tag)
            yield finding("unknown-language", message, Location(path), hint)


def _folders(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _same_guid(document: PostDocument, guid: str, owner: str) -> Diagnostic:
    if document.guid:
        message, hint = f"the guid {guid!r} is also that of {owner}", "give each entry its own"
        return finding("duplicate-guid", message, Clue(document.path, "guid"), hint)
    message = f"feed readers would take this for {owner}, because the two have one name"
    return finding("duplicate-guid", message, Clue(document.path), "rename one of the two, or remove it")


def _tie_posts(
    documents: Sequence[PostDocument], ties: Ties, owners: dict[str, str]
) -> tuple[tuple[Post, ...], list[Diagnostic]]:
    findings: list[Diagnostic] = []
    patterns = _patterns(ties.config)
    edition = ties.config.edition
    posts: list[Post] = []
    for document in sorted(documents, key=lambda d: (-d.date.timestamp, d.identity)):
        guid, atom_id = entry_ids(ties.config.id, document.guid, document.identity)
        if guid in owners:
            findings.append(_same_guid(document, guid, owners[guid]))
            guid, atom_id = entry_ids(ties.config.id, "", document.identity)
        owners[guid] = document.path
        project, problem = find_project(document.project, document.path, ties.projects)
        findings += problem
        posts.append(
            Post(
                document=document,
                address=_post_address(
                    document, patterns.get(document.section, ties.config.permalink), edition
                ),
                tags=_distinct(ties.tags.key(label) for label in document.tags),
                authors=_distinct(ties.authors.key(name) for name in document.authors),
                project=project,
                guid=guid,
                atom_id=atom_id,
            )
        )
    return tuple(posts), findings


def _tie_events(documents: Sequence[EventDocument], ties: Ties) -> tuple[tuple[Event, ...], list[Diagnostic]]:
    findings: list[Diagnostic] = []
    events: list[Event] = []
    for document in sorted(documents, key=lambda d: (d.start.timestamp, d.identity)):
        project, problem = find_project(document.project, document.path, ties.projects)
        findings += problem
        tags = _distinct(ties.tags.key(label) for label in document.tags)
        authors = _distinct(ties.authors.key(name) for name in document.authors)
        address = document.permalink or urls.event(document.slug, ties.config.edition)
        events.append(Event(document, address, tags, authors, project))
    return tuple(events), findings


def _patterns(config: SiteConfig) -> dict[str, str]:
    """Give the permalink of each section that has one of its own."""
    return {section.name: section.permalink or f"/{section.name}/{{slug}}/" for section in config.sections}


def _post_address(document: PostDocument, pattern: str, edition: str) -> str:
    if document.permalink:
        return document.permalink
    date = document.date
    filled = urls.fill_permalink(pattern, date.year, date.month, date.day, document.slug, document.section)
    address = urls.home(edition) + filled[1:]
    return urls.clean_address(address) or address


def _used_tags(
    tags: Tags, posts: Sequence[Post], events: Sequence[Event], programmes: Sequence[Programme]
) -> Mapping[str, Tag]:
    used = {key for post in posts if not post.document.is_hidden for key in post.tags}
    used |= {key for event in events if not event.document.is_hidden for key in event.tags}
    used |= {programme.tag for programme in programmes}
    used |= {project.tag for programme in programmes for project in programme.projects}
    return {key: tag for key, tag in tags.by_key.items() if key in used}


def _group_posts(posts: Sequence[Post], programmes: Sequence[Programme]) -> Groups:
    projects_by_tag = _keys_by_tag((p.tag, p.key) for programme in programmes for p in programme.projects)
    programme_of = {
        p.key: programme.document.identity for programme in programmes for p in programme.projects
    }
    programmes_by_tag = _keys_by_tag((programme.tag, programme.document.identity) for programme in programmes)

    def projects_of(post: Post) -> set[str]:
        tagged = {project for tag in post.tags for project in projects_by_tag.get(tag, ())}
        return tagged | ({post.project} if post.project else set())

    def programmes_of(post: Post) -> set[str]:
        tagged = {programme for tag in post.tags for programme in programmes_by_tag.get(tag, ())}
        return tagged | {programme_of[key] for key in projects_of(post)}

    return Groups(
        by_tag=_group(posts, lambda post: post.tags),
        by_author=_group(posts, lambda post: post.authors),
        by_project=_group(posts, projects_of),
        by_programme=_group(posts, programmes_of),
        by_section=_group(posts, lambda post: (post.document.section,)),
    )


def _directory(
    ties: Ties,
    programmes: Sequence[Programme],
    events: Sequence[Event],
    mentioned: Mentioned,
    entries: TagsDocument,
) -> Directory:
    projects = [project for programme in programmes for project in programme.projects]
    return Directory(
        tags=ties.tags,
        known_tags=frozenset(map(ties.tags.key, (*mentioned.tags, *(entry.label for entry in entries.tags)))),
        authors=ties.authors,
        known_authors=frozenset(map(ties.authors.key, mentioned.authors)),
        events_by_tag=_group([e for e in events if not e.document.is_hidden], lambda event: event.tags),
        projects_by_id=ties.projects.by_id,
        projects_by_lead=_group(projects, lambda project: _distinct(project.leads)),
        programmes_by_slug=_group(programmes, lambda programme: (programme.document.slug,)),
        programmes_by_identity={programme.document.identity: programme for programme in programmes},
    )


def _keys_by_tag(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Give what each tag stands for; several projects may share one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for tag, key in pairs:
        if tag:
            found[tag].append(key)
    return found


def _group(things: Sequence[_T], keys: Callable[[_T], Iterable[str]]) -> dict[str, tuple[_T, ...]]:
    groups: defaultdict[str, list[_T]] = defaultdict(list)
    for thing in things:
        for key in keys(thing):
            groups[key].append(thing)
    return {key: tuple(found) for key, found in groups.items()}


def _distinct(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _next_change(seen: Iterable[visibility.Visible], events: Sequence[Event], clock: Clock) -> Moment | None:
    ends = (visibility.event_end(event.document) for event in events)
    moments = [from_timestamp(end) for end in ends if end > clock.now.timestamp]
    moments += (moment for verdict in seen for moment in verdict.changes)
    return min(moments, key=lambda moment: moment.timestamp, default=None)
