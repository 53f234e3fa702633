"""A new post: a draft with its front matter filled in, at the place where posts lie. Layer: scaffold."""

import datetime as dt
import unicodedata
from pathlib import Path

from cogen.model.diagnostics import MachineError, ProjectError
from cogen.model.slugs import slugify
from cogen.read.config import parse_config
from cogen.scaffold.writing import write_text

MAX_SLUG_BYTES = 120
_NEVER_IN_YAML = {"Cc", "Cs"}
_LAST_OF_PLANE = 0xFFFE
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_BYTE_ORDER_MARK = "\ufeff"

TEMPLATE = """\
---
title: {title}
date: {date}
authors: []            # short names from people.yaml, or plain names
tags: []               # for example [Growing, Tulse Hill]
summary: ""            # one or two sentences for the front page
guid: {guid}
draft: true            # take this line out when the post is ready
---

Write here as you would write an e-mail, with an empty line between paragraphs.
"""


def new_post(site_folder: Path, title: str, today: dt.date, guid: str, language: str = "") -> Path:
    """Write ``content/posts/YYYY/YYYY-MM-DD-slug.md`` and give its path.

    Any title will do: it becomes one line, quoted for YAML.  In a further ``language`` of the site the name ends
    with its tag.  Raises ProjectError where there is no site, no such language or already such a post,
    MachineError where the disk does not let us.
    """
    shown = one_line(title) or "Untitled"
    tag = _further_language(site_folder, language) if language else ""
    ending = f".{tag}.md" if tag else ".md"
    stem = f"{today.isoformat()}-{_short_slug(shown)}"
    path = site_folder / "content" / "posts" / f"{today.year:04}" / f"{stem}{ending}"
    _refuse_what_is_in_the_way(site_folder, path)
    write_text(
        path, TEMPLATE.format(title=quoted(shown), date=today.isoformat(), guid=quoted(one_line(guid)))
    )
    return path


def one_line(text: str) -> str:
    """Join a text into one line and drop what neither YAML nor XML can hold."""
    return " ".join("".join(char if _can_stand(char) else " " * char.isspace() for char in text).split())


def quoted(text: str) -> str:
    """Quote a line for YAML, whatever is in it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _can_stand(char: str) -> bool:
    code = ord(char)
    is_noncharacter = code & _LAST_OF_PLANE == _LAST_OF_PLANE or code in _NONCHARACTERS
    return not (is_noncharacter or char == _BYTE_ORDER_MARK or unicodedata.category(char) in _NEVER_IN_YAML)


def _short_slug(title: str) -> str:
    """Give a slug that any file system bears together with the date: counted in bytes, not characters."""
    slug = slugify(title)
    return slug.encode()[:MAX_SLUG_BYTES].decode(errors="ignore").strip("-") or "untitled"


def _further_language(site_folder: Path, wanted: str) -> str:
    """Give the tag of a language as site.yaml writes it; nothing for the main one."""
    settings = site_folder / "site.yaml"
    try:
        config, _ = parse_config(settings.read_bytes(), None) if settings.is_file() else (None, ())
    except OSError as error:
        raise MachineError(f"{settings} cannot be read: {error}") from error
    if config is not None and wanted.replace("_", "-").lower() == config.language.lower():
        return ""
    tags = [each.tag for each in config.languages] if config is not None else []
    found = next((tag for tag in tags if tag.lower() == wanted.replace("_", "-").lower()), "")
    if not found:
        known = f"it has {', '.join(tags)}" if tags else "write it there, under languages:"
        raise ProjectError(f"{settings} has no further language {one_line(wanted)!r}: {known}")
    return found


def _refuse_what_is_in_the_way(site_folder: Path, path: Path) -> None:
    try:
        if not (site_folder / "site.yaml").is_file():
            raise ProjectError(f"there is no site in {site_folder}: it has no site.yaml")
        if not path.resolve().is_relative_to(site_folder.resolve()):
            raise ProjectError(f"{path.parent} leads out of the site by a symbolic link")
        rivals = (path, path.with_suffix(".markdown"), path.with_suffix("") / "index.md")
        for rival in rivals:
            if rival.exists() or rival.is_symlink():
                raise ProjectError(f"{rival} is already there; choose another title, or edit that post")
    except (OSError, RuntimeError) as error:
        raise MachineError(f"{path} cannot be looked at: {error}") from error
