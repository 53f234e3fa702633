"""What each command does: from parsed arguments to calls and a printed report. Layer: cli."""

import argparse
import datetime as dt
import gc
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import MappingProxyType

from cogen.cli.findings import format_counts, format_github, format_json, format_text
from cogen.cli.terminal import ProgressLine, say, say_error, say_status, wants_colour
from cogen.engine.build import build
from cogen.engine.lock import tell_nobody
from cogen.engine.report import Report
from cogen.engine.request import Request
from cogen.model.diagnostics import Diagnostic, ProjectError, Severity

EXIT_FINDINGS = 1
EXIT_BUG = 70
_SHOWN_LEFT_OUT = 10
Findings = tuple[tuple[Severity, Diagnostic], ...]


def run_check(options: argparse.Namespace) -> int:
    """``cogen check``."""
    request, _ = _request(options, None)
    report = _build(request, is_quiet=options.quiet)
    if options.format == "json":
        say(format_json(report.findings))
    elif options.format == "github":
        if report.findings:
            say(format_github(report.findings))
    else:
        _print_findings(report.findings, options)
        if not options.quiet:
            say(format_counts(report.findings) if report.findings else "Nothing to mend.")
    return EXIT_FINDINGS if report.fails(strict=options.strict) else 0


def run_serve(options: argparse.Namespace) -> int:
    """``cogen serve``."""
    from cogen.engine.session import Session  # noqa: PLC0415 a build needs no server
    from cogen.serve.loop import RebuildResult, serve  # noqa: PLC0415 likewise

    site_path = Path(options.site)
    served_path = site_path / ".cogen" / "serve"

    base = build_base(site_path, options.url)
    session = Session()

    def rebuild() -> RebuildResult:
        request, _ = _request(options, served_path)
        started_s = time.perf_counter()
        report = session.build(request, _no_progress, say_status)
        text = format_text(report.findings, colour=wants_colour(sys.stdout))
        if text:
            say(text)
        outcome = "built" if report.is_published else "not built: the last good site stays"
        summary = f"{outcome}, {report.rendered} files rendered, {time.perf_counter() - started_s:.2f} s"
        if report.is_published and report.base != base:
            summary += f"; the site now lies under {report.base or '/'}: stop this server and start it again"
        plain = format_text(report.findings, colour=False)
        return RebuildResult(ok=report.is_published, summary=summary, findings_text=plain)

    def preview(changed: frozenset[str]) -> RebuildResult | None:
        started_s = time.perf_counter()
        addresses = [session.preview(path) for path in sorted(changed)]
        if not changed or None in addresses:
            return None
        shown = ", ".join(address for address in addresses if address)
        summary = f"{shown} shown, {time.perf_counter() - started_s:.2f} s; the rest of the site follows"
        return RebuildResult(ok=True, summary=summary)

    serve(site_path, served_path, base, options.port, rebuild=rebuild, say=say, stop=Event(), preview=preview)
    return 0


def build_base(site_path: Path, url: str | None) -> str:
    """Give the path that a site lies under; empty where site.yaml cannot be read."""
    from cogen.read.config import parse_config  # noqa: PLC0415 only serve wants it
    from cogen.read.files import read_settings  # noqa: PLC0415 likewise

    config, _ = parse_config(read_settings(site_path), url)
    return config.base if config else ""


def run_new_site(options: argparse.Namespace) -> int:
    """``cogen new site``."""
    from cogen.scaffold.site import new_site  # noqa: PLC0415 a build needs no starter

    folder = Path(options.folder)
    written = new_site(folder, str(uuid.uuid4()), _today())
    say(f"A new site of {len(written)} files lies in {folder}. Next:\n  cd {folder}\n  cogen serve")
    return 0


def run_new_post(options: argparse.Namespace) -> int:
    """``cogen new post``."""
    from cogen.scaffold.post import new_post  # noqa: PLC0415 a build needs no starter

    guid = f"urn:uuid:{uuid.uuid4()}"
    path = new_post(Path(options.site), options.title, _today(), guid, options.language)
    say(f"{path} is a draft: write it, then take the line 'draft: true' out.")
    return 0


# ---- requests ------------------------------------------------------------------------------------------------


def _request(
    options: argparse.Namespace, output_path: Path | None, *, uses_cache: bool = True, jobs: int = 0
) -> tuple[Request, str]:
    now, origin = _clock(options.now)
    request = Request(
        site_path=Path(options.site),
        output_path=output_path,
        now=now,
        with_drafts=options.drafts,
        with_future=options.future,
        url=options.url,
        uses_cache=uses_cache,
        is_strict=options.strict,
        explains=getattr(options, "explain", False),
        jobs=jobs or os.cpu_count() or 1,
    )
    return request, origin


def _clock(written: str | None) -> tuple[dt.datetime, str]:
    """Give the moment to build for, and where it comes from unless it is the real time.

    A moment without a zone is naive, and means the site's own wall clock.
    """
    if written is not None:
        try:
            return dt.datetime.fromisoformat(written), "--now"
        except ValueError:
            raise ProjectError(f"--now {written!r} is not a moment such as 2012-05-25T18:30") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return dt.datetime.fromtimestamp(int(epoch), dt.UTC), "SOURCE_DATE_EPOCH"
        except (ValueError, OverflowError, OSError):
            raise ProjectError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds") from None
    return dt.datetime.now(dt.UTC), ""


