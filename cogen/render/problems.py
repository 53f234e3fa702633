"""What went wrong in a template, said as a finding in the theme's own file and line. Layer: render.

The one border where Jinja's exceptions become diagnostics.  Jinja rewrites tracebacks so that a frame of a template
carries the template's file and line; the innermost such frame is where the theme's author has to look.
"""

import re
import types
from collections.abc import Collection, Iterator, Mapping

import jinja2
import msgspec

from cogen.assemble import views
from cogen.model import body, moments
from cogen.model.diagnostics import Diagnostic, Location, finding, in_line
from cogen.model.suggest import did_you_mean
from cogen.model.theme import ThemeFile, decoded
from cogen.render.environment import Unprintable

_NEWLINE = re.compile(r"\r\n|\r|\n")
"""What Jinja counts as the end of a line; ``str.splitlines`` knows more."""
_UNDEFINED_NAME = re.compile(r"'(\w+)' is undefined")
_UNDEFINED_FIELD = re.compile(r"'(?:[\w.]+\.)?(\w+)(?: object)?' has no (?:attribute|element) '?(.+?)'?")
_OBJECT_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_LEFT_OUT = "the author may leave this value out: ask for it with {% if … %} first"


class _Reason(msgspec.Struct, frozen=True):
    """What to say of an exception."""

    message: str
    subject: str = ""
    """The name to underline in the line."""
    hint: str = ""


def explain(
    error: Exception, files: Mapping[str, ThemeFile], entry: ThemeFile, known: Collection[str]
) -> Diagnostic:
    """Turn a failure of rendering into one finding.

    ``files`` are the theme's files by path, ``entry`` the template asked for, ``known`` the names it could see.
    Gives ``template-syntax`` for a template that cannot be compiled and ``template-error`` for all else.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        return syntax_problem(error, files.get(error.filename or "", entry))
    file, line = next(_frames(error.__traceback__, files), (entry, 0))
    reason = _reason(error, known)
    return finding("template-error", reason.message, place(file, line, reason.subject), reason.hint)


def syntax_problem(error: jinja2.TemplateSyntaxError, file: ThemeFile) -> Diagnostic:
    """Turn a failure of compiling into a finding."""
    message = (error.message or "this cannot be understood").rstrip(".")
    quoted = re.search(r"'([^']+)'", message)
    return finding("template-syntax", message, place(file, error.lineno, quoted[1] if quoted else ""))


def encoding_problem(file: ThemeFile) -> Diagnostic | None:
    """Say that a text of a theme is not UTF-8, and where it first is not."""
    try:
        file.content.decode()
    except UnicodeDecodeError as error:
        before = decoded(file.content[: error.start])
        at = place(file, len(_NEWLINE.split(before)))
        return finding("not-utf8", "a theme's text must be in UTF-8", at, "save it again as UTF-8")
    return None


def place(file: ThemeFile, line: int, subject: str = "", column: int = 0) -> Location:
    """Give a line of a theme's file as a place; ``subject`` is underlined at ``column``, else where the line has it."""
    lines = _NEWLINE.split(decoded(file.content))
    if not 0 < line <= len(lines):
        return Location(file.path, max(line, 0))
    excerpt = lines[line - 1]
    if column:
        return in_line(file.path, line, column, len(subject), excerpt)
    found = re.search(rf"(?<!\w){re.escape(subject)}(?!\w)", excerpt) if subject else None
    if found is None:
        return in_line(file.path, line, 0, 1, excerpt)
    return in_line(file.path, line, found.start() + 1, len(subject), excerpt)


def _frames(
    trace: types.TracebackType | None, files: Mapping[str, ThemeFile]
) -> Iterator[tuple[ThemeFile, int]]:
    """Walk the templates' frames, innermost first."""
    frames: list[tuple[ThemeFile, int]] = []
    while trace is not None:
        if (file := files.get(trace.tb_frame.f_code.co_filename)) is not None:
            frames.append((file, trace.tb_lineno))
        trace = trace.tb_next
    return reversed(frames)


def _reason(error: Exception, known: Collection[str]) -> _Reason:
    match error:
        case jinja2.UndefinedError():
            return _undefined(str(error), known)
        case jinja2.TemplateNotFound():
            return _Reason(f'the theme has no template "{error.message}"', error.message or "")
        case Unprintable():
            return _Reason(str(error), error.subject, error.hint)
        case jinja2.TemplateRuntimeError():
            return _Reason(error.message or "this failed")
        case RecursionError():
            return _Reason("templates extend, include or call each other without end")
        case _:
            said = _OBJECT_ADDRESS.sub("", str(error))
            return _Reason(f"this failed: {said} ({type(error).__name__})")


def _undefined(message: str, known: Collection[str]) -> _Reason:
    if name := _UNDEFINED_NAME.fullmatch(message):
        return _Reason(f'there is no "{name[1]}" here', name[1], did_you_mean(name[1], known) or _seen(known))
    if not (field := _UNDEFINED_FIELD.fullmatch(message)):
        quoted = re.search(r'"([^"]+)"', message)
        return _Reason(message, quoted[1] if quoted else "")
    owner, name_asked = field[1], field[2]
    if owner == "None":
        return _Reason(f'there is nothing to take "{name_asked}" of', name_asked, _LEFT_OUT)
    hint = did_you_mean(name_asked, _fields(owner))
    return _Reason(f'{owner} has no field "{name_asked}"', name_asked, hint)


def _seen(known: Collection[str]) -> str:
    return f"this template sees {', '.join(sorted(known))}" if known else ""


def _fields(type_name: str) -> tuple[str, ...]:
    for module in (views, moments, body):
        found: object = getattr(module, type_name, None)
        if isinstance(found, type) and issubclass(found, msgspec.Struct):
            return found.__struct_fields__
    return ()
