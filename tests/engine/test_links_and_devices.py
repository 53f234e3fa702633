"""Symbolic links and things that are no files, wherever cogen reads: in content/, in themes/, site.yaml itself."""

import os
import sys
from pathlib import Path

import pytest
from sites import MINIMAL, build, cogen, write_site

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")

THEMED = MINIMAL + "theme: t\n-- themes/t/theme.yaml --\nname: t\nextends: commons\n"
SECRETS = """\
-- theme.yaml --
name: secret
-- assets/secret.txt --
secret
-- secret-theme/theme.yaml --
name: secret
-- passwd --
root:x:0:0:root
"""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return write_site(tmp_path / "outside", SECRETS)


def _said(site: Path) -> str:
    """Check a site that has something to be mended, and nothing worse."""
    result = cogen("check", site, "--now", "2013-07-01")
    assert (result.code, result.err) == (1, "")
    return result.out


def _link(site: Path, name: str, target: Path | str) -> Path:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        for each in sorted(path.rglob("*"), reverse=True):
            each.rmdir() if each.is_dir() else each.unlink()
        path.rmdir()
    path.unlink(missing_ok=True)
    path.symlink_to(target)
    return site


@pytest.mark.parametrize(
    ("name", "target"),
    [("content/images/l", "l"), ("content/l.md", "l.md"), ("content", "content"), ("themes", "themes"),
     ("themes/t/assets/x", "x"), ("themes/t", "t")],
)  # fmt: skip
def test_a_symbolic_link_to_itself_is_a_bad_name(tmp_path: Path, name: str, target: str) -> None:
    site = _link(write_site(tmp_path, THEMED), name, target)
    assert f"{name}: error[bad-file-name]: this symbolic link leads in a circle\n" in _said(site)


def test_two_symbolic_links_to_each_other_are_bad_names(tmp_path: Path) -> None:
    site = _link(_link(write_site(tmp_path, MINIMAL), "content/a", "b"), "content/b", "a")
    assert _said(site).count("this symbolic link leads in a circle") == 2


@pytest.mark.parametrize("name", ["content", "themes", "themes/t", "themes/t/theme.yaml", "content/x.png"])
def test_a_symbolic_link_to_nothing_is_a_bad_name(tmp_path: Path, name: str) -> None:
    site = _link(write_site(tmp_path, THEMED), name, "nowhere")
    assert f"{name}: error[bad-file-name]: this symbolic link leads to nothing\n" in _said(site)


@pytest.mark.parametrize("where", ["output", "output/below"])
def test_an_output_folder_that_is_a_symbolic_link_to_itself_is_refused(tmp_path: Path, where: str) -> None:
    site = _link(write_site(tmp_path, MINIMAL), "output", "output")
    result = cogen("build", site, "-o", site / where)
    assert result.code == 2
    assert "is a symbolic link that leads in a circle" in result.err


def test_the_root_of_the_disk_is_refused(tmp_path: Path) -> None:
    result = cogen("build", write_site(tmp_path, MINIMAL), "-o", Path(tmp_path.anchor))
    assert result.code == 2
    assert "-o" in result.err


def test_an_output_folder_with_too_long_a_name_is_the_machine_s_refusal(tmp_path: Path) -> None:
    result = cogen("build", write_site(tmp_path, MINIMAL), "-o", tmp_path / ("x" * 300))
    assert (result.code, "Traceback" in result.err) == (3, False)


@pytest.mark.parametrize(
    ("name", "target"),
    [("themes/t/assets/x.txt", "assets/secret.txt"), ("themes/t/assets", "assets"),
     ("themes/t/theme.yaml", "theme.yaml"), ("themes/t", "secret-theme"), ("themes", "."),
     ("content/people.yaml", "passwd")],
)  # fmt: skip
def test_a_symbolic_link_out_of_the_project_is_named_and_not_read(
    tmp_path: Path, outside: Path, name: str, target: str
) -> None:
    site = _link(write_site(tmp_path / "site", THEMED), name, outside / target)
    said = _said(site)
    assert f"{name}: error[symlink-outside]: this symbolic link leads out of the project\n" in said
    assert "secret" not in said
    assert "root:x" not in said


