"""Texts with every construct of each dialect and every component, and sites made of them."""

import sites

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

FURTHER = """\
-- content/people.yaml --
sam:
  name: Sam
  role: Gardener
  bio: Words about *Sam*.
  image: images/bike.svg
  contact: {email: s@example.org, public: true}
-- content/tags.yaml --
Tests: {description: What we try out.}
-- content/pages/about.md --
---
title: About us
---
Who we are. ::toc
-- content/events/fair.md --
---
title: The fair
start: 2013-07-02 10:00
end: 2013-07-02 12:00
place: {name: Town hall, address: 1 High Street}
online_url: https://example.com/fair
booking_url: https://example.com/book
agenda: [{time: "10:00", title: Welcome, speaker: sam}]
tags: [Tests]
authors: [sam]
image: /images/bike.svg
image_alt: A bike
---
Come along.
-- content/events/last.md --
---
title: Last year's fair
start: 2012-07-02
all_day: true
status: cancelled
---
It rained.
-- content/posts/2013-05-03-update.md --
---
title: An update
project: bench
tags: [Tests]
authors: [sam]
image: ../images/bike.svg
image_alt: A bike
updated: 2013-05-04
---
The bench is there.
-- content/posts/2013-05-04-foreign.md --
---
title: De l'autre côté
lang: fr
tags: [Tests]
---
Un texte en français.
"""
"""With ``SITE``, ``COMMON`` and ``OWN["gfm"]``: a page of every kind, and every component of *commons*."""


def in_arabic(text: str) -> str:
    """Give the Markdown files of a site once more, as their translations; their words stay as they are."""
    files = sites.parse_site(text)
    return "".join(
        f"-- {name.removesuffix('.md')}.ar.md --\n{content}"
        for name, content in files.items()
        if name.endswith(".md") and "lang: " not in content
    )


EVERYTHING = (
    SITE
    + COMMON
    + OWN["gfm"]
    + '::video[A film]{url="https://example.com/film" image="../images/bike.svg" alt="A bike"}\n\n::events[Soon]\n'
    + FURTHER
)
SETTINGS = (
    sites.MINIMAL
    + TAKING_PART
    + """\
language: en-GB
languages: {ar: {title: موقع للتجربة, description: موقع صغير.}}
page_size: 1
menu: [{label: About, url: /about/}, {label: Projects, url: /projects/}, {label: Follow, url: /follow/}]
"""
)
