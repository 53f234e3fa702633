"""An event's own address and last change, and the contacts that are not to be shown."""

from pathlib import Path

import pytest
from sites import MINIMAL, build, write_site


def test_an_event_may_have_an_address_of_its_own_and_a_last_change(tmp_path: Path) -> None:
    event = "---\ntitle: Tea\nstart: 2013-08-01\npermalink: /tea/\nupdated: 2013-06-02\n---\nCome.\n"
    write_site(tmp_path, f"{MINIMAL}-- content/events/tea.md --\n{event}")
    build(tmp_path)
    page = (tmp_path / "output/tea/index.html").read_text(encoding="utf-8")
    sitemap = (tmp_path / "output/sitemap.xml").read_text(encoding="utf-8")
    assert 'content="2013-06-02' in page
    assert "<loc>https://example.org/tea/</loc><lastmod>2013-06-02</lastmod>" in "".join(sitemap.split())
    assert not (tmp_path / "output/events/tea").exists()
    assert 'href="/tea/"' in (tmp_path / "output/events/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("flag", "is_shown"), [("", True), (", public: true", True), (", public: false", False)]
)
def test_a_projects_contact_is_shown_unless_it_says_that_it_is_not_public(
    flag: str, is_shown: bool, tmp_path: Path
) -> None:
    programme = f"title: P\nprojects:\n  - {{name: Bike, contact: {{email: bike@example.org{flag}}}}}\n"
    write_site(tmp_path, f"{MINIMAL}-- content/projects/p.yaml --\n{programme}")
    build(tmp_path)
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "output").rglob("*.html")]
    assert any("bike@" in page for page in pages) is is_shown
