"""What looks like markup and is none here: it would be published as it stands, without a word. Layer: read.

Texts that were brought from elsewhere have it: shortcodes of Hugo and WordPress, tags of Liquid, attributes of
kramdown, directives of Pandoc, links whose address has a space.
"""

import re
from collections.abc import Iterator

from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Diagnostic, finding
from cogen.read.markdown.locate import at_offset
from cogen.read.markdown.targets import without_code

_BRACES = ("{{<", "{{%", "{%", "{:")
_BRACKETS = re.compile(r"\[(?:caption|gallery|embed|audio|video|playlist)[ \]]")
_SPACED = re.compile(r"\]\((?P<spaced>[^()\s<>\"']+(?:[ ]+[^()\s<>\"']+)+)\)")
_ELSEWHERE = re.compile(
    r"\{\{[<%][^{\n]*?[%>]\}\}"
    r"|\{%-?[ \t]*[a-z_]+(?:[^{}\n]*[^{}\n%])?%\}"
    r"|\[(?:caption|gallery|embed|audio|video|playlist)[ ][^\[\]\n=]*=[^\[\]\n]*\]"
    r"|\[/?(?:embed|caption)\](?![(\[:])"
)
_KRAMDOWN = re.compile(r"\{:[ \t]*[.#\w][^{}\n]*\}")
_PANDOC = re.compile(r"^ {0,3}:{3,}(?:[ \t]+\{?|\{)(?:\.?(?P<name>[A-Za-z][\w-]*))[^\n]*", re.MULTILINE)
_JSON = re.compile(r"\s*(?P<brace>\{)\s*\"[^\"\n]+\"\s*:")
_SHOWN = 40


def foreign_markup(text: str, options: ReadingOptions, *, path: str, first_line: int) -> Iterator[Diagnostic]:
    """Find markup of other programs in a body, outside its code. Gives ``foreign-markup``."""
    is_gfm = options.dialect == "gfm"
    if first_line == 1 and (found := _JSON.match(text)):
        hint = "write it in YAML, between two lines of ---"
        at = at_offset(text, found.start("brace"), path=path, first_line=first_line)
        yield finding(
            "foreign-markup", "this looks like front matter in JSON, and is printed as text", at, hint
        )
        return
    if not (
        ("{" in text and any(sign in text for sign in _BRACES))
        or ":::" in text
        or _BRACKETS.search(text)
        or (is_gfm and _SPACED.search(text))
    ):
        return
    shown = without_code(text, shortcodes=True)

    def told(found: re.Match[str], message: str, hint: str, group: str | int = 0) -> Diagnostic:
        start, end = found.span(group)
        at = at_offset(text, start, path=path, first_line=first_line, length=end - start)
        return finding("foreign-markup", message, at, hint)

    for found in _ELSEWHERE.finditer(shown):
        message = f"{_cut(found[0])} is markup of another program, and is printed as it stands"
        yield told(found, message, "say it in Markdown, or put it in backquotes if it is to be read")
    for found in _PANDOC.finditer(shown):
        message = f"{_cut(found[0].strip())} is no directive, and is printed as it stands"
        yield told(found, message, f"write the name right behind the colons: :::{found['name']}")
    if is_gfm:
        for found in _KRAMDOWN.finditer(shown):
            message = f"{_cut(found[0])} is printed as it stands"
            yield told(
                found, message, "take it out; headings and directives take {#id .class}, without a colon"
            )
        for found in _SPACED.finditer(shown):
            address = found["spaced"]
            if "/" not in address and "." not in address:
                continue  # words in parentheses
            message = f'the address "{_cut(address)}" has a space, so this is no link and no picture'
            yield told(found, message, f"write {address.replace(' ', '%20')}", "spaced")


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
