"""Whatever happened since the last build, a build ends as one that remembers nothing: the same files, the same words.

The oracle is ``cogen build --no-cache`` into a folder of its own.
"""

import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sites import MINIMAL, Result, cogen, parse_site, tree, write_site

POSTS = ("2013-05-01-a", "2013-05-02-b", "2013-06-01-c", "2013-08-01-later")
BUNDLE = "content/posts/2013-05-03-bundle"
THEME = "-- themes/own/theme.yaml --\nname: own\nextends: commons\n"
OVERRIDES = {
    "templates/post.html": '{% extends "base.html" %}\n{% block content %}\n{{ body }}\n{% endblock %}\n',
    "templates/partials/mark.html": "<b>mark</b>\n",
    "fragments/card.html": '<p><a href="{{ post.url }}">{{ post.title }}</a></p>\n',
    "assets/site.css": "a { color: {{ option.accent }} }\n",
    "i18n/en.yaml": "by: from the pen of\n",
    "components/note.html": "<aside>{{ content }}</aside>\n",
}
OPTIONS = (
    "",
    "page_size: 1\n",
    "feeds: {formats: [atom], content: summary}\n",
    "theme_options: {accent: '#123456'}\n",
    "smart_quotes: false\n",
    "sections: {minutes: {feed: true}}\n",
    "redirects: both\n",
    "menu: [{label: About, url: /about/}]\n",
)
BODIES = (
    "Words.\n",
    "Words, and [a link](2013-05-01-a.md).\n\nMore.\n",
    "Words.\n\nBelow, [another](2013-05-02-b.md#end).\n\n:::note\nNote.\n:::\n",
    '# Heading\n\n::posts{limit="2"}\n\n[dead](gone.md)\n',
    "![A picture](2013-05-03-bundle/picture.svg)\n",
)
LENIENT = "diagnostics: {dead-link: warning, missing-picture: warning, slug-collision: warning}\n"


def _findings(result: Result) -> list[str]:
    """Give what was printed but for the last line, which counts what was done and how long it took."""
    return result.out.splitlines()[:-1]


