"""site.yaml, understood. Layer: model."""

from typing import Final

import msgspec

from cogen.model.body import Dialect
from cogen.model.diagnostics import Severity
from cogen.model.values import Record, Value


class MenuItem(msgspec.Struct, frozen=True, tag="menu"):
    """One entry of the masthead's menu."""

    label: str
    url: str
    """As written: ``/projects/`` (relative to the site) or absolute."""


class Section(msgspec.Struct, frozen=True, tag="section"):
    """A kind of posts of the author's own, in ``content/NAME/``."""

    name: str
    permalink: str
    """Empty: ``/NAME/{slug}/``."""
    has_feed: bool = False
    title: str = ""
    """What its list is headed; empty: the name, capitalised."""


class FeedSettings(msgspec.Struct, frozen=True, tag="feeds"):
    """``feeds:`` which feeds, and what is in them."""

    formats: tuple[str, ...] = ("rss", "atom", "json")
    items: int = 20
    has_full_content: bool = True


class Publish(msgspec.Struct, frozen=True, tag="publish"):
    """``publish:`` what to make at all."""

    authors: bool = True
    archive: str = "monthly"
    """``monthly``, ``yearly`` or ``none``."""
    projects: bool = True
    events: bool = True


class PictureSettings(msgspec.Struct, frozen=True, tag="pictures"):
    """``pictures:`` in which sizes they are published."""

    widths: tuple[int, ...] = (400, 800, 1200, 1600)
    """Pixels, from the smallest; none: the originals alone."""
    has_webp: bool = True
    quality: int = 80
    """Of JPEG and WebP, 1 to 100."""


STRICT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""A Content-Security-Policy (W3C, level 3) for pages without scripts, and with nothing from elsewhere."""


SEARCH_POLICY = (
    f"{STRICT_POLICY}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'"
)
"""The same for a site with a search, which is a script and WebAssembly of the site itself."""


class Hosting(msgspec.Struct, frozen=True, tag="hosting"):
    """``hosting:`` files for the host."""

    has_headers: bool = False
    """Publish ``_headers``, which Netlify and Cloudflare Pages read."""
    policy: str | None = None
    """The Content-Security-Policy in it; empty for none; None for the strictest that the site works under."""
    has_nojekyll: bool = False
    """Publish ``.nojekyll``, by which GitHub Pages leaves a branch as it is."""
    compress: tuple[str, ...] = ()
    """``gz`` and ``br``: which compressed copies to publish beside text files."""


class Language(msgspec.Struct, frozen=True, tag="language"):
    """``languages:`` a further language of the site, and what is different in it; empty is as in the main one."""

    tag: str
    """BCP 47, as written: ``pt-BR``."""
    name: str = ""
    """What its speakers call it; empty: as Unicode CLDR has it."""
    title: str = ""
    description: str = ""
    menu: tuple[MenuItem, ...] = ()
    theme_options: tuple[tuple[str, Value], ...] = ()
    section_titles: tuple[tuple[str, str], ...] = ()
    """Name of a section and what its list is headed."""


_EXTENSIONS: Final = frozenset(
    {
        "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes",
        "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc",
        "wikilinks",
    }
)  # fmt: skip
"""Those that come with the ``markdown`` package."""
_PYMDOWNX: Final = "pymdownx."
_PYMDOWNX_WITH_FILES: Final = frozenset({"b64", "pathconverter", "snippets"})
"""Those of the package ``pymdown-extensions`` that look at other files, or at where they run."""


class ReadingOptions(msgspec.Struct, frozen=True, tag="reading"):
    """The part of site.yaml that reading one file uses; what a remembered Document depends on."""

    timezone: str = "UTC"
    dialect: Dialect = "gfm"
    extensions: tuple[str, ...] = ()
    """Names of further extensions of the ``markdown`` package."""
    raw_html: bool = True
    smart_quotes: bool = True
    highlight: bool = True
    sections: tuple[str, ...] = ()
    """Names of the author's own sections."""
    languages: tuple[str, ...] = ()
    """Tags of the languages of a site with several, the main one first; none where it has one."""
    defaults: tuple[tuple[str, Record], ...] = ()
    """Folder under ``content/`` and the front matter it gives to what lies in it."""


