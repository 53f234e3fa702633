"""Footnotes: one markup for what both engines print, with roles, numbers and ways back. Layer: read.

References are numbered as they are read.  The name of a link back is its number, a word in no language.
"""

import re

_GFM_REFERENCE = re.compile(
    r"<sup class=\"footnote-ref\"><a href=\"#fn-(?P<name>[^\"]*)\" id=\"fnref-[^\"]*\" data-footnote-ref>"
    r"(?P<number>\d+)</a></sup>"
)
_GFM_SECTION = '<section class="footnotes" data-footnotes>\n<ol>\n'
_GFM_ITEM = re.compile(r"<li id=\"fn-([^\"]*)\">")
_GFM_BACK = re.compile(
    r" ?<a href=\"#fnref-[^\"]*\" class=\"footnote-backref\" data-footnote-backref"
    r" data-footnote-backref-idx=\"(\d+)(?:-(\d+))?\""
    r" aria-label=\"[^\"]*\">\u21a9(?:<sup class=\"footnote-ref\">\d+</sup>)?</a>"
)
_PM_REFERENCE = re.compile(
    r"<sup id=\"fnref\d*:[^\"]*\"><a class=\"footnote-ref\" href=\"#fn:(?P<name>[^\"]*)\">(?P<number>\d+)</a></sup>"
)
_PM_SECTION = re.compile(r"<div class=\"footnote\">\n<hr />\n<ol>\n(.*)</ol>\n</div>", re.DOTALL)
_PM_ITEM = re.compile(r"<li id=\"fn:([^\"]*)\">")
_PM_NOTES = re.compile(r"<li id=\"fn:(?:(?!<li id=\"fn:).)*", re.DOTALL)
_PM_BACK = re.compile(
    r"(?:&#160;)?<a class=\"footnote-backref\" href=\"#fnref(\d*):([^\"]*)\" title=\"[^\"]*\">&#8617;</a>"
)
_GFM_CLOSE = "</ol>\n</section>"
_OPEN = '<div class="footnotes" role="doc-endnotes">\n<ol>\n'
"""No section: those want a heading, and the notes have none in every language."""
_CLOSE = "</ol>\n</div>"


def with_one_markup(html: str) -> str:
    """Rewrite the footnotes of either engine; HTML without footnotes comes back as it is."""
    if "data-footnote" in html:
        return _from_gfm(html)
    if 'class="footnote"' in html:
        return _from_python_markdown(html)
    return html


def _from_gfm(html: str) -> str:
    text, start, notes = html.rpartition(_GFM_SECTION)
    if not start:
        return html
    numbers: dict[str, str] = {}
    text = _with_references(text, _GFM_REFERENCE, numbers)
    notes = _with_references(notes, _GFM_REFERENCE, numbers)
    notes = _GFM_ITEM.sub(lambda found: _item(numbers.get(found[1], found[1])), notes)
    notes = _GFM_BACK.sub(lambda found: _back(found[1], found[2] or ""), notes)
    return text + _OPEN + _CLOSE.join(notes.rsplit(_GFM_CLOSE, 1))


def _from_python_markdown(html: str) -> str:
    section = _PM_SECTION.search(html)
    if section is None:
        return html
    numbers: dict[str, str] = {}
    before = _with_references(html[: section.start()], _PM_REFERENCE, numbers)
    notes = _with_references(section[1], _PM_REFERENCE, numbers)
    notes = "".join(note for note in _PM_NOTES.findall(notes) if _name_of(note) in numbers)
    notes = _PM_ITEM.sub(lambda found: _item(numbers.get(found[1], found[1])), notes)
    notes = _PM_BACK.sub(lambda found: _back(numbers.get(found[2], found[2]), found[1]), notes)
    notes = _OPEN + notes + _CLOSE if notes else ""
    return before + notes + _with_references(html[section.end() :], _PM_REFERENCE, numbers)


def _name_of(note: str) -> str:
    """Give the name of a note; the engine also prints notes nobody refers to, under names without a number."""
    found = _PM_ITEM.match(note)
    return found[1] if found else ""


def _with_references(html: str, pattern: re.Pattern[str], numbers: dict[str, str]) -> str:
    """Rewrite references; ``numbers`` gains name → number, and counts repeats under ``#number``."""

    def reference(found: re.Match[str]) -> str:
        number = found["number"]
        numbers[found["name"]] = number
        count = int(numbers.get(f"#{number}", "0")) + 1
        numbers[f"#{number}"] = str(count)
        own = number if count == 1 else f"{number}-{count}"
        link = f'<a href="#fn-{number}" id="fnref-{own}" role="doc-noteref">{number}</a>'
        return f'<sup class="footnote-ref">{link}</sup>'

    return pattern.sub(reference, html)


def _item(number: str) -> str:
    return f'<li id="fn-{number}">'


def _back(number: str, repeat: str) -> str:
    own, words = (f"{number}-{repeat}", f"{number}.{repeat}") if repeat else (number, number)
    return f' <a href="#fnref-{own}" class="footnote-back" role="doc-backlink">\u21a9 {words}</a>'
