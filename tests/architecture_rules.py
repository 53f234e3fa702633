"""The rules of the architecture as functions over a folder of source: each gives the sentences it objects with.

``test_architecture.py`` applies them to cogen, where they must be silent, and to small bad trees, where they
must not.
"""

import ast
import builtins
import datetime as dt
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"model"}),
    frozenset({"read"}),
    frozenset({"assemble"}),
    frozenset({"render"}),
    frozenset({"engine"}),
    frozenset({"serve", "scaffold"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
"""From the bottom to the top; an import may only point down, or stay inside its own package."""

DISK_PACKAGES = ("read.files", "read.theme_layers", "engine", "serve", "scaffold", "cli")
"""Who may touch the disk (``cli`` only names paths, which needs the same modules)."""
DISK_NAMES = (
    "os",
    "pathlib",
    "shutil",
    "tempfile",
    "glob",
    "fileinput",
    "mmap",
    "io.open",
    "io.FileIO",
    "open",
)
DISK_EXCEPT = (
    "os._exit",
    "os.path.commonprefix",
    "pathlib.PurePosixPath",
    "pathlib.PurePath",
    "pathlib.PureWindowsPath",
)
DISK_METHODS = frozenset(
    {"read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "unlink"}
)

IMPURE_NAMES = (
    "time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.localtime",
    "time.strftime", "time.ctime", "time.tzname", "time.timezone", "time.sleep",
    "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow", "datetime.date.today",
    "datetime.date.fromtimestamp", "datetime.datetime.utcfromtimestamp",
    "os.environ", "os.environb", "os.getenv", "os.urandom", "os.getlogin", "os.path.expanduser",
    "os.path.expandvars", "pathlib.Path.home", "pathlib.Path.cwd", "os.getcwd",
    "random", "secrets", "uuid.uuid1", "uuid.uuid4", "locale", "getpass", "platform.node",
    "socket", "socketserver", "urllib.request", "http", "ssl", "ftplib", "smtplib", "asyncio",
)  # fmt: skip
"""The clock, the environment, the locale, chance and the network."""
MAY_BE_IMPURE: Mapping[str, tuple[str, ...]] = {
    "serve": ("time", "socket", "socketserver", "http", "ssl", "asyncio", "secrets"),
    "scaffold": ("uuid", "secrets"),
    "engine.searching": ("os.environ",),  # to keep what lies in it from another program
    "cli": IMPURE_NAMES,
    "__main__": IMPURE_NAMES,
}
BANNED_EVERYWHERE = (
    "pickle",
    "shelve",
    "dbm",
    "subprocess",
    "os.system",
    "os.popen",
    "eval",
    "exec",
    "typing.Any",
)
ALLOWED_SOMEWHERE: Mapping[str, tuple[str, ...]] = {
    "read": ("typing.Any",),
    "engine.searching": ("subprocess",),
}
"""By layer or module: free values are read as ``Any``; one program is run, where site.yaml asks for it."""
BUILT_IN = frozenset(dir(builtins))
LOCALE_FORMATS = ("%a", "%A", "%b", "%B", "%c", "%x", "%X", "%p")

MAX_FUNCTION_LINES = 60
MAX_MODULE_LINES = 400


class Module(typing.NamedTuple):
    """One source file."""

    name: str
    """Without the package's own name: ``read.files``; empty for the package itself."""
    tree: ast.Module
    lines: int

    @property
    def top(self) -> str:
        """The layer it lies in."""
        return self.name.partition(".")[0]


def load(package: Path) -> tuple[Module, ...]:
    """Read every module of a package, in the order of their names."""
    found = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        source = path.read_text(encoding="utf-8")
        found.append(Module(name, ast.parse(source), source.count("\n")))
    return tuple(found)


# ---- imports ---------------------------------------------------------------------------------------------


def layer_faults(modules: tuple[Module, ...], package: str = "cogen") -> list[str]:
    """Object to imports that point up or sideways, and to modules of no layer."""
    faults = []
    for module in modules:
        if module.name and _rank(module.top) is None:
            faults.append(f"{module.name} lies in no layer")
        for target in _imports(module, modules, package):
            top = target.partition(".")[0]
            here, there = _rank(module.top), _rank(top)
            if not target or top == module.top or here is None or there is None:
                continue
            if there >= here:
                faults.append(f"{module.name} imports {target}, which is not below it")
    return faults


def cycle_faults(modules: tuple[Module, ...], package: str = "cogen") -> list[str]:
    """Object to modules that import each other, however long the way round."""
    graph = {module.name: _imports(module, modules, package) for module in modules}
    done: set[str] = set()
    faults = []

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            faults.append(" → ".join((*trail[trail.index(name) :], name)))
        elif name not in done:
            for target in sorted(graph.get(name, set())):
                visit(target, (*trail, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())
    return faults


def type_checking_faults(modules: tuple[Module, ...]) -> list[str]:
    """Object to blocks that only a type checker sees: they hide an arrow."""
    return [
        f"{module.name}:{node.lineno} has TYPE_CHECKING"
        for module in modules
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Name) and node.id == "TYPE_CHECKING")
        or (isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING")
        or (isinstance(node, ast.alias) and node.name == "TYPE_CHECKING")
    ]


def _rank(top: str) -> int | None:
    return next((rank for rank, names in enumerate(LAYERS) if top in names), None)


def _imports(module: Module, modules: tuple[Module, ...], package: str) -> set[str]:
    """Give the package's own modules that a module imports, wherever in it the import stands."""
    known = {other.name for other in modules}
    found: set[str] = set()
    for node in ast.walk(module.tree):
        for name in _imported_names(node, module, package):
            target = _nearest(name, known)
            if target and target != module.name:
                found.add(target)
    return found


def _nearest(name: str, known: set[str]) -> str:
    """Give the module that a dotted name is, or lies in."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def _imported_names(node: ast.AST, module: Module, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        parent = node.module or ""
        if node.level:
            above = module.name.split(".")[: -node.level]
            parent = ".".join([package, *above, *filter(None, [node.module])])
        names = [f"{parent}.{alias.name}" for alias in node.names]
    else:
        return
    yield from (name.removeprefix(package + ".") for name in names if name.startswith(package + "."))


# ---- what a module may do ------------------------------------------------------------------------------------


def disk_faults(modules: tuple[Module, ...]) -> list[str]:
    """Object to a touch of the disk outside the few places where it belongs."""
    faults = []
    for module in modules:
        if module.name.startswith(DISK_PACKAGES):
            continue
        for line, name in _uses(module):
            if _matches(name, DISK_NAMES) and not _matches(name, DISK_EXCEPT):
                faults.append(f"{module.name}:{line} uses {name}")
        faults += [
            f"{module.name}:{node.lineno} calls .{node.attr}()"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute) and node.attr in DISK_METHODS
        ]
    return faults


def purity_faults(modules: tuple[Module, ...]) -> list[str]:
    """Object to the clock, the environment, the locale, chance and the network below the command line."""
    return [
        f"{module.name}:{line} uses {name}"
        for module in modules
        for line, name in (*_uses(module), *_hidden_reads(module))
        if _matches(name, IMPURE_NAMES) and not _matches(name, _may_be_impure_in(module))
    ]


def _may_be_impure_in(module: Module) -> tuple[str, ...]:
    return (*MAY_BE_IMPURE.get(module.top, ()), *MAY_BE_IMPURE.get(module.name, ()))


def banned_faults(modules: tuple[Module, ...]) -> list[str]:
    """Object to what is dangerous or vague wherever it stands."""
    return [
        f"{module.name}:{line} uses {name}"
        for module in modules
        for line, name in _uses(module)
        if _matches(name, BANNED_EVERYWHERE) and not _matches(name, _allowed_in(module))
    ]


def _allowed_in(module: Module) -> tuple[str, ...]:
    return (*ALLOWED_SOMEWHERE.get(module.top, ()), *ALLOWED_SOMEWHERE.get(module.name, ()))


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(name == pattern or name.startswith(pattern + ".") for pattern in patterns)


def _uses(module: Module) -> Iterator[tuple[int, str]]:
    """Give every imported or built-in name a module uses, in full: ``dt.datetime.now`` → ``datetime.datetime.now``."""
    aliases: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                aliases[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                aliases[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    yield from _import_lines(module)
    own = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name) and _is_stored(node)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name) and (chain := _chain(node)):
            head, _, rest = chain.partition(".")
            if head in aliases:
                yield node.lineno, ".".join(filter(None, (aliases[head], rest)))
            elif head in BUILT_IN and head not in own:
                yield node.lineno, chain


def _import_lines(module: Module) -> Iterator[tuple[int, str]]:
    """Give the imports that bring something in by name (a bare ``import os`` counts once it is used)."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def _chain(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (rest := _chain(node.value)):
        return f"{rest}.{node.attr}"
    return ""


def _hidden_reads(module: Module) -> Iterator[tuple[int, str]]:
    """Give calls that read the machine's time zone or locale without naming it."""
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        arguments = len(node.args) + len(node.keywords)
        if (node.func.attr, arguments) in {("astimezone", 0), ("fromtimestamp", 1)}:
            yield node.lineno, "time.localtime"
        if node.func.attr == "strftime" and any(_names_locale(argument) for argument in node.args):
            yield node.lineno, "locale"


def _names_locale(argument: ast.expr) -> bool:
    text = argument.value if isinstance(argument, ast.Constant) else ""
    return isinstance(text, str) and any(directive in text for directive in LOCALE_FORMATS)


# ---- how it reads ----------------------------------------------------------------------------------------------


def docstring_faults(modules: tuple[Module, ...]) -> list[str]:
    """Object to a public module, class or function without a docstring."""
    faults = [
        f"{module.name or 'the package'} has no docstring"
        for module in modules
        if not _documented(module.tree)
    ]
    for module in modules:
        faults += [
            f"{module.name}:{node.lineno} {node.name} has no docstring"
            for node in _public_definitions(module.tree)
            if not _documented(node)
        ]
    return faults


def _documented(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(ast.get_docstring(node))


def _public_definitions(
    tree: ast.Module | ast.ClassDef,
) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in tree.body:
        if isinstance(
            node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public_definitions(node)


def size_faults(modules: tuple[Module, ...], long_modules: tuple[str, ...] = ()) -> list[str]:
    """Object to a function longer than a page, and to a module longer than a sitting."""
    faults = [
        f"{module.name} has {module.lines} lines"
        for module in modules
        if module.lines > MAX_MODULE_LINES and module.name not in long_modules
    ]
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION_LINES:
                    faults.append(f"{module.name}:{node.lineno} {node.name} has {length} lines")
    return faults


def undocumented_fields(module: Module, obvious: frozenset[str]) -> list[str]:
    """Object to a field of a public value that is neither explained beneath it nor named so that it need not be."""
    faults = []
    for node in module.tree.body:
        if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
            continue
        for field, after in zip(node.body, [*node.body[1:], None], strict=True):
            if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
                continue
            explained = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            if not explained and field.target.id not in obvious:
                faults.append(f"{module.name}:{field.lineno} {node.name}.{field.target.id} is not explained")
    return faults


def property_faults(modules: tuple[Module, ...]) -> list[str]:
    """Object to a property of a value that uses more than the value's fields, imports and built-in names."""
    faults = []
    for module in modules:
        imported = {
            (alias.asname or alias.name).partition(".")[0]
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and "property" in map(_decorator, node.decorator_list):
                local = {
                    name.id for name in ast.walk(node) if isinstance(name, ast.Name) and _is_stored(name)
                }
                known = imported | local | BUILT_IN | {"self"}
                faults += [
                    f"{module.name}:{name.lineno} {node.name} reads {name.id}"
                    for statement in node.body
                    for name in ast.walk(statement)
                    if isinstance(name, ast.Name) and name.id not in known
                ]
    return faults


def _decorator(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


# ---- what a view may hold ------------------------------------------------------------------------------------

_PLAIN: tuple[object, ...] = (str, int, bool, types.NoneType, dt.date)


def view_faults(root: object, may_hold_datetime: frozenset[str] = frozenset({"Moment"})) -> list[str]:
    """Object to whatever a view reaches that its encoding would not fix: the digest could not tell it apart."""
    reached: dict[type, None] = {}
    faults = _hint_faults(root, "the root", reached, may_hold_datetime)
    tags: dict[object, str] = {}
    for struct in reached:
        tag = struct.__struct_config__.tag  # type: ignore[attr-defined]
        if tag is not None and tags.setdefault(tag, struct.__name__) != struct.__name__:
            faults.append(f"{struct.__name__} and {tags[tag]} share the tag {tag!r}")
    return faults


def _hint_faults(hint: object, place: str, reached: dict[type, None], dated: frozenset[str]) -> list[str]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in _PLAIN or origin is typing.Literal:
        return []
    if origin in {types.UnionType, typing.Union} or (origin is tuple and arguments):
        return [
            fault
            for argument in arguments
            if argument is not Ellipsis
            for fault in _hint_faults(argument, place, reached, dated)
        ]
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _struct_faults(hint, reached, dated)
    if hint is dt.datetime and place.partition(".")[0] in dated:
        return []
    return [f"{place} holds {hint}"]


def _struct_faults(
    struct: type[msgspec.Struct], reached: dict[type, None], dated: frozenset[str]
) -> list[str]:
    if struct in reached:
        return []
    reached[struct] = None
    config = struct.__struct_config__
    faults = [] if config.frozen else [f"{struct.__name__} is not frozen"]
    faults += [] if config.tag is not None else [f"{struct.__name__} has no tag"]
    for name, hint in typing.get_type_hints(struct).items():
        if name in struct.__struct_fields__:
            faults += _hint_faults(hint, f"{struct.__name__}.{name}", reached, dated)
    return faults
