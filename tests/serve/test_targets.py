"""How the target of a request line is read."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serve.wire import write_files

from cogen.serve.targets import find_file, folder_address, parse_target


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "*",
        "http://127.0.0.1/",
        "//x",
        "/a//b",
        "/..",
        "/../x",
        "/a/../b",
        "/.",
        "/./x",
        "/%2e%2e/x",
        "/%2E%2e/x",
        "/.%2e/x",
        "/a%2fb",
        "/a%2Fb",
        "/..%2fx",
        "/a%5cb",
        "/..%5Cx",
        "/a\\b",
        "\\a",
        "/a%00",
        "/a%00.html",
        "/a%0a",
        "/a%7f",
        "/C:/x",
        "/c%3a/x",
        "/a.txt:stream",
        "/a.",
        "/a./b",
        "/a%20",
        "/.git/config",
        "/.cogen",
        "/a/.hidden/",
        "/.well-known/../x",
        "/.well-known/.x",
        "/.well-known2/x",
        "/%ff",
        "/%c0%ae%c0%ae/x",
        "/caf\xe9",
    ],
)
def test_what_no_published_file_is_called_is_refused(written: str) -> None:
    assert parse_target(written) is None


@pytest.mark.parametrize(
    ("written", "names", "is_folder"),
    [
        ("/", (), True),
        ("/a", ("a",), False),
        ("/a/", ("a",), True),
        ("/a/b.html", ("a", "b.html"), False),
        ("/a/?b=../c", ("a",), True),
        ("/caf%C3%A9/", ("caf\u00e9",), True),
        ("/caf\xc3\xa9/", ("caf\u00e9",), True),
        ("/a%20b%2520c", ("a b%20c",), False),
        ("/a..b", ("a..b",), False),
        ("/.well-known/security.txt", (".well-known", "security.txt"), False),
    ],
)
def test_what_may_be_published_is_read(written: str, names: tuple[str, ...], is_folder: bool) -> None:
    target = parse_target(written)
    assert target is not None
    assert (target.names, target.is_folder) == (names, is_folder)


hostile = st.lists(
    st.sampled_from(
        [
            *("/", "//", "..", ".", "%2e", "%2E", "%2f", "%5c", "\\", "%00", ":", "%3a", "~", " ", "%20"),
            *(
                "a",
                "b.html",
                ".well-known",
                ".git",
                "%c0%ae",
                "%25",
                "%252e",
                "?",
                "#",
                ";",
                "\xff",
                "\x00",
                "é",
            ),
        ]
    ),
    max_size=12,
).map("".join)


@given(hostile | st.text(st.characters(max_codepoint=255), max_size=60))
def test_whatever_is_read_is_made_of_plain_names(rest: str) -> None:
    target = parse_target("/" + rest)
    if target is not None:
        for name in target.names:
            assert name not in {"", ".", ".."}
            assert not re.search(r"[/\\\x00:]", name)
            assert not name.startswith(".") or name == ".well-known"
        assert re.fullmatch(r"[!-~]*", target.query)
        assert parse_target(folder_address(target.names)) is not None or not target.names


@given(hostile)
def test_whatever_is_found_lies_in_the_served_folder(
    tmp_path_factory: pytest.TempPathFactory, rest: str
) -> None:
    root = tmp_path_factory.getbasetemp() / "served"
    if not root.exists():
        write_files(root, {"a/b.html": b"", "b.html": b"", "a/a/b.html": b""})
        write_files(root.parent, {"b.html": b"SECRET"})
        (root / "a~").symlink_to(os.pardir, target_is_directory=True)
    target = parse_target("/" + rest)
    found = find_file(root, target.names) if target else None
    assert found is None or found.resolve().is_relative_to(root.resolve())


def test_names_that_were_never_checked_are_still_contained(tmp_path: Path) -> None:
    """The second fence stands by itself."""
    root = write_files(tmp_path / "served", {"a.txt": b""})
    write_files(tmp_path, {"secret.txt": b"SECRET"})
    for names in (
        (os.pardir, "secret.txt"),
        (str(tmp_path / "secret.txt"),),
        ("a.txt", "..", "..", "secret.txt"),
    ):
        assert find_file(root, names) is None
    assert find_file(root, ("nul\0",)) is None
