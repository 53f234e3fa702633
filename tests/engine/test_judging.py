"""What a report says of many findings: the first ones, how many more, and the same however many worked."""

from pathlib import Path

import pytest
from sites import MINIMAL, cogen, write_site

from cogen.engine import rendering
from cogen.engine.judging import judged, merged
from cogen.model.diagnostics import MOST_OF_A_KIND, Clue, Location, finding


def test_of_a_kind_in_a_file_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    many = [finding("dead-link", f"m{n}", Clue("a.md", text=str(n))) for n in range(1_250)]
    other = [
        finding("missing-alt", "m", Location("a.md")),
        finding("dead-link", "m", Location("b.md")),
        *(finding("shadowed-key", str(n)) for n in range(MOST_OF_A_KIND + 1)),
    ]
    told = [(severity, each.message) for severity, each in judged([*many, *other], {}, tmp_path)]
    assert told[:MOST_OF_A_KIND] == [("error", f"m{n}") for n in range(MOST_OF_A_KIND)]
    assert told[MOST_OF_A_KIND + len(other)] == ("error", "1,150 more of this kind in this file")
    assert len(told) == MOST_OF_A_KIND + len(other) + 1


def test_what_was_found_twice_counts_once_however_little_of_it_was_kept(tmp_path: Path) -> None:
    many = [finding("too-complex", f"m{n}", Location("a.md", 1, 1, 1, "a")) for n in range(MOST_OF_A_KIND)]
    again = finding("too-complex", "m0", Location("a.md", 1, 1))
    assert len(judged([*many, again], {}, tmp_path)) == MOST_OF_A_KIND


def test_what_is_switched_off_is_not_counted_either(tmp_path: Path) -> None:
    many = [finding("dead-link", f"m{n}", Location("a.md")) for n in range(MOST_OF_A_KIND + 1)]
    assert judged(many, [("dead-link", "off")], tmp_path) == ()
    [*_, last] = judged(many, [("dead-link", "hint")], tmp_path)
    assert last[0] == "hint"


def test_the_order_is_that_of_the_outputs_however_many_worked() -> None:
    [one, two, three] = [finding("dead-link", name, Clue("a.md")) for name in ("one", "two", "three")]
    assert merged([[(0, one), (3, two), (3, three)]]) == (one, two, three)
    assert merged([[(3, two), (3, three)], [(0, one), (5, two)]]) == (one, two, three)
    assert merged([[(0, one)], [(1, one), (3, two), (3, three)]]) == (one, two, three)


@pytest.mark.usefixtures("forks")
def test_the_same_ones_are_told_however_many_worked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_LEAST_OUTPUTS_A_WORKER", 1)
    projects = "".join(f"  - {{name: P{n}, description: '[a](gone-{n}.md)'}}\n" for n in range(150))
    site = write_site(tmp_path, f"{MINIMAL}-- content/projects/a.yaml --\ntitle: A\nprojects:\n{projects}")
    alone = cogen("build", site, "--no-cache", "--jobs", "1")
    assert alone.out.count("dead-link") == MOST_OF_A_KIND + 1
    assert cogen("build", site, "--no-cache", "--jobs", "3").out == alone.out
