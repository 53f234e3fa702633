"""Bytes to text."""

import pytest

from cogen.model.diagnostics import Diagnostic, Location
from cogen.read.text import MAX_TEXT_BYTES, decode_text


def test_a_byte_order_mark_is_dropped() -> None:
    assert decode_text("a.md", b"\xef\xbb\xbfhello") == ("hello", ())


@pytest.mark.parametrize("ending", [b"\r\n", b"\r", b"\n"])
def test_every_line_ending_becomes_a_newline(ending: bytes) -> None:
    assert decode_text("a.md", b"a" + ending + b"b" + ending) == ("a\nb\n", ())


def test_text_that_is_not_utf8_is_read_as_windows_1252_with_an_error_at_its_first_byte() -> None:
    text, findings = decode_text("a.md", b"one\r\ntwo \x93three\x94\n")
    assert text == "one\ntwo “three”\n"
    assert findings == (
        Diagnostic(
            "not-utf8",
            "the file is not in UTF-8",
            Location("a.md", 2, 5),
            "save it again with the encoding UTF-8",
        ),
    )


def test_a_byte_order_mark_is_dropped_where_the_text_is_not_utf8_after_all() -> None:
    text, findings = decode_text("a.md", b"\xef\xbb\xbf---\ntwo \x93three\x94\n")
    assert text == "---\ntwo “three”\n"
    assert [each.code for each in findings] == ["not-utf8"]


def test_utf16_of_an_old_editor_is_read_with_an_error() -> None:
    text, findings = decode_text("a.md", "Grüße\n".encode("utf-16"))
    assert text == "Grüße\n"
    assert [each.code for each in findings] == ["not-utf8"]


@pytest.mark.parametrize("char", ["\x08", "\x00", "\x02", "\x03", "\x0c", "\x7f", "\x9f", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_left_out_with_a_hint(char: str) -> None:
    text, findings = decode_text("a.md", f"é\nab{char}c".encode())
    assert text == "é\nabc"
    assert findings == (
        Diagnostic(
            "control-character",
            f"the invisible character U+{ord(char):04X} stands here and was left out",
            Location("a.md", 2, 3, 1, "ab\ufffdc"),
            "delete it and type the words around it again",
        ),
    )


def test_tabs_accents_and_emoji_are_no_control_characters() -> None:
    assert decode_text("a.md", "\té £ 🎉\n".encode()) == ("\té £ 🎉\n", ())


def test_a_file_over_the_limit_has_no_text() -> None:
    assert decode_text("a.md", b"a" * MAX_TEXT_BYTES)[0] is not None
    text, findings = decode_text("a.md", b"a" * (MAX_TEXT_BYTES + 1))
    assert text is None
    assert findings == (
        Diagnostic(
            "file-too-large",
            "the file has 2,000,001 bytes, more than the 2,000,000 that a text may have",
            Location("a.md"),
            "split it into several files",
        ),
    )
