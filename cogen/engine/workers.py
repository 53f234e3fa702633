"""Forked workers: the same work on every core, results back through pipes. Layer: engine.

A worker inherits everything by ``fork`` and sends only bytes back, so nothing is pickled.  Where fork is
missing or unsafe (Windows, a process with threads) the work is done here, by the same function.
No worker outlives its parent: it holds the parent's locks, and the next build would wait for it.
"""

import gc
import os
import selectors
import signal
import threading
from collections.abc import Callable
from types import TracebackType
from typing import BinaryIO, NoReturn, Self

import msgspec

from cogen.engine.signals import Mask, signals_held
from cogen.model.diagnostics import MachineError, refusal

Report = Callable[[int], None]
"""Told by a worker how many more items it has done."""
Work = Callable[[int, Report], bytes]
"""Does the share of the worker with that number and gives the result."""


class _Message(msgspec.Struct, array_like=True):
    kind: str
    """``done``, ``result``, ``machine`` or ``bug``."""
    data: bytes = b""
    count: int = 0


_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(_Message).decode
_HEADER_BYTES = 4
_REPORT_EVERY = 64


def can_fork() -> bool:
    """Say whether a process can be forked here, and safely."""
    return hasattr(os, "fork") and threading.active_count() == 1


def usable_jobs(wanted: int, items: int, least_items: int) -> int:
    """Say how many workers to fork for so many items; 1 means: no process but this one."""
    return min(wanted, items // least_items) if can_fork() and items >= 2 * least_items else 1


class Workers:
    """Forked workers that have begun; leaving the ``with`` ends those that are not done."""

    def __init__(self, jobs: int, work: Work, *, forks_one: bool = False) -> None:
        """Fork as many as there are jobs; a single one only where that is asked for, else ``results`` does it here."""
        self._work = work
        self._pids: list[int] = []
        self._pipes: list[BinaryIO] = []
        if jobs > 1 or forks_one:
            self._fork_all(jobs)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End whoever still works."""
        self.end()

    def end(self) -> None:
        """End whoever still works; nothing is left to wait for."""
        with signals_held():
            for pid in self._pids:
                os.kill(pid, signal.SIGTERM)
        self._wait()

    def results(self, report: Report) -> list[bytes]:
        """Wait for what ``work`` gives, in the order of the workers' numbers; MachineError as it was raised there."""
        if not self._pids:
            return [self._work(0, report)]
        results = _collect(dict(enumerate(self._pipes)), report)
        self._wait()
        return results

    def _wait(self) -> None:
        """Wait for all to end, as they are about to; a signal waits, too, so that none is taken for one that lives."""
        for pipe in self._pipes:
            pipe.close()
        with signals_held():
            while self._pids:
                os.waitpid(self._pids[-1], 0)
                self._pids.pop()

    def _fork_all(self, jobs: int) -> None:
        try:
            with signals_held() as mask:
                for number in range(jobs):
                    pid, pipe = _fork(number, self._work, mask)
                    self._pids.append(pid)
                    self._pipes.append(pipe)
        except BaseException:
            self.end()
            raise


def _fork(number: int, work: Work, mask: Mask) -> tuple[int, BinaryIO]:
    parent = os.getpid()
    try:
        reading, writing = os.pipe()
        pid = os.fork()
    except OSError as error:
        message = f"cannot start a process to work with: {error.strerror}; `--jobs 1` needs none"
        raise MachineError(message) from error
    if pid == 0:
        os.close(reading)
        _work_and_exit(number, work, writing, parent, mask)
    os.close(writing)
    return pid, os.fdopen(reading, "rb", buffering=1 << 16)


def _work_and_exit(number: int, work: Work, writing: int, parent: int, mask: Mask) -> NoReturn:
    """Do the work in the child, which never returns to its parent's code, whatever happens."""
    try:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        gc.freeze()  # what was inherited is never garbage, and looking at it would copy its pages
        gc.enable()
        with os.fdopen(writing, "wb") as pipe:
            _send(pipe, _outcome(number, work, _Counter(pipe, parent)))
        os._exit(0)
    finally:
        os._exit(1)  # the parent reads no more, and has gone or will see an end too soon


def _outcome(number: int, work: Work, count: "_Counter") -> _Message:
    try:
        return _Message("result", work(number, count.add))
    except MachineError as error:
        return _Message("machine", str(error).encode())
    except Exception as error:  # noqa: BLE001 the parent raises it again as our bug
        if isinstance(error, OSError) and (refused := refusal(error)):
            return _Message("machine", str(refused).encode())
        import traceback  # noqa: PLC0415 nobody should need it

        return _Message("bug", traceback.format_exc().encode())


class _Counter:
    """Sends how much is done, now and then, and ends the worker of a parent that has gone."""

    def __init__(self, pipe: BinaryIO, parent: int) -> None:
        self._pipe = pipe
        self._parent = parent
        self._count = 0

    def add(self, count: int) -> None:
        if os.getppid() != self._parent:
            os._exit(1)
        self._count += count
        if self._count >= _REPORT_EVERY:
            _send(self._pipe, _Message("done", count=self._count))
            self._pipe.flush()
            self._count = 0


def _send(pipe: BinaryIO, message: _Message) -> None:
    data = _ENCODE(message)
    pipe.write(len(data).to_bytes(_HEADER_BYTES, "big") + data)


def _collect(pipes: dict[int, BinaryIO], report: Report) -> list[bytes]:
    results: dict[int, bytes] = {}
    with selectors.DefaultSelector() as selector:
        for number, pipe in pipes.items():
            selector.register(pipe, selectors.EVENT_READ, number)
        while len(results) < len(pipes):
            for key, _ in selector.select():
                message = _receive(pipes[key.data])
                if message.kind == "done":
                    report(message.count)
                elif message.kind == "result":
                    results[key.data] = message.data
                    selector.unregister(pipes[key.data])
                elif message.kind == "machine":
                    raise MachineError(message.data.decode())
                else:
                    raise RuntimeError(f"a worker failed:\n{message.data.decode()}")
    return [results[number] for number in sorted(results)]


def _receive(pipe: BinaryIO) -> _Message:
    """Read one message whole; a worker that died sends none."""
    header = pipe.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES:
        return _Message("machine", b"a worker process was ended from outside")
    return _DECODE(pipe.read(int.from_bytes(header, "big")))
