"""What is asked of a build. Layer: engine."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec

Progress = Callable[[str, int, int], None]
"""Told the stage (``read``, ``render``, ``pictures``), how many are done and how many there are."""


class Request(msgspec.Struct, frozen=True):
    """What is asked of a build."""

    site_path: Path
    """The folder that holds site.yaml."""
    output_path: Path | None
    """Where to publish; None for a check, which writes nothing at all."""
    now: dt.datetime
    """The moment to build for; naive: on the site's own wall clock."""
    with_drafts: bool = False
    with_future: bool = False
    url: str | None = None
    """Overrides the address in site.yaml."""
    uses_cache: bool = True
    jobs: int = 1
    """Processes to work with, at most."""
    is_strict: bool = False
    """Warnings keep the last good site in place, too."""
    explains: bool = False
    """Tell of each file that is made anew why."""
    engine: str = ""
    """Digest of the program that builds; empty: of this one."""
