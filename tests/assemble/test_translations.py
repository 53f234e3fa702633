"""A site in several languages: each has its own addresses, lists and feeds, and readers get from one to the other."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import lxml.html
import pytest
from sites import MINIMAL, build, cogen, tree, write_site

from cogen.read.languages import calendar_words

LANGUAGES = (
    MINIMAL
    + """\
language: en-GB
menu: [{label: About us, url: /about/}, {label: Follow, url: /follow/}, {label: Else, url: "https://example.net/"}]
sections: {minutes: {title: Minutes, feed: true}}
languages:
  es:
    title: Sitio de prueba
    description: Un sitio.
    menu: [{label: Proyectos, url: /es/projects/}]
    sections: {minutes: Actas}
    theme_options: {footer_text: Pie de página}
  ar:
"""
)
TEXTS = """\
-- content/posts/2013-05-01-hello.md --
---
title: Hello
tags: [News]
authors: [Amara]
---
Text with [the table](../projects/bikes.yaml).
-- content/posts/2013-05-01-hello.es.md --
---
title: Hola
tags: [Noticias]
authors: [Amara]
aliases: [/viejo/]
project: bike
---
Texto con [la tabla](../projects/bikes.yaml) y [el original](2013-05-01-hello.md).
-- content/posts/2013-05-02-solo.md --
---
title: Solo en español
lang: es-MX
---
Texto.
-- content/posts/2013-05-03-alone.md --
---
title: Alone
---
Text.
-- content/posts/2013-05-04-french.md --
---
title: En français
lang: fr
---
Texte.
-- content/minutes/2013-05-05-first.es.md --
---
title: Primera
---
Acta.
-- content/pages/about.md --
---
title: About
---
Text.
-- content/pages/about.ar.md --
---
title: من نحن
---
نص.
-- content/events/fair.es.md --
---
title: Feria
start: 2013-08-01 10:00
---
Texto.
-- content/projects/bikes.yaml --
title: Bikes
summary: Two wheels.
projects:
  - {id: bike, name: Bike, status: delivering}
