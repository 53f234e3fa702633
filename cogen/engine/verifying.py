"""A build put to the test: the same site once more with nothing remembered, beside it, and compared. Layer: engine."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from cogen.engine.build import build
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.whole_files import remove
from cogen.model.diagnostics import MachineError
from cogen.read.files import read_optional, walk_all


def verify(request: Request, report: Report, progress: Progress) -> tuple[str, ...]:
    """Build the site of a published report again from nothing, and say in words what is not the same.

    The output folder stays as it is.  A source that is changed meanwhile shows as a difference.
    """
    if request.output_path is None:
        return ()
    beside = request.site_path / ".cogen/verify"
    cold = msgspec.structs.replace(request, output_path=beside, uses_cache=False)
    try:
        again = build(cold, progress)
        return tuple(_differences(request.output_path, beside, report, again))
    finally:
        try:
            remove(beside)
        except OSError as error:
            raise MachineError(f"cannot delete {beside}: {error.strerror}") from error


def _differences(warm: Path, cold: Path, report: Report, again: Report) -> Iterator[str]:
    if report.findings != again.findings:
        yield "the messages are others"
    if not again.is_published:
        return
    for path in sorted(walk_all(warm) | walk_all(cold)):
        one, other = read_optional(warm / path), read_optional(cold / path)
        if one is None or other is None:
            yield f"{path} is {'missing' if one is None else 'too many'}"
        elif one != other:
            yield f"{path} is not the same"
