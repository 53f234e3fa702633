"""robots.txt, and what some hosts are told: how to redirect, and what to send with files. Layer: render."""

import re
from urllib.parse import quote

from cogen.assemble.views import EmptyFileView, HeadersView, RedirectRulesView, RobotsView

_MOVED = 301
_FOR_EVER = "public, max-age=31536000, immutable"
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")
_IN_RULES = re.compile(r"[\s\x00-\x1f\x7f]|(?<=/):|[*#]")


def make_text(view: RobotsView | RedirectRulesView | HeadersView | EmptyFileView) -> bytes:
    """Make a file that machines read, in the format that its view stands for."""
    match view:
        case RobotsView():
            return make_robots(view)
        case RedirectRulesView():
            return make_rules(view)
        case HeadersView():
            return make_headers(view)
        case EmptyFileView():
            return b""


def make_robots(view: RobotsView) -> bytes:
    """Make robots.txt: everything may be read, and here is the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {_BLANK.sub('', view.sitemap_url)}\n".encode()


def make_headers(view: HeadersView) -> bytes:
    """Make ``_headers`` as Netlify and Cloudflare Pages read it: a pattern, and what is sent with what it names.

    Files with a digest in their names never change.  No header is named for two patterns that one file answers to,
    since Cloudflare would join the two values.
    """
    policy = [f"  Content-Security-Policy: {view.policy}\n"] if view.policy else []
    kept = (f"\n{view.base}/{folder}/*\n  Cache-Control: {_FOR_EVER}\n" for folder in ("assets", "pictures"))
    return "".join(
        [
            f"{view.base}/*\n",
            *policy,
            "  X-Content-Type-Options: nosniff\n",
            "  Referrer-Policy: strict-origin-when-cross-origin\n",
            *kept,
        ]
    ).encode()


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