"""


def site(folder: Path, more: str = "") -> Path:
    write_site(folder, LANGUAGES + TEXTS + more)
    build(folder)
    return folder / "output"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("translations"))


def page(output: Path, address: str) -> lxml.html.HtmlElement:
    return lxml.html.parse(output / address.strip("/") / "index.html").getroot()


def alternates(root: lxml.html.HtmlElement) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in root.xpath("//link[@hreflang]")}


def languages(root: lxml.html.HtmlElement) -> list[tuple[str, str]]:
    """Give each language that the page names, and where it leads; nothing for the one it is in."""
    items = root.xpath("//nav[@class='languages']//li")
    return [(item.get("lang"), (item.xpath("./a/@href") or [""])[0]) for item in items]


def test_a_site_in_one_language_has_no_trace_of_it(tmp_path: Path) -> None:
    write_site(tmp_path, MINIMAL + "sections: {minutes: }\n" + TEXTS)
    build(tmp_path)
    html = (tmp_path / "output/2013/05/hello/index.html").read_text("utf-8")
    assert "hreflang" not in html
    assert 'class="languages"' not in html
    assert (tmp_path / "output/2013/05/hello-es/index.html").is_file()
    assert not (tmp_path / "output/es").exists()


def test_a_text_is_in_the_language_of_its_name_or_its_lang(output: Path) -> None:
    assert page(output, "/2013/05/hello/").get("lang") == "en-GB"
    assert page(output, "/es/2013/05/hello/").get("lang") == "es"
    solo = page(output, "/es/2013/05/solo/")
    assert solo.get("lang") == "es"
    assert solo.xpath("//article/@lang") == ["es-MX"]
    assert page(output, "/es/2013/05/hello/").xpath("//article/@lang") == []
    assert page(output, "/ar/about/").get("dir") == "rtl"
    french = page(output, "/2013/05/french/")
    assert (french.get("lang"), french.xpath("//article/@lang")) == ("en-GB", ["fr"])


def test_translations_name_each_other_and_no_others(output: Path) -> None:
    both = {
        "en-GB": "https://example.org/2013/05/hello/",
        "x-default": "https://example.org/2013/05/hello/",
        "es": "https://example.org/es/2013/05/hello/",
    }
    assert alternates(page(output, "/2013/05/hello/")) == both
    assert alternates(page(output, "/es/2013/05/hello/")) == both
    assert alternates(page(output, "/2013/05/alone/")) == {}
    assert alternates(page(output, "/")) == {
        "en-GB": "https://example.org/",
        "x-default": "https://example.org/",
        "es": "https://example.org/es/",
        "ar": "https://example.org/ar/",
    }


def test_every_alternate_is_a_page_that_says_the_same(output: Path) -> None:
    seen = 0
    for path in output.rglob("*.html"):
        root = lxml.html.parse(path).getroot()
        for link in alternates(root).values():
            address = link.removeprefix("https://example.org")
            assert alternates(page(output, address)) == alternates(root), (path, link)
            seen += 1
    assert seen > 40


def test_readers_get_to_the_same_page_or_home(output: Path) -> None:
    assert languages(page(output, "/2013/05/hello/")) == [
        ("en-GB", ""),
        ("es", "/es/2013/05/hello/"),
        ("ar", "/ar/"),
    ]
    assert languages(page(output, "/es/2013/05/solo/")) == [("en-GB", "/"), ("es", ""), ("ar", "/ar/")]
    names = page(output, "/").xpath("//nav[@class='languages']//li//text()")
    assert names == ["English", "Español", "العربية"]


def test_each_language_has_its_own_lists(output: Path) -> None:
    assert (output / "es/tags/noticias/index.html").is_file()
    assert not (output / "tags/noticias").exists()
    assert not (output / "es/tags/news").exists()
    assert page(output, "/es/authors/amara/").xpath("//h1")[0].text_content() == "Amara"
    assert page(output, "/es/events/").xpath("//a[@href='/es/events/fair/']")
    assert not (output / "events").exists()
    home = page(output, "/es/")
    assert home.xpath("//title/text()") == ["Sitio de prueba"]
    assert "Hola" in home.text_content()
    assert "Hello" not in home.text_content()
    assert "Pie de página" in home.text_content()
    assert "Actas" in page(output, "/es/minutes/").text_content()
    assert (output / "ar/index.html").is_file()


def test_each_language_has_its_own_feeds(output: Path) -> None:
    english = json.loads((output / "feed.json").read_text("utf-8"))
    spanish = json.loads((output / "es/feed.json").read_text("utf-8"))
    assert spanish["language"] == "es"
    assert [item["title"] for item in spanish["items"]] == ["Solo en español", "Hola"]
    assert [item["title"] for item in english["items"]] == ["En français", "Alone", "Hello"]
    atom = "{http://www.w3.org/2005/Atom}"
    ids = [ET.parse(output / part / "atom.xml").getroot().findtext(f"{atom}id") for part in ("", "es", "ar")]
    assert len(set(ids)) == 3
    assert (output / "es/tags/noticias/feed.xml").is_file()
    assert (output / "es/minutes/feed.xml").is_file()


def test_a_table_holds_in_every_language(output: Path) -> None:
    assert "Bike" in page(output, "/es/projects/bikes/").text_content()
    assert page(output, "/es/projects/bikes/bike/").xpath("//a[@href='/es/2013/05/hello/']")
    links = page(output, "/es/2013/05/hello/").xpath("//*[contains(@class, 'prose')]//a/@href")
    assert links == ["/es/projects/bikes/", "/2013/05/hello/"]
    links = page(output, "/2013/05/hello/").xpath("//*[contains(@class, 'prose')]//a/@href")
    assert links == ["/projects/bikes/"]


def test_a_table_of_a_language_stands_in_for_the_one_of_all(tmp_path: Path) -> None:
    more = """\
-- content/projects/bikes.es.yaml --
title: Bicicletas
projects:
  - {id: bike, name: Bicicleta}
-- content/people.yaml --
Amara: {name: Amara O., bio: Writes.}
-- content/people.es.yaml --
Amara: {name: Amara O., bio: Escribe.}
-- content/tags.es.yaml --
Noticias: {description: Lo nuevo.}
"""
    output = site(tmp_path, more)
    assert "Bicicleta" in page(output, "/es/projects/bikes/").text_content()
    assert "Bicicleta" not in page(output, "/projects/bikes/").text_content()
    assert "Bikes" in page(output, "/ar/projects/bikes/").text_content()
    assert alternates(page(output, "/es/projects/bikes/bike/"))["en-GB"].endswith("/projects/bikes/bike/")
    assert "Escribe." in page(output, "/es/authors/amara/").text_content()
    assert "Writes." in page(output, "/authors/amara/").text_content()
    assert "Lo nuevo." in page(output, "/es/tags/noticias/").text_content()


def test_what_a_table_says_in_another_language_is_marked(tmp_path: Path) -> None:
    more = """\
