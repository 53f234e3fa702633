"""A race between cogen and other static site generators: same posts, same pages, in turn on one machine.

    python bench/race.py --posts 1000 10000:hugo 100000: --runs 3 --against pelican hugo

Prints Markdown tables.  It asserts nothing about time: a machine is busy or slow, and only the ratio of two runs
made one after the other says something.  See README.md beside this file.
"""

import argparse
import shutil
import signal
import sys
from pathlib import Path

import tables
from racers import OLD, RIVALS, WORK, RaceError, install, prepare
from scenarios import SCENARIOS, race, say

EXIT_INTERRUPTED = 130


def main() -> None:
    """Read the arguments, run the races, print the tables."""
    arguments = _parser().parse_args()
    sizes = [_size(written, arguments.against) for written in arguments.posts]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what runs is ended then, too
    try:
        install(sorted({rival for _, rivals in sizes for rival in rivals}))
        _run(sizes, arguments)
    except RaceError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(EXIT_INTERRUPTED)


def _run(sizes: list[tuple[int, list[str]]], arguments: argparse.Namespace) -> None:
    outcomes: list[tables.Outcome] = []
    for count, rivals in sizes:
        outcomes.append(_race_one(count, rivals, arguments))
        shown = [*tables.scenario_tables(outcomes[-1]), "", *tables.file_lists(outcomes[-1])]
        print("\n".join(shown), flush=True)
        for path in arguments.write:  # after each size, for the next one may fail
            page = tables.put_between_marks(
                path.read_text(encoding="utf-8"), "\n".join(tables.summary(outcomes))
            )
            path.write_text(page, encoding="utf-8")
    for count, _ in sizes:
        shutil.rmtree(arguments.work / str(count) / OLD, ignore_errors=True)
    print("\n### Ratios\n", *tables.summary(outcomes), sep="\n")


def _race_one(count: int, rivals: list[str], arguments: argparse.Namespace) -> tables.Outcome:
    say(f"{count:,} posts: writing them")
    racers = prepare(rivals, arguments.work / str(count), count)
    files = {}
    for racer in racers:
        say(f"{count:,} posts: a first build, not measured: {racer.name}")
        racer.start_cold()
        racer.build()
        files[racer.name] = racer.published()
    return tables.Outcome(count, race(racers, count, arguments.runs, arguments.scenarios), files)


def _size(written: str, against: list[str]) -> tuple[int, list[str]]:
    """Read ``10000`` (against all that race), ``10000:hugo,pelican`` or ``10000:`` (against nobody)."""
    count, colon, names = written.partition(":")
    rivals = [name for name in names.split(",") if name] if colon else against
    if not count.isdecimal() or not int(count) or not set(rivals) <= set(RIVALS):
        sys.exit(
            f"--posts {written}: a number of posts and rivals of it was expected, such as 1000:hugo,pelican"
        )
    return int(count), rivals


def _page(written: str) -> Path:
    """Read the name of a page that has the marks."""
    path = Path(written)
    try:
        tables.put_between_marks(path.read_text(encoding="utf-8"), "")
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{path}: {error}") from error
    return path


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Race cogen against other static site generators.")
    parser.add_argument(
        "--posts",
        nargs="+",
        default=["1000"],
        metavar="SIZE[:RIVAL,…]",
        help="sizes of the blog, each with rivals of its own where not all shall run (default: 1000)",
    )
    parser.add_argument(
        "--runs", type=int, default=3, help="rounds; every generator runs once in each (default: 3)"
    )
    parser.add_argument(
        "--against", nargs="*", choices=sorted(RIVALS), default=["hugo"], help="default: hugo"
    )
    parser.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    parser.add_argument(
        "--work", type=Path, default=WORK, help="where to build; a real disk, for real numbers"
    )
    parser.add_argument(
        "--write",
        type=_page,
        nargs="+",
        default=[],
        metavar="PAGE",
        help="put the table of ratios into these pages, between their two marks",
    )
    return parser


if __name__ == "__main__":
    main()
