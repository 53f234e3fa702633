"""The build, as a recipe. Layer: engine.

In: a site's folder, an output folder, the clock.  Out: a ``Report``, and an output folder that holds just
what the plan says, or what it held before where anything was wrong.
"""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import msgspec

from cogen.assemble.assembly import assemble
from cogen.assemble.links import LinkIndex, names_by_start
from cogen.assemble.options import with_links
from cogen.assemble.plan import Plan, plan_site
from cogen.assemble.site import Clock, Site
from cogen.assemble.studio import Studio
from cogen.engine.fingerprint import engine_digest
from cogen.engine.locating import Locator
from cogen.engine.manifest import manifest_path
from cogen.engine.reading import Bodies, Reading, read_sources
from cogen.engine.rendering import Rendering, RenderJob
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.store import Store
from cogen.engine.sync import Publication
from cogen.engine.workshop import Workshop, maker_closure, source_reader
from cogen.model.config import SiteConfig
from cogen.model.diagnostics import (
    Diagnostic,
    ProjectError,
    Severity,
    severity_of,
)
from cogen.model.moments import Moment
from cogen.model.theme import Theme
from cogen.read.config import parse_config
from cogen.read.dates import in_zone, local_moment
from cogen.read.files import read_bytes, read_settings, read_theme_layers, scan_content
from cogen.read.theme import parse_theme
from cogen.render.assets import ThemeAssets, plan_assets
from cogen.render.templates import Templates


class Prepared(msgspec.Struct, frozen=True):
    """All that is known before the first file is rendered."""

    site: Site
    plan: Plan
    theme: Theme
    templates: Templates
    studio: Studio
    engine: str


def run(request: Request, store: Store, publication: Publication | None, progress: Progress) -> Report:
    """Build with what the store remembers, into the publication; without one it is a check, which writes nothing."""
    findings: dict[Diagnostic, None] = {}
    # 1. Settings and theme
    config, found = parse_config(read_settings(request.site_path), request.url)
    findings.update(dict.fromkeys(found))
    if config is None:
        return _report(request, findings, ())
    theme, theme_findings = _read_theme(config, request.site_path)
    findings.update(dict.fromkeys(theme_findings))
    if theme is None:
        return _report(request, findings, config.diagnostics)
    # 2. Sources into documents
    engine = request.engine or engine_digest()
    sources = scan_content(request.site_path)
    reading = read_sources(sources, config.reading, engine, store, request.jobs, progress)
    findings.update(dict.fromkeys(reading.findings))
    # 3. Documents into a site, a site into a plan
    prepared, asset_findings = _prepare(reading, config, theme, request, engine)
    findings.update(dict.fromkeys((*asset_findings, *prepared.site.findings, *prepared.plan.findings)))
    findings.update(dict.fromkeys(prepared.templates.findings()))
    # 4. The plan into files
    disk_paths = {file.path: file.disk_path for file in sources.files}
    theme_files = {file.path: file.content for layer in theme.layers for file in layer.files}
    read_source = source_reader(lambda source: read_bytes(disk_paths[source]), theme_files)
    bodies = Bodies(store, sources, reading, config.reading)
    workshop = Workshop(prepared.studio, prepared.templates, bodies, read_source)
    job = RenderJob(prepared.plan.outputs, prepared.studio, prepared.templates, workshop, engine)
    rendering = Rendering(
        job, publication, _manifest_path(request, publication), uses_cache=request.uses_cache
    )
    store.commit()
    findings.update(dict.fromkeys(rendering.run(request.jobs, store.after_fork, progress)))
    # 5. All or nothing
    report = _report(request, findings, config.diagnostics)
    is_published = publication is not None and not report.fails(strict=request.is_strict)
    removed = rendering.publish() if is_published else 0
    return msgspec.structs.replace(
        report,
        is_published=is_published,
        posts=len(prepared.site.posts),
        outputs=len(prepared.plan.outputs),
        rendered=rendering.rendered,
        written=publication.written if publication and is_published else 0,
        removed=removed,
        left_out=prepared.site.left_out,
        next_change=prepared.site.next_change,
        clock=prepared.site.clock.now,
        base=config.base,
    )


def _manifest_path(request: Request, publication: Publication | None) -> Path | None:
    if publication is None:
        return None
    return manifest_path(request.site_path / ".cogen", publication.output_path)


def _report(
    request: Request, findings: Mapping[Diagnostic, None], overrides: tuple[tuple[str, Severity], ...]
) -> Report:
    locator = Locator(request.site_path)
    levels = dict(overrides)
    judged = [(severity_of(each.code, levels), each) for each in findings]
    shown = [(severity, locator.locate(each)) for severity, each in judged if severity != "off"]
    return Report(tuple(dict.fromkeys(shown)), is_published=False)


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
        names=names_by_start(sources, addresses),
    )
