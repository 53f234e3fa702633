"""The race's own parts, as far as they can be wrong without a clock: its posts, its tables, and its measuring."""

import sys
from pathlib import Path

import corpus
import hostile_texts
import measure
import pytest
import tables
from racers import COGEN, rendered

from cogen.model.body import Dialect
from cogen.model.config import ReadingOptions
from cogen.read import yaml
from cogen.read.markdown import limits
from cogen.read.parse import parse


def _run(wall_s: float, cpu_s: float, peak_mb: int, output: str = "") -> measure.Measure:
    return measure.Measure(wall_s, cpu_s, peak_mb * 1_000_000, output)


OUTCOME = tables.Outcome(
    1000,
    {
        "edited": {
            COGEN: [
                _run(1.0, 2.0, 100, "1,204 rendered"),
                _run(3.0, 3.0, 100, "1 rendered"),
                _run(1, 2, 100),
            ],
            "hugo": [_run(2.0, 4.0, 400), _run(4.0, 4.0, 400), _run(10.0, 4.0, 400)],
        }
    },
    {COGEN: {"index.html", "icon.svg"}, "hugo": {"index.html"}},
)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.md")}


def test_a_blog_of_one_size_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        corpus.write(12, [(tmp_path / name, corpus.yaml_header), (tmp_path / f"{name}p", corpus.line_header)])
    one = _files(tmp_path / "one")
    assert len(one) == 12
    assert one == _files(tmp_path / "two")
    assert one.keys() == _files(tmp_path / "onep").keys()


def test_an_added_post_is_the_newest_and_another_each_time() -> None:
    last = max(corpus.posts(50), key=lambda post: post.date)
    first, second = corpus.newest(50, 0), corpus.newest(50, 1)
    assert last.date < first.date < second.date
    assert len({last.path, first.path, second.path}) == 3


def test_ratios_are_medians_of_pairs_and_not_ratios_of_medians() -> None:
    [_, _, row, *_] = tables.summary([OUTCOME])
    cells = "| **0.50** | 0.50 | 0.25 | 1.00 ÷ 4.00 | 100 ÷ 400 | 1 to 1,204 |"
    assert row == f"| 1,000 | edited | cogen ÷ hugo {cells}"


def test_a_larger_blog_is_compared_with_the_smaller_one() -> None:
    larger = tables.Outcome(10_000, {"edited": {COGEN: [_run(12.0, 20.0, 300)]}}, {COGEN: set()})
    shown = "\n".join(tables.summary([OUTCOME, larger]))
    assert "| 10,000 | edited | cogen | - | - | - | 12.00 | 300 | - |" in shown
    assert (
        "10,000 posts, 10 times 1,000:\n  - edited: cogen needs 12.0 times as long and 3.0 times the memory"
        in shown
    )


def test_files_that_only_one_generator_makes_are_named() -> None:
    assert list(tables.file_lists(OUTCOME)) == [
        "- 1,000 posts, cogen: 2 files",
        "- 1,000 posts, hugo: 1 files; 1 that only cogen makes: `icon.svg`",
    ]


def test_a_table_replaces_what_stands_between_the_marks_and_nothing_else() -> None:
    page = f"before\n{tables.BEGIN}\nold\n{tables.END}\nafter\n"
    once = tables.put_between_marks(page, "new")
    assert once == f"before\n{tables.BEGIN}\n\nnew\n\n{tables.END}\nafter\n"
    assert tables.put_between_marks(once, "new") == once
    with pytest.raises(ValueError, match="needs the two lines"):
        tables.put_between_marks(f"before\n{tables.END}\n{tables.BEGIN}\n", "new")


def test_the_readme_has_the_marks() -> None:
    page = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    assert "new" in tables.put_between_marks(page, "new")


@pytest.mark.parametrize(
    ("output", "count"),
    [
        ("547 files from 200 posts in x: 1,375 rendered, 12 written, 0.4 s", 1375),
        ("built, 9 files rendered, 0.1 s\nServing\nbuilt, 2 files rendered, 0.1 s", 2),
        ("Total in 100 ms", None),
    ],
    ids=["build", "serve", "hugo"],
)
def test_the_number_of_rendered_files_is_read_from_what_cogen_says(output: str, count: int | None) -> None:
    assert rendered(_run(1, 1, 1, output)) == count


def test_a_command_is_measured_with_what_it_printed_and_how_it_ended(tmp_path: Path) -> None:
    run = measure.run([sys.executable, "-c", "import sys; print('hello'); sys.exit(3)"], tmp_path)
    assert (run.output, run.exit_code) == ("hello\n", 3)
    assert run.peak_bytes > 0


def test_a_command_that_is_left_is_ended_with_its_children(tmp_path: Path) -> None:
    program = (
        "import os, subprocess; p = subprocess.Popen(['sleep', '600']); open('new', 'w').write(str(p.pid)); "
    )
    program += "os.rename('new', 'pid'); p.wait()"
    told = tmp_path / "pid"
    with measure.Running([sys.executable, "-c", program], tmp_path) as running:
        while not told.exists():
            assert running.is_alive
    assert _has_ended(int(told.read_text()))


def _has_ended(pid: int) -> bool:
    """Say whether a process is gone; it may wait for whoever reaps orphans."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


@pytest.mark.parametrize("dialect", ["gfm", "python-markdown"])
def test_a_hostile_post_is_cut_to_just_what_the_limit_of_marks_allows(dialect: Dialect) -> None:
    whole = "*a\n\n" * limits.MAX_MARKS[dialect]
    case = hostile_texts.Case("stars", hostile_texts.POST, hostile_texts.HEAD + whole)
    cut = hostile_texts.at_the_limit(case, dialect)
    options = ReadingOptions(dialect=dialect)
    assert not parse(case.path, cut.text.encode(), options).findings
    more = parse(case.path, (cut.text + whole[:20]).encode(), options)
    assert [found.code for found in more.findings] == ["too-complex"]


def test_hostile_yaml_goes_to_just_what_the_limit_of_marks_allows() -> None:
    counts = {case.kind: sum(map(case.text.count, yaml.MARKS)) for case in hostile_texts.yaml_cases()}
    at_the_limit = {kind for kind, count in counts.items() if 0.99 < count / yaml.MAX_MARKS <= 1}
    assert {
        "YAML: keys",
        "front matter: keys",
        "YAML: items in one line",
        "projects",
        "people",
        "tags",
    } <= at_the_limit
