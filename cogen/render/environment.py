"""Jinja as themes have it: strict, and without memory from one page to the next. Layer: render."""

import re
from collections.abc import Callable, Mapping
from typing import Final

import jinja2
from jinja2.environment import TemplateModule
from jinja2.runtime import Macro
from markupsafe import Markup

from cogen.model.html import Html
from cogen.render.compiled import COMPILED

_IMPURE_GLOBALS: Final = ("lipsum",)
_PLAIN: Final = frozenset({str, Markup, Html, int})
"""What templates print nearly always, and what prints as what it is."""
_ADDRESS: Final = re.compile(r"<[^<>]* at 0x[0-9a-fA-F]+")


class Unprintable(jinja2.TemplateRuntimeError):
    """A template prints a function, or what prints as a place in memory."""

    def __init__(self, message: str, subject: str, hint: str) -> None:
        """``subject`` is the name that the template has, where it is known."""
        super().__init__(message)
        self.subject = subject
        self.hint = hint


class _Template(jinja2.Template):
    """A template that is imported by another."""

    environment: "TemplateEnvironment"
    _module: TemplateModule | None

    def _get_default_module(self, _context: object = None) -> TemplateModule:
        """Give the macros and variables of this template to one that imports it without its context."""
        return self.environment.module_of(self)

    def make_module(
        self,
        vars: dict[str, object] | None = None,  # noqa: A002 Jinja's name
        shared: bool = False,
        locals: Mapping[str, object] | None = None,  # noqa: A002 Jinja's name
    ) -> TemplateModule:
        """Give them to one that imports it with its context: anew each time."""
        self.environment.is_pure = False
        return super().make_module(vars, shared, locals)

    def kept(self) -> TemplateModule | None:
        """Give what was kept of it for all pages."""
        return self._module

    def keep(self, module: TemplateModule) -> None:
        """Keep for all pages what pages cannot change."""
        self._module = module


class TemplateEnvironment(jinja2.Environment):
    """Compiles and renders templates; what one page does in a template that it imports, no other page sees."""

    template_class = _Template

    def __init__(
        self,
        load: Callable[[str], tuple[str, str | None, None] | None],
        filters: Mapping[str, Callable[..., object]],
        names: Mapping[str, object],
    ) -> None:
        """``load`` gives source and path by name, ``names`` what every template sees."""
        super().__init__(
            loader=jinja2.FunctionLoader(load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=printed,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=COMPILED,
        )
        self.filters.clear()
        self.filters.update(filters)
        for name in _IMPURE_GLOBALS:
            self.globals.pop(name, None)
        self.globals.update(names)
        self._modules: dict[_Template, TemplateModule] = {}
        self.is_pure = True
        """Whether the module that is being made has imported only what all pages share."""

    def rendered(self, name: str, context: Mapping[str, object]) -> str:
        """Do what ``Template.render`` does, without its copies of globals, which cost as much as a small template."""
        template = self.get_template(name)
        variables = {**self.globals, **context}
        surrounding, self._modules = self._modules, {}
        try:
            return "".join(template.root_render_func(template.new_context(variables, shared=True)))
        except Exception:  # noqa: BLE001 handle_exception raises it again, with the template's own lines
            self.handle_exception()
        finally:
            self._modules = surrounding

    def module_of(self, template: _Template) -> TemplateModule:
        """Give what an imported template defines: made once for each page, or once for all if that is the same."""
        if (module := template.kept()) is not None:
            return module
        if (module := self._modules.get(template)) is None:
            surrounding, self.is_pure = self.is_pure, True
            context = template.new_context()
            module = TemplateModule(template, context)
            if self.is_pure and all(map(_is_fixed, context.vars.values())):
                template.keep(module)
                self.is_pure = surrounding
                return module
            self._modules[template] = module
        self.is_pure = False
        return module


def printed(value: object) -> object:
    """Let pass what a template prints; Unprintable for what would be other words on every run."""
    kind = value.__class__
    if kind in _PLAIN or isinstance(value, jinja2.Undefined):
        return value
    if callable(value):
        name = str(getattr(value, "__name__", None) or getattr(value, "name", "") or "")
        subject = name.rpartition(".")[2]
        message = "this prints a function, not what it gives"
        raise Unprintable(message, subject, f"write {subject or 'its name'}() to call it")
    if _ADDRESS.search(str(value)):
        message = f"this prints a {kind.__name__}, which has no words of its own"
        raise Unprintable(message, "", "print one of its fields, or a list's with |join")
    return value


def _is_fixed(value: object) -> bool:
    """Say whether nobody can change a value that an imported template has set, unless through what it imports."""
    return value is None or isinstance(value, str | int | float | Macro | TemplateModule)
