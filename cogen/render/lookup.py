"""From a template's name to the theme's file, and from a file to the names it asks for. Layer: render.

A name is a file under ``templates/``, unless it starts with the name of one of the three folders.  It is looked for
along the chain of themes; ``THEME:NAME`` starts at that theme, so that an override can extend what it replaces.
"""

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from cogen.model.theme import Theme, ThemeFile
from cogen.render.checked import Reference

_FOLDERS = ("templates/", "fragments/", "components/")
_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)

Shelves = tuple[tuple[str, Mapping[str, ThemeFile]], ...]
"""The themes of the chain, nearest first, each with its files by name."""


def shelves_of(theme: Theme) -> Shelves:
    """Arrange a theme's files for looking up."""
    return tuple((layer.name, {file.name: file for file in layer.files}) for layer in theme.layers)


def file_name(name: str) -> str:
    """Give the file of a template's name, inside its theme."""
    return name if name.startswith(_FOLDERS) else f"templates/{name}"


def tried(shelves: Shelves, name: str) -> tuple[tuple[str, ThemeFile | None], ...]:
    """Give each theme asked for a name and what it has, up to the first that has it."""
    start, wanted = _start(shelves, name)
    steps: list[tuple[str, ThemeFile | None]] = []
    for theme_name, files in start:
        file = files.get(file_name(wanted))
        steps.append((theme_name, file))
        if file is not None:
            break
    return tuple(steps)


def find(shelves: Shelves, name: str) -> ThemeFile | None:
    """Give the file that a name stands for."""
    steps = tried(shelves, name)
    return steps[-1][1] if steps else None


def references(tree: nodes.Template) -> Iterator[Reference]:
    """Walk every name a template asks for, in the order written."""
    for node in sorted(tree.find_all(_REFERENCES), key=lambda node: node.lineno):
        if isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport):
            names = _literal_names(node.template)
            is_optional = isinstance(node, nodes.Include) and node.ignore_missing
            yield Reference(names, node.lineno, is_optional, isinstance(node, nodes.Extends))


def _start(shelves: Shelves, name: str) -> tuple[Shelves, str]:
    theme_name, colon, rest = name.partition(":")
    if not colon:
        return shelves, name
    place = next((index for index, (shelf, _) in enumerate(shelves) if shelf == theme_name), len(shelves))
    return shelves[place:], rest


def _literal_names(node: nodes.Expr) -> tuple[str, ...]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return (node.value,)
    if isinstance(node, nodes.List | nodes.Tuple):
        parts = [_literal_names(item) for item in node.items]
        return tuple(name for part in parts for name in part) if all(parts) else ()
    return ()
