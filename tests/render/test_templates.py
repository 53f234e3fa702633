import re

import msgspec
import pytest
from render.samples import HOSTILE, commons, layer, one_theme, theme

from cogen.model.diagnostics import ContentError, Diagnostic
from cogen.render.checked import Checked
from cogen.render.filters import JINJA_FILTERS, make_filters
from cogen.render.names import Names
from cogen.render.templates import Templates


def render(source: str, **context: object) -> str:
    return Templates(one_theme({"templates/t.html": source}), ()).render("t.html", context)


def failure(files: dict[str, str | bytes], name: str = "t.html", **context: object) -> Diagnostic:
    with pytest.raises(ContentError) as caught:
        Templates(one_theme(files), ()).render(name, context)
    (found,) = caught.value.findings
    return found


def findings(files: dict[str, str | bytes]) -> list[tuple[str, str, int]]:
    found = Templates(one_theme(files), ()).check(Checked()).findings
    return [(each.code, each.at.path, each.at.line) for each in found]


def test_a_line_is_one_where_jinja_ends_it() -> None:
    source = "a\r\n{# b\u2028c\x0cd #}\rx\n{{ nope }}"
    found = failure({"templates/t.html": source}).at
    assert (found.line, found.column, found.excerpt) == (4, 4, "{{ nope }}")


# ---- what a template sees


def test_text_is_escaped_and_html_is_not() -> None:
    assert render("{{ text }}", text=HOSTILE) == "a &amp; b &lt; c &gt; d &#34; e &#39; f"


def test_a_line_that_holds_only_a_block_leaves_no_line() -> None:
    assert render("a\n  {% if true %}\nb\n  {% endif %}\nc") == "a\nb\nc"


def test_an_inline_if_without_an_else_prints_nothing() -> None:
    assert render("<{{ 1 if false }}>") == "<>"


def test_words_are_read_by_name_by_computed_name_and_asked_for() -> None:
    source = '{{ words.by }} {{ words["b" ~ "y"] }} {{ "by" in words }} {{ "nil" in words }} {{ words.nil is defined }}'
    assert render(source) == "By By True False False"


def test_printing_all_words_by_mistake_prints_the_same_on_every_run() -> None:
    made = Templates(one_theme({"i18n/en.yaml": "a: x\nb: y", "templates/t.html": "{{ words }}"}), ())
    assert made.render("t.html", {}) == "&lt;a, b&gt;"


def test_a_word_may_be_called_like_a_method_of_a_mapping() -> None:
    made = Templates(
        one_theme({"i18n/en.yaml": "items: Things\nkeys: Keys", "templates/t.html": "{{ words.items }}"}), ()
    )
    assert made.render("t.html", {}) == "Things"


def test_options_are_the_sites_choice_else_the_default() -> None:
    files: dict[str, str | bytes] = {
        "theme.yaml": 'options: {accent: {type: colour, default: "#123"}, wide: {type: bool, default: false}}',
        "templates/t.html": "{{ option.accent }} {{ option.wide }}",
    }
    assert Templates(one_theme(files, wide="yes"), ()).render("t.html", {}) == "#123 True"


def test_an_asset_is_named_by_its_link() -> None:
    made = Templates(one_theme({"templates/t.html": '{{ asset("a.css") }}'}), (("a.css", "/assets/a.1.css"),))
    assert made.render("t.html", {}) == "/assets/a.1.css"


def test_an_unknown_asset_is_named_with_the_nearest() -> None:
    made = Templates(one_theme({"templates/t.html": '\n{{ asset("sit.css") }}'}), (("site.css", "/x"),))
    with pytest.raises(ContentError) as caught:
        made.render("t.html", {})
    (found,) = caught.value.findings
    assert found.message == 'the theme has no asset "sit.css"; did you mean "site.css"?'
    assert found.at.line == 2


@pytest.mark.parametrize("source", ["{{ [1, 2]|random }}", "{{ lipsum() }}", "{{ 1|pprint }}", "{{ now() }}"])
def test_what_differs_from_run_to_run_is_not_there(source: str) -> None:
    assert failure({"templates/t.html": source}).code in {"template-syntax", "template-error"}


def test_the_list_of_filters_is_closed() -> None:
    assert set(make_filters(Names("no word", ()))) == {
        *JINJA_FILTERS,
        "date",
        "time",
        "count",
        "fill",
        "minutes",
        "direction",
    }
    assert not {"random", "pprint"} & set(JINJA_FILTERS)


def test_a_template_cannot_see_what_another_rendering_set() -> None:
    files: dict[str, str | bytes] = {
        "templates/t.html": "{% set seen = 1 %}{{ seen }}",
        "templates/u.html": "{{ seen }}",
    }
    made = Templates(one_theme(files), ())
    made.render("t.html", {})
    with pytest.raises(ContentError):
        made.render("u.html", {})


