"""A page with every construct of a dialect is sound by the Nu checker and the accessibility engine."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sites
import static_server
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATH = "2013/05/constructs/index.html"
SITE = """\
-- content/projects/corner.yaml --
title: Our corner
projects:
  - {id: bench, name: A bench, description: For *two*., leads: [Sam], contact: {email: s@example.org}, due: 30}
  - {id: tree, name: A tree, status: planned}
-- content/images/bike.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><title>A bike</title><circle cx="9" cy="9" r="5"/></svg>
"""
COMMON = """\
-- content/posts/2013-05-01-constructs.md --
---
title: Every construct
tags: [Tests]
---
A paragraph with *emphasis*, **strength**, `code`, a [link](/tags/), <https://example.com/>, a hard\\
break, "quotes" -- and dashes --- and dots... And a note.[^note] Again.[^note] Another.[^second]

<!--more-->

## A heading {#own-id}

### A heading below

#### And one more

> A quotation
> > in a quotation

- one
- two
    - two and a half

1. first
2. second

- loose

- list

| Left | Middle | Right |
|:-----|:------:|------:|
| a    | b      | c     |
| *d*  | `e`    | [f](/follow/) |

| Name | |
|------|-|
| a    | b |

```python
def tea(cups: int) -> str:
    return "hot" * cups  # a comment
```

```
plain
```

    indented

Term
: What it means

![A bike](../images/bike.svg "A title") and [![Linked bike](../images/bike.svg)](/projects/)

---

<div class="own"><p>Raw <kbd>HTML</kbd> with <a href="/archive/">a link</a>.</p></div>

::toc

::projects{table="corner"}

::posts[What we wrote]{tag="Tests" limit=2}

::figure[A caption]{src="../images/bike.svg" alt="A bike"}

:::note[A *title*]
Text in a note.

::::tip
A tip in a note.
::::
:::

:::warning
A warning.
:::

:::details[More]
Folded.
:::

:::quote[Sam]
Words.
:::

[^note]: A note with *emphasis*.
[^second]: Another one.
"""
OWN = {
    "gfm": """\

~~Gone~~, www.example.com, and tasks:

- [x] done
- [ ] to do

1. [ ] loose

2. [x] tasks

> [!NOTE]
> A note.

> [!WARNING] A title
> A warning.

> [!CAUTION]
> Care.
""",
    "python-markdown": """\

!!! note "A title"
    An admonition.

!!! warning
    Another.

The HTML of it, and a paragraph with a class.
{: .lead }

*[HTML]: HyperText Markup Language
""",
}


TAKING_PART = """\
edit_url: https://git.example.org/edit/{path}
reply_email: us+blog@example.org
"""
LETTERS = [chr(ord("A") + number) for number in range(26)]
MANY_TAGS = f"""\
-- content/posts/2013-05-02-tags.md --
---
title: Tags of every letter
tags: [Éire, 日本, 2012, {", ".join(letter + end for letter in LETTERS for end in ("a", "b"))}]
---
Text.
"""


@pytest.fixture(scope="module", params=sorted(OWN))
def constructs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the page in a dialect, without a single finding, and give the output."""
    folder = tmp_path_factory.mktemp("constructs")
    settings = f"{sites.MINIMAL}markdown: {{dialect: {request.param}}}\n{TAKING_PART}"
    sites.write_site(sites.write_site(folder, settings), SITE + COMMON + OWN[request.param] + MANY_TAGS)
    sites.build(folder, "--strict")
    return folder / "output"


@pytest.fixture(scope="module")
def address(constructs: Path) -> Iterator[str]:
    """Serve it."""
    with static_server.serve(constructs, "/") as url:
        yield url


def test_the_checker_finds_no_fault_with_any_construct(nu_checker: list[str], constructs: Path) -> None:
    page = constructs / PATH
    command = [
        *nu_checker,
        "--format",
        "json",
        "--exit-zero-always",
        str(page),
        str(constructs / "index.html"),
        str(constructs / "tags/index.html"),
    ]
    checked = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(checked.stderr)["messages"]
    assert "\n".join(f"{m.get('lastLine')}: {m['message']}: {m.get('extract')}" for m in found) == ""
    text = page.read_text(encoding="utf-8")
    for mark in (
        "<dl>",
        'role="doc-endnotes"',
        "alert",
        "<table>",
        "<figure",
        "own-id",
        "highlight",
        "<details",
        "mailto:us%2Bblog@example.org?subject=About%20%E2%80%9CEvery%20construct%E2%80%9D",
        "https://git.example.org/edit/content/posts/2013-05-01-constructs.md",
    ):
        assert mark in text, mark


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("path", "title"), [(PATH.removesuffix("index.html"), "Every construct"), ("tags/", "Tags")]
)
def test_the_accessibility_engine_finds_no_fault_with_any_construct(
    browser: Browser, axe: str, address: str, path: str, title: str, colours: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=colours) as context:
        page = context.new_page()
        page.goto(address + path)
        assert page.title().startswith(title)
        page.evaluate(axe)
        options = json.dumps({"runOnly": {"type": "tag", "values": WCAG}})
        found = page.evaluate(f"axe.run(document, {options})")
        overflow = page.evaluate("document.documentElement.scrollWidth") - width
    faults = [f"{fault['id']}: {node['html']}" for fault in found["violations"] for node in fault["nodes"]]
    assert found["passes"]
    assert "\n".join(faults) == ""
    assert overflow <= 0
