"""theme.yaml and the theme's words, along the chain of ``extends``. Layer: read.

In: the layers as they lie on disk, the site's nearest theme first, and the options of site.yaml.  Out: one ``Theme``.
Options, words, and what templates, fragments and components may see are merged by name; the nearest theme wins.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import get_args

import msgspec

from cogen.model.colours import LEAST_CONTRAST, contrast, is_colour, readable
from cogen.model.diagnostics import Clue, Diagnostic, Location, finding
from cogen.model.suggest import a_few, did_you_mean
from cogen.model.theme import (
    Attribute,
    AttributeType,
    Component,
    OptionType,
    Query,
    Theme,
    ThemeFile,
    ThemeLayer,
    ThemeOption,
)
from cogen.model.values import Record, Value
from cogen.read import yaml_nodes
from cogen.read.free_values import record_of
from cogen.read.scalars import clean_text, truth_of
from cogen.read.schema import Fields, Notes, fields_of
from cogen.read.text import decode_text
from cogen.read.theme_queries import is_usable_name, pairs_of, parse_queries
from cogen.read.yaml import parse_yaml
from cogen.read.yaml_nodes import Scalar

_OPTION_TYPES: tuple[OptionType, ...] = get_args(OptionType)
_ATTRIBUTE_TYPES: tuple[AttributeType, ...] = get_args(AttributeType)
_OUTSIDE = re.compile(r"(?i:https?://[^\s/\\]|mailto:[^\s\\])[^\s\\]*")
_INSIDE = re.compile(r"/?(?:[^\s/\\?#:][^\s\\?#:]*)?(?:[?#][^\s\\]*)?")
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_WANTED: Mapping[OptionType, str] = {
    "str": "a text",
    "int": "a whole number",
    "bool": "true or false",
    "colour": 'a colour in quotes, such as "#00594c"',
    "link": "an address of this site, such as /about/, or one with https:// or mailto:",
    "picture": "the address of a picture of this site, such as /images/logo.svg",
    "font": "the address of a font file of this site, such as /fonts/text.woff2",
}
_WITHOUT_QUERIES = ("fragments/card.html", "fragments/masthead.html", "templates/redirect.html")
"""They are rendered once for many pages, or have nothing around them."""
_FALLBACKS: Mapping[OptionType, Value] = {
    "str": "", "int": 0, "bool": False, "colour": "#000000", "link": "", "picture": "", "font": "",
}  # fmt: skip


class _Layer(msgspec.Struct, frozen=True):
    """What one theme.yaml says."""

    options: tuple["_Option", ...] = ()
    templates: tuple[tuple[str, tuple[Query, ...]], ...] = ()
    fragments: tuple[tuple[str, tuple[Query, ...]], ...] = ()
    components: tuple[Component, ...] = ()
    picture_sizes: str = ""


class _Option(msgspec.Struct, frozen=True):
    """An option as one theme.yaml writes it; an override may leave out what stays."""

    name: str
    type: OptionType | None
    default: Scalar | None
    at: Location | Clue
    """Of its default, else of its name."""
    label: str
    contrast: tuple[str, ...] | None
    """None where it stays as it was."""


def theme_extends(content: bytes) -> str:
    """Give the theme that a theme.yaml extends, or nothing; what is wrong with it is said by ``parse_theme``."""
    text, _ = decode_text("theme.yaml", content)
    node, _ = parse_yaml(text or "", "theme.yaml")
    pairs = node.pairs if isinstance(node, yaml_nodes.Mapping) else ()
    return next(
        (v.text.strip() for k, v in pairs if k.text == "extends" and isinstance(v, Scalar) and not v.is_null),
        "",
    )


def parse_theme(
    layers: tuple[ThemeLayer, ...],
    options: tuple[tuple[str, Value], ...],
    language: str,
    option_key: Callable[[str], str] = "theme_options/{}".format,
) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Merge a chain of themes, nearest first, with the site's ``theme_options`` and in its language.

    ``option_key`` gives the place in site.yaml where an option is set.

    Gives what reading YAML gives, ``unknown-key``, ``bad-value``, ``low-contrast``, ``missing-key`` and
    ``unknown-template``.
    """
    notes = _Findings()
    names = frozenset(file.name for layer in layers for file in layer.files)
    read = [_parse_layer(layer, names, notes) for layer in reversed(layers)]
    words, words_language = _words(layers, language, notes)
    theme = Theme(
        name=layers[0].name if layers else "",
        layers=layers,
        options=_options(read, options, option_key, notes),
        templates=tuple(dict(pair for layer in read for pair in layer.templates).items()),
        fragments=tuple(dict(pair for layer in read for pair in layer.fragments).items()),
        components=tuple({each.name: each for layer in read for each in layer.components}.values()),
        picture_sizes=next((each.picture_sizes for each in reversed(read) if each.picture_sizes), "100vw"),
        words=tuple(words.items()),
        words_language=words_language,
        lacks_words=_base(words_language) != _base(language),
    )
    _check_undeclared(theme, notes)
    return theme, tuple(notes.findings)