def _today() -> dt.date:
    return _clock(None)[0].astimezone().date()


def _no_progress(stage: str, done: int, total: int) -> None:
    """Show nothing."""


def _build(request: Request, *, is_quiet: bool) -> Report:
    progress = ProgressLine(sys.stderr, is_wanted=not is_quiet)
    try:
        with _no_looking_for_garbage():
            return build(request, progress, tell_nobody if is_quiet else say_status)
    finally:
        progress.clear()


@contextmanager
def _no_looking_for_garbage() -> Iterator[None]:
    """Spare a build what takes a tenth of it in vain: a site is large and lives until the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # what there is counts as old now, so that no look at all of it comes next
        gc.enable()


def run_build(options: argparse.Namespace) -> int:
    """``cogen build``."""
    site_path = Path(options.site)
    output_path = Path(options.output) if options.output else site_path / "output"
    if Path(os.path.realpath(output_path)).is_relative_to(os.path.realpath(site_path / ".cogen")):
        raise ProjectError(
            f"{output_path} lies in .cogen/, which is cogen's own: name another folder with -o"
        )
    request, origin = _request(options, output_path, uses_cache=not options.no_cache, jobs=options.jobs)
    started_s = time.perf_counter()
    report = _build(request, is_quiet=options.quiet)
    elapsed_s = time.perf_counter() - started_s
    _print_findings(report.findings, options)
    if options.explain:
        _print_explained(report)
    if not options.quiet:
        _print_summary(report, output_path, elapsed_s, origin, is_verbose=options.verbose)
    if options.verify and report.is_published and not _is_verified(request, report, is_quiet=options.quiet):
        return EXIT_BUG
    return EXIT_FINDINGS if report.fails(strict=options.strict) else 0


# ---- reports -------------------------------------------------------------------------------------------------


def _print_findings(findings: Findings, options: argparse.Namespace) -> None:
    shown = tuple(item for item in findings if item[0] != "hint") if options.quiet else findings
    if shown:
        say(format_text(shown, colour=wants_colour(sys.stdout)))


def _print_summary(
    report: Report, output_path: Path, elapsed_s: float, origin: str, *, is_verbose: bool
) -> None:
    if origin and report.clock is not None:
        say(f"As of {report.clock.iso} ({origin}).")
    _print_left_out(report, is_verbose=is_verbose)
    if report.next_change is not None:
        say(f"The site changes by itself at {report.next_change.iso}: build it again then.")
    if report.findings:
        say(format_counts(report.findings))
    if not report.is_published:
        say("Not published: mend the above and build again. What was published before is as it was.")
        return
    pages = _plural(report.outputs, "file")
    posts = _plural(report.posts, "post")
    removed = f", {report.removed:,} removed" if report.removed else ""
    made = f"{report.rendered:,} rendered, {report.written:,} written{removed}"
    say(f"{pages} from {posts} in {output_path}: {made}, {elapsed_s:.2f} s")


def _print_explained(report: Report) -> None:
    say(f"Made anew: {_plural(len(report.explained), 'file')}")
    for path, reason in report.explained:
        say(f"  {path}: {reason}")


def _is_verified(request: Request, report: Report, *, is_quiet: bool) -> bool:
    """Build the site from nothing, too, and say whether both are the same."""
    from cogen.engine.verifying import verify  # noqa: PLC0415 asked for seldom

    progress = ProgressLine(sys.stderr, is_wanted=not is_quiet)
    try:
        differences = verify(request, report, progress)
    finally:
        progress.clear()
    for difference in differences:
        say(f"  {difference}")
    if differences:
        say_error(
            "the site is not what a build from nothing makes, which is a fault in cogen unless a file was changed "
            "meanwhile; please report it with the lines above, and delete .cogen/ to build again"
        )
    elif not is_quiet:
        say("Verified: a build from nothing makes the same site.")
    return not differences


def _print_left_out(report: Report, *, is_verbose: bool) -> None:
    if not report.left_out:
        return
    say(f"Left out: {_plural(len(report.left_out), 'file')}")
    shown = report.left_out if is_verbose else report.left_out[:_SHOWN_LEFT_OUT]
    for left in shown:
        say(f"  {left.path}: {_REASONS[left.reason]}{left.until.iso if left.until else ''}")
    if len(shown) < len(report.left_out):
        say(f"  … and {len(report.left_out) - len(shown):,} more (-v shows all)")


_REASONS: dict[str, str] = {
    "draft": "a draft (--drafts shows it)",
    "future": "appears ",
    "expired": "expired ",
    "expired before it appears": "never appears, as it expires before that, ",
}


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {
        "build": run_build,
        "check": run_check,
        "serve": run_serve,
        "new_site": run_new_site,
        "new_post": run_new_post,
    }
)
"""What runs each command; each gives the exit code."""
