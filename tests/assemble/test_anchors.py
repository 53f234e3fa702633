"""Headings by the names that other programs give them."""

import re
from collections.abc import Callable

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import assert_linear

from cogen.assemble.anchors import parts_elsewhere
from cogen.model.body import BodyInfo, Heading


def body(*titles: str) -> BodyInfo:
    """Give a text with these headings, numbered; ``Title {#id}`` has an id of the author's."""
    headings, given_ids = [], []
    for number, title in enumerate(titles):
        own = re.fullmatch(r"(.*) \{#(.*)\}", title)
        headings.append(Heading(2, own[2] if own else str(number), own[1] if own else title))
        given_ids += [own[2]] if own else []
    return BodyInfo(headings=tuple(headings), given_ids=tuple(given_ids))


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Q & A", {"q--a"}),
        ("The \u2013drafts flag", {"the-drafts-flag", "the---drafts-flag"}),
        ("a \u2014 b", {"a--b", "a-----b"}),
        ("हिन्दी & B", {"हिन्दी--b"}),
        ("\u2699\ufe0f Settings", {"\ufe0f-settings"}),
        ("Élan_1 x²", {"élan_1-x", "elan_1-x2"}),
        ("!", {"", "_1"}),
    ],
)
def test_a_heading_has_all_its_names(title: str, names: set[str]) -> None:
    assert parts_elsewhere(body(title)).keys() >= names


def test_headings_of_one_name_are_counted_as_elsewhere_and_those_with_an_id_are_not() -> None:
    found = parts_elsewhere(body("Foo {#custom}", "Foo", "Foo", "Foo_1", "日本", "中国"))
    wanted = {"foo": "1", "foo-1": "2", "foo_1": "3", "foo_2": "3", "日本": "4", "_1": "4", "_2": "5"}
    assert {name: found.get(name) for name in wanted} == wanted
    assert "custom" not in found


TITLES = st.lists(
    st.sampled_from(["Foo", "Foo_1", "Foo_2", "foo", "Bar", "日本", "Foo {#foo}", "A  & B"]), max_size=7
)


@given(TITLES)
def test_python_markdown_finds_each_heading_under_the_name_it_gives(titles: list[str]) -> None:
    titles = list(dict.fromkeys(title for title in titles if "{" in title)) + [
        t for t in titles if "{" not in t
    ]
    text = "\n\n".join(f"## {title}" for title in titles)
    html = markdown.markdown(text, extensions=["toc", "attr_list"])
    found = parts_elsewhere(body(*titles))
    without_counts = {re.sub(r"\W+", "-", title.lower()) for title in titles}
    for number, name in enumerate(re.findall(r'<h2 id="([^"]*)"', html)):
        if titles[number].endswith("}"):
            continue
        assert name in found
        if "_" in name and name not in without_counts:  # which GitHub gives to none
            assert found[name] == str(number)


@pytest.mark.parametrize("title", [lambda _: "Foo", lambda number: f"Foo_{number // 2}", lambda _: "日"])
def test_many_headings_are_named_in_linear_time(title: Callable[[int], str]) -> None:
    def name(count: int) -> None:
        parts_elsewhere(body(*(title(number) for number in range(count))))

    assert_linear(name, 2_000)