def test_a_missing_theme_is_no_reason_to_list_folders_elsewhere(tmp_path: Path, outside: Path) -> None:
    site = write_site(tmp_path / "site", MINIMAL + "theme: nowhere\n-- themes/own/theme.yaml --\nname: own\n")
    said = _said(_link(site, "themes/secret-theme", outside / "secret-theme"))
    assert "there are: commons, own\n" in said


@pytest.mark.parametrize("command", ["build", "check"])
def test_settings_that_lead_out_of_the_project_are_not_read(
    tmp_path: Path, outside: Path, command: str
) -> None:
    site = _link(write_site(tmp_path / "site", MINIMAL), "site.yaml", outside / "passwd")
    result = cogen(command, site)
    assert (result.code, result.out) == (2, "")
    assert "site.yaml: this symbolic link leads out of the project" in result.err
    assert not (site / ".cogen").exists()


def test_a_symbolic_link_within_the_project_serves_a_theme(tmp_path: Path) -> None:
    site = write_site(
        tmp_path, THEMED + "-- content/bike.svg --\n<svg xmlns='http://www.w3.org/2000/svg'/>\n"
    )
    _link(_link(site, "themes/t/assets/bike.svg", "../../../content/bike.svg"), "themes/u", "t")
    build(write_site(site, "-- themes/t/templates/home.html --\n{{ asset('bike.svg') }}\n"))
    assert "/assets/bike." in (site / "output/index.html").read_text()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing there")
@pytest.mark.parametrize("name", ["content/x.md", "content/posts/x.md", "themes/t/assets/x.css"])
@pytest.mark.parametrize("is_linked", [False, True])
def test_what_is_neither_file_nor_folder_is_a_bad_name(tmp_path: Path, name: str, is_linked: bool) -> None:
    site = write_site(tmp_path, THEMED)
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(site / ("pipe" if is_linked else name))
    if is_linked:
        (site / name).symlink_to(site / "pipe")
    assert f"{name}: error[bad-file-name]: this is neither a file nor a folder\n" in _said(site)


def test_a_pipe_in_the_place_of_a_folder_is_no_output_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert cogen("build", write_site(tmp_path / "site", MINIMAL), "-o", tmp_path / "pipe").code == 2


@pytest.mark.parametrize("last", ["t", "u", "w"])
def test_themes_that_extend_each_other_in_a_circle_are_named_once(tmp_path: Path, last: str) -> None:
    chain = {"t": "u", "u": "v", "v": "w", "w": "t"}
    chain[last] = "t"
    themes = "".join(f"-- themes/{name}/theme.yaml --\nextends: {to}\n" for name, to in chain.items())
    said = _said(write_site(tmp_path, MINIMAL + "theme: t\n" + themes))
    assert (
        f"themes/{last}/theme.yaml:1:10: error[unknown-theme]: the themes extend each other in a circle"
        in said
    )
    assert said.count("error[") == 1


def test_a_theme_that_extends_one_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = _said(write_site(tmp_path, THEMED.replace("extends: commons", "extends: comons")))
    assert "themes/t/theme.yaml:2:10: error[unknown-theme]: there is no theme 'comons'" in said
    assert 'did you mean "commons"?' in said


@pytest.mark.parametrize("name", ["x" * 300, '"a\\0b"', "../t", "/etc", '"\\\\\\\\host"', "c:t", "."])
def test_a_theme_of_an_impossible_name_is_not_there(tmp_path: Path, name: str) -> None:
    assert "error[unknown-theme]: there is no theme" in _said(
        write_site(tmp_path, MINIMAL + f"theme: {name}\n")
    )


def test_a_long_chain_of_themes_ends_with_commons(tmp_path: Path) -> None:
    chain = "".join(f"-- themes/t{n}/theme.yaml --\nextends: t{n + 1}\n" for n in range(30))
    site = write_site(tmp_path, MINIMAL + "theme: t0\n" + chain + "-- themes/t30/theme.yaml --\nname: t30\n")
    build(site)
