"""The pages of the documentation as tests look at them: sections, tables, whole files, links and their targets.

A fenced block whose opening line names a path behind the language (three backticks, ``markdown
content/pages/about.md``) is a whole file; those of one page make one site, which must build.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cogen.model.diagnostics import Diagnostic
from cogen.model.theme import Theme
from cogen.read.theme import parse_theme
from cogen.read.theme_layers import read_theme_layers

REPOSITORY = Path(__file__).resolve().parent.parent
PAGES = ("commands", "messages", "publishing", "settings", "themes", "writing")
LINKED = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md")
"""Pages outside ``docs/`` whose links are followed, too."""

_FENCE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})(?P<language>\w*)[ ]?(?P<path>\S*)\n(?P<content>.*?)^(?P=fence)\n",
    re.MULTILINE | re.DOTALL,
)
_INDENTED = re.compile(r"(?:(?<=\n\n)|\A)(?: {4}.*\n)(?: {4}.*\n|\n)*")
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_CELL_END = re.compile(r"(?<!\\)\|")
_SPAN = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Table:
    """A table, with the heading it stands under."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> int:
        """Say which column has this header."""
        return self.header.index(name)


@cache
def read(path: str) -> str:
    """Give a page by its path in the repository, or ``docs/NAME.md`` by its name."""
    return (REPOSITORY / (f"docs/{path}.md" if path in PAGES else path)).read_text(encoding="utf-8")


def prose(page: str) -> str:
    """Give a page without its blocks of code."""
    return _INDENTED.sub("", _FENCE.sub("", read(page)))


def sections(page: str) -> Iterator[tuple[str, str]]:
    """Walk the headings of a page with what stands under each, up to the next."""
    pieces = _HEADING.split(prose(page))
    return zip(pieces[2::3], pieces[3::3], strict=True)


def section(page: str, heading: str) -> str:
    """Give what stands under a heading, up to the next."""
    return dict(sections(page))[heading]


@cache
def tables(page: str) -> tuple[Table, ...]:
    """Give all tables of a page."""
    return tuple(table for heading, text in sections(page) for table in _tables(heading, text))


def tables_of(page: str, *header: str) -> tuple[Table, ...]:
    """Give the tables whose header begins so; there is at least one."""
    found = tuple(table for table in tables(page) if table.header[: len(header)] == header)
    assert found, f"{page} has no table {header}"
    return found


def table_of(page: str, *header: str) -> Table:
    """Give the one table whose header begins so."""
    [table] = tables_of(page, *header)
    return table


def _tables(heading: str, text: str) -> Iterator[Table]:
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        header, _, *rows = (_cells(line) for line in block.splitlines())
        assert all(len(row) == len(header) for row in rows), (heading, header)
        yield Table(heading, header, tuple(rows))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELL_END.split(line.strip())[1:-1])


def code(text: str) -> list[str]:
    """Give what stands between backticks."""
    return _SPAN.findall(text)


def word(cell: str) -> str:
    """Give the one name in a cell."""
    [found] = code(cell)
    return found


def spans_below(page: str, sentence: str) -> list[str]:
    """Give the names of the paragraph below a sentence."""
    return code(prose(page).partition(sentence)[2].strip().partition("\n\n")[0])


def whole_files(page: str) -> dict[str, str]:
    """Give the whole files of a page by their path."""
    found = [(match["path"], match["content"]) for match in _FENCE.finditer(read(page)) if match["path"]]
    assert len(found) == len(dict(found)), "two files of one page have one path"
    return dict(found)


def links(page: str) -> list[str]:
    """Give every target that a page names outside code."""
    return _LINK.findall(_SPAN.sub("", prose(page)))


def anchors(page: str) -> set[str]:
    """Give the parts of a page that can be linked to, as forges make them of headings."""
    found: list[str] = []
    for heading, _ in sections(page):
        bare = re.sub(r"[^\w\- ]", "", _LINK.sub("", heading).lower()).replace(" ", "-")
        found.append(bare if bare not in found else f"{bare}-{found.count(bare)}")
    return set(found)


# ---- what the code knows ---------------------------------------------------------------------------------


@cache
def constants(folder: str, pattern: str, files: str = "*.py") -> frozenset[str]:
    """Give the string constants of some modules that match a pattern."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (REPOSITORY / folder).rglob(files))
    strings = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(text for text in strings if isinstance(text, str) and re.fullmatch(pattern, text))


@cache
def commons() -> Theme:
    """Give the theme that ships with cogen."""
    layers, _ = read_theme_layers("commons", REPOSITORY / "docs")
    return parse_theme(layers, (), "en")[0]


def accepted(read_keys: Callable[[str], Iterable[Diagnostic]], candidates: Iterable[str]) -> set[str]:
    """Give the keys that are read without ``unknown-key``; ``read_keys`` reads them, each without a value."""
    keys = sorted(set(candidates))
    found = read_keys("".join(f"\n{key}:" for key in keys))
    unknown = {
        re.findall(r'has no key "(\w+)"', each.message)[0] for each in found if each.code == "unknown-key"
    }
    assert unknown, "nothing was refused, so nothing was tried"
    return set(keys) - unknown


def candidates(documented: Iterable[str]) -> frozenset[str]:
    """Give every word that could be a key somewhere, and those the documentation has."""
    return constants("cogen/read", "[a-z][a-z_]{1,30}") | set(documented)


def keys_of(page: str, header: str) -> list[str]:
    """Give the keys in the first column of all tables with that header."""
    keys = [word(row[0]) for table in tables_of(page, header) for row in table.rows]
    assert len(keys) == len(set(keys))
    return keys


def indented(keys: str, by: str) -> str:
    """Move keys to the right."""
    return keys.replace("\n", f"\n{by}")
