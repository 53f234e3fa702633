"""What the tests of documents share: parse a text as a file of the site."""

from typing import TypeVar

from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Diagnostic
from cogen.read.parse import parse
from cogen.read.parsed import Parsed

OPTIONS = ReadingOptions(timezone="Europe/London", sections=("minutes",))
Kind = TypeVar("Kind")


def parse_text(path: str, text: str, options: ReadingOptions = OPTIONS) -> Parsed:
    return parse(path, text.encode(), options)


def document(kind: type[Kind], parsed: Parsed) -> Kind:
    assert isinstance(parsed.document, kind), parsed
    return parsed.document


def only(parsed: Parsed) -> Diagnostic:
    (found,) = parsed.findings
    return found


def codes(parsed: Parsed) -> list[str]:
    return [found.code for found in parsed.findings]