@pytest.mark.parametrize(
    "counter",
    [
        "{% set ids = namespace(n=0) %}{% macro next() %}{% set ids.n = ids.n + 1 %}{{ ids.n }}{% endmacro %}",
        "{% set _ids = [] %}{% macro next() %}{{ _ids|length + (_ids.append(1) or 1) }}{% endmacro %}",
        '{% set ids = cycler("1", "2", "3") %}{% macro next() %}{{ ids.next() }}{% endmacro %}',
    ],
)
@pytest.mark.parametrize(
    "between",
    [
        '{% import "counter.html" as c %}{% macro next() %}{{ c.next() }}{% endmacro %}',
        '{% from "counter.html" import next as c %}{% macro next() %}{{ c() }}{% endmacro %}',
        '{% macro next() %}{% from "counter.html" import next as c %}{{ c() }}{% endmacro %}',
        '{% import "counter.html" as c with context %}{% macro next() %}{{ c.next() }}{% endmacro %}',
        '{% from "counter.html" import next as c with context %}{% macro next() %}{{ c() }}{% endmacro %}',
    ],
)
def test_what_a_page_does_in_a_template_it_imports_is_gone_on_the_next(counter: str, between: str) -> None:
    files: dict[str, str | bytes] = {
        "templates/counter.html": counter,
        "templates/between.html": between,
        "templates/t.html": '{% include "part.html" %}{% from "between.html" import next %}{{ next() }}{{ next() }}',
        "templates/part.html": '{% from "counter.html" import next %}{% set unused = next() %}',
    }
    made = Templates(one_theme(files), ())
    pages = [made.render("t.html", {}) for _ in range(3)]
    assert pages == [pages[0]] * 3
    assert pages[0] == ("12" if "with context" in between else "23")


# ---- the chain of themes


def test_an_override_extends_what_it_replaces_by_naming_its_theme() -> None:
    base = layer("commons", {"templates/base.html": "<{% block a %}base{% endblock %}>"})
    child = layer(
        "own",
        {
            "templates/base.html": '{% extends "commons:base.html" %}{% block a %}own {{ super() }}{% endblock %}'
        },
    )
    made = Templates(theme(child, base), ())
    assert made.render("base.html", {}) == "<own base>"
    assert made.check(Checked()).findings == ()


def test_a_parents_template_includes_the_nearest_override() -> None:
    base = layer(
        "commons",
        {"templates/p.html": '{% include "partials/x.html" %}', "templates/partials/x.html": "base"},
    )
    child = layer("own", {"templates/partials/x.html": "own"})
    assert Templates(theme(child, base), ()).render("p.html", {}) == "own"


def test_fragments_and_components_lie_in_their_own_folders() -> None:
    files: dict[str, str | bytes] = {
        "fragments/card.html": "card",
        "components/note.html": "note",
        "templates/t.html": '{% include "fragments/card.html" %} {% include "components/note.html" %}',
    }
    made = Templates(one_theme(files), ())
    assert made.render("templates/t.html", {}) == made.render("t.html", {}) == "card note"


def test_macros_are_imported() -> None:
    files: dict[str, str | bytes] = {
        "templates/macros.html": "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}",
        "templates/t.html": '{% import "macros.html" as m %}{% from "macros.html" import twice %}'
        "{{ m.twice(1) }}{{ twice(2) }}",
    }
    assert Templates(one_theme(files), ()).render("t.html", {}) == "1122"


# ---- closure


BASE = {
    "theme.yaml": 'options: {accent: {type: colour, default: "#123"}}',
    "templates/base.html": "{% block a %}{% endblock %}",
    "templates/p.html": '{% extends "base.html" %}{% block a %}{% include "partials/x.html" %}{% endblock %}',
    "templates/partials/x.html": "x",
    "templates/q.html": "q",
}


def closure(name: str, own: dict[str, str], base: dict[str, str] | None = None, **options: str) -> str:
    chain = theme(layer("own", dict(own)), layer("commons", dict(base or BASE)), **options)
    return Templates(chain, ()).closure(name)


def test_the_closure_changes_with_a_template_that_is_reached_and_with_no_other() -> None:
    plain = closure("p.html", {})
    assert closure("p.html", {}, BASE | {"templates/partials/x.html": "y"}) != plain
    assert closure("p.html", {}, BASE | {"templates/q.html": "other"}) == plain
    assert closure("p.html", {"templates/r.html": "new"}) == plain


def test_the_closure_changes_when_an_override_appears_that_did_not_exist() -> None:
    plain = closure("p.html", {})
    assert closure("p.html", {"templates/partials/x.html": "x"}) != plain
    assert closure("q.html", {"templates/partials/x.html": "x"}) == closure("q.html", {})


