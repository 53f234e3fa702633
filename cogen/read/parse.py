"""One file of the author to one document: the pure function that the build remembers. Layer: read.

Nothing here knows of other files: links and the sizes of pictures stay holes, which ``assemble`` fills.
"""

from collections.abc import Callable, Mapping

from cogen.model.config import ReadingOptions
from cogen.read.data_files import parse_data_file
from cogen.read.events import parse_event
from cogen.read.pages import parse_page
from cogen.read.parsed import Parsed
from cogen.read.people import parse_people
from cogen.read.places import Kind, kind_of, misplaced, split_language
from cogen.read.posts import parse_post
from cogen.read.programmes import parse_programme
from cogen.read.shared_keys import Source
from cogen.read.tags import parse_tags
from cogen.read.text import decode_text


def parse(path: str, data: bytes, options: ReadingOptions) -> Parsed:
    """Understand a file; an asset or an ignored file gives no document and no finding.

    Any bytes end in findings, never in an exception.
    """
    kind = kind_of(split_language(path, options.languages)[0], options.sections)
    if kind in {"asset", "ignored"}:
        return Parsed(None)
    if kind == "misplaced":
        return Parsed(None, (), (misplaced(path, options.sections),))
    text, findings = decode_text(path, data)
    if text is None:
        return Parsed(None, (), findings)
    parsed = _PARSERS[kind](Source(path, text, options))
    return parsed if not findings else Parsed(parsed.document, parsed.parts, findings + parsed.findings)


_PARSERS: Mapping[Kind, Callable[[Source], Parsed]] = {
    "post": parse_post,
    "page": parse_page,
    "event": parse_event,
    "programme": parse_programme,
    "people": parse_people,
    "tags": parse_tags,
    "data": parse_data_file,
}
