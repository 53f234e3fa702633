"""What the YAML parser complains of, said for people who are not programmers. Layer: read.

libyaml reports where it gave up, in its own words.  Editors make a dozen mistakes again and again, and each
has one function here that recognises it by libyaml's words and the line at hand, and says what to do.
"""

import re
from collections.abc import Callable

import msgspec
import yaml as pyyaml

from cogen.model.diagnostics import Diagnostic, finding, in_line
from cogen.read.scalars import shorten

_PAIR = re.compile(r"\s*(?:- +)?(?P<key>[^\s:#'\"\[{][^:]*):\s+(?P<value>\S.*)")
_NO_SPACE = re.compile(r"\s*(?:- +)?(?P<key>[A-Za-z_][\w-]*):(?P<value>[^\s:/].*)")
_NO_BREAK = re.compile(r"\s*(?:- +)?(?P<key>[^\s:#'\"\[{][^:]{0,80}):[\u00a0\u2007\u202f]\s*(?P<value>.*)")
_MAX_LINE = 500


class _Trouble(msgspec.Struct, frozen=True):
    """Where libyaml gave up, and what it said; indices are 0-based and inside the YAML text."""

    problem: str
    context: str
    lines: list[str]
    row: int
    column: int
    start_row: int
    """Where the thing starts that could not be read."""
    start_column: int

    @property
    def line(self) -> str:
        return self.lines[self.row][:_MAX_LINE] if self.row < len(self.lines) else ""

    @property
    def start_line(self) -> str:
        return self.lines[self.start_row][:_MAX_LINE] if self.start_row < len(self.lines) else ""

    @property
    def char(self) -> str:
        return self.line[self.column : self.column + 1]


class _Answer(msgspec.Struct, frozen=True):
    message: str
    hint: str
    row: int
    column: int


