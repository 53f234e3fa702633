"""Where a build begins: the folders it may use are held, then the recipe runs. Layer: engine.

In: a site's folder, an output folder, the clock.  Out: a ``Report``, and an output folder that holds just
what the plan says, or what it held before where anything was wrong.
"""

import os
from contextlib import closing
from pathlib import Path

from cogen.engine.lock import OnWait, locked, locked_output
from cogen.engine.pipeline import run
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.store import MemoryStore, open_store
from cogen.engine.sync import Publication
from cogen.model.diagnostics import ProjectError
from cogen.read.files import read_settings


def build(request: Request, progress: Progress, on_wait: OnWait) -> Report:
    """Build or check a site; ``on_wait`` hears of another build that has to end first.

    Raises ProjectError where there is no site or the output folder is not ours, MachineError where the disk
    fails.  What is wrong with the content is in the report.
    """
    read_settings(request.site_path)
    if request.output_path is None:
        return run(request, MemoryStore(), None, progress)
    output_path = _resolved_output(request.output_path, request.site_path)
    store_path = request.site_path / ".cogen"
    with (
        locked(store_path, on_wait),
        locked_output(output_path, on_wait),
        Publication(output_path) as publication,
    ):
        if not request.uses_cache:
            return run(request, MemoryStore(), publication, progress)
        with closing(open_store(store_path / "store.sqlite")) as store:
            return run(request, store, publication, progress)


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
