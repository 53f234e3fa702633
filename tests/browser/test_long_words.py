"""A site whose words, addresses, tables and pictures are all too long: a small screen still shows every page whole."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import published
import pytest
import sites
import static_server
from documentation import REPOSITORY
from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser

NARROW = 320
"""CSS pixels: the width of WCAG's criterion 1.4.10 (reflow)."""
WORD = "Donaudampfschifffahrtselektrizitätenhauptb"
URL = f"https://example.org/{WORD * 4}"
MAIL = f"{WORD}@{WORD}.example.org".lower().replace("ä", "ae")
KINDS = sorted(published.KINDS)
MIXED = f"""
{WORD} and [{WORD}]({URL}), <{URL}>, `{WORD * 3}`, **{WORD}**

## {WORD} {{#one}}

## {WORD} {{#two}}

## {WORD} {{#three}}

- [ ] {WORD}
- a list
  - in {WORD}
    - a {WORD}
      - list of {WORD}

> {WORD}
>
> > {WORD}

| {WORD} | {WORD} |
|---|---|
| {WORD} | {URL} |

```
{WORD * 3}
```

![{WORD}](/wide.svg)

> [!NOTE]
> {WORD}

Words[^1]

[^1]: {WORD} <{URL}>

{WORD}
: {WORD}

::toc

::posts[{WORD}]{{limit=2}}

::events[{WORD}]{{when=all}}

::projects{{table=programme caption={WORD}}}

:::details[{WORD}]
{WORD}
:::

:::quote[{WORD}]
{WORD}
:::

<table><tr><td>{WORD}</td><td>{WORD}</td><td width="900">{WORD}</td></tr></table>

<div><table><tr><td>{WORD}</td><td>{WORD}</td></tr></table></div>

<img src="/wide.svg" alt="Wide" width="2000" height="100">

<figure><img src="/wide.svg" alt="Wide" width="2000" height="100"><figcaption>{WORD}</figcaption></figure>

<pre>{WORD * 3}</pre>

<div><pre>{WORD * 3}</pre></div>

<kbd>{WORD * 2}</kbd> <samp>{WORD * 2}</samp>

<video src="/wide.mp4" width="2000" controls></video>

<iframe src="/wide.svg" title="{WORD}" width="2000"></iframe>

<object data="/wide.svg" type="image/svg+xml" width="2000" height="100"></object>

<fieldset><legend>{WORD}</legend><input size="200" aria-label="Long">
<select aria-label="Wide"><option>{WORD * 2}</option></select>
<textarea cols="200" aria-label="Wide, too"></textarea><button type="button">{WORD}</button></fieldset>
"""
SITE = f"""\
-- site.yaml --
id: 1e0d6f6c-4b0e-4f0e-9f3e-0c7a5b1d2e3f
title: {(WORD * 3)[:90]}
url: https://example.org/blog/
description: "{WORD}"
page_size: 2
menu: [{{label: {(WORD * 2)[:60]}, url: /about/}}, {{label: Tags, url: /tags/}}]
theme_options: {{footer_text: {WORD}, access_page: /about/}}
-- content/wide.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="100"><path d="M0 0h2000v100H0z"/></svg>
-- content/wide.mp4 --
-- content/people.yaml --
ann: {{name: {WORD}, role: {WORD}, bio: "{WORD} <{URL}>", url: "{URL}",
  contact: {{email: {MAIL}, phone: 020 7946 0002, public: true}}}}
bob: {{name: B {WORD}, role: {WORD}, image: wide.svg, url: "{URL}"}}
-- content/tags.yaml --
{WORD}: {{description: "{WORD} <{URL}>"}}
-- content/projects/programme.yaml --
title: {WORD}
summary: {WORD} <{URL}>
tag: {WORD}
started: 2013-01-01
columns: [name, description, leads, contact, status, due, tag, updates, {{key: {WORD[:30].lower()}, label: {WORD}}}]
projects:
  - id: one
    name: {WORD}
    description: "{WORD} <{URL}>"
    leads: [ann, B {WORD}]
    contact: {{email: {MAIL}, phone: 020 7946 0002}}
    status: delivering
    due: 30
    tag: {WORD}
    {WORD[:30].lower()}: {WORD}
    milestones: [{{due: 30, title: {WORD}}}, {{due: 30, title: {WORD}, done: 2013-01-09}}]
-- content/events/gathering.md --
---
title: {WORD}
start: 2013-08-01 10:00
end: 2013-08-02 12:00
place: {{name: {WORD}, address: "{WORD}, {WORD}", map_url: "{URL}"}}
online_url: "{URL}"
booking_url: "{URL}"
authors: [ann]
project: one
tags: [{WORD}]
agenda: [{{time: "{WORD}", title: {WORD}, speaker: ann}}, {{title: A short one}}]
status: tentative
image: /wide.svg
---
{MIXED}
-- content/pages/contribute.md --
{WORD}
-- content/pages/about.md --
---
title: {WORD}
updated: 2013-01-01
---
{MIXED}
-- content/pages/moved.md --
---
title: Moved
permalink: /{WORD}/{WORD}/
aliases: [/old/]
---
Here.
"""
POST = f"""\
-- content/posts/2013-0N-01-post.md --
---
title: {WORD}
summary: {WORD} {URL} {WORD}
authors: [ann, bob, C{WORD}]
updated: 2013-06-02
tags: [{WORD}, {WORD[:41]}, {WORD[:40]}]
project: one
image: /wide.svg
image_alt: {WORD}
---
{MIXED}
"""


