"""The HTML of a feed's entry: links absolute, nothing that runs, nothing that only works on the page. Layer: render.

The text is cut into tags and text by the rules of HTML's tokeniser (WHATWG, 13.2.5), since a reader that
cuts elsewhere would see elements that were not seen here.  Every pattern is possessive: time grows with length alone.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from urllib.parse import urljoin

from cogen.assemble.views import EntryContentView
from cogen.model.html import address_in, candidates_of, escape, unescape
from cogen.render.context import Promises
from cogen.render.xml_text import fit

_ATTRIBUTE = (
    r"""(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?!["'])[^\s>]++)?)?"""
)
_PLAIN = (
    "p|em|strong|b|i|s|a|br|hr|code|pre|ul|ol|li|dl|dt|dd|h[1-6]|table|thead|tbody|tr|th|td|blockquote|del|ins|sup|sub"
    "|span|div|section|figure|figcaption|small|mark|abbr|cite|kbd|aside"
)
"""Elements whose tags may pass with the text around them, where they carry no attributes: most of any text."""
_PLAIN_LINK = r"""<a href="(?:https?://|mailto:)[^"<>]*+">"""
"""A link that would come out as it went in."""
_TOKEN = re.compile(
    rf"(?P<text>(?:[^<]++|</?(?:{_PLAIN})>|{_PLAIN_LINK})++|<(?![a-zA-Z/!?]))"
    rf"|<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{_ATTRIBUTE})*+)(?P<end>>?)"
    r"|(?P<comment><!--(?:>|->|.*?(?:--!?>|\Z)))"
    r"|(?P<bogus><[!?/][^>]*+>?)",
    re.DOTALL,
)
_ATTRIBUTE_PARTS = re.compile(
    r"""(?P<name>=[^\s/>=]*+|[^\s/>=]++)"""
    r"""(?P<value>\s*+=\s*+(?:"(?P<double>[^"]*+)"?|'(?P<single>[^']*+)'?|(?P<bare>(?!["'])[^\s>]++)?))?"""
)
_TEXT_ONLY = frozenset(
    {"script", "style", "iframe", "textarea", "title", "xmp", "noembed", "noframes", "noscript", "plaintext"}
)
"""Elements whose content is no markup: dropped with it, to the end where they are never closed."""
_ACTIVE = frozenset({"object", "form", "applet"})
"""Elements dropped with the markup inside; where they are never closed, their tag alone."""
_DROPPED_TAGS = frozenset(
    {"embed", "base", "link", "meta", "param", "frame", "frameset", "html", "head", "body", "set", "animate"}
)
"""Tags dropped alone."""
_LINKS = frozenset({"href", "src", "poster", "cite", "xlink:href", "background", "longdesc"})
_PICTURES = frozenset({"src", "srcset", "poster"})
_DROPPED_ATTRIBUTES = frozenset(
    {"tabindex", "style", "contenteditable", "autofocus", "formaction", "srcdoc", "ping"}
)
_ELEMENT = re.compile(r"(?!(?:script|iframe|object|embed)[:-])[a-z][a-z0-9:-]*")
"""Names of elements that may stay; ``<object-map>`` is harmless, and a careless scan would not see that."""
_ATTRIBUTE_NAME = re.compile(r"(?!on)[a-z][a-z0-9:._-]*")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SLASHLESS = re.compile(r"(https?):(?![/\\]{2})", re.IGNORECASE)
"""The scheme of an address that goes on without a host: it leads into the site, if that has the same."""
_BLANK = re.compile(r"[\x00-\x20\x7f]+")
_RUNNING_SCHEMES = ("javascript:", "vbscript:", "data:")
_PICTURE_DATA = "data:image/"
_ADDRESSES_KEPT = 256
_LIKE_A_HANDLER = re.compile(r"(\son\w++\s*+)=", re.IGNORECASE)


def make_entry_content(view: EntryContentView, promises: Promises) -> str:
    """Make the HTML of a text for feed readers, of characters that XML can hold."""
    html = fit(promises.body(view.body).text)
    resolve = lru_cache(_ADDRESSES_KEPT)(partial(_absolute, view))
    return defuse("".join(_pieces(html, resolve)).strip())


def defuse(text: str) -> str:
    """Write text of HTML so that even a careless scan finds no event handler in it: `` once=`` is ``&#61;``."""
    return _LIKE_A_HANDLER.sub(r"\1&#61;", text) if "=" in text else text


_Resolve = Callable[[str], str]


def _pieces(html: str, resolve: _Resolve) -> Iterator[str]:
    place = 0
    unclosed: set[str] = set()
    while (token := _TOKEN.match(html, place)) is not None:
        place = token.end()
        if token["text"]:
            yield "&lt;" if token["text"] == "<" else token["text"]
        elif token["end"]:
            name = token["name"].lower()
            if name in _TEXT_ONLY or name in _ACTIVE:
                place = place if token["slash"] else _after(html, place, name, unclosed)
            elif name not in _DROPPED_TAGS and _ELEMENT.fullmatch(name):
                yield _tag(token, resolve)


def _after(html: str, place: int, name: str, unclosed: set[str]) -> int:
    """Give the place after the closing tag of an element; ``unclosed`` remembers what is never closed."""
    if name in unclosed:
        return place
    closing = re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE).search(html, place)
    if closing is not None:
        return closing.end()
    unclosed.add(name)
    return len(html) if name in _TEXT_ONLY else place


