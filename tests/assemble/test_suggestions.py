"""What a link that leads nowhere may have meant."""

import msgspec
import pytest

from cogen.assemble.links import Dead, LinkIndex, names_by_start, resolve, what_to_do

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
    parts_elsewhere=lambda _: {},
    unpublished={},
    names=lambda: names_by_start(SOURCES, ADDRESSES),
)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2012-05-25-budegt.md", "did you mean ../2012-05-25-budget.md?"),
        ("../pictures/Bike.jpg", "did you mean ../../pictures/bike.jpg?"),
        ("/images/bike.jpg", "did you mean /pictures/bike.jpg?"),
        ("{static}/images/bike.jpg", "did you mean ../../pictures/bike.jpg?"),
        ("{filename}../gone.md", "name the file as it lies from here, without {filename}"),
        ("|filename|/gone.md", "name the file as it lies from here, without |filename|"),
        ("/baout/", ""),
        ("/abotu/", "did you mean /about/?"),
        ("/" + "x" * 100_000, ""),
        ("/", ""),
    ],
)
def test_only_names_that_begin_alike_are_compared(written: str, hint: str) -> None:
    found = resolve(written, "content/posts/town/index.md", "/2012/05/town/", INDEX)
    assert isinstance(found, Dead)
    assert found.reason == f"{written} is neither a file nor a page of this site"
    assert what_to_do(found, INDEX, "look") == (hint or "look")


@pytest.mark.parametrize(
    ("source", "written", "hint"),
    [
        ("content/posts/a.md", "My%20Hall.jpg", "did you mean ../pictures/my%20hall.jpg?"),
        ("content/posts/a.md", "/My%20Hall.jpg", "did you mean /pictures/my%20hall.jpg?"),
        ("content/pictures/a.md", "content/pictures/my%20hall.jpg", "did you mean my%20hall.jpg?"),
        ("site.yaml", "My Hall.jpg", "did you mean /pictures/my%20hall.jpg?"),
    ],
)
def test_what_is_suggested_leads_there(source: str, written: str, hint: str) -> None:
    sources = {"content/pictures/my hall.jpg": "/pictures/my hall.jpg"}
    index = msgspec.structs.replace(
        INDEX,
        sources=sources,
        addresses=frozenset(sources.values()),
        names=lambda: names_by_start(sources, frozenset(sources.values())),
    )
    found = resolve(written, source, "/a/", index)
    assert isinstance(found, Dead)
    assert what_to_do(found, index, "look") == hint
    meant = resolve(hint.removeprefix("did you mean ").removesuffix("?"), source, "/a/", index)
    assert not isinstance(meant, Dead)
    assert meant.address == "/pictures/my hall.jpg"
