"""What a site is made with, beside its sources: installed packages, other programs, whatever changes while it is built.

After any of them has changed, a build ends as one that remembers nothing.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, tree, wait_a_tick, write_site

from cogen.engine import fingerprint, workshop
from cogen.model.config import ReadingOptions, has_foreign_extensions

ABOUT = "-- content/pages/about.md --\n---\ntitle: About\n---\n{}\n"
SHOUTING = """\
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
class Shout(Preprocessor):
    def run(self, lines):
        return [line.replace("shout", "{}") for line in lines]
class ShoutExtension(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Shout(md), "shout", 5)
def makeExtension(**options):
    return ShoutExtension(**options)
"""
LEXER = """\
from pygments.lexer import RegexLexer
from pygments.token import Keyword
class ZzLexer(RegexLexer):
    name = "Zz"
    aliases = ["zzlang"]
    tokens = {"root": [(r"zz", Keyword)]}
"""


@pytest.fixture
def added(tmp_path: Path) -> Path:
    """Give a folder that a process of cogen imports from."""
    folder = tmp_path / "added"
    folder.mkdir()
    return folder


def _run(site: Path, added: Path, *options: str) -> tuple[int, str]:
    """Build in a process of its own, as what is installed is looked at once in a process."""
    environment = {**os.environ, "PYTHONPATH": f"{added}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    command = [
        sys.executable,
        "-m",
        "cogen",
        "build",
        str(site),
        "--now",
        "2013-07-01T12:00:00+00:00",
        *options,
    ]
    wait_a_tick()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.returncode, done.stdout.rpartition("\n")[0].replace(str(site), "")


def _assert_as_cold(site: Path, added: Path) -> str:
    """Build, and once more from nothing: they must end alike. Gives the page."""
    code, _ = _run(site, added)
    cold_code, _ = _run(site, added, "--no-cache", "-o", str(site / "cold"))
    assert code == cold_code
    if code == 0:
        assert tree(site / "output") == tree(site / "cold")
    return (site / "output/about/index.html").read_text() if code == 0 else ""


def test_an_extension_of_markdown_may_come_change_and_go(tmp_path: Path, added: Path) -> None:
    settings = "markdown: {dialect: python-markdown, extensions: [mdx_shout]}\n"
    site = write_site(tmp_path / "site", MINIMAL + settings + ABOUT.format("Say shout."))
    assert _assert_as_cold(site, added) == ""
    (added / "mdx_shout.py").write_text(SHOUTING.format("ONE"))
    assert "Say ONE." in _assert_as_cold(site, added)
    (added / "mdx_shout.py").write_text(
        SHOUTING.format("THREE")
    )  # of another length: Python looks at no less
    assert "Say THREE." in _assert_as_cold(site, added)
    (added / "mdx_shout.py").unlink()
    assert _assert_as_cold(site, added) == ""


def test_an_extension_that_is_named_in_vain_may_come_and_go(tmp_path: Path, added: Path) -> None:
    settings = "markdown: {extensions: [mdx_shout]}\ndiagnostics: {bad-value: warning}\n"
    site = write_site(tmp_path / "site", MINIMAL + settings + ABOUT.format("Say nothing."))
    assert "bad-value" in _run(site, added)[1]
    (added / "mdx_shout.py").write_text(SHOUTING.format("ONE"))
    assert "bad-value" not in _run(site, added)[1]
    (added / "mdx_shout.py").unlink()
    assert "bad-value" in _run(site, added)[1]


@pytest.mark.parametrize(
    ("names", "are_foreign"),
    [
        (["toc", "markdown.extensions.nl2br", "markdown.extensions.toc:TocExtension"], False),
        (["pymdownx.superfences", "pymdownx.blocks.html", "pymdownx.tilde:DeleteSubExtension"], False),
        (["toc", "mdx_shout"], True),
        (["tocs"], True),
        (["pymdownx.snippets"], True),
        (["pymdownx.snippets:SnippetExtension"], True),
        (["pymdownx.b64:B64Extension"], True),
    ],
)
def test_what_an_extension_made_is_remembered_where_it_looks_at_the_text_alone(
    names: list[str], are_foreign: bool
) -> None:
    assert has_foreign_extensions(ReadingOptions("UTC", "python-markdown", tuple(names))) is are_foreign
    assert not has_foreign_extensions(ReadingOptions("UTC", "gfm", tuple(names)))


@pytest.mark.parametrize(("kind", "metadata"), [("dist-info", "METADATA"), ("egg-info", "PKG-INFO")])
def test_a_package_that_brings_a_lexer_is_noticed(
    kind: str, metadata: str, tmp_path: Path, added: Path
) -> None:
    site = write_site(tmp_path / "site", MINIMAL + ABOUT.format("```zzlang\nzz top\n```"))
    plain = _assert_as_cold(site, added)
    write_site(
        added,
        f"-- zzlexer.py --\n{LEXER}-- zzlexer-1.0.{kind}/{metadata} --\nName: zzlexer\nVersion: 1.0\n"
        f"-- zzlexer-1.0.{kind}/entry_points.txt --\n[pygments.lexers]\nzz = zzlexer:ZzLexer\n",
    )
    coloured = _assert_as_cold(site, added)
    assert (">zz</span>" in coloured, ">zz</span>" in plain) == (True, False)


def test_each_package_in_each_folder_is_part_of_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest() -> str:
        fingerprint._installed.cache_clear()  # noqa: SLF001 as in a new process
        fingerprint.engine_digest.cache_clear()
        return fingerprint.engine_digest()

    seen = [digest()]
    (tmp_path / "loop").symlink_to("loop")
    odd = [str(tmp_path / name) for name in ("none", "loop", "n" * 300)]
    monkeypatch.setattr(sys, "path", [*sys.path, *odd])
    assert digest() == seen[0]  # a folder without packages is none
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    for name in ("a-1.dist-info", "a-2.dist-info", "b-1.egg-info"):
        (tmp_path / name).mkdir()
        seen.append(digest())
    (tmp_path / "a-2.dist-info").rename(tmp_path / "a-3.dist-info")
    seen.append(digest())
    assert len(set(seen)) == len(seen)
    monkeypatch.undo()
    assert digest() == seen[0]


# ---- while it is built


def test_a_file_that_changed_while_the_site_was_built_is_not_remembered_as_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path, MINIMAL + "-- content/files/plan.txt --\nAAAA\n")
    plan, make = site / "content/files/plan.txt", workshop.Workshop.make
    with monkeypatch.context() as patched:
        patched.setattr(workshop.Workshop, "make", lambda *each: plan.write_text("BBBB\n") and make(*each))
        result = cogen("build", site)
    assert result.code == 3
    assert "content/files/plan.txt changed while the site was built: build again" in result.err
    plan.write_text("AAAA\n")
    build(site)
    assert (site / "output/files/plan.txt").read_text() == "AAAA\n"


def test_a_text_that_the_store_lost_and_that_changed_meanwhile_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path, MINIMAL + ABOUT.format("First."))
    about, make = site / "content/pages/about.md", workshop.Workshop.make

    def changing(*each: object) -> bytes:
        about.write_text(about.read_text().replace("First", "Other"))
        for segment in (site / ".cogen/store").glob("*"):
            segment.write_bytes(b"")
        return make(*each)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(workshop.Workshop, "make", changing)
        result = cogen("build", site)
    assert result.code == 3
    assert "content/pages/about.md changed while the site was built: build again" in result.err


# ---- the program that indexes


PROGRAM = """\
import base64, json, sys
for question in iter(lambda: b"".join(iter(lambda: sys.stdin.buffer.read(1).strip(b","), b"")), b""):
    kind = json.loads(base64.b64decode(question))["payload"]["type"]
    files = [{"path": "more.txt", "content": base64.b64encode(b"ONE").decode()}]
    answer = {"payload": {"type": kind, "index_id": 7, "files": files if kind == "GetFiles" else []}}
    sys.stdout.buffer.write(base64.b64encode(json.dumps(answer).encode()) + b",")
    sys.stdout.buffer.flush()
