"""What is not published, and why. Layer: model."""

import msgspec

from cogen.model.moments import Moment


class LeftOut(msgspec.Struct, frozen=True):
    """A document that is not published, for the report."""

    path: str
    title: str
    reason: str
    """``draft``, ``future``, ``expired`` or ``expired before it appears``, which is so at all times."""
    until: Moment | None = None
    """When a future post appears, or one that does not appear any more expires; None for a draft."""
