"""A new site: the starter that ships with cogen, its dates set to today.

The starter is a folder of real files.  In their names and texts ``@today-9@`` stands for the day nine days
ago, ``@year-9@`` for that day's year and ``@id@`` for the site's id; a name that starts with ``dot-`` gets a
dot.  Layer: scaffold.
"""

import datetime as dt
import re
from pathlib import Path

from cogen.model.diagnostics import MachineError, ProjectError
from cogen.scaffold.writing import write_text

STARTER = Path(__file__).parent / "starter"
SITE_FILE = "site.yaml"
_MAY_BE_THERE = frozenset({".git", ".DS_Store"})
_MARK = re.compile(r"@(?:id|(today|year)([+-]\d{1,4})?)@")


def new_site(folder: Path, site_id: str, today: dt.date) -> tuple[Path, ...]:
    """Write a small complete site into a new or empty folder and give its files, sorted.

    A fresh git repository counts as empty.  Raises ProjectError where something is in the way, MachineError
    where the disk does not let us.  ``site.yaml`` comes last, so that half a site is not taken for one.
    """
    _refuse_what_is_there(folder)
    names = sorted(starter_names(), key=lambda name: name == SITE_FILE)
    for name in names:
        text = (STARTER / name).read_text(encoding="utf-8")
        write_text(_target(folder, name, site_id, today), fill(text, site_id, today))
    return tuple(sorted(_target(folder, name, site_id, today) for name in names))


def starter_names() -> tuple[str, ...]:
    """Give the starter's files as POSIX paths with their marks, sorted."""
    return tuple(
        sorted(file.relative_to(STARTER).as_posix() for file in STARTER.rglob("*") if file.is_file())
    )


def fill(text: str, site_id: str, today: dt.date) -> str:
    """Put days, years and the site's id in place of their marks."""
    return _MARK.sub(lambda mark: _value(mark, site_id, today), text)


def _value(mark: re.Match[str], site_id: str, today: dt.date) -> str:
    if mark[1] is None:
        return site_id
    try:
        day = today + dt.timedelta(days=int(mark[2] or 0))
    except OverflowError:  # the calendar ends before the starter's last event
        day = today
    return day.isoformat() if mark[1] == "today" else f"{day.year:04}"


def _target(folder: Path, name: str, site_id: str, today: dt.date) -> Path:
    parts = fill(name, site_id, today).split("/")
    return folder.joinpath(
        *(f".{part.removeprefix('dot-')}" if part.startswith("dot-") else part for part in parts)
    )


def _refuse_what_is_there(folder: Path) -> None:
    try:
        there = sorted(path.name for path in folder.iterdir() if path.name not in _MAY_BE_THERE)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        file = next((each for each in (folder, *folder.parents) if each.is_file()), folder)
        raise ProjectError(f"{file} is a file; name a folder that is new or empty") from None
    except OSError as error:
        raise MachineError(f"{folder} cannot be read: {error.strerror or error}") from error
    if there:
        raise ProjectError(
            f"{folder} is not empty (it holds {there[0]!r}); name a folder that is new or empty"
        )
