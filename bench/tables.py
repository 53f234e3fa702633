"""What a race has shown, as Markdown: a table for each scenario, and one of ratios for the README."""

import datetime as dt
import os
import platform
import re
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import measure
from racers import COGEN, DEFAULTS, DIALECT, RIVALS, rendered
from scenarios import Results

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
PAIRS = ((COGEN, "hugo"), (DEFAULTS, "hugo"), (COGEN, "pelican"), (DIALECT, "pelican"))
"""Who is compared with whom in the table of ratios."""
DIFFERENCES = """\
- *cogen* publishes here what the other's site has. *Its defaults* are the theme that ships and all that it publishes:
  three full-text feeds for each tag and author, months, cards, typographic quotes.
- cogen resolves and checks every link, reads the size of every picture and compares its output with what it wrote;
  the others do not. Hugo and Pelican build everything anew each time, and Pelican on one core and without
  links from a post to its neighbours.
- Ratios are medians, each of two runs of one round, one after the other; below 1, cogen needed less. Memory is the
  peak of the whole process tree. *serve* is the time from the save of a post until its page is served.
"""
Field = Callable[[measure.Measure], float]


def wall(run: measure.Measure) -> float:
    """Seconds on the clock."""
    return run.wall_s


def cpu(run: measure.Measure) -> float:
    """Seconds of processors."""
    return run.cpu_s


def peak(run: measure.Measure) -> float:
    """Most memory, in megabytes."""
    return run.peak_bytes / 1e6


@dataclass(frozen=True)
class Outcome:
    """What a race of one size has shown."""

    posts: int
    results: Results
    files: dict[str, set[str]]
    """Name of a racer → the files it publishes, before anything was edited."""


def ratio(own: list[measure.Measure], other: list[measure.Measure], field: Field) -> float:
    """Give the median of the ratios, each of two runs of one round."""
    return statistics.median(field(mine) / field(theirs) for mine, theirs in zip(own, other, strict=True))


def median(runs: list[measure.Measure], field: Field) -> float:
    """Give the median of a field."""
    return statistics.median(map(field, runs))


# ---- all that was measured -------------------------------------------------------------------------------------


def scenario_tables(outcome: Outcome) -> Iterator[str]:
    """Give a table for each scenario: medians, all runs, and the ratio to cogen's run of the same round."""
    for scenario, by_name in outcome.results.items():
        yield f"\n### {outcome.posts:,} posts, {scenario}\n"
        yield "| generator | wall s (all runs) | cogen ÷ it, pair by pair | CPU s | peak MB | posts/s | rendered |"
        yield "|---|--:|--:|--:|--:|--:|--:|"
        for name, runs in by_name.items():
            speed = "-" if scenario == "serve" else f"{outcome.posts / median(runs, wall):,.0f}"
            cells = (
                f"{median(runs, wall):.3f} ({', '.join(f'{run.wall_s:.3f}' for run in runs)})",
                f"{ratio(by_name[COGEN], runs, wall):.2f}",
                f"{median(runs, cpu):.2f}",
                f"{median(runs, peak):.0f}",
                speed,
                _rendered(runs),
            )
            yield f"| {name} | {' | '.join(cells)} |"


def growth(smaller: Outcome, larger: Outcome) -> Iterator[str]:
    """Say how much longer cogen needs for a larger blog, in each scenario."""
    yield f"- {larger.posts:,} posts, {larger.posts / smaller.posts:g} times {smaller.posts:,}:"
    for scenario, by_name in larger.results.items():
        runs, before = by_name[COGEN], smaller.results[scenario][COGEN]
        times = median(runs, wall) / median(before, wall)
        memory = median(runs, peak) / median(before, peak)
        yield f"  - {scenario}: cogen needs {times:.1f} times as long and {memory:.1f} times the memory"


def file_lists(outcome: Outcome) -> Iterator[str]:
    """Say how many files each made, and which of them cogen's race does not make, or only cogen's does."""
    own = outcome.files[COGEN]
    for name, theirs in outcome.files.items():
        line = f"- {outcome.posts:,} posts, {name}: {len(theirs):,} files"
        if theirs - own:
            line += f"; {len(theirs - own):,} that cogen does not make: {_some(theirs - own)}"
        if own - theirs:
            line += f"; {len(own - theirs):,} that only cogen makes: {_some(own - theirs)}"
        yield line


def _some(names: set[str], limit: int = 4) -> str:
    shown = sorted(names)[:limit]
    return ", ".join(f"`{name}`" for name in shown) + (" …" if len(names) > limit else "")


def _rendered(runs: list[measure.Measure]) -> str:
    made = sorted({count for run in runs if (count := rendered(run)) is not None})
    return " to ".join(f"{count:,}" for count in dict.fromkeys((made[0], made[-1]))) if made else "-"


# ---- what is shown in a README ---------------------------------------------------------------------------------


def summary(outcomes: list[Outcome]) -> Iterator[str]:
    """Give one table of ratios for all sizes, what differs between the generators, and the machine."""
    yield "| posts | scenario | who | time | processor | memory | seconds | MB | files cogen rendered |"
    yield "|--:|---|---|--:|--:|--:|--:|--:|--:|"
    for outcome in outcomes:
        for scenario, by_name in outcome.results.items():
            for own, rival, cells in _rows(scenario, by_name):
                yield f"| {outcome.posts:,} | {scenario} | {own}{rival} | {' | '.join(cells)} |"
    yield "\n" + DIFFERENCES.strip()
    for outcome in outcomes:
        counts = "; ".join(f"{name} {len(files):,}" for name, files in outcome.files.items())
        yield f"- Files published from {outcome.posts:,} posts: {counts}."
    for smaller, larger in pairwise(outcomes):
        yield from growth(smaller, larger)
    yield f"\n{machine()}"


def _rows(scenario: str, by_name: dict[str, list[measure.Measure]]) -> Iterator[tuple[str, str, list[str]]]:
    """Give who is compared, with whom, and the cells; cogen alone where nobody raced against it."""
    pairs = [(own, rival) for own, rival in PAIRS if own in by_name and rival in by_name]
    for own, rival in pairs:
        mine, theirs = by_name[own], by_name[rival]
        processor = "-" if scenario == "serve" else f"{ratio(mine, theirs, cpu):.2f}"
        cells = [f"**{ratio(mine, theirs, wall):.2f}**", processor, f"{ratio(mine, theirs, peak):.2f}"]
        seconds = f"{_seconds(mine)} ÷ {_seconds(theirs)}"
        megabytes = f"{median(mine, peak):,.0f} ÷ {median(theirs, peak):,.0f}"
        yield own, f" ÷ {rival}", [*cells, seconds, megabytes, _rendered(mine)]
    if not pairs:
        mine = by_name[COGEN]
        yield COGEN, "", ["-", "-", "-", _seconds(mine), f"{median(mine, peak):,.0f}", _rendered(mine)]


def _seconds(runs: list[measure.Measure]) -> str:
    seconds = median(runs, wall)
    return f"{seconds:.2f}" if seconds >= 1 else f"{seconds:.3f}"


def machine() -> str:
    """Say when and on what it was measured."""
    versions = ", ".join(sorted(RIVALS.values())).replace("==", " ")
    return (
        f"Measured on {dt.datetime.now(dt.UTC).date()}: {os.cpu_count()} cores of {_processor()}, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}."
    )


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        told = ""
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()


def put_between_marks(page: str, text: str) -> str:
    """Put a text between the two marks of a page, in place of what stands there; ValueError without the marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"needs the two lines {BEGIN} and {END}")
    return f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}"