@pytest.fixture(scope="module", params=["commons", "lambeth"])
def crowded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """Serve the site in a theme; give the address of its home page and where its files are."""
    folder = sites.write_site(tmp_path_factory.mktemp("crowded"), SITE)
    for day in (1, 2, 3):
        sites.write_site(folder, POST.replace("0N", f"0{day}"))
    if request.param != "commons":
        shutil.copytree(REPOSITORY / "themes" / request.param, folder / "themes" / request.param)
    with (folder / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"theme: {request.param}\n")
    sites.build(folder)
    with static_server.serve(folder / "output", "/blog/") as url:
        yield url, folder / "output"


@pytest.mark.parametrize("kind", KINDS)
def test_long_words_and_wide_things_need_no_sideways_scrolling_on_a_small_screen(
    browser: Browser, crowded: tuple[str, Path], kind: str
) -> None:
    home, output = crowded
    with browser.new_context(viewport={"width": NARROW, "height": 640}) as context:
        page = context.new_page()
        page.goto(home + published.page_of(output, kind))
        assert page.evaluate("document.styleSheets.length") >= 1
        assert WORD in page.locator("body").inner_text()
        root = page.evaluate(
            "(({scrollWidth, clientWidth}) => ({scrollWidth, clientWidth}))(document.documentElement)"
        )
    assert root["scrollWidth"] <= root["clientWidth"]


def test_the_page_at_an_old_address_shows_a_long_new_one_whole(
    browser: Browser, crowded: tuple[str, Path]
) -> None:
    home, output = crowded
    shown = (output / "old/index.html").read_text(encoding="utf-8")
    staying = shown.replace('http-equiv="refresh"', 'name="was-refresh"')
    assert staying != shown

    def stay(route: Route) -> None:
        route.fulfill(body=staying, content_type="text/html; charset=utf-8")

    with browser.new_context(viewport={"width": NARROW, "height": 640}) as context:
        page = context.new_page()
        page.route("**/old/", stay)
        page.goto(home + "old/")
        assert page.evaluate("document.styleSheets.length") >= 1
        root = page.evaluate(
            "(({scrollWidth, clientWidth}) => ({scrollWidth, clientWidth}))(document.documentElement)"
        )
    assert root["scrollWidth"] <= root["clientWidth"]
