from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.samples import commons, layer
from sites import MINIMAL, cogen, write_site

from cogen.model.diagnostics import Clue, Diagnostic, Location
from cogen.model.theme import Attribute, Component, Query, Theme, ThemeLayer, ThemeOption
from cogen.model.values import Record, Value
from cogen.read.theme import parse_theme, theme_extends


def parsed(
    *layers: ThemeLayer, language: str = "en", **options: Value
) -> tuple[Theme, tuple[Diagnostic, ...]]:
    return parse_theme(layers, tuple(options.items()), language)


def own(manifest: str, **files: str) -> ThemeLayer:
    return layer(
        "own",
        {"theme.yaml": manifest} | {name.replace("__", "/") + ".html": text for name, text in files.items()},
    )


def whole(manifest: str, **files: str) -> Theme:
    theme, findings = parsed(own(manifest, **files))
    assert findings == ()
    return theme


def only_finding(manifest: str, *, options: dict[str, Value] | None = None, **files: str) -> Diagnostic:
    _, findings = parsed(own(manifest, **files), **(options or {}))
    assert len(findings) == 1, findings
    return findings[0]


# ---- extends


@pytest.mark.parametrize(
    ("manifest", "name"),
    [
        (b"extends: commons", "commons"),
        (b"\xef\xbb\xbfname: x\r\nextends: 'other'\r\n", "other"),
        (b"name: x", ""),
        (b"extends:", ""),
        (b"extends: [a]", ""),
        (b"- extends", ""),
        (b"", ""),
        (b"a: [", ""),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_theme_says_what_it_extends(manifest: bytes, name: str) -> None:
    assert theme_extends(manifest) == name


@given(st.binary())
def test_no_manifest_makes_the_chain_raise(manifest: bytes) -> None:
    theme_extends(manifest)
    parse_theme((layer("own", {"theme.yaml": manifest, "i18n/en.yaml": manifest}),), (), "en")


def test_commons_is_whole() -> None:
    theme = commons()
    assert theme.component("note") == Component("note", is_container=True)
    assert dict(theme.words)["by"] == "By"


# ---- options

BAD_LINKS = (
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "/\t/elsewhere.org",
    "data:text/html,x",
    "//elsewhere.org/",
    "/\\elsewhere.org/",
    "\\elsewhere.org",
    "http:about",
    "https:///about",
    "mailto:",
    "a page",
    "/a\x01b/",
    "about:blank",
    None,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/about/", "/about/"),
        ("about/", "/about/"),
        ("/about/?x=a:b#who:me", "/about/?x=a:b#who:me"),
        ("/", "/"),
        ("#main", "/#main"),
        ("", ""),
        ("/über-uns/", "/über-uns/"),
        ("https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
    ],
)
def test_a_link_leads_into_the_site_or_to_the_web_or_to_a_mailbox(written: str, read: str) -> None:
    theme, findings = parsed(own("options: {more: {type: link}}"), more=written)
    assert findings == ()
    assert theme.options == (ThemeOption("more", "link", read),)


def test_options_take_the_sites_value_else_the_default() -> None:
    manifest = """
    options:
      accent: {type: colour, default: "#00594c", label: Links}
      wide: {type: bool, default: yes}
      columns: {type: int, default: 2}
      motto: {type: str, default: Here}
    """
    theme, findings = parsed(own(manifest), accent="#ABC", columns=3)
    assert findings == ()
    assert theme.options == (
        ThemeOption("accent", "colour", "#ABC", "Links"),
        ThemeOption("wide", "bool", value=True),
        ThemeOption("columns", "int", 3),
        ThemeOption("motto", "str", "Here"),
    )


def test_an_override_of_an_option_keeps_what_it_leaves_out() -> None:
    base = layer(
        "commons", {"theme.yaml": 'options: {accent: {type: colour, default: "#111", label: Links}}'}
    )
    theme, findings = parsed(own('options: {accent: {default: "#222"}}'), base)
    assert findings == ()
    assert theme.options == (ThemeOption("accent", "colour", "#222", "Links"),)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("colour", "red"),
        ("colour", "#12"),
        ("colour", None),
        ("int", "many"),
        ("bool", "maybe"),
        ("str", Record()),
        ("int", None),
        *(("link", value) for value in BAD_LINKS),
    ],
)
def test_an_option_of_the_wrong_kind_is_found_in_site_yaml(kind: str, value: Value) -> None:
    found = only_finding(f"options: {{x: {{type: {kind}}}}}", options={"x": value})
    assert (found.code, found.at) == ("bad-value", Clue("site.yaml", "theme_options/x"))