-- content/people.yaml --
Amara: {name: Amara O., role: Gardener, bio: Writes.}
-- content/tags.yaml --
Noticias: {description: What is new.}
"""
    output = site(tmp_path, more)

    def marked(address: str) -> set[str]:
        found = page(output, address).xpath(
            "//main//*[@lang='en-GB'][@dir='ltr'][not(contains(@class, 'table-scroll'))]"
        )
        return {" ".join(each.text_content().split()) for each in found}

    assert marked("/es/projects/bikes/") >= {"Bikes", "Two wheels.", "Bike"}
    assert marked("/es/projects/bikes/bike/") >= {"Bike"}
    assert marked("/es/projects/") >= {"Bikes", "Two wheels.", "Bike"}
    assert marked("/ar/") >= {"Bikes", "Two wheels."}
    assert marked("/es/authors/amara/") >= {"Gardener", "Writes."}
    assert marked("/es/authors/") == {"Gardener"}
    assert marked("/es/tags/noticias/") == {"What is new."}
    for address in ("/projects/bikes/", "/projects/bikes/bike/", "/projects/", "/authors/amara/"):
        assert marked(address) == set()


def test_a_menu_that_is_not_written_is_the_main_one_in_that_language(output: Path) -> None:
    arabic = [(a.text, a.get("href")) for a in page(output, "/ar/").xpath("//ul[@class='menu']//a")]
    follow = page(output, "/ar/follow/").xpath("//title/text()")[0].partition(" – ")[0]
    assert arabic == [("من نحن", "/ar/about/"), (follow, "/ar/follow/"), ("Else", "https://example.net/")]
    spanish = page(output, "/es/").xpath("//ul[@class='menu']//a/@href")
    assert spanish == ["/es/projects/"]


def test_a_bundle_has_its_files_once(tmp_path: Path) -> None:
    more = """\
-- content/posts/bundle/index.md --
---
title: Bundle
date: 2013-06-01
---
[File](notes.txt)
-- content/posts/bundle/index.es.md --
---
title: Paquete
date: 2013-06-01
---
[Archivo](notes.txt)
-- content/posts/bundle/notes.txt --
Notes
-- content/posts/spanish/index.es.md --
---
title: Otro paquete
date: 2013-06-01
---
[Archivo](notes.txt)
-- content/posts/spanish/notes.txt --
Notas
"""
    output = site(tmp_path, more)
    links = [
        page(output, address).xpath("//*[contains(@class, 'prose')]//a/@href")
        for address in ("/2013/06/bundle/", "/es/2013/06/bundle/", "/es/2013/06/spanish/")
    ]
    assert links == [
        ["/2013/06/bundle/notes.txt"],
        ["/2013/06/bundle/notes.txt"],
        ["/es/2013/06/spanish/notes.txt"],
    ]
    assert len(list(output.rglob("notes.txt"))) == 2


def test_a_key_ties_texts_whose_files_have_other_names(tmp_path: Path) -> None:
    more = """\
-- content/posts/2013-06-01-tea.md --
---
title: Tea
translation_key: tea
---
Text.
-- content/posts/2013-06-02-te.md --
---
title: Té
lang: es
translation_key: tea
---
Texto.
"""
    output = site(tmp_path, more)
    assert alternates(page(output, "/2013/06/tea/"))["es"] == "https://example.org/es/2013/06/te/"


def test_what_is_hidden_is_no_translation(tmp_path: Path) -> None:
    more = """\
