"""The build, as a recipe. Layer: engine.

In: a site's folder, an output folder, the clock.  Out: a ``Report``, and an output folder that holds just
what the plan says, or what it held before where anything was wrong.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from cogen.assemble.assembly import assemble
from cogen.assemble.frames import Frames
from cogen.assemble.links import LinkIndex
from cogen.assemble.plan import Output, Plan, plan_site
from cogen.assemble.site import Clock, Site
from cogen.assemble.studio import Studio
from cogen.engine.fingerprint import engine_digest
from cogen.engine.locating import Locator
from cogen.engine.lock import locked
from cogen.engine.manifest import Entry, Manifest, dump_manifest, load_manifest, manifest_path
from cogen.engine.reading import Reading, read_sources
from cogen.engine.report import Report
from cogen.engine.store import MemoryStore, Store, open_store
from cogen.engine.sync import Publication, Stamp
from cogen.engine.workshop import Workshop, source_reader
from cogen.model.config import SiteConfig
from cogen.model.diagnostics import (
    Clue,
    ContentError,
    Diagnostic,
    ProjectError,
    Severity,
    finding,
    severity_of,
)
from cogen.model.hashing import hash_bytes, hash_value
from cogen.model.suggest import did_you_mean
from cogen.model.theme import Theme
from cogen.model.moments import Moment
from cogen.read.config import parse_config
from cogen.read.dates import in_zone, local_moment
from cogen.read.files import read_bytes, read_optional, read_theme_layers, scan_content, available_themes
from cogen.read.theme import parse_theme
from cogen.render.assets import ThemeAssets, plan_assets
from cogen.render.templates import Templates

Progress = Callable[[str, int, int], None]
"""Told the stage (``read``, ``render``), how many are done and how many there are."""


class Request(msgspec.Struct, frozen=True):
    """What is asked of a build."""

    site_path: Path
    """The folder that holds site.yaml."""
    output_path: Path | None
    """Where to publish; None for a check, which writes nothing at all."""
    now: dt.datetime
    """The moment to build for; naive: on the site's own wall clock."""
    with_drafts: bool = False
    with_future: bool = False
    url: str | None = None
    """Overrides the address in site.yaml."""
    uses_cache: bool = True
    jobs: int = 1
    """Processes to work with, at most."""
    is_strict: bool = False
    """Warnings keep the last good site in place, too."""


class Prepared(msgspec.Struct, frozen=True):
    """All that is known before the first file is rendered."""

    site: Site
    plan: Plan
    theme: Theme
    templates: Templates
    studio: Studio
    engine: str


def build(request: Request, progress: Progress) -> Report:
    """Build or check a site.

    Raises ProjectError where there is no site or the output folder is not ours, MachineError where the disk
    fails.  What is wrong with the content is in the report.
    """
    if not (request.site_path / "site.yaml").is_file():
        raise ProjectError(
            f"there is no site.yaml in {request.site_path}: name a site's folder, or `cogen new site`"
        )
    if request.output_path is None or not request.uses_cache:
        if request.output_path is None:
            return _build(request, MemoryStore(), None, progress)
        with locked(request.site_path / ".cogen"):
            return _build(request, MemoryStore(), Publication(request.output_path.resolve()), progress)
    with locked(request.site_path / ".cogen"):
        store = open_store(request.site_path / ".cogen" / "store.sqlite")
        try:
            return _build(request, store, Publication(request.output_path.resolve()), progress)
        finally:
            store.close()


def _build(request: Request, store: Store, publication: Publication | None, progress: Progress) -> Report:
    findings: dict[Diagnostic, None] = {}
    # 1. Settings and theme
    config, found = parse_config(read_bytes(request.site_path / "site.yaml"), request.url)
    findings.update(dict.fromkeys(found))
    if config is None:
        return _give_up(request, findings, (), publication)
    theme, theme_findings = _read_theme(config, request.site_path)
    findings.update(dict.fromkeys(theme_findings))
    if theme is None:
        return _give_up(request, findings, config.diagnostics, publication)
    # 2. Sources into documents
    engine = engine_digest()
    sources = scan_content(request.site_path)
    reading = read_sources(sources, config.reading, engine, store, progress)
    findings.update(dict.fromkeys(reading.findings))
    # 3. Documents into a site, a site into a plan
    prepared, asset_findings = _prepare(reading, config, theme, request, engine)
    findings.update(dict.fromkeys((*asset_findings, *prepared.site.findings, *prepared.plan.findings)))
    findings.update(dict.fromkeys(prepared.templates.findings()))
    # 4. The plan into files
    disk_paths = {file.path: file.disk_path for file in sources.files}
    theme_files = {file.path: file.content for layer in theme.layers for file in layer.files}
    read_source = source_reader(lambda source: read_bytes(disk_paths[source]), theme_files)
    workshop = Workshop(prepared.studio, prepared.templates, store, read_source)
    rendering = _Rendering(request, prepared, workshop, publication, progress)
    rendering.run(findings)
    findings.update(prepared.studio.findings)
    # 5. All or nothing
    report = _report(request, findings, config.diagnostics)
    is_published = publication is not None and not report.fails(strict=request.is_strict)
    removed = rendering.publish() if is_published else rendering.abandon()
    store.commit()
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


def _give_up(
    request: Request,
    findings: Mapping[Diagnostic, None],
    overrides: tuple[tuple[str, Severity], ...],
    publication: Publication | None,
) -> Report:
    if publication is not None:
        publication.abandon()
    return _report(request, findings, overrides)


