"""The build, as a recipe. Layer: engine.

In: a site's folder, an output folder, the clock.  Out: a ``Report``, and an output folder that holds just
what the plan says, or what it held before where anything was wrong.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

import msgspec

from cogen.assemble.anchors import parts_elsewhere
from cogen.assemble.assembly import assemble
from cogen.assemble.icons import icons_of
from cogen.assemble.links import LinkIndex, names_by_start
from cogen.assemble.options import with_links
from cogen.assemble.outputs import Output
from cogen.assemble.plan import Plan, ThemeParts, plan_site
from cogen.assemble.share_style import ShareStyle, font_problem, share_style
from cogen.assemble.site import Clock, Site
from cogen.assemble.studio import Studio
from cogen.assemble.translations import translations_of
from cogen.engine.beginning import Begun
from cogen.engine.compressing import missing_compressor
from cogen.engine.gathering import Gathered, Material
from cogen.engine.judging import are_fatal, judged
from cogen.engine.manifest import Manifest, load_manifest
from cogen.engine.reading import Reader, Reading
from cogen.engine.rendering import Desk, Rendering, RenderJob
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.searching import SearchEngine
from cogen.engine.share_font import broken_font, missing_font
from cogen.engine.shortcut import Survey, remember
from cogen.engine.template_code import keep_code, recall_code
from cogen.engine.workshop import ReadSource, Workshop, maker_closure, source_reader
from cogen.model.config import ReadingOptions, SiteConfig, names_foreign_extensions
from cogen.model.diagnostics import Diagnostic, ProjectError
from cogen.model.documents import Document
from cogen.model.moments import Moment
from cogen.model.theme import Theme
from cogen.read.dates import local_moment
from cogen.read.files import read_bytes
from cogen.read.zones import in_zone
from cogen.render.assets import ThemeAssets, plan_assets
from cogen.render.checked import Checked
from cogen.render.templates import Templates


class LoadedTheme(msgspec.Struct, frozen=True):
    """A theme in one language of the site, its templates loaded."""

    theme: Theme
    assets: ThemeAssets
    templates: Templates


class Prepared(msgspec.Struct, frozen=True):
    """All that is known before the first file is rendered."""

    sites: tuple[Site, ...]
    """In each language, the main one first."""
    plan: Plan
    desks: Mapping[str, Desk]
    """By edition."""


class Kept(msgspec.Struct, frozen=True):
    """What is left of a build for the next one in the same process."""

    documents: Mapping[str, Document]
    """By source."""
    pages: Mapping[str, Output]
    """Source → the page made of it."""
    desks: Mapping[str, Desk]
    """By edition."""
    reader: Reader
    options: ReadingOptions


class Outcome(msgspec.Struct, frozen=True):
    """What a build came to."""

    report: Report
    manifest: Manifest
    """What the output folder holds now; empty where nothing was published."""
    kept: Kept | None = None
    """Only where the site was published."""


def run(request: Request, start: Begun, given: Gathered, progress: Progress) -> Outcome:
    """Build or check, and remember what the next build can use."""
    if given.material is None:
        return Outcome(_report(request, given, given.findings), Manifest())
    outcome = _run(request, start, given, given.material, progress)
    is_repeatable = outcome.report.is_published and not names_foreign_extensions(
        given.material.config.reading
    )
    if is_repeatable and start.last_path and request.uses_cache:
        remember(start.last_path, request, start.seen, start.engine, outcome.manifest, outcome.report)
    return outcome


def _run(request: Request, start: Begun, given: Gathered, material: Material, progress: Progress) -> Outcome:
    publication, config = start.publication, material.config
    findings = dict.fromkeys(given.findings)
    # 1. Templates, while the texts are read
    at = start.manifest_path
    last = load_manifest(at) if at and request.uses_cache else Manifest()
    known = last.checked if last.engine == start.engine else Checked()
    loaded, checked = _loaded_themes(material, known, start.engine, keeps_code=not request.engine)
    # 2. Sources into documents
    reading = material.finish(progress)
    findings.update(dict.fromkeys(reading.findings))
    # 3. Documents into a site, a site into a plan
    prepared, found = _prepare(reading, material, loaded, request, start.seen)
    search_engine = SearchEngine()
    search = search_engine.identity if config.has_search else None  # which could be replaced while it runs
    tools = _missing_tools(config, search_engine)
    findings.update(dict.fromkeys((*tools, *found, *checked.findings)))
    # 4. The plan into files
    job = RenderJob(
        outputs=prepared.plan.outputs,
        desks=prepared.desks,
        engine=start.engine,
        checked=checked,
        last=last,
        explains=request.explains,
    )
    fatal = partial(are_fatal, overrides=given.overrides, is_strict=request.is_strict)
    rendering = Rendering(job, publication, stages=not fatal(findings))
    findings.update(dict.fromkeys(rendering.run(request.jobs, progress)))
    if publication is not None and not fatal(findings):
        findings.update(dict.fromkeys(rendering.run_pictures(request.jobs, progress)))
    is_published = publication is not None and not fatal(findings)
    if is_published:
        if config.has_search:
            rendering.run_search(search_engine)
        rendering.run_compression(config.hosting.compress)
    report = _report(request, given, findings)
    # 5. All or nothing
    removed = rendering.publish(at if request.uses_cache else None) if is_published else 0
    manifest = rendering.manifest
    report = msgspec.structs.replace(
        report,
        is_published=is_published,
        posts=sum(len(site.posts) for site in prepared.sites),
        outputs=len(manifest.entries) if is_published else 0,
        rendered=len(rendering.rendered),
        explained=tuple(sorted(rendering.rendered)) if request.explains else (),
        written=publication.written if publication and is_published else 0,
        removed=removed,
        left_out=tuple(left for site in prepared.sites for left in site.left_out),
        next_change=_next_change(prepared.sites),
        clock=prepared.sites[0].clock.now,
        base=config.base,
        search_engine=search,
    )
    if not is_published:
        return Outcome(report, Manifest())
    return Outcome(report, manifest, _kept(prepared, reading, material))


def _missing_tools(config: SiteConfig, search_engine: SearchEngine) -> Iterator[Diagnostic]:
    """Name what site.yaml asks for and is not installed."""
    if config.has_search and (problem := search_engine.problem()) is not None:
        yield problem
    if (problem := missing_compressor(config.hosting.compress)) is not None:
        yield problem


def _next_change(sites: Iterable[Site]) -> Moment | None:
    moments = [site.next_change for site in sites if site.next_change is not None]
    return min(moments, key=lambda moment: moment.timestamp, default=None)


def _kept(prepared: Prepared, reading: Reading, material: Material) -> Kept:
    documents = {document.path: document for document in reading.documents}
    pages = {
        output.origin: output
        for output in prepared.plan.outputs
        if output.origin in documents and output.maker.startswith("templates/") and not output.is_alias
    }
    return Kept(documents, pages, prepared.desks, material.reader, material.config.reading)


def _loaded_themes(
    material: Material, known: Checked, engine: str, *, keeps_code: bool
) -> tuple[tuple[LoadedTheme, ...], Checked]:
    """Load the theme in each language, and look at all templates unless what is known of them holds."""
    if keeps_code:
        recall_code(engine)
    loaded = tuple(_loaded_theme(theme, material.config.base) for theme in material.themes)
    checked = loaded[0].templates.check(known)
    if keeps_code and checked is not known:
        keep_code([each.templates for each in loaded])
    return loaded, checked


def _loaded_theme(theme: Theme, base: str) -> LoadedTheme:
    assets = plan_assets(theme, base)
    return LoadedTheme(theme, assets, Templates(theme, assets.urls))


def _report(request: Request, given: Gathered, findings: Iterable[Diagnostic]) -> Report:
    return Report(judged(dict.fromkeys(findings), given.overrides, request.site_path), is_published=False)


def _prepare(
    reading: Reading, material: Material, loaded: Sequence[LoadedTheme], request: Request, seen: Survey
) -> tuple[Prepared, tuple[Diagnostic, ...]]:
    config = material.config
    clock = Clock(_moment(request.now, config.reading.timezone), request.with_drafts, request.with_future)
    sites = assemble(reading.documents, reading.assets, config, clock)
    shares = [share_style(site, each.theme) for site, each in zip(sites, loaded, strict=True)]
    parts = [ThemeParts(each.assets.assets, share) for each, share in zip(loaded, shares, strict=True)]
    plan = plan_site(sites, parts, loaded[0].theme.file_names)
    index = _link_index(sites, plan, reading)
    icons, findings = icons_of(sites[0], index)
    read_source = _source_reader(seen, loaded[0].theme)
    found = [*findings, *_share_findings(sites[0], shares[0], index, read_source)]
    translations = translations_of(sites)
    desks: dict[str, Desk] = {}
    for site, loaded_theme, share in zip(sites, loaded, shares, strict=True):
        own_index = _with_programmes(index, site) if site.edition else index
        theme, findings = with_links(loaded_theme.theme, site.config, own_index)
        found += (*loaded_theme.assets.findings, *findings, *site.findings)
        templates = loaded_theme.templates
        templates.set_options(theme.options)
        studio = Studio(site, theme, own_index, partial(maker_closure, templates), icons, share, translations)
        originals = {asset.digest: asset.path for asset in site.assets.values()}
        workshop = Workshop(studio, templates, material.reader, read_source, originals)
        desks[site.edition] = Desk(studio, templates, workshop)
    return Prepared(sites, plan, desks), (*found, *translations.findings, *plan.findings)


def _source_reader(seen: Survey, theme: Theme) -> ReadSource:
    disk_paths = {file.path: file.disk_path for file in seen.content.files}
    theme_files = {file.path: file.content for layer in theme.layers for file in layer.files}
    return source_reader(lambda source: read_bytes(disk_paths[source]), theme_files)


def _share_findings(
    site: Site, share: ShareStyle | None, index: LinkIndex, read_source: ReadSource
) -> Iterator[Diagnostic]:
    if share is None:
        return
    if (problem := font_problem(site, index) or missing_font(share.font)) is not None:
        yield problem
    elif share.font:
        path = next(asset.path for asset in site.assets.values() if asset.digest == share.font)
        if (broken := broken_font(path, read_source(path))) is not None:
            yield broken


def _moment(now: dt.datetime, timezone: str) -> Moment:
    try:
        return local_moment(now, timezone, has_time=True) if now.tzinfo is None else in_zone(now, timezone)
    except OverflowError:
        raise ProjectError(f"no calendar of {timezone} has the moment {now.isoformat()}") from None


def _link_index(sites: Sequence[Site], plan: Plan, reading: Reading) -> LinkIndex:
    main = sites[0]
    items = [item for site in sites for item in site.items]
    sources = {item.document.path: item.address for item in items}
    for site in reversed(sites):
        sources |= _programme_pages(site)
    unreadable = dict.fromkeys(reading.unreadable, "it could not be read")
    sources |= main.asset_addresses
    addresses = frozenset(output.address for output in plan.outputs)
    bodies = {item.address: item.document.body for item in items}
    return LinkIndex(
        base=main.config.base,
        sources=sources,
        addresses=addresses,
        assets=main.assets,
        ids={address: body.ids for address, body in bodies.items()},
        parts_elsewhere=cache(lambda address: parts_elsewhere(bodies[address])),
        unpublished={path: why for site in sites for path, why in site.unpublished.items()} | unreadable,
        names=cache(partial(names_by_start, sources, addresses)),
    )


def _programme_pages(site: Site) -> dict[str, str]:
    return {each.document.path: each.address for each in site.programmes if each.address}


def _with_programmes(index: LinkIndex, site: Site) -> LinkIndex:
    """Let links to the tables of programmes lead to their pages in one language, as these are in all of them."""
    return msgspec.structs.replace(index, sources={**index.sources, **_programme_pages(site)})
