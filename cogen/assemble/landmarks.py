"""The site's own lists that are published, by name: what themes and menus lead to. Layer: assemble."""

from cogen.assemble.site import Site
from cogen.model import urls


def landmarks_of(site: Site) -> dict[str, str]:
    """Give the addresses of the lists that are published, by name (``tags``, ``archive``, ``follow`` …)."""
    publish = site.config.publish
    there = {
        "tags": (bool(site.tags), urls.tags(site.edition)),
        "archive": (publish.archive != "none", urls.archive(site.edition)),
        "authors": (publish.authors and bool(site.posts_by_author), urls.authors(site.edition)),
        "projects": (publish.projects and bool(site.programmes), urls.projects(site.edition)),
        "events": (publish.events and bool(site.events), urls.events(site.edition)),
        "search": (site.config.has_search, urls.search(site.edition)),
        "follow": (bool(site.config.feeds.formats), urls.follow(site.edition)),
    }
    return {name: address for name, (is_there, address) in there.items() if is_there}
