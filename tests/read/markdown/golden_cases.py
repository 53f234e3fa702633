"""Golden cases as text: ``@@ case NAME``, Markdown, ``@@ html``, what it becomes, and what else is expected.

Holes are written ``⟦link ../x.md⟧``.  ``@@ html python-markdown`` gives the one dialect its own result.
"""

from dataclasses import dataclass, field
from pathlib import Path

from cogen.model.body import CloseHole, DirectiveHole, Hole, LinkHole, PictureHole
from cogen.model.config import ReadingOptions
from cogen.model.diagnostics import Diagnostic, Location
from cogen.read.markdown import RenderedText, render_text

FOLDER = Path(__file__).parent / "golden"
DIALECTS = ("gfm", "python-markdown")


@dataclass
class Case:
    """One input and what is expected of it."""

    name: str
    line: int
    sections: dict[str, str] = field(default_factory=dict)

    def expected(self, aspect: str, dialect: str) -> str | None:
        return self.sections.get(f"{aspect} {dialect}", self.sections.get(aspect))

    def speaks_of(self, dialect: str) -> bool:
        """Say whether anything but Markdown and options is there for a dialect."""
        names = {name.partition(" ") for name in self.sections if name not in {"markdown", "options"}}
        return any(not other or other == dialect for _, _, other in names)

    def options(self, dialect: str) -> ReadingOptions:
        words = self.sections.get("options", "").split()
        return ReadingOptions(
            dialect=dialect, **{word.removeprefix("no-"): not word.startswith("no-") for word in words}
        )


def read_cases(path: Path) -> list[Case]:
    cases: list[Case] = []
    section = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(keepends=True), 1):
        if line.startswith("@@ case "):
            cases.append(Case(line.removeprefix("@@ case ").strip(), number))
            section = "markdown"
        elif line.startswith("@@ "):
            section = line.removeprefix("@@ ").strip()
            cases[-1].sections[section] = ""
        elif cases:
            cases[-1].sections[section] = cases[-1].sections.get(section, "") + line
    return cases


def all_cases() -> list[tuple[str, Case, str]]:
    """Give test id, case and dialect for every case in every dialect it speaks of."""
    return [
        (f"{path.name}:{case.line}-{dialect}", case, dialect)
        for path in sorted(FOLDER.glob("*.txt"))
        for case in read_cases(path)
        for dialect in DIALECTS
        if case.speaks_of(dialect)
    ]


def render(case: Case, dialect: str) -> RenderedText:
    return render_text(case.sections["markdown"], path="a.md", first_line=1, options=case.options(dialect))


def shown(parts: tuple[str, ...], holes: tuple[Hole, ...]) -> str:
    pieces = [parts[0]]
    for hole, part in zip(holes, parts[1:], strict=True):
        pieces += [f"⟦{shown_hole(hole)}⟧", part]
    return "".join(pieces).strip("\n") + "\n"


def shown_hole(hole: Hole) -> str:
    match hole:
        case LinkHole():
            return f"{'shown' if hole.is_picture else 'link'} {hole.target}"
        case PictureHole():
            return f"picture {hole.target}{' sized' if hole.has_size else ''}"
        case DirectiveHole():
            pairs = "".join(f" {name}={value!r}" for name, value in hole.attributes)
            label = f" [{hole.label}]" if hole.label else ""
            return f"{':::' if hole.is_container else '::'}{hole.name}{label}{pairs} at {hole.line}:{hole.column}"
        case CloseHole():
            return f"close {hole.opens}"


def shown_finding(found: Diagnostic) -> str:
    assert isinstance(found.at, Location)
    return f"{found.at.line}:{found.at.column} {found.code}: {found.message}"


def shown_aspects(rendered: RenderedText) -> dict[str, str]:
    return {
        "html": shown(rendered.parts, rendered.holes),
        "findings": "".join(shown_finding(found) + "\n" for found in rendered.findings),
        "headings": "".join(f"{h.level} {h.id} {h.title}\n" for h in rendered.headings),
        "summary": shown(rendered.summary.parts, rendered.summary.holes),
        "ids": " ".join(rendered.ids) + "\n",
        "words": f"{rendered.word_count}\n",
    }


def write_anew(path: Path) -> None:
    """Write what is seen today into the sections a file has; read the difference before you commit it."""
    lines: list[str] = []
    for case in read_cases(path):
        seen = {dialect: shown_aspects(render(case, dialect)) for dialect in DIALECTS}
        lines.append(f"@@ case {case.name}\n{case.sections['markdown']}")
        for name, text in case.sections.items():
            aspect, _, dialect = name.partition(" ")
            if name == "options":
                lines.append(f"@@ options\n{text}")
            elif name != "markdown" and (not dialect or aspect not in case.sections):
                lines += _sections(aspect, dialect, seen)
    path.write_text("".join(lines), "utf-8")


def _sections(aspect: str, dialect: str, seen: dict[str, dict[str, str]]) -> list[str]:
    """Write one aspect, once where the dialects agree on it."""
    if dialect:
        return [f"@@ {aspect} {dialect}\n{seen[dialect][aspect]}"]
    first, second = (seen[name][aspect] for name in DIALECTS)
    return [f"@@ {aspect}\n{first}"] + ([f"@@ {aspect} {DIALECTS[1]}\n{second}"] if second != first else [])
