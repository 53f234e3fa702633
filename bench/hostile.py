"""How long cogen needs for the worst that its limits let through: one hostile file at a time, the slowest first.

    python bench/hostile.py
    python bench/hostile.py --only table footnote --dialects gfm

Prints a Markdown table.  It asserts nothing about time, but names what took longer than three seconds.  Between
the files, an honest short post is built again and again, since a machine is not equally quick all the time.
"""

import argparse
import re
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import hostile_texts
import measure

from cogen.model.body import Dialect

WORK = Path(__file__).resolve().parent / "work"
GOAL_S = 3.0
CASES_BETWEEN = 8
"""So many hostile files are built between two builds of the honest short post."""
EXIT_INTERRUPTED = 130
SETTINGS = "id: 3d0f1c6a-54b1-4c0e-9a53-0a8a3d6f4a10\ntitle: Hostile\nurl: https://notes.example.org/\n"
DIALECTS: tuple[Dialect, ...] = ("gfm", "python-markdown")
_FINDING = re.compile(r"(?:error|warning|hint)\[([\w-]+)\]")


@dataclass(frozen=True)
class Trial:
    """What cogen made of one file."""

    kind: str
    dialect: str
    """Empty where it does not matter."""
    size_bytes: int
    run: measure.Measure
    times: float = 1.0
    """Of the processor's time that the honest short post needed just before."""


def try_case(case: hostile_texts.Case, dialect: str, site: Path, timeout_s: float) -> Trial:
    """Build a site that holds this one file, but no longer than so many seconds."""
    shutil.rmtree(site, ignore_errors=True)
    path = site / case.path
    path.parent.mkdir(parents=True)
    path.write_bytes(content := case.text.encode())
    (site / "site.yaml").write_text(
        f"{SETTINGS}markdown: {{dialect: {dialect or DIALECTS[0]}}}\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "cogen", "build", "--no-cache", str(site)]
    return Trial(case.kind, dialect, len(content), measure.run(command, site, timeout_s))


def trials(words: list[str], dialects: list[Dialect]) -> Iterator[tuple[hostile_texts.Case, str]]:
    """Give all kinds whose name holds one of the words (all, where there is none), with the dialect to try.

    A post over the limit of marks is refused at once, so it is cut to what the limit allows.
    """
    for case in hostile_texts.markdown_cases():
        if _is_wanted(case, words):
            yield from ((hostile_texts.at_the_limit(case, dialect), dialect) for dialect in dialects)
    yield from ((case, "") for case in hostile_texts.yaml_cases() if _is_wanted(case, words))


def _is_wanted(case: hostile_texts.Case, words: list[str]) -> bool:
    return not words or any(word in case.kind for word in words)


def said(run: measure.Measure) -> str:
    """Say how a build ended: what it printed most, or that it was ended."""
    if run.exit_code == -signal.SIGKILL:
        return "**ended when its time was over**"
    outcome = {0: "built", 1: "refused"}.get(run.exit_code, f"**exit code {run.exit_code}**")
    codes = Counter(_FINDING.findall(run.output)).most_common(3)
    return ": ".join(
        part for part in (outcome, ", ".join(f"{count:,} {code}" for code, count in codes)) if part
    )


def table(done: list[Trial]) -> Iterator[str]:
    """Give the slowest first."""
    yield "| kind | dialect | kB | seconds | of a processor | times a short post | MB | cogen said |"
    yield "|---|---|--:|--:|--:|--:|--:|---|"
    for trial in sorted(done, key=lambda trial: (trial.run.exit_code >= 0, -trial.run.cpu_s)):
        run = trial.run
        kind = trial.kind.replace("|", "\\|")
        numbers = (trial.size_bytes / 1e3, run.wall_s, run.cpu_s, trial.times, run.peak_bytes / 1e6)
        shown = (f"{number:,.{places}f}" for number, places in zip(numbers, (0, 2, 2, 1, 0), strict=True))
        yield f"| {kind} | {trial.dialect} | {' | '.join(shown)} | {said(run)} |"
    slow = [trial for trial in done if trial.run.exit_code < 0 or trial.run.cpu_s > GOAL_S]
    yield f"\n{len(slow)} of {len(done)} needed more than {GOAL_S:g} s of a processor."
    if done:
        yield f"An honest short post needed {_short_s(done)} s; the worst {max(t.times for t in done):.1f} times that."


def _short_s(done: list[Trial]) -> str:
    """Say what the short post needed: the least and the most."""
    needed = [trial.run.cpu_s / trial.times for trial in done]
    return f"{min(needed):.2f} to {max(needed):.2f}"


def main() -> None:
    """Read the arguments, try all, print the table."""
    parser = argparse.ArgumentParser(
        description="Build hostile files, one at a time, and print the slowest first."
    )
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="WORD", help="kinds whose name holds a word of these"
    )
    parser.add_argument("--dialects", nargs="+", choices=DIALECTS, default=list(DIALECTS))
    parser.add_argument(
        "--timeout", type=float, default=10, help="seconds until a build is ended (default: 10)"
    )
    parser.add_argument("--work", type=Path, default=WORK, help="where to build")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    short, site, short_s = next(hostile_texts.markdown_cases()), arguments.work / "hostile", 1.0
    done: list[Trial] = []
    is_stopped = False
    try:
        for number, (case, dialect) in enumerate(trials(arguments.only, arguments.dialects)):
            if number % CASES_BETWEEN == 0:
                short_s = try_case(short, "", site, arguments.timeout).run.cpu_s
            trial = try_case(case, dialect, site, arguments.timeout)
            trial = replace(trial, times=trial.run.cpu_s / short_s)
            done.append(trial)
            told = f"{trial.run.wall_s:6.2f} s  {case.kind} {dialect}".rstrip()
            print(f"{told}: {said(trial.run)}", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        is_stopped = True
    print("\n".join(table(done)))
    sys.exit(EXIT_INTERRUPTED if is_stopped else 0)


if __name__ == "__main__":
    main()