"""
SEARCH = MINIMAL + "search: true\n" + ABOUT.format("Colours.")


def test_settings_for_pagefind_that_lie_about_are_not_for_cogen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(write_site(tmp_path / "site", SEARCH))
    (tmp_path / "pagefind.toml").write_text('force_language = "de"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "fr")
    build(tmp_path / "site", "--no-cache", "-o", tmp_path / "cold")
    assert tree(tmp_path / "site/output") == tree(tmp_path / "cold")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the place of a program that stands before Pagefind, and makes a file of its own."""
    path = tmp_path / "bin/pagefind"
    path.parent.mkdir()
    path.write_text(f"#!{sys.executable}\n{PROGRAM}")
    path.chmod(0o755)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(path.parent), prepend=os.pathsep)
    return path


def test_another_program_for_the_index_is_noticed(tmp_path: Path, program: Path) -> None:
    site = write_site(tmp_path / "site", SEARCH)
    wait_a_tick()
    build(site)
    assert list((site / ".cogen").glob("last-*"))
    assert (site / "output/pagefind/more.txt").read_text() == "ONE"
    assert "0 rendered" in build(site).out
    program.write_text(program.read_text().replace("ONE", "ANOTHER"))
    build(site)
    assert (site / "output/pagefind/more.txt").read_text() == "ANOTHER"
    program.unlink()
    result = cogen("build", site, "--now", "2013-07-01T12:00:00")
    assert (result.code, "error[no-search-program]" in result.out) == (1, True)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script")
def test_a_program_that_the_path_names_from_the_working_folder_is_found(
    tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(program.parent.parent)
    monkeypatch.setenv("PATH", program.parent.name, prepend=os.pathsep)
    build(write_site(tmp_path / "site", SEARCH))
    assert (tmp_path / "site/output/pagefind/more.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script")
def test_a_program_that_goes_while_it_is_wanted_breaks_nothing(tmp_path: Path, program: Path) -> None:
    program.write_text(program.read_text().replace("import ", "import os; os.remove(__file__)\nimport "))
    build(write_site(tmp_path, SEARCH))
    assert cogen("build", tmp_path, "--now", "2013-07-01T12:00:00").code == 1
