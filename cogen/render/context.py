"""From a view to what its template sees: fields by name, promises kept. Layer: render.

Which field holds a promise follows from the field's type, so each type's plan is made once.  ``frame`` and ``data``
are spread: a template reads ``head``, ``fragments.masthead`` and what theme.yaml asked for by their own names, and a
view's own field wins where names meet.
"""

from collections.abc import Callable
from functools import cache
from typing import Protocol

import msgspec

from cogen.assemble.views import (
    AttributeItem,
    BodyRef,
    Closing,
    ComponentView,
    DataItem,
    Fill,
    Fragment,
    FragmentView,
    Frame,
    Opening,
    PageView,
    RedirectPage,
)
from cogen.model.body import BodyParts, PictureFill, filled
from cogen.model.diagnostics import ContentError, finding
from cogen.model.hashing import hash_value
from cogen.model.html import Html
from cogen.render.names import Names
from cogen.render.problems import place
from cogen.render.templates import Templates

Context = dict[str, object]


class Promises(Protocol):
    """Who gives the HTML that a view only promises."""

    def html(self, promise: Fragment | Opening | Closing) -> Html:
        """Give a fragment's HTML, or what a container component prints before or after its content."""
        ...

    def body(self, ref: BodyRef) -> Html:
        """Give a text from the store, its holes filled."""
        ...


def page_context(view: PageView | RedirectPage, promises: Promises) -> Context:
    """Give what a page's template sees."""
    return _context(view, promises)


def fragment_context(view: FragmentView) -> Context:
    """Give what a fragment's or component's template sees, except a container's ``content``."""
    return _context(view, _NoPromises())


def make_page(templates: Templates, name: str, view: PageView | RedirectPage, promises: Promises) -> bytes:
    """Render a page; it ends with a line's end."""
    return (templates.render(name, page_context(view, promises)) + "\n").encode()


def make_fragment(templates: Templates, name: str, view: FragmentView) -> Html:
    """Render ``fragments/NAME.html``."""
    return Html(templates.render(f"fragments/{name}.html", fragment_context(view)))


def render_component(templates: Templates, view: ComponentView) -> tuple[str, str]:
    """Render ``components/NAME.html``: what stands before and after a container's content, else all and nothing.

    ContentError (``template-error``) where a container does not print its content exactly once.
    """
    name = f"components/{view.name}.html"
    context = fragment_context(view)
    component = templates.theme.component(view.name)
    if component is None or not component.is_container:
        return templates.render(name, context), ""
    mark = f"\ue000{hash_value(view)}\ue000"
    pieces = templates.render(name, context | {"content": Html(mark)}).split(mark)
    if len(pieces) != 2:  # noqa: PLR2004 before and after
        raise _content_error(templates, name, len(pieces) - 1)
    return pieces[0], pieces[1]


def fill_body(parts: BodyParts, fills: tuple[Fill, ...], promises: Promises) -> Html:
    """Put what fills the holes of a text between its parts."""
    known = (fill if isinstance(fill, str | PictureFill) else promises.html(fill).text for fill in fills)
    return Html(filled(parts, known))


class _NoPromises:
    """Fragments and components are made first, so their views promise nothing."""

    def html(self, promise: Fragment | Opening | Closing) -> Html:
        raise AssertionError(promise)

    def body(self, ref: BodyRef) -> Html:
        raise AssertionError(ref)


_Step = Callable[[Context, str, object, Promises], None]


def _context(view: msgspec.Struct, promises: Promises) -> Context:
    context: Context = {}
    for name, step in _plan(type(view)):
        step(context, name, getattr(view, name), promises)
    return context


@cache
def _plan(view_type: type[msgspec.Struct]) -> tuple[tuple[str, _Step], ...]:
    """Say for each field how it comes into the context; what is spread comes first."""
    steps = [(field.name, _STEPS.get(field.type, _plain)) for field in msgspec.structs.fields(view_type)]
    return tuple(sorted(steps, key=lambda step: step[1] not in _SPREADING))


def _plain(context: Context, name: str, value: object, promises: Promises) -> None:  # noqa: ARG001 a step's shape
    context[name] = value


def _fragment(context: Context, name: str, value: object, promises: Promises) -> None:
    if isinstance(value, Fragment):
        context[name] = promises.html(value)


def _fragments(context: Context, name: str, value: object, promises: Promises) -> None:
    if isinstance(value, tuple):
        context[name] = tuple(map(promises.html, value))


def _body(context: Context, name: str, value: object, promises: Promises) -> None:
    if isinstance(value, BodyRef):
        context[name] = promises.body(value)


def _frame(context: Context, name: str, value: object, promises: Promises) -> None:  # noqa: ARG001 a step's shape
    if isinstance(value, Frame):
        _data(context, "data", value.data, promises)
        pairs = [(fragment, promises.html(promise)) for fragment, promise in value.fragments]
        context |= {
            "site": value.site,
            "head": value.head,
            "fragments": Names("the theme has no fragment", pairs),
        }


def _data(context: Context, name: str, value: object, promises: Promises) -> None:  # noqa: ARG001 a step's shape
    if isinstance(value, tuple):
        context |= {item.name: item.value for item in value}


def _attributes(context: Context, name: str, value: object, promises: Promises) -> None:  # noqa: ARG001 a step's shape
    if isinstance(value, tuple):
        pairs = [(item.name, item.value) for item in value]
        context[name] = Names("the component has no attribute", pairs)


_STEPS: dict[object, _Step] = {
    Fragment: _fragment,
    tuple[Fragment, ...]: _fragments,
    BodyRef: _body,
    Frame: _frame,
    tuple[DataItem, ...]: _data,
    tuple[AttributeItem, ...]: _attributes,
}
_SPREADING: tuple[_Step, ...] = (_frame, _data)


def _content_error(templates: Templates, name: str, times: int) -> ContentError:
    said = "never" if times == 0 else f"{times} times"
    file = templates.file(name)
    return ContentError(
        (
            finding(
                "template-error",
                f"a container must print its content once, and this one prints it {said}",
                None if file is None else place(file, 0),
                "print {{ content }} in one place",
            ),
        )
    )
