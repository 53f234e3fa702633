"""The documentation of directives and themes names all that a theme may use, and nothing else."""

import datetime as dt
import re
import types
import typing

import jinja2.defaults
import msgspec
import pytest
from documentation import (
    REPOSITORY,
    accepted,
    candidates,
    code,
    commons,
    constants,
    indented,
    keys_of,
    prose,
    spans_below,
    table_of,
    tables,
    whole_files,
    word,
)

from cogen.assemble import views
from cogen.model.diagnostics import Diagnostic
from cogen.model.html import Html
from cogen.model.theme import QUERY_ARGUMENTS, Theme, ThemeFile, ThemeLayer
from cogen.model.values import Items, Record
from cogen.read.theme import parse_theme
from cogen.render.filters import DATE_STYLES, JINJA_FILTERS, make_filters
from cogen.render.names import Names
from cogen.render.templates import Templates

# ---- directives ---------------------------------------------------------------------------------------------

ATTRIBUTE_TYPES = {
    "str": "text",
    "int": "number",
    "bool": "true or false",
    "picture": "picture",
    "link": "link",
}


def test_every_built_in_directive_is_described_with_its_attributes() -> None:
    described = {word(row[0]): row[1] for row in table_of("writing", "Directive", "Is").rows}
    attributes = [
        (word(row[0]), word(row[1]), row[2], row[3])
        for row in table_of("writing", "Directive", "Attribute").rows
    ]
    marks = {each.name: ":::" if each.is_container else "::" for each in commons().components}
    assert described == {
        f"{mark}{name}": "a box" if mark == ":::" else "a line" for name, mark in marks.items()
    }
    assert attributes == [
        (
            f"{marks[each.name]}{each.name}",
            attribute.name,
            ATTRIBUTE_TYPES[attribute.type],
            "yes" if attribute.is_required else "no",
        )
        for each in commons().components
        for attribute in each.attributes
    ]


def test_every_built_in_directive_is_shown_with_every_attribute() -> None:
    shown = "\n".join(whole_files("writing").values())
    for component in commons().components:
        lines = re.findall(rf"^::+{component.name}\b.*$", shown, re.MULTILINE)
        assert lines, component.name
        for attribute in component.attributes:
            is_label = (component.name, attribute.name) == ("figure", "caption")
            assert is_label or any(f"{attribute.name}=" in line for line in lines), attribute.name


# ---- themes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Key", "{keys}"),
        ("Key of an option", "options:\n  a:{keys}"),
        ("Key of a component", "components:\n  a:{keys}"),
        ("Key of an attribute", "components:\n  a:\n    attributes:\n      b:{keys}"),
    ],
)
def test_every_key_of_theme_yaml_is_described(header: str, text: str) -> None:
    described = set(keys_of("themes", header))
    depth = "" if header == "Key" else "        "

    def read_keys(keys: str) -> tuple[Diagnostic, ...]:
        content = text.format(keys=indented(keys, depth)).encode()
        layer = ThemeLayer("own", (ThemeFile("theme.yaml", "theme.yaml", content, ""),))
        return parse_theme((layer,), (), "en")[1]

    assert accepted(read_keys, candidates(described)) == described


def test_every_query_is_described_with_its_arguments() -> None:
    assert [word(row[0]) for row in table_of("themes", "Query", "Gives").rows] == list(QUERY_ARGUMENTS)
    rows = table_of("themes", "Query", "Argument").rows
    assert [(word(row[0]), word(row[1])) for row in rows] == [
        (query, argument) for query, arguments in QUERY_ARGUMENTS.items() for argument in arguments
    ]


def test_every_filter_is_described() -> None:
    own = [word(row[0]) for row in table_of("themes", "Filter").rows]
    known = make_filters(Names("", ()))
    assert spans_below("themes", "Of Jinja's own there are:") == list(JINJA_FILTERS)
    assert {*own, *JINJA_FILTERS} == set(known)
    assert not set(own) & set(JINJA_FILTERS)


def test_every_style_of_a_date_is_described() -> None:
    [row] = [row for row in table_of("themes", "Filter").rows if row[0] == "`date`"]
    assert set(code(row[2].partition("Styles:")[2])) - {"<time datetime>"} == {*DATE_STYLES, "iso"}


def test_every_global_is_described() -> None:
    described = {word(row[0]) for row in table_of("themes", "Global").rows}
    tried = sorted({*jinja2.defaults.DEFAULT_NAMESPACE, *described})
    source = "".join(f"{{% if {name} is defined %}}{name} {{% endif %}}" for name in tried).encode()
    file = ThemeFile("templates/a.html", "a.html", source, "")
    known = Templates(Theme("own", (ThemeLayer("own", (file,)),)), ()).render("a.html", {})
    assert described == set(known.split())


def page_views() -> dict[str, type[msgspec.Struct]]:
    """Give the view of each template."""
    kinds = (*typing.get_args(views.PageView), views.RedirectPage)
    named = {str(kind.__struct_config__.tag): kind for kind in kinds}
    lists = named.pop("list")
    return {**named, "front.html": lists, "home.html": lists, "section.html": lists}