class _Findings:
    """All that is found in a chain, and the texts of its YAML files."""

    def __init__(self) -> None:
        self.findings: list[Diagnostic] = []

    def mapping(self, file: ThemeFile) -> tuple[yaml_nodes.Mapping | None, Notes]:
        """Read a YAML file that holds keys with values."""
        text, unreadable = decode_text(file.path, file.content)
        node, wrong = parse_yaml(text or "", file.path)
        self.findings += (*unreadable, *wrong)
        notes = Notes(file.path, text or "")
        notes.findings = self.findings
        if isinstance(node, yaml_nodes.Mapping) or node is None:
            return node, notes
        notes.add("bad-value", f"{file.name} takes keys with values", node)
        return None, notes


def _parse_layer(layer: ThemeLayer, names: frozenset[str], findings: _Findings) -> _Layer:
    file = next((file for file in layer.files if file.name == "theme.yaml"), None)
    if file is None:
        return _Layer()
    mapping, notes = findings.mapping(file)
    if mapping is None:
        return _Layer()
    fields = fields_of(mapping, notes, "a theme")
    fields.ignore(("name", "extends"))
    read = _Layer(
        options=tuple(_parse_options(fields)),
        templates=tuple(_parse_sights(fields, "templates", "templates/{}", names)),
        fragments=tuple(_parse_sights(fields, "fragments", "fragments/{}.html", names)),
        components=tuple(_parse_components(fields, names)),
        picture_sizes=fields.text("picture_sizes"),
    )
    fields.finish()
    return read


# ---- options ----------------------------------------------------------------------------------------------


def _parse_options(fields: Fields) -> Iterator[_Option]:
    for key, node in fields.pairs("options"):
        inner = fields.inner(node, key.text, "an option")
        if inner is None or not is_usable_name(key, fields.notes):
            continue
        kind = next((each for each in _OPTION_TYPES if each == inner.choice("type", _OPTION_TYPES)), None)
        default, label = inner.scalar("default"), inner.text("label")
        at = fields.notes.place(key if default is None else default)
        option = _Option(key.text, kind, default, at, label, _grounds(inner))
        inner.finish()
        if kind is not None and default is not None and _converted(kind, default.text) is None:
            message = f'the default of "{key.text}" must be {_WANTED[kind]}'
            fields.notes.add("bad-value", message, default)
            option = msgspec.structs.replace(option, default=None)
        yield option


def _grounds(fields: Fields) -> tuple[str, ...] | None:
    node = fields.node("contrast")
    if node is None:
        return None
    grounds = fields.texts("contrast")
    if wrong := [ground for ground in grounds if not is_colour(ground)]:
        message = f'"{wrong[0]}" is not {_WANTED["colour"]}'
        fields.notes.add("bad-value", message, node)
    return tuple(ground for ground in grounds if is_colour(ground))


