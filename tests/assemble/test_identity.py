"""Ids of feeds and entries: UUIDs that only the site's id and a name decide."""

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from cogen.assemble.identity import derived_id, entry_ids

SITE = "3d0f1c6a-54b1-4c0e-9a53-0a8a3d6f4a10"


@given(st.uuids(), st.text(st.characters(exclude_categories=("Cs",))))
def test_a_derived_id_is_the_uuid_of_version_5(site_id: UUID, name: str) -> None:
    assert derived_id(str(site_id), name) == f"urn:uuid:{uuid5(site_id, name)}"


def test_an_entry_keeps_the_id_that_its_author_gave_it() -> None:
    derived = derived_id(SITE, "posts/a")
    assert entry_ids(SITE, "", "posts/a") == (derived, derived)
    assert entry_ids(SITE, "tag:example.org,2012:1", "posts/a") == ("tag:example.org,2012:1",) * 2
    assert entry_ids(SITE, "12", "posts/a") == ("12", derived_id(SITE, "12"))