def test_an_option_the_theme_does_not_have_is_found_with_the_nearest() -> None:
    found = only_finding("options: {accent: {type: colour}}", options={"acent": "#123"})
    assert (found.code, found.at, found.hint) == (
        "unknown-key",
        Clue("site.yaml", "theme_options/acent"),
        'did you mean "accent"?',
    )


def test_a_default_of_the_wrong_kind_is_found_in_the_theme() -> None:
    found = only_finding("options:\n  a: {type: int, default: x}")
    assert (found.code, found.at.path, found.at.line, found.at.column) == (
        "bad-value",
        "themes/own/theme.yaml",
        2,
        27,
    )


WHITE = 'options: {accent: {type: colour, default: "#00594c", contrast: ["#fff", "#f6f2e9"]}}'


@pytest.mark.parametrize("colour", ["#000", "#00594c", "#207b74"])
def test_a_colour_that_everyone_can_read_is_taken(colour: str) -> None:
    assert parsed(own(WHITE), accent=colour)[1] == ()


def test_a_colour_that_is_hard_to_read_is_found_where_it_was_chosen() -> None:
    found = only_finding(WHITE, options={"accent": "#2aa198"})
    assert (found.code, found.at) == ("low-contrast", Clue("site.yaml", "theme_options/accent"))
    assert found.hint == 'the nearest that can be read is "#207b74"'


@pytest.mark.parametrize("manifest", ['{default: "#777"}', '{contrast: ["#123"]}'])
def test_a_default_that_is_hard_to_read_is_found_in_the_theme_that_made_it_so(manifest: str) -> None:
    _, (found,) = parsed(own(f"options:\n  accent: {manifest}"), layer("commons", {"theme.yaml": WHITE}))
    assert (found.code, found.at.path, found.at.line) == ("low-contrast", "themes/own/theme.yaml", 2)


def test_a_theme_with_other_grounds_says_so() -> None:
    manifest = 'options: {accent: {default: "#7fd4bf", contrast: ["#161513"]}}'
    theme, findings = parsed(own(manifest), layer("commons", {"theme.yaml": WHITE}))
    assert (findings, theme.options[0].contrast) == ((), ("#161513",))


def test_a_ground_that_is_no_colour_is_found() -> None:
    assert only_finding("options: {accent: {type: colour, contrast: [white]}}").code == "bad-value"


# ---- queries


def test_templates_and_fragments_say_what_they_see() -> None:
    theme = whole(
        "templates: {post.html: {recent: {posts: {limit: 5, tag: News}}}}\n"
        "fragments: {sidebar: {topics: {tags: {}}, footer: {tags: }}}",
        templates__post="",
        fragments__sidebar="",
    )
    ((template, (recent,)),) = theme.templates
    assert template == "post.html"
    assert (recent.name, recent.query, recent.arguments) == (
        "recent",
        "posts",
        (("limit", 5), ("tag", "News")),
    )
    assert isinstance(recent.at, Location)
    assert (recent.at.path, recent.at.line, recent.at.column) == ("themes/own/theme.yaml", 1, 25)
    ((fragment, asked),) = theme.fragments
    assert fragment == "sidebar"
    assert [(query.name, query.query) for query in asked] == [("topics", "tags"), ("footer", "tags")]


