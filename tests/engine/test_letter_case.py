"""Disks that take two names for one: in upper and lower case, or with accents written in two ways.

There is none such here, so the operating system's calls are told to answer as one.
"""

import os
import unicodedata
from pathlib import Path

import pytest
from sites import MINIMAL, build, tree, write_site


class _Insensitive:
    """Calls to the operating system as a disk answers them that takes upper and lower case for the same."""

    def __init__(self, root: Path) -> None:
        self._root = os.path.realpath(root)
        self._list = os.listdir
        self._replace = os.replace

    def found(self, path: object) -> object:
        """Give the path as it is written on the disk."""
        if not isinstance(path, str | os.PathLike):
            return path
        whole = os.path.abspath(os.fspath(path))  # noqa: PTH100 it follows no links
        if not isinstance(whole, str) or not whole.startswith(f"{self._root}/"):
            return path
        place = self._root
        for part in whole[len(self._root) + 1 :].split("/"):
            names = self._list(place) if os.path.lexists(place) else []
            place += "/" + next((name for name in names if _key(name) == _key(part)), part)
        return place

    def replace(self, source: object, target: object) -> None:
        self._replace(self.found(source), self.found(target))  # type: ignore[arg-type]


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower()


@pytest.fixture
def insensitive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the output folder lie on such a disk."""
    disk = _Insensitive(tmp_path / "output")
    for name in ("open", "unlink", "mkdir", "rmdir", "stat", "access", "scandir"):
        real = getattr(os, name)
        monkeypatch.setattr(
            os, name, lambda path, *rest, _real=real, **more: _real(disk.found(path), *rest, **more)
        )
    lstat = os.lstat
    monkeypatch.setattr(os, "lstat", lambda path, **more: lstat(disk.found(path), **more))
    monkeypatch.setattr(os, "replace", disk.replace)
    monkeypatch.setattr(os.path, "isdir", lambda path: Path(path).is_dir())


@pytest.mark.usefixtures("insensitive")
@pytest.mark.parametrize(
    ("old", "new", "published"),
    [
        ("content/files/Minutes.PDF", "content/files/Minutes.pdf", "files/minutes.pdf"),
        ("content/Files/a.txt", "content/files/a.txt", "files/a.txt"),
    ],
)
def test_a_file_whose_name_changed_in_the_case_of_letters_alone_is_not_lost(
    old: str, new: str, published: str, tmp_path: Path
) -> None:
    site = write_site(tmp_path, f"{MINIMAL}-- {old} --\nText.\n")
    for name in (old, new, new):
        if not (site / name).exists():
            (site / name).parent.mkdir(exist_ok=True)
            (site / old).rename(site / name)
        build(site, "--jobs", "1")
        found = {path.lower(): data for path, data in tree(site / "output").items()}
        assert found.get(published) == b"Text.\n"


@pytest.mark.usefixtures("insensitive")
def test_a_file_whose_name_the_disk_writes_in_another_way_is_not_lost(tmp_path: Path) -> None:
    name = "content/files/Übersicht.txt"
    site = write_site(tmp_path, f"{MINIMAL}-- {name} --\nText.\n")
    build(site, "--jobs", "1")
    [written] = (site / "output/files").iterdir()
    written.rename(written.with_name(unicodedata.normalize("NFD", written.name)))
    for _ in range(2):
        build(site, "--jobs", "1")
        [written] = (site / "output/files").iterdir()
        assert written.read_text() == "Text.\n"
