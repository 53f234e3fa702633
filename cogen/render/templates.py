"""The theme's templates: compiled from memory, rendered strictly, and digested with all they reach. Layer: render.

A template sees its context, the globals ``words``, ``option`` and ``asset``, and the filters of ``filters``:
nothing that changes by itself.  What the files of the theme say is checked by ``check``; what only shows while a
page is rendered is a ``ContentError``.
"""

import marshal
import re
from collections.abc import Iterator, Mapping
from functools import partial

import jinja2

from cogen.model.diagnostics import ContentError, Diagnostic, finding
from cogen.model.hashing import hash_value
from cogen.model.suggest import did_you_mean
from cogen.model.theme import Theme, ThemeFile, ThemeOption, decoded
from cogen.render.checked import Checked, Reference
from cogen.render.compiled import COMPILED, ShippedCode
from cogen.render.environment import TemplateEnvironment
from cogen.render.filters import make_filters
from cogen.render.lookup import find, references, shelves_of, tried
from cogen.render.names import Names
from cogen.render.problems import encoding_problem, explain, place, syntax_problem

_FOLDERS = ("templates/", "fragments/", "components/")
_ASKS_FOR_OTHERS = re.compile(r"\b(?:extends|include|import)\b")
"""Most templates have none of these words, and need not be parsed to know what they reach."""


