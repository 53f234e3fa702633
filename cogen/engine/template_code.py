"""What the templates that ship were compiled to, kept as Python keeps its modules: in ``__pycache__``. Layer: engine.

To compile them takes a third of a small build.  The file is as much to be trusted as the ``.pyc`` files beside it,
is of one engine, and may be deleted, damaged or impossible to write: then the templates are compiled again.
"""

import os
import sys
from collections.abc import Sequence
from importlib.util import cache_from_source
from pathlib import Path
from typing import Final

import msgspec

from cogen.engine.whole_files import read_whole, write_whole
from cogen.model.diagnostics import MachineError
from cogen.model.hashing import encode
from cogen.render.compiled import COMPILED, ShippedCode
from cogen.render.templates import Templates

_MOST: Final = 400
"""Templates whose code is kept: those that ship, under the few names by which themes of sites call them."""
_DECODER = msgspec.msgpack.Decoder(ShippedCode)


def recall_code(engine: str) -> None:
    """Let templates be loaded from the code that an earlier process of the same engine kept."""
    if COMPILED.shipped.engine == engine:
        return
    COMPILED.shipped = ShippedCode(engine)
    if (path := _path()) is None or not (record := read_whole(path)):
        return
    try:
        found = _DECODER.decode(record)
    except msgspec.DecodeError:
        return
    if found.engine == engine:
        COMPILED.shipped = found


def keep_code(templates: Sequence[Templates]) -> None:
    """Compile all that ship and were not kept yet, and keep them for the processes to come, where that may be."""
    path, known = _path(), COMPILED.shipped
    if path is None or not _may_write(path):
        return
    code, references = dict[str, bytes](), dict(known.references)
    for each in templates:
        made = each.compile_shipped()
        code |= made.code
        references |= made.references
    if code.keys() <= known.code.keys():
        return
    if len(code.keys() | known.code.keys()) <= _MOST:
        code = {**known.code, **code}
    COMPILED.shipped = ShippedCode(known.engine, code, references)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, encode(COMPILED.shipped))
    except (OSError, MachineError):
        return  # a full disk, say: they are compiled again the next time, as Python's modules would be


def _path() -> Path | None:
    """Give where the code is kept; None for a Python that keeps none of its own."""
    if sys.implementation.cache_tag is None:
        return None
    return Path(cache_from_source(str(Path(__file__).parent.parent / "templates.py"))).with_suffix(".code")


def _may_write(path: Path) -> bool:
    """Say whether Python would keep its modules there, too."""
    folder = next(each for each in path.parents if os.path.lexists(each))
    return not sys.dont_write_bytecode and os.access(folder, os.W_OK)
