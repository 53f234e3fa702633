"""The commands as people and programs meet them: exit codes, what is printed where, on a terminal and in a pipe."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SAMPLE_NOW
from sites import MINIMAL, build, cogen, snapshot, write_site

from cogen.cli.terminal import ProgressLine

POST = "-- content/posts/2013-05-01-a.md --\n---\ntitle: A\n---\nText.\n"
WARNED = POST.replace("title: A", "title: A\nsumary: B")
HINTED = POST.replace("title: A", "title: A <b>b</b>")
WRONG = POST.replace("title: A", "title: A\ndate: soon")
NOW = ("--now", "2013-07-01")
FINDING = re.compile(r"^(\S+:\d+):\d+: \w+\[([\w-]+)\]", re.MULTILINE)
ON_A_TERMINAL = pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals to open there")


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (POST, (), 0),
        (HINTED, ("--strict",), 0),
        (WARNED, (), 0),
        (WARNED, ("--strict",), 1),
        (WRONG, (), 1),
        (POST, ("--now", "soon"), 2),
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_the_exit_code_tells_programs_how_it_went(
    tmp_path: Path, command: str, content: str, options: tuple[str, ...], code: int
) -> None:
    site = write_site(tmp_path, MINIMAL + content)
    assert cogen(command, site, *NOW, *options).code == code


@pytest.mark.parametrize(
    "arguments", [(), ("bild",), ("build", "--fast"), ("build", "--jobs", "0"), ("check", "nowhere")]
)
def test_a_wrong_command_line_is_told_apart_from_wrong_content(arguments: tuple[str, ...]) -> None:
    result = cogen(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "arguments", [("build", ""), ("build", "-o", ""), ("serve", ""), ("new", "site", "")]
)
def test_an_empty_name_is_no_folder(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write_site(tmp_path, MINIMAL))
    before = sorted(tmp_path.rglob("*"))
    result = cogen(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "the name of a folder is empty" in result.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_without_a_site_says_what_to_do(tmp_path: Path) -> None:
    result = cogen("build", tmp_path)
    assert (result.code, list(tmp_path.iterdir())) == (2, [])
    assert "there is no site.yaml in" in result.err
    assert "cogen new site" in result.err


def test_a_quiet_build_is_silent_when_all_is_well(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + HINTED)
    assert cogen("build", site, "-q", *NOW) == cogen("check", site, "-q", *NOW)
    assert cogen("build", site, "-q", *NOW).out == ""


def test_a_quiet_build_says_what_needs_mending_all_the_same(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + WARNED)
    said = cogen("build", site, "-q", *NOW)
    assert said.out.startswith("content/posts/2013-05-01-a.md:3:1: warning[unknown-key]")
    assert "files from" not in said.out


def test_what_is_built_is_summed_up_in_one_line(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + POST)
    *_, last = build(site).out.splitlines()
    count = len([path for path in (site / "output").rglob("*") if path.is_file()]) - 1
    assert last.startswith(
        f"{count} files from 1 post in {site / 'output'}: {count} rendered, {count} written, "
    )


def test_many_left_out_are_counted_and_all_named_on_demand(tmp_path: Path) -> None:
    drafts = "".join(
        f"-- content/posts/2013-05-{day:02}-d.md --\n---\ntitle: D\ndraft: true\n---\nText.\n"
        for day in range(1, 13)
    )
    site = write_site(tmp_path, MINIMAL + drafts)
    assert "… and 2 more (-v shows all)" in build(site).out
    assert build(site, "-v").out.count(": a draft (") == 12


def test_findings_come_as_json_for_programs(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + WRONG)
    (found,) = json.loads(cogen("check", site, "--format", "json").out)
    assert (found["path"], found["line"], found["severity"]) == ("content/posts/2013-05-01-a.md", 3, "error")


def test_findings_come_as_annotations_for_a_forge(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + WRONG)
    said = cogen("check", site, "--format", "github").out
    assert said.startswith("::error file=content/posts/2013-05-01-a.md,line=3,")


def test_check_and_build_find_the_same_in_a_large_site_and_check_writes_nothing(
    sample_site: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(sample_site.parent, site)
    write_site(site, "-- content/pages/new.md --\n---\ntitel: New\n---\n[gone](gone.md)\n")
    before = snapshot(site)
    checked = cogen("check", site, "--now", SAMPLE_NOW)
    assert snapshot(site) == before
    built = cogen("build", site, "--now", SAMPLE_NOW)
    assert (checked.code, built.code) == (1, 1)
    assert FINDING.findall(checked.out) == [
        ("content/pages/new.md:1", "missing-title"),
        ("content/pages/new.md:2", "unknown-key"),
        ("content/pages/new.md:4", "dead-link"),
    ]
    assert built.out.rpartition("\n\n")[0] == checked.out.rpartition("\n\n")[0]


def _on_terminal(site: Path, command: str = "check", **environment: str) -> bytes:
    """Run a command with a terminal for its output and give what arrives there."""
    reading, writing = os.openpty()
    told = {**os.environ, "TERM": "xterm", **environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "cogen", command, site, *NOW], stdout=writing, stderr=writing, env=told
    )
    os.close(writing)
    arrived = _all_that_arrives(reading)
    process.wait()
    return arrived


def _all_that_arrives(reading: int) -> bytes:
    """Read a terminal until the other end is closed; it hands out what was written in pieces."""
    arrived = b""
    try:
        while piece := os.read(reading, 4096):
            arrived += piece
    except OSError:
        pass  # Linux says so when the other end is closed
    os.close(reading)
    return arrived


COLOUR = rb"\x1b\[[0-9;]*m"


@ON_A_TERMINAL
def test_a_terminal_gets_colours_unless_it_asks_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    site = write_site(tmp_path, MINIMAL + WRONG)
    assert b"\x1b[1;31merror[bad-date]\x1b[0m" in _on_terminal(site)
    assert not re.search(COLOUR, _on_terminal(site, NO_COLOR="1"))
    assert not re.search(COLOUR, _on_terminal(site, TERM="dumb"))


def test_a_pipe_gets_no_escape_codes(tmp_path: Path) -> None:
    site = write_site(tmp_path, MINIMAL + WRONG)
    done = subprocess.run([sys.executable, "-m", "cogen", "build", site], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout + done.stderr


def _progress(*, is_wanted: bool) -> bytes:
    """Count on a terminal for as long as it takes to show something, and give what arrived."""
    reading, writing = os.openpty()
    with os.fdopen(writing, "w") as stream:
        progress = ProgressLine(stream, is_wanted=is_wanted)
        progress("render", 0, 10)
        while is_wanted and not progress.is_shown:
            progress("render", 5, 10)
        progress.clear()
        stream.write("end")
    return _all_that_arrives(reading)


@ON_A_TERMINAL
def test_progress_is_counted_on_a_terminal_and_wiped_in_the_end() -> None:
    bar = b"[############............]"
    assert _progress(is_wanted=True) == b"\r\x1b[2K" + bar + b" rendering 5 of 10\r\x1b[2Kend"


@ON_A_TERMINAL
def test_no_progress_is_shown_to_who_wants_quiet() -> None:
    assert _progress(is_wanted=False) == b"end"


def test_no_progress_is_shown_in_a_pipe(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w+") as stream:
        progress = ProgressLine(stream, is_wanted=True)
        progress("render", 5, 10)
        progress.clear()
        assert stream.tell() == 0
