"""Where views are made: the site, its links and the promises given so far. Layer: assemble.

A studio lives for one build.  It holds nothing that could go stale: what it keeps are values made once
because many views share them (cards, filled summaries, fragments, answers to a theme's queries).
"""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import NamedTuple

from cogen.assemble.icons import Icons
from cogen.assemble.landmarks import landmarks_of
from cogen.assemble.links import LinkIndex
from cogen.assemble.share_style import ShareStyle
from cogen.assemble.site import Site
from cogen.assemble.translations import Translations
from cogen.assemble.views import (
    DataValue,
    EntryContentView,
    EntryView,
    Fragment,
    FragmentView,
    PersonView,
    PostCard,
    ProgrammeCard,
    ProjectCard,
    SiteView,
    TagView,
)
from cogen.model import urls
from cogen.model.diagnostics import Diagnostic
from cogen.model.hashing import hash_value
from cogen.model.theme import QueryName, Theme
from cogen.model.values import Items

Promised = FragmentView | EntryContentView


class Complaint(NamedTuple):
    """What is wrong with an argument of a query, whoever asks."""

    code: str
    message: str
    name: str
    """What was written."""
    known: Collection[str]
    """What it could have been."""
    otherwise: str
    """What to do where none of these looks like it."""


class Answer(NamedTuple):
    """What a query finds with some arguments."""

    value: DataValue
    complaints: tuple[Complaint, ...]


class Studio:
    """Makes views of a site in one language for one theme; knows each fragment it promised by its key."""

    def __init__(
        self,
        site: Site,
        theme: Theme,
        index: LinkIndex,
        closure: Callable[[str], str],
        icons: Icons,
        share: ShareStyle | None,
        translations: Translations,
    ) -> None:
        """``closure`` gives the digest of a template (``fragments/card.html``) and all it reaches."""
        self.site = site
        self.theme = theme
        self.index = index
        self.share = share
        self.translations = translations
        self.findings: dict[Diagnostic, None] = {}
        self.promised: dict[str, tuple[str, Promised]] = {}
        self.post_cards: dict[str, PostCard] = {}
        self.card_fragments: dict[str, Fragment] = {}
        self.persons: dict[tuple[str, bool], PersonView] = {}
        self.tag_views: dict[tuple[str, bool], TagView] = {}
        self.project_cards: dict[tuple[str, str], ProjectCard] = {}
        self.programme_cards: dict[str, ProgrammeCard] = {}
        self.entries: dict[str, EntryView] = {}
        self.answers: dict[tuple[QueryName, bytes], Answer] = {}
        self._words = dict(theme.words)
        self._base = site.config.base
        self._closure = closure
        config, landmarks = site.config, landmarks_of(site)
        self.site_view = SiteView(
            title=config.title,
            url=urls.href(urls.home(config.edition), config.base),
            absolute_url=config.url,
            base=config.base,
            description=config.description,
            language=config.language,
            follow_url=self.href(landmarks.get("follow", "")),
            tags_url=self.href(landmarks.get("tags", "")),
            archive_url=self.href(landmarks.get("archive", "")),
            authors_url=self.href(landmarks.get("authors", "")),
            projects_url=self.href(landmarks.get("projects", "")),
            events_url=self.href(landmarks.get("events", "")),
            reply_email=config.reply_email,
            search_url=self.href(landmarks.get("search", "")),
            icon_url=self.href(icons.icon),
            touch_icon_url=self.href(icons.touch_icon),
        )

    @cached_property
    def tag_labels(self) -> tuple[str, ...]:
        """All tags as they are written, in order."""
        return tuple(tag.label for tag in self.site.tags.values())

    def href(self, address: str) -> str:
        """Give the link to a site address; empty stays empty."""
        return urls.href(address, self._base) if address else ""

    def absolute(self, address: str) -> str:
        """Give the absolute link to a site address."""
        return urls.absolute(address, self.site.config.url)

    def foreign(self, edition: str) -> str:
        """Give the language of a table, where it is not that of the pages; empty where it is."""
        return "" if edition == self.site.edition else self.site.config.reading.languages[0]

    def report(self, *findings: Diagnostic) -> None:
        """Keep findings; the same one twice counts once."""
        self.findings.update(dict.fromkeys(findings))

    def promise(self, maker: str, view: Promised) -> Fragment:
        """Promise the HTML that ``maker`` (a template's file, or ``entry-content``) makes of a view."""
        key = hash_value(maker, self._closure(maker), view)
        self.promised[key] = (maker, view)
        return Fragment(key)

    def word(self, name: str, default: str, **values: object) -> str:
        """Give a word of the theme with its ``{fields}`` filled, for titles that are made here."""
        written = self._words.get(name)
        text = written if isinstance(written, str) else default
        for field, value in values.items():
            text = text.replace(f"{{{field}}}", str(value))
        return text

    def month_name(self, month: int) -> str:
        """Give a month's name (1 to 12) in the theme's words."""
        names = self._words.get("months_alone", self._words.get("months"))
        return str(names[month - 1]) if isinstance(names, Items) and len(names) == _MONTHS else f"{month:02}"


_MONTHS = 12
