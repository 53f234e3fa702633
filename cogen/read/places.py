"""What a file is, by where it lies: the folders under ``content/``. Layer: read.

Pure functions of a path relative to the site's folder (``content/posts/2012/hello.md``).
"""

import datetime as dt
import posixpath
import re
from functools import lru_cache
from typing import Literal

import msgspec

from cogen.model.diagnostics import Diagnostic, Location, finding
from cogen.model.suggest import nearest

Kind = Literal[
    "post", "page", "event", "programme", "people", "tags", "data", "asset", "ignored", "misplaced"
]
ROOT = "content"
RESERVED_FOLDERS = ("posts", "pages", "events", "projects", "data")
_MARKDOWN = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdown")
_YAML = (".yaml", ".yml")
_FOREIGN = {
    ".html": "HTML", ".htm": "HTML", ".rst": "reStructuredText", ".textile": "Textile", ".org": "Org",
    ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc", ".mdx": "MDX",
}  # fmt: skip
"""In what other generators let posts be written."""
_SINGLE: dict[str, Kind] = {"people": "people", "tags": "tags"}
_TEXT_FOLDERS: dict[str, Kind] = {"posts": "post", "pages": "page", "events": "event"}
_YAML_FOLDERS: dict[str, Kind] = {"projects": "programme", "data": "data"}
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_EDITOR_ENDINGS = ("~", ".swp", ".swo", ".swx", "___jb_tmp___", "___jb_old___")
_LANGUAGE_AT_END = re.compile(
    rf"[^/]\.([a-z]{{2}}(?:[-_][a-z]{{4}})?(?:[-_][a-z]{{2}})?)(?:{'|'.join(map(re.escape, _MARKDOWN + _YAML))})$",
    re.IGNORECASE,
)
_DATED = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[-_ ]+(.*))?", re.ASCII | re.DOTALL)


class SourceName(msgspec.Struct, frozen=True):
    """What a file's name says: of the folder, where the file is the ``index`` of a bundle."""

    text: str
    """The name without extension and date; may be empty."""
    date: dt.date | None = None
    """The day at its start."""


@lru_cache(8)
def kind_of(path: str, sections: tuple[str, ...]) -> Kind:
    """Say what a file is; ``sections`` are the names of the author's own kinds of posts."""
    root, *parts = path.split("/")
    if root != ROOT or not parts or any(map(is_ignored_name, parts)):
        return "ignored"
    stem, extension = posixpath.splitext(parts[-1].lower())
    if extension not in _MARKDOWN + _YAML or ".well-known" in parts[:-1]:
        return "asset"
    if extension in _YAML and len(parts) == 1:
        return _SINGLE.get(stem, "misplaced")
    return _kind_in_folder(parts, extension, sections)


def _kind_in_folder(parts: list[str], extension: str, sections: tuple[str, ...]) -> Kind:
    if len(parts) == 1:
        return "misplaced"
    if extension in _YAML:
        return _YAML_FOLDERS.get(parts[0], "misplaced")
    if _is_section_index(parts[-1]) and parts[0] != "pages":
        return "misplaced"
    return "post" if parts[0] in sections else _TEXT_FOLDERS.get(parts[0], "misplaced")


def _is_section_index(name: str) -> bool:
    """Say whether Hugo would take a file for the text above the list of a folder."""
    return name.lower().startswith("_index.")


def is_ignored_name(name: str) -> bool:
    """Say whether a file or folder of this name is passed over: dotfiles, and what systems and editors leave."""
    if name.startswith("."):
        return name != ".well-known"
    if name.startswith("#") and name.endswith("#"):
        return True
    lower = name.lower()
    return lower in _SYSTEM_FILES or lower.endswith(_EDITOR_ENDINGS)