def has_foreign_extensions(options: ReadingOptions) -> bool:
    """Say whether code reads the texts of which nobody knows what else it looks at: no reading is remembered."""
    return options.dialect == "python-markdown" and names_foreign_extensions(options)


def names_foreign_extensions(options: ReadingOptions) -> bool:
    """Say whether extensions are named, used or not, of which nobody knows when they are installed or taken away."""
    return not all(map(_looks_at_the_text_alone, options.extensions))


def _looks_at_the_text_alone(extension: str) -> bool:
    module = extension.partition(":")[0]  # a class may follow
    if module.startswith(_PYMDOWNX):
        return module.removeprefix(_PYMDOWNX).partition(".")[0] not in _PYMDOWNX_WITH_FILES
    return module.removeprefix("markdown.extensions.") in _EXTENSIONS


class SiteConfig(msgspec.Struct, frozen=True, tag="config"):
    """All of site.yaml, with the command line's ``--url`` applied."""

    id: str
    """A UUID in lower case."""
    title: str
    url: str
    """Absolute, ends with ``/``."""
    description: str = ""
    language: str = "en"
    edition: str = ""
    """The part of all addresses of a further language (its tag in lower case); empty for the main one."""
    languages: tuple[Language, ...] = ()
    """The further ones."""
    edit_url: str = ""
    """Where a source can be changed, with ``{path}`` for its path; empty where nobody is invited to."""
    reply_email: str = ""
    """Where readers write to; empty where nobody is invited to."""
    icon: str = ""
    """The address of the picture that stands for the site in tabs and on home screens, or empty."""
    theme: str = "commons"
    theme_options: tuple[tuple[str, Value], ...] = ()
    menu: tuple[MenuItem, ...] = ()
    permalink: str = "/{year}/{month}/{slug}/"
    page_size: int = 20
    feeds: FeedSettings = FeedSettings()
    publish: Publish = Publish()
    pictures: PictureSettings = PictureSettings()
    sections: tuple[Section, ...] = ()
    redirects: str = "pages"
    """``pages``, ``rules`` or ``both``."""
    hosting: Hosting = Hosting()
    has_share_pictures: bool = False
    """True where pages without a picture get one with their title, for networks that show it."""
    share_font: str = ""
    """The address of the font for them; empty for the one that comes with ``cogen[share]``."""
    has_search: bool = False
    """True where pages are indexed by Pagefind."""
    diagnostics: tuple[tuple[str, Severity], ...] = ()
    reading: ReadingOptions = ReadingOptions()

    @property
    def editions(self) -> tuple["SiteConfig", ...]:
        """The settings of the site in each of its languages, the main one first."""
        return (self, *map(self._in_language, self.languages))

    def _in_language(self, language: Language) -> "SiteConfig":
        titles = dict(language.section_titles)
        sections = (
            msgspec.structs.replace(each, title=titles.get(each.name, each.title)) for each in self.sections
        )
        return msgspec.structs.replace(
            self,
            edition=language.tag.lower(),
            language=language.tag,
            title=language.title or self.title,
            description=language.description,
            menu=language.menu,
            theme_options=tuple((dict(self.theme_options) | dict(language.theme_options)).items()),
            sections=tuple(sections),
        )

    def option_key(self, name: str) -> str:
        """Give the place in site.yaml where an option of the theme is set for this language."""
        own = self._own_language
        is_own = own is not None and name in dict(own.theme_options)
        return f"languages/{own.tag}/theme_options/{name}" if own and is_own else f"theme_options/{name}"

    @property
    def menu_key(self) -> str:
        """The place in site.yaml where the menu of this language is written."""
        own = self._own_language
        return f"languages/{own.tag}/menu" if own and own.menu else "menu"

    @property
    def _own_language(self) -> Language | None:
        return next((each for each in self.languages if each.tag.lower() == self.edition), None)

    @property
    def base(self) -> str:
        """The path the site lies under, without a slash at its end: ``/blog``, or empty."""
        return "/" + rest.rstrip("/") if (rest := self.url.split("://", 1)[-1].partition("/")[2]) else ""

    @property
    def origin(self) -> str:
        """Scheme and host: ``https://example.org``."""
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"
