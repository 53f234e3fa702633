"""What cogen says, and how: colours and progress on a terminal alone. Layer: cli."""

import io
import os
import sys
import time
from typing import TextIO

from cogen.model.diagnostics import MachineError

_PROGRESS_AFTER_S = 1.0
_PROGRESS_EVERY_S = 0.1
_BAR_LENGTH = 24
_MESSAGES = 2
_STAGES = {"read": "reading", "render": "rendering", "pictures": "making pictures"}


def prepare_streams() -> None:
    """Print what a terminal cannot show as escapes, rather than fail over it; closed messages go nowhere."""
    if sys.__stderr__ is None:
        sys.stderr = _open_messages()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def require_output() -> None:
    """Refuse to begin what could tell nobody how it ended.  Raises MachineError."""
    if sys.__stdout__ is None:
        raise MachineError("cannot print: the standard output is closed")


def forget_output() -> None:
    """Send what is still to be printed nowhere: whoever read it has gone."""
    _forget(sys.stdout)


def flush_output(text: str = "") -> None:
    """Print now what was said so far, and a text.  Raises MachineError where the disk is full, say."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        forget_output()
        raise MachineError(f"cannot print: {error.strerror}") from error


def say(text: str) -> None:
    """Print a line of the report.  Raises as ``flush_output`` does."""
    flush_output(text + "\n")


def say_status(text: str) -> None:
    """Print a line about what is going on: it is no part of the report."""
    print(f"cogen: {text}", file=sys.stderr, flush=True)  # noqa: T201 the one place that prints


def say_error(text: str) -> None:
    """Print a line about what went wrong; where that fails, too, the exit code is all that tells it."""
    try:
        print(f"cogen: {text}", file=sys.stderr, flush=True)  # noqa: T201 the one place that prints
    except OSError:
        _forget(sys.stderr)


def _forget(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _open_messages() -> TextIO:
    """Take the number that was closed, so that no file of the site gets it and is written into."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere != _MESSAGES:
        os.dup2(nowhere, _MESSAGES)
        os.close(nowhere)
    return os.fdopen(_MESSAGES, "w", encoding="utf-8")


def wants_colour(stream: TextIO) -> bool:
    """Say whether to colour: on a terminal, unless NO_COLOR is set (no-color.org) or the terminal is dumb."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class ProgressLine:
    """A bar and a count while a build lasts, on a terminal and after a second; silent in pipes."""

    def __init__(self, stream: TextIO, *, is_wanted: bool) -> None:
        """Begin to count."""
        self._stream = stream
        self._is_on = is_wanted and stream.isatty()
        self._next_s = time.monotonic() + _PROGRESS_AFTER_S
        self.is_shown = False
        """True while the line stands on the terminal."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is, at most ten times a second."""
        if not self._is_on or (now := time.monotonic()) < self._next_s:
            return
        self._next_s = now + _PROGRESS_EVERY_S
        self.is_shown = True
        full = _BAR_LENGTH * done // max(total, 1)
        bar = "#" * full + "." * (_BAR_LENGTH - full)
        self._stream.write(f"\r\x1b[2K[{bar}] {_STAGES.get(stage, stage)} {done:,} of {total:,}")
        self._stream.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self.is_shown:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
            self.is_shown = False
