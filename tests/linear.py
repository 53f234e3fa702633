"""Whether the time that work takes grows as the work does, told on a machine of any speed and under any load."""

import time
from collections.abc import Callable

ROUNDS = 3
TOO_SHORT_TO_TELL_S = 0.01


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Run the work at a size and at four times that size: linear work takes 4 times as long, quadratic work 16.

    No bound is a number of seconds, which a slow machine would break.  It is the time of this process that counts,
    not that of its neighbours, and the best of some rounds, since caches and the collector disturb single ones.
    """
    shorts: list[float] = []
    longs: list[float] = []
    for _ in range(ROUNDS):
        shorts.append(_duration_s(work, size))
        longs.append(_duration_s(work, 4 * size))
        if min(longs) < 8 * max(min(shorts), TOO_SHORT_TO_TELL_S):
            return
    raise AssertionError(f"four times the work took {min(longs):.3f} s, the work {min(shorts):.3f} s")


def _duration_s(work: Callable[[int], object], size: int) -> float:
    started_s = time.process_time()
    work(size)
    return time.process_time() - started_s
