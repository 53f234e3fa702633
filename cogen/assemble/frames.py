"""What surrounds the text of every page: head, masthead, side bars, what the theme asks for. Layer: assemble."""

from collections.abc import Callable

import msgspec

from cogen.assemble import queries
from cogen.assemble.links import HOW_TO_LIST, Dead, is_external, resolve, what_to_do
from cogen.assemble.queries import Asker
from cogen.assemble.related import Relations
from cogen.assemble.share_style import SHARE_SIZE, share_address
from cogen.assemble.studio import Studio
from cogen.assemble.views import (
    FeedLink,
    Fragment,
    Frame,
    HeadView,
    LanguageView,
    MastheadView,
    MenuView,
    PictureView,
    SiteFragmentView,
)
from cogen.model import urls
from cogen.model.body import Heading
from cogen.model.diagnostics import Clue, finding
from cogen.model.moments import Moment


class PageFacts(msgspec.Struct, frozen=True):
    """What a page says of itself; the rest of its frame follows."""

    address: str
    title: str
    template: str
    """``post.html`` …"""
    description: str = ""
    feeds: tuple[FeedLink, ...] = ()
    """Its own feeds."""
    is_indexed: bool = True
    image: PictureView | None = None
    published: Moment | None = None
    modified: Moment | None = None
    language: str = ""
    headings: tuple[Heading, ...] = ()
    source: str = ""
    """The file it was made of, where that is one."""
    may_have_title_picture: bool = False
    """True for what an author wrote and gave no picture."""


class Frames:
    """Makes the frame of each page; what pages share is made once."""

    def __init__(self, studio: Studio) -> None:
        """Resolve the menu and promise the fragments that all pages share."""
        self.studio = studio
        self.relations = Relations(studio.site)
        self._menu = tuple(self._menu_item(label, url) for label, url in _menu(studio))
        self._site_feeds = feed_links(studio, urls.home(studio.site.edition), studio.site.config.title)
        self._mastheads: dict[int, Fragment] = {}
        self._shared = tuple((name, self._site_fragment(name)) for name in self._shared_names())
        self._data = dict(studio.theme.templates)

    def frame(self, facts: PageFacts) -> Frame:
        """Make the frame of a page."""
        studio = self.studio
        own = tuple(link for link in self._site_feeds if link not in facts.feeds)
        head = HeadView(
            title=facts.title,
            description=facts.description or studio.site.config.description or facts.title,
            url=studio.href(facts.address),
            canonical=studio.absolute(facts.address),
            kind=facts.template.removesuffix(".html"),
            feeds=facts.feeds + own,
            is_indexed=facts.is_indexed,
            image=facts.image or self._title_picture(facts),
            published=facts.published,
            modified=facts.modified,
            language=facts.language,
            edit_url=self._edit_url(facts.source),
            languages=self._languages(facts.address),
        )
        asked = self._data.get(facts.template, ())
        data = queries.run_all(studio, asked, Asker(headings=facts.headings)) if asked else ()
        fragments = (("masthead", self._masthead(facts.address)), *self._shared)
        return Frame(studio.site_view, head, fragments, data)

    def _languages(self, address: str) -> tuple[LanguageView, ...]:
        site, translations = self.studio.site, self.studio.translations
        if not translations.languages:
            return ()
        return translations.views(address, site.edition, site.config.base, site.config.url)

    def _title_picture(self, facts: PageFacts) -> PictureView | None:
        share = self.studio.share
        if share is None or not facts.may_have_title_picture:
            return None
        address = share_address(share, self.studio.site.config.title, facts.title)
        return PictureView(self.studio.href(address), self.studio.absolute(address), facts.title, *SHARE_SIZE)

    def _edit_url(self, source: str) -> str:
        pattern = self.studio.site.config.edit_url if source else ""
        return pattern.replace("{path}", urls.encode(source))

    def _shared_names(self) -> tuple[str, ...]:
        declared = dict(self.studio.theme.fragments)
        names = {"footer", *declared} - {"masthead", "card"}
        return tuple(sorted(name for name in names if self.studio.theme.find(f"fragments/{name}.html")))

    def _site_fragment(self, name: str) -> Fragment:
        asked = dict(self.studio.theme.fragments).get(name, ())
        data = queries.run_all(self.studio, asked, Asker())
        return self.studio.promise(f"fragments/{name}.html", SiteFragmentView(self.studio.site_view, data))

    def _masthead(self, address: str) -> Fragment:
        current = self._current(address)
        if current not in self._mastheads:
            menu = tuple(
                MenuView(item.label, item.url, is_current=index == current)
                for index, item in enumerate(self._menu)
            )
            view = MastheadView(self.studio.site_view, menu)
            self._mastheads[current] = self.studio.promise("fragments/masthead.html", view)
        return self._mastheads[current]

    def _current(self, address: str) -> int:
        """Give the index of the menu entry under which a page lies, or -1."""
        link = self.studio.href(address)
        home = self.studio.site_view.url
        under = [
            (len(item.url), index)
            for index, item in enumerate(self._menu)
            if link == item.url or (item.url.endswith("/") and item.url != home and link.startswith(item.url))
        ]
        return max(under)[1] if under else -1

    def _menu_item(self, label: str, url: str) -> MenuView:
        if is_external(url):
            return MenuView(label, url)
        found = resolve(url if url.startswith("/") else "/" + url, "site.yaml", "/", self.studio.index)
        if isinstance(found, Dead):
            clue = Clue("site.yaml", self.studio.site.config.menu_key, url)
            self.studio.report(
                finding(
                    "dead-link",
                    f"the menu's {url} leads to nothing",
                    clue,
                    what_to_do(found, self.studio.index, HOW_TO_LIST),
                )
            )
            return MenuView(label, urls.href(url, self.studio.site.config.base))
        if found.missing:
            message = f"the menu's {url} leads to a part that the page does not have: #{found.missing}"
            clue = Clue("site.yaml", self.studio.site.config.menu_key, url)
            self.studio.report(finding("dead-anchor", message, clue, "look at the headings of the page"))
        return MenuView(label, found.link)


def _menu(studio: Studio) -> tuple[tuple[str, str], ...]:
    config = studio.site.config
    items = config.menu
    if config.edition and not items:
        items = studio.translations.menu_in(
            config.edition, _menu_target(studio), studio.word, studio.site.assets
        )
    return tuple((item.label, item.url) for item in items)


def _menu_target(studio: Studio) -> Callable[[str], str]:
    """Give what finds the address of the page that an entry of the menu leads to; empty for none."""

    def target(url: str) -> str:
        found = resolve(url if url.startswith("/") else "/" + url, "site.yaml", "/", studio.index)
        return "" if isinstance(found, Dead) else found.address

    return target


def feed_links(studio: Studio, address: str, title: str) -> tuple[FeedLink, ...]:
    """Give the feeds of a list in the formats that are published."""
    return tuple(
        FeedLink(
            title=title,
            url=studio.href(urls.feed(address, kind)),
            absolute_url=studio.absolute(urls.feed(address, kind)),
            format=kind,
            media_type=urls.FEED_TYPES[kind],
        )
        for kind in studio.site.config.feeds.formats
    )
