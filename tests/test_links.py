"""Every link of the repository's own site leads somewhere, by a check that knows nothing of cogen's."""

import json
from pathlib import Path

import published
import pytest

SITE_URL = "https://example.org/blog/"


def test_every_link_of_the_site_leads_to_a_file_of_the_site_or_out_of_it(sample_site: Path) -> None:
    links = set(published.links(sample_site))
    faults = [
        f"{link} {fault}" for link in links if (fault := published.fault_of(link, sample_site, SITE_URL))
    ]
    assert "\n".join(sorted(faults)) == ""
    assert len(links) > 500


@pytest.mark.parametrize("kind", sorted(published.KINDS))
def test_a_page_carries_nothing_that_runs_and_no_inline_style(sample_site: Path, kind: str) -> None:
    page = sample_site / published.page_of(sample_site, kind)
    tree = published.tree(page / "index.html" if page.is_dir() else page)
    data = [element for element in tree.iter("script") if element.get("type") == "application/ld+json"]
    assert [element for element in tree.iter("script", "style") if element not in data] == []
    assert all(json.loads(element.text or "")["@context"] == "https://schema.org" for element in data)
    assert [element.get("style") for element in tree.iter() if element.get("style")] == []


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("/blog/a/", ""),
        ("#part", ""),
        ("../index.html", ""),
        ("https://elsewhere.example/", ""),
        ("mailto:bike@example.org", ""),
        ("https://example.org/blog/a/#part", ""),
        ("/a/", "leaves the base path"),
        ("/blog/b/", "leads to nothing"),
        ("/blog/a", "leads to nothing"),
        ("/blog/a/#other", "names a part that is not there"),
        ("javascript:alert(1)", "has a scheme of its own"),
    ],
)
def test_the_check_itself_tells_good_links_from_bad(tmp_path: Path, target: str, fault: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text("<title>home</title>", encoding="utf-8")
    page = tmp_path / "a/index.html"
    page.write_text(f'<title>a</title><p id="part"><a href="{target}">link</a>', encoding="utf-8")
    [link] = published.links(tmp_path)
    assert published.fault_of(link, tmp_path, SITE_URL) == fault
