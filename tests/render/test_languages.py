"""The theme's words in every language it speaks, and dates in those it does not."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import html5lib
import pytest
import yaml
from babel import Locale
from sites import MINIMAL, build, write_site

import cogen

FOLDER = Path(cogen.__file__).parent / "themes/commons/i18n"
ENGLISH = yaml.safe_load((FOLDER / "en.yaml").read_text(encoding="utf-8"))
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
OPTIONAL = {"months_alone"}
RIGHT_TO_LEFT = {"ar"}
POSTS = "".join(
    f"-- content/posts/2013-0{month}-0{day}-p.md --\n---\ntitle: P\ntags: News\nslug: p{month}{day}\n---\nText.\n"
    for month, days in ((1, 1), (2, 2), (5, 5))
    for day in range(1, days + 1)
)


PageIn = Callable[[str, str], str]


def words_of(language: str) -> dict[str, object]:
    found = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def places(text: object) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(text)))


def texts(value: object) -> list[str]:
    return [str(each) for each in value.values()] if isinstance(value, dict) else [str(value)]


@pytest.fixture(scope="module")
def page_in(tmp_path_factory: pytest.TempPathFactory) -> PageIn:
    """Give what reads a page of a site in a language, which is built once."""

    @cache
    def output(language: str) -> Path:
        site = write_site(tmp_path_factory.mktemp("site"), MINIMAL + f"language: {language}\n" + POSTS)
        build(site)
        return site / "output"

    return lambda language, page: (output(language) / page).read_text(encoding="utf-8")


def test_the_languages_are_those_that_are_promised() -> None:
    assert LANGUAGES == ["ar", "en", "es", "fr", "pl", "pt", "so"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_every_word_and_every_place_in_it(language: str) -> None:
    words = words_of(language)
    assert words.keys() - OPTIONAL == ENGLISH.keys()
    for key, english in ENGLISH.items():
        word = words[key]
        assert type(word) is type(english), key
        if isinstance(english, list):
            assert isinstance(word, list)
            assert len(word) == len(english), key
            assert all(str(each).strip() for each in word), key
        elif isinstance(english, dict):
            assert isinstance(word, dict)
            assert places(word["other"]) == places(english["other"]), key
            assert all(places(form) <= places(english["other"]) for form in word.values()), key
        elif not key.startswith("date_"):
            assert places(word) == places(english), key
        assert all(text.strip() or key == "list_between" for text in texts(word)), key
    assert words["direction"] == ("rtl" if language in RIGHT_TO_LEFT else "ltr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_word_has_the_forms_of_its_language(language: str) -> None:
    rule = Locale.parse(language).plural_form
    needed = {rule(n) for n in range(1000)} - {"other"}
    counted = {key: word for key, word in words_of(language).items() if isinstance(word, dict)}
    assert len(counted) > 5
    for key, word in counted.items():
        assert needed <= word.keys(), key
        assert word.keys() <= rule.tags | {"zero", "other"}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_in_a_language_says_so_and_says_nothing_in_english(language: str, page_in: PageIn) -> None:
    html = page_in(language, "archive/index.html")
    page = html5lib.parse(html, namespaceHTMLElements=False)
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language in RIGHT_TO_LEFT else "ltr")
    heading = page.find(".//h1")
    assert heading is not None
    assert heading.text == words_of(language)["archive"]
    assert (heading.text == ENGLISH["archive"]) == (language == "en")


def test_polish_counts_in_three_ways_and_names_a_month_alone(page_in: PageIn) -> None:
    html = page_in("pl", "archive/index.html")
    forms = words_of("pl")["n_posts"]
    assert isinstance(forms, dict)
    for n, form in ((1, "one"), (2, "few"), (5, "many")):
        assert str(forms[form]).replace("{n}", str(n)) in html
    assert ">luty</a>" in html
    assert ">maj</a>" in html
    post = page_in("pl", "2013/05/p51/index.html")
    assert "1 maja 2013" in post


def test_arabic_counts_in_its_own_way(page_in: PageIn) -> None:
    html = page_in("ar", "archive/index.html")
    forms = words_of("ar")["n_posts"]
    assert isinstance(forms, dict)
    for n, form in ((1, "one"), (2, "two"), (5, "few")):
        assert str(forms[form]).replace("{n}", str(n)) in html


@pytest.mark.parametrize(
    ("language", "date", "direction"),
    [
        ("de", "5. Mai 2013", "ltr"),
        ("de-AT", "5. Mai 2013", "ltr"),
        ("nl", "5 mei 2013", "ltr"),
        ("cy", "5 Mai 2013", "ltr"),
        ("zh-Hans", "2013年5月5日", "ltr"),
        ("hu", "2013. május 5.", "ltr"),
        ("he", "5 במאי 2013", "rtl"),
        ("tlh", "5 May 2013", "ltr"),
    ],
)
def test_a_language_that_the_theme_does_not_speak_has_its_own_dates(
    language: str, date: str, direction: str, page_in: PageIn
) -> None:
    html = page_in(language, "2013/05/p55/index.html")
    assert f">{date}</time>" in html
    assert f'dir="{direction}"' in html
    assert ENGLISH["skip"] in html


def test_a_theme_may_bring_its_own_language_and_forms(tmp_path: Path) -> None:
    words = 'n_posts: {one: "{n} puist", two: "{n} phuist", few: "{n} puist-few", other: "{n} puist-other"}\n'
    theme = f"-- themes/own/theme.yaml --\nname: own\n-- themes/own/i18n/gd.yaml --\n{words}"
    build(write_site(tmp_path, MINIMAL + "language: gd\ntheme: own\n" + POSTS + theme))
    html = (tmp_path / "output/archive/index.html").read_text(encoding="utf-8")
    assert ">1 puist<" in html
    assert ">2 phuist<" in html
    assert ">5 puist-few<" in html
