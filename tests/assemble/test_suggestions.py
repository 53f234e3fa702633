"""What a link that leads nowhere may have meant."""

import pytest

from cogen.assemble.links import Dead, LinkIndex, names_by_start, resolve

SOURCES = {
    "content/posts/2012-05-25-budget.md": "/2012/05/budget/",
    "content/posts/town/index.md": "/2012/05/town/",
    "content/pictures/bike.jpg": "/pictures/bike.jpg",
}
ADDRESSES = frozenset((*SOURCES.values(), "/about/"))
INDEX = LinkIndex(
    base="",
    sources=SOURCES,
    addresses=ADDRESSES,
    assets={},
    ids={},
    unpublished={},
    names=lambda: names_by_start(SOURCES, ADDRESSES),
)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2012-05-25-budegt.md", "did you mean ../2012-05-25-budget.md?"),
        ("../pictures/Bike.jpg", "did you mean ../../pictures/bike.jpg?"),
        ("/images/bike.jpg", "did you mean /pictures/bike.jpg?"),
        ("/baout/", ""),
        ("/abotu/", "did you mean /about/?"),
        ("/" + "x" * 100_000, ""),
        ("/", ""),
    ],
)
def test_only_names_that_begin_alike_are_compared(written: str, hint: str) -> None:
    found = resolve(written, "content/posts/town/index.md", "/2012/05/town/", INDEX)
    assert found == Dead(f"{written} is neither a file nor a page of this site", hint)
