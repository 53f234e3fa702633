"""How a block is coloured depends on the block alone, whatever was coloured before it."""

import sys

import pytest
from pygments.lexer import DelegatingLexer, Lexer
from pygments.lexers import (
    find_lexer_class_by_name,
    get_all_lexers,
    get_lexer_by_name,
    get_lexer_for_mimetype,
)

from cogen.model.html import escape
from cogen.read.markdown.highlight import highlighted, is_language

_OPEN = (
    "class A {\n#if x\n function f() { return 1; }\n#else\n",
    "(*!m2pim*)\nMODULE A;\nBEGIN\n",
    'Content-Type: multipart/mixed; boundary="XX"\nContent-Transfer-Encoding: base64\n\n--XX\n',
    "let $x := <a>{ if (1) then <b>\n",
    "<?php if (1) { ?> <b> {{ x }} {% raw %}\n<<EOS\nfoo\n",
    "*** Settings ***\nTest Template  y\n*** Test Cases ***\nFoo\n  [Template]  x\n",
)
"""Texts that end in the midst of something, in languages whose lexers remember it."""
_MAIL = "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+\n"
_REMEMBERING = {
    "mime": (_MAIL, "Subject: x\n\n<b>x</b>\n"),
    "haxe": ("class A { #if foo\n", "#else\nclass B {}\n#end\n"),
    "modula2": ("(*!m2iso*)\nMODULE A;\nEND A.\n", "MODULE B;\nVAR x : UNSAFEGUARDED; y: OPAQUE;\n"),
}


@pytest.mark.parametrize("language", _REMEMBERING)
def test_a_lexer_that_remembers_is_asked_once(language: str) -> None:
    before, text = map(escape, _REMEMBERING[language])
    alone = highlighted(text, language)
    assert alone
    highlighted(before, language)
    assert highlighted(text, language) == alone


def test_no_block_changes_what_lexers_share() -> None:
    kinds = [kind for _, names, _, _ in get_all_lexers() if names and (kind := _colourable(names[0]))]
    assert len(kinds) > 500
    shared = {kind: _shared(kind) for kind in kinds}
    sharing = {kind for kind, found in shared.items() if found}
    assert len(sharing) > 50
    for kind in kinds:
        if _may_reach(kind, sharing):
            for text in _OPEN:
                highlighted(escape(text), kind.aliases[0])
    assert {kind: _shared(kind) for kind in kinds} == shared


def _colourable(name: str) -> type[Lexer] | None:
    return find_lexer_class_by_name(name) if is_language(name) else None


def _may_reach(kind: type[Lexer], sharing: set[type[Lexer]]) -> bool:
    """Say whether a lexer may use one that shares something: its module has it, or asks for lexers by name."""
    known = [each for each in vars(sys.modules[kind.__module__]).values() if callable(each)]
    finds_others = get_lexer_by_name in known or get_lexer_for_mimetype in known
    return issubclass(kind, DelegatingLexer) or finds_others or any(each in known for each in sharing)


def _shared(kind: type[Lexer]) -> dict[tuple[str, str], str]:
    """Give what lexers of a kind share and could write into, but for what all lexers have and rules compiled once."""
    return {
        (each.__name__, name): repr(value)
        for each in kind.__mro__
        for name, value in vars(each).items()
        if isinstance(value, list | dict | set)
        and not name.startswith("_")
        and name != "tokens"
        and name not in vars(Lexer)
    }
