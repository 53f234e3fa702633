"""What cogen says, and how: colours and progress on a terminal alone. Layer: cli."""

import io
import os
import sys
import time
from typing import TextIO

_PROGRESS_AFTER_S = 1.0
_PROGRESS_EVERY_S = 0.1
_BAR_LENGTH = 24
_STAGES = {"read": "reading", "render": "rendering"}


def prepare_streams() -> None:
    """Print what a terminal cannot show as escapes, rather than fail over it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def forget_output() -> None:
    """Send what is still to be printed nowhere: whoever read it has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def say(text: str) -> None:
    """Print a line of the report."""
    print(text, flush=True)  # noqa: T201 the one place that prints


def say_status(text: str) -> None:
    """Print a line about what is going on: it is no part of the report."""
    print(f"cogen: {text}", file=sys.stderr, flush=True)  # noqa: T201 the one place that prints


def say_error(text: str) -> None:
    """Print a line about what went wrong."""
    print(f"cogen: {text}", file=sys.stderr, flush=True)  # noqa: T201 the one place that prints


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