def _options(
    layers: Iterable[_Layer],
    chosen: tuple[tuple[str, Value], ...],
    option_key: Callable[[str], str],
    notes: _Findings,
) -> tuple[ThemeOption, ...]:
    merged: dict[str, ThemeOption] = {}
    places: dict[str, Location | Clue] = {}
    for layer in layers:
        for option in layer.options:
            merged[option.name] = _merged_option(merged.get(option.name), option)
            places[option.name] = option.at
    for name, value in chosen:
        clue = Clue("site.yaml", option_key(name))
        if name not in merged:
            message = f'the theme has no option "{name}"'
            hint = did_you_mean(name, merged) or f"it has {a_few(merged)}"
            notes.findings.append(finding("unknown-key", message, clue, hint))
        elif (converted := _converted(merged[name].type, value)) is None:
            said = (
                f'and "{value}" is not'
                if isinstance(value, str | int)
                else "and there is a list or a mapping"
            )
            said = "and nothing is there" if value is None else said
            message = f'the option "{name}" is {_WANTED[merged[name].type]}, {said}'
            notes.findings.append(finding("bad-value", message, clue))
        else:
            merged[name] = msgspec.structs.replace(merged[name], value=converted)
            places[name] = clue
    notes.findings += filter(None, (_faint(each, places[each.name]) for each in merged.values()))
    return tuple(merged.values())


def _faint(option: ThemeOption, at: Location | Clue) -> Diagnostic | None:
    """Say of a colour what it cannot be read on."""
    colour = option.value
    if option.type != "colour" or not isinstance(colour, str):
        return None
    worst = min(option.contrast, key=lambda ground: contrast(colour, ground), default=None)
    if worst is None or (found := contrast(colour, worst)) >= LEAST_CONTRAST:
        return None
    message = (
        f"{colour} is hard to read with {worst}: their contrast is {_floored(found)} to 1, "
        f"and {LEAST_CONTRAST:g} to 1 is the least (option {option.name!r})"
    )
    better = readable(colour, option.contrast)
    return finding(
        "low-contrast", message, at, f'the nearest that can be read is "{better}"' if better else ""
    )


def _floored(ratio: float) -> str:
    """Print a ratio to one place, never as more than it is."""
    return f"{int(ratio * 10) / 10:.1f}"


def _merged_option(inherited: ThemeOption | None, option: _Option) -> ThemeOption:
    """Lay one theme's option over the one it inherits."""
    kind = option.type or (inherited.type if inherited else "str")
    value = None if option.default is None else _converted(kind, option.default.text)
    if value is None:
        value = inherited.value if inherited and inherited.type == kind else _FALLBACKS[kind]
    label = option.label or (inherited.label if inherited else "")
    grounds = option.contrast if option.contrast is not None else inherited.contrast if inherited else ()
    return ThemeOption(option.name, kind, value, label, grounds)


def _converted(kind: OptionType, value: Value) -> Value:  # noqa: PLR0911 one arm for each type
    """Convert a value to an option's type; None where it cannot be."""
    if value is None or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    match kind:
        case "str":
            return text.lower() if isinstance(value, bool) else text
        case "int":
            return int(text) if _INTEGER.fullmatch(text) else None
        case "bool":
            return truth_of(text)
        case "colour":
            return text if is_colour(text) else None
        case "link":
            return _link(text)
        case "picture" | "font":
            return None if _OUTSIDE.fullmatch(text) else _link(text)


def _link(text: str) -> str | None:
    """Give a link from the top of the site, one that leaves it, or nothing; None for what is none of them."""
    if not text.isprintable():
        return None
    if not text or _OUTSIDE.fullmatch(text):
        return text
    return "/" + text.removeprefix("/") if _INSIDE.fullmatch(text) else None


# ---- what templates, fragments and components see -----------------------------------------------------------


