"""Every address of a site, and where its file lies: nothing else in cogen builds one. Layer: model.

A *site address* is decoded (an IRI path in NFC), starts with ``/`` and does not contain the base path:
``/tags/design-council/``.  ``href`` makes of it what HTML wants, ``absolute`` what feeds want, and
``output_path`` the file.  Addresses take the language so that ``/xx/`` can come in one place.
"""

import re
import unicodedata
from urllib.parse import quote, unquote

FEED_FILES = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
FEED_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
PERMALINK_FIELDS = ("year", "month", "day", "slug", "section")
NOJEKYLL = ".nojekyll"
"""The one hidden file that is published, where site.yaml asks for it."""
SEARCH_FOLDER = "pagefind"
"""The folder of the output that the index for search owns."""
_TEXTS = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".ics", ".csv")
_SAFE_IN_PATH = "/-._~!$&'()*+,;=:@"
_NEEDS_NO_ENCODING = re.compile(r"[a-zA-Z0-9/._~-]*+")
_FORBIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\\<>\"|?*:#]"
    r"|%[0-9a-fA-F]{2}"
)
"""Controls, marks that turn the direction of writing, lone surrogates, what Windows does not bear, and what
would be decoded again by a server that decodes twice."""
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_HIDDEN = re.compile(r"[\u200b-\u200f\u2060-\u206f\ufeff]*\.|git~\d+$", re.IGNORECASE)
"""A dot in front, also behind marks that a Mac's file system passes over; and what Windows calls ``.git``, too."""
_LONGEST_PART_BYTES = 200
LONGEST_ADDRESS = 220
_SIMPLE_ADDRESS = re.compile(
    r"(?:/(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|git)\b)[a-z0-9][a-z0-9-]{,99}+)++/", re.ASCII
)
"""What most addresses look like, in which nothing is to be cleaned."""
_FIELD = re.compile(r"\{(\w*)\}")


def clean_address(text: str) -> str | None:
    """Check an address an author wrote and give it as a site address, or None where it is unusable.

    Decodes percent signs once, then refuses ``..``, hidden parts, backslashes, drive letters, control
    characters and what no file system bears.  An address without an extension gets its ``/``.
    """
    if len(text) <= LONGEST_ADDRESS and _SIMPLE_ADDRESS.fullmatch(text):
        return text
    decoded = unicodedata.normalize("NFC", unquote(text.strip()))
    if _FORBIDDEN.search(decoded):
        return None
    parts = [part for part in decoded.split("/") if part]
    if any(part.strip(". ") == "" or part[-1] in ". " or _DEVICE.match(part) for part in parts):
        return None
    if any(map(is_hidden_part, parts)):
        return None
    if any(len(part.encode()) > _LONGEST_PART_BYTES for part in parts) or len(decoded) > LONGEST_ADDRESS:
        return None
    address = "/" + "/".join(parts)
    has_extension = bool(parts) and "." in parts[-1][1:] and not decoded.endswith("/")
    return address if has_extension or address == "/" else address + "/"


def is_hidden_part(part: str) -> bool:
    """Say whether a part of an address is hidden: ``.git`` and our own marks lie there, and nothing public does."""
    return part != ".well-known" and _HIDDEN.match(part) is not None


def permalink_fields(pattern: str) -> frozenset[str]:
    """Give the names in braces of a permalink pattern."""
    return frozenset(_FIELD.findall(pattern))


def fill_permalink(pattern: str, year: int, month: int, day: int, slug: str, section: str) -> str:
    """Fill ``/{year}/{month}/{slug}/``; the pattern was checked when site.yaml was read."""
    values = {
        "year": f"{year:04}",
        "month": f"{month:02}",
        "day": f"{day:02}",
        "slug": slug,
        "section": section,
    }
    return _FIELD.sub(lambda found: values[found[1]], pattern)


def output_path(address: str) -> str:
    """Give the file of a site address, relative to the output folder."""
    return address[1:] + "index.html" if address.endswith("/") else address[1:]


