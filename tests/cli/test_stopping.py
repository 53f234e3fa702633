"""Ctrl-C and SIGTERM end a command wherever they come, also where Python makes another error of them."""

from argparse import Namespace
from functools import cached_property
from pathlib import Path

import pytest
from sites import cogen

from cogen.cli import commands
from cogen.cli.stopping import Terminated, stop_behind

STOPPED = "cogen: stopped; nothing half-written is left behind\n"


class _Stopping(cached_property[object]):
    """Is stopped while the class that it is in is made."""

    def __set_name__(self, owner: type[object], name: str) -> None:
        raise self.func(self)  # type: ignore[misc]


@pytest.mark.parametrize(("stop", "code"), [(KeyboardInterrupt, 130), (Terminated, 143)])
def test_a_stop_while_a_class_is_made_is_a_stop(
    stop: type[KeyboardInterrupt], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_a_class(_options: Namespace) -> int:
        type("Made", (), {"part": _Stopping(lambda _: stop())})
        return 0

    monkeypatch.setattr(commands, "COMMANDS", {"check": make_a_class})
    result = cogen("check", tmp_path)
    assert (result.code, result.out, result.err) == (code, "", STOPPED)


def test_what_was_made_of_no_stop_is_none() -> None:
    error = RuntimeError("a")
    error.__cause__ = ValueError("b")
    assert stop_behind(error) is None
