"""The layers, what each may touch, and what a view may hold: rules of the design that code drifts away from."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import architecture_rules as rules
import msgspec
import pytest

import cogen
from cogen.assemble import views

PACKAGE = Path(cogen.__file__).parent
MODULES = rules.load(PACKAGE)
LONG_MODULES = ("assemble.views",)
"""The theme API is one table, to be read in one place."""

_OBVIOUS = (
    "absolute_url address agenda alt authors base body card cards categories columns count date description digest "
    "due email end entries event extra feeds fills frame headings height html id image kind label language leads "
    "menu milestones month months name options origin page pages pager people person phone post programme programmes "
    "project projects published robots role rules site slug source start started status summary tag tags text time "
    "title total updated url value website width word_count year years"
)
OBVIOUS_IN_VIEWS = frozenset(_OBVIOUS.split())
"""Names that say all there is to say; what needs a unit, a format or a condition is explained beneath."""


def _values(modules: tuple[rules.Module, ...]) -> tuple[rules.Module, ...]:
    """Give the modules whose values end up in digests."""
    return tuple(module for module in modules if module.top == "model" or module.name == "assemble.views")


Rule = Callable[[tuple[rules.Module, ...]], list[str]]


@pytest.mark.parametrize(
    "rule",
    [
        rules.layer_faults,
        rules.cycle_faults,
        rules.type_checking_faults,
        rules.disk_faults,
        rules.purity_faults,
        rules.banned_faults,
        rules.docstring_faults,
        lambda modules: rules.property_faults(_values(modules)),
        lambda modules: rules.size_faults(modules, LONG_MODULES),
    ],
    ids=[
        "layers",
        "cycles",
        "type-checking",
        "disk",
        "purity",
        "banned",
        "docstrings",
        "properties",
        "sizes",
    ],
)
def test_cogen_keeps_to_its_own_rules(rule: Rule) -> None:
    assert "\n".join(rule(MODULES)) == ""


def test_every_field_of_a_view_is_explained_or_obvious() -> None:
    [module] = [module for module in MODULES if module.name == "assemble.views"]
    assert "\n".join(rules.undocumented_fields(module, OBVIOUS_IN_VIEWS)) == ""


def test_a_view_holds_only_what_its_digest_sees() -> None:
    assert rules.view_faults(views.View) == []


def test_every_view_type_of_the_module_can_be_reached_from_a_page_or_another_output() -> None:
    reached: dict[type, None] = {}
    rules._hint_faults(views.View, "", reached, frozenset({"Moment"}))  # noqa: SLF001
    defined = {
        value
        for value in vars(views).values()
        if isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == views.__name__
    }
    assert defined - set(reached) == set()


# ---- the rules see what they are for --------------------------------------------------------------------------


def _tree(folder: Path, files: dict[str, str]) -> tuple[rules.Module, ...]:
    for name, source in files.items():
        path = folder / "cogen" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return rules.load(folder / "cogen")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("model/a.py", "from cogen.read import b"),
        ("model/a.py", "def late():\n    import cogen.read.b"),
        ("read/a.py", "from cogen.engine.memo import Memo"),
        ("model/a.py", "from ..read import b"),
        ("serve/a.py", "from cogen.scaffold import new"),
        ("engine/a.py", "from cogen import cli"),
    ],
)
def test_an_import_that_points_up_or_sideways_is_seen(tmp_path: Path, path: str, source: str) -> None:
    targets = {"read/b.py": "", "engine/memo.py": "", "scaffold/new.py": "", "cli.py": ""}
    assert len(rules.layer_faults(_tree(tmp_path, {**targets, path: source}))) == 1


def test_an_import_that_points_down_is_allowed(tmp_path: Path) -> None:
    tree = {
        "model/a.py": "",
        "read/b.py": "from cogen.model import a",
        "cli.py": "from cogen.read.b import a",
    }
    assert rules.layer_faults(_tree(tmp_path, tree)) == []


def test_a_module_of_no_layer_is_seen(tmp_path: Path) -> None:
    assert rules.layer_faults(_tree(tmp_path, {"utils.py": ""})) == ["utils lies in no layer"]


def test_a_cycle_is_seen_however_long_it_is(tmp_path: Path) -> None:
    tree = {
        "read/a.py": "from cogen.read import b",
        "read/b.py": "def late():\n    from cogen.read.c import x",
        "read/c.py": "from . import a",
    }
    assert rules.cycle_faults(_tree(tmp_path, tree)) == ["read.a → read.b → read.c → read.a"]


@pytest.mark.parametrize(
    "source", ["import typing\nif typing.TYPE_CHECKING: ...", "from typing import TYPE_CHECKING"]
)
def test_a_block_for_type_checkers_only_is_seen(tmp_path: Path, source: str) -> None:
    assert rules.type_checking_faults(_tree(tmp_path, {"model/a.py": source}))


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path",
        "from pathlib import Path",
        "import pathlib as p",
        "from shutil import copy",
        "def f(path):\n    return open(path)",
        "def f(path):\n    return path.read_text()",
        "import io\nx = io.open",
    ],
)
def test_a_touch_of_the_disk_is_seen_where_it_does_not_belong(tmp_path: Path, source: str) -> None:
    modules = _tree(tmp_path, {"assemble/a.py": source, "engine/b.py": source})
    assert {fault.partition(":")[0] for fault in rules.disk_faults(modules)} == {"assemble.a"}


@pytest.mark.parametrize(
    "source", ["from pathlib import PurePosixPath", "import io\nio.BytesIO()", "import posixpath"]
)
def test_paths_as_text_and_files_in_memory_are_not_the_disk(tmp_path: Path, source: str) -> None:
    assert rules.disk_faults(_tree(tmp_path, {"assemble/a.py": source})) == []


@pytest.mark.parametrize(
    "source",
    [
        "import datetime as dt\nx = dt.datetime.now(dt.UTC)",
        "from datetime import date\nx = date.today()",
        "import time\nx = time.time()",
        "from time import time",
        "import datetime as dt\nx = dt.datetime.fromtimestamp(5)",
        "def f(moment):\n    return moment.astimezone()",
        "def f(moment):\n    return moment.strftime('%d %B')",
        "import os\nx = os.environ['TZ']",
        "from os import getenv",
        "import random",
        "from uuid import uuid4",
        "import locale",
        "import socket",
        "import urllib.request",
        "from http.client import HTTPConnection",
    ],
)
def test_an_input_that_nobody_passed_is_seen(tmp_path: Path, source: str) -> None:
    assert rules.purity_faults(_tree(tmp_path, {"engine/a.py": source}))
    assert not rules.purity_faults(_tree(tmp_path / "other", {"cli.py": source}))


def test_a_time_zone_that_is_passed_is_no_hidden_input(tmp_path: Path) -> None:
    source = (
        "import datetime as dt\nx = dt.datetime.fromtimestamp(5, dt.UTC).astimezone(dt.UTC).strftime('%Y-%m')"
    )
    assert rules.purity_faults(_tree(tmp_path, {"engine/a.py": source})) == []


@pytest.mark.parametrize(
    "source", ["import pickle", "import subprocess", "x = eval('1')", "from typing import Any"]
)
def test_what_is_dangerous_or_vague_is_seen(tmp_path: Path, source: str) -> None:
    assert rules.banned_faults(_tree(tmp_path, {"engine/a.py": source}))


def test_a_missing_docstring_is_seen(tmp_path: Path) -> None:
    source = (
        '"""A module."""\nclass Public:\n    """A class."""\n    def method(self): ...\ndef _private(): ...\n'
    )
    assert rules.docstring_faults(_tree(tmp_path, {"model/a.py": source})) == [
        "model.a:4 method has no docstring"
    ]


def test_a_function_longer_than_a_page_is_seen(tmp_path: Path) -> None:
    source = "def f():\n" + "    pass\n" * rules.MAX_FUNCTION_LINES
    assert rules.size_faults(_tree(tmp_path, {"model/a.py": source})) == ["model.a:1 f has 61 lines"]


def test_a_field_that_nobody_explains_is_seen(tmp_path: Path) -> None:
    source = 'class A:\n    title: str\n    due_in: int\n    """Days."""\n    odd: int\n'
    [module] = _tree(tmp_path, {"model/a.py": source})
    assert rules.undocumented_fields(module, frozenset({"title"})) == ["model.a:5 A.odd is not explained"]


def test_a_property_that_reads_more_than_its_fields_is_seen(tmp_path: Path) -> None:
    source = "STATE = {}\nclass A:\n    @property\n    def x(self):\n        return STATE[self.y]\n"
    assert rules.property_faults(_tree(tmp_path, {"model/a.py": source})) == ["model.a:5 x reads STATE"]


class _Loose(msgspec.Struct, tag="loose"):
    x: int


class _Untagged(msgspec.Struct, frozen=True):
    x: int


class _Deep(msgspec.Struct, frozen=True, tag="deep"):
    inner: tuple[tuple["_Loose", ...], ...]


class _Twin(msgspec.Struct, frozen=True, tag="deep"):
    x: int


@pytest.mark.parametrize(
    "hint",
    [
        set[str],
        frozenset[str],
        dict[str, str],
        list[str],
        object,
        Path,
        Callable[[], str],
        float,
        bytes,
        tuple,
        dt.datetime,
    ],
    ids=str,
)
def test_a_view_may_not_hold_what_does_not_encode_in_order(hint: object) -> None:
    view = msgspec.defstruct("Bad", [("field", hint)], frozen=True, tag="bad")
    assert len(rules.view_faults(view)) == 1


def test_a_view_type_must_be_frozen_and_tagged_however_deep_it_lies() -> None:
    assert rules.view_faults(_Untagged) == ["_Untagged has no tag"]
    assert rules.view_faults(_Deep) == ["_Loose is not frozen"]


def test_two_view_types_may_not_share_a_tag() -> None:
    assert "_Twin and _Deep share the tag 'deep'" in rules.view_faults(tuple[_Deep, _Twin])
