import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from render.samples import MAY, WORDS, one_theme

from cogen.model.diagnostics import ContentError
from cogen.model.html import Html
from cogen.model.moments import Moment
from cogen.render.filters import count, fill, minutes
from cogen.render.plurals import plural_rule
from cogen.render.templates import Templates


def render(source: str, words: str = WORDS, **context: object) -> str:
    return Templates(one_theme({"templates/t.html": source, "i18n/en.yaml": words}), ()).render(
        "t.html", context
    )


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("long", "25 May 2012"),
        ("short", "25 May"),
        ("month", "May 2012"),
        ("weekday", "Friday 25 May 2012"),
        ("iso", "2012-05-25T18:30:00+01:00"),
    ],
)
def test_a_moment_is_written_in_each_style(style: str, written: str) -> None:
    assert render(f'{{{{ day|date("{style}") }}}}', day=MAY) == written


def test_a_bare_day_is_written_like_a_moment() -> None:
    day = dt.date(2012, 5, 25)
    assert render('{{ day|date }} {{ day|date("iso") }}', day=day) == "25 May 2012 2012-05-25"


def test_a_moment_without_time_has_only_its_day_in_iso() -> None:
    day = Moment(dt.datetime(2012, 5, 25), 3600, has_time=False)
    assert render('{{ day|date("iso") }}|{{ day|time }}', day=day) == "2012-05-25|"


def test_a_time_is_the_wall_clocks() -> None:
    assert render("{{ day|time }}", day=Moment(dt.datetime(2012, 5, 25, 9, 5), -18000)) == "09:05"


def test_the_year_one_is_written_without_complaint() -> None:
    assert render("{{ day|date }}", day=dt.date(1, 1, 1)) == "1 January 1"


def test_the_words_decide_how_a_date_and_a_time_are_written() -> None:
    words = WORDS.replace('"{day} {month} {year}"', '"{year}年{month_number}月"', 1)
    words = words.replace('"{hour}:{minute}"', '"{hour12}.{minute} {half}"')
    assert render("{{ day|date }} {{ day|time }}", words, day=MAY) == "2012年05月 6.30 pm"


@pytest.mark.parametrize(
    ("words", "source", "message"),
    [
        ("by: By", "{{ day|date }}", 'the theme has no word "date_long"'),
        ('date_long: "{month}"', "{{ day|date }}", 'the theme\'s word "months" must be a list of 12'),
        ('date_long: "{moon}"', "{{ day|date }}", "a date has no {moon}"),
        ('time: "{second}"', "{{ day|time }}", "a time has no {second}"),
        (WORDS, '{{ day|date("tiny") }}', 'there is no date style "tiny"'),
        (WORDS, "{{ none|date }}", 'the filter "date" takes a day or a moment, not nothing'),
        (WORDS, "{{ 5|time }}", 'the filter "time" takes a moment, not a int'),
    ],
)
def test_what_a_date_cannot_do_is_said_in_words(words: str, source: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        render(source, words, day=MAY)
    assert caught.value.findings[0].message.startswith(message)


def test_a_word_is_counted() -> None:
    source = "{{ words.n_posts|count(1) }}, {{ words.n_posts|count(0) }}, {{ words.n_posts|count(12) }}"
    assert render(source) == "1 post, 0 posts, 12 posts"


def test_a_word_may_have_a_form_for_none() -> None:
    words = 'n: {zero: none at all, one: "{n} x", other: "{n} xs"}'
    assert render("{{ words.n|count(0) }}", words) == "none at all"


def test_a_word_without_forms_is_only_filled() -> None:
    assert count(plural_rule("en"), "{n} posts", 1) == "1 posts"


def test_a_word_is_filled_and_escaped_once() -> None:
    words = "by: Posts by {name} & friends"
    assert render("{{ words.by|fill(name=who) }}", words, who="<b>") == "Posts by &lt;b&gt; &amp; friends"


def test_markup_in_a_word_stays_and_the_rest_is_escaped() -> None:
    words = "by: Posts by {name} & {other}"
    written = render("{{ words.by|fill(name=link, other=who) }}", words, link=Html("<a>x</a>"), who="<b>")
    assert written == "Posts by <a>x</a> &amp; &lt;b&gt;"


def test_a_value_that_looks_like_a_place_is_not_filled_again() -> None:
    assert fill("{a} {b}", a="{b}", b="{a}") == "{b} {a}"


@given(st.text(), st.text())
def test_filling_markup_never_lets_a_plain_value_become_markup(word: str, value: str) -> None:
    word = word.replace("{", "").replace("}", "")
    written = fill(word + "{value}", value=value, unused=Markup("<br>"))
    assert isinstance(written, Markup)
    assert "<" not in written
    assert ">" not in written


@pytest.mark.parametrize(("words", "time"), [(0, 1), (1, 1), (220, 1), (331, 2), (2200, 10), (200_000, 909)])
def test_reading_takes_at_least_a_minute(words: int, time: int) -> None:
    assert minutes(words) == time
