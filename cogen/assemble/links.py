"""Where the links and pictures of the author's texts lead. Layer: assemble.

A target is tried as a source (``../2012/kick-off.md``), as a file (``bike.jpg``), as an address relative to
the page it stands on (``../other-post/``) and, with a leading ``/``, as an address of the site.
"""

import posixpath
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

import msgspec

from cogen.model import urls
from cogen.model.documents import Asset
from cogen.model.suggest import nearest

_EXTERNAL = ("http:", "https:", "mailto:", "tel:", "//", "#")
_LONGEST_SCHEME = len("mailto:")
_HOST = re.compile(r"www\.[^\s/]+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?=/)|[\w-]+(?:\.[\w-]+)*\.(?:com|net|uk)$")
_OF_PELICAN = re.compile(r"[{|](?:filename|static|attach|index|author|category|tag)[}|]")
_MAILBOX = re.compile(r"[^\s/@]+@[\w-]+(?:\.[\w-]+)+")


class Target(msgspec.Struct, frozen=True):
    """What a link was found to lead to."""

    link: str
    """Ready to print, unescaped: base path, percent-encoding, query and fragment."""
    address: str
    """The site address it leads to."""
    asset: Asset | None = None
    """The file, where it is one."""
    missing: str = ""
    """The part of a page that the link names and the page does not have."""


class Dead(msgspec.Struct, frozen=True):
    """A link that leads nowhere."""

    reason: str
    hint: str = ""
    """What to do about it, where that is known without looking for what was meant."""
    target: str = ""
    """As it was written."""
    path: str = ""
    """The source that it would lead to, or what comes closest to one."""
    source: str = ""
    """Where it stands, if that counts; empty for a link from the top."""


class LinkIndex(msgspec.Struct, frozen=True):
    """Everything a link may lead to."""

    base: str
    sources: Mapping[str, str]
    """Source path → address, documents and files alike."""
    addresses: frozenset[str]
    """Every address that is published."""
    assets: Mapping[str, Asset]
    """Address → file."""
    ids: Mapping[str, tuple[str, ...]]
    """Address → fragment identifiers, sorted, for documents."""
    parts_elsewhere: Callable[[str], Mapping[str, str]]
    """Gives the identifiers of an address's headings by what other programs call them (``anchors.py``)."""
    unpublished: Mapping[str, str]
    """Source path → why it is not published."""
    names: Callable[[], Mapping[str, Mapping[str, str]]]
    """Gives what a mistyped link may have meant, from ``names_by_start``; only a dead link asks."""


def names_by_start(sources: Mapping[str, str], addresses: frozenset[str]) -> dict[str, dict[str, str]]:
    """Give names of files in small letters with their paths, and addresses, by the letters they begin with.

    A folder brought from elsewhere may have thousands of dead links, and each is compared with a few names only.
    """
    found: dict[str, dict[str, str]] = {}
    named = [(_start(path), _name(path), path) for path in sorted(sources)]
    named += [("/" + _start(address), address, address) for address in sorted(addresses)]
    for start, name, path in named:
        names = found.setdefault(start, {})
        if len(names) < _MOST_NAMES:
            names[name.lower()] = path
    return found


def _start(path: str) -> str:
    name = _name(path)
    return (_DAY.sub("", name) if name[:1].isdigit() else name)[:2].lower()


def _name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def is_external(target: str) -> bool:
    """Say whether a target leaves the site, or the page stays where it is."""
    return target[:_LONGEST_SCHEME].lower().startswith(_EXTERNAL)


def resolve(target: str, source: str, address: str, index: LinkIndex) -> Target | Dead:
    """Find what ``target`` leads to, written in ``source``, which is published at ``address``."""
    path, query, fragment = _split(target)
    if not path:
        part, missing = _part(fragment, address, index)
        return Target(query + part, address, None, missing)
    found = (
        _find_rooted(path, target, index)
        if path.startswith("/")
        else _find_relative(path, target, source, address, index)
    )
    if isinstance(found, Dead):
        return found
    part, missing = _part(fragment, found, index)
    return Target(urls.href(found, index.base) + query + part, found, index.assets.get(found), missing)


def _as_meant(target: str) -> str:
    """Say how to write what looks like an address of the web or of e-mail, or like a path of Pelican's."""
    if found := _OF_PELICAN.match(target):
        return f"name the file as it lies from here, without {found[0]}"
    if _HOST.match(target):
        return f"write https://{target}, as in the address bar of a browser"
    return f"write mailto:{target}, which opens a letter" if _MAILBOX.fullmatch(target) else ""


