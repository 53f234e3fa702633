"""What is known of a theme's templates after a look at all of them, in a shape that can be remembered. Layer: render.

It stands apart from the look itself, which needs Jinja: who only reads it needs none.
"""

from collections.abc import Mapping

import msgspec

from cogen.model.diagnostics import Diagnostic


class Reference(msgspec.Struct, frozen=True):
    """One ``extends``, ``include`` or ``import``."""

    names: tuple[str, ...]
    """The names tried in order; none where they are computed."""
    line: int
    """1-based line of the template."""
    is_optional: bool = False
    """True for ``include … ignore missing``."""
    is_parent: bool = False
    """True for ``extends``."""


class Checked(msgspec.Struct, frozen=True):
    """What a look at all templates gave; true for as long as they and what they are rendered with are the same."""

    digest: str = ""
    """Of all that the rest depends on."""
    references: Mapping[str, tuple[Reference, ...]] = {}
    """What each file asks for, by path."""
    findings: tuple[Diagnostic, ...] = ()