class Edits(RuleBasedStateMachine):
    """Edits of any kind, and builds between them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="cogen-edits-"))
        self.site = self.folder / "site"
        self.now = "2013-07-01T12:00:00"
        self.strays = 0
        write_site(self.site, MINIMAL + LENIENT + "theme: own\n" + THEME)
        write_site(self.site, f"-- {BUNDLE}/index.md --\n---\ntitle: Bundle\n---\n![P](picture.svg)\n")
        self.picture(1)

    def teardown(self) -> None:
        self.build()
        shutil.rmtree(self.folder)

    # ---- what people do

    @rule(
        name=st.sampled_from(POSTS),
        title=st.sampled_from(["One", "Two"]),
        tags=st.sampled_from(
            ["", "tags: [News]\n", "tags: [news, R]\n", "authors: [Ann]\n", "draft: true\n"]
        ),
        body=st.sampled_from(BODIES),
    )
    def write_post(self, name: str, title: str, tags: str, body: str) -> None:
        write_site(self.site, f"-- content/posts/{name}.md --\n---\ntitle: {title}\n{tags}---\n{body}")

    @rule(name=st.sampled_from(POSTS))
    def delete_post(self, name: str) -> None:
        (self.site / f"content/posts/{name}.md").unlink(missing_ok=True)

    @rule(name=st.sampled_from(POSTS), other=st.sampled_from(POSTS))
    def rename_post(self, name: str, other: str) -> None:
        source = self.site / f"content/posts/{name}.md"
        if source.exists():
            source.rename(self.site / f"content/posts/{other}.md")

    @rule(
        text=st.sampled_from(
            ["", "News: {slug: all-news, aliases: [Old]}\n", "R: {description: 'What *R* is.'}\n"]
        )
    )
    def write_tags(self, text: str) -> None:
        write_site(self.site, f"-- content/tags.yaml --\n{text}")

    @rule(name=st.sampled_from(sorted(OVERRIDES)))
    def override(self, name: str) -> None:
        path = self.site / "themes/own" / name
        if path.exists():
            path.unlink()
        else:
            write_site(self.site, f"-- themes/own/{name} --\n{OVERRIDES[name]}")

    @rule(size=st.integers(0, 3))
    def picture(self, size: int) -> None:
        path = self.site / BUNDLE / "picture.svg"
        path.unlink(missing_ok=True)
        if size:
            path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"/>\n')

    @rule(
        option=st.sampled_from(OPTIONS),
        url=st.sampled_from(["https://example.org/", "https://example.org/blog/"]),
    )
    def configure(self, option: str, url: str) -> None:
        text = MINIMAL.replace("https://example.org/", url) + LENIENT + "theme: own\n" + option
        write_site(self.site, text)
        if "/about/" in option:
            write_site(self.site, "-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n")

    @rule(now=st.sampled_from(["2013-05-15", "2013-07-01T12:00:00", "2013-09-01"]))
    def move_the_clock(self, now: str) -> None:
        self.now = now

    # ---- what happens to files

    def outputs(self) -> list[Path]:
        found = (self.site / "output").rglob("*")
        return sorted(path for path in found if path.is_file() and not path.is_symlink())

    @precondition(lambda self: self.outputs())
    @rule(
        which=st.randoms(use_true_random=False),
        how=st.sampled_from(["delete", "change", "lengthen", "folder", "link"]),
    )
    def tamper(self, which: random.Random, how: str) -> None:
        path = which.choice(self.outputs())
        if path.name == ".cogen-output":
            return
        match how:
            case "change":
                path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))
            case "lengthen":
                path.write_bytes(path.read_bytes() + b" ")
            case _:
                path.unlink()
        if how == "folder":
            write_site(path, "-- in/the/way.txt --\nx\n")
        elif how == "link":
            path.symlink_to(self.site / "site.yaml")

    @rule()
    def leave_something(self) -> None:
        self.strays += 1
        stray = f"-- stray{self.strays}/file.txt --\nx\n-- 2013/stray{self.strays}.html --\nx\n"
        write_site(self.site / "output", stray)
        (self.site / f"output/stray{self.strays}/empty").mkdir()
        (self.site / "output/.cogen-output").touch()

    @precondition(lambda self: (self.site / ".cogen/store").exists())
    @rule(
        name=st.sampled_from(["store/index", "store/*.segment", "manifest"]),
        how=st.randoms(use_true_random=False),
    )
    def damage(self, name: str, how: random.Random) -> None:
        path = next((self.site / ".cogen").glob(f"{name}*"), None)
        if path is None:
            return
        data = bytearray(path.read_bytes())
        match how.choice(["delete", "empty", "cut", "noise", "flip"]):
            case "delete":
                path.unlink()
            case "empty":
                path.write_bytes(b"")
            case "cut":
                path.write_bytes(data[: how.randrange(len(data) + 1)])
            case "noise":
                path.write_bytes(how.randbytes(len(data)))
            case _:
                for _ in range(40 if data else 0):
                    data[how.randrange(len(data))] ^= 1 << how.randrange(8)
                path.write_bytes(data)

    @rule()
    def forget(self) -> None:
        shutil.rmtree(self.site / ".cogen", ignore_errors=True)

    # ---- what must hold

    @rule()
    def build(self) -> None:
        oracle = self.folder / "oracle"
        shutil.rmtree(oracle, ignore_errors=True)
        arguments = ("build", self.site, "--now", self.now, "--jobs", "1")
        warm = cogen(*arguments)
        cold = cogen(*arguments, "--no-cache", "-o", oracle)
        assert (warm.code, warm.err, _findings(warm)) == (cold.code, cold.err, _findings(cold))
        if warm.code == 0:
            assert tree(self.site / "output") == tree(oracle)
            again = cogen(*arguments)
            assert _findings(again) == _findings(cold)
            assert ": 0 rendered, 0 written, " in again.out


Edits.TestCase.settings = settings(max_examples=4, stateful_step_count=12, deadline=None)
TestEdits = Edits.TestCase


def test_the_oracle_knows_the_sites_it_builds() -> None:
    assert {"site.yaml", "themes/own/theme.yaml"} <= parse_site(MINIMAL + THEME).keys()