def collision_key(path: str) -> str:
    """Give what two files share that some file system would take for one."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def is_compressible(path: str) -> bool:
    """Say whether a file is a text, of which compressed copies are worth while."""
    return path.endswith(_TEXTS)


def encode(address: str) -> str:
    """Percent-encode a site address for use in a link."""
    return address if _NEEDS_NO_ENCODING.fullmatch(address) else quote(address, safe=_SAFE_IN_PATH)


def href(address: str, base: str) -> str:
    """Give the root-relative link to a site address: ``/blog/tags/``."""
    return base + encode(address)


def absolute(address: str, site_url: str) -> str:
    """Give the absolute link to a site address; ``site_url`` ends with ``/``."""
    return site_url + encode(address)[1:]


def paged(address: str, page: int) -> str:
    """Give the address of a list's page; the first one is the list itself."""
    return address if page == 1 else f"{address}page/{page}/"


def feed(address: str, kind: str) -> str:
    """Give the address of a feed under a list: ``/tags/x/`` and ``atom`` give ``/tags/x/atom.xml``."""
    return address + FEED_FILES[kind]


def home(language: str = "") -> str:
    """Give the home page's address; that of one language of several where a language is named."""
    return f"/{language}/" if language else "/"


def archive(language: str = "") -> str:
    """Give the archive's address."""
    return home(language) + "archive/"


def year(number: int, language: str = "") -> str:
    """Give the address of a year's list."""
    return f"{home(language)}{number:04}/"


def month(of_year: int, number: int, language: str = "") -> str:
    """Give the address of a month's list."""
    return f"{year(of_year, language)}{number:02}/"


def tags(language: str = "") -> str:
    """Give the tag index's address."""
    return home(language) + "tags/"


def tag(slug: str, language: str = "") -> str:
    """Give a tag's address."""
    return f"{tags(language)}{slug}/"


def authors(language: str = "") -> str:
    """Give the address of the list of authors."""
    return home(language) + "authors/"


def author(slug: str, language: str = "") -> str:
    """Give an author's address."""
    return f"{authors(language)}{slug}/"


def projects(language: str = "") -> str:
    """Give the address of the list of programmes."""
    return home(language) + "projects/"


def programme(slug: str, language: str = "") -> str:
    """Give a programme's address."""
    return f"{projects(language)}{slug}/"


def project(programme_slug: str, project_id: str, language: str = "") -> str:
    """Give a project's address."""
    return f"{programme(programme_slug, language)}{project_id}/"


def events(language: str = "") -> str:
    """Give the address of the list of events."""
    return home(language) + "events/"


def event(slug: str, language: str = "") -> str:
    """Give an event's address."""
    return f"{events(language)}{slug}/"


def section(name: str, language: str = "") -> str:
    """Give the address of a section's list."""
    return f"{home(language)}{name}/"


def follow(language: str = "") -> str:
    """Give the address of the page about feeds."""
    return home(language) + "follow/"


def picture(digest: str, width: int, kind: str) -> str:
    """Give the address of one size of a picture: ``/pictures/HASH-800.webp``."""
    return f"/pictures/{digest[:16]}-{width}.{'jpg' if kind == 'jpeg' else kind}"


def share_picture(digest: str) -> str:
    """Give the address of the picture that stands for a page where it is shared."""
    return f"/pictures/share-{digest[:16]}.png"


def search(language: str = "") -> str:
    """Give the address of the page for search."""
    return f"{home(language)}search/"


def not_found(language: str = "") -> str:
    """Give the address of the page that hosts show for a wrong one: some look for it in the folders above that."""
    return f"{home(language)}404.html"


def theme_asset(name: str, digest: str) -> str:
    """Give the address of a theme's asset: ``site.css`` is ``/assets/site.HASH.css``."""
    stem, dot, extension = name.rpartition(".")
    return f"/assets/{stem}.{digest[:12]}.{extension}" if dot else f"/assets/{name}.{digest[:12]}"