def _tag(token: re.Match[str], resolve: _Resolve) -> str:
    if not token["attributes"]:
        return token[0]
    attributes = "" if token["slash"] else "".join(_attributes(token["attributes"], resolve))
    return f"<{token['slash']}{token['name']}{attributes}>"


def _attributes(text: str, resolve: _Resolve) -> Iterator[str]:
    for found in _ATTRIBUTE_PARTS.finditer(text):
        name = found["name"].lower()
        if name in _DROPPED_ATTRIBUTES or not _ATTRIBUTE_NAME.fullmatch(name):
            continue
        if found["value"] is None:
            yield f" {name}"
        elif (
            value := _value(name, found["double"] or found["single"] or found["bare"] or "", resolve)
        ) is not None:
            yield f' {name}="{_quotable(value)}"'


def _value(name: str, value: str, resolve: _Resolve) -> str | None:
    if name == "srcset":
        return _resolved_set(value, resolve)
    return _resolved(name, value, resolve) if name in _LINKS else value


def _quotable(value: str) -> str:
    return value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _resolved(name: str, value: str, resolve: _Resolve) -> str | None:
    """Make an address absolute; None where a reader should not follow it at all."""
    address = address_in(fit(unescape(value)))
    if _runs(address, is_picture=name in _PICTURES):
        return None
    if _SCHEME.match(address) and not _SLASHLESS.match(address):
        return value
    try:
        absolute = resolve(address)
    except ValueError:
        return None
    return None if _runs(absolute, is_picture=False) else escape(absolute)


def _runs(address: str, *, is_picture: bool) -> bool:
    compact = _BLANK.sub("", address).lower()
    return compact.startswith(_RUNNING_SCHEMES) and not (is_picture and compact.startswith(_PICTURE_DATA))


def _resolved_set(value: str, resolve: _Resolve) -> str:
    candidates = [
        absolute + descriptor.rstrip()
        for address, _, descriptor in candidates_of(value)
        if (absolute := _resolved("srcset", address, resolve)) is not None
    ]
    return ", ".join(candidates)


def _absolute(view: EntryContentView, address: str) -> str:
    if (found := _SLASHLESS.match(address)) is not None:
        scheme, rest = found[1].lower(), address[found.end() :]
        if not view.origin.startswith(f"{scheme}:"):
            return f"{scheme}://" + rest.lstrip("/\\")
        address = rest
    if address.startswith("/") and not address.startswith(("//", "/\\")):
        return view.origin + address
    if address.startswith("#"):
        return view.absolute_url + address
    return urljoin(view.absolute_url, address)
