"""The walk: anything that may happen to a site between two builds, and after each step the proof.

The subject is a build that remembers; the oracle is the same build with nothing remembered, into a folder of
its own, which is made anew after every step that changed what is built.  Both know the same moment, options and
engine, so what they publish must be the same byte for byte, and so must what they say.  A build that fails
publishes nothing: what stood in the output folder stands there still.

The walk knows requests, reports and files, and nothing of how a build remembers: what lies in ``.cogen/`` it
only damages.
"""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from exact.death import Death, dying_at, dying_progress
from exact.harm import DAMAGES, LEAVINGS, TAMPERINGS, tamper
from exact.site import (
    BODIES,
    FRONTS,
    INSERTIONS,
    NEW_PLACES,
    OTHER_TEXTS,
    POSTS,
    SETTINGS,
    TEXTS,
    TITLES,
    encoded,
    first_files,
    post_text,
    settings_text,
)
from exact.tree import (
    MARKER,
    altered,
    differences,
    everything,
    overwrite_unseen,
    put,
    remove,
)
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sites import files_below

from cogen.engine.build import build
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.model.diagnostics import MachineError, ProjectError

MOMENTS = (
    dt.datetime(2013, 5, 15),
    dt.datetime(2013, 7, 1, 12),
    dt.datetime(2013, 7, 2, 12, 29, 59),  # the forum's last second
    dt.datetime(2013, 7, 2, 12, 30),
    dt.datetime(2013, 7, 3, 9, 29, 59),  # before a publish_date
    dt.datetime(2013, 7, 3, 8, 30, tzinfo=dt.UTC),
    dt.datetime(2013, 7, 5),  # an expiry
    dt.datetime(2013, 9, 1),
)
URLS = (None, "https://preview.example.org/", "https://example.org/else/")
FOLDERS = (
    "content/posts/deep",
    "content/posts/2013-06-01-bundle",
    "content/pictures",
    "content/projects",
    "themes/own/fragments",
    "themes/own/assets",
)
ORACLE = "cold"
_TIMES_TRUSTED = 7
"""So often the oracle's last word stands while nothing it depends on is another."""
_FAILURES_BORNE = 2
_REMEMBERED = 6
_ANY = st.integers(0, 1_000_000)
_PART = st.integers(0, 100)


@dataclass
class Tally:
    """What a walk has done, for the summary."""

    steps: int = 0
    """With a warm build each, compared with a cold one."""
    published: int = 0
    refused: int = 0
    """For what was wrong with the content, or because there was no site."""
    idle: int = 0
    """Builds that had nothing to do, and did nothing."""
    deaths: int = 0
    """Builds that died on the way, before the step's own."""
    damages: int = 0
    """Times that the memory was damaged."""


