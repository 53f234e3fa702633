"""Every construct of both dialects, as data: tests/read/markdown/golden/*.txt."""

import pytest
from read.markdown.golden_cases import FOLDER, Case, all_cases, render, shown_aspects, write_anew

CASES = all_cases()


@pytest.mark.parametrize(("case", "dialect"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_markdown_becomes_the_html_written_beside_it(case: Case, dialect: str, update: bool) -> None:
    if update:
        pytest.skip("golden files are being written anew")
    seen = shown_aspects(render(case, dialect))
    expected = {aspect: case.expected(aspect, dialect) for aspect in seen}
    wanted = {aspect: text.strip("\n") + "\n" for aspect, text in expected.items() if text is not None}
    wanted.setdefault("findings", "")
    wanted["findings"] = wanted["findings"].lstrip("\n")
    assert {aspect: seen[aspect] for aspect in wanted} == wanted


def test_golden_files_are_written_anew_when_asked_for(update: bool) -> None:
    if not update:
        pytest.skip("only with --update")
    for path in sorted(FOLDER.glob("*.txt")):
        write_anew(path)


def test_there_are_cases_for_both_dialects() -> None:
    assert {dialect for _, _, dialect in CASES} == {"gfm", "python-markdown"}
    assert len(CASES) > 100
