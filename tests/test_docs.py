"""The documentation says what the code does: messages and commands compared both ways, examples built."""

import argparse
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from documentation import (
    LINKED,
    PAGES,
    REPOSITORY,
    anchors,
    code,
    links,
    read,
    table_of,
    tables,
    tables_of,
    whole_files,
    word,
)
from sites import build

import cogen.cli
import cogen.cli.commands
from cogen.cli import _parser
from cogen.model.codes import CODES
from cogen.model.diagnostics import Severity

# ---- messages -----------------------------------------------------------------------------------------------


def test_every_code_is_described_with_its_severity_and_whether_it_can_be_set() -> None:
    rows = [row for table in tables_of("messages", "Code", "Severity") for row in table.rows]
    described = {word(row[0]): (row[1], row[-1]) for row in rows}
    assert described == {
        name: (known.severity, "no" if known.is_structural else "yes") for name, known in CODES.items()
    }
    assert len(rows) == len(described)
    assert all(row[2].endswith(".") and row[3].endswith(".") for row in rows)


def test_what_lowering_does_is_said_where_the_code_says_it() -> None:
    rows = [row for table in tables_of("messages", "Code", "Severity") for row in table.rows]
    silent = {word(row[0]) for row in rows if "Lowered," not in row[2]}
    assert not silent & {name for name, known in CODES.items() if "lowered" in known.meaning}


def test_every_severity_is_described() -> None:
    described = [word(row[0]) for row in table_of("messages", "Severity").rows]
    assert described == list(typing.get_args(Severity))


# ---- commands -----------------------------------------------------------------------------------------------


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Walk a parser and those below it; one that only leads to others is passed over."""
    below = [
        child
        for action in parser._actions  # noqa: SLF001 argparse has no other way to be walked
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 likewise
        for child in action.choices.values()
    ]
    if not below or " " not in parser.prog:
        yield parser
    for child in below:
        yield from parsers(child)


def spellings(parser: argparse.ArgumentParser) -> set[tuple[str, ...]]:
    """Give every option of a parser with what it takes, as its row shows it."""
    found = set()
    for action in parser._actions:  # noqa: SLF001 likewise
        taken = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 likewise
            found.add(tuple(f"{name}{taken}" for name in action.option_strings) or (str(action.metavar),))
    return found


def test_every_command_is_described_with_every_option() -> None:
    described = {
        table.heading: {tuple(code(row[0])) for row in table.rows}
        for table in tables_of("commands", "Option")
    }
    assert described == {parser.prog: spellings(parser) for parser in parsers(_parser())}


def test_the_choices_of_an_option_stand_in_its_row() -> None:
    [row] = [
        row for table in tables("commands") for row in table.rows if code(row[0])[:1] == ["--format FORMAT"]
    ]
    actions = [action for parser in parsers(_parser()) for action in parser._actions]  # noqa: SLF001 likewise
    [choices] = [action.choices for action in actions if action.choices and action.option_strings]
    assert code(row[1]) == list(choices or ())


def test_every_exit_code_is_described() -> None:
    modules = (cogen.cli, cogen.cli.commands)
    known = {value for module in modules for name, value in vars(module).items() if name.startswith("EXIT_")}
    assert [int(row[0]) for row in table_of("commands", "Code").rows] == sorted({0, *known})


def test_each_file_in_the_store_is_described(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: T\nurl: https://example.org/\n", encoding="utf-8")
    (tmp_path / "content").mkdir()
    build(tmp_path)
    names = {f"{path.name}/" if path.is_dir() else path.name for path in (tmp_path / ".cogen").iterdir()}
    made = {re.sub(r"-[0-9a-f]+$", "-…", name) for name in names}
    described = [word(row[0]) for row in table_of("commands", "File").rows]
    assert made | {"serve/"} == set(described)


# ---- examples, links and commands ---------------------------------------------------------------------------


@pytest.mark.parametrize("page", [page for page in PAGES if whole_files(page)])
def test_the_examples_of_a_page_are_a_site_that_builds_without_a_finding(page: str, tmp_path: Path) -> None:
    files = whole_files(page)
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    said = build(tmp_path, "--strict").out
    assert not re.findall(r"(?:error|warning|hint)\[[a-z-]+\]", said), said
    assert "Left out" not in said


def test_the_pages_for_writers_settings_and_themes_have_examples() -> None:
    assert {page for page in PAGES if whole_files(page)} == {"writing", "settings", "themes"}


ALL_PAGES = (*LINKED, *(f"docs/{page}.md" for page in PAGES))


def leads_somewhere(page: str, link: str) -> bool:
    target, _, part = link.partition("#")
    path = ((REPOSITORY / page).parent / target).resolve() if target else REPOSITORY / page
    if not path.exists() or not path.is_relative_to(REPOSITORY):
        return False
    return not part or part in anchors(path.relative_to(REPOSITORY).as_posix())


@pytest.mark.parametrize("page", ALL_PAGES)
def test_every_relative_link_leads_to_a_file_and_a_part_that_exist(page: str) -> None:
    faults = [
        link for link in links(page) if not re.match(r"[a-z]+:", link) and not leads_somewhere(page, link)
    ]
    assert faults == []


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    linked = {link for link in links("README.md") if link.startswith("docs/") and link.endswith(".md")}
    assert linked == {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "docs").glob("*.md")}
    assert linked == {f"docs/{page}.md" for page in PAGES}


def test_the_readme_opens_with_two_commands_that_make_knows() -> None:
    opening = re.findall(r"^ {4}make (\w+)", read("README.md").partition("\n!")[0], re.MULTILINE)
    targets = re.findall(r"^(\w+):", read("Makefile"), re.MULTILINE)
    assert len(opening) == 2
    assert set(opening) <= set(targets)


def test_every_command_of_cogen_in_the_readme_is_one() -> None:
    known = {parser.prog for parser in parsers(_parser())}
    used = re.findall(r"^ {4}(cogen (?:new )?\w+)", read("README.md"), re.MULTILINE)
    assert used
    assert set(used) <= known
