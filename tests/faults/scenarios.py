"""A small site before and after an edit, the states a build can find, and what must hold after any fault."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from faults.strace import NOW, build_command, run
from sites import MINIMAL, cogen, parse_site, tree, write_site

MARKER = ".cogen-output"
_PADDING = "Words that make this page longer than one block of the disk.\n\n" * 120


def post(name: str, text: str, more: str = "") -> str:
    """Write a post as text."""
    return f"-- content/posts/{name}.md --\n---\ntitle: {name[11:].title()}\ntags: [Tag]\n{more}---\n{text}\n"


OLD = (
    MINIMAL
    + "publish: {authors: false, archive: none}\n"
    + post("2013-05-01-changed", f"Old words.\n\n{_PADDING}")
    + post("2013-05-02-moved", "Words that move.")
    + post("2013-05-03-removed", "Words that go.")
    + post("2013-05-04-kept", "Words that stay.")
    + "-- content/files/notes.txt --\nold notes\n"
    + "-- content/thing --\na file whose place a folder takes\n"
    + "-- content/pages/about.md --\n---\ntitle: About\n---\nAbout us.\n"
)
_EDIT = (
    post("2013-05-01-changed", f"New words.\n\n{_PADDING}")
    + post(
        "2013-05-02-moved", "Words that move.", "permalink: /elsewhere/moved/\naliases: [/2013/05/moved/]\n"
    )
    + post("2013-05-05-added", "Words that come.")
    + "-- content/files/notes.txt --\nnew notes, and more of them\n"
    + "-- content/pages/thing.md --\n---\ntitle: Thing\n---\nA folder.\n"
)
_GONE = ("content/posts/2013-05-03-removed.md", "content/thing")


def write_new(site: Path) -> None:
    """Edit the old site: a page changes, one comes, one moves, one goes, and a file becomes a folder."""
    write_site(site, _EDIT)
    for name in _GONE:
        (site / name).unlink(missing_ok=True)


def write_old(site: Path) -> None:
    """Undo the edit."""
    for name in parse_site(_EDIT):
        (site / name).unlink(missing_ok=True)
    write_site(site, OLD)


# ---- states a build finds ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scenario:
    """A state that a build finds."""

    name: str
    prepare: Callable[[Path], None]
    """Brings a site that was built with its old sources into that state."""
    is_edited: bool
    write: Callable[[Path], None] = write_old
    """Writes the old sources."""
    was_published: bool = True
    is_warm: bool = False
    """Build once more before the fault: what the state is about is that nothing changed."""


def _forget_all(site: Path) -> None:
    shutil.rmtree(site / "output")
    shutil.rmtree(site / ".cogen")


def _empty(site: Path) -> None:
    _forget_all(site)
    (site / "output").mkdir()


def _without_store(site: Path) -> None:
    shutil.rmtree(site / ".cogen")
    write_new(site)


def _nothing(_site: Path) -> None:
    """Leave the site as it was built."""


FIRST = Scenario("first", _forget_all, is_edited=False, was_published=False)
EDIT = Scenario("edit", write_new, is_edited=True)
SCENARIOS = (
    FIRST,
    Scenario("empty-folder", _empty, is_edited=False, was_published=False),
    EDIT,
    Scenario("nothing-changed", _nothing, is_edited=False, is_warm=True),
    Scenario("store-deleted", _without_store, is_edited=True),
)


# ---- a site large enough for two processes ------------------------------------------------------------------


def _write_large(site: Path, word: str) -> None:
    posts = (post(f"2012-{1 + n % 12:02}-{1 + n % 28:02}-p{n}", f"{word} words {n}.") for n in range(420))
    write_site(site, MINIMAL + "publish: {authors: false, archive: none}\n" + "".join(posts))


def write_large_old(site: Path) -> None:
    """Write some hundred posts."""
    _write_large(site, "Old")


def write_large_new(site: Path) -> None:
    """Edit each of them, add one and remove one."""
    _write_large(site, "New")
    (site / "content/posts/2012-01-01-p0.md").rename(site / "content/posts/2012-01-01-added.md")


LARGE = Scenario("large", write_large_new, is_edited=True, write=write_large_old)


# ---- what must hold ------------------------------------------------------------------------------------------

Tree = dict[str, bytes]


def published(site: Path, output: str = "output") -> Tree:
    """Give the published files; empty where there is no output.  What has a dot name of ours is not published."""
    return {name: data for name, data in tree(site / output).items() if not name.startswith(".cogen-")}


def everything(site: Path) -> frozenset[str]:
    """List all that lies in a site's folder, but for its sources; digests and numbers in names count as one another."""
    names = (path.relative_to(site).as_posix() for path in site.rglob("*"))
    return frozenset(
        re.sub(r"\d+(?=\.segment$)", "NUMBER", re.sub(r"\b[0-9a-f]{16,}\b", "DIGEST", name))
        for name in names
        if not name.startswith(("content/", "themes/"))
    )