-- content/posts/2013-06-01-tea.md --
---
title: Tea
---
Text.
-- content/posts/2013-06-01-tea.es.md --
---
title: Té
hidden: true
---
Texto.
"""
    output = site(tmp_path, more)
    assert alternates(page(output, "/2013/06/tea/")) == {}
    assert ("es", "/es/") in languages(page(output, "/2013/06/tea/"))


def test_the_sitemap_and_the_redirects_are_those_of_all_languages(output: Path) -> None:
    sitemap = (output / "sitemap.xml").read_text("utf-8")
    assert "https://example.org/es/2013/05/hello/" in sitemap
    assert "https://example.org/ar/about/" in sitemap
    assert 'href="/es/2013/05/hello/"' in (output / "viejo/index.html").read_text("utf-8")


def test_the_main_language_may_stand_in_a_name(tmp_path: Path) -> None:
    more = "-- content/posts/2013-06-01-tea.en-GB.md --\n---\ntitle: Tea\n---\nText.\n"
    output = site(tmp_path, more)
    assert (output / "2013/06/tea/index.html").is_file()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("languages: [en-GB]", "en-GB is the site's main language already"),
        ("languages: [es, ES]", "the language es is here twice"),
        ("languages: {klingon!: {}}", '"klingon!" is no language tag'),
        ("languages: [es, {ar: x}]", '"languages" takes tags of languages'),
        ("languages: {es: {sections: {minuts: Actas}}}", '"minuts" is no section of the site'),
        ("languages: {es: {titel: Sitio}}", "titel"),
    ],
)
def test_what_languages_cannot_be_is_said(tmp_path: Path, line: str, said: str) -> None:
    settings = MINIMAL + f"language: en-GB\nsections: {{minutes: }}\n{line}\n"
    write_site(tmp_path, settings)
    result = cogen("check", tmp_path)
    assert said in result.out + result.err
    assert "site.yaml:" in result.out + result.err


def test_a_name_and_a_lang_that_disagree_are_told(tmp_path: Path) -> None:
    more = "-- content/posts/2013-06-01-tea.es.md --\n---\ntitle: Té\nlang: ar\n---\nTexto.\n"
    write_site(tmp_path, LANGUAGES + TEXTS + more)
    result = cogen("check", tmp_path)
    assert "the file's name says es, and lang says ar; the former counts" in result.out + result.err


def test_an_edit_in_one_language_renders_nothing_in_another(tmp_path: Path) -> None:
    output = site(tmp_path)
    before = tree(output)
    text = (tmp_path / "content/posts/2013-05-01-hello.es.md").read_text("utf-8")
    changed = text.replace("title: Hola", "title: Buenas")
    (tmp_path / "content/posts/2013-05-01-hello.es.md").write_text(changed, "utf-8")
    build(tmp_path)
    after = tree(output)
    different = {path for path in after if before.get(path) != after[path]}
    assert different
    assert all(path.startswith("es/") for path in different), different


def test_what_is_wrong_in_one_language_is_told_where_that_is_written(tmp_path: Path) -> None:
    settings = (
        MINIMAL
        + """\
theme_options: {footer_text: Foot}
menu: [{label: Home, url: /}]
languages:
  pt-BR:
    menu:
      - {label: Nada, url: /pt-br/nada/}
    theme_options:
      acces_page: /x/
      access_page: /pt-br/nada/
      accent: red
"""
    )
    write_site(tmp_path, settings)
    said = cogen("check", tmp_path)
    lines = {
        line.partition(": ")[0]: line for line in (said.out + said.err).splitlines() if "site.yaml:" in line
    }
    assert "the menu's /pt-br/nada/ leads to nothing" in lines["site.yaml:10:28"]
    assert 'the theme has no option "acces_page"' in lines["site.yaml:12:19"]
    assert 'the option "access_page" leads to nothing' in lines["site.yaml:13:20"]
    assert '"accent" is a colour in quotes' in lines["site.yaml:14:15"]


def test_a_guid_that_was_copied_into_a_translation_is_told(tmp_path: Path) -> None:
    post = "---\ntitle: Tea\nguid: tag:example.org,2013:tea\n---\nText.\n"
    more = f"-- content/posts/2013-06-01-tea.md --\n{post}-- content/posts/2013-06-01-tea.es.md --\n{post}"
    write_site(tmp_path, LANGUAGES + TEXTS + more)
    said = cogen("check", tmp_path)
    assert "content/posts/2013-06-01-tea.es.md:3:7: error[duplicate-guid]" in said.out + said.err
    assert "is also that of content/posts/2013-06-01-tea.md" in said.out + said.err


def test_data_are_those_of_the_language(tmp_path: Path) -> None:
    more = """\
