"""``cogen serve``: build, show, watch, build again, until the author stops it. Layer: serve."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

from cogen.model.diagnostics import MachineError, ProjectError
from cogen.serve.news import RebuildResult
from cogen.serve.server import Server
from cogen.serve.watch import changed_paths, fingerprint, wait_for_change

__all__ = ["POLL_S", "RebuildResult", "serve"]

POLL_S = 0.2
_FURTHER_PORTS = 20
_LAST_PORT = 65_535
_QUIET_S = 1.0
_QUIET_BUILDS = 2
"""How long it is waited with a build for who saves again and again: twice what the last build took, or a second."""
_WATCHED = ("content", "themes", "site.yaml")


def serve(
    site_folder: Path,
    served_folder: Path,
    base: str,
    port: int,
    *,
    rebuild: Callable[[], RebuildResult],
    say: Callable[[str], None],
    stop: Event,
    preview: Callable[[frozenset[str]], RebuildResult | None] | None = None,
) -> None:
    """Build the site, show it under ``base`` and rebuild it on every change, until ``stop`` or Ctrl-C.

    ``rebuild`` shows its findings on the terminal itself; its summary is said here.  A build that fails leaves
    the last good one on show.  ``preview`` is told the files changed since the last build, and may make their
    pages at once; the build, which nothing can be shown during, then follows when nothing has changed for
    twice the time that the last one took, at least a second.  Where the port is taken, one of the next twenty
    serves; MachineError where none of them is free.
    """
    watched = tuple(site_folder.resolve() / name for name in _WATCHED)
    ignored = frozenset({served_folder.resolve()})
    with _open_server(served_folder, base, port, say) as server:
        try:
            built = seen = fingerprint(watched, ignored)
            started_s = time.monotonic()
            server.news.publish(_build(rebuild, say))
            quiet_s = _quiet_after(started_s)
            server.start()
            say(f"Serving at {server.url} (Ctrl-C stops)")
            patience_s = None
            while (now := wait_for_change(watched, seen, POLL_S, stop, ignored, patience_s)) is not None:
                shown = _preview(preview, changed_paths(built, now), say) if now is not seen else None
                seen = now
                if shown is None:
                    built, patience_s, started_s = now, None, time.monotonic()
                    shown = _build(rebuild, say)
                    quiet_s = _quiet_after(started_s)
                else:
                    patience_s = quiet_s
                server.news.publish(shown)
        except KeyboardInterrupt:
            say("Stopped.")


def _quiet_after(started_s: float) -> float:
    return max(_QUIET_S, _QUIET_BUILDS * (time.monotonic() - started_s))


def _open_server(folder: Path, base: str, port: int, say: Callable[[str], None]) -> Server:
    reason = ""
    for candidate in range(port, min(port + _FURTHER_PORTS, _LAST_PORT) + 1):
        try:
            server = Server(folder, base, candidate)
        except MachineError as error:
            reason = reason or str(error)
            continue
        if reason:
            say(f"{reason[0].upper()}{reason[1:]}; taking {candidate} instead.")
        return server
    raise MachineError(f"{reason}, nor any of the {_FURTHER_PORTS} after it")


def _preview(
    preview: Callable[[frozenset[str]], RebuildResult | None] | None,
    changed: frozenset[str],
    say: Callable[[str], None],
) -> RebuildResult | None:
    """Show what has changed at once, where that can be done; the build that follows says what is wrong with it."""
    if preview is None:
        return None
    try:
        result = preview(changed)
    except (MachineError, ProjectError):
        return None
    if result is not None:
        say(result.summary)
    return result


def _build(rebuild: Callable[[], RebuildResult], say: Callable[[str], None]) -> RebuildResult:
    """Build once; a disk that is full or a site.yaml that has gone must not end the server."""
    try:
        result = rebuild()
    except (MachineError, ProjectError) as error:
        result = RebuildResult(ok=False, summary=f"Not built: {error}")
    say(result.summary)
    return result
