"""The build, as a recipe. Layer: engine.

In: a site's folder, an output folder, the clock.  Out: a ``Report``, and an output folder that holds just
what the plan says, or what it held before where anything was wrong.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial

import msgspec

from cogen.assemble.assembly import assemble
from cogen.assemble.icons import icons_of
from cogen.assemble.links import LinkIndex, names_by_start
from cogen.assemble.options import with_links
from cogen.assemble.outputs import Output
from cogen.assemble.plan import Plan, plan_site
from cogen.assemble.share_style import ShareStyle, font_problem, share_style
from cogen.assemble.site import Clock, Site
from cogen.assemble.studio import Studio
from cogen.engine.beginning import Begun
from cogen.engine.compressing import missing_compressor
from cogen.engine.gathering import Gathered, Material
from cogen.engine.judging import judged
from cogen.engine.manifest import Manifest, load_manifest
from cogen.engine.reading import Reader, Reading
from cogen.engine.rendering import Rendering, RenderJob
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.searching import SearchEngine
from cogen.engine.share_font import missing_font
from cogen.engine.shortcut import Survey, remember
from cogen.engine.workshop import Workshop, maker_closure, source_reader
from cogen.model.config import ReadingOptions, SiteConfig
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


class Prepared(msgspec.Struct, frozen=True):
    """All that is known before the first file is rendered."""

    site: Site
    plan: Plan
    theme: Theme
    templates: Templates
    studio: Studio


class Kept(msgspec.Struct, frozen=True):
    """What is left of a build for the next one in the same process."""

    documents: Mapping[str, Document]
    """By source."""
    pages: Mapping[str, Output]
    """Source → the page made of it."""
    studio: Studio
    workshop: Workshop
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
    if outcome.report.is_published and start.last_path and request.uses_cache:
        remember(start.last_path, request, start.seen, start.engine, outcome.manifest, outcome.report)
    return outcome


def _run(request: Request, start: Begun, given: Gathered, material: Material, progress: Progress) -> Outcome:
    publication, config = start.publication, material.config
    findings = dict.fromkeys(given.findings)
    # 1. Templates, while the texts are read
    at = start.manifest_path
    last = load_manifest(at) if at and request.uses_cache else Manifest()
    assets = plan_assets(material.theme, config.base)
    templates = Templates(material.theme, assets.urls)
    checked = templates.check(last.checked if last.engine == start.engine else Checked())
    # 2. Sources into documents
    reading = material.finish(progress)
    findings.update(dict.fromkeys(reading.findings))
    # 3. Documents into a site, a site into a plan
    prepared, link_findings = _prepare(reading, material, assets, templates, request)
    search_engine = SearchEngine()
    findings.update(dict.fromkeys(_missing_tools(config, search_engine)))
    findings.update(dict.fromkeys((*assets.findings, *link_findings)))
    findings.update(dict.fromkeys((*prepared.site.findings, *prepared.plan.findings, *checked.findings)))
    # 4. The plan into files
    workshop = _workshop(prepared, material.reader, start.seen)
    job = RenderJob(
        outputs=prepared.plan.outputs,
        studio=prepared.studio,
        templates=templates,
        workshop=workshop,
        engine=start.engine,
        checked=checked,
        last=last,
        explains=request.explains,
    )
    rendering = Rendering(job, publication)
    findings.update(dict.fromkeys(rendering.run(request.jobs, progress)))
    report = _report(request, given, findings)
    if publication is not None and not report.fails(strict=request.is_strict):
        findings.update(dict.fromkeys(rendering.run_pictures(request.jobs, progress)))
        report = _report(request, given, findings)
    if not report.fails(strict=request.is_strict):
        if config.has_search:
            rendering.run_search(search_engine)
        rendering.run_compression(config.hosting.compress)
    # 5. All or nothing
    is_published = publication is not None and not report.fails(strict=request.is_strict)
    removed = rendering.publish(at if request.uses_cache else None) if is_published else 0
    report = msgspec.structs.replace(
        report,
        is_published=is_published,
        posts=len(prepared.site.posts),
        outputs=len(prepared.plan.outputs),
        rendered=len(rendering.rendered),
        explained=rendering.rendered if request.explains else (),
        written=publication.written if publication and is_published else 0,
        removed=removed,
        left_out=prepared.site.left_out,
        next_change=prepared.site.next_change,
        clock=prepared.site.clock.now,
        base=config.base,
    )
    if not is_published:
        return Outcome(report, Manifest())
    return Outcome(report, rendering.manifest, _kept(prepared, reading, material.reader, workshop))


def _missing_tools(config: SiteConfig, search_engine: SearchEngine) -> Iterator[Diagnostic]:
    """Name what site.yaml asks for and is not installed."""
    if config.has_search and (problem := search_engine.problem()) is not None:
        yield problem
    if (problem := missing_compressor(config.hosting.compress)) is not None:
        yield problem


def _kept(prepared: Prepared, reading: Reading, reader: Reader, workshop: Workshop) -> Kept:
    documents = {document.path: document for document in reading.documents}
    pages = {
        output.origin: output
        for output in prepared.plan.outputs
        if output.origin in documents and output.maker.startswith("templates/") and not output.is_alias
    }
    return Kept(documents, pages, prepared.studio, workshop, reader, prepared.site.config.reading)


def _workshop(prepared: Prepared, reader: Reader, seen: Survey) -> Workshop:
    disk_paths = {file.path: file.disk_path for file in seen.content.files}
    theme_files = {file.path: file.content for layer in prepared.theme.layers for file in layer.files}
    read_source = source_reader(lambda source: read_bytes(disk_paths[source]), theme_files)
    originals = {asset.digest: asset.path for asset in prepared.site.assets.values()}
    return Workshop(prepared.studio, prepared.templates, reader, read_source, originals)


def _report(request: Request, given: Gathered, findings: Iterable[Diagnostic]) -> Report:
    return Report(judged(dict.fromkeys(findings), given.overrides, request.site_path), is_published=False)


def _prepare(
    reading: Reading, material: Material, assets: ThemeAssets, templates: Templates, request: Request
) -> tuple[Prepared, tuple[Diagnostic, ...]]:
    config = material.config
    clock = Clock(_moment(request.now, config.reading.timezone), request.with_drafts, request.with_future)
    site = assemble(reading.documents, reading.assets, config, clock)
    share = share_style(site, material.theme)
    plan = plan_site(site, assets.assets, material.theme.file_names, share)
    index = _link_index(site, plan, reading)
    theme, findings = with_links(material.theme, config, index)
    icons, icon_findings = icons_of(site, index)
    templates.set_options(theme.options)
    studio = Studio(site, theme, index, partial(maker_closure, templates), plan.landmarks, icons, share)
    return Prepared(site, plan, theme, templates, studio), (
        *findings,
        *icon_findings,
        *_share_findings(site, share, index),
    )


def _share_findings(site: Site, share: ShareStyle | None, index: LinkIndex) -> Iterator[Diagnostic]:
    if share is not None and (problem := font_problem(site, index) or missing_font(share.font)) is not None:
        yield problem


def _moment(now: dt.datetime, timezone: str) -> Moment:
    try:
        return local_moment(now, timezone, has_time=True) if now.tzinfo is None else in_zone(now, timezone)
    except OverflowError:
        raise ProjectError(f"no calendar of {timezone} has the moment {now.isoformat()}") from None


def _link_index(site: Site, plan: Plan, reading: Reading) -> LinkIndex:
    sources = {item.document.path: item.address for item in site.items}
    sources |= {
        programme.document.path: programme.address for programme in site.programmes if programme.address
    }
    unreadable = dict.fromkeys(reading.unreadable, "it could not be read")
    sources |= site.asset_addresses
    addresses = frozenset(output.address for output in plan.outputs)
    return LinkIndex(
        base=site.config.base,
        sources=sources,
        addresses=addresses,
        assets=site.assets,
        ids={item.address: item.document.body.ids for item in site.items},
        unpublished=dict(site.unpublished) | unreadable,
        names=cache(partial(names_by_start, sources, addresses)),
    )