def test_the_nearest_theme_decides_what_a_template_sees() -> None:
    base = layer("commons", {"theme.yaml": "templates: {p.html: {a: {tags: {}}}, q.html: {b: {tags: {}}}}",
                             "templates/p.html": "", "templates/q.html": ""})  # fmt: skip
    theme, findings = parsed(own("templates: {p.html: {c: {people: {}}}}"), base)
    assert findings == ()
    assert [(name, query.name, query.query) for name, (query,) in theme.templates] == [
        ("p.html", "c", "people"),
        ("q.html", "b", "tags"),
    ]


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        ("{a: {post: {}}}", "bad-value", 'there is no query "post"'),
        ("{a: {posts: {limits: 5}}}", "unknown-key", 'the query "posts" takes no "limits"'),
        ("{a: {posts: {limit: [5]}}}", "bad-value", '"limit" takes one value'),
        ("{a: {posts: {tag: $tag}}}", "bad-value", '"$tag" stands for nothing'),
        ("{a: {posts: {}, tags: {}}}", "bad-value", '"a" takes one query'),
        ("{a: posts}", "bad-value", '"a" takes one query'),
        ("{site: {posts: {}}}", "bad-value", 'the name "site" is taken'),
        ("{a-b: {posts: {}}}", "bad-value", 'the name "a-b" cannot be used'),
        ("[a]", "bad-value", "keys with values"),
    ],
)
def test_a_query_that_cannot_be_asked_is_found(data: str, code: str, message: str) -> None:
    found = only_finding(f"templates:\n  post.html: {data}", templates__post="")
    assert found.code == code
    assert found.message.startswith(message)
    assert found.at.line == 2


def test_what_is_said_of_a_template_that_is_not_there_is_found() -> None:
    found = only_finding("templates: {pots.html: {}}", templates__post="")
    assert (found.code, found.hint) == ("unknown-template", 'did you mean "post.html"?')
    assert only_finding("fragments: {side: {}}").code == "unknown-template"


# ---- components


def test_a_component_has_attributes_in_the_short_and_the_long_form() -> None:
    theme = whole(
        "components: {projects: {attributes: {table: {type: str, required: true}, status: str, map: picture}, "
        "data: {programme: {projects: {programme: $table, status: delivering}}}}, note: {container: true}, toc: }",
        components__projects="",
        components__note="",
        components__toc="",
    )
    arguments = (("programme", "$table"), ("status", "delivering"))
    asked = Query("programme", "projects", arguments, theme.components[0].data[0].at)
    assert theme.components == (
        Component(
            "projects",
            (Attribute("table", "str", is_required=True), Attribute("status"), Attribute("map", "picture")),
            data=(asked,),
        ),
        Component("note", is_container=True),
        Component("toc"),
    )


def test_a_component_without_a_template_is_found() -> None:
    found = only_finding("components: {map: {}}")
    assert (found.code, found.at.line) == ("unknown-template", 1)


def test_a_component_without_a_template_is_none_where_that_is_lowered(tmp_path: Path) -> None:
    lowered = "theme: own\ndiagnostics: {unknown-template: warning}\n-- themes/own/theme.yaml --\n"
    theme = "extends: commons\ncomponents: {ghost: {}}\n"
    page = "-- content/pages/a.md --\n---\ntitle: A\n---\n::ghost\n"
    result = cogen("check", write_site(tmp_path, MINIMAL + "search: true\n" + lowered + theme + page))
    assert result.code == 1
    assert "content/pages/a.md:4:1: error[unknown-directive]" in result.out


def test_a_template_without_a_component_is_found_unless_its_name_starts_with_an_underscore() -> None:
    found = only_finding("name: own", components__map="", components___parts="")
    assert (found.code, found.at) == ("missing-key", Location("themes/own/components/map.html"))


def test_an_attribute_of_an_unknown_type_is_found() -> None:
    found = only_finding("components: {a: {attributes: {b: colour}}}", components__a="")
    assert found.code == "bad-value"


