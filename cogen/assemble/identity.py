"""The ids by which feed readers know entries and feeds: never of title, slug or domain. Layer: assemble.

UUIDv5 (RFC 9562) in the namespace of the site's own id; spelt out here, for each post has one.
"""

import re
from functools import lru_cache
from hashlib import sha1
from uuid import UUID

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")

_VARIANTS = "89ab"


def derived_id(site_id: str, name: str) -> str:
    """Give the ``urn:uuid:`` of a name within a site."""
    made = sha1(_namespace(site_id) + name.encode(), usedforsecurity=False).hexdigest()
    variant = _VARIANTS[int(made[16], 16) % len(_VARIANTS)]
    return f"urn:uuid:{made[:8]}-{made[8:12]}-5{made[13:16]}-{variant}{made[17:20]}-{made[20:32]}"


@lru_cache(maxsize=4)
def _namespace(site_id: str) -> bytes:
    return UUID(site_id).bytes


def entry_ids(site_id: str, guid: str, identity: str) -> tuple[str, str]:
    """Give an entry's id for RSS and JSON Feed, and for Atom (which wants an absolute IRI)."""
    if not guid:
        derived = derived_id(site_id, identity)
        return derived, derived
    return guid, guid if _IRI.fullmatch(guid) else derived_id(site_id, guid)