def fields_of(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Give the names that a template may read of a value, each with its type in words."""
    hints = typing.get_type_hints(kind)
    found = {field.name: in_words(hints[field.name]) for field in msgspec.structs.fields(kind)}
    for name, value in vars(kind).items():
        if isinstance(value, property) and value.fget is not None:
            found[name] = in_words(typing.get_type_hints(value.fget)["return"])
    return found


PLAIN = {str: "text", int: "number", bool: "true or false", dt.date: "day", type(None): "nothing"}


def in_words(hint: object) -> str:
    """Say a type as the documentation does."""
    if hint in PLAIN:
        return PLAIN[hint]  # type: ignore[index]
    if hint in {views.BodyRef, views.Fragment}:
        return "`Html`"
    if typing.get_origin(hint) is tuple:
        return f"list of {in_words(typing.get_args(hint)[0])}"
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return " or ".join(map(in_words, typing.get_args(hint)))
    return f"`{getattr(hint, '__name__', hint)}`"


SPREAD = ("frame", "data")


def described_fields(heading: str) -> dict[str, str]:
    """Give the fields of the tables under a heading."""
    found = [table for table in tables("themes") if table.heading == heading and table.header[0] == "Field"]
    assert all(row[2] for table in found for row in table.rows)
    return {word(row[0]): row[1] for table in found for row in table.rows}


@pytest.mark.parametrize("template", sorted(page_views()))
def test_every_field_of_a_page_is_described(template: str) -> None:
    known = fields_of(page_views()[template])
    assert described_fields(template) == {name: kind for name, kind in known.items() if name not in SPREAD}


def test_the_templates_described_are_those_that_make_pages() -> None:
    makers = constants("cogen/assemble", r"(?:templates/)?[a-z0-9]+\.html", "plan*.py")
    made = {name.removeprefix("templates/") for name in makers}
    headings = {heading for heading, _ in _headings("themes") if heading.endswith(".html")}
    fragments = {"card.html", "masthead.html"}
    assert made == set(page_views()) == headings - fragments
    shared = {"base.html", "macros.html"}
    assert (
        made
        == {path.name for path in (REPOSITORY / "cogen/themes/commons/templates").glob("*.html")} - shared
    )


def _headings(page: str) -> list[tuple[str, int]]:
    return [(heading, len(marks)) for marks, heading in re.findall(r"^(#+) (.+)$", prose(page), re.MULTILINE)]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Pages", views.Frame),
        ("card.html", views.CardView),
        ("masthead.html", views.MastheadView),
        ("Any other fragment", views.SiteFragmentView),
        ("Any component", views.ComponentView),
    ],
)
def test_every_field_of_a_part_is_described(heading: str, kind: type[msgspec.Struct]) -> None:
    described = described_fields(heading)
    known = {name: shown for name, shown in fields_of(kind).items() if name not in SPREAD}
    assert described.keys() == known.keys()
    by_name = {"fragments", "attributes"}
    assert {n: t for n, t in described.items() if n not in by_name} == {
        n: t for n, t in known.items() if n not in by_name
    }


def reachable() -> dict[str, type[msgspec.Struct]]:
    """Give every type of value that a template may meet."""
    promises = {views.Fragment, views.BodyRef, views.Frame, views.DataItem, views.AttributeItem}
    plain = {Html, Record, Items}
    roots = (
        *page_views().values(),
        *typing.get_args(views.FragmentView),
        views.Frame,
        *typing.get_args(views.Cards),
    )
    found: dict[str, type[msgspec.Struct]] = {}
    waiting: list[object] = list(roots)
    while waiting:
        hint = waiting.pop()
        waiting += typing.get_args(hint)
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint.__name__ not in found:
            found[hint.__name__] = hint
            waiting += (
                () if hint in plain | promises - {views.Frame} else typing.get_type_hints(hint).values()
            )
    parts = {each.__name__ for each in (*page_views().values(), *typing.get_args(views.FragmentView))}
    known = {each.__name__ for each in promises | plain}
    return {name: kind for name, kind in found.items() if name not in parts | known}


@pytest.mark.parametrize("name", sorted(reachable()))
def test_every_field_of_a_value_is_described(name: str) -> None:
    assert described_fields(name) == fields_of(reachable()[name])


def test_no_value_is_described_that_no_template_meets() -> None:
    values = prose("themes").partition("\n## Values\n")[2]
    assert set(re.findall(r"^### (\w+)$", values, re.MULTILINE)) == set(reachable())


def test_every_word_that_cogen_itself_uses_is_described() -> None:
    described = [word(row[0]) for row in table_of("themes", "Word").rows]
    titles = constants("cogen/assemble", "title_[a-z_]+|feed_title")
    dates = {"months", "months_short", "weekdays", "time", *(f"date_{style}" for style in DATE_STYLES)}
    menu = {"home", *constants("cogen/assemble", "[a-z]+", "landmarks.py")} - {"none"}
    assert set(described) == titles | dates | menu
    assert len(described) == len(set(described))


def test_the_places_of_a_word_are_described() -> None:
    words = dict(commons().words)
    for row in table_of("themes", "Word").rows:
        used = set(re.findall(r"\{\w+\}", str(words[word(row[0])])))
        assert row[1] == "the same" or used <= set(code(row[1])), row
