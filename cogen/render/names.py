"""What a template sees as a closed set of names: the theme's words and options, a page's fragments. Layer: render."""

from collections.abc import Iterable, Iterator

from jinja2 import StrictUndefined

from cogen.model.suggest import nearest


class Names:
    """Values by name: ``words.by``, ``words["by"]``, ``"by" in words``; another name is undefined and says so.

    The names are the instance's attributes, so that a template reads them as fast as a field.
    """

    __slots__ = ("__dict__", "_kind")

    def __init__(self, kind: str, pairs: Iterable[tuple[str, object]]) -> None:
        """``kind`` says in messages what is missing: ``the theme has no word``."""
        self._kind = kind
        self.__dict__.update(pairs)

    def __getattr__(self, name: str) -> StrictUndefined:
        """Give an undefined value that names what was asked for, and what was perhaps meant."""
        if name.startswith("__"):
            raise AttributeError(name)
        near = nearest(name, vars(self))
        meant = f'; did you mean "{near}"?' if near else ""
        return StrictUndefined(hint=f'{self._kind} "{name}"{meant}')

    def __getitem__(self, name: object) -> object:
        """Give the value of a computed name."""
        return vars(self)[str(name)] if name in self else self.__getattr__(str(name))

    def __contains__(self, name: object) -> bool:
        """Say whether there is such a name."""
        return isinstance(name, str) and name in vars(self)

    def __iter__(self) -> Iterator[str]:
        """Walk the names."""
        return iter(vars(self))

    def __repr__(self) -> str:
        """Print the same on every run, also where a template prints it by mistake."""
        return f"<{', '.join(self)}>"
