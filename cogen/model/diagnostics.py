"""What cogen says about the author's content: values with a code, a place and a hint. Layer: model.

A finding names the file the author edits, 1-based line and column (in characters), what was found, what
was expected and what to do.  Its severity comes from ``CODES`` and may be set per code in site.yaml,
except for structural codes.
"""

import errno
from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from cogen.model.codes import CODES

Severity = Literal["error", "warning", "hint", "off"]

MOST_OF_A_KIND: Final = 100
"""Findings of one code in one file that are told one by one; more of them are counted."""


_REACH: Final = 200
"""Characters before and after a place that its excerpt has."""


class Location(msgspec.Struct, frozen=True, tag="location"):
    """A place in a file the author edits."""

    path: str
    """POSIX path relative to the site's folder."""
    line: int = 0
    """1-based; 0 where the finding is about the whole file."""
    column: int = 0
    """1-based, in characters; 0 where the finding is about the whole line or file."""
    length: int = 1
    """How many characters to underline."""
    excerpt: str = ""
    """The line as it stands in the file, or of a long one what stands around the place, for the message."""
    excerpt_start: int = 0
    """Characters of the line that stand before the excerpt."""


def in_line(path: str, number: int, column: int, length: int, line: str) -> Location:
    """Give a place in a line, with as much of the line as a message may show: a line can have a million characters."""
    start = max(0, column - 1 - _REACH)
    return Location(path, number, column, length, line[start : max(0, column - 1) + _REACH], start)


class Clue(msgspec.Struct, frozen=True, tag="clue"):
    """How to find a place again in a source, for findings that are made when the source is not at hand."""

    path: str
    """POSIX path relative to the site's folder."""
    key: str = ""
    """A key of its front matter or YAML, ``a/b/0`` for nested ones; empty for the body."""
    text: str = ""
    """Text to look for, below the key's line where a key is given, else in the body."""
    nth: int = 0
    """Which of the places in the body that lead there is meant, from 0."""


class Diagnostic(msgspec.Struct, frozen=True, tag="diagnostic"):
    """One finding."""

    code: str
    """A name in ``CODES``: stable, documented, settable in site.yaml."""
    message: str
    """One sentence without a full stop: what was found and what was expected."""
    at: Location | Clue | None = None
    """Where; None where no file is to blame (two options of the command line, say)."""
    hint: str = ""
    """What to do about it."""


def finding(code: str, message: str, at: Location | Clue | None = None, hint: str = "") -> Diagnostic:
    """Make a diagnostic; a code that is not in ``CODES`` is a bug of ours and raises KeyError."""
    CODES[code]
    return Diagnostic(code, message, at, hint)


def is_fatal(severity: Severity, *, is_strict: bool) -> bool:
    """Say whether one finding of this severity keeps a site from being published."""
    return severity == "error" or (is_strict and severity == "warning")


def severity_of(code: str, overrides: Mapping[str, Severity]) -> Severity:
    """Say how severe a code is for a site; structural codes keep their own severity."""
    known = CODES[code]
    return known.severity if known.is_structural else overrides.get(code, known.severity)


class ContentError(Exception):
    """The author's content is wrong (exit 1); carries the findings and never a traceback."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        """Keep the findings for the report."""
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


class ProjectError(Exception):
    """The command line is wrong, or there is no site where one was named (exit 2)."""


class MachineError(Exception):
    """The machine fails us: disk, permission, lock (exit 3); the message names the file."""


_REFUSALS = frozenset(
    {
        errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBUSY,
        errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOLCK, errno.ESTALE, errno.ETIMEDOUT,
    }
)  # fmt: skip


def refusal(error: OSError) -> MachineError | None:
    """Say that the machine refused a file, wherever it did; None where we asked for nonsense, a fault of ours."""
    if error.errno not in _REFUSALS or error.filename is None:
        return None
    return MachineError(f"cannot use {error.filename}: {error.strerror}")
