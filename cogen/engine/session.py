"""A site kept between builds, for a server: a text whose card has not changed is shown before the site is built.

Layer: engine.  The page so made is what the next build makes, too, and that build always follows: it judges links,
renders the feeds that carry the text, and finds by its key that the page is right.
"""

import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from cogen.assemble.frames import Frames
from cogen.assemble.outputs import Output
from cogen.assemble.site import Event, Page, Post
from cogen.assemble.views import View
from cogen.engine.beginning import begun
from cogen.engine.gathering import gathered
from cogen.engine.lock import OnWait, locked, locked_output, tell_nobody
from cogen.engine.pipeline import Kept, run
from cogen.engine.report import Report
from cogen.engine.request import Progress, Request
from cogen.engine.sync import replace_file
from cogen.model.body import BodyInfo
from cogen.model.diagnostics import ContentError
from cogen.model.documents import Document, EventDocument, PageDocument, PostDocument
from cogen.read.files import read_optional
from cogen.read.parse import parse
from cogen.read.parsed import Parsed

_WITH_PAGES: Final = (PostDocument, PageDocument, EventDocument)
Item = Post | Page | Event


class Session:
    """Builds one site again and again."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self._kept: Kept | None = None
        self._frames: dict[str, Frames] = {}
        self._request: Request | None = None
        self._before_preview: dict[str, bytes] = {}
        """Path of each page that was previewed since the last build → what that build had published there."""

    def build(self, request: Request, progress: Progress, on_wait: OnWait = tell_nobody) -> Report:
        """Build the site, and keep what it was assembled to where it was published; raises what ``build`` raises.

        Where it is not published, pages that were previewed become what the last good build made of them.
        """
        self._kept = None
        self._frames.clear()
        self._request = request
        try:
            with begun(request, on_wait) as start, gathered(request, start) as given:
                outcome = run(request, start, given, progress)
            if outcome.report.is_published:
                self._before_preview.clear()
        finally:
            self._withdraw_previews(request)
        self._kept = outcome.kept
        return outcome.report

    def _withdraw_previews(self, request: Request) -> None:
        output_path = request.output_path
        if output_path is None or not self._before_preview:
            return
        with _held(request.site_path, output_path):
            for path, page in self._before_preview.items():
                replace_file(output_path, path, page)
        self._before_preview.clear()

    def preview(self, disk_path: str) -> str | None:
        """Make the page of one changed file at once, and give its address; None where only a build will do.

        So it is where anything but the text itself is another (a title, a tag, the summary, an id that others may
        link to), where something is wrong with it, or where nothing is kept.  MachineError where the disk fails.
        """
        if self._kept is None or self._request is None or self._request.output_path is None:
            return None
        path = _source_path(disk_path, self._request.site_path)
        old = self._kept.documents.get(path)
        data = read_optional(Path(disk_path))
        if old is None or data is None:
            return None
        parsed = parse(path, data, self._kept.options)
        output = self._kept.pages.get(path)
        if output is None or parsed.findings or not _differs_in_text_alone(old, parsed.document):
            return None
        page = self._page(self._kept, output, parsed)
        if page is None:
            return None
        with _held(self._request.site_path, self._request.output_path):
            published = read_optional(self._request.output_path / output.path)
            if published is None:
                return None
            replace_file(self._request.output_path, output.path, page)
            self._before_preview.setdefault(output.path, published)
        return output.address

    def _page(self, kept: Kept, output: Output, parsed: Parsed) -> bytes | None:
        desk = kept.desks[output.edition]
        if output.edition not in self._frames:
            self._frames[output.edition] = Frames(desk.studio)
        make_view = _with_document(output.view, parsed.document)
        if make_view is None or not isinstance(parsed.document, _WITH_PAGES):
            return None
        kept.reader.learn(parsed.document.body.digest, parsed.parts)
        try:
            return desk.workshop.make(output.maker, make_view(self._frames[output.edition]))
        except ContentError:
            return None  # the build that follows says what is wrong


@contextmanager
def _held(site_path: Path, output_path: Path) -> Iterator[None]:
    with locked(site_path / ".cogen", tell_nobody), locked_output(output_path, tell_nobody):
        yield


def _source_path(disk_path: str, site_path: Path) -> str:
    relative = os.path.relpath(disk_path, os.path.realpath(site_path))
    return unicodedata.normalize("NFC", relative.replace(os.sep, "/"))


def _differs_in_text_alone(old: Document, new: Document | None) -> bool:
    """Say whether a document is the same but for its text, and the text has the parts that links may lead to."""
    if not isinstance(old, _WITH_PAGES) or type(old) is not type(new) or not isinstance(new, _WITH_PAGES):
        return False
    return _parts(new.body) == _parts(old.body) and msgspec.structs.replace(new, body=old.body) == old


def _parts(body: BodyInfo) -> tuple[object, ...]:
    """Give all of a text that links from elsewhere depend on."""
    return body.ids, body.given_ids, body.headings


def _with_document(
    make_view: Callable[[Frames], View], document: Document | None
) -> Callable[[Frames], View] | None:
    """Give what makes a page's view the new document in place of the old one."""
    if not isinstance(make_view, partial):
        return None
    changed = {
        name: msgspec.structs.replace(value, document=document)
        for name, value in make_view.keywords.items()
        if isinstance(value, Item) and value.document.path == getattr(document, "path", None)
    }
    return partial(make_view, **changed) if len(changed) == 1 else None
