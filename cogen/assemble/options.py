"""The theme's options that are addresses (``link``, ``picture``, ``font``), made ready to print. Layer: assemble.

In: a theme with what site.yaml chose, and all that a link may lead to.  Out: the same theme, as its templates see it.
A value is resolved here, before templates are digested, so that what a template sees is what was hashed.
"""

import msgspec

from cogen.assemble.links import HOW_TO_LIST, Dead, LinkIndex, Target, resolve, what_to_do
from cogen.model import urls
from cogen.model.config import SiteConfig
from cogen.model.diagnostics import Clue, Diagnostic, finding
from cogen.model.theme import Theme, ThemeOption

_ADDRESSES = frozenset({"link", "picture", "font"})
_FONTS = (".woff2", ".woff", ".ttf", ".otf")
_WANTED = {"picture": "a picture", "font": "a font file"}


def with_links(theme: Theme, config: SiteConfig, index: LinkIndex) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Give links into the site their base path, and name files by their pages.

    Gives ``dead-link``, ``dead-anchor``, and ``bad-value`` for a file of another kind.
    """
    findings: list[Diagnostic] = []
    options: list[ThemeOption] = []
    for option in theme.options:
        link = option.value
        if option.type in _ADDRESSES and isinstance(link, str) and link.startswith("/"):
            found = resolve(link, "site.yaml", "/", index)
            at = _where_set(theme, option.name, config)
            if isinstance(found, Dead):
                message = f'the option "{option.name}" leads to nothing: {link}'
                findings.append(finding("dead-link", message, at, what_to_do(found, index, HOW_TO_LIST)))
            elif not _is_fit(option, found):
                message = f'the option "{option.name}" is {_WANTED[option.type]}, and {link} is none'
                findings.append(finding("bad-value", message, at))
            elif found.missing:
                message = f'the option "{option.name}" leads to a part that the page does not have: #{found.missing}'
                findings.append(finding("dead-anchor", message, at))
            finished = urls.href(link, index.base) if isinstance(found, Dead) else found.link
            option = msgspec.structs.replace(option, value=finished)  # noqa: PLW2901 the same option, finished
        options.append(option)
    return msgspec.structs.replace(theme, options=tuple(options)), tuple(findings)


def _is_fit(option: ThemeOption, found: Target) -> bool:
    match option.type:
        case "picture":
            picture = found.asset.picture if found.asset else None
            return picture is not None and not picture.problem
        case "font":
            return found.asset is not None and found.address.lower().endswith(_FONTS)
        case _:
            return True


def _where_set(theme: Theme, name: str, config: SiteConfig) -> Clue | None:
    chosen = dict(config.theme_options)
    if name in chosen:
        return Clue("site.yaml", config.option_key(name), str(chosen[name]))
    file = theme.find("theme.yaml")
    return Clue(file.path, f"options/{name}/default") if file else None
