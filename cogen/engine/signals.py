"""Ctrl-C and SIGTERM, made to wait while something must not be left half done. Layer: engine."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

Mask = set[int | signal.Signals]


@contextmanager
def signals_held() -> Iterator[Mask]:
    """Let them wait until this is over; gives the signals that were held before.

    Where a system cannot hold signals (Windows) they come when they come.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield set()
        return
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield mask
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
