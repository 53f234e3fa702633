r"""From the bytes of a text file to characters that every later step can hold. Layer: read.

Pure: bytes in, text and findings out.  What leaves here is Unicode without byte-order mark, with ``\n`` as
its only line ending, and without the control characters that XML, YAML and our own placeholders cannot bear.
"""

import codecs
import re

import msgspec

from cogen.model.diagnostics import Diagnostic, Location, finding, in_line

MAX_TEXT_BYTES = 2_000_000
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL_BYTES = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r") + b"\x7f"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_text(path: str, data: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Decode a text file; None where it is over the limit of 2 MB.

    Gives ``file-too-large``, ``not-utf8`` (the text is then read as Windows-1252, or as UTF-16 where its mark
    says so) and ``control-character``.
    """
    if len(data) > MAX_TEXT_BYTES:
        return None, (_too_large(path, len(data)),)
    findings: tuple[Diagnostic, ...] = ()
    is_suspect = _may_hold_unfit(data)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = _decode_otherwise(data)
        findings = (_not_utf8(path, data, error.start),)
        is_suspect = True
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_suspect and (unfit := _UNFIT.search(text)) is not None:
        findings += (_control_character(path, text, unfit.start()),)
        text = _UNFIT.sub("", text)
    return text, findings


def _may_hold_unfit(data: bytes) -> bool:
    """Rule out unfit characters by their bytes, which takes a fifth of the time of looking for them."""
    has_control = len(data.translate(None, _CONTROL_BYTES)) != len(data)
    return has_control or b"\xc2" in data or b"\xef\xbf" in data


def location_at(path: str, text: str, index: int, length: int = 1, first_line: int = 1) -> Location:
    """Give the place of a character of a text; ``first_line`` is the file's line on which the text begins."""
    start = text.rfind("\n", 0, index) + 1
    end = text.find("\n", index)
    line = text[start:] if end < 0 else text[start:end]
    number = first_line + text.count("\n", 0, index)
    return in_line(path, number, index - start + 1, max(1, min(length, len(line) - (index - start))), line)


def _decode_otherwise(data: bytes) -> str:
    if data.startswith(_UTF16_MARKS):
        return data.decode("utf-16", "replace")
    return data.removeprefix(codecs.BOM_UTF8).decode("cp1252", "replace")


def _too_large(path: str, size_bytes: int) -> Diagnostic:
    return finding(
        "file-too-large",
        f"the file has {size_bytes:,} bytes, more than the {MAX_TEXT_BYTES:,} that a text may have",
        Location(path),
        "split it into several files",
    )


def _not_utf8(path: str, data: bytes, index: int) -> Diagnostic:
    before = data[:index].decode("utf-8", "replace").removeprefix("\ufeff")
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    at = location_at(path, before, len(before))
    return finding(
        "not-utf8",
        "the file is not in UTF-8",
        Location(path, at.line, at.column),
        "save it again with the encoding UTF-8",
    )


def _control_character(path: str, text: str, index: int) -> Diagnostic:
    at = location_at(path, text, index)
    return finding(
        "control-character",
        f"the invisible character U+{ord(text[index]):04X} stands here and was left out",
        msgspec.structs.replace(at, excerpt=_UNFIT.sub("\N{REPLACEMENT CHARACTER}", at.excerpt)),
        "delete it and type the words around it again",
    )