def half_files(found: Tree, before: Tree, after: Tree, *, was_published: bool) -> list[str]:
    """Name each published file that is neither old nor new, and each that is missing though both have it."""
    wrong = [name for name, data in found.items() if data not in {before.get(name), after.get(name)}]
    if was_published:
        wrong += [name for name in before.keys() & after.keys() if name not in found]
    return sorted(wrong)


@dataclass(frozen=True)
class Stage:
    """A scenario in one folder, which is brought into its state as often as wanted."""

    scenario: Scenario
    site: Path
    pristine: Path
    before: Tree
    after: Tree
    left: frozenset[str]
    """All that lies in the folder when an undisturbed build has ended."""

    def reset(self) -> None:
        """Bring the folder into the state."""
        shutil.rmtree(self.site)
        shutil.copytree(self.pristine, self.site)
        if self.scenario.is_warm:
            assert run(build_command(self.site)).code == 0

    def halves(self) -> list[str]:
        """Say what is not whole now."""
        found = published(self.site)
        if self.scenario is FIRST and not (self.site / "output").exists():
            return []
        was_published = self.scenario.was_published or self.scenario is FIRST
        return half_files(found, self.before, self.after, was_published=was_published)

    def is_published(self) -> bool:
        """Say whether all is published now as a cold build would."""
        return published(self.site) == self.after

    def zone(self, text: str) -> str:
        """Say in which part of the site's folder a call works, from the first path it names there."""
        start = text.find(f"{self.site}/")
        parts = text[start + len(str(self.site)) + 1 :].split("/") if start >= 0 else [""]
        return "/".join(parts[:2]) if parts[0] == ".cogen" or parts[1:2] == [".cogen-staging"] else parts[0]

    def faults_of_the_next_build(self, *options: object) -> list[str]:
        """Build undisturbed, in this process, and say in what the result differs from a cold build's."""
        done = cogen("build", self.site, *NOW, *options)
        if done.code:
            return [f"the next build ends with {done.code}: {done.out}{done.err}"]
        found, faults = published(self.site), []
        if found != self.after:
            differing = [
                name for name in found.keys() | self.after.keys() if found.get(name) != self.after.get(name)
            ]
            faults.append(f"the next build differs from a cold one: {sorted(differing)}")
        if (self.site / ".cogen/.gitignore").read_text() != "*\n":
            faults.append("git would see the store")
        if foreign := everything(self.site) ^ self.left:
            faults.append(f"left behind, or missing: {sorted(foreign)}")
        return faults


def make_stage(scenario: Scenario, folder: Path) -> Stage:
    """Build what there is to compare with, cold, and the state itself."""
    site = folder / "site"
    scenario.write(site)
    before = _cold(site, folder)
    assert run(build_command(site)).code == 0
    scenario.prepare(site)
    after = _cold(site, folder) if scenario.is_edited else before
    shutil.copytree(site, folder / "pristine")
    assert run(build_command(site)).code == 0
    stage = Stage(
        scenario,
        site,
        folder / "pristine",
        before if scenario.was_published else {},
        after,
        everything(site),
    )
    assert published(site) == after
    said = cogen("build", site, *NOW).out
    assert ": 0 rendered, 0 written" in said, (
        f"a process of its own and this one remember differently: {said}"
    )
    stage.reset()
    return stage


def _cold(site: Path, folder: Path) -> Tree:
    """Build a copy of the sources with nothing remembered."""
    copy = folder / "cold"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("output", ".cogen"))
    done = run(build_command(copy, "--no-cache"))
    assert done.code == 0, done
    found = published(copy)
    shutil.rmtree(copy)
    return found
