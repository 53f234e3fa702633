"""A text of the site after Markdown: HTML with holes, filled once the whole site is known. Layer: model.

``parse`` sees one file.  It cannot know the address of another post, the size of a picture or what a
directive shows, so it leaves a hole there.  ``parts`` and ``holes`` alternate: ``parts[0] holes[0]
parts[1] … parts[n]``.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec


class LinkHole(msgspec.Struct, frozen=True, tag="link"):
    """The value of an attribute that leads somewhere in this site; filled with an escaped address."""

    target: str
    """As the author wrote it, entities decoded: ``../kick-off.md#next``, ``/about/``, ``bike.jpg``."""
    is_picture: bool = False
    """True where the attribute shows what it names (``src``, ``srcset``, ``poster``)."""


class PictureHole(msgspec.Struct, frozen=True, tag="picture"):
    """The ``src`` of an ``<img>``; filled with that, and where the file tells with its size and the sizes it comes in.

    The hole is the first thing in its tag, whose other attributes hold no bare ``>``.
    """

    target: str
    """As the author wrote it, entities decoded."""
    has_size: bool = False
    """True where the author gave a width or height, which then stands."""
    width: int = 0
    """The width the author gave, in pixels; 0 where they gave none."""
    has_own_sizes: bool = False
    """True where the author gave a ``srcset``, or a ``<picture>`` around it, which then stand."""


class DirectiveHole(msgspec.Struct, frozen=True, tag="directive"):
    """A directive: ``::name[label]{attributes}`` on its own, or the opening line of ``:::name … :::``."""

    name: str
    """The component's name."""
    label: str
    """The label as inline HTML without links; empty where there is none."""
    attributes: tuple[tuple[str, str], ...]
    """Names and values in the order written; ``.class`` and ``#id`` become ``class`` and ``id``."""
    line: int
    """1-based line of the file on which the directive starts."""
    column: int
    """1-based column of its first colon."""
    is_container: bool = False
    """True for ``:::name``, whose content stands between this hole and its ``CloseHole``."""


class CloseHole(msgspec.Struct, frozen=True, tag="close"):
    """The end of a container directive."""

    opens: int
    """Index in ``holes`` of the ``DirectiveHole`` it closes."""


Hole = LinkHole | PictureHole | DirectiveHole | CloseHole


class RichText(msgspec.Struct, frozen=True, tag="rich"):
    """A short text (a summary, a biography, a table's cell) that is kept whole in memory."""

    parts: tuple[str, ...] = ("",)
    """The HTML between the holes; one more than there are holes."""
    holes: tuple[Hole, ...] = ()
    """What is to be filled in between."""
    is_excerpt: bool = False
    """Whether it is part of a text that is published, too."""

    def __bool__(self) -> bool:
        """Say whether there is any text."""
        return bool(self.holes) or any(self.parts)


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """One heading of a text, for its table of contents."""

    level: int
    """2 to 6; the page's title is the only 1."""
    id: str
    """Its fragment identifier, unique on the page."""
    title: str
    """Its text, without markup."""


class BodyInfo(msgspec.Struct, frozen=True, tag="body"):
    """What is known of a long text without loading it; its parts lie in the store under ``digest``."""

    digest: str = ""
    """Hexadecimal digest of the parts."""
    holes: tuple[Hole, ...] = ()
    """What is to be filled in between the parts."""
    headings: tuple[Heading, ...] = ()
    """In the order of the text."""
    ids: tuple[str, ...] = ()
    """Every fragment identifier that a link may lead to, sorted."""
    given_ids: tuple[str, ...] = ()
    """Those of the headings to which the author gave one."""
    word_count: int = 0
    """Words of running text."""


BodyParts = tuple[str, ...]


class PictureFill(msgspec.Struct, frozen=True, tag="picturefill"):
    """What fills a ``PictureHole`` whose ``<img>`` gets a ``<picture>`` around it."""

    inside: str
    """Attributes of the ``<img>``."""
    sources: str
    """The ``<source>`` that stands before it."""


def filled(parts: BodyParts, fills: Iterable[str | PictureFill]) -> str:
    """Put what fills the holes of a text between its parts."""
    pieces = [parts[0]]
    is_open = False
    for fill, part in zip(fills, parts[1:], strict=True):
        if isinstance(fill, str):
            pieces.append(fill)
        else:
            pieces[-1] = pieces[-1].removesuffix(_IMG)
            pieces.append(f"<picture>{fill.sources}{_IMG}{fill.inside}")
            is_open = True
        if is_open and ">" in part:
            tag, _, rest = part.partition(">")
            pieces.append(f"{tag}></picture>{rest}")
            is_open = False
        else:
            pieces.append(part)
    return "".join(pieces)


_IMG = "<img "
Dialect = Literal["gfm", "python-markdown"]