class Walk(RuleBasedStateMachine):
    """A site, whatever happens to it, and the builds between."""

    def __init__(self, folder: Path, tally: Tally) -> None:
        """Begin anew in a folder, which is the same for every walk of a test: names in it are no source of chance."""
        super().__init__()
        remove(folder)
        self.folder = folder
        self.site = folder / "site"
        self.tally = tally
        self.said: list[str] = []
        self.settings = {key: values[0] for key, values in SETTINGS.items()}
        self.options = Request(self.site, None, MOMENTS[1], engine="one")
        self.output_name = "site/output"
        self.held = 0
        self.failures = 0
        self.is_published = False
        self.is_idle = False
        self.died: tuple[dict[str, bytes], dict[str, bytes]] | None = None
        self.blocks: list[Path] = []
        self.good_sources: list[tuple[dict[str, bytes], dict[str, str]]] = []
        self.memories: list[dict[str, bytes]] = []
        self.asked: object = None
        """What the oracle was asked last."""
        self.answer: tuple[Report | str, dict[str, bytes]] = ("", {})
        self.times_trusted = 0
        for path, data in first_files().items():
            put(self.site / path, data)
        self.write_settings()

    # ---- words the rules are made of ----

    def say(self, what: str) -> None:
        """Note what happens, for whoever has to understand a failure."""
        self.said.append(what)

    def write(self, path: str, data: bytes) -> None:
        """Write a source, now over the old file, now as a new one."""
        self.say(f"write {path}: {data[:200]!r}")
        put(self.site / path, data, is_new_file=len(self.said) % 2 == 0)

    def write_settings(self) -> None:
        """Write site.yaml as the settings say."""
        self.write("site.yaml", settings_text(self.settings).encode())

    def sources(self) -> list[str]:
        """List the author's files."""
        found = [path for top in ("content", "themes") for path in (self.site / top).rglob("*")]
        return sorted(path.relative_to(self.site).as_posix() for path in found if path.is_file())

    def source(self, which: int) -> str:
        """Choose one of the author's files, three times out of four one of the content."""
        top = "content/" if which % 4 else "themes/"
        sources = [path for path in self.sources() if path.startswith(top)] or ["site.yaml"]
        return sources[which % len(sources)]

    def read_sources(self) -> dict[str, bytes]:
        """Give the author's files by their paths."""
        return {path: (self.site / path).read_bytes() for path in [*self.sources(), "site.yaml"]}

    def restore(self, which: int) -> None:
        """Put the author's files back as they were for a build that was published."""
        files, settings = self.good_sources[which % len(self.good_sources)]
        self.say(f"restore the sources of published build {which % len(self.good_sources)}")
        self.settings = dict(settings)
        for path in self.sources():
            if path not in files:
                remove(self.site / path)
        for path, data in files.items():
            target = self.site / path
            if target.is_symlink() or not target.is_file() or target.read_bytes() != data:
                put(target, data)

    @property
    def output(self) -> Path:
        """Where is published at present."""
        return self.folder / self.output_name

    def outputs(self) -> list[Path]:
        """List what is published, but for cogen's mark."""
        found = [path for path in self.output.rglob("*") if path.is_file() and not path.is_symlink()]
        return sorted(path for path in found if path.name != MARKER)

    def memory(self) -> dict[str, bytes]:
        """Give the files in ``.cogen/``."""
        return files_below(self.site / ".cogen")

    def request(self, output: Path, *, uses_cache: bool) -> Request:
        """Ask for a build as the options are now."""
        return msgspec.structs.replace(
            self.options, site_path=self.site, output_path=output, uses_cache=uses_cache
        )

    def outcome(self, request: Request, progress: Progress = lambda *_: None) -> Report | str:
        """Build; give the report, or what was said where no build was possible."""
        try:
            return build(request, progress)
        except (ProjectError, MachineError) as error:
            return f"{type(error).__name__}: {error}"

    # ---- what authors do ----

    @rule(
        path=st.sampled_from(POSTS),
        title=st.sampled_from(TITLES),
        front=st.sampled_from(FRONTS),
        body=st.sampled_from(BODIES),
    )
    def write_post(self, path: str, title: str, front: str, body: str) -> None:
        self.write(path, post_text(title, front, body).encode())

    @rule(which=st.sampled_from(OTHER_TEXTS))
    def write_other(self, which: tuple[str, int]) -> None:
        path, number = which
        text = TEXTS[path][number]
        if text is None:
            self.say(f"delete {path}")
            remove(self.site / path)
        else:
            self.write(path, encoded(text))

    @rule(key=st.sampled_from(sorted(SETTINGS)), which=_ANY)
    def configure(self, key: str, which: int) -> None:
        self.settings[key] = SETTINGS[key][which % len(SETTINGS[key])]
        self.write_settings()

    @rule(which=_ANY)
    def delete(self, which: int) -> None:
        path = self.source(which)
        self.say(f"delete {path}")
        remove(self.site / path)

    @rule(which=_ANY, to=st.sampled_from((*POSTS, *NEW_PLACES)), copies=st.booleans())
    def rename(self, which: int, to: str, copies: bool) -> None:
        path = self.source(which)
        self.say(f"{'copy' if copies else 'rename'} {path} to {to}")
        (self.site / to).parent.mkdir(parents=True, exist_ok=True)
        if path != to and copies:
            put(self.site / to, (self.site / path).read_bytes())
        elif path != to:
            (self.site / path).replace(self.site / to)

    @rule(one=_ANY, two=_ANY)
    def swap(self, one: int, two: int) -> None:
        first, second = self.source(one), self.source(two)
        self.say(f"swap {first} and {second}, times and all")
        if first != second:
            aside = self.folder / "aside"
            (self.site / first).rename(aside)
            (self.site / second).rename(self.site / first)
            aside.rename(self.site / second)

    @rule(path=st.sampled_from(FOLDERS))
    def move_folder(self, path: str) -> None:
        here, away = self.site / path, self.folder / path.replace("/", "-")
        self.say(f"take {path} away, or bring it back")
        if here.is_dir():
            remove(away)
            here.rename(away)
        elif away.is_dir() and here.parent.is_dir():
            away.rename(here)

    @rule(which=_ANY, other=_ANY)
    def link(self, which: int, other: int) -> None:
        path, target = self.site / self.source(which), self.site / self.source(other)
        self.say(f"make {path} a link to {target}")
        if path != target and not target.is_symlink():
            remove(path)
            path.symlink_to(os.path.relpath(target, path.parent))

    @rule(which=_ANY, text=st.sampled_from(INSERTIONS), part=_PART)
    def slip(self, which: int, text: bytes, part: int) -> None:
        path = self.source(which)
        data = (self.site / path).read_bytes()
        at = len(data) * part // 100
        self.write(path, data[:at] + text + data[at:])

    @rule(text=st.sampled_from((*INSERTIONS, None)))
    def spoil_settings(self, text: bytes | None) -> None:
        if text is None:
            self.say("delete site.yaml")
            remove(self.site / "site.yaml")
        else:
            self.write("site.yaml", settings_text(self.settings).encode() + text)

    @rule(which=_ANY, age_s=st.sampled_from((None, 0, 1_000_000_000)))
    def touch(self, which: int, age_s: int | None) -> None:
        path = self.source(which)
        self.say(f"touch {path}: {age_s}")
        os.utime(self.site / path, None if age_s is None else (age_s, age_s))

    @rule(which=_ANY, distance=st.integers(1, 25), is_seen=st.booleans())
    def mend_a_letter(self, which: int, distance: int, is_seen: bool) -> None:
        path = self.site / self.source(which)
        data = altered(path.read_bytes(), distance)
        self.say(f"{'change' if is_seen else 'change, and restore the time of,'} {path}: ends {data[-80:]!r}")
        (path.write_bytes if is_seen else partial(overwrite_unseen, path))(data)

    @precondition(lambda self: self.good_sources)
    @rule(which=_ANY, file=_ANY)
    def revert_file(self, which: int, file: int) -> None:
        files, _ = self.good_sources[which % len(self.good_sources)]
        path = sorted(files)[file % len(files)]
        self.write(path, files[path])

    @precondition(lambda self: self.good_sources)
    @rule(which=_ANY)
    def revert(self, which: int) -> None:
        self.restore(which)

    @rule(steps=st.integers(1, 3))
    def go_on_without_a_build(self, steps: int) -> None:
        self.held = steps

    @rule()
    def do_nothing(self) -> None:
        self.is_idle = self.is_published

    # ---- what is asked ----

    @rule(now=st.sampled_from(MOMENTS))
    def move_the_clock(self, now: dt.datetime) -> None:
        self.ask(now=now)

    @rule(drafts=st.booleans(), future=st.booleans())
    def ask_for_the_unpublished(self, drafts: bool, future: bool) -> None:
        self.ask(with_drafts=drafts, with_future=future)

    @rule(strict=st.booleans())
    def be_strict(self, strict: bool) -> None:
        self.ask(is_strict=strict)

    @rule(url=st.sampled_from(URLS))
    def preview(self, url: str | None) -> None:
        self.ask(url=url)

    @rule(engine=st.sampled_from(("one", "two")))
    def change_the_engine(self, engine: str) -> None:
        self.ask(engine=engine)

    @rule(is_within=st.booleans())
    def publish_elsewhere(self, is_within: bool) -> None:
        self.output_name = f"{self.site.name}/output" if is_within else "public"
        self.say(f"publish into {self.output_name}")

    @rule()
    def move_the_site(self) -> None:
        other = self.folder / ("moved" if self.site.name == "site" else "site")
        self.say(f"move the whole folder to {other}")
        self.site.rename(other)
        if self.output_name != "public":
            self.output_name = f"{other.name}/output"
        self.site = other

    @rule()
    def build_without_memory(self) -> None:
        self.say("build without memory into the same folder")
        self.outcome(self.request(self.output, uses_cache=False))

    def ask(self, **options: object) -> None:
        """Change what is asked of the next builds."""
        self.say(f"ask for {options}")
        self.options = msgspec.structs.replace(self.options, **options)

    # ---- what happens to the output ----

    @precondition(lambda self: self.outputs())
    @rule(which=_ANY, how=st.sampled_from(sorted(TAMPERINGS)))
    def tamper(self, which: int, how: str) -> None:
        outputs = self.outputs()
        path = outputs[which % len(outputs)]
        other = outputs[(which // len(outputs)) % len(outputs)]
        self.say(f"{how} {path} ({other})")
        tamper(path, other, how)

    @precondition(lambda self: (self.output / MARKER).is_file())
    @rule(how=st.sampled_from(sorted(LEAVINGS)))
    def leave_something(self, how: str) -> None:
        self.say(f"leave in the output: {how}")
        LEAVINGS[how](self.output)

    @precondition(lambda self: self.output.is_dir())
    @rule(keeps_times=st.booleans())
    def carry_the_output(self, keeps_times: bool) -> None:
        self.say(f"copy the output away and back, times kept: {keeps_times}")
        away = self.folder / "carried"
        remove(away)
        self.output.rename(away)
        copy = shutil.copy2 if keeps_times else shutil.copyfile
        shutil.copytree(away, self.output, symlinks=True, copy_function=copy, ignore=_pipes)
        remove(away)

    @precondition(lambda self: self.outputs() and (self.output / MARKER).is_file())
    @rule()
    def lose_the_mark(self) -> None:
        self.say("lose the mark of the output: a build must refuse")
        mark = (self.output / MARKER).read_bytes()
        (self.output / MARKER).unlink()
        before = everything(self.output)
        said = self.outcome(self.request(self.output, uses_cache=True))
        if (self.site / "site.yaml").is_file() and not self.blocks:
            assert isinstance(said, str), said
            assert "was not made by cogen" in said, said
        found = differences(everything(self.output), before)
        assert found == [], "\n".join(found)
        (self.output / MARKER).write_bytes(mark)

    # ---- what happens to the memory ----

    @precondition(lambda self: self.memory())
    @rule(
        which=_ANY,
        how=st.sampled_from(
            [*sorted(DAMAGES), "delete", "make a folder of", "bring back the last", "bring back"]
        ),
        part=_PART,
    )
    def damage(self, which: int, how: str, part: int) -> None:
        memory = self.memory()
        name = sorted(memory)[which % len(memory)]
        path, data = self.site / ".cogen" / name, memory[name]
        at = len(data) * part // 101
        self.say(f"{how} .cogen/{name} at byte {at}")
        self.tally.damages += 1
        if how in DAMAGES:
            path.write_bytes(DAMAGES[how](data, at))
        elif how in {"delete", "make a folder of"}:
            path.unlink()
            if how != "delete":
                put(path / "in/the/way", b"x")
                self.blocks.append(path)
        elif old := [each[name] for each in self.memories if name in each]:
            path.write_bytes(old[-2:][0] if how == "bring back the last" else old[0])

    @precondition(lambda self: self.memories)
    @rule(which=_ANY)
    def remember_what_was(self, which: int) -> None:
        self.say(f"bring back the memory of {which % len(self.memories)}")
        self.tally.damages += 1
        remove(self.site / ".cogen")
        for name, data in self.memories[which % len(self.memories)].items():
            put(self.site / ".cogen" / name, data)

    @rule()
    def forget(self) -> None:
        self.say("delete .cogen")
        self.tally.damages += 1
        remove(self.site / ".cogen")

    # ---- what happens during a build ----

    @rule(
        edit=st.sampled_from(["post", "title", "word", "page size", "none"]),
        at=st.sampled_from((0, 1, 2, 3, 5, 8, 13, 21, 34)),
        in_words=st.booleans(),
    )
    def die(self, edit: str, at: int, in_words: bool) -> None:
        match edit:
            case "post":
                self.write(POSTS[0], post_text(f"Dying {at}", FRONTS[1], BODIES[1]).encode())
            case "title":
                self.settings["title"] = f"Title {at}"
                self.write_settings()
            case "word":
                self.write("themes/own/i18n/en.yaml", f"by: word {at}\n".encode())
            case "page size":
                self.settings["page_size"] = str(1 + at)
                self.write_settings()
        before = everything(self.output)
        self.say(f"build, and die at {at} ({'a word of progress' if in_words else 'a rename or removal'})")
        request = self.request(self.output, uses_cache=True)
        try:
            with nullcontext() if in_words else dying_at(at):
                self.outcome(request, dying_progress(at) if in_words else lambda *_: None)
        except Death:
            self.tally.deaths += 1
            if not self.blocks and not self.held:
                self.died = before, everything(self.output)

    @rule(which=_ANY, when=st.sampled_from(["read", "render", "after"]))
    def edit_during_a_build(self, which: int, when: str) -> None:
        path = self.site / self.source(which)
        data = path.read_bytes()
        stages: list[str] = []
        self.say(f"change {path}, build, and change it unseen at {when}")

        def progress(stage: str, _done: int, _total: int) -> None:
            if stage == when and stage not in stages:
                stages.append(stage)
                overwrite_unseen(path, altered(data, 2))

        overwrite_unseen(path, altered(data, 1))
        self.outcome(self.request(self.output, uses_cache=True), progress)
        if not stages:
            overwrite_unseen(path, altered(data, 2))

    # ---- what must hold ----

    @invariant()
    def is_as_if_built_cold(self) -> None:
        if self.held:
            self.held -= 1
            self.is_published = self.is_idle = False  # for something may have been done since
            return
        try:
            self.compare()
        except Exception as error:
            error.add_note("What happened, from the beginning:\n" + "\n".join(self.said))
            raise

    def compare(self) -> None:
        """Build warm and cold, and demand the same."""
        before = everything(self.output)
        warm = self.build_warm(before)
        cold, built_cold = self.ask_the_oracle()
        self.is_published = isinstance(warm, Report) and warm.is_published
        is_cold_published = isinstance(cold, Report) and cold.is_published
        assert self.is_published == is_cold_published, f"warm: {warm}\ncold: {cold}"
        expected = built_cold if self.is_published else before
        found = differences(everything(self.output), expected)
        assert found == [], "\n".join(found)
        judge_words(warm, cold)
        left = [path.name for path in self.output.parent.glob(".*cogen-new")]
        assert left == [], f"left behind: {left}"
        self.judge_idleness(warm)
        self.judge_death(expected)
        self.go_on()

    def ask_the_oracle(self) -> tuple[Report | str, dict[str, bytes]]:
        """Build cold; give what was said and published.  Asked the same once more, it says the same, for a while."""
        request = self.request(self.folder / ORACLE, uses_cache=False)
        made = (f"{ORACLE}/", f"{self.output_name}/", "site/.cogen/")
        asked = (
            request,
            {path: data for path, data in everything(self.folder).items() if not path.startswith(made)},
        )
        if asked == self.asked and self.times_trusted < _TIMES_TRUSTED:
            self.times_trusted += 1
            return self.answer
        remove(self.folder / ORACLE)
        outcome = self.outcome(request)
        self.asked, self.answer, self.times_trusted = asked, (outcome, everything(self.folder / ORACLE)), 0
        return self.answer

    def build_warm(self, before: dict[str, bytes]) -> Report | str:
        """Build with memory; where a folder stands in a file's place there, it may be refused until it is gone."""
        warm = self.outcome(self.request(self.output, uses_cache=True))
        blocks, self.blocks = self.blocks, []
        for path in filter(Path.is_dir, blocks):  # else the build has put what it remembers in its place
            remove(path)
        if blocks and isinstance(warm, str) and warm.startswith("MachineError"):
            assert ".cogen" in warm, warm
            self.died = before, everything(self.output)
            warm = self.outcome(self.request(self.output, uses_cache=True))
        return warm

    def judge_idleness(self, warm: Report | str) -> None:
        """After a build that was published, with nothing done since, there is nothing to do."""
        if self.is_idle and isinstance(warm, Report):
            done = (warm.rendered, warm.written, warm.removed)
            assert done == (0, 0, 0), f"rendered, written and removed where there was nothing to do: {done}"
            self.tally.idle += 1
        self.is_idle = False

    def judge_death(self, expected: dict[str, bytes]) -> None:
        """Each file that a dead build left is whole: the old one, or the one it was about to publish."""
        if self.died is not None and self.is_published:
            before, after = self.died
            halves = [
                path
                for path, data in after.items()
                if path != MARKER and data != b"/" and data not in {before.get(path), expected.get(path)}
            ]
            assert halves == [], f"neither old nor new: {halves}"
        self.died = None

    def go_on(self) -> None:
        """Count; remember what was; mend what has been broken for too long, or the walk would stand still."""
        self.tally.steps += 1
        self.memories = [*self.memories, self.memory()][-_REMEMBERED:]
        if self.is_published:
            self.tally.published += 1
            self.failures = 0
            self.good_sources = [*self.good_sources, (self.read_sources(), dict(self.settings))][
                -_REMEMBERED:
            ]
            return
        self.tally.refused += 1
        self.failures += 1
        if self.failures > _FAILURES_BORNE and self.good_sources:
            self.failures = 0
            self.options = msgspec.structs.replace(self.options, is_strict=False)
            self.restore(-1)


def _pipes(folder: str, names: list[str]) -> set[str]:
    """Give what cannot be copied."""
    paths = {name: Path(folder, name) for name in names}
    return {
        name
        for name, path in paths.items()
        if not path.is_symlink() and not path.is_dir() and not path.is_file()
    }


def judge_words(warm: Report | str, cold: Report | str) -> None:
    """A warm build says what a cold one says, but for how much there was to do."""
    if isinstance(warm, str) or isinstance(cold, str):
        assert warm == cold, f"warm: {warm}\ncold: {cold}"
        return
    assert warm.findings == cold.findings, f"findings, warm: {warm.findings}\ncold: {cold.findings}"
    lasting_warm, lasting_cold = _lasting(warm), _lasting(cold)
    assert lasting_warm == lasting_cold, f"report, warm: {lasting_warm}\ncold: {lasting_cold}"


def _lasting(report: Report) -> Report:
    """Take from a report what a warm and a cold build may say differently: how much there was to do."""
    return msgspec.structs.replace(report, rendered=0, written=0, removed=0)


def walks(folder: Path, tally: Tally) -> Callable[[], Walk]:
    """Give a maker of walks, each of which begins anew in the folder."""
    return lambda: Walk(folder / "walk", tally)
