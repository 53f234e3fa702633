"""What is not published, and why. Layer: model."""

import msgspec

from cogen.model.moments import Moment


class LeftOut(msgspec.Struct, frozen=True):
    """A document that is not published, for the report."""

    path: str
    title: str
    reason: str
    """``draft``, ``future`` or ``expired``."""
    until: Moment | None = None
    """When a future post appears."""
