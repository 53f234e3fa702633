"""Where a build begins: the folders it may use are held, then the recipe runs. Layer: engine.

In: a site's folder, an output folder, the clock.  Out: a ``Report``, and an output folder that holds just
what the plan says, or what it held before where anything was wrong.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cogen.engine.fingerprint import engine_digest
from cogen.engine.lock import locked, locked_output
from cogen.engine.manifest import manifest_path
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.shortcut import Survey, last_path, remember, repeat, survey
from cogen.engine.sync import Publication
from cogen.model.diagnostics import ProjectError
from cogen.read.files import read_settings

_COLLECT_AFTER: Final = 200_000


def build(request: Request, progress: Progress) -> Report:
    """Build or check a site.

    Raises ProjectError where there is no site or the output folder is not ours, MachineError where the disk
    fails.  What is wrong with the content is in the report.
    """
    settings = read_settings(request.site_path)
    engine = request.engine or engine_digest()
    with _seldom_collected():
        if request.output_path is None:
            return _check(request, survey(request.site_path, settings, 0), engine, progress)
        output_path = _resolved_output(request.output_path, request.site_path)
        store_path = request.site_path / ".cogen"
        with (
            locked(store_path) as started_ns,
            locked_output(output_path),
            Publication(output_path) as publication,
        ):
            seen = survey(request.site_path, settings, started_ns)
            return _publish(request, seen, engine, publication, progress)


def _check(request: Request, seen: Survey, engine: str, progress: Progress) -> Report:
    from cogen.engine.pipeline import run  # noqa: PLC0415 it brings Markdown, YAML and templates with it
    from cogen.engine.store import Store  # noqa: PLC0415 likewise

    with Store(None) as store:
        return run(request, seen, engine, store, None, progress).report


def _publish(
    request: Request, seen: Survey, engine: str, publication: Publication, progress: Progress
) -> Report:
    store_path = request.site_path / ".cogen"
    path = last_path(store_path, manifest_path(store_path, publication.output_path))
    if request.uses_cache:
        report = repeat(path, request, seen, engine, publication.present)
        if report is not None:
            return report
    from cogen.engine.pipeline import run  # noqa: PLC0415 it brings Markdown, YAML and templates with it
    from cogen.engine.store import Store, open_store  # noqa: PLC0415 likewise

    with open_store(store_path / "store") if request.uses_cache else Store(None) as store:
        outcome = run(request, seen, engine, store, publication, progress)
    if outcome.report.is_published and request.uses_cache:
        remember(path, request, seen, engine, outcome.manifest, outcome.report)
    return outcome.report


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage in circles seldom: a build makes much that stays, and few circles."""
    thresholds = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


def _resolved_output(wanted: Path, site_path: Path) -> Path:
    """Follow symbolic links, and refuse to publish among the sources, which the next build would take for content."""
    output_path, site = Path(os.path.realpath(wanted)), Path(os.path.realpath(site_path))
    if any(map(os.path.islink, (output_path, *output_path.parents))):
        raise ProjectError(f"{wanted} is a symbolic link that leads in a circle: name another folder with -o")
    if output_path == output_path.parent:
        raise ProjectError(f"{output_path} is the root of a disk: name a folder on it with -o")
    for name in ("content", "themes"):
        if output_path.is_relative_to(site / name):
            raise ProjectError(f"{output_path} lies in {name}/: name another folder with -o")
    return output_path
