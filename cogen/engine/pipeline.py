"""The build, as a recipe. Layer: engine.

In: a site's folder, an output folder, the clock.  Out: a ``Report``, and an output folder that holds just
what the plan says, or what it held before where anything was wrong.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

import msgspec

from cogen.assemble.assembly import assemble
from cogen.assemble.links import LinkIndex, names_by_start
from cogen.assemble.options import with_links
from cogen.assemble.outputs import Output
from cogen.assemble.plan import Plan, plan_site
from cogen.assemble.site import Clock, Site
from cogen.assemble.studio import Studio
from cogen.engine.beginning import Begun
from cogen.engine.judging import judged
from cogen.engine.manifest import Manifest, load_manifest
from cogen.engine.reading import Reader, Reading
from cogen.engine.rendering import Rendering, RenderJob
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.shortcut import Survey, remember
from cogen.engine.store import Store, open_store
from cogen.engine.workshop import Workshop, maker_closure, source_reader
from cogen.model.config import ReadingOptions, SiteConfig
from cogen.model.diagnostics import Diagnostic, ProjectError, Severity
from cogen.model.documents import Document
from cogen.model.moments import Moment
from cogen.model.theme import Theme
from cogen.read.config import parse_config
from cogen.read.dates import in_zone, local_moment
from cogen.read.files import read_bytes
from cogen.read.theme import parse_theme
from cogen.read.theme_layers import read_theme_layers
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
    engine: str


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


def run(request: Request, start: Begun, progress: Progress) -> Outcome:
    """Build or check, and remember what the next build can use."""
    with (
        open_store(start.store_path / "store")
        if start.publication and request.uses_cache
        else Store(None) as store
    ):
        outcome = _run(request, start, store, progress)
    if outcome.report.is_published and start.last_path and request.uses_cache:
        remember(start.last_path, request, start.seen, start.engine, outcome.manifest, outcome.report)
    return outcome


def _run(request: Request, start: Begun, store: Store, progress: Progress) -> Outcome:
    seen, publication = start.seen, start.publication
    findings: dict[Diagnostic, None] = {}
    # 1. Settings and theme
    config, found = parse_config(seen.settings, request.url)
    findings.update(dict.fromkeys(found))
    if config is None:
        return Outcome(_report(request, findings, ()), Manifest())
    theme, theme_findings = _read_theme(config, request.site_path)
    findings.update(dict.fromkeys(theme_findings))
    if theme is None:
        return Outcome(_report(request, findings, config.diagnostics), Manifest())
    # 2. Sources into documents
    reader = Reader(seen.content, config.reading, store, seen.started_ns)
    reading = reader.read(start.engine, request.jobs, progress)
    findings.update(dict.fromkeys(reading.findings))
    # 3. Documents into a site, a site into a plan
    prepared, asset_findings = _prepare(reading, config, theme, request, start.engine)
    findings.update(dict.fromkeys((*asset_findings, *prepared.site.findings, *prepared.plan.findings)))
    at = start.manifest_path
    last = load_manifest(at) if at and request.uses_cache else Manifest()
    checked = prepared.templates.check(last.checked if last.engine == start.engine else Checked())
    findings.update(dict.fromkeys(checked.findings))
    # 4. The plan into files
    workshop = _workshop(prepared, reader, seen)
    job = _render_job(prepared, workshop, checked, last, request)
    rendering = Rendering(job, publication)
    findings.update(dict.fromkeys(rendering.run(request.jobs, progress)))
    # 5. All or nothing
    report = _report(request, findings, config.diagnostics)
    is_published = at is not None and not report.fails(strict=request.is_strict)
    removed = rendering.publish(at) if at and is_published else 0
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
    return Outcome(report, rendering.manifest, _kept(prepared, reading, reader, workshop))


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
    return Workshop(prepared.studio, prepared.templates, reader, read_source)


def _render_job(
    prepared: Prepared, workshop: Workshop, checked: Checked, last: Manifest, request: Request
) -> RenderJob:
    return RenderJob(
        outputs=prepared.plan.outputs,
        studio=prepared.studio,
        templates=prepared.templates,
        workshop=workshop,
        engine=prepared.engine,
        checked=checked,
        last=last,
        explains=request.explains,
    )


def _report(
    request: Request, findings: Mapping[Diagnostic, None], overrides: tuple[tuple[str, Severity], ...]
) -> Report:
    return Report(judged(findings, overrides, request.site_path), is_published=False)


def _read_theme(config: SiteConfig, site_path: Path) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    layers, findings = read_theme_layers(config.theme, site_path)
    if not layers:
        return None, findings
    theme, theme_findings = parse_theme(layers, config.theme_options, config.language)
    return theme, (*findings, *theme_findings)


def _prepare(
    reading: Reading, config: SiteConfig, theme: Theme, request: Request, engine: str
) -> tuple[Prepared, tuple[Diagnostic, ...]]:
    clock = Clock(_moment(request.now, config.reading.timezone), request.with_drafts, request.with_future)
    site = assemble(reading.documents, reading.assets, config, clock)
    assets: ThemeAssets = plan_assets(theme, config.base)
    plan = plan_site(site, assets.assets, theme.file_names)
    index = _link_index(site, plan, reading)
    theme, option_findings = with_links(theme, config, index)
    templates = Templates(theme, assets.urls)
    studio = Studio(site, theme, index, partial(maker_closure, templates), plan.landmarks)
    prepared = Prepared(site, plan, theme, templates, studio, engine)
    return prepared, (*assets.findings, *option_findings)


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
