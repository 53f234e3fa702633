"""Front matter, told apart from the text below it. Layer: read.

Five forms: YAML between ``---``, TOML between ``+++``, Nikola's lines ``.. key: value``, Hexo's YAML that only
closes, and Pelican's header lines up to the first blank one.
Each is a handler of ``python-frontmatter``, whose ``split`` and ``load`` are called on the untouched text (the
library's own ``parse`` strips it first, which shifts every line, and swallows what goes wrong).  A handler
lives for one file.
"""

import re
from typing import ClassVar

import msgspec
from frontmatter.default_handlers import BaseHandler

from cogen.model.diagnostics import Diagnostic, finding
from cogen.read.scalars import normal_key, shorten
from cogen.read.synonyms import EVENT_KEYS, PAGE_KEYS, POST_KEYS, SPECIAL_SYNONYMS, SYNONYMS
from cogen.read.text import location_at
from cogen.read.toml_nodes import toml_lines, toml_pairs
from cogen.read.yaml import FATAL, MAX_DEPTH, parse_yaml, too_many_marks
from cogen.read.yaml_comments import cut_by_comments
from cogen.read.yaml_errors import no_break_space
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence
from cogen.read.yaml_repair import parse_forgivingly

_HEADER = re.compile(r"([A-Za-z](?:[\w -]*(?=:(?:[ \t]|$))|[\w-]*(?=:(?!//)))):[ \t]*(.*)$")
"""A key of several words wants a space behind its colon, so that ``at the door:come in`` is a sentence."""
_CONTINUED = re.compile(r"(?: {4}|\t)[ \t]*(\S.*)")
_KEY_LIKE = re.compile(r"\s*(?:#|['\"]?[A-Za-z_][\w -]{0,80}['\"]?[ \t]{0,9}[:=])")
_TOML_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")
MOST_DOTS = 5_000
"""In TOML a dot may part a key, of which each part takes as long as all before it."""
_DASHES = re.compile(r"(?:[ \t]*\n)*((?=-{0,2}[\u2012-\u2015])[-\u2012-\u2015]{1,3})[ \t]*\n")
_TOO_DEEP_TOML = rf"(?:[\[{{][^\[\]{{}}]*){{{MAX_DEPTH}}}|(?:\.[^.\n=]*){{{MAX_DEPTH}}}"
"""Compiled where it is wanted, which is hardly ever: it takes as long as all the rest here."""
_HEADER_KEYS = frozenset(
    (*POST_KEYS, *PAGE_KEYS, *EVENT_KEYS, *(synonym.foreign for synonym in (*SYNONYMS, *SPECIAL_SYNONYMS)))
)


class FrontMatter(msgspec.Struct, frozen=True):
    """A file's front matter and the text below it."""

    pairs: tuple[tuple[Scalar, Node], ...] | None
    """Keys and values as written; None where it cannot be understood."""
    body: str
    first_line: int
    """1-based line of the file on which the body starts."""
    findings: tuple[Diagnostic, ...] = ()


def split_front_matter(text: str, path: str) -> FrontMatter:
    """Tell front matter from the text below it; without any, there are no pairs.

    Gives ``unclosed-front-matter``, ``bad-value`` where it is no mapping, ``toml-syntax`` and what
    ``parse_yaml`` gives.
    """
    if (dashes := _DASHES.match(text)) is not None and _starts_with_key(text[dashes.end() :]):
        return FrontMatter(None, "", 1, (_no_hyphens(dashes, text, path),))
    for handler_type in _HANDLERS:
        handler = handler_type(path)
        if handler.detect(text):
            return handler.read(text)
    return FrontMatter((), text, 1)


