"""How scaffolding writes a file: whole or not at all, UTF-8, line feeds. Layer: scaffold."""

import os
from pathlib import Path

from cogen.model.diagnostics import MachineError


def write_text(path: Path, text: str) -> None:
    """Write a file and the folders above it under a name of passage, then rename it into place.

    Raises MachineError, naming the file, where the disk does not let us.
    """
    passage = path.parent / f".cogen-{os.getpid()}.tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            passage.write_bytes(text.encode())
            passage.replace(path)
        finally:
            passage.unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(f"{path} cannot be written: {error.strerror or error}") from error
