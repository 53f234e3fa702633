import pytest
from render.samples import layer, one_theme, theme

from cogen.assemble.views import CopyView, StylesheetView
from cogen.model.theme import Theme
from cogen.render.assets import plan_assets
from cogen.render.stylesheets import make_stylesheet

OPTIONS = 'options: {accent: {type: colour, default: "#123"}, wide: {type: bool, default: true}}'


def sheet(text: str, **files: str) -> Theme:
    own: dict[str, str | bytes] = {f"assets/{name.replace('__', '.')}": each for name, each in files.items()}
    return one_theme({"theme.yaml": OPTIONS, "assets/site.css": text} | own)


def made(made_theme: Theme, name: str = "site.css") -> str:
    planned = {asset.name: asset.view for asset in plan_assets(made_theme, "/blog").assets}
    view = planned[name]
    assert isinstance(view, StylesheetView)
    return make_stylesheet(view, made_theme).decode()


def link(made_theme: Theme, name: str = "site.css") -> str:
    return dict(plan_assets(made_theme, "/blog").urls)[name]


def problems(text: str) -> list[tuple[str, str, int]]:
    found = plan_assets(sheet(text), "").findings
    return [(each.code, each.message, each.at.line) for each in found]


def test_options_are_filled_into_a_stylesheet() -> None:
    assert made(sheet("a{color:{{ option.accent }};x:{{option.wide}}}")) == "a{color:#123;x:true}"


@pytest.mark.parametrize("written", ["url(a.woff2)", 'url("a.woff2")', "url( 'a.woff2' )", "URL(./a.woff2)"])
def test_addresses_of_assets_are_filled_into_a_stylesheet(written: str) -> None:
    themed = sheet(written, a__woff2="font")
    assert made(themed) == f'url("{link(themed, "a.woff2")}")'


def test_what_follows_an_assets_name_stays() -> None:
    themed = sheet('url("a.svg#icon") url(a.svg?v=1)', a__svg="<svg/>")
    assert made(themed) == f'url("{link(themed, "a.svg")}#icon") url("{link(themed, "a.svg")}?v=1")'


def test_names_are_relative_to_the_stylesheets_folder_else_to_assets() -> None:
    files: dict[str, str | bytes] = {
        "assets/css/site.css": "url(../i/a.png) url(b.png) url(i/a.png)",
        "assets/i/a.png": "a",
        "assets/css/b.png": "b",
    }
    themed = one_theme(files)
    a, b = link(themed, "i/a.png"), link(themed, "css/b.png")
    assert made(themed, "css/site.css") == f'url("{a}") url("{b}") url("{a}")'


def test_an_imported_stylesheet_is_named_by_its_own_address() -> None:
    themed = sheet('@import "b.css";@import url(b.css);', b__css="{{ option.accent }}")
    assert made(themed) == f'@import "{link(themed, "b.css")}";@import url("{link(themed, "b.css")}");'


@pytest.mark.parametrize(
    "text",
    [
        "url(data:image/png;base64,AA)",
        "url(https://x.example/a)",
        "url(/a.png)",
        "url(#a)",
        "/* url(a) {{ x }} */",
    ],
)
def test_what_leads_elsewhere_and_comments_stay_as_written(text: str) -> None:
    assert made(sheet(text)) == text
    assert problems(text) == []


def test_an_unknown_option_file_or_brace_is_found_with_its_line() -> None:
    assert problems("a\n{{ option.accnt }}\nurl(gone.png)\n{{ accent }}") == [
        ("bad-stylesheet", 'the theme has no option "accnt"', 2),
        ("bad-stylesheet", 'the theme has no asset "gone.png"', 3),
        ("bad-stylesheet", "{{ accent }} cannot be filled in a stylesheet", 4),
    ]


def test_stylesheets_that_import_each_other_are_found() -> None:
    found = plan_assets(sheet('@import "b.css";', b__css='@import "site.css";'), "").findings
    assert [each.code for each in found] == ["bad-stylesheet"]


def test_an_address_carries_what_decides_the_bytes() -> None:
    plain = link(sheet("a{color:{{ option.accent }}}"))
    assert plain.startswith("/blog/assets/site.")
    assert plain.endswith(".css")
    assert link(sheet("b{color:{{ option.accent }}}")) != plain
    files: dict[str, str | bytes] = {"theme.yaml": OPTIONS, "assets/site.css": "a{color:{{ option.accent }}}"}
    assert link(one_theme(files, accent="#456")) != plain
    assert link(one_theme(files, wide=False)) == plain


def test_an_address_changes_with_a_file_that_the_stylesheet_names() -> None:
    assert link(sheet("url(a.png)", a__png="1")) != link(sheet("url(a.png)", a__png="2"))


def test_other_assets_are_copied_and_the_nearest_theme_wins() -> None:
    own = layer("own", {"assets/a.png": "own"})
    base = layer("commons", {"assets/a.png": "base", "assets/b.png": "b"})
    assets = plan_assets(theme(own, base), "").assets
    assert [asset.name for asset in assets] == ["a.png", "b.png"]
    assert [asset.view.source for asset in assets if isinstance(asset.view, CopyView)] == [
        "themes/own/assets/a.png",
        "themes/commons/assets/b.png",
    ]


@pytest.mark.parametrize("name", ["a" * 246 + ".svg", "con.svg", "a" * 201 + "/b.svg"])
def test_an_asset_whose_name_cannot_be_published_is_told_and_left_out(name: str) -> None:
    planned = plan_assets(one_theme({f"assets/{name}": "<svg/>", "assets/b.svg": "<svg/>"}), "")
    assert [(each.code, each.at.path) for each in planned.findings] == [
        ("bad-file-name", f"themes/base/assets/{name}")
    ]
    assert [asset.name for asset in planned.assets] == ["b.svg"]


def test_a_stylesheet_in_another_encoding_is_told_and_keeps_its_letters() -> None:
    latin = one_theme({"assets/site.css": "a {}\nb { content: 'café' }".encode("latin-1")})
    (found,) = plan_assets(latin, "").findings
    assert (found.code, found.at.line) == ("not-utf8", 2)
    assert "café" in made(latin)