def _report(
    request: Request, findings: Mapping[Diagnostic, None], overrides: tuple[tuple[str, Severity], ...]
) -> Report:
    locator = Locator(request.site_path)
    levels = dict(overrides)
    judged = [(severity_of(each.code, levels), each) for each in findings]
    shown = [(severity, locator.locate(each)) for severity, each in judged if severity != "off"]
    return Report(tuple(dict.fromkeys(shown)), is_published=False)


def _read_theme(config: SiteConfig, site_path: Path) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    layers, missing = read_theme_layers(config.theme, site_path)
    if missing:
        known = available_themes(site_path)
        hint = did_you_mean(missing, known) or f"there are: {', '.join(known)}"
        message = f"there is no theme {missing!r}, neither in themes/ nor in cogen"
        return None, (
            finding(
                "unknown-theme",
                message,
                Clue("site.yaml", "theme") if missing == config.theme else None,
                hint,
            ),
        )
    return parse_theme(layers, config.theme_options, config.language)


def _prepare(
    reading: Reading, config: SiteConfig, theme: Theme, request: Request, engine: str
) -> tuple[Prepared, tuple[Diagnostic, ...]]:
    clock = Clock(_moment(request.now, config.reading.timezone), request.with_drafts, request.with_future)
    site = assemble(reading.documents, reading.assets, config, clock)
    assets: ThemeAssets = plan_assets(theme, config.base)
    templates = Templates(theme, assets.urls)
    plan = plan_site(site, assets.assets, templates.page_names())
    studio = Studio(site, theme, _link_index(site, plan, reading), templates.closure, plan.landmarks)
    return Prepared(site, plan, theme, templates, studio, engine), assets.findings


def _moment(now: dt.datetime, timezone: str) -> Moment:
    if now.tzinfo is None:
        return local_moment(now, timezone, has_time=True)
    return in_zone(now, timezone)


def _link_index(site: Site, plan: Plan, reading: Reading) -> LinkIndex:
    items = (*site.posts, *site.hidden_posts, *site.pages, *site.events)
    sources = {item.document.path: item.address for item in items}
    sources |= {
        programme.document.path: programme.address for programme in site.programmes if programme.address
    }
    unreadable = dict.fromkeys(reading.unreadable, "it could not be read")
    return LinkIndex(
        base=site.config.base,
        sources=sources | dict(site.asset_addresses),
        addresses=frozenset(output.address for output in plan.outputs),
        assets=site.assets,
        ids={item.address: item.document.body.ids for item in items},
        unpublished=dict(site.unpublished) | unreadable,
    )


class _Rendering:
    """Step 4 and 5: each output is kept where its key says so, else made and staged."""

    def __init__(
        self,
        request: Request,
        prepared: Prepared,
        workshop: Workshop,
        publication: Publication | None,
        progress: Progress,
    ) -> None:
        self._prepared = prepared
        self._workshop = workshop
        self._publication = publication
        self._progress = progress
        self._entries: dict[str, Entry] = {}
        self._present: Mapping[str, Stamp] = publication.observe() if publication else {}
        self._manifest_path = (
            manifest_path(request.site_path / ".cogen", publication.output_path) if publication else None
        )
        is_remembered = self._manifest_path is not None and request.uses_cache
        self._manifest: Manifest = load_manifest(self._manifest_path) if is_remembered else {}
        self.rendered = 0

    def run(self, findings: dict[Diagnostic, None]) -> None:
        """Make what is not there already; templates that fail are findings."""
        frames = Frames(self._prepared.studio)
        outputs = self._prepared.plan.outputs
        for number, output in enumerate(outputs):
            try:
                self._output(output, frames)
            except ContentError as error:
                findings.update(dict.fromkeys(error.findings))
            self._progress("render", number + 1, len(outputs))

    def _output(self, output: Output, frames: Frames) -> None:
        view = output.view(frames)
        closure = self._prepared.templates.closure(output.maker.removeprefix("templates/"))
        key = hash_value(self._prepared.engine, output.maker, closure, view)
        if self._is_in_place(output.path, key):
            return
        self.rendered += 1
        data = self._workshop.make(output.maker, view)
        if self._publication is not None:
            present = self._present.get(output.path)
            self._entries[output.path] = self._publication.put(output.path, data, key, present)

    def _is_in_place(self, path: str, key: str) -> bool:
        entry, present = self._manifest.get(path), self._present.get(path)
        if entry is None or present is None or entry.key != key or self._publication is None:
            return False
        if (present.size_bytes, present.mtime_ns) != (entry.size_bytes, entry.mtime_ns):
            if present.size_bytes != entry.size_bytes:
                return False
            if hash_bytes(read_bytes(self._publication.output_path / path)) != entry.digest:
                return False
            entry = msgspec.structs.replace(entry, mtime_ns=present.mtime_ns)
        self._entries[path] = entry
        return True

    def publish(self) -> int:
        """Put everything in place, the manifest last; give the number of files removed."""
        if self._publication is None or self._manifest_path is None:
            return 0
        removed = self._publication.commit(self._entries.keys())
        dump_manifest(self._manifest_path, self._entries)
        return removed

    def abandon(self) -> int:
        """Leave the output folder as it was."""
        if self._publication is not None:
            self._publication.abandon()
        return 0
