"""SIGTERM ends a run as Ctrl-C does: what is half done is cleared, workers and locks go. Layer: cli."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class Terminated(KeyboardInterrupt):
    """SIGTERM has come; whoever minds Ctrl-C minds this, too."""


def stop_behind(error: BaseException | None) -> KeyboardInterrupt | None:
    """Give the Ctrl-C or SIGTERM that an error was made of: Python 3.11 does that while a class is made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error


@contextmanager
def minding_sigterm() -> Iterator[None]:
    """Raise Terminated when SIGTERM comes; only the main thread may mind signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated
