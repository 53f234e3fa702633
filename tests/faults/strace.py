"""Runs cogen under strace: lists the system calls that touch some folders, and lets one of them fail or kill.

Two rules of strace matter here.  With ``-P PATH`` only calls on those paths are counted by ``when=N``, so what
Python itself opens while it starts moves no number; and each process counts for itself.  An injected SIGKILL
comes before the call is made: killed at the n-th call means that n - 1 were made.  It does not come at all with
``--seccomp-bpf``, which is therefore used for errors alone.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import processes

NOW = ("--now", "2013-07-01T12:00:00")
TIMEOUT_S = 120
KILLED = 137

WRITING = (
    "write", "pwrite64", "writev", "pwritev", "pwritev2", "ftruncate", "truncate", "fallocate", "fsync", "fdatasync",
    "sync_file_range", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink",
    "unlinkat", "mkdir", "mkdirat", "rmdir", "utimensat", "chmod", "fchmod", "fchmodat", "copy_file_range", "sendfile",
    "flock", "mmap", "close", "open", "openat", "creat",
)  # fmt: skip
"""Calls that may change what is on the disk."""
READING = (
    "open", "openat", "read", "pread64", "getdents64", "stat", "lstat", "fstat", "newfstatat", "statx", "readlink",
    "readlinkat", "access", "faccessat", "faccessat2", "mmap",
)  # fmt: skip
"""Calls that ask what is on the disk."""

_OPENING = frozenset({"open", "openat"})
_FOR_WRITING = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC)\b")
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)$")
_QUOTED = re.compile(r'"(/[^"]*)"')
_DESCRIPTOR = re.compile(r"<(/[^<>]*)>")


@dataclass(frozen=True)
class Call:
    """One system call of a traced run."""

    name: str
    nth: int
    """Which of the process's calls of this name on the listed paths it is, from 1."""
    text: str
    """As strace writes it, without the process."""
    pid: int


@dataclass(frozen=True)
class Trace:
    """What a traced run did to some folders."""

    calls: tuple[Call, ...]
    paths: tuple[str, ...]
    """All paths that the calls name, to be listed with ``-P``."""


@dataclass(frozen=True)
class Run:
    """How a run of cogen ended."""

    code: int
    out: str
    err: str
    log: str = ""
    """What strace wrote."""


def require_strace() -> None:
    """Skip where strace cannot trace; in CI that is a failure, since there the proof must be made."""
    program = shutil.which("strace")
    works = (
        program and subprocess.run([program, "-qq", "-o", os.devnull, "true"], check=False).returncode == 0
    )
    if works:
        return
    reason = "strace is not there, or may not trace here"
    processes.cannot_be_tried(f"{reason}: tests/faults/install-system-packages installs it")


def environment(**more: str) -> dict[str, str]:
    """Give the environment of a run: the same each time, so that the same calls are made."""
    return processes.environment(PYTHONHASHSEED="0", **more)


def build_command(site: Path, *options: object) -> list[str]:
    """Give the command that builds a site at a fixed moment."""
    return processes.command("build", site, *NOW, *options)


def run(command: Sequence[str], prefix: Sequence[str] = (), log: Path | None = None) -> Run:
    """Run a command to its end."""
    done = subprocess.run(
        [*prefix, *command],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
        preexec_fn=processes.heed_ctrl_c,
    )
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return Run(code, done.stdout, done.stderr, log.read_text(errors="replace") if log else "")


def trace(command: Sequence[str], folders: Iterable[Path], log: Path, names: Sequence[str]) -> Trace:
    """Run a command that must succeed and list its calls on what lies in the folders (or is one of them)."""
    prefix = [*_strace(log, names), "--seccomp-bpf"]
    done = run(command, prefix, log)
    assert done.code == 0, done
    tops = tuple(str(folder) for folder in folders)
    counts: dict[tuple[int, str], int] = {}
    calls: list[Call] = []
    paths: dict[str, None] = {}
    for line in done.log.splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        pid, name, rest = int(found[1]), found[2], found[3]
        named = [path for path in (*_QUOTED.findall(rest), *_DESCRIPTOR.findall(rest)) if _is_in(path, tops)]
        if named:
            nth = counts[pid, name] = counts.get((pid, name), 0) + 1
            calls.append(Call(name, nth, f"{name}({rest}", pid))
            paths |= dict.fromkeys(named)
    return Trace(tuple(calls), tuple(paths))


def inject(command: Sequence[str], trace_of_it: Trace, call: Call, fault: str, log: Path) -> Run:
    """Run a command with a fault at a call that its trace lists: ``signal=KILL``, ``error=ENOSPC``.

    A ``+`` at the end of the fault makes it last: all later calls of the same name on the same paths fail, too.
    """
    lasts = fault.endswith("+")
    when = f"{call.nth}+" if lasts else f"{call.nth}"
    prefix = [*_strace(log, (call.name,)), "-e", f"inject={call.name}:{fault.rstrip('+')}:when={when}"]
    if not fault.startswith("signal"):
        prefix.append("--seccomp-bpf")
    for path in sorted({path.rstrip("/") for path in trace_of_it.paths}):  # of another spelling strace speaks
        prefix += ["-P", path]
    return run(command, prefix, log)


def is_writing(call: Call) -> bool:
    """Say whether a call may change what is on the disk."""
    if call.name in _OPENING:
        return bool(_FOR_WRITING.search(call.text))
    return call.name != "mmap" or ("PROT_WRITE" in call.text and "MAP_SHARED" in call.text)


def _strace(log: Path, names: Sequence[str]) -> list[str]:
    wanted = ",".join(f"?{name}" for name in names)
    return [
        "strace",
        "-f",
        "-y",
        "-qq",
        "-s",
        "0",
        "-e",
        "signal=none",
        "-o",
        str(log),
        "-e",
        f"trace={wanted}",
    ]


def _is_in(path: str, tops: tuple[str, ...]) -> bool:
    return any(path == top or path.startswith(f"{top}/") for top in tops)
