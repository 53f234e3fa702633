"""What templates that ship were compiled to, from one process to the next."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from sites import MINIMAL, build, files_below, write_site

from cogen.engine import beginning, fingerprint, template_code
from cogen.model.theme import decoded
from cogen.render import templates
from cogen.render.compiled import COMPILED, Compiled
from cogen.render.templates import Templates

SITE = (
    MINIMAL
    + "theme: own\n-- themes/own/theme.yaml --\nextends: commons\n-- themes/own/templates/post.html --\n"
    + '{% extends "commons:post.html" %}\n'
    + "-- content/posts/a.md --\n---\ntitle: A\ndate: 2012-05-25\ntags: News\n---\nText.\n"
)
NewProcess = Callable[[], list[str]]


@pytest.fixture
def new_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> NewProcess:
    """Forget what this process compiled; gives the list of the files that Jinja compiles from then on."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "pycache"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    compile_ = jinja2.Environment.compile

    def begin() -> list[str]:
        compiled: list[str] = []

        def noting(*arguments: object, **named: object) -> object:
            compiled.append(str(arguments[3]))
            return compile_(*arguments, **named)  # type: ignore[call-overload]

        for name, value in vars(Compiled(most=1_000)).items():
            monkeypatch.setattr(COMPILED, name, value)
        monkeypatch.setattr(jinja2.Environment, "compile", noting)
        return compiled

    return begin


def kept(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "pycache").rglob("*.code")
    return found


def pages(site: Path) -> dict[str, bytes]:
    return files_below(site / "output", "*.html")


def built(site: Path) -> dict[str, bytes]:
    build(site, "--no-cache", "--jobs", 1)
    return pages(site)


def test_the_next_process_compiles_what_is_the_sites_own_and_nothing_else(
    tmp_path: Path, new_process: NewProcess
) -> None:
    site = write_site(tmp_path / "site", SITE)
    compiled = new_process()
    first = built(site)
    assert "commons:templates/post.html" in compiled
    compiled = new_process()
    assert built(site) == first
    assert compiled == ["themes/own/templates/post.html"]


def test_nothing_is_parsed_for_what_templates_that_ship_ask_for(
    tmp_path: Path, new_process: NewProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "site", SITE)
    new_process()
    built(site)
    new_process()
    parsed: list[str] = []
    monkeypatch.setattr(Templates, "_parsed_references", lambda _, source: iter(parsed.append(source) or ()))
    built(site)
    assert parsed == ['{% extends "commons:post.html" %}\n']


def test_code_of_another_engine_is_not_used(
    tmp_path: Path, new_process: NewProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "site", SITE)
    new_process()
    first = built(site)
    compiled = new_process()
    monkeypatch.setattr(beginning, "engine_digest", lambda: "another")
    assert built(site) == first
    assert "commons:templates/post.html" in compiled


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_code_that_is_damaged_is_not_used_and_replaced(
    tmp_path: Path, new_process: NewProcess, share: float
) -> None:
    site = write_site(tmp_path / "site", SITE)
    new_process()
    first = built(site)
    whole = kept(tmp_path).read_bytes()
    place = int(len(whole) * share)
    kept(tmp_path).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    compiled = new_process()
    assert built(site) == first
    assert "commons:templates/post.html" in compiled
    assert kept(tmp_path).read_bytes() == whole


def test_a_template_that_ships_and_has_changed_is_compiled_again(
    tmp_path: Path, new_process: NewProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "site", SITE)
    new_process()
    first = built(site)
    known = dict(COMPILED.shipped.code)
    monkeypatch.setattr(
        templates,
        "decoded",
        lambda content: decoded(content).replace("words.not_found_hint", "words.not_found"),
    )
    compiled = new_process()
    assert built(site) != first
    assert [path for path in compiled if path.startswith("commons:")] == ["commons:templates/404.html"]
    assert len(COMPILED.shipped.code) == len(known) + 1


def test_where_python_may_not_keep_its_modules_nothing_is_kept(
    tmp_path: Path, new_process: NewProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "site", SITE)
    new_process()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    built(site)
    assert not (tmp_path / "pycache").exists()


def test_a_folder_that_may_not_be_written_to_is_no_reason_to_fail(
    tmp_path: Path, new_process: NewProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "site", SITE)
    new_process()
    monkeypatch.setattr(template_code.os, "access", lambda *_: True)
    (tmp_path / "pycache").write_text("a file")
    built(site)
    assert (tmp_path / "pycache").read_text() == "a file"


def test_a_folder_that_may_not_even_be_looked_into_is_no_reason_to_fail(
    tmp_path: Path, new_process: NewProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "site", SITE)
    new_process()
    (tmp_path / "pycache").mkdir()
    refused: set[str] = set()

    def refuse(name: str) -> None:
        call = getattr(os, name)

        def refusing(path: object, *arguments: object, **named: object) -> object:
            if f"{tmp_path}/pycache/" in str(path):
                refused.add(name)
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return call(path, *arguments, **named)

        monkeypatch.setattr(os, name, refusing)

    for name in ("open", "mkdir", "stat", "lstat"):
        refuse(name)
    monkeypatch.setattr(template_code.os, "access", lambda *_: True)
    assert built(site)
    assert {"open", "mkdir"} <= refused


def test_a_pipe_where_the_code_is_to_be_written_is_taken_away(
    tmp_path: Path, new_process: NewProcess
) -> None:
    site = write_site(tmp_path / "site", SITE)
    new_process()
    first = built(site)
    path = kept(tmp_path)
    path.unlink()
    os.mkfifo(f"{path}.new")
    new_process()
    assert built(site) == first
    assert kept(tmp_path).is_file()


def test_a_server_goes_on_as_the_program_that_it_was_started_as(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.engine_digest()
    monkeypatch.setattr(fingerprint, "read_bytes", lambda _: b"another version")
    assert fingerprint.engine_digest() == before
    fingerprint.engine_digest.cache_clear()
    assert fingerprint.engine_digest() != before
    monkeypatch.undo()
    fingerprint.engine_digest.cache_clear()