def explain(error: pyyaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Diagnostic:
    """Turn an error of libyaml into a ``yaml-syntax`` finding with one clear sentence."""
    trouble = _trouble(error, text)
    answer = next(found for explainer in _EXPLAINERS if (found := explainer(trouble)) is not None)
    excerpt = trouble.lines[answer.row] if answer.row < len(trouble.lines) else ""
    at = in_line(path, first_line + answer.row, answer.column + 1, 1, excerpt)
    return finding("yaml-syntax", answer.message, at, answer.hint)


def _trouble(error: pyyaml.MarkedYAMLError, text: str) -> _Trouble:
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    start = error.context_mark or mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    start_row, start_column = (start.line, start.column) if start else (0, 0)
    row, column = _with_words(lines, row, column)
    start_row, start_column = min((start_row, start_column), (row, column))
    return _Trouble(error.problem or "", error.context or "", lines, row, column, start_row, start_column)


def _with_words(lines: list[str], row: int, column: int) -> tuple[int, int]:
    """Move a complaint about the end of the text to the end of the last line with words."""
    while row > 0 and (row >= len(lines) or not lines[row].strip()):
        row -= 1
        column = len(lines[row].rstrip())
    return row, column


def _here(trouble: _Trouble, message: str, hint: str) -> _Answer:
    return _Answer(message, hint, trouble.row, trouble.column)


def _there(trouble: _Trouble, message: str, hint: str) -> _Answer:
    return _Answer(message, hint, trouble.start_row, trouble.start_column)


def _tab(trouble: _Trouble) -> _Answer | None:
    if "tab character" not in trouble.problem and trouble.char != "\t":
        return None
    return _here(
        trouble, "a tab stands here, and YAML is indented with spaces only", "replace the tab by two spaces"
    )


def no_break_space(line: str) -> tuple[str, str, int] | None:
    """Say what is wrong, what to do, and at which offset, where a colon has a no-break space behind it."""
    found = _NO_BREAK.match(line)
    if found is None:
        return None
    message = f'a no-break space (U+{ord(line[found.end("key") + 1]):04X}) stands after the colon of "{found["key"]}"'
    hint = f"type an ordinary space there: {found['key']}: {shorten(found['value'])}"
    return message, hint, found.end("key") + 1


def _no_break_space(trouble: _Trouble) -> _Answer | None:
    for row in dict.fromkeys((trouble.start_row, trouble.row, trouble.row - 1)):
        line = trouble.lines[row][:_MAX_LINE] if 0 <= row < len(trouble.lines) else ""
        if (found := no_break_space(line)) is not None:
            message, hint, column = found
            return _Answer(message, hint, row, column)
    return None


def _missing_space(trouble: _Trouble) -> _Answer | None:
    if "mapping values are not allowed" not in trouble.problem and "expected ':'" not in trouble.problem:
        return None
    for row in dict.fromkeys((trouble.start_row, trouble.row, trouble.row - 1)):
        found = _NO_SPACE.match(trouble.lines[row]) if 0 <= row < len(trouble.lines) else None
        if found is not None:
            key, value = found["key"], shorten(found["value"].strip())
            hint = f"write {key}: {value}"
            return _Answer(f'a space is missing after the colon of "{key}"', hint, row, found.end("key"))
    return None


def _second_colon(trouble: _Trouble) -> _Answer | None:
    pair = _PAIR.match(trouble.line)
    if "mapping values are not allowed" not in trouble.problem or pair is None:
        return None
    if trouble.column < pair.start("value"):
        return None
    quoted = in_quotes(shorten(pair["value"].strip()))
    hint = f"put the value in quotes: {pair['key']}: {quoted}"
    return _here(trouble, f'a second colon stands in the value of "{pair["key"]}"', hint)


def _wrong_indent(trouble: _Trouble) -> _Answer | None:
    if "mapping values are not allowed" not in trouble.problem:
        return None
    indent = len(trouble.line) - len(trouble.line.lstrip(" "))
    if indent and trouble.row > 0:
        message = "this line is indented as if it went on with the line above"
        return _Answer(message, "start it in the same column as the other keys", trouble.row, indent)
    above = trouble.lines[trouble.row - 1].strip() if trouble.row else trouble.line.strip()
    row = max(trouble.row - 1, 0)
    return _Answer(
        f'"{shorten(above)}" is no "key: value"', "write a key, a colon, a space and the value", row, 0
    )


def _no_colon(trouble: _Trouble) -> _Answer | None:
    if "expected ':'" not in trouble.problem:
        return None
    words = shorten(trouble.start_line.strip())
    hint = "write a key, a colon, a space and the value; or indent the line, if it goes on with the one above"
    return _there(trouble, f'"{words}" is no "key: value"', hint)


def _open_quote(trouble: _Trouble) -> _Answer | None:
    if "quoted scalar" not in trouble.context or "end of stream" not in trouble.problem:
        return None
    quote = trouble.start_line[trouble.start_column : trouble.start_column + 1]
    hint = f"add the second {quote} at the end of the value"
    return _there(trouble, f"a quote opens here with {quote} and never closes", hint)


def _backslash(trouble: _Trouble) -> _Answer | None:
    if "quoted scalar" not in trouble.context or (
        "escape" not in trouble.problem and "hexdecimal" not in trouble.problem
    ):
        return None
    message = "a backslash in double quotes starts a code, and this is none that YAML knows"
    return _here(trouble, message, "use single quotes, or write two backslashes")


def _open_bracket(trouble: _Trouble) -> _Answer | None:
    if "flow sequence" not in trouble.context and "flow mapping" not in trouble.context:
        return None
    opening, closing = ("[", "]") if "sequence" in trouble.context else ("{", "}")
    message = f"a list opens here with {opening} and does not close with {closing}"
    hint = f"add the missing {closing}, or a comma between two values; a value with brackets or commas needs quotes"
    return _there(trouble, message, hint)


def _open_at_the_end(trouble: _Trouble) -> _Answer | None:
    """Find the bracket that is open where the text ends and a value is wanted."""
    if "expected node content" not in trouble.problem or trouble.char:
        return None
    is_closed = 0
    for row in range(trouble.row, -1, -1):
        line = trouble.lines[row]
        for column in range(len(line) - 1, -1, -1):
            if line[column] in "]}":
                is_closed += 1
            elif line[column] in "[{" and is_closed:
                is_closed -= 1
            elif line[column] in "[{":
                closing = "]" if line[column] == "[" else "}"
                message = f"a list opens here with {line[column]} and does not close with {closing}"
                return _Answer(message, f"add the missing {closing}", row, column)
    return None


def _empty_place(trouble: _Trouble) -> _Answer | None:
    if "expected node content" not in trouble.problem:
        return None
    if not trouble.char:
        return _here(trouble, "a value is missing here", "write the value, or delete the key")
    message = f"a value is missing before {trouble.char}"
    return _here(trouble, message, "delete it, or put the value in quotes if it starts with it")


def _list_on_the_line(trouble: _Trouble) -> _Answer | None:
    if "block sequence entries are not allowed" not in trouble.problem:
        return None
    hint = "put each entry on a line of its own below the key, or write the list as [one, two]"
    return _here(trouble, "a list with - cannot start on the line of its key", hint)


def _bad_start(trouble: _Trouble) -> _Answer | None:
    scans_name = "alias" in trouble.context or "anchor" in trouble.context
    if (
        not scans_name
        and "cannot start any token" not in trouble.problem
        and "block scalar" not in trouble.context
    ):
        return None
    char = trouble.start_line[trouble.start_column : trouble.start_column + 1]
    value = trouble.start_line[trouble.start_column :].strip()
    return _there(
        trouble, f"a value cannot start with {char}", f"put the value in quotes: {in_quotes(shorten(value))}"
    )


def _after_the_quote(trouble: _Trouble) -> _Answer | None:
    before = trouble.line[: trouble.column].rstrip()
    if "expected key" not in trouble.problem or before[-1:] not in {"'", '"', "]", "}"}:
        return None
    if before[-1] in "]}":
        hint = "put the whole value in quotes if it is a text"
        return _here(trouble, f"the value ended with {before[-1]}, and more follows", hint)
    value = _value_of(trouble.line)
    hint = f"put the whole value in quotes of the other kind: {in_quotes(shorten(value), before[-1])}"
    return _here(trouble, f"the value ended with the quote {before[-1]}, and more follows", hint)


def _apostrophe(trouble: _Trouble) -> _Answer | None:
    if (
        "expected key" not in trouble.problem
        or not re.match(r"[^:]*:\s+'", trouble.line)
        or not trouble.column
    ):
        return None
    hint = f"use double quotes: {in_quotes(shorten(_value_of(trouble.line)), chr(39))}"
    return _here(trouble, "the value ended at the apostrophe before, and more follows", hint)


def _mixed_levels(trouble: _Trouble) -> _Answer | None:
    if "expected key" not in trouble.problem and "'-' indicator" not in trouble.problem:
        return None
    hint = "let keys of one level, and entries of one list, start in the same column"
    return _here(trouble, "this line does not line up with the lines above", hint)


def _anything(trouble: _Trouble) -> _Answer | None:
    said = " ".join(part for part in (trouble.context, trouble.problem) if part)
    return _here(
        trouble, f"this cannot be read as YAML ({said})", "put texts with special characters in quotes"
    )


def _value_of(line: str) -> str:
    return line.partition(":")[2].strip()


def in_quotes(value: str, instead_of: str = "") -> str:
    """Give a value in quotes that it does not hold; those of ``instead_of`` around it go."""
    is_quoted = instead_of and len(value) > 1 and value[0] == value[-1] == instead_of
    inside = value[1:-1] if is_quoted else value
    if '"' not in inside and "\\" not in inside:
        return f'"{inside}"'
    return "'" + inside.replace("'", "''") + "'"


_EXPLAINERS: tuple[Callable[[_Trouble], _Answer | None], ...] = (
    _tab,
    _no_break_space,
    _missing_space,
    _second_colon,
    _wrong_indent,
    _no_colon,
    _open_quote,
    _backslash,
    _bad_start,
    _open_bracket,
    _open_at_the_end,
    _empty_place,
    _list_on_the_line,
    _after_the_quote,
    _apostrophe,
    _mixed_levels,
    _anything,
)
