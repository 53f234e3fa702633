"""Which pages are the same in the languages of a site. Layer: assemble.

Texts are translations of each other by the names of their files or by ``translation_key``; programmes, projects and
people by their own keys; the site's lists by what they list.  A site in one language has none of this.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence

import msgspec

from cogen.assemble.landmarks import landmarks_of
from cogen.assemble.links import is_external
from cogen.assemble.site import Site
from cogen.assemble.views import LanguageView
from cogen.model import urls
from cogen.model.config import MenuItem
from cogen.model.diagnostics import Clue, Diagnostic, finding

Key = tuple[str, str]
"""Kind and name of what a page is about, the same in all languages."""


class Translations(msgspec.Struct, frozen=True):
    """The pages that are there in several languages."""

    languages: tuple[tuple[str, str, str], ...] = ()
    """Edition, BCP 47 tag and name of each language of the site, the main one first; none where it has one."""
    keys: Mapping[str, Key] = {}
    """Address → what the page is about."""
    addresses: Mapping[Key, Mapping[str, str]] = {}
    """What a page is about → edition → address."""
    titles: Mapping[str, str] = {}
    """Address → title, but for the site's own lists, which are named by the theme."""
    menu: tuple[MenuItem, ...] = ()
    """That of the main language."""
    findings: tuple[Diagnostic, ...] = ()

    def menu_in(
        self,
        edition: str,
        target: Callable[[str], str],
        word: Callable[[str, str], str],
        shared: Container[str],
    ) -> tuple[MenuItem, ...]:
        """Give the main language's menu in another: pages that are not there in it are left out.

        ``target`` gives the address of the page that an entry leads to; files, which are ``shared``, are there in all.

        What an author gave a title has that, and the site's own lists are named by the theme's ``word`` for them.
        """
        items: list[MenuItem] = []
        for item in self.menu:
            if is_external(item.url):
                items.append(item)
                continue
            wanted = target(item.url)
            key = self.keys.get(wanted)
            address = wanted if key is None else self.addresses[key].get(edition, "")
            if key is not None and address:
                label = self.titles.get(address) or word(key[1], item.label)
                items.append(MenuItem(label, address))
            elif key is None and wanted in shared:
                items.append(item)
        items = list({item.url: item for item in reversed(items)}.values())[::-1]
        return tuple(items)

    def views(self, address: str, edition: str, base: str, site_url: str) -> tuple[LanguageView, ...]:
        """Show where a reader of a page goes for each language: to the same page, else to the home page."""
        key = self.keys.get(address)
        found = self.addresses[key] if key is not None else {}
        return tuple(
            LanguageView(
                language=tag,
                name=name,
                url=urls.href(there, base),
                absolute_url=urls.absolute(there, site_url),
                is_current=each == edition,
                is_translation=each in found and len(found) > 1,
            )
            for each, tag, name in self.languages
            for there in [found.get(each) or urls.home(each)]
        )


def translations_of(sites: Sequence[Site]) -> Translations:
    """Find the pages that are there in several languages.  Gives ``duplicate-translation``."""
    if len(sites) == 1:
        return Translations()
    from cogen.read.languages import language_names  # noqa: PLC0415 imports Babel, for several languages only

    names = language_names([site.config.language for site in sites], _written_names(sites[0]))
    languages = tuple(
        (site.edition, site.config.language, name) for site, name in zip(sites, names, strict=True)
    )
    keys: dict[str, Key] = {}
    addresses: dict[Key, dict[str, str]] = {}
    for site in sites:
        for key, address in _pages(site):
            if address and site.edition not in addresses.setdefault(key, {}):
                addresses[key][site.edition] = address
                keys.setdefault(address, key)
    titles = {address: title for site in sites for address, title in _titles(site)}
    findings = tuple(found for site in sites for found in _duplicates(site))
    return Translations(languages, keys, addresses, titles, sites[0].config.menu, findings)


def _duplicates(site: Site) -> Iterator[Diagnostic]:
    owners: dict[str, str] = {}
    for item in site.items:
        document = item.document
        owner = owners.setdefault(document.translation, document.path)
        if owner != document.path:
            message = f"{owner} is the same text in {site.config.language}, too"
            hint = "rename one of them, or give it another translation_key"
            yield finding("duplicate-translation", message, Clue(document.path, "translation_key"), hint)


def _written_names(site: Site) -> Mapping[str, str]:
    return {language.tag: language.name for language in site.config.languages if language.name}


def _pages(site: Site) -> Iterator[tuple[Key, str]]:
    yield ("list", "home"), urls.home(site.edition)
    yield from ((("list", name), address) for name, address in landmarks_of(site).items())
    yield from (
        (("section", section.name), urls.section(section.name, site.edition))
        for section in site.config.sections
    )
    yield from _times(site)
    for item in site.items:
        if not item.document.is_hidden:
            yield ("text", item.document.translation), item.address
    for programme in site.programmes:
        yield ("programme", programme.document.identity), programme.address
        for project in programme.projects:
            yield ("project", f"{programme.document.identity}/{project.entry.id}"), project.address
    yield from ((("author", key), author.address) for key, author in site.authors.items())
    yield from ((("tag", key), tag.address) for key, tag in site.tags.items())


def _times(site: Site) -> Iterator[tuple[Key, str]]:
    """Give the years and months of the archive."""
    archive = site.config.publish.archive
    dates = {
        (post.document.date.year, post.document.date.month) for post in site.posts_by_section.get("posts", ())
    }
    for year, month in sorted(dates) if archive != "none" else ():
        yield ("time", f"{year}"), urls.year(year, site.edition)
        if archive == "monthly":
            yield ("time", f"{year}-{month}"), urls.month(year, month, site.edition)


def _titles(site: Site) -> Iterator[tuple[str, str]]:
    yield from ((item.address, item.document.title) for item in site.items)
    yield from ((programme.address, programme.document.title) for programme in site.programmes)
    yield from ((each.address, each.entry.name) for each in site.projects.values())
    yield from ((each.address, each.name) for each in site.authors.values())
    yield from ((each.address, each.label) for each in site.tags.values())
    yield from (
        (urls.section(each.name, site.edition), each.title or each.name.capitalize())
        for each in site.config.sections
    )