def _part(written: str, address: str, index: LinkIndex) -> tuple[str, str]:
    """Give what to write for ``#part`` of a document, and the part where there is none of that name."""
    part = unquote(written[1:]).partition(":~:")[0]  # what follows names words of the page
    known = index.ids.get(address)
    if not part or known is None or part.lower() == "top" or known[bisect_left(known, part) :][:1] == (part,):
        return written, ""
    if found := index.parts_elsewhere(address).get(part.lower()):
        return f"#{found}", ""
    return written, part


def _split(target: str) -> tuple[str, str, str]:
    rest, hash_sign, fragment = target.partition("#")
    path, question, query = rest.partition("?")
    return unquote(path), question + query, hash_sign + fragment


def _find_rooted(path: str, target: str, index: LinkIndex) -> str | Dead:
    candidates = [path]
    if index.base and (path + "/").startswith(index.base + "/"):
        candidates.append(path[len(index.base) :] or "/")
    for candidate in candidates:
        if found := _as_address(candidate, index) or _as_source("content" + candidate, index):
            return found
    return _dead(path, target, "content" + path, "", index)


def _find_relative(path: str, target: str, source: str, address: str, index: LinkIndex) -> str | Dead:
    source_path = _join(posixpath.dirname(source), path)
    if found := source_path and _as_source(source_path, index):
        return found
    folder = address if address.endswith("/") else posixpath.dirname(address) + "/"
    by_address = _join(folder, path)
    if found := by_address and _as_address(by_address, index):
        return found
    return _dead(path, target, source_path or path, source, index)


def _join(folder: str, path: str) -> str:
    """Join and normalise; empty where the path climbs out."""
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined.startswith("..") or (folder.startswith("content") and not joined.startswith("content/")):
        return ""
    return joined + "/" if path.endswith("/") and joined != "/" else joined


def _as_source(path: str, index: LinkIndex) -> str:
    bare = path.rstrip("/")
    for ending in _SOURCE_ENDINGS:
        if found := index.sources.get(bare + ending):
            return found
    return ""


def _as_address(path: str, index: LinkIndex) -> str:
    for candidate in (path, path + "/", path.removesuffix("index.html"), path.removesuffix(".html") + "/"):
        if candidate in index.addresses:
            return candidate
    return ""


def _dead(written: str, target: str, path: str, source: str, index: LinkIndex) -> Dead:
    if reason := index.unpublished.get(path):
        return Dead(f"{written} is not published ({reason})", "publish it too, or take the link out")
    return Dead(f"{written} is neither a file nor a page of this site", "", target, path, source)


def what_to_do(dead: Dead, index: LinkIndex, otherwise: str) -> str:
    """Say what to write instead of a link that leads nowhere.

    It looks through many names, so it is to be asked only where somebody will read the answer.
    """
    if dead.hint:
        return dead.hint
    suggestion = _suggestion(dead, index)
    if suggestion and not dead.target.startswith("www."):
        return suggestion
    return _as_meant(dead.target) or suggestion or otherwise


def _suggestion(dead: Dead, index: LinkIndex) -> str:
    """Give what to write instead: the file, or for a link from the top the address, that looks most like it."""
    names = index.names()
    alike = names.get(_start(dead.path))
    meant = _nearest(_name(dead.path), alike) if alike else ""
    written = _split(dead.target)[0]
    if not meant and written.startswith("/"):
        alike = names.get("/" + _start(written))
        meant = _nearest(written, alike) if alike else ""
    elif meant and dead.source.startswith("content/"):
        meant = posixpath.relpath(meant, posixpath.dirname(dead.source))
    elif meant:
        meant = meant.removeprefix("content")
    return f"did you mean {_UNFIT_IN_LINKS.sub(lambda found: quote(found[0]), meant)}?" if meant else ""


def _nearest(written: str, names: Mapping[str, str]) -> str:
    """Compare without regard to case: ``bike.jpg`` is not found where ``Bike.JPG`` lies, and is meant."""
    wanted = written.lower()
    return names.get(wanted) or names.get(nearest(wanted, names, 0.8), "")


_MOST_NAMES = 2_000
_UNFIT_IN_LINKS = re.compile(r"[\s()<>\[\]%#?\\\"']")
_SOURCE_ENDINGS = ("", ".md", "/index.md", ".markdown", "/_index.md")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?[-_]")
HOW_TO_LINK = "name a file as it lies from here (../posts/hello.md), or a page from the top (/about/)"
HOW_TO_SHOW = "put it beside this file, or name it as it lies from here (../pictures/bike.jpg)"
HOW_TO_LIST = "name a page from the top, such as /about/, or a whole address with https://"
