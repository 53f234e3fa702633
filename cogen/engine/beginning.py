"""What a build begins with: the folders it may use are held, and all it depends on is looked at. Layer: engine."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from cogen.engine.fingerprint import engine_digest
from cogen.engine.lock import OnWait, locked, locked_output
from cogen.engine.manifest import last_path, manifest_path
from cogen.engine.request import Request
from cogen.engine.shortcut import Survey, survey
from cogen.engine.sync import MARKER, Publication, is_published_into
from cogen.model.diagnostics import ProjectError
from cogen.read.files import read_settings

_COLLECT_AFTER: Final = 200_000
_LARGE_BYTES: Final = 100_000
"""Of a manifest: some 500 files."""


class Begun(msgspec.Struct, frozen=True):
    """A build that has begun."""

    seen: Survey
    engine: str
    """Digest of the program that builds."""
    store_path: Path
    """The folder of what is remembered."""
    publication: Publication | None
    """None for a check, which writes nothing at all."""

    @property
    def manifest_path(self) -> Path | None:
        """Where the manifest of the output folder lies; None for a check."""
        return manifest_path(self.store_path, self.publication.output_path) if self.publication else None

    @property
    def last_path(self) -> Path | None:
        """Where the last report for the output folder lies; None for a check."""
        return last_path(self.manifest_path) if self.manifest_path else None


@contextmanager
def begun(request: Request, on_wait: OnWait) -> Iterator[Begun]:
    """Begin a build, and end it: what was staged and not published is cleared; ``on_wait`` hears of another build.

    Raises ProjectError where there is no site or the output folder is not ours, MachineError where the disk fails.
    """
    settings = read_settings(request.site_path)  # first of all: where there is no site, nothing is made
    engine = request.engine or engine_digest()
    store_path = request.site_path / ".cogen"
    with _seldom_collected():
        if request.output_path is None:
            yield Begun(survey(request.site_path, settings, 0), engine, store_path, None)
            return
        output_path = _resolved_output(request.output_path, request.site_path)
        looks_aside = request.jobs > 1 and _is_large(manifest_path(store_path, output_path))
        with (
            locked(store_path, on_wait) as started_ns,
            locked_output(output_path, on_wait),
            Publication(output_path, looks_aside=looks_aside) as publication,
        ):
            settings = read_settings(request.site_path)  # which may be others than before we waited
            yield Begun(survey(request.site_path, settings, started_ns), engine, store_path, publication)


def _is_large(manifest: Path) -> bool:
    """Say whether an output folder has so many files that to look at them takes longer than to fork a process."""
    try:
        return manifest.stat().st_size > _LARGE_BYTES
    except OSError:
        return False  # as good as none: then the folder is looked at here


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
        if output_path.is_relative_to(os.path.realpath(site / name)):
            raise ProjectError(f"{output_path} lies in {name}/: name another folder with -o")
    if output_path.is_relative_to(site / ".cogen"):
        return output_path  # for the server, and to verify a build
    for folder in output_path.parents:
        if is_published_into(folder):
            raise ProjectError(
                f"{output_path} lies in {folder}, from which a build removes it, as {MARKER} there says:"
                " name another folder with -o"
            )
    return output_path
