"""What ``cogen new post`` writes."""

import datetime as dt
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from cogen.model.diagnostics import MachineError, ProjectError
from cogen.scaffold.post import new_post, one_line

TODAY = dt.date(2012, 5, 25)
GUID = "urn:uuid:7f0c6a52-7d2b-4ce6-8a0e-1f0c6a527d2b"
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_bytes(b"title: T\n")
    return tmp_path


def front_matter(path: Path) -> dict[str, object]:
    head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    assert body
    found = yaml.safe_load(head)
    assert isinstance(found, dict)
    return found


def test_a_post_lies_in_its_year_under_its_day_and_slug(site: Path) -> None:
    path = new_post(site, "Public Services by Design", TODAY, GUID)
    assert path == site / "content/posts/2012/2012-05-25-public-services-by-design.md"


def test_the_front_matter_is_filled_in_and_the_post_is_a_draft(site: Path) -> None:
    assert front_matter(new_post(site, "Tulse Hill: update", TODAY, GUID)) == {
        "title": "Tulse Hill: update",
        "date": TODAY,
        "authors": [],
        "tags": [],
        "summary": "",
        "guid": GUID,
        "draft": True,
    }


def test_the_file_is_utf8_with_line_feeds_and_nothing_is_left_beside_it(site: Path) -> None:
    path = new_post(site, "Café Ω", TODAY, GUID)
    assert b"\r" not in path.read_bytes()
    assert 'title: "Café Ω"' in path.read_bytes().decode()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_post_in_a_further_language_ends_with_its_tag(site: Path) -> None:
    settings = "title: T\nurl: https://example.org/\nlanguages: [pt-BR]\n"
    (site / "site.yaml").write_text(settings, encoding="utf-8")
    assert new_post(site, "Hello", TODAY, GUID, "EN").name == "2012-05-25-hello.md"
    path = new_post(site, "Olá", TODAY, GUID, "pt_br")
    assert path == site / "content/posts/2012/2012-05-25-ola.pt-BR.md"


@pytest.mark.parametrize(
    "settings", [b"title: T\n", b"title: T\nurl: https://example.org/\nlanguages: [es]\n", b"\0"]
)
def test_a_language_that_the_site_does_not_have_is_refused(site: Path, settings: bytes) -> None:
    (site / "site.yaml").write_bytes(settings)
    with pytest.raises(ProjectError, match="has no further language 'xx'"):
        new_post(site, "Hello", TODAY, GUID, "xx")
    assert not (site / "content").exists()


HOSTILE = [
    "",
    "   ",
    "...",
    "../../etc/passwd",
    "..\\..\\x",
    "C:\\x",
    "/absolute",
    "con",
    'She said "no"',
    "it's",
    "back\\slash\\",
    'ends with "',
    "two\nlines\r\nand\u2028more",
    "---",
    "--- \n---\n",
    "title: x",
    "# not a comment",
    "{a: b}",
    "[x](y)",
    "!!python/object:os.system",
    "*alias",
    "&anchor",
    "%TAG",
    "@at",
    "`tick`",
    "{title} {0} %s",
    "🚲 job bike 👩‍👩‍👧",
    "日本語のタイトル" * 20,
    "𠀀" * 200,
    "e\u0301" * 150,
    "x" * 300,
    "word " * 60,
    "nul\x00bell\x07esc\x1b[31m",
    "c1\x85\x9b",
    "bom\ufeffmark",
    "\ufffe\uffff\U0001fffe\ufdd0",
    "lone\ud800surrogate",
    "عنوان",
    "yes",
    "null",
    "2012-05-25",
    "1e3",
    "0x10",
    "~",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_gives_one_file_in_its_folder(site: Path, title: str) -> None:
    path = new_post(site, title, TODAY, GUID)
    assert path.parent == site / "content/posts/2012"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert len(path.name.encode()) <= 150
    assert path.name.removeprefix("2012-05-25-").removesuffix(".md").strip(".-")
    assert front_matter(path)["title"] == (one_line(title) or "Untitled")


@given(title=st.text(max_size=300), day=DAYS)
@example(title='"', day=TODAY)
@example(title="\\", day=TODAY)
def test_any_title_reads_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, title: str, day: dt.date
) -> None:
    site = tmp_path_factory.mktemp("site")
    (site / "site.yaml").touch()
    found = front_matter(new_post(site, title, day, GUID))
    assert found["title"] == (one_line(title) or "Untitled")
    assert found["date"] == day
    assert found["draft"] is True


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_a_title_of_plain_characters_is_not_changed(title: str) -> None:
    assert one_line(title) == title


@given(st.text())
def test_a_title_becomes_one_line_that_files_and_feeds_can_hold(title: str) -> None:
    line = one_line(title)
    assert line == line.strip()
    assert not {unicodedata.category(char) for char in line} & {"Cc", "Cs", "Zl", "Zp"}
    line.encode()


@pytest.mark.parametrize("rival", ["hello.md", "hello.markdown", "hello/index.md"])
def test_a_post_that_is_already_there_is_never_overwritten(site: Path, rival: str) -> None:
    path = site / "content/posts/2012" / f"2012-05-25-{rival}"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"precious")
    with pytest.raises(ProjectError, match="already there"):
        new_post(site, "Hello", TODAY, GUID)
    assert path.read_bytes() == b"precious"


def test_a_dangling_link_in_its_place_is_not_followed(site: Path) -> None:
    path = site / "content/posts/2012/2012-05-25-hello.md"
    path.parent.mkdir(parents=True)
    path.symlink_to(site / "elsewhere.md")
    with pytest.raises(ProjectError):
        new_post(site, "Hello", TODAY, GUID)
    assert not (site / "elsewhere.md").exists()


def test_a_folder_of_posts_that_leads_out_of_the_site_is_refused(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (site / "content").mkdir()
    (site / "content/posts").symlink_to(outside, target_is_directory=True)
    with pytest.raises(ProjectError, match="leads out of the site"):
        new_post(site, "Hello", TODAY, GUID)
    assert list(outside.iterdir()) == []


def test_where_there_is_no_site_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no site"):
        new_post(tmp_path, "Hello", TODAY, GUID)
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_a_fault_of_the_machine(site: Path) -> None:
    (site / "content").write_bytes(b"")
    with pytest.raises(MachineError, match="2012-05-25-hello"):
        new_post(site, "Hello", TODAY, GUID)