-- content/data/venues.yaml --
- {name: Hall}
-- content/data/venues.es.yaml --
- {name: Sala}
-- themes/own/theme.yaml --
extends: commons
components: {venues: {data: {venues: {table: {src: data/venues.yaml}}}}}
-- themes/own/components/venues.html --
<p>{% for venue in venues %}{{ venue.name }}{% endfor %}</p>
-- content/pages/venues.md --
---
title: Venues
---
::venues
-- content/pages/venues.es.md --
---
title: Salas
---
::venues
-- content/pages/venues.ar.md --
---
title: Ar
---
::venues
"""
    write_site(tmp_path, LANGUAGES + "theme: own\n" + TEXTS + more)
    build(tmp_path)
    shown = [
        page(tmp_path / "output", f"{home}/venues/").xpath("//*[contains(@class, 'prose')]/p/text()")
        for home in ("", "/es", "/ar")
    ]
    assert shown == [["Hall"], ["Sala"], ["Hall"]]


def test_the_menu_of_another_language_has_each_page_once_and_the_files_of_all(tmp_path: Path) -> None:
    settings = LANGUAGES.replace(
        "{label: Follow, url: /follow/}",
        '{label: How, url: "/about/#how"}, {label: A file, url: /a.txt}, {label: "2013", url: /2013/}',
    )
    write_site(tmp_path, settings + TEXTS + "-- content/a.txt --\nA\n")
    arabic = "-- content/posts/2013-05-01-hello.ar.md --\n---\ntitle: مرحبا\n---\nنص.\n"
    how = "-- content/pages/about.md --\n---\ntitle: About\n---\n## How\n\nSo.\n"
    write_site(tmp_path, arabic + how)
    build(tmp_path)
    shown = page(tmp_path / "output", "/ar/").xpath("//ul[@class='menu']//a/@href")
    assert shown == ["/ar/about/", "/a.txt", "/ar/2013/", "https://example.net/"]


def test_a_menu_that_leads_to_a_part_that_is_not_there_is_told(tmp_path: Path) -> None:
    write_site(tmp_path, MINIMAL + 'menu: [{label: A, url: "/about/#nope"}]\n' + TEXTS)
    said = cogen("check", tmp_path)
    assert (
        "site.yaml:5:25: warning[dead-anchor]: the menu's /about/#nope leads to a part" in said.out + said.err
    )


def test_years_and_months_are_tied_and_redirects_speak_the_language(output: Path) -> None:
    for address in ("/2013/", "/2013/05/"):
        found = alternates(page(output, address))
        assert {"en-GB", "es"} <= found.keys()
        assert "ar" not in found
    assert page(output, "/viejo/").get("lang") == "es"


def test_neighbours_in_another_language_say_so(output: Path) -> None:
    newer = page(output, "/2013/05/alone/").xpath("//a[@rel='next']")[0]
    assert (newer.text, newer.get("lang"), newer.get("dir")) == ("En français", "fr", "ltr")


def test_what_is_written_from_the_left_stays_so_on_a_page_from_the_right(tmp_path: Path) -> None:
    more = """\
-- content/projects/bikes.yaml --
title: Bikes
projects:
  - {id: bike, name: Bike, leads: [Amara B.], contact: {phone: 020 7946 0002, email: b@example.org}}
"""
    output = site(tmp_path, more)
    shown = page(output, "/ar/projects/bikes/bike/")
    (phone,) = shown.xpath("//a[@href='tel:02079460002']")
    assert (phone.text, phone.get("dir")) == ("020 7946 0002", "ltr")
    assert shown.xpath("//a[@href='mailto:b@example.org']/@dir") == ["ltr"]
    assert shown.xpath("//bdi/text()") == ["Amara B."]


def test_a_tag_of_a_language_alone_is_enough_in_a_name(tmp_path: Path) -> None:
    more = "-- content/posts/2013-06-01-tea.en.md --\n---\ntitle: Tea\n---\nText.\n"
    output = site(tmp_path, more)
    assert (output / "2013/06/tea/index.html").is_file()


def test_a_table_of_another_language_can_be_linked_to(tmp_path: Path) -> None:
    more = """\
-- content/projects/bikes.es.yaml --
title: Bicicletas
projects: [{id: bike, name: Bicicleta}]
-- content/posts/2013-06-01-tea.md --
---
title: Tea
---
[Spanish](../projects/bikes.es.yaml)
"""
    output = site(tmp_path, more)
    links = page(output, "/2013/06/tea/").xpath("//*[contains(@class, 'prose')]//a/@href")
    assert links == ["/es/projects/bikes/"]


def test_months_are_padded_as_the_language_pads_them() -> None:
    assert calendar_words("zh-Hant")["date_long"] == "{year}年{month_plain}月{day}日"


def test_the_main_language_in_a_name_is_not_to_be_added_to_the_others(tmp_path: Path) -> None:
    post = "-- content/posts/2013-05-01-a.NAME.md --\n---\ntitle: A\n---\nText.\n"
    site = write_site(
        tmp_path, MINIMAL + "language: en\n" + post.replace("NAME", "en") + post.replace("NAME", "fr")
    )
    said = cogen("check", site).out
    assert said.count("warning[unknown-language]") == 2
    assert "write languages: [en]" not in said
    assert "write languages: [fr]" in said
