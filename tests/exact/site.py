"""The site that the walk edits: what every file may say, and what it says in the beginning.

Small, so that a build takes a moment, and with some of everything, so that every kind of view is in it.  Each
file has a few texts that differ in what shows elsewhere; ``None`` is a file that is not there.
"""

import io
import struct
import zlib
from collections.abc import Mapping
from types import MappingProxyType

from PIL import Image

Text = str | bytes | None


def picture(width: int, height: int, shade: int = 0) -> bytes:
    """Make a grey PNG; the same size and another shade give as many bytes."""
    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows, 0)), chunk(b"IEND", b""))
    )


def photograph(orientation: int) -> bytes:
    """Make a JPEG that a camera has noted things in, held as it was."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    Image.linear_gradient("L").resize((36, 24)).save(file, "JPEG", exif=exif, comment=b"Brixton Hill")
    return file.getvalue()


# ---- site.yaml, line by line -----------------------------------------------------------------------------------

SETTINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("1e0d6f6c-4b0e-4f0e-9f3e-0c7a5b1d2e3f", "2e0d6f6c-4b0e-4f0e-9f3e-0c7a5b1d2e3f", ""),
        "title": ("Made in Lambeth", "Made in Brixton", "Lambeth & co"),
        "url": ("https://example.org/", "https://example.org/blog/", "https://example.net/blog/"),
        "description": ("A council & its residents.", "Residents, and a council.", ""),
        "language": ("en-GB", "fr", ""),
        "languages": (
            "{pt-BR: {title: Feito em Lambeth, sections: {minutes: Atas}, theme_options: {footer_text: Rodapé}}}",
            "{pt-BR: {menu: [{label: Início, url: /pt-br/}]}, ar: {}}",
            "",
        ),
        "timezone": ("Europe/London", "Pacific/Auckland", ""),
        "theme": ("own", "plain", "other", "own", "missing", "commons"),
        "theme_options": (
            '{accent: "#123456"}',
            '{accent: "#654321", leaf: "#111111"}',
            "{footer_text: Foot}",
            "",
        ),
        "menu": ("[{label: About, url: /about/}]", "[{label: Tags, url: /tags/}]", ""),
        "permalink": ("/{year}/{month}/{slug}/", "/{slug}/", "/{year}/{slug}.html"),
        "page_size": ("2", "1", "20"),
        "feeds": ("{items: 3}", "{formats: [atom], items: 2}", "{content: summary}", "{formats: []}"),
        "publish": (
            "",
            "{authors: false}",
            "{archive: yearly}",
            "{archive: none, projects: false}",
            "{events: false}",
        ),
        "pictures": (
            "{widths: [12, 20]}",
            "{widths: [12, 20], quality: 30}",
            "{widths: [16], webp: false}",
            "{widths: []}",
            "",
        ),
        "icon": ("", "/pictures/map.png"),
        "hosting": ("", "{compress: [gz], headers: true}", "{headers: true, nojekyll: true}"),
        "sections": (
            '{minutes: {permalink: "/m/{year}/{slug}/", feed: true}}',
            "{minutes: {title: Minutes}}",
            "{minutes: {feed: true}, notes: {}}",
        ),
        "defaults": (
            "",
            "{posts: {tags: [Default]}}",
            "{posts/deep: {authors: [Deep Author]}, minutes: {hidden: true}}",
        ),
        "markdown": ("", "{dialect: python-markdown, extensions: [abbr]}", "{dialect: gfm}"),
        "raw_html": ("", "false"),
        "smart_quotes": ("", "false"),
        "highlight": ("", "false"),
        "redirects": ("both", "rules", ""),
        "diagnostics": (
            "{dead-link: warning, dead-anchor: hint, missing-picture: warning, slug-collision: warning}",
            "{dead-link: off, missing-picture: hint, bad-value: warning}",
            "",
        ),
        "zzz": ("", "an unknown key"),
    }
)
"""Key → what may stand there; an empty text leaves the line out.  The first is what stands there in the beginning."""


def settings_text(chosen: Mapping[str, str]) -> str:
    """Write site.yaml."""
    return "".join(f"{key}: {value}\n" for key, value in chosen.items() if value)


# ---- posts ---------------------------------------------------------------------------------------------------

POSTS = (
    "content/posts/2013-05-01-first.md",
    "content/posts/2013-05-01-first.pt-BR.md",
    "content/posts/2013-05-02-second.md",
    "content/posts/2013-06-01-bundle/index.md",
    "content/posts/deep/2013-06-03-third.markdown",
    "content/minutes/2013-06-02-minutes.md",
    "content/posts/2013-08-01-later.md",
)
TITLES = ("Alpha", "Bravo", "“Charlie” & <co>", "Naïve Δ")
FRONTS = (
    "",
    "tags: [News]\n",
    "tags: [news, Growing]\nauthors: [amara, Sam]\n",
    "tags: Old news\nauthors: Sam\nupdated: 2013-06-20\n",
    "tags: [Programme]\nproject: bike\nauthors: amara\n",
    "draft: true\n",
    "hidden: true\ntags: [News]\n",
    "expires: 2013-07-05\n",
    "publish_date: 2013-07-03 09:30\ntags: [Growing]\n",
    "aliases: [/old/, /older/place.html]\n",
    "summary: A summary of *its* own, with a [link](/about/).\n",
    "image: photo.png\nimage_alt: A photo\n",
    "slug: other-slug\nlang: fr\n",
    "lang: pt-br\ntranslation_key: posts/2013-05-02-second\ntags: [News]\n",
    "permalink: /about/us/\n",
    "guid: tag:example.org,2013:x\nextra: {mood: good}\n",
    "template: wide.html\n",
    "titel: unknown key\n",
)
BODIES = (
    "Words.\n",
    'Words "quoted".\n\nBelow the summary.\n',
    'Words "quoted".\n\nBelow the fold it differs: <b>raw</b>, BBC.\n\n*[BBC]: Auntie\n',
    "See [first](/2013/05/first/) and [about](/about/#who).\n\n## End\n",
    "# Heading\n\nTo [the second](2013-05-02-second.md#end).\n\n<!--more-->\n\n```python\nx = 1\n```\n",
    '::posts{limit="2"}\n\n::projects{table="programme" status="delivering"}\n',
    ":::note[Mind]\nA *note* with [a link](gone.md).\n:::\n\n::toc\n\n## One\n\n## Two\n",
    "![A photo](photo.png) and ![gone](nowhere.png)\n",
    '::venues{town="Brixton"}\n\n::events{limit="2"}\n\nA footnote[^1].\n\n[^1]: Foot.\n',
    "[People](/authors/amara/), [a tag](/tags/news/), [a file](/pictures/map.png).\n",
)


def post_text(title: str, front: str, body: str) -> str:
    """Write a post."""
    return f"---\ntitle: '{title}'\n{front}---\n{body}"


# ---- everything else ---------------------------------------------------------------------------------------------

_PROGRAMME = """\
title: Public services
summary: Nine *small* projects.
tag: Programme
started: 2013-05-25
columns: [name, description, leads, contact, status, due, {key: cost, label: Cost}]
projects:
  - id: bike
    name: Mobile Job Bike
    description: A bicycle, see [the first post](../posts/2013-05-01-first.md).
    leads: [amara, Jeremy K.]
    contact: {email: bike@example.org, phone: 020 7946 0002}
    status: delivering
    due: 60
    cost: "*£40*"
    milestones: [{due: 30, title: Bought, done: 2013-06-20}]
  - name: Seeds
    description: A seed library.
    tag: Growing
    status: idea
