"""Findings: every code is known, and what must be right cannot be wished away."""

import pytest

from cogen.model.codes import CODES
from cogen.model.diagnostics import Diagnostic, Location, finding, severity_of

STRUCTURAL = sorted(name for name, code in CODES.items() if code.is_structural)
LOWERABLE = sorted(set(CODES) - set(STRUCTURAL))


def test_a_code_that_nobody_documented_is_a_bug_of_ours() -> None:
    with pytest.raises(KeyError):
        finding("no-such-code", "something is odd")
    with pytest.raises(KeyError):
        severity_of("no-such-code", {})


def test_a_finding_keeps_all_it_was_told() -> None:
    place = Location("content/posts/a.md", 3, 1, 5, "titel: x")
    assert finding("unknown-key", "a post has no key", place, "did you mean title?") == Diagnostic(
        "unknown-key", "a post has no key", place, "did you mean title?"
    )


@pytest.mark.parametrize("code", STRUCTURAL)
@pytest.mark.parametrize("wish", ["warning", "hint", "off"])
def test_a_structural_code_cannot_be_lowered(code: str, wish: str) -> None:
    assert severity_of(code, {code: wish}) == "error"


@pytest.mark.parametrize("code", LOWERABLE)
@pytest.mark.parametrize("wish", ["error", "warning", "hint", "off"])
def test_any_other_code_has_the_severity_the_site_gives_it(code: str, wish: str) -> None:
    assert severity_of(code, {code: wish}) == wish
    assert severity_of(code, {}) == CODES[code].severity


def test_what_could_break_a_site_or_leave_it_is_structural() -> None:
    assert {"address-collision", "unknown-theme", "symlink-outside"} <= set(STRUCTURAL)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained_in_a_sentence(code: str) -> None:
    assert CODES[code].meaning.endswith(".")
    assert code == code.lower().replace("_", "-")
