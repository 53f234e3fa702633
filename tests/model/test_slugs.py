"""Slugs: whatever people call things, the address is one that file systems, hosts and readers bear."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cogen.model.slugs import MAX_SLUG_LENGTH, fold, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Public Services by Design", "public-services-by-design"),
        ("  Tulse   Hill ", "tulse-hill"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("Đorđe", "dorde"),
        ("Þingvellir", "thingvellir"),
        ("Œuvre", "oeuvre"),
        ("Crème brûlée", "creme-brulee"),
        ("Creme\u0301", "creme"),
        ("ﬁne №5 ²", "fine-no5-2"),
        ("Lambeth's plan", "lambeths-plan"),
        ("Lambeth\u2019s plan", "lambeths-plan"),
        ("rock ’n’ roll", "rock-n-roll"),
        ("C# & F#: 100%", "c-f-100"),
        ("a_b.c/d\\e", "a-b-c-d-e"),
        ("Ünïted…", "united"),
        ("Ελλάδα", "ελλάδα"),
        ("Привет, мир", "привет-мир"),
        ("東京 2012", "東京-2012"),
        ("शिक्षा", "शिक्षा"),
        ("한국어", "한국어"),
        ("İstanbul", "istanbul"),
        ("...", "untitled"),
        ("../..", "untitled"),
        ("", "untitled"),
        ("\x00\u200b", "untitled"),
        ("CON", "con-"),
        ("Lpt1", "lpt1-"),
        ("console", "console"),
    ],
)
def test_a_slug_is_what_the_table_says(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_what_is_left_of_nothing_is_the_fallback() -> None:
    assert slugify("!!!", fallback="tag") == "tag"


def test_a_long_slug_is_cut_between_words() -> None:
    slug = slugify("twelve chars " * 10)
    assert len(slug) <= MAX_SLUG_LENGTH
    assert set(slug.split("-")) == {"twelve", "chars"}


def test_a_long_word_is_cut_where_it_must_be() -> None:
    assert slugify("a" * 200) == "a" * MAX_SLUG_LENGTH


@given(st.text())
@example("\u0345")
@example("ẞ")
@example("ǰ")
@example("ΐ")
@example("ᾳ" * 100)
@example("각" * 100)
@example("a-" * 39 + "con")
@example("é" * 79 + " \u0301b")
@example("\U00018d09\u20d0")
@example("\u093f-\u093fक")
def test_a_slug_is_always_safe_and_settled(text: str) -> None:
    slug = slugify(text)
    assert slug
    assert len(slug) <= MAX_SLUG_LENGTH + 1
    assert len(slug.encode()) <= 241
    assert "/" not in slug
    assert "\\" not in slug
    assert "." not in slug
    assert unicodedata.is_normalized("NFC", slug)
    assert slugify(slug) == slug
    assert all(char.isalnum() or char == "-" or unicodedata.category(char) in {"Mn", "Mc"} for char in slug)


@given(st.text())
def test_case_never_tells_two_slugs_apart(text: str) -> None:
    assert slugify(text).casefold() == slugify(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mentoring", "Mentoring "),
        ("Tulse Hill", "tulse  hill"),
        ("Café", "CAFE"),
        ("Straße", "STRASSE"),
        ("zero\u200bwidth", "zerowidth"),
        ("non\u00a0breaking", "non breaking"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("مَدرَسة", "مدرسة"),
        ("Алёна", "АЛЕ\u0308НА"),
        ("Алёна", "Алена"),
        ("за́мок", "замок"),
        ("ガード", "\uff76\uff9e\uff70\uff84\uff9e"),
        ("Йога", "И\u0306ога"),
    ],
)
def test_two_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C#"),
        ("C++", "C"),
        ("east", "west"),
        ("Ελλάδα", "Ellada"),
        ("ボート", "ポート"),
        ("ボート", "ボード"),
        ("がく", "かく"),
        ("зайка", "заика"),
        ("їжа", "іжа"),
        ("มา", "ม้า"),
        ("कमल", "कम्ल"),
    ],
)
def test_different_names_stay_different_when_folded(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("letter", ["a", "é", "日", "𠀀"])
def test_a_slug_is_a_name_that_a_file_system_takes(letter: str) -> None:
    assert 70 < len(slugify(letter * 100).encode()) <= 240
