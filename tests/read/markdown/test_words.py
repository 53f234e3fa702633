"""Words of a text are counted without making them, and as many as there would be."""

from hypothesis import given
from hypothesis import strategies as st

from cogen.read.markdown.text import _words_in


@given(st.text("ab \n\té\u00a0\u2003.-", max_size=30))
def test_as_many_words_as_split_would_make(text: str) -> None:
    assert _words_in(text) == len(text.split())
