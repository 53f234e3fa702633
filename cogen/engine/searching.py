"""The index for search, by the program Pagefind: a derived output, made of all pages that are to be found.

Layer: engine.  It owns the folder ``pagefind/`` of the output.  Its key is that of the program and of the pages, so it
is made anew only where one of them is another.  The program runs only where site.yaml says ``search: true``.
"""

import base64
import importlib.util
import io
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Final, Self, cast

import msgspec

from cogen.engine.whole_files import remove
from cogen.model.diagnostics import Clue, Diagnostic, MachineError, finding
from cogen.model.urls import SEARCH_FOLDER
from cogen.read.files import read_bytes, stamp_of

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
_CONFIG: Final = {
    "root_selector": "main",
    "exclude_selectors": ["thead", "nav", "footer", ".meta", ".kicker", ".print-only"],
}
"""What is indexed, and what surrounds a text: links to others, dates and names, and the heads of tables, which run
together in excerpts."""
_END: Final = b","


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
        hint = "install it with pip install pagefind-bin, or take the line out"
        return finding("no-search-program", message, Clue("site.yaml", "search"), hint)

    def index(self, pages: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
        """Index pages by their paths, in that order; gives the files by their paths in the output.

        ``folder`` is one to work in, where nobody has put settings for the program.  Without a page there are none.
        """
        if not pages:
            return {}
        remove(folder)
        folder.mkdir(parents=True)
        with _Service(self.program or "pagefind", folder) as service:
            index_id = service.ask("NewIndex", config=_CONFIG).index_id
            for path, page in pages.items():
                service.ask("AddFile", index_id=index_id, file_path=path, file_contents=page.decode())
            made = service.ask("GetFiles", index_id=index_id).files
        files = {
            f"{SEARCH_FOLDER}/{file.path}": file.content
            for file in sorted(made, key=attrgetter("path"))
            if not file.path.startswith(_UNUSED)
        }
        return files | {_ENTRY: _in_order(files[_ENTRY])} if _ENTRY in files else files


class _File(msgspec.Struct, frozen=True):
    path: str
    """In the folder of the index."""
    content: bytes


class _Payload(msgspec.Struct, frozen=True):
    type: str
    index_id: int = 0
    files: tuple[_File, ...] = ()
    message: str = ""


class _Answer(msgspec.Struct, frozen=True):
    payload: _Payload


_ANSWER: Final = msgspec.json.Decoder(_Answer)


class _Service:
    """Pagefind as its own packages use it: questions and answers in JSON, base64 and a comma, over pipes.

    A page is asked to be indexed once the one before is: an index of pages in a folder depends on the order in which
    the file system lists them.
    """

    def __init__(self, program: str, folder: Path) -> None:
        """Start the program in a folder, without the settings for it in the environment."""
        import subprocess  # noqa: PLC0415 which a site without a search need not load

        self._program = program
        self._said = folder / "said"
        self._unread = bytearray()
        try:
            with self._said.open("wb") as said:
                self._process = subprocess.Popen(  # noqa: S603 a program that site.yaml asks for, with an argument of ours
                    [program, "--service"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    cwd=folder,
                    env={name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)},
                )
        except OSError as error:
            raise MachineError(f"cannot run {program}: {error.strerror}") from error
        self._questions = cast("io.BufferedWriter", self._process.stdin)
        self._answers = cast("io.BufferedReader", self._process.stdout)

    def __enter__(self) -> Self:
        """Begin to ask."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the program, which has nothing of its own to lose."""
        self._process.kill()
        with suppress(BrokenPipeError):  # what it was asked last it may not have read
            self._questions.close()
        self._answers.close()
        self._process.wait()

    def ask(self, what: str, **details: object) -> _Payload:
        """Ask, and wait for the answer; MachineError where there is none, or a refusal."""
        question = msgspec.json.encode({"message_id": 0, "payload": {"type": what, **details}})
        try:
            answer = self._answer_to(base64.b64encode(question) + _END)
        except (BrokenPipeError, EOFError):
            raise MachineError(f"cannot make the search index: {self._program} {self._end()}") from None
        except (ValueError, msgspec.DecodeError):
            raise MachineError(f"cannot make the search index: {self._program} is no Pagefind 1") from None
        if answer.type == "Error":
            raise MachineError(f"cannot make the search index: {answer.message}")
        return answer

    def _answer_to(self, question: bytes) -> _Payload:
        self._questions.write(question)
        self._questions.flush()
        while (end := self._unread.find(_END)) < 0:
            if not (data := self._answers.read1()):
                raise EOFError
            self._unread += data
        answer = _ANSWER.decode(base64.b64decode(self._unread[:end]))
        del self._unread[: end + 1]
        return answer.payload

    def _end(self) -> str:
        """Say how the program ended, and its last words."""
        last = read_bytes(self._said).decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f"ended with {self._process.wait()}: {last}"


def _in_order(entry: bytes) -> bytes:
    """Sort the keys of a JSON file, in which Pagefind names the languages as they come."""
    return json.dumps(json.loads(entry), sort_keys=True, separators=(",", ":")).encode()
