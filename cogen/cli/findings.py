"""How findings are shown: for people on a terminal, for programs as JSON, for a forge as annotations.

In: findings with the severity the site gives them.  Out: text, nothing is printed here.  What an author
wrote may stand in a message, an excerpt or a file's name, so characters that could steer a terminal or
hide text are shown as escapes in every format.  Layer: cli.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence

import msgspec

from cogen.model.diagnostics import Clue, Diagnostic, Location, Severity

Finding = tuple[Severity, Diagnostic]

MAX_EXCERPT_LENGTH = 100
_LEFT_OF_COLUMN = 40
_JOINERS = "\u200c\u200d"
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_COLOURS = {"error": "1;31", "warning": "1;33", "hint": "1;36", "off": "2"}
_ANNOTATIONS = {"error": "error", "warning": "warning", "hint": "notice", "off": "notice"}


class _Entry(msgspec.Struct, frozen=True):
    """A finding as ``format_json`` writes it."""

    path: str | None
    line: int | None
    column: int | None
    length: int | None
    severity: Severity
    code: str
    message: str
    hint: str | None


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Sort findings by path, line, column and code; identical ones once, those switched off not at all."""
    wanted = dict.fromkeys(finding for finding in findings if finding[0] != "off")
    return tuple(sorted(wanted, key=_sort_key))


def format_text(findings: Sequence[Finding], *, colour: bool) -> str:
    """Write findings for people, each ended by a line feed; empty where there is none."""
    return "".join(_text(severity, diagnostic, colour=colour) for severity, diagnostic in in_order(findings))


def format_json(findings: Sequence[Finding]) -> str:
    """Write findings as a JSON list of objects; what is not known of a place is null."""
    entries = [_entry(severity, diagnostic) for severity, diagnostic in in_order(findings)]
    written = msgspec.json.format(msgspec.json.encode(entries), indent=2).decode()
    return "".join(map(_json_character, written)) + "\n"


def format_github(findings: Sequence[Finding]) -> str:
    """Write findings as workflow commands of GitHub Actions, one a line."""
    return "".join(_annotation(severity, diagnostic) for severity, diagnostic in in_order(findings))


def format_counts(findings: Sequence[Finding]) -> str:
    """Count findings in words: ``2 errors, 1 warning``; empty where there is none."""
    counts = Counter(severity for severity, _ in in_order(findings))
    known = ((name, counts[name]) for name in ("error", "warning", "hint"))
    return ", ".join(f"{count:,} {name}{'s' * (count != 1)}" for name, count in known if count)


def visible(text: str, kept: str = "") -> str:
    r"""Show characters that steer a terminal or hide text as escapes: ``\x1b``, ``\u202e``; ``kept`` stay."""
    if text.isprintable():
        return text
    return "".join(char if char in kept else _visible_character(char) for char in text)


def _sort_key(finding: Finding) -> tuple[str, int, int, str, str, str]:
    severity, diagnostic = finding
    place = _place(diagnostic)
    return (place.path, place.line, place.column, diagnostic.code, diagnostic.message, severity)


def _place(diagnostic: Diagnostic) -> Location:
    match diagnostic.at:
        case Location() as place:
            return place
        case Clue(path=path):
            return Location(path)
        case None:
            return Location("")


# ---- text ------------------------------------------------------------------------------------------------


def _text(severity: Severity, diagnostic: Diagnostic, *, colour: bool) -> str:
    place = _place(diagnostic)
    label = _painted(f"{severity}[{diagnostic.code}]", _COLOURS[severity], colour=colour)
    head = f"{_prefix(place)}{label}: {visible(diagnostic.message)}\n"
    hint = visible(diagnostic.hint)
    if not place.excerpt or not place.line:
        return head + (f"  hint: {hint}\n" if hint else "")
    return head + _quoted(place, hint, _COLOURS[severity] if colour else "")


def _prefix(place: Location) -> str:
    numbers = [str(place.line)] if place.line else []
    if place.line and place.column:
        numbers.append(str(place.column))
    return ":".join([visible(place.path), *numbers]) + ": " if place.path else ""


def _quoted(place: Location, hint: str, paint: str) -> str:
    line = place.excerpt.rstrip("\r\n")
    column = place.column - place.excerpt_start
    start, end = _window(len(line), column)
    gutter = " " * len(str(place.line))
    before, after = "…" * (start > 0), "…" * (end < len(line))
    shown = before + visible(line[start:end], kept="\t") + after
    quoted = f"  {place.line} | {shown}".rstrip() + "\n"
    if not place.column:
        return quoted + (f"  {gutter} | hint: {hint}\n" if hint else "")
    first = min(max(column - 1, start), end)
    padding = " " * len(before) + _padding(line[start:first])
    carets = "^" * max(1, sum(_cells(char) for char in line[first : min(first + place.length, end)]))
    marked = _painted(carets, paint, colour=bool(paint))
    return quoted + f"  {gutter} | {padding}{marked} {hint}".rstrip() + "\n"


def _window(length: int, column: int) -> tuple[int, int]:
    if length <= MAX_EXCERPT_LENGTH:
        return 0, length
    start = max(0, min(column - 1 - _LEFT_OF_COLUMN, length - MAX_EXCERPT_LENGTH))
    return start, start + MAX_EXCERPT_LENGTH


def _padding(text: str) -> str:
    return "".join("\t" if char == "\t" else " " * _cells(char) for char in text)


def _cells(char: str) -> int:
    shown = _visible_character(char)
    if char == "\t" or shown != char:
        return 1 if char == "\t" else len(shown)
    if char in _JOINERS or unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _visible_character(char: str) -> str:
    if char in _JOINERS or unicodedata.category(char) not in _INVISIBLE:
        return char
    return char.encode("unicode_escape").decode("ascii")


def _painted(text: str, paint: str, *, colour: bool) -> str:
    return f"\x1b[{paint}m{text}\x1b[0m" if colour else text


# ---- JSON and annotations --------------------------------------------------------------------------------


def _entry(severity: Severity, diagnostic: Diagnostic) -> _Entry:
    place = _place(diagnostic)
    has_column = bool(place.line and place.column)
    return _Entry(
        path=_encodable(place.path) or None,
        line=place.line or None,
        column=place.column if has_column else None,
        length=place.length if has_column else None,
        severity=severity,
        code=diagnostic.code,
        message=_encodable(diagnostic.message),
        hint=_encodable(diagnostic.hint) or None,
    )


def _json_character(char: str) -> str:
    if char == "\n" or _visible_character(char) == char:
        return char
    import json  # noqa: PLC0415 hardly ever wanted

    return json.dumps(char)[1:-1]


def _encodable(text: str) -> str:
    """Show lone surrogates (bytes of a file's name that are not UTF-8) as escapes: JSON cannot hold them."""
    return text.encode("utf-8", "backslashreplace").decode()


def _annotation(severity: Severity, diagnostic: Diagnostic) -> str:
    place = _place(diagnostic)
    known = (
        ("file", place.path),
        ("line", str(place.line) if place.path and place.line else ""),
        ("col", str(place.column) if place.path and place.line and place.column else ""),
        ("title", diagnostic.code),
    )
    properties = ",".join(f"{name}={_property(value)}" for name, value in known if value)
    message = "\n".join(part for part in (diagnostic.message, diagnostic.hint) if part)
    return f"::{_ANNOTATIONS[severity]} {properties}::{_command_text(message)}\n"


def _command_text(text: str) -> str:
    shown = visible(text, kept="\r\n")
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command_text(text).replace(":", "%3A").replace(",", "%2C")
