"""What parsing one file gives. Layer: read."""

import msgspec

from cogen.model.body import BodyParts
from cogen.model.diagnostics import Diagnostic
from cogen.model.documents import Document


class Parsed(msgspec.Struct, frozen=True):
    """One file, understood as far as it can be."""

    document: Document | None
    """None where the file cannot be understood, or is none that cogen parses."""
    parts: BodyParts = ()
    """The HTML of its body between the holes that ``document.body`` names."""
    findings: tuple[Diagnostic, ...] = ()
    """In the order they were made."""
