"""Every template of the default theme, given views whose every text is hostile."""

import datetime as dt
import types
import typing
from collections.abc import Iterator

import html5lib
import msgspec
import pytest
from render.samples import HOSTILE, MAY, Promises, commons

from cogen.assemble import views
from cogen.assemble.views import BodyRef, DataItem, Frame, PageView, RedirectPage
from cogen.model.html import Html
from cogen.model.moments import Moment
from cogen.model.values import Items, Record
from cogen.render.assets import plan_assets
from cogen.render.context import fragment_context, make_page, render_component
from cogen.render.templates import Templates

THEME = commons()
ASSETS = plan_assets(THEME, "/blog")
TEMPLATES = Templates(THEME, ASSETS.urls)
PLAIN = {"status": "delivering", "kind": "post", "format": "rss", "language": "en", "key": "name"}
"""Fields whose values are ours and name a word of the theme."""
LISTS = ("front.html", "home.html", "section.html")


def sample(kind: object, name: str = "", *, is_full: bool = True) -> object:  # noqa: PLR0911 one return a kind
    """Make a value of a view's field: each text hostile, each list of two, each ``None`` filled in or left out."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if types.NoneType in arguments and not is_full:
            return None
        return sample(arguments[0], name, is_full=is_full)
    if origin is tuple and arguments[-1] is Ellipsis:
        return (sample(arguments[0], name, is_full=is_full),) * 2 if is_full else ()
    if origin is tuple:
        return tuple(sample(each, name, is_full=is_full) for each in arguments)
    if kind in SIMPLE:
        return SIMPLE[kind]
    if kind is str:
        return PLAIN.get(name, HOSTILE)
    assert isinstance(kind, type), kind
    fields = typing.get_type_hints(kind)
    made = {each: sample(type_, each, is_full=is_full) for each, type_ in fields.items()}
    return kind(**(made | {"status": "tentative"} if kind is views.EventCard else made))


SIMPLE: dict[object, object] = {
    int: 3,
    bool: True,
    dt.date: dt.date(2012, 5, 25),
    Moment: MAY,
    Html: Html("<p>safe</p>"),
    Record: Record((("key", Items((HOSTILE,))),)),
    BodyRef: BodyRef("body"),
}


def pages() -> Iterator[tuple[str, type[msgspec.Struct]]]:
    for view_type in (*typing.get_args(PageView), RedirectPage):
        tag = str(view_type.__struct_config__.tag)
        yield from ((name, view_type) for name in (LISTS if tag == "list" else (tag,)))


def page_view(view_type: type[msgspec.Struct], *, is_full: bool) -> object:
    fields = typing.get_type_hints(view_type)
    values = {name: sample(kind, name, is_full=is_full) for name, kind in fields.items() if kind is not Frame}
    if "frame" in fields:
        site = sample(views.SiteView, is_full=is_full)
        head = sample(views.HeadView, is_full=is_full)
        promised = (("masthead", views.Fragment("masthead")), ("footer", views.Fragment("footer")))
        values["frame"] = Frame(site, head, promised)
    if "month" in fields:
        values["month"] = views.MonthView(5, 3, "/blog/2012/05/")
    return view_type(**values)


def check(markup: str) -> None:
    """Texts are escaped once, HTML not at all."""
    assert "a & b" not in markup
    assert "b < c" not in markup

    assert "&amp;amp;" not in markup
    assert "&lt;p&gt;safe" not in markup
    assert "&lt;i&gt;" not in markup


@pytest.mark.parametrize(("name", "view_type"), list(pages()), ids=str)
@pytest.mark.parametrize("is_full", [True, False], ids=["full", "bare"])
def test_every_page_bears_hostile_texts_and_what_is_left_out(
    name: str, view_type: type[msgspec.Struct], is_full: bool
) -> None:
    view = page_view(view_type, is_full=is_full)
    if asked := dict(THEME.templates).get(name):
        data = tuple(DataItem(each.name, sample(ANSWERS[each.query], is_full=is_full)) for each in asked)
        view = msgspec.structs.replace(view, frame=msgspec.structs.replace(view.frame, data=data))
    made = make_page(TEMPLATES, name, view, Promises()).decode()
    check(made)
    html5lib.HTMLParser(strict=True).parse(made)


@pytest.mark.parametrize(
    ("name", "view_type"),
    [("card", views.CardView), ("masthead", views.MastheadView), ("footer", views.SiteFragmentView)],
)
@pytest.mark.parametrize("is_full", [True, False], ids=["full", "bare"])
def test_every_fragment_bears_hostile_texts_and_what_is_left_out(
    name: str, view_type: type[msgspec.Struct], is_full: bool
) -> None:
    fields = typing.get_type_hints(view_type)
    values = {each: sample(kind, each, is_full=is_full) for each, kind in fields.items() if each != "data"}
    check(TEMPLATES.render(f"fragments/{name}.html", fragment_context(view_type(**values))))


ANSWERS: dict[str, object] = {
    "posts": tuple[views.PostCard, ...],
    "projects": views.ProgrammeCard,
    "programmes": tuple[views.ProgrammeState, ...],
    "events": tuple[views.EventCard, ...],
    "tags": tuple[views.TagView, ...],
    "people": tuple[views.PersonView, ...],
    "headings": tuple[views.Heading, ...],
}


@pytest.mark.parametrize("component", THEME.components, ids=lambda component: component.name)
@pytest.mark.parametrize("is_full", [True, False], ids=["full", "bare"])
def test_every_component_bears_hostile_texts_and_what_is_left_out(component: object, is_full: bool) -> None:
    assert isinstance(component, type(THEME.components[0]))
    kinds = {"str": HOSTILE, "link": HOSTILE, "int": 3, "bool": True, "picture": sample(views.PictureView)}
    attributes = [
        views.AttributeItem(each.name, kinds[each.type] if is_full or each.is_required else None)
        for each in component.attributes
    ]
    attributes += [views.AttributeItem(name, HOSTILE if is_full else None) for name in ("class", "id")]
    data = tuple(DataItem(each.name, sample(ANSWERS[each.query], is_full=is_full)) for each in component.data)
    label = Html("<em>Label</em>" if is_full else "")
    site = sample(views.SiteView)
    view = views.ComponentView(site, component.name, label, tuple(attributes), data)
    before, after = render_component(TEMPLATES, view)
    check(before + after)


def test_the_stylesheets_placeholders_are_all_known() -> None:
    assert ASSETS.findings == ()
