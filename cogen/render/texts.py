"""robots.txt and the rules by which some hosts redirect. Layer: render."""

import re
from urllib.parse import quote

from cogen.assemble.views import RedirectRulesView, RobotsView

_MOVED = 301
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")
_IN_RULES = re.compile(r"[\s\x00-\x1f\x7f]|(?<=/):|[*#]")


def make_robots(view: RobotsView) -> bytes:
    """Make robots.txt: everything may be read, and here is the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {_BLANK.sub('', view.sitemap_url)}\n".encode()


def make_rules(view: RedirectRulesView) -> bytes:
    """Make ``_redirects`` as Netlify, Cloudflare and GitLab Pages read it: old link, new link, status.

    Blanks would part a rule's fields, ``#`` would start a comment, ``*`` and ``/:`` patterns: all are encoded; in the
    new link ``#`` may stay, since a part of a page can be the goal.
    """
    return "".join(f"{_old(old)} {_new(new)} {_MOVED}\n" for old, new in view.rules).encode()


def _old(link: str) -> str:
    return _IN_RULES.sub(lambda found: quote(found[0], safe=""), link)


def _new(link: str) -> str:
    page, sharp, part = link.partition("#")
    return _old(page) + sharp + _old(part)