def _parse_sights(
    fields: Fields, key: str, pattern: str, names: frozenset[str]
) -> Iterator[tuple[str, tuple[Query, ...]]]:
    for name, node in fields.pairs(key):
        if (file_name := pattern.format(name.text)) not in names:
            known = [each.removeprefix(f"{key}/") for each in sorted(names) if each.startswith(f"{key}/")]
            message = f'the theme has no file "{file_name}"'
            near = fields.notes.near("unknown-template", name.text, known)
            fields.notes.add("unknown-template", message, name, near)
        queries = tuple(parse_queries(pairs_of(node, fields.notes), fields.notes, None))
        if queries and file_name in _WITHOUT_QUERIES:
            message = f'"{file_name}" sees no answers of queries'
            fields.notes.add(
                "bad-value", message, name, "ask in the template of a page, or in another fragment"
            )
        yield name.text, queries


def _parse_components(fields: Fields, names: frozenset[str]) -> Iterator[Component]:
    for key, node in fields.pairs("components"):
        is_there = f"components/{key.text}.html" in names
        if not is_there:
            message = f'the component "{key.text}" has no file components/{key.text}.html'
            fields.notes.add("unknown-template", message, key)
        component = None
        if isinstance(node, Scalar) and node.is_null:
            component = Component(key.text)
        elif (inner := fields.inner(node, key.text, "a component")) is not None:
            attributes = tuple(_parse_attributes(inner))
            given = frozenset(attribute.name for attribute in attributes)
            data = tuple(parse_queries(inner.pairs("data"), fields.notes, given))
            component = Component(key.text, attributes, bool(inner.flag("container")), data)
            inner.finish()
        if component and is_there:
            yield component


def _parse_attributes(fields: Fields) -> Iterator[Attribute]:
    for key, node in fields.pairs("attributes"):
        if isinstance(node, Scalar):
            shorthand = yaml_nodes.Mapping(
                ((Scalar("type", key.line, key.column), node),), node.line, node.column
            )
            long_form = fields_of(shorthand, fields.notes, "an attribute")
        elif (inner := fields.inner(node, key.text, "an attribute")) is not None:
            long_form = inner
        else:
            continue
        word = long_form.choice("type", _ATTRIBUTE_TYPES)
        kind = next((each for each in _ATTRIBUTE_TYPES if each == word), None)
        yield Attribute(key.text, kind or "str", bool(long_form.flag("required")))
        long_form.finish()


def _check_undeclared(theme: Theme, notes: _Findings) -> None:
    for name in sorted({file.name for layer in theme.layers for file in layer.files}):
        component = name.removeprefix("components/").removesuffix(".html")
        if name != f"components/{component}.html" or component.startswith("_") or theme.component(component):
            continue
        if (file := theme.find(name)) is not None:
            message = f'theme.yaml has no component "{component}"'
            hint = f"add it under components: {component}: {{}}"
            notes.findings.append(finding("missing-key", message, Location(file.path), hint))


# ---- words --------------------------------------------------------------------------------------------------


def _words(layers: tuple[ThemeLayer, ...], language: str, notes: _Findings) -> tuple[dict[str, Value], str]:
    """Merge ``i18n/en.yaml``, ``i18n/LANG.yaml`` and ``i18n/LANG-REGION.yaml`` of the chain, the weakest first.

    Gives the words and the language they are in.  Where no theme speaks it, dates at least are written in it.
    """
    wanted = _language_key(language)
    merged = _words_of("en", layers, notes)
    own = [
        _words_of(name, layers, notes)
        for name in dict.fromkeys((wanted.partition("-")[0], wanted))
        if name != "en"
    ]
    if wanted.partition("-")[0] != "en" and not any(own):
        from cogen.read.languages import calendar_words  # noqa: PLC0415 imports Babel, for such a site only

        return merged | calendar_words(language), "en"
    for words in own:
        merged |= words
    return merged, language


def _words_of(name: str, layers: tuple[ThemeLayer, ...], notes: _Findings) -> dict[str, Value]:
    merged: dict[str, Value] = {}
    for layer in reversed(layers):
        for file in layer.files:
            if _language_key(file.name) == f"i18n/{name}.yaml":
                mapping, _ = notes.mapping(file)
                record = Record() if mapping is None else record_of(mapping)
                merged.update((key, value) for key, value in record.pairs_ if value is not None)
    return merged


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def _language_key(text: str) -> str:
    return clean_text(text).lower().replace("_", "-")
