"""The closed table of diagnostic codes: the names are API, documented in docs/messages.md and settable in site.yaml.

Layer: model.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec


class Code(msgspec.Struct, frozen=True):
    """What is fixed about a kind of finding."""

    severity: Literal["error", "warning", "hint"]
    """Unless site.yaml says otherwise."""
    meaning: str
    """One line for the documentation."""
    is_structural: bool = False
    """True where the site could not be right whatever the author prefers: cannot be lowered."""


CODES: Mapping[str, Code] = MappingProxyType(
    {
        # files
        "misplaced-file": Code("error", "A Markdown or YAML file lies outside the folders cogen knows."),
        "foreign-post": Code(
            "warning",
            "A post is written in another language than Markdown, and is published as a file, as it is.",
        ),
        "bad-file-name": Code("error", "A file's name cannot be published; lowered, the file is left out."),
        "not-utf8": Code("error", "A text file is not UTF-8; lowered, it is read as Windows-1252."),
        "control-character": Code("hint", "Characters that XML cannot hold were taken out of a text."),
        "file-too-large": Code("error", "A text file is over the limit of size."),
        "too-complex": Code("error", "A text nests deeper, or has more of something, than the limits allow."),
        "symlink-outside": Code("error", "A symbolic link leads out of the project.", is_structural=True),
        # YAML, TOML and front matter
        "yaml-syntax": Code(
            "error",
            "A YAML text cannot be understood; lowered, a value on one line counts as text, else the file is left out.",
        ),
        "yaml-feature": Code("error", "A YAML text uses tags, anchors, aliases or merge keys."),
        "toml-syntax": Code("error", "TOML front matter cannot be understood."),
        "duplicate-key": Code("error", "A key stands twice in one mapping; lowered, the last one counts."),
        "unclosed-front-matter": Code("error", "Front matter opens with --- or +++ and never closes."),
        "unknown-key": Code("warning", "A key that cogen does not know."),
        "cut-by-comment": Code(
            "warning", "Front matter holds a # that starts a comment where a text seems to be meant."
        ),
        "shadowed-key": Code("warning", "A key and its synonym are both there; cogen's own name counts."),
        "missing-key": Code("error", "A key that must be there is not."),
        "bad-value": Code("error", "A value is not of the kind its key takes; lowered, it is left out."),
        "bad-date": Code("error", "A date cannot be understood; lowered, it is left out."),
        "missing-date": Code(
            "error", "A post has no date, and is no draft; lowered, it counts as 1970-01-01."
        ),
        "date-mismatch": Code("hint", "The file's name and its front matter give different days."),
        "missing-title": Code(
            "warning", "A post or page has no title; the first heading or the file's name serves."
        ),
        "title-markup": Code("hint", "A title held HTML, which was stripped."),
        # addresses
        "address-collision": Code(
            "error", "Two things would be published at one address.", is_structural=True
        ),
        "path-escape": Code(
            "error",
            "A file would be published outside the output folder, or hidden in it.",
            is_structural=True,
        ),
        "alias-collision": Code(
            "error", "An alias is the address of something else; lowered, it is dropped."
        ),
        "bad-address": Code(
            "error", "A slug, permalink or alias is no usable address; lowered, it is left out."
        ),
        "slug-collision": Code(
            "error", "Two tags or two people share a slug; lowered, the later one gets a number."
        ),
        "duplicate-guid": Code(
            "error", "Two entries share a guid; lowered, the later one gets a derived id."
        ),
        "unknown-language": Code(
            "warning", "A file's name ends with a language that the site does not have."
        ),
        "missing-words": Code(
            "hint", "The theme has no words in a language of the site; they are in English."
        ),
        "duplicate-translation": Code(
            "error", "Two texts in one language translate the same; lowered, the first one counts."
        ),
        "duplicate-table": Code(
            "error", "Two files are one table in one language; lowered, the first one counts."
        ),
        "missing-site-id": Code("hint", "site.yaml has no id; one is derived from url, and moves with it."),
        # links, pictures, directives
        "dead-link": Code("error", "A link leads to nothing in the site; lowered, it stays as written."),
        "dead-anchor": Code("warning", "A link names a part of a page that is not there."),
        "missing-picture": Code("error", "A picture is not there; lowered, the address stays as written."),
        "no-compressor": Code(
            "error",
            "Files are to be compressed, and the package for that is not installed.",
            is_structural=True,
        ),
        "no-share-font": Code(
            "error", "Pictures for sharing are to be made, and there is no font for them.", is_structural=True
        ),
        "no-search-program": Code(
            "error", "The site is to have a search, and Pagefind is not installed.", is_structural=True
        ),
        "unreadable-picture": Code("warning", "A picture's file cannot be understood, or names no size."),
        "enormous-picture": Code("warning", "A picture has too many pixels to make other sizes of it."),
        "foreign-picture": Code("error", "A picture is of a kind that browsers do not show."),
        "foreign-markup": Code(
            "warning", "A text has markup of another program, or a link with a space, printed as it stands."
        ),
        "missing-alt": Code("warning", "A picture has no alternative text."),
        "unknown-directive": Code(
            "error", "A directive that the theme has no component for; lowered, it is left out."
        ),
        "unclosed-directive": Code(
            "error", "A ::: container is never closed; lowered, it ends with its block."
        ),
        "bad-attribute": Code(
            "error", "An attribute of a directive is unknown, missing or wrong; lowered, left out."
        ),
        # people, tags, projects, data
        "unknown-author": Code(
            "hint", "An author or lead is not in people.yaml; the name is used as written."
        ),
        "ambiguous-author": Code("warning", "A name is written that several people of people.yaml have."),
        "unknown-project": Code("error", "A post, event or directive names a project that is not there."),
        "unknown-data": Code("error", "A data file that a component asks for is not there."),
        # themes
        "unknown-theme": Code("error", "The theme, or one it extends, is not there.", is_structural=True),
        "template-syntax": Code("error", "A template cannot be compiled.", is_structural=True),
        "template-error": Code("error", "A template failed while it was rendered.", is_structural=True),
        "unknown-template": Code("error", "A template is asked for that the theme does not have."),
        "computed-template-name": Code(
            "error", "extends, include or import with a name that is not a literal.", is_structural=True
        ),
        "bad-stylesheet": Code("error", "A stylesheet names an option or a file that is not there."),
        "low-contrast": Code("warning", "A colour of the theme's options cannot be read by everyone."),
    }
)
