"""How the builds went, told from the thread that builds to the threads that answer. Layer: serve."""

from threading import Condition

import msgspec


class RebuildResult(msgspec.Struct, frozen=True):
    """How one build went."""

    ok: bool
    """True where the served folder now holds the new site; False where the last good one stays."""
    summary: str
    """One line: what was built in what time, or how many findings stood in the way."""
    findings_text: str = ""
    """The findings for the page about them, as ``format_text`` writes them without colour; may be empty."""


class BuildState(msgspec.Struct, frozen=True):
    """Where the builds stand."""

    build: int = 0
    """How many builds there were."""
    good_build: int = 0
    """The number of the last one that went well; 0 where none did."""
    result: RebuildResult = RebuildResult(ok=False, summary="The first build has not ended yet.")
    """How the last one went."""

    @property
    def has_failed(self) -> bool:
        """True where what is served is older than what the author wrote."""
        return self.build != self.good_build


class News:
    """The state of the builds, and a bell for those who wait for the next one."""

    def __init__(self) -> None:
        """Start before the first build."""
        self._bell = Condition()
        self._state = BuildState()
        self._is_closed = False

    @property
    def state(self) -> BuildState:
        """Where the builds stand now."""
        with self._bell:
            return self._state

    def publish(self, result: RebuildResult) -> None:
        """Take note of a build that has ended and wake all who wait."""
        with self._bell:
            number = self._state.build + 1
            self._state = BuildState(number, number if result.ok else self._state.good_build, result)
            self._bell.notify_all()

    def wait_beyond(self, build: int, timeout_s: float) -> BuildState | None:
        """Wait until there was a build after that one, or the time is over; None once the news are closed."""
        with self._bell:
            self._bell.wait_for(lambda: self._is_closed or self._state.build > build, timeout_s)
            return None if self._is_closed else self._state

    def close(self) -> None:
        """Let all who wait go home."""
        with self._bell:
            self._is_closed = True
            self._bell.notify_all()
