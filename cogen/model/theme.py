"""A theme as it was read: its files along the chain of ``extends``, its options and what its parts may see.

Layer: model.
"""

from codecs import BOM_UTF8
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from cogen.model.diagnostics import Clue, Location
from cogen.model.values import Value

OptionType = Literal["str", "int", "bool", "colour", "link", "picture", "font"]
AttributeType = Literal["str", "int", "bool", "picture", "link"]
QUERY_NAMES = ("posts", "projects", "programmes", "events", "tags", "people", "table", "file", "headings")
QueryName = Literal[
    "posts", "projects", "programmes", "events", "tags", "people", "table", "file", "headings"
]
QUERY_ARGUMENTS: Mapping[QueryName, tuple[str, ...]] = MappingProxyType(
    {
        "posts": ("tag", "author", "project", "section", "limit"),
        "projects": ("programme", "status", "lead", "limit"),
        "programmes": ("limit",),
        "events": ("tag", "when", "limit"),
        "tags": ("order", "limit"),
        "people": ("role", "limit"),
        "table": ("src", "limit"),
        "file": ("src",),
        "headings": ("depth",),
    }
)
"""What each query takes."""


class ThemeFile(msgspec.Struct, frozen=True):
    """One file of a theme."""

    name: str
    """POSIX path inside the theme: ``templates/post.html``, ``assets/site.css``."""
    path: str
    """Where the author finds it: relative to the site's folder, or ``commons:templates/post.html``."""
    content: bytes
    digest: str


def decoded(content: bytes) -> str:
    """Give the text of a theme's file; one that is not UTF-8, which is told, is read as Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.removeprefix(BOM_UTF8).decode("cp1252", "replace")


class ThemeLayer(msgspec.Struct, frozen=True):
    """One theme of the chain."""

    name: str
    files: tuple[ThemeFile, ...]
    """Sorted by name."""
    is_shipped: bool = False
    """True for one that comes with cogen, whose templates are sound."""


class ThemeOption(msgspec.Struct, frozen=True):
    """An option that site.yaml may set under ``theme_options``."""

    name: str
    type: OptionType
    value: Value
    """The site's value, else the default; a link into the site begins with ``/``, and gets its base path from
    ``assemble/options.py``."""
    label: str = ""
    contrast: tuple[str, ...] = ()
    """Of a colour: the colours on which, or under which, it is read."""


class Query(msgspec.Struct, frozen=True):
    """One named value that a template, fragment or component may see beyond its own view."""

    name: str
    """The name by which the template sees it."""
    query: QueryName
    arguments: tuple[tuple[str, Value], ...] = ()
    """``$name`` as a value stands for the component's attribute of that name."""
    at: Location | Clue | None = None
    """Where theme.yaml asks it."""


class Attribute(msgspec.Struct, frozen=True):
    """An attribute that a directive may carry."""

    name: str
    type: AttributeType = "str"
    is_required: bool = False


class Component(msgspec.Struct, frozen=True):
    """What theme.yaml says of ``components/NAME.html``."""

    name: str
    attributes: tuple[Attribute, ...] = ()
    is_container: bool = False
    """True where the directive is ``:::name`` with Markdown inside, printed by ``{{ content }}``."""
    data: tuple[Query, ...] = ()


class Theme(msgspec.Struct, frozen=True):
    """The chain of themes a site uses, the site's own choice first and ``commons`` last."""

    name: str
    layers: tuple[ThemeLayer, ...]
    options: tuple[ThemeOption, ...] = ()
    templates: tuple[tuple[str, tuple[Query, ...]], ...] = ()
    """Template name → what it sees beyond its view."""
    fragments: tuple[tuple[str, tuple[Query, ...]], ...] = ()
    """Fragment name (``sidebar`` for ``fragments/sidebar.html``) → what it sees; every page may print it."""
    components: tuple[Component, ...] = ()
    picture_sizes: str = ""
    """How wide a picture in a text is on screens of each width, for the attribute ``sizes`` (HTML, 4.8.4)."""
    words: tuple[tuple[str, Value], ...] = ()
    """The theme's words in the site's language, the chain merged."""
    words_language: str = "en"
    """The language tag whose plural forms they have: the site's, or English where no theme of the chain speaks it."""

    lacks_words: bool = False
    """True where no theme of the chain speaks the language that was asked for."""

    def find(self, name: str) -> ThemeFile | None:
        """Give the file of that name nearest to the site's own theme."""
        for layer in self.layers:
            for file in layer.files:
                if file.name == name:
                    return file
        return None

    @property
    def file_names(self) -> frozenset[str]:
        """The names of all files of the chain."""
        return frozenset(file.name for layer in self.layers for file in layer.files)

    def component(self, name: str) -> Component | None:
        """Give the component of that name."""
        return next((component for component in self.components if component.name == name), None)
