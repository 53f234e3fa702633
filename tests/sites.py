"""Whole sites written as text inside tests, and cogen run on them as from the command line.

``-- path --`` on a line of its own begins a file; what stands before the first is a comment.
"""

import contextlib
import io
import re
import time
from dataclasses import dataclass
from pathlib import Path

from cogen.cli import main

_A_TICK_S = 0.05
_SEPARATOR = re.compile(r"^-- (\S.*?) --\n", re.MULTILINE)

MINIMAL = """\
-- content/.keep --
-- site.yaml --
id: 1e0d6f6c-4b0e-4f0e-9f3e-0c7a5b1d2e3f
title: Test site
url: https://example.org/
description: A site for tests.
"""


@dataclass(frozen=True)
class Result:
    """What a run of cogen said."""

    code: int
    out: str
    err: str


def parse_site(text: str) -> dict[str, str]:
    """Give the files of a site written as text."""
    pieces = _SEPARATOR.split(text)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def write_site(folder: Path, text: str) -> Path:
    """Write a site's files into a folder; existing ones are replaced."""
    for name, content in parse_site(text).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    return folder


def wait_a_tick() -> None:
    """Let the files grow old enough to be trusted by their stamps, so that a build of them may be repeated."""
    time.sleep(_A_TICK_S)


def cogen(*arguments: object) -> Result:
    """Run a command of cogen in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 2
    return Result(code, out.getvalue(), err.getvalue())


def build(folder: Path, *options: object) -> Result:
    """Build a site that must build, at a fixed moment unless told otherwise; fails with what cogen said."""
    moment = () if "--now" in options else ("--now", "2013-07-01T12:00:00")
    result = cogen("build", folder, *moment, *options)
    assert result.code == 0, f"exit {result.code}\n{result.out}\n{result.err}"
    return result


def files_below(folder: Path, pattern: str = "*") -> dict[str, bytes]:
    """Give the files below a folder, links followed, by their paths in order."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob(pattern))
        if path.is_file()
    }


def tree(folder: Path) -> dict[str, bytes]:
    """Give the files below an output folder by their paths, without cogen's own marker."""
    return {path: data for path, data in files_below(folder).items() if path != ".cogen-output"}


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give all that lies below a folder, by its path: when it was written, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mtime_ns,
            str(path.readlink()).encode()
            if path.is_symlink()
            else path.read_bytes()
            if path.is_file()
            else b"",
        )
        for path in sorted(folder.rglob("*"))
    }