def test_the_closure_changes_when_an_include_that_may_be_absent_appears() -> None:
    base = BASE | {"templates/q.html": '{% include "extra.html" ignore missing %}'}
    assert closure("q.html", {}, base) != closure("q.html", {"templates/extra.html": "now"}, base)


def test_the_closure_changes_with_a_word_an_option_and_an_asset() -> None:
    plain = closure("q.html", {})
    assert closure("q.html", {"i18n/en.yaml": "by: By"}) != plain
    assert closure("q.html", {}, accent="#456") != plain
    chain = theme(layer("own", {}), layer("commons", dict(BASE)))
    assert Templates(chain, (("a.css", "/assets/a.1.css"),)).closure("q.html") != plain


def test_the_closure_of_one_file_differs_from_that_of_a_copy() -> None:
    same = BASE | {"templates/r.html": "q"}
    assert closure("q.html", {}, same) != closure("r.html", {}, same)


def test_a_broken_template_and_an_absent_one_have_a_closure_too() -> None:
    broken = BASE | {"templates/q.html": "{% if %}"}
    assert re.fullmatch(r"[0-9a-f]{32}", closure("q.html", {}, broken))
    assert closure("nowhere.html", {}) != closure("nowhere.html", {"templates/nowhere.html": "now"})


def test_the_digest_changes_with_any_file_and_any_word() -> None:
    def digest(files: dict[str, str | bytes]) -> str:
        return Templates(one_theme(files), ()).check(Checked()).digest

    plain = digest({"templates/a.html": "a"})
    assert digest({"templates/a.html": "a"}) == plain
    assert digest({"templates/a.html": "b"}) != plain
    assert digest({"templates/a.html": "a", "templates/b.html": ""}) != plain
    assert digest({"templates/a.html": "a", "i18n/en.yaml": "by: Of"}) != plain


# ---- findings


def test_commons_has_no_findings() -> None:
    assert Templates(commons(), (("site.css", "/s"), ("icon.svg", "/i"))).check(Checked()).findings == ()


def test_every_syntax_error_is_found_with_file_and_line() -> None:
    files: dict[str, str | bytes] = {"templates/a.html": "fine\n{% if %}", "fragments/b.html": "{{ x|nope }}"}
    assert findings(files) == [
        ("template-syntax", "themes/base/fragments/b.html", 1),
        ("template-syntax", "themes/base/templates/a.html", 2),
    ]


@pytest.mark.parametrize(
    "tag",
    [
        "{% include name %}",
        '{% include "a" ~ ".html" %}',
        "{% extends name %}",
        '{% import "a.html" if x else "b.html" as m %}',
        "{% from name import y %}",
        '{% include ["t.html", name] %}',
    ],
)
def test_a_computed_name_is_refused(tag: str) -> None:
    assert findings({"templates/t.html": f"\n{tag}"}) == [
        ("computed-template-name", "themes/base/templates/t.html", 2)
    ]


def test_a_name_that_exists_nowhere_is_found_unless_it_may_be_missing() -> None:
    files: dict[str, str | bytes] = {
        "templates/a.html": '\n\n{% include "partials/gone.html" %}',
        "templates/b.html": '{% include "gone.html" ignore missing %}{% include ["gone.html", "a.html"] %}',
        "templates/c.html": '{% extends "nobody:base.html" %}',
    }
    assert findings(files) == [
        ("template-error", "themes/base/templates/a.html", 3),
        ("template-error", "themes/base/templates/c.html", 1),
    ]


def test_a_template_that_extends_itself_is_found() -> None:
    files: dict[str, str | bytes] = {
        "templates/a.html": '{% extends "b.html" %}',
        "templates/b.html": '{% extends "a.html" %}',
    }
    assert [code for code, _, _ in findings(files)] == ["template-error", "template-error"]
    assert failure(files, "a.html").code == "template-error"


# ---- failures


def test_a_failure_names_file_line_and_what_is_undefined() -> None:
    found = failure({"templates/t.html": "a\nb {{ psot }}\nc"}, post="x")
    assert (found.code, found.message) == ("template-error", 'there is no "psot" here')
    assert found.hint == 'did you mean "post"?'
    at = found.at
    assert (at.path, at.line, at.column, at.length) == ("themes/base/templates/t.html", 2, 6, 4)
    assert at.excerpt == "b {{ psot }}"


def test_a_failure_inside_an_include_names_the_file_included() -> None:
    found = failure({"templates/t.html": '{% include "u.html" %}', "templates/u.html": "\n\n{{ nil.x }}"})
    assert (found.at.path, found.at.line) == ("themes/base/templates/u.html", 3)


