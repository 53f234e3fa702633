"""The index for search, by the program Pagefind: a derived output, made of all pages that are to be found.

Layer: engine.  It owns the folder ``pagefind/`` of the output.  Its key is that of the program and of the pages, so it
is made anew only where one of them is another.  The program runs only where site.yaml says ``search: true``.
"""

import importlib.util
import json
import os
import shutil
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from cogen.engine.whole_files import remove
from cogen.model.diagnostics import Clue, Diagnostic, MachineError, finding
from cogen.model.urls import SEARCH_FOLDER
from cogen.read.files import read_bytes, stamp_of, walk_all

_UNUSED: Final = (
    "pagefind-ui",
    "pagefind-modular",
    "pagefind-component",
    "pagefind-highlight",
    "playground/",
)
"""What comes with the index and is for other pages than ours."""
_SETTINGS: Final = "PAGEFIND_"
"""What variables begin with in which Pagefind looks for its options."""
_ENTRY: Final = f"{SEARCH_FOLDER}/pagefind-entry.json"
"""Says which languages there are."""
_NOT_INDEXED: Final = "thead, nav, footer, .meta, .kicker, .print-only"
"""What surrounds a text: links to others, dates and names, and the heads of tables, which run together in excerpts."""


class SearchEngine:
    """Pagefind, as it is installed here: from the package ``pagefind_bin``, else from the path."""

    @cached_property
    def program(self) -> str | None:
        """The program's path; None where there is none."""
        package = importlib.util.find_spec("pagefind_bin")
        if package is not None and package.origin is not None:
            beside = Path(package.origin).parent
            found = next(
                (file for name in ("pagefind", "pagefind.exe") if (file := beside / name).exists()), None
            )
            if found is not None:
                return str(found)
        on_path = shutil.which("pagefind")
        return os.path.abspath(on_path) if on_path else None  # noqa: PTH100 it runs in another folder

    @cached_property
    def identity(self) -> str:
        """Which file the program is, and what the file system says of it: another one may make another index."""
        try:
            return f"{self.program} {stamp_of(Path(self.program).stat())}" if self.program else ""
        except FileNotFoundError:
            return ""  # it has just gone

    def problem(self) -> Diagnostic | None:
        """Say that the program is missing, where it is."""
        if self.program is not None:
            return None
        message = "search: true needs the program Pagefind, which is not installed"
        hint = "install it with pip install 'cogen[search]', or take the line out"
        return finding("no-search-program", message, Clue("site.yaml", "search"), hint)

    def index(self, pages: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
        """Index pages by their paths, with ``folder`` to work in; gives the files by their paths in the output.

        Without a page there are none.
        """
        if not pages:
            return {}
        site, found = folder / "site", folder / "found"
        remove(folder)
        for path, page in pages.items():
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page)
        where = ("--site", str(site), "--output-path", str(found))
        options = ("--root-selector", "main", "--exclude-selectors", _NOT_INDEXED, "--silent")
        self._run(*where, *options, folder=folder)
        made = sorted(name for name in walk_all(found) if not name.startswith(_UNUSED))
        files = {f"{SEARCH_FOLDER}/{name}": read_bytes(found / name) for name in made}
        return files | {_ENTRY: _in_order(files[_ENTRY])} if _ENTRY in files else files

    def _run(self, *arguments: str, folder: Path) -> str:
        """Run the program in a folder where nobody has put settings for it, and without those of the environment."""
        import subprocess  # noqa: PLC0415 which a site without a search need not load

        command = [self.program or "pagefind", *arguments]
        try:
            done = subprocess.run(  # noqa: S603 a program that site.yaml asks for, with arguments of ours
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
                cwd=folder,
                env={name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)},
            )
        except OSError as error:
            raise MachineError(f"cannot run {command[0]}: {error.strerror}") from error
        if done.returncode != 0:
            last = (done.stderr or done.stdout).strip().rpartition("\n")[2]
            raise MachineError(
                f"cannot make the search index: {command[0]} ended with {done.returncode}: {last}"
            )
        return done.stdout


def _in_order(entry: bytes) -> bytes:
    """Sort the keys of a JSON file, in which Pagefind names the languages as they come."""
    return json.dumps(json.loads(entry), sort_keys=True, separators=(",", ":")).encode()