class _Handler(BaseHandler):
    """What the three forms share."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.head_line = 1
        self.findings: tuple[Diagnostic, ...] = ()

    def read(self, text: str) -> FrontMatter:
        """Split and load; the line of the body follows from what stands above it."""
        head, body = self.split(text)
        above = len(text) - len(body)
        loaded = self.load(head)
        pairs = loaded.get("pairs")
        first_line = text.count("\n", 0, above) + 1
        return FrontMatter(pairs if isinstance(pairs, tuple) else None, body, first_line, self.findings)

    def load(self, fm: str) -> dict[str, object]:
        """Give the pairs under ``pairs``; leave them out where the text cannot be understood."""
        raise NotImplementedError

    def note(self, code: str, message: str, text: str, index: int, hint: str) -> None:
        """Note a finding at a character of the front matter."""
        at = location_at(self.path, text, index)
        at = msgspec.structs.replace(at, line=at.line + self.head_line - 1)
        self.findings += (finding(code, message, at, hint),)


class _Fenced(_Handler):
    """Front matter between two lines of their own."""

    CLOSER: ClassVar[re.Pattern[str]]
    """Starts with the end of the line before."""

    def detect(self, text: str) -> bool:
        """Look for the opening line; one that opens no front matter is a line across the page."""
        if (opened := self._opener(text)) is None:
            return False
        closed = self.CLOSER.search(text, opened.end() - 1)
        inside = text[opened.end() : closed.start() + 1 if closed else len(text)]
        if _KEY_LIKE.match(inside):
            return True
        return closed is not None and not (inside.startswith("\n") and inside.strip())

    def split(self, text: str) -> tuple[str, str]:
        """Give what stands between the two lines, and what stands below."""
        opened = self._opener(text)
        start = opened.end() if opened else 0
        self.head_line = text.count("\n", 0, start) + 1
        closed = self.CLOSER.search(text, start - 1)
        if closed is None:
            self._note_unclosed(text, start)
            return "", ""
        return text[start : closed.start() + 1], text[closed.end() :]

    def _opener(self, text: str) -> re.Match[str] | None:
        return self.FM_BOUNDARY.match(text) if self.FM_BOUNDARY else None

    def _note_unclosed(self, text: str, start: int) -> None:
        fence = self.START_DELIMITER
        message = f"the front matter opens here with {fence} and never closes"
        at = location_at(self.path, text, start - 1)
        at = msgspec.structs.replace(at, column=1, length=3)
        hint = f"add a line with {fence} alone below the last key"
        self.findings += (finding("unclosed-front-matter", message, at, hint),)


class _YamlHandler(_Fenced):
    FM_BOUNDARY = re.compile(r"(?:[ \t]*\n)*---[ \t]*\n")
    START_DELIMITER = "---"
    CLOSER = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")

    def load(self, fm: str) -> dict[str, object]:
        """Read YAML as text with places."""
        if self.findings:
            return {}
        node, found = parse_forgivingly(fm, self.path, self.head_line)
        self.findings += tuple(_with_closing_hint(each, fm, self.head_line) for each in found)
        self.findings += cut_by_comments(node, fm, self.path, self.head_line)
        if isinstance(node, Mapping):
            return {"pairs": node.pairs}
        if node is None:
            return {} if any(each.code in FATAL for each in found) else {"pairs": ()}
        if isinstance(node, Scalar) and node.is_null:
            return {"pairs": ()}
        self._note_no_mapping(node, fm)
        return {}

    def _note_no_mapping(self, node: Node, fm: str) -> None:
        what = "a list" if isinstance(node, Sequence) else "a text without keys"
        lead = len(fm) - len(fm.lstrip())
        glued = no_break_space(fm[lead:].partition("\n")[0]) if isinstance(node, Scalar) else None
        if glued is not None:
            message, hint, column = glued
            self.note("bad-value", message, fm, lead + column, hint)
            return
        squeezed = isinstance(node, Scalar) and re.match(r"([A-Za-z]\w*):(\S.*)", node.text)
        hint = f"write {squeezed[1]}: {squeezed[2]}" if squeezed else "write lines such as title: Hello"
        self.note("bad-value", f"the front matter is {what}, not keys with values", fm, lead, shorten(hint))


class _TomlHandler(_Fenced):
    FM_BOUNDARY = re.compile(r"(?:[ \t]*\n)*\+\+\+[ \t]*\n")
    START_DELIMITER = "+++"
    CLOSER = re.compile(r"\n\+\+\+[ \t]*(?:\n|\Z)")

    def load(self, fm: str) -> dict[str, object]:
        """Read TOML into the same nodes as YAML; the lines of keys are found by a scan."""
        if self.findings:
            return {}
        if (over := too_many_marks(fm, self.path, self.head_line)) is not None:
            self.findings += (over,)
            return {}
        if fm.count(".") > MOST_DOTS:
            self.note("too-complex", f"more than {MOST_DOTS:,} full stops stand here", fm, 0, "")
            return {}
        try:
            import tomllib  # noqa: PLC0415 few write TOML

            return {"pairs": toml_pairs(tomllib.loads(fm, parse_float=str), toml_lines(fm, self.head_line))}
        except RecursionError:
            deep = re.search(_TOO_DEEP_TOML, fm)
            self.note(
                "too-complex", f"values nest deeper than {MAX_DEPTH}", fm, deep.start() if deep else 0, ""
            )
        except ValueError as error:
            self._note_syntax(str(error), fm)
        return {}

    def _note_syntax(self, said: str, fm: str) -> None:
        place = _TOML_PLACE.search(said)
        index = len(fm.rstrip())
        if place is not None and place[1]:
            lines = fm.split("\n")[: int(place[1]) - 1]
            index = sum(len(line) + 1 for line in lines) + int(place[2]) - 1
        words = shorten(_TOML_PLACE.sub("", said).rstrip())
        message = f"this cannot be read as TOML ({words[:1].lower()}{words[1:]})"
        self.note("toml-syntax", message, fm, index, 'write key = "value", texts in quotes')


class _ClosedHandler(_YamlHandler):
    """Hexo's YAML without the first ``---``: only where the first key is known and it is YAML up to the second."""

    FM_BOUNDARY = re.compile("")

    def detect(self, text: str) -> bool:
        """Look for the closing line, and read what stands above."""
        closed = self.CLOSER.search(text) if _starts_with_key(text) else None
        return closed is not None and isinstance(
            parse_yaml(text[: closed.start() + 1], self.path)[0], Mapping
        )


