"""A build of what has not changed: the last report again, and no Markdown, YAML or templates. Layer: engine.

Three things must be as they were: all that a build depends on, as a digest (engine, options, site.yaml, the stamps of
every source and of every file of a theme); the moment, in the span in which the site does not change by itself; and
the output folder, every file of which must have the size, times and inode that the last build left, and none more.
"""

import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from cogen.engine.manifest import Manifest
from cogen.engine.report import Report
from cogen.engine.request import Request
from cogen.engine.sync import Inventory, Publication, folders_of
from cogen.engine.whole_files import read_whole, write_whole
from cogen.model.hashing import encode, hash_value
from cogen.read.files import SourceFile, Sources, is_settled, scan_content, scan_themes, walk_files

_PACKAGE_THEMES: Final = Path(__file__).parent.parent / "themes"


class Survey(msgspec.Struct, frozen=True):
    """What a build begins from, by what the file system says."""

    settings: bytes
    """site.yaml."""
    content: Sources
    own_themes: Sources
    shipped_themes: tuple[SourceFile, ...]
    started_ns: int
    """A moment before all this was looked at, by the clock of the file system; 0 where none tells."""


class Last(msgspec.Struct, frozen=True):
    """The last build into an output folder."""

    inputs: str
    """Digest of all it depended on, the clock apart."""
    asked_now: str
    """The moment it was built for, as it was asked for (ISO 8601, naive or not)."""
    outputs: str
    """Digest of what it left in the output folder."""
    report: Report


_DECODER = msgspec.msgpack.Decoder(Last)


def survey(site_path: Path, settings: bytes, started_ns: int) -> Survey:
    """Look at all that a build depends on, and read nothing of it."""
    shipped = tuple(walk_files(_PACKAGE_THEMES, "", None, []))
    return Survey(settings, scan_content(site_path), scan_themes(site_path), shipped, started_ns)


def repeat(
    path: Path, request: Request, seen: Survey, engine: str, publication: Publication
) -> Report | None:
    """Give the report of a build that has nothing to do; None where it may have."""
    record = read_whole(path)
    try:
        last = _DECODER.decode(record) if record else None
    except msgspec.DecodeError:
        return None
    if last is None or not _is_steady(last, request.now) or not _has_same_search(last.report):
        return None
    if last.inputs != _inputs(request, seen, engine) or last.outputs != _outputs(publication.present):
        return None
    from cogen.read.zones import in_zone  # noqa: PLC0415 only now is the clock wanted on the wall

    clock = last.report.clock
    if clock is not None and request.now.tzinfo is not None:
        clock = in_zone(request.now, clock.zone)
    return msgspec.structs.replace(last.report, clock=clock, rendered=0, written=0, removed=0)


def remember(path: Path, request: Request, seen: Survey, engine: str, left: Manifest, report: Report) -> None:
    """Keep the report of a build that has published, where the next one may repeat it.

    Not where a name in the folders was wrong, or a file so new that it could change without our seeing it.
    """
    files = (*seen.content.files, *seen.own_themes.files, *seen.shipped_themes)
    is_sound = not seen.content.findings and not seen.own_themes.findings
    if not is_sound or not all(is_settled(file.stamp, seen.started_ns) for file in files):
        return
    folders = frozenset(folder for name in left.entries for folder in folders_of(name))
    outputs = Inventory({name: entry.seen for name, entry in left.entries.items()}, folders)
    last = Last(
        _inputs(request, seen, engine),
        request.now.isoformat(),
        _outputs(outputs),
        msgspec.structs.replace(report, explained=()),
    )
    write_whole(path, encode(last))


def _is_steady(last: Last, now: dt.datetime) -> bool:
    """Say whether the site is at this moment as it was at that of the last build."""
    if last.asked_now == now.isoformat():
        return True
    clock, until = last.report.clock, last.report.next_change
    if now.tzinfo is None or clock is None:
        return False
    return clock.timestamp <= now.timestamp() and (until is None or now.timestamp() < until.timestamp)


def _has_same_search(report: Report) -> bool:
    if report.search_engine is None:
        return True
    from cogen.engine.searching import SearchEngine  # noqa: PLC0415 for sites with a search only

    return report.search_engine == SearchEngine().identity


def _inputs(request: Request, seen: Survey, engine: str) -> str:
    files = (*seen.content.files, *seen.own_themes.files, *seen.shipped_themes)
    stamps = [(file.path, file.stamp) for file in files]
    options = (request.with_drafts, request.with_future, request.url, request.is_strict)
    return hash_value(engine, options, seen.settings, stamps, seen.content.findings, seen.own_themes.findings)


def _outputs(inventory: Inventory) -> str:
    return hash_value(sorted(inventory.files.items()), sorted(inventory.folders))
