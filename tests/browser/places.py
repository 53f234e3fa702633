"""Where a published site is served."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A published site, or one language of it."""

    folder: Path
    """Where its home page lies."""
    root: Path
    """Where the whole of it lies, stylesheets included."""
    home: str
    """The address of its home page."""
    strict_home: str
    """The same under a policy that forbids everything inline and everything from elsewhere."""
