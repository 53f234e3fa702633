"""The accessibility engine and a ruler, put to a page at several widths, in the light and in the dark.

In the dark the engine looks at colours alone: nothing else is different there, as ``test_browser`` makes sure.
"""

import json
from collections.abc import Iterable
from typing import Literal

from playwright.sync_api import Page

NARROW, MIDDLE, WIDE = 320, 768, 1280
"""CSS pixels: the width of WCAG's criterion 1.4.10 (reflow), that of a tablet, and that of a desk."""
WIDTHS = (NARROW, MIDDLE, WIDE)
_WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_RULES: tuple[tuple[Literal["light", "dark"], dict[str, object]], ...] = (
    ("light", _WCAG),
    ("dark", _OF_COLOURS),
)


def faults(page: Page, axe: str, widths: Iterable[int] = WIDTHS) -> list[str]:
    """Give what is wrong with a page that is open, at each width."""
    page.evaluate(axe)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width} px: it scrolls sideways")
        for colours, rules in _RULES:
            page.emulate_media(color_scheme=colours)
            found += [f"{width} px, {colours}: {fault}" for fault in _seen_by_the_engine(page, rules)]
    return found


def _seen_by_the_engine(page: Page, rules: dict[str, object]) -> list[str]:
    seen = page.evaluate(f"axe.run(document, {json.dumps({'runOnly': rules})})")
    assert seen["passes"]
    return [
        f"{fault['id']}: {node['html']} {node['failureSummary']}"
        for fault in seen["violations"]
        for node in fault["nodes"]
    ]
