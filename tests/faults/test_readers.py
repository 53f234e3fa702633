"""Who reads the published files while builds go on finds each of them whole at every moment."""

import threading
from typing import Self

from faults.conftest import StageOf
from faults.scenarios import EDIT, Stage, write_new, write_old
from faults.strace import build_command, run

BUILDS = 6


class Reader:
    """Reads all files that are published before and after, again and again."""

    def __init__(self, stage: Stage) -> None:
        self._output = stage.site / "output"
        self._wanted = {
            name: {stage.before[name], stage.after[name]} for name in stage.before.keys() & stage.after.keys()
        }
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self.wrong: set[str] = set()
        self.seen: dict[str, set[bytes]] = {name: set() for name in self._wanted}
        self.rounds = 0

    def __enter__(self) -> Self:
        """Begin to read."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Read no more."""
        self._stop.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._stop.is_set():
            self.rounds += 1
            for name, states in self._wanted.items():
                try:
                    data = (self._output / name).read_bytes()
                except OSError as error:
                    self.wrong.add(f"{name}: {error.strerror}")
                    continue
                self.seen[name].add(data)
                if data not in states:
                    self.wrong.add(f"{name}: neither old nor new, {len(data)} bytes")


def test_a_reader_finds_every_page_whole_while_builds_change_it(stage_of: StageOf) -> None:
    stage = stage_of(EDIT)
    with Reader(stage) as reader:
        for turn in range(BUILDS):
            (write_old if turn % 2 else write_new)(stage.site)
            assert run(build_command(stage.site, "--jobs", 1)).code == 0
    assert not reader.wrong
    assert reader.rounds > BUILDS
    differing = [name for name in reader.seen if stage.before[name] != stage.after[name]]
    assert "2013/05/moved/index.html" in differing, "a page whose folder moves leaves another in its place"
    assert all(len(reader.seen[name]) == 2 for name in differing)