def test_a_missing_field_is_told_by_the_type_and_the_nearest_field() -> None:
    from render.samples import post  # noqa: PLC0415

    found = failure({"templates/t.html": "{{ post.titel }}"}, post=post())
    assert (found.message, found.hint) == ('PostCard has no field "titel"', 'did you mean "title"?')


def test_a_field_of_nothing_says_that_the_value_may_be_left_out() -> None:
    found = failure({"templates/t.html": "{{ image.url }}"}, image=None)
    assert found.message == 'there is nothing to take "url" of'
    assert "{% if" in found.hint


def test_a_missing_word_is_told_by_its_name() -> None:
    found = failure({"templates/t.html": "{{ words.bye }}"})
    assert found.message == 'the theme has no word "bye"; did you mean "by"?'
    assert found.at.column == 10


@pytest.mark.parametrize(
    "source",
    [
        "{{ 1 / 0 }}",
        "{{ 'a' + 1 }}",
        "{{ [][3] }}",
        "{{ none() }}",
        "{{ 'x'|date }}",
        "{{ words.n_posts|count('x') }}",
        "{{ '{a}'|fill(b=1) }}",
        '{% include "gone.html" %}',
        '{% include "t.html" %}',
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ range(1)|batch }}",
    ],
)
def test_whatever_fails_is_one_finding_with_the_templates_line(source: str) -> None:
    found = failure({"templates/t.html": f"\n{source}"})
    assert (found.code, found.at.path, found.at.line) == ("template-error", "themes/base/templates/t.html", 2)
    assert "0x" not in found.message


@pytest.mark.parametrize(
    ("source", "subject", "hint"),
    [
        ("{{ text.upper }}", "upper", "write upper() to call it"),
        ("{% block a %}{% endblock %}{{ self.a }}", "a", "write a() to call it"),
        ("{% macro m() %}{% endmacro %}{{ m }}", "m", "write m() to call it"),
        ('{{ cycler("a", "b") }}', "", "print one of its fields, or a list's with |join"),
        ('{{ ["a"]|map("upper") }}', "", "print one of its fields, or a list's with |join"),
        ('{{ [["a"]|map("upper")] }}', "", "print one of its fields, or a list's with |join"),
    ],
)
def test_what_would_print_a_place_in_memory_is_refused(source: str, subject: str, hint: str) -> None:
    found = failure({"templates/t.html": f"\n{source}"}, text="x")
    assert (found.code, found.at.line, found.hint) == ("template-error", 2, hint)
    assert (
        found.at.excerpt[found.at.column - 1 :][: found.at.length] == subject
        if subject
        else not found.at.column
    )
    assert "0x" not in found.message


def test_a_template_that_is_not_there_is_named_with_the_nearest() -> None:
    found = failure({"templates/post.html": ""}, "pots.html")
    assert (found.code, found.hint) == ("template-error", 'did you mean "post.html"?')


def test_a_syntax_error_while_rendering_is_told_as_such() -> None:
    found = failure({"templates/t.html": '{% include "u.html" %}', "templates/u.html": "\n{% endif %}"})
    assert (found.code, found.at.path, found.at.line) == (
        "template-syntax",
        "themes/base/templates/u.html",
        2,
    )


def test_what_an_earlier_check_found_holds_until_a_theme_changes() -> None:
    files: dict[str, str | bytes] = {
        "templates/page.html": "{% include 'nowhere.html' %}{% include 'b.html' %}"
    }
    first = Templates(one_theme(files), ()).check(Checked())
    invented = Checked(first.digest, first.references, ())
    again = Templates(one_theme(files), ())
    assert again.check(invented) is invented
    assert again.closure("page.html") == Templates(one_theme(files), ()).closure("page.html")
    assert Templates(one_theme(files), (("site.css", "/s"),)).check(first) is first
    other = Templates(one_theme(files | {"templates/b.html": ""}), ())
    assert other.check(first) == other.check(Checked()) != first


def test_the_rule_by_which_words_are_counted_is_part_of_what_a_template_is() -> None:
    theme = one_theme(
        {"i18n/en.yaml": "n: {one: one, other: '{n}'}", "templates/t.html": "{{ words.n | count(2) }}"}
    )
    other = msgspec.structs.replace(theme, words_language="sl")
    assert Templates(theme, ()).closure("t.html") != Templates(other, ()).closure("t.html")


def test_a_template_in_another_encoding_is_told_and_keeps_its_letters() -> None:
    files: dict[str, str | bytes] = {"templates/t.html": "a\n\n<p>café".encode("latin-1")}
    assert findings(files) == [("not-utf8", "themes/base/templates/t.html", 3)]
    assert Templates(one_theme(files), ()).render("t.html", {}) == "a\n\n<p>café"