class _HeaderHandler(_Handler):
    """Pelican's ``Title: x`` lines: only where the first key is known and every line is of that form."""

    LINE: ClassVar[re.Pattern[str]] = _HEADER

    FM_BOUNDARY = re.compile(r"(?:[ \t]*\n)*")

    def detect(self, text: str) -> bool:
        """Look at every line up to the first blank one."""
        if not _starts_with_key(text):
            return False
        head, _ = self.split(text)
        return all(_HEADER.match(line) or _CONTINUED.match(line) for line in head.split("\n"))

    def split(self, text: str) -> tuple[str, str]:
        """Split at the first blank line, or at a line ``---``."""
        end = _HEADERS_END.search(text)
        return (text, "") if end is None else (text[: end.start()], text[end.end() :])

    def load(self, fm: str) -> dict[str, object]:
        """Read each value as plain text up to the end of its line."""
        pairs: list[tuple[Scalar, Scalar]] = []
        texts: list[list[str]] = []
        for number, line in enumerate(fm.split("\n"), self.head_line):
            if (header := self.LINE.match(line)) is not None:
                value = (header[2] or "").strip()
                pairs.append((Scalar(header[1], number, 1), Scalar(value, number, header.start(2) + 1)))
                texts.append([value])
            elif pairs and (more := _CONTINUED.match(line)) is not None:
                texts[-1].append(more[1])
        return {
            "pairs": tuple(
                (key, msgspec.structs.replace(value, text=" ".join(parts).strip()) if parts[1:] else value)
                for (key, value), parts in zip(pairs, texts, strict=True)
            )
        }


class _NikolaHandler(_HeaderHandler):
    """Nikola's ``.. title: x`` lines, which stand at the top, mostly in an HTML comment."""

    LINE = re.compile(r"[ \t]*\.\. ([A-Za-z][\w-]*):(?:[ \t]+(.*))?$")
    FM_BOUNDARY = re.compile(
        r"(?:[ \t]*+\n)*+(?:[ \t]*+(?P<comment><!--)(?:[ \t]*+\n)*+)?"
        r"(?P<head>(?:[ \t]*+\.\. [A-Za-z][\w-]*:.*(?:\n|\Z))++)(?(comment)\s*+-->)"
    )

    def detect(self, text: str) -> bool:
        """Look for a first line of that form, and for the end of the comment."""
        return self.FM_BOUNDARY.match(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """Split behind the last of the lines, and behind the comment."""
        found = self.FM_BOUNDARY.match(text)
        if found is None:
            return "", text
        self.head_line = text.count("\n", 0, found.start("head")) + 1
        return found["head"].rstrip("\n"), text[found.end() :]


_HEADERS_END = re.compile(r"\n(?:[ \t]*|---[ \t]*)(?:\n|\Z)")
_HANDLERS: tuple[type[_Handler], ...] = (
    _YamlHandler,
    _TomlHandler,
    _NikolaHandler,
    _ClosedHandler,
    _HeaderHandler,
)


def _starts_with_key(text: str) -> bool:
    """Say whether the first line is ``key: value`` with a key that posts, pages or events have."""
    first = _HEADER.match(text[: text.find("\n") + 1 or len(text)].strip("\n"))
    return first is not None and normal_key(first[1]) in _HEADER_KEYS


def _no_hyphens(dashes: re.Match[str], text: str, path: str) -> Diagnostic:
    at = location_at(path, text, dashes.start(1), len(dashes[1]))
    message = f"the front matter opens here with {dashes[1]}, dashes that a word processor made of hyphens"
    hint = "type three hyphens, ---, in this line and in the one below the last key"
    return finding("unclosed-front-matter", message, at, hint)


def _with_closing_hint(found: Diagnostic, fm: str, head_line: int) -> Diagnostic:
    """Where the trouble lies below a blank line, the closing line may be what is missing."""
    line = getattr(found.at, "line", 0) - head_line
    if found.code != "yaml-syntax" or "" not in (each.strip() for each in fm.split("\n")[: max(line, 0)]):
        return found
    hint = f"{found.hint}; or is the closing --- missing above the text?"
    return msgspec.structs.replace(found, hint=hint)
