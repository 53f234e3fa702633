"""What a build says when it has ended. Layer: engine."""

import msgspec

from cogen.model.diagnostics import Diagnostic, Severity, is_fatal
from cogen.model.left_out import LeftOut
from cogen.model.moments import Moment


class Report(msgspec.Struct, frozen=True):
    """The outcome of a build or check."""

    findings: tuple[tuple[Severity, Diagnostic], ...]
    """All that was found and not switched off, each with a ``Location`` or no place at all."""
    is_published: bool
    """False where errors kept the last good site in place, and for a check."""
    posts: int = 0
    """Listed posts."""
    outputs: int = 0
    """Files the site consists of; 0 where it was not published."""
    rendered: int = 0
    """Files that were made anew."""
    written: int = 0
    """Files whose bytes changed."""
    removed: int = 0
    """Files that no plan names any more."""
    explained: tuple[tuple[str, str], ...] = ()
    """Path of each file that was made anew, and why; only where that was asked for."""
    left_out: tuple[LeftOut, ...] = ()
    next_change: Moment | None = None
    clock: Moment | None = None
    """The moment it was built for."""
    base: str = ""
    """The path the site lies under."""
    search_engine: str | None = None
    """The identity of the program that indexes it; None where it has no search."""

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(found == severity for found, _ in self.findings)

    def fails(self, *, strict: bool) -> bool:
        """Say whether the findings amount to exit code 1."""
        return any(is_fatal(severity, is_strict=strict) for severity, _ in self.findings)