class Templates:
    """The templates of one theme, for as long as one build."""

    def __init__(self, theme: Theme, asset_urls: tuple[tuple[str, str], ...]) -> None:
        """``asset_urls``: the link of each theme asset by its name under ``assets/``."""
        self.theme = theme
        self._shelves = shelves_of(theme)
        self._files = {file.path: file for layer in theme.layers for file in layer.files}
        self._references: dict[str, tuple[Reference, ...]] = {}
        self._closures: dict[str, str] = {}
        self._asset_urls = asset_urls
        self._surroundings = ""
        self._environment = self._make_environment()
        self.set_options(theme.options)

    def set_options(self, options: tuple[ThemeOption, ...]) -> None:
        """Set what templates see of the theme's options, before the first of them is rendered or digested."""
        values = tuple((option.name, option.value) for option in options)
        words = (self.theme.words, self.theme.words_language)
        self._surroundings = hash_value(words, values, self._asset_urls)
        self._environment.globals["option"] = Names("the theme has no option", values)

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Render a template; ContentError with one finding where it fails.

        Gives ``template-syntax`` and ``template-error``.
        """
        try:
            return self._environment.rendered(name, context)
        except ContentError:
            raise
        except Exception as error:  # noqa: BLE001 a theme is code: whatever it raises is its author's to hear
            entry = find(self._shelves, name)
            if entry is None:
                message = f'the theme has no template "{name}"'
                raise ContentError((finding("template-error", message, None, self._hint(name)),)) from None
            known = (*context, *self._environment.globals)
            raise ContentError((explain(error, self._files, entry, known),)) from None

    def file(self, name: str) -> ThemeFile | None:
        """Give the file that a template's name stands for."""
        return find(self._shelves, name)

    def closure(self, name: str) -> str:
        """Give the digest of all that rendering a template may depend on beyond its context.

        That is every file it reaches by literal names, every theme that was asked for such a file and has none, the
        words, the options and the links of assets.
        """
        if (known := self._closures.get(name)) is None:
            reached = tuple((each, self._digests(each)) for each in sorted(self._reach(name)))
            known = self._closures[name] = hash_value(self._surroundings, name, reached)
        return known

    def reached(self, name: str) -> dict[str, str]:
        """Give each template that rendering this one may need, with the digest of where it was looked for and found."""
        return {each: hash_value(self._digests(each)) for each in sorted(self._reach(name))}

    def check(self, last: Checked) -> Checked:
        """Check every template that can be reached: syntax, computed names, names that are nowhere, endless chains.

        The syntax of those that ship with cogen is not looked at: its tests have done that.  ``last`` is what an
        earlier check by the same engine gave: where nothing is new, it holds.
        """
        names = [name for name, _ in self._shelves]
        files = [(file.path, file.digest) for file in self._files.values()]
        digest = hash_value(self.theme.words, names, files)
        if last.digest == digest:
            self._references.update(last.references)
            return last
        shipped = {file.path for layer in self.theme.layers if layer.is_shipped for file in layer.files}
        found: dict[Diagnostic, None] = {}
        for name, file in self._reachable_files():
            if file.path not in shipped:
                found.update(dict.fromkeys(self._check_syntax(name, file)))
            found.update(dict.fromkeys(self._check_references(file)))
            found.update(dict.fromkeys(self._check_chain(file)))
        return Checked(digest, dict(self._references), tuple(found))

    def compile_shipped(self) -> ShippedCode:
        """Compile all templates that ship and can be reached; give their code, and what they ask for."""
        environment, code = self._environment, dict[str, bytes]()
        shipped = {file.path for layer in self.theme.layers if layer.is_shipped for file in layer.files}
        files = [(name, file) for name, file in self._reachable_files() if file.path in shipped]
        for name, file in files:
            source = decoded(file.content)
            key = COMPILED.key(name, file.path, source)
            if (known := COMPILED.shipped.code.get(key)) is None:
                bucket = COMPILED.get_bucket(environment, name, file.path, source)
                if bucket.code is None:
                    bucket.code = environment.compile(source, name, file.path)
                    COMPILED.set_bucket(bucket)
                known = marshal.dumps(bucket.code)
            code[key] = known
        return ShippedCode(
            code=code, references={file.digest: self._references_of(file) for _, file in files}
        )

    # ---- set-up ----

    def _make_environment(self) -> TemplateEnvironment:
        words = Names("the theme has no word", self.theme.words)
        filters = make_filters(words, self.theme.words_language)
        asset = partial(_asset_link, dict(self._asset_urls))
        return TemplateEnvironment(self._load, filters, {"words": words, "asset": asset})

    def _load(self, name: str) -> tuple[str, str | None, None] | None:
        file = find(self._shelves, name)
        return None if file is None else (decoded(file.content), file.path, None)

    # ---- what a template reaches ----

    def _references_of(self, file: ThemeFile) -> tuple[Reference, ...]:
        if (known := self._references.get(file.path)) is None:
            known = COMPILED.references(
                file.digest, lambda: tuple(self._parsed_references(decoded(file.content)))
            )
            self._references[file.path] = known
        return known

    def _parsed_references(self, source: str) -> Iterator[Reference]:
        if not _ASKS_FOR_OTHERS.search(source):
            return iter(())
        try:
            return references(self._environment.parse(source))
        except jinja2.TemplateSyntaxError:
            return iter(())

    def _reach(self, name: str) -> set[str]:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            if (current := waiting.pop()) in reached:
                continue
            reached.add(current)
            if (file := find(self._shelves, current)) is not None:
                waiting.extend(each for reference in self._references_of(file) for each in reference.names)
        return reached

    def _digests(self, name: str) -> tuple[tuple[str, str], ...]:
        steps = tried(self._shelves, name)
        return tuple((theme, "absent" if file is None else file.digest) for theme, file in steps)

    # ---- checks ----

    def _reachable_files(self) -> Iterator[tuple[str, ThemeFile]]:
        """Walk the nearest file of each name, and those that an override still reaches, in the order of paths."""
        names = {
            name.removeprefix("templates/")
            for _, files in self._shelves
            for name in files
            if name.startswith(_FOLDERS) and name.endswith(".html")
        }
        reached = set[str]().union(*(self._reach(name) for name in names))
        found = {
            file.path: (name, file)
            for name in sorted(reached)
            if (file := find(self._shelves, name)) is not None
        }
        return (found[path] for path in sorted(found))

    def _check_syntax(self, name: str, file: ThemeFile) -> Iterator[Diagnostic]:
        if (problem := encoding_problem(file)) is not None:
            yield problem
        try:
            self._environment.get_template(name)
        except jinja2.TemplateSyntaxError as error:
            yield syntax_problem(error, file)

    def _check_references(self, file: ThemeFile) -> Iterator[Diagnostic]:
        for reference in self._references_of(file):
            if not reference.names:
                message = "the name of a template is computed here"
                hint = 'write it out, in quotes: {% include "partials/name.html" %}'
                yield finding("computed-template-name", message, place(file, reference.line), hint)
            elif not reference.is_optional and not any(find(self._shelves, name) for name in reference.names):
                at = place(file, reference.line, reference.names[0])
                message = f'there is no template "{reference.names[0]}" in the theme'
                yield finding("template-error", message, at, self._hint(reference.names[0]))

    def _check_chain(self, file: ThemeFile) -> Iterator[Diagnostic]:
        """Follow ``extends`` upwards and stop where it comes round again."""
        passed = [file.path]
        current: ThemeFile | None = file
        while current is not None and (parent := self._parent(current)) is not None:
            if parent[0].path == file.path:
                hint = (
                    'to extend what this template replaces, name its theme: {% extends "commons:base.html" %}'
                )
                yield finding("template-error", "a template extends itself", place(current, parent[1]), hint)
            if parent[0].path in passed:
                return
            passed.append(parent[0].path)
            current = parent[0]

    def _parent(self, file: ThemeFile) -> tuple[ThemeFile, int] | None:
        for reference in self._references_of(file):
            if reference.is_parent and reference.names:
                parent = find(self._shelves, reference.names[0])
                return None if parent is None else (parent, reference.line)
        return None

    def _hint(self, name: str) -> str:
        names = {each.removeprefix("templates/") for _, files in self._shelves for each in files}
        return did_you_mean(name, sorted(names))


def _asset_link(asset_urls: Mapping[str, str], name: str) -> str:
    if name not in asset_urls:
        near = did_you_mean(name, asset_urls)
        raise jinja2.TemplateRuntimeError(f'the theme has no asset "{name}"' + (f"; {near}" if near else ""))
    return asset_urls[name]
