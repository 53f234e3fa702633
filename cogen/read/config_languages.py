"""What site.yaml says in words, and says again in further languages: menu, theme options, titles. Layer: read."""

from cogen.model.config import Language, MenuItem, Section
from cogen.model.suggest import a_few
from cogen.model.values import Value
from cogen.read.free_values import value_of
from cogen.read.scalars import clean_text, shorten
from cogen.read.schema import Fields
from cogen.read.shared_keys import is_language
from cogen.read.yaml_nodes import Mapping, Node, Scalar, Sequence

_REGION, _SCRIPT = 2, 4
"""Letters of such a part."""
MOST_LANGUAGES = 50
"""Each is a site of its own beside the others."""


def parse_menu(fields: Fields) -> tuple[MenuItem, ...]:
    """Read ``menu:``."""
    items: list[MenuItem] = []
    for node in fields.items("menu"):
        inner = fields.inner(node, "menu", "an item of the menu")
        if inner is None:
            continue
        item = MenuItem(inner.text("label"), inner.link("url"))
        for key in ("label", "url"):
            if inner.entry(key) is None:
                inner.missing(key)
        inner.finish()
        if item.label and item.url:
            items.append(item)
    return tuple(items)


def parse_theme_options(fields: Fields) -> tuple[tuple[str, Value], ...]:
    """Read ``theme_options:``; the theme says later what they may be."""
    return tuple((key.text, value_of(node)) for key, node in fields.pairs("theme_options"))


def parse_languages(fields: Fields, main: str, sections: tuple[Section, ...]) -> tuple[Language, ...]:
    """Read ``languages:``, tags with what is different in each, or tags alone.  Gives ``bad-value``."""
    languages: dict[str, Language] = {}
    for key, node in fields.at_most(MOST_LANGUAGES, "languages", _pairs(fields)):
        tag = _canonical(clean_text(key.text))
        if not is_language(tag):
            message = f'"{shorten(tag)}" is no language tag'
            fields.notes.add("bad-value", message, key, "write a tag such as es or pt-BR")
        elif tag.lower() == main.lower():
            message = f"{tag} is the site's main language already"
            fields.notes.add("bad-value", message, key, "name the further languages here")
        elif tag.lower() in languages:
            fields.notes.add("bad-value", f"the language {tag} is here twice", key, "take one of them out")
        else:
            languages[tag.lower()] = _language(fields, tag, node, sections)
    return tuple(languages.values())


def _canonical(tag: str) -> str:
    """Write a tag as BCP 47 recommends (2.1.1): ``pt-BR``, ``zh-Hant``."""
    first, *others = tag.replace("_", "-").split("-")
    cased = (
        each.upper() if len(each) == _REGION else each.title() if len(each) == _SCRIPT else each.lower()
        for each in others
    )
    return "-".join((first.lower(), *cased))


def _pairs(fields: Fields) -> tuple[tuple[Scalar, Node | None], ...]:
    node = fields.node("languages")
    if isinstance(node, Mapping):
        return fields.pairs("languages")
    nodes: tuple[Node, ...] = node.items if isinstance(node, Sequence) else (node,) if node else ()
    for each in nodes:
        if not isinstance(each, Scalar):
            fields.notes.add("bad-value", '"languages" takes tags of languages', each, "write [es, pt-BR]")
    return tuple((each, None) for each in nodes if isinstance(each, Scalar))


def _language(fields: Fields, tag: str, node: Node | None, sections: tuple[Section, ...]) -> Language:
    if node is None or (isinstance(node, Scalar) and node.is_null):
        return Language(tag)
    inner = fields.inner(node, tag, "a language")
    if inner is None:
        return Language(tag)
    language = Language(
        tag=tag,
        name=inner.text("name"),
        title=inner.text("title"),
        description=inner.text("description"),
        menu=parse_menu(inner),
        theme_options=parse_theme_options(inner),
        section_titles=_section_titles(inner, sections),
    )
    inner.finish()
    return language


def _section_titles(fields: Fields, sections: tuple[Section, ...]) -> tuple[tuple[str, str], ...]:
    names = [section.name for section in sections]
    titles: list[tuple[str, str]] = []
    for key, node in fields.pairs("sections"):
        name = key.text.strip()
        if name not in names:
            hint = fields.notes.near("bad-value", name, names) or f"there are: {a_few(names)}"
            fields.notes.add("bad-value", f'"{shorten(name)}" is no section of the site', key, hint)
        elif isinstance(node, Scalar):
            titles.append((name, clean_text(node.text)))
        else:
            fields.notes.add("bad-value", f'"{name}" takes a title', node, f"write {name}: followed by it")
    return tuple(titles)
