"""What a report says of the findings: how severe each is, where it is, and not the same thing a thousand times.

Layer: engine.  Of one kind in one file so many are told; the others are counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter
from pathlib import Path

from cogen.engine.locating import Locator
from cogen.model.diagnostics import (
    MOST_OF_A_KIND,
    Clue,
    Diagnostic,
    Location,
    Severity,
    finding,
    is_fatal,
    severity_of,
)


def merged(shares: Iterable[Iterable[tuple[int, Diagnostic]]]) -> tuple[Diagnostic, ...]:
    """Give what several workers found in one order, the same however many they were; each once.

    With each finding comes the number of the output at which its worker, going by these numbers, found it first.
    """
    found = sorted(chain.from_iterable(shares), key=itemgetter(0))
    return tuple(dict.fromkeys(each for _, each in found))


def are_fatal(
    findings: Iterable[Diagnostic], overrides: Iterable[tuple[str, Severity]], *, is_strict: bool
) -> bool:
    """Say whether findings keep a site from being published."""
    levels = dict(overrides)
    return any(is_fatal(severity_of(each.code, levels), is_strict=is_strict) for each in findings)


def judged(
    findings: Iterable[Diagnostic], overrides: Iterable[tuple[str, Severity]], site_path: Path
) -> tuple[tuple[Severity, Diagnostic], ...]:
    """Give the findings that are not switched off, each once and with its place, in the order they came."""
    levels = dict(overrides)
    locator = Locator(site_path)
    shown = ((severity_of(each.code, levels), each) for each in _counted(findings))
    return tuple(
        dict.fromkeys((severity, locator.locate(each)) for severity, each in shown if severity != "off")
    )


def _counted(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Give the first of each kind in a file, and then how many more there are.

    What was found twice counts once, also where only one of the two has a suggestion.
    """
    counts: Counter[tuple[str, str]] = Counter()
    last_told: dict[tuple[str, str], Location | Clue] = {}
    known: set[tuple[str, str, Location | Clue | tuple[str, int, int] | None]] = set()
    for each in findings:
        at = each.at  # of which those beyond the hundredth have no excerpt
        where = (at.path, at.line, at.column) if isinstance(at, Location) else at
        if (what := (each.code, each.message, where)) in known:
            continue
        known.add(what)
        if at is None:
            yield each
            continue
        kind = each.code, at.path
        counts[kind] += 1
        if counts[kind] <= MOST_OF_A_KIND:
            last_told[kind] = at
            yield each
    for kind, at in last_told.items():
        if (more := counts[kind] - MOST_OF_A_KIND) > 0:
            message = f"{more:,} more of this kind in this file"
            yield finding(kind[0], message, at, "mend those that are shown, and build again")
