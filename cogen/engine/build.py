"""Where a build begins: the folders it may use are held, then the recipe runs. Layer: engine.

In: a site's folder, an output folder, the clock.  Out: a ``Report``, and an output folder that holds just
what the plan says, or what it held before where anything was wrong.
"""

import os
from pathlib import Path

from cogen.engine.lock import locked, locked_output
from cogen.engine.pipeline import run
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.store import Store, open_store
from cogen.engine.sync import Publication
from cogen.model.diagnostics import ProjectError
from cogen.read.files import read_settings


def build(request: Request, progress: Progress) -> Report:
    """Build or check a site.

    Raises ProjectError where there is no site or the output folder is not ours, MachineError where the disk
    fails.  What is wrong with the content is in the report.
    """
    read_settings(request.site_path)
    if request.output_path is None:
        with Store(None) as store:
            return run(request, store, None, 0, progress)
    output_path = _resolved_output(request.output_path, request.site_path)
    store_path = request.site_path / ".cogen"
    with (
        locked(store_path) as started_ns,
        locked_output(output_path),
        Publication(output_path) as publication,
        open_store(store_path / "store") if request.uses_cache else Store(None) as store,
    ):
        return run(request, store, publication, started_ns, progress)


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
