"""The plan: every file of the site. Layer: assemble.

Two steps.  ``plan_site`` names the outputs: paths and addresses alone, because links can be judged only
when all addresses are known.  Each output then makes its view on demand.
"""

import unicodedata
from collections.abc import Iterable, Mapping

import msgspec

from cogen.assemble import plan_content, plan_feeds, plan_lists, plan_services
from cogen.assemble.outputs import Output, ThemeAsset
from cogen.assemble.share import share_pictures
from cogen.assemble.share_style import ShareStyle
from cogen.assemble.site import Site
from cogen.model.diagnostics import Clue, Diagnostic, Location, finding
from cogen.model.suggest import did_you_mean
from cogen.model.urls import SEARCH_FOLDER


class Plan(msgspec.Struct, frozen=True):
    """Every file of the site."""

    outputs: tuple[Output, ...]
    landmarks: Mapping[str, str]
    """Name → address of the site's own lists that are published."""
    findings: tuple[Diagnostic, ...]


def plan_site(
    site: Site,
    theme_assets: Iterable[ThemeAsset],
    templates: frozenset[str],
    share: ShareStyle | None = None,
) -> Plan:
    """Name every output of a site; ``templates`` are the theme's, for documents that ask for one."""
    landmarks = plan_lists.landmarks_of(site)
    findings: list[Diagnostic] = []
    outputs = [
        *plan_content.posts(site),
        *plan_content.pages_and_events(site),
        *plan_lists.home(site),
        *plan_lists.sections(site),
        *plan_lists.archive(site),
        *plan_lists.taxonomies(site, landmarks),
        *plan_lists.projects_and_events(site),
        *plan_content.files(site, theme_assets),
        *plan_services.icons(site),
        *share_pictures(site, share),
    ]
    outputs = [_checked_template(output, templates, findings) for output in outputs]
    followed = plan_feeds.followed_lists(site)
    outputs += plan_feeds.feed_outputs(site, followed)
    outputs += plan_feeds.follow_page(site, followed)
    outputs += plan_services.services(site)
    redirects = plan_services.redirects_of(site)
    kept, collisions = _without_collisions([*outputs, *plan_services.redirect_pages(site, redirects)])
    kept += plan_services.redirect_rules(site, redirects, kept)
    kept += plan_services.sitemaps(site, kept)
    unique, more = _without_collisions(kept)
    more += _in_the_index(site, unique)
    return Plan(tuple(unique), landmarks, (*findings, *collisions, *more))


def _in_the_index(site: Site, outputs: Iterable[Output]) -> list[Diagnostic]:
    """Say what would lie in the folder that the index for search owns."""
    folder = f"/{SEARCH_FOLDER}/"
    found = [each for each in outputs if each.address.startswith(folder)] if site.config.has_search else []
    hint = f"move it out of {folder}, or take search: out of site.yaml"
    return [
        finding(
            "address-collision",
            f"{each.origin} would be published inside the index for search",
            _place(each),
            hint,
        )
        for each in found
    ]


def _checked_template(output: Output, templates: frozenset[str], findings: list[Diagnostic]) -> Output:
    """Replace a template that a document asks for and the theme does not have."""
    if not output.maker.startswith("templates/") or output.maker in templates:
        return output
    name = output.maker.removeprefix("templates/")
    message = f"the theme has no template {name!r}"
    hint = did_you_mean(
        name, [each.removeprefix("templates/") for each in templates if each.startswith("templates/")]
    )
    at = Clue(output.origin, "template")
    findings.append(
        finding("unknown-template", message, at, hint or f"take the key out, or add {output.maker}")
    )
    kind = "event.html" if output.origin.startswith("content/events/") else "post.html"
    kind = "page.html" if output.origin.startswith("content/pages/") else kind
    return msgspec.structs.replace(output, maker=f"templates/{kind}")


def _without_collisions(outputs: Iterable[Output]) -> tuple[list[Output], list[Diagnostic]]:
    """Keep one output for each path; the rest are findings that name both sources.

    What stands at an old address gives way to what is really there.
    """
    owners: dict[str, Output] = {}
    findings: list[Diagnostic] = []
    for output in sorted(outputs, key=lambda output: output.is_alias):
        key = _collision_key(output.path)
        owner = owners.setdefault(key, output)
        if owner is not output:
            findings.append(_collision(output, owner))
    folders: set[str] = set()
    for key in owners:
        while (key := key.rpartition("/")[0]) and key not in folders:
            folders.add(key)
    if folders.isdisjoint(owners):
        return list(owners.values()), findings
    for key, output in list(owners.items()):
        parts = key.split("/")
        for depth in range(1, len(parts)):
            folder = owners.get("/".join(parts[:depth]))
            if folder is not None:
                findings.append(_collision(output, folder))
                owners.pop(key, None)
    return list(owners.values()), findings


def _collision_key(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _collision(output: Output, owner: Output) -> Diagnostic:
    if output.is_alias:
        message = f"the old address {output.address} is also that of {owner.origin}"
        return finding("alias-collision", message, _place(output), "take it out of aliases:")
    message = f"{output.origin} and {owner.origin} would both be published at {owner.address}"
    hint = "give one of them another slug: or permalink:"
    return finding("address-collision", message, _place(output) or _place(owner), hint)


def _place(output: Output) -> Clue | Location | None:
    """Say where the author can mend it; None for what no file of theirs made."""
    if not output.origin.startswith("content/"):
        return None
    if output.is_alias and output.maker.startswith("templates/"):
        return Clue(output.origin, "aliases")
    return Location(output.origin) if output.maker == "copy" else Clue(output.origin, "slug")
