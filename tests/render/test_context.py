import pytest
from render.samples import MAY, SITE, Promises, frame, one_theme, post

from cogen.assemble.views import (
    AttributeItem,
    BodyRef,
    CardView,
    Closing,
    ComponentView,
    DataItem,
    Fragment,
    Frame,
    ListPage,
    MastheadView,
    MenuView,
    NotFoundPage,
    Opening,
    PagerView,
    PostPage,
    RedirectPage,
    SiteFragmentView,
)
from cogen.model.diagnostics import ContentError
from cogen.model.html import Html
from cogen.render.context import (
    fill_body,
    fragment_context,
    make_fragment,
    make_page,
    page_context,
    render_component,
)
from cogen.render.templates import Templates


def test_a_page_sees_its_fields_its_frame_and_what_was_promised() -> None:
    context = page_context(PostPage(frame(), post(), BodyRef("d1"), word_count=7), Promises(d1="<p>Body</p>"))
    assert context["body"] == Html("<p>Body</p>")
    assert context["site"] == SITE
    assert context["word_count"] == 7
    assert {"head", "fragments", "post", "headings", "older", "newer"} <= context.keys()
    assert "frame" not in context


def test_a_list_sees_its_cards_as_html() -> None:
    cards = (Fragment("one"), Fragment("two"))
    context = page_context(ListPage(frame(), "All", cards, PagerView(1, 1), 2), Promises())
    assert context["cards"] == (Html("<i>one</i>"), Html("<i>two</i>"))


def test_a_template_prints_a_fragment_by_name_and_hears_of_one_that_is_not_there() -> None:
    made = Templates(one_theme({"templates/404.html": "{{ fragments.masthead }}{{ fragments.sidebr }}"}), ())
    with pytest.raises(ContentError) as caught:
        make_page(made, "404.html", NotFoundPage(frame()), Promises())
    assert caught.value.findings[0].message == 'the theme has no fragment "sidebr"'


def test_what_theme_yaml_asked_for_is_seen_by_name_and_never_hides_the_view() -> None:
    data = (DataItem("recent", (post("Other"),)), DataItem("post", "not the post"))
    framed = Frame(SITE, frame().head, (), data)
    context = page_context(PostPage(framed, post(), BodyRef("d")), Promises())
    assert context["recent"] == (post("Other"),)
    assert context["post"] == post()


def test_a_page_ends_with_a_line_and_is_utf8() -> None:
    made = Templates(one_theme({"templates/404.html": "Où\n"}), ())
    assert make_page(made, "404.html", NotFoundPage(frame()), Promises()) == "Où\n".encode()


def test_a_redirect_page_sees_where_it_leads() -> None:
    made = Templates(
        one_theme({"templates/redirect.html": "{{ site.title }} {{ url }} {{ absolute_url }}"}), ()
    )
    view = RedirectPage(SITE, "/blog/a/", "https://example.org/blog/a/")
    assert make_page(made, "redirect.html", view, Promises()) == (
        b"Made in Lambeth /blog/a/ https://example.org/blog/a/\n"
    )


def test_fragments_see_their_fields_and_data() -> None:
    assert fragment_context(CardView(SITE, post())) == {"site": SITE, "post": post()}
    menu = (MenuView("Projects", "/blog/projects/"),)
    assert fragment_context(MastheadView(SITE, menu)) == {"site": SITE, "menu": menu}
    side = SiteFragmentView(SITE, (DataItem("recent", ()),))
    assert fragment_context(side) == {"site": SITE, "recent": ()}


def test_a_fragment_is_rendered_by_its_name() -> None:
    made = Templates(one_theme({"fragments/card.html": '{{ post.title }} {{ post.date|date("short") }}'}), ())
    assert make_fragment(made, "card", CardView(SITE, post("A & B", updated=MAY))) == Html("A &amp; B 25 May")


# ---- components


def components(**files: str) -> Templates:
    declared = "components:\n  venue: {attributes: {town: str}}\n  note: {container: true}\n"
    sources: dict[str, str | bytes] = {f"components/{name}.html": text for name, text in files.items()}
    return Templates(one_theme({"theme.yaml": declared} | sources), ())


def component(name: str, label: str = "", **attributes: str | None) -> ComponentView:
    items = tuple(AttributeItem(key, value) for key, value in attributes.items())
    return ComponentView(SITE, name, Html(label), items, (DataItem("venues", ("a", "b")),))


def test_a_component_sees_label_attributes_and_data() -> None:
    source = "{{ label }} {{ attributes.town }} {{ attributes.size is none }} {{ venues|join }}"
    made = components(venue=source)
    view = component("venue", "<em>L</em>", town="Brixton & more", size=None)
    assert render_component(made, view) == ("<em>L</em> Brixton &amp; more True ab", "")


def test_an_attribute_that_the_component_does_not_have_is_named() -> None:
    with pytest.raises(ContentError) as caught:
        render_component(components(venue="\n{{ attributes.twon }}"), component("venue", town="x"))
    (found,) = caught.value.findings
    assert found.message == 'the component has no attribute "twon"; did you mean "town"?'
    assert (found.at.path, found.at.line) == ("themes/base/components/venue.html", 2)


def test_a_container_is_split_where_it_prints_its_content() -> None:
    made = components(note="<div>{% if label %}<p>{{ label }}</p>{% endif %}{{ content }}</div>")
    assert render_component(made, component("note", "Mind")) == ("<div><p>Mind</p>", "</div>")


@pytest.mark.parametrize(
    ("source", "said"), [("<div></div>", "never"), ("{{ content }}{{ content }}", "2 times")]
)
def test_a_container_must_print_its_content_once(source: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        render_component(components(note=source), component("note"))
    (found,) = caught.value.findings
    assert found.code == "template-error"
    assert said in found.message
    assert found.at.path == "themes/base/components/note.html"


def test_a_component_that_is_no_container_has_no_content_to_print() -> None:
    with pytest.raises(ContentError):
        render_component(components(venue="{{ content }}"), component("venue"))


# ---- bodies


def test_a_body_is_filled_with_links_and_promises() -> None:
    fills = ("/blog/a/", Fragment("f"), Opening("o"), Closing("c"))
    filled = fill_body(
        ('<a href="', '">x</a>', "<hr>", "in", "."), fills, Promises(f="F", o="<div>", c="</div>")
    )
    assert filled == Html('<a href="/blog/a/">x</a>F<hr><div>in</div>.')


def test_a_body_without_holes_is_itself() -> None:
    assert fill_body(("<p>x</p>",), (), Promises()) == Html("<p>x</p>")


def test_a_body_with_too_few_fills_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="zip"):
        fill_body(("a", "b"), (), Promises())