"""
_EVENT = """\
---
title: Forum
start: 2013-07-02 10:00
end: 2013-07-02 12:30
place: {name: Town hall}
booking_url: https://example.org/book
agenda: [{time: "10:00", title: Welcome, speaker: amara}]
tags: [events]
---
Come along.
"""
_THEME = """\
name: own
extends: plain
options:
  leaf: {type: colour, default: "#3a7d44"}
templates:
  post.html: {others: {posts: {limit: 2}}}
fragments:
  news: {recent: {posts: {limit: 2}}, topics: {tags: {order: count, limit: 3}}}
components:
  venues:
    attributes: {town: str}
    data: {venues: {table: {src: data/venues.yaml}}}
"""
_SEEN = {
    "templates/404.html": "fragments.footer",
    "templates/archive.html": "years",
    "templates/author.html": "person total pager cards|join",
    "templates/authors.html": "people",
    "templates/event.html": "event agenda body headings authors project",
    "templates/events.html": "upcoming past",
    "templates/follow.html": "groups",
    "templates/home.html": "title total pager cards|join",
    "templates/month.html": "year month pager cards|join",
    "templates/page.html": "title body headings updated extra",
    "templates/post.html": "post body headings word_count older newer",
    "templates/programme.html": "programme total pager cards|join",
    "templates/project.html": "programme project cards|join",
    "templates/projects.html": "programmes",
    "templates/section.html": "title total pager cards|join",
    "templates/tag.html": "tag total pager cards|join",
    "templates/tags.html": "tags",
    "templates/year.html": "year pager cards|join",
}
_PARTS = {
    "templates/base.html": 'site head fragments.masthead words.by asset("site.css") option.accent',
    "templates/redirect.html": "site url absolute_url",
    "templates/partials/contents.html": "headings",
    "templates/partials/event.html": "event",
    "templates/partials/lists.html": "words.by",
    "templates/partials/mark.html": "words.by",
    "templates/partials/months.html": "words.by",
    "fragments/card.html": "post",
    "fragments/footer.html": "site.title option.footer_text",
    "components/details.html": "label content",
    "components/events.html": "events",
    "components/figure.html": "attributes.src attributes.alt label",
    "components/note.html": "label content",
    "components/posts.html": "label posts",
    "components/projects.html": "programme attributes.caption",
    "components/quote.html": "label content",
    "components/tip.html": "label content",
    "components/toc.html": "headings",
    "components/warning.html": "label content",
}
"""What each part of the theme *plain* prints: whole views as Python shows them, so that no field can hide."""


def _plain_theme() -> dict[str, str]:
    def prints(names: str) -> str:
        return "".join(f"{{{{ {name} }}}}\n" for name in names.split())

    files = {name: prints(names) for name, names in _PARTS.items()}
    files["templates/base.html"] = (
        "<!doctype html>\n{% block styles %}\n{% endblock %}\n" + files["templates/base.html"]
    )
    files["templates/base.html"] += "{% block content %}\n{% endblock %}\n{{ fragments.footer }}\n"
    frame = '{{% extends "base.html" %}}\n{{% block content %}}\n{}{{% endblock %}}\n'
    files |= {name: frame.format(prints(names)) for name, names in _SEEN.items()}
    files["templates/macros.html"] = "{% macro shown(what) %}\n{{ what }} {{ words.by }}\n{% endmacro %}\n"
    files["fragments/masthead.html"] = (
        '{% from "macros.html" import shown %}\n{% include "partials/mark.html" %}\n{{ shown(menu) }}\n'
    )
    files["theme.yaml"] = "name: plain\nextends: commons\n"
    files["assets/site.css"] = "a { color: {{ option.accent }} }\n"
    return {f"themes/plain/{name}": text for name, text in files.items()}


_NEWS = '{% for post in recent %}<a href="{{ post.url }}">{{ post.title }}</a>{% endfor %}\n'
_POST = '{% extends "plain:post.html" %}\n{% block content %}\n{{ super() }}\n{{ fragments.news }}\n{% endblock %}\n'
_VENUES = "<ul>{% for venue in venues %}<li>{{ venue.name }}</li>{% endfor %}</ul>\n"

TEXTS: Mapping[str, tuple[Text, ...]] = MappingProxyType(
    {
        "content/posts/2013-06-01-bundle/photo.png": (
            picture(24, 18),
            picture(24, 18, 9),
            picture(5, 3),
            b"no PNG",
            photograph(6),
            photograph(1),
            None,
        ),
        "content/posts/2013-06-01-bundle/figures/notes.csv": ("a,b\n", "a,c\n", None),
        "content/pictures/map.png": (picture(2, 2), picture(2, 2, 1), picture(30, 1), None),
        "content/.well-known/security.txt": (None, "Contact: mailto:a@example.org\n"),
        "content/pages/about.md": (
            "---\ntitle: About\n---\n# Who {#who}\n\nWe are [people](/authors/).\n",
            "---\ntitle: About us\nupdated: 2013-06-01\nextra: {x: 1}\n---\nWe are ![a map](/pictures/map.png).\n",
            '---\ntitle: About\naliases: [/who/]\n---\n::posts{tag="News"}\n',
            None,
        ),
        "content/pages/index.md": (None, '---\ntitle: Welcome\n---\n::posts[Latest]{limit="1"}\n'),
        "content/people.yaml": (
            "amara: {name: Amara B., role: Lead, bio: 'Words in *Markdown*.', image: pictures/map.png}\n",
            "amara: {name: Amara Bee, contact: {email: a@example.org, public: true}}\nsam: Sam\n",
            "amara: {name: Amara B., slug: first}\n",
            None,
        ),
        "content/tags.yaml": (
            "News: {description: 'What is *new*.', aliases: [Old news]}\n",
            "NEWS: {slug: all-news}\n",
            "Growing: {slug: news}\n",
            None,
        ),
        "content/projects/programme.yaml": (
            _PROGRAMME,
            _PROGRAMME.replace("status: idea", "status: closed").replace("Nine", "Ten"),
            _PROGRAMME.replace("id: bike", "id: trike").replace("started: 2013-05-25", "started: 2013-05-26"),
            _PROGRAMME.replace("public", "PUBLIC").replace("Job Bike", "Job Van"),
            None,
        ),
        "content/people.pt-BR.yaml": (None, "amara: {name: Amara B., role: Líder}\n"),
        "content/projects/programme.pt-BR.yaml": (
            None,
            _PROGRAMME.replace("Public services", "Serviços"),
            "title: Serviços\nprojects: [{name: Bicicleta, id: bike}]\n",
        ),
        "content/pages/about.pt-BR.md": (None, "---\ntitle: Sobre\n---\nTexto, [página](about.md).\n"),
        "content/projects/second.yaml": (None, "title: Second\nprojects: [{name: Bike, id: bike}]\n"),
        "content/events/forum.md": (
            _EVENT,
            _EVENT.replace("Town hall", "Library").replace("start:", "sequence: 1\nstart:"),
            _EVENT.replace("---\nCome", "status: cancelled\n---\nDo not come"),
            _EVENT.replace("07-02", "07-20"),
            None,
        ),
        "content/events/party.md": (
            "---\ntitle: Party\nstart: 2013-07-04\nall_day: true\n---\nDance with [us](/about/).\n",
            None,
        ),
        "content/data/venues.yaml": (
            "- {name: Town hall, town: Brixton}\n- {name: Library, town: Tulse Hill}\n",
            "- {name: The pier, town: Brixton, seats: 4}\n",
            None,
        ),
        "themes/own/theme.yaml": (
            _THEME,
            _THEME.replace("limit: 2", "limit: 1"),
            _THEME.replace("extends: plain\n", "").replace("#3a7d44", "#3a7d45"),
            _THEME.replace("{town: str}", "{town: {type: str, required: true}}"),
        ),
        "themes/own/fragments/news.html": (
            _NEWS,
            _NEWS.replace("for post in recent", "for post in topics").replace("title", "label"),
        ),
        "themes/own/components/venues.html": (_VENUES, _VENUES.replace("venue.name", "venue.town")),
        "themes/own/templates/post.html": (
            _POST,
            _POST.replace("fragments.news", "others|length"),
            "{{ body }}\n",
            None,
        ),
        "themes/own/templates/wide.html": (_POST, "{{ body }} {{ words.by }}\n", None),
        "themes/own/templates/base.html": (
            None,
            '{% extends "plain:base.html" %}\n{% block styles %}\n{{ asset("own.css") }}\n{% endblock %}\n',
        ),
        "themes/own/templates/tag.html": (
            None,
            "{% for card in cards %}{{ card }}{% endfor %}\n",
            "{{ nothing.here }}\n",
        ),
        "themes/own/templates/partials/mark.html": (
            None,
            "<b>mark</b>\n",
            '{% include "partials/" ~ "lists.html" %}\n',
        ),
        "themes/own/fragments/card.html": (
            None,
            "<p>{{ post.title }} {{ post.summary }}</p>\n",
            "{{ post.title }}\n",
        ),
        "themes/own/fragments/footer.html": (None, "<footer>{{ site.title }}</footer>\n"),
        "themes/own/components/note.html": (None, "<aside>{{ label }}{{ content }}</aside>\n"),
        "themes/own/components/stray.html": (None, "Nobody names it.\n"),
        "themes/own/assets/own.css": (
            "a { color: {{ option.leaf }}; background: url('leaf.svg') }\n",
            "a { color: {{ option.accent }} }\n",
            "a { color: {{ option.gone }} }\n",
        ),
        "themes/own/assets/leaf.svg": (
            '<svg xmlns="http://www.w3.org/2000/svg" width="1"/>\n',
            '<svg xmlns="http://www.w3.org/2000/svg" width="2"/>\n',
        ),
        "themes/own/assets/site.css": (None, "b { color: {{ option.accent }} }\n"),
        "themes/own/i18n/en.yaml": (
            "by: from\n",
            "by: of\nfeed_title: '{site}: {title}'\n",
            "date_short: '{day}/{month_number}'\n",
            None,
        ),
        "themes/own/i18n/fr.yaml": (None, "tags: Mots\n"),
        "themes/other/theme.yaml": ("name: other\nextends: own\n", "name: other\nextends: plain\n"),
        "themes/other/fragments/masthead.html": (
            "<nav>{% for item in menu %}{{ item.label }}{% endfor %}</nav>\n",
            None,
        ),
    }
)
"""Path → what may stand there.  The first is what stands there in the beginning."""

OTHER_TEXTS = tuple((path, number) for path, texts in TEXTS.items() for number in range(len(texts)))
"""Every file with the number of each of its texts."""

NEW_PLACES = (
    "content/posts/moved/2013-05-09-moved.md",
    "content/notes/2013-05-10-note.md",
    "content/pages/moved.md",
    "content/events/moved.md",
    "content/pictures/moved.png",
    "content/stray.md",
    "themes/own/templates/page.html",
)
"""Where a file may be renamed to besides the places of the others."""

INSERTIONS = (
    b"\xff\xfe",
    b"\n---\n",
    b"\ntags: [\n",
    b"\n: : {{\n",
    b"{% if %}",
    b"\n  bad indent: 1\n bad\n",
    b"\0",
)
"""What somebody's slip puts into a file."""


def first_files() -> dict[str, bytes]:
    """Give the site as it is in the beginning, but for site.yaml."""
    files: dict[str, Text] = {path: texts[0] for path, texts in TEXTS.items()}
    files[POSTS[0]] = post_text("Alpha", FRONTS[2], BODIES[1])
    files[POSTS[1]] = post_text("Alfa", FRONTS[1], BODIES[1])
    files[POSTS[2]] = post_text("Bravo", FRONTS[4], BODIES[3])
    files[POSTS[3]] = post_text("Bundle", FRONTS[11], BODIES[7])
    files[POSTS[5]] = post_text("Minutes", "", BODIES[0])
    files |= _plain_theme()
    return {path: encoded(text) for path, text in files.items() if text is not None}


def encoded(text: str | bytes) -> bytes:
    """Give the bytes of a text."""
    return text.encode() if isinstance(text, str) else text