def misplaced(path: str, sections: tuple[str, ...]) -> Diagnostic:
    """Name the folder a misplaced file belongs in."""
    folder = posixpath.dirname(path).removeprefix(ROOT).strip("/")
    where = f"{ROOT}/{folder}/" if folder else f"{ROOT}/"
    if path.lower().endswith(_YAML):
        kind = "YAML"
        homes: tuple[str, ...] = ("projects", "data")
        hint = "move it to content/projects/ (a programme of projects) or content/data/ (for components)"
    else:
        kind = "Markdown"
        homes = ("posts", "pages", "events", *sections)
        own = "".join(f", content/{name}/" for name in sections)
        hint = (
            f"move it to content/posts/ (a post), content/pages/ (a page) or content/events/ (an event){own}"
        )
    if near := nearest(folder.split("/")[0], homes):
        hint = f"did you mean {ROOT}/{near}/?"
    name = posixpath.basename(path)
    if not folder and name.partition(".")[0].lower() in _SINGLE and (tag := named_language(path)):
        hint = (
            f"to let it stand in for {name.partition('.')[0]}.yaml, write languages: [{tag}] into site.yaml"
        )
    message = f"{where} is no folder for {kind} files"
    if _is_section_index(name) and folder.split("/")[0] in homes:
        message = (
            "cogen makes the lists of posts and events by itself, and has no place for a text above them"
        )
        hint = "move it to content/pages/ if it is to be a page of its own, or remove it"
    return finding("misplaced-file", message, Location(path), hint)


def foreign_post(path: str, sections: tuple[str, ...]) -> Diagnostic | None:
    """Name a file that another generator would take for a post, and that is only an asset here.

    HTML counts where a date stands before its name: without one, it lies beside a post.
    """
    folders, name = path.split("/")[1:-1], posixpath.basename(path)
    stem, extension = posixpath.splitext(name)
    language = _FOREIGN.get(extension.lower()) if folders and folders[0] in ("posts", *sections) else None
    if language is None or (language == "HTML" and _DATED.fullmatch(stem) is None):
        return None
    message = f"this is {language}, and posts are written in Markdown; it is published as a file, as it is"
    hint = f"convert it, and call it {stem}.md"
    return finding("foreign-post", message, Location(path), hint)


def split_language(path: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """Take the language from the end of a file's name: ``posts/hello.es.md`` is ``posts/hello.md`` in ``es``.

    ``languages`` are the tags of a site with several.  Where the name ends with none of them, the path stays, and
    the tag is empty.  ``.en`` stands for ``en-GB`` where that is the only English one.
    """
    if not languages:
        return path, ""
    stem, extension = posixpath.splitext(path)
    plain, _, ending = stem.rpartition(".")
    wanted = ending.replace("_", "-").lower()
    near = [tag for tag in languages if f"{tag.lower()}-".startswith(f"{wanted}-")]
    tag = next((tag for tag in near if tag.lower() == wanted), near[0] if len(near) == 1 else "")
    has_name = posixpath.basename(plain) != ""
    return (plain + extension, tag) if tag and has_name else (path, "")


def named_language(path: str) -> str:
    """Give what looks like a language at the end of a file's name: ``es`` of ``hello.es.md``; mostly nothing."""
    found = _LANGUAGE_AT_END.search(path)
    return found[1].replace("_", "-") if found else ""


def identity_of(path: str) -> str:
    """Give the source under ``content/`` without extension and ``/index``: what ids are derived from."""
    under = posixpath.splitext(path.removeprefix(ROOT + "/"))[0]
    return under[: -len("/index")] if under.lower().endswith("/index") else under


def source_name(path: str) -> SourceName:
    """Take a file's name apart: ``2012-05-25-public-services.md`` gives a day and ``public-services``."""
    identity = identity_of(path)
    folder, _, name = identity.rpartition("/")
    if not folder:
        return SourceName("")  # the index of a whole section has no name of its own
    found = _DATED.fullmatch(name)
    if found is None:
        return SourceName(name)
    try:
        day = dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return SourceName(name)
    return SourceName(found[4] or "", day)


def humanised(name: str) -> str:
    """Make a title of a file's name: ``mobile-job_bike`` becomes ``Mobile job bike``."""
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]
