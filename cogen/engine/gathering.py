"""What a build is made of: settings, a theme, and the texts, which workers begin to read at once. Layer: engine.

It stands apart from ``pipeline.py``, which brings the templates with it and can be loaded while the workers read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cogen.engine.beginning import Begun
from cogen.engine.reading import Finish, Reader
from cogen.engine.request import Request
from cogen.engine.store import Store, open_store
from cogen.model.config import SiteConfig
from cogen.model.diagnostics import Clue, Diagnostic, Severity, finding
from cogen.model.theme import Theme
from cogen.read.config import parse_config
from cogen.read.theme import parse_theme
from cogen.read.theme_layers import read_theme_layers


class Material(msgspec.Struct, frozen=True):
    """What a site can be made of."""

    config: SiteConfig
    themes: tuple[Theme, ...]
    """The theme in each language of the site, the main one first."""
    reader: Reader
    finish: Finish
    """Waits for the texts."""


class Gathered(msgspec.Struct, frozen=True):
    """What was found in a site's folder."""

    findings: tuple[Diagnostic, ...]
    overrides: tuple[tuple[str, Severity], ...] = ()
    """What site.yaml says of how grave a finding is."""
    material: Material | None = None
    """None where the settings or the theme cannot be understood."""


@contextmanager
def gathered(request: Request, start: Begun) -> Iterator[Gathered]:
    """Begin to gather; leaving ends the workers, and lets go of the store."""
    config, findings = parse_config(start.seen.settings, request.url)
    if config is None:
        yield Gathered(findings)
        return
    themes, theme_findings = _read_themes(config, request.site_path)
    findings = (*findings, *theme_findings)
    if not themes:
        yield Gathered(findings, config.diagnostics)
        return
    with _store(request, start) as store:
        reader = Reader(start.seen.content, config.reading, store, start.seen.started_ns)
        with reader.reading(start.engine, request.jobs) as finish:
            yield Gathered(findings, config.diagnostics, Material(config, themes, reader, finish))


def _store(request: Request, start: Begun) -> Store:
    is_kept = start.publication is not None and request.uses_cache
    return open_store(start.store_path / "store") if is_kept else Store(None)


def _read_themes(config: SiteConfig, site_path: Path) -> tuple[tuple[Theme, ...], tuple[Diagnostic, ...]]:
    """Read the theme once for each language; none where there is no such theme."""
    layers, findings = read_theme_layers(config.theme, site_path)
    if not layers:
        return (), findings
    read = [
        parse_theme(layers, each.theme_options, each.language, each.option_key) for each in config.editions
    ]
    found = (*findings, *(each for _, theme_findings in read for each in theme_findings))
    found += tuple(
        _missing_words(theme, each)
        for (theme, _), each in zip(read, config.editions, strict=True)
        if theme.lacks_words
    )
    return tuple(theme for theme, _ in read), tuple(dict.fromkeys(found))


def _missing_words(theme: Theme, config: SiteConfig) -> Diagnostic:
    message = (
        f"the theme {theme.name} has no words in {config.language}: those around the texts are in English"
    )
    hint = f"a theme of your own may have i18n/{config.language}.yaml, with the words of en.yaml translated"
    clue = Clue("site.yaml", f"languages/{config.language}" if config.edition else "language")
    return finding("missing-words", message, clue, hint)
