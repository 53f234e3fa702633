"""Makers at work: from a view to bytes, promises kept once for all who ask. Layer: engine."""

from collections.abc import Callable, Mapping
from functools import cached_property

from cogen.assemble.studio import Studio
from cogen.assemble.views import (
    BodyRef,
    CardView,
    Closing,
    ComponentView,
    CopyView,
    EmptyFileView,
    EntryContentView,
    FeedView,
    Fragment,
    HeadersView,
    MastheadView,
    Opening,
    PictureFileView,
    RedirectRulesView,
    RobotsView,
    SharePictureView,
    SiteFragmentView,
    SitemapView,
    StylesheetView,
    View,
)
from cogen.engine.reading import Reader, changed_meanwhile
from cogen.engine.share_font import packaged_font
from cogen.model.hashing import hash_bytes
from cogen.model.html import Html
from cogen.render.context import fill_body, fragment_context, make_page, render_component
from cogen.render.entry_content import make_entry_content
from cogen.render.feeds import make_feed
from cogen.render.sitemaps import make_sitemap
from cogen.render.stylesheets import make_stylesheet
from cogen.render.templates import Templates
from cogen.render.texts import make_text

ReadSource = Callable[[str], bytes]


class Workshop:
    """Makes outputs for one build; what is promised is made when it is first needed, and kept."""

    def __init__(
        self,
        studio: Studio,
        templates: Templates,
        reader: Reader,
        read_source: ReadSource,
        originals: Mapping[str, str],
    ) -> None:
        """``read_source`` gives the bytes of a file by its source path (a theme's: ``NAME:assets/x``).

        ``originals`` gives the source path of a picture by its digest.
        """
        self._studio = studio
        self._templates = templates
        self._reader = reader
        self._read_source = read_source
        self._originals = originals
        self._fonts: dict[str, bytes] = {}
        self._kept: dict[str, Html] = {}
        self._components: dict[str, tuple[str, str]] = {}

    def make(self, maker: str, view: View) -> bytes:  # noqa: PLR0911 one arm for each maker
        """Make the bytes of an output; ContentError where a template fails."""
        match view:
            case CopyView():
                return self._source(view.source, view.digest)
            case PictureFileView() | SharePictureView():
                return self._picture(view)
            case FeedView():
                return make_feed(view, self)
            case StylesheetView():
                return make_stylesheet(view, self._studio.theme)
            case SitemapView():
                return make_sitemap(view)
            case RobotsView() | RedirectRulesView() | HeadersView() | EmptyFileView():
                return make_text(view)
            case EntryContentView() | CardView() | MastheadView() | SiteFragmentView() | ComponentView():
                raise AssertionError(maker)
            case _:
                return make_page(self._templates, maker.removeprefix("templates/"), view, self)

    def _picture(self, view: PictureFileView | SharePictureView) -> bytes:
        if isinstance(view, SharePictureView):
            return self._share_picture(view)
        return self._make_picture(view, self._source(self._originals[view.digest], view.digest))

    def _share_picture(self, view: SharePictureView) -> bytes:
        from cogen.render.share_pictures import make_share_picture  # noqa: PLC0415 imports Pillow, likewise

        if view.font not in self._fonts:
            own = self._source(self._originals[view.font], view.font) if view.font else None
            self._fonts[view.font] = packaged_font() if own is None else own
        return make_share_picture(view, self._fonts[view.font])

    def _source(self, source: str, digest: str) -> bytes:
        """Read a file, which has to be the one that was looked at: what is made of it is remembered as such."""
        data = self._read_source(source)
        if hash_bytes(data) != digest:
            raise changed_meanwhile(source)
        return data

    @cached_property
    def _make_picture(self) -> Callable[[PictureFileView, bytes], bytes]:
        from cogen.render.pictures import PictureMaker  # noqa: PLC0415 imports Pillow, for new pictures only

        return PictureMaker().make

    # ---- promises ----

    def html(self, promise: Fragment | Opening | Closing) -> Html:
        """Give what was promised."""
        match promise:
            case Opening():
                return Html(self._component(promise.key)[0])
            case Closing():
                return Html(self._component(promise.key)[1])
            case Fragment():
                if promise.key not in self._kept:
                    self._kept[promise.key] = self._make_promised(promise.key)
                return self._kept[promise.key]

    def body(self, ref: BodyRef) -> Html:
        """Give a text from the store, its holes filled."""
        return fill_body(self._reader.body(ref.digest), ref.fills, self)

    def _make_promised(self, key: str) -> Html:
        maker, view = self._studio.promised[key]
        match view:
            case EntryContentView():
                return Html(make_entry_content(view, self))
            case ComponentView():
                return Html("".join(self._component(key)))
            case _:
                return Html(self._templates.render(maker, fragment_context(view)))

    def _component(self, key: str) -> tuple[str, str]:
        if key not in self._components:
            _, view = self._studio.promised[key]
            if not isinstance(view, ComponentView):
                raise AssertionError(view)
            self._components[key] = render_component(self._templates, view)
        return self._components[key]


def maker_closure(templates: Templates, maker: str) -> str:
    """Give the digest of a template and all it reaches; other makers are part of the engine."""
    return templates.closure(maker.removeprefix("templates/")) if "/" in maker else ""


def templates_of(templates: Templates, maker: str) -> dict[str, str]:
    """Give the files that a template reaches with their digests; nothing for other makers."""
    return templates.reached(maker.removeprefix("templates/")) if "/" in maker else {}


def source_reader(read: Callable[[str], bytes], theme_files: Mapping[str, bytes]) -> ReadSource:
    """Read a theme's files from memory and the author's from disk."""

    def read_source(source: str) -> bytes:
        return theme_files[source] if source in theme_files else read(source)

    return read_source