def test_an_attribute_that_is_not_declared_cannot_be_named() -> None:
    found = only_finding(
        "components: {a: {attributes: {b: str}, data: {c: {tags: {order: $d}}}}}", components__a=""
    )
    assert '"$d" stands for nothing' in found.message


# ---- the manifest


def test_an_unknown_key_is_found_with_the_nearest() -> None:
    found = only_finding("fragmants: {}")
    assert (found.code, found.hint) == ("unknown-key", 'did you mean "fragments"?')


def test_all_that_is_wrong_is_found_at_once() -> None:
    _, findings = parsed(own("optionz: {}\noptions: {a: {typ: int}}\ntemplates: []"), b="x")
    assert sorted(each.code for each in findings) == [
        "bad-value",
        "unknown-key",
        "unknown-key",
        "unknown-key",
    ]


def test_a_manifest_that_is_no_mapping_is_found() -> None:
    assert only_finding("- a").code == "bad-value"
    assert only_finding("a: [").code == "yaml-syntax"


def test_a_theme_without_a_manifest_is_only_files() -> None:
    theme, findings = parsed(layer("own", {"templates/a.html": ""}))
    assert (theme.name, findings) == ("own", ())


# ---- words


def words(language: str, *layers: ThemeLayer) -> dict[str, Value]:
    theme, findings = parsed(*layers, language=language)
    assert findings == ()
    return dict(theme.words)


def test_words_of_a_language_lie_over_english_and_a_region_over_its_language() -> None:
    files: dict[str, str | bytes] = {
        "i18n/en.yaml": "a: en\nb: en\nc: en\nd: en",
        "i18n/pt.yaml": "b: pt\nc: pt",
        "i18n/pt_BR.yaml": "c: br",
    }
    assert words("pt-BR", layer("own", files)) == {"a": "en", "b": "pt", "c": "br", "d": "en"}
    assert words("pt-br", layer("own", files))["c"] == "br"
    assert words("en-GB", layer("own", files)) == {"a": "en", "b": "en", "c": "en", "d": "en"}
    assert words("cy", layer("own", files))["a"] == "en"


def test_the_nearest_themes_words_win_within_a_language_but_not_over_a_nearer_language() -> None:
    base = layer("commons", {"i18n/en.yaml": "a: base\nb: base", "i18n/fr.yaml": "a: fr"})
    child = layer("own", {"i18n/en.yaml": "a: own"})
    assert words("en", child, base) == {"a": "own", "b": "base"}
    assert words("fr", child, base) == {"a": "fr", "b": "base"}


def test_words_may_have_forms_and_lists_and_look_like_anything() -> None:
    found = words(
        "en", layer("own", {"i18n/en.yaml": 'n: {one: "{n} x", other: "{n} xs"}\nyes: Yes\nno: No'})
    )
    assert found == {"n": Record((("one", "{n} x"), ("other", "{n} xs"))), "yes": "Yes", "no": "No"}


def test_words_that_cannot_be_read_are_found() -> None:
    _, findings = parsed(layer("own", {"i18n/en.yaml": "a: [", "i18n/fr.yaml": "a: ["}))
    assert [(each.code, each.at.path) for each in findings] == [("yaml-syntax", "themes/own/i18n/en.yaml")]


@pytest.mark.parametrize(
    ("kind", "name"), [("fragments", "card"), ("fragments", "masthead"), ("templates", "redirect.html")]
)
def test_a_query_that_nothing_would_answer_is_named(kind: str, name: str) -> None:
    stem = name.removesuffix(".html")
    _, (found,) = parsed(
        own(f"{kind}: {{{name}: {{recent: {{posts: {{limit: 5}}}}}}}}", **{f"{kind}__{stem}": ""})
    )
    assert (found.code, found.message) == ("bad-value", f'"{kind}/{stem}.html" sees no answers of queries')
