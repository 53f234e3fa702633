"""The ids by which feed readers know entries and feeds: never of title, slug or domain. Layer: assemble.

UUIDv5 (RFC 9562) in the namespace of the site's own id.
"""

import re
from functools import lru_cache
from uuid import UUID, uuid5

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def derived_id(site_id: str, name: str) -> str:
    """Give the ``urn:uuid:`` of a name within a site."""
    return f"urn:uuid:{uuid5(_namespace(site_id), name)}"


_namespace = lru_cache(4)(UUID)


def entry_ids(site_id: str, guid: str, identity: str) -> tuple[str, str]:
    """Give an entry's id for RSS and JSON Feed, and for Atom (which wants an absolute IRI)."""
    if not guid:
        derived = derived_id(site_id, identity)
        return derived, derived
    return guid, guid if _IRI.fullmatch(guid) else derived_id(site_id, guid)
