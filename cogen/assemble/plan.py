"""The plan: every file of the site. Layer: assemble.

Two steps.  ``plan_site`` names the outputs: paths and addresses alone, because links can be judged only
when all addresses are known.  Each output then makes its view on demand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from cogen.assemble import plan_content, plan_feeds, plan_lists, plan_services
from cogen.assemble.outputs import Output, ThemeAsset
from cogen.assemble.share import share_pictures
from cogen.assemble.share_style import ShareStyle
from cogen.assemble.site import Site
from cogen.model import urls
from cogen.model.diagnostics import Clue, Diagnostic, Location, finding
from cogen.model.suggest import did_you_mean


class Plan(msgspec.Struct, frozen=True):
    """Every file of the site."""

    outputs: tuple[Output, ...]
    findings: tuple[Diagnostic, ...]


class ThemeParts(msgspec.Struct, frozen=True):
    """What the theme brings to the plan in one language."""

    assets: tuple[ThemeAsset, ...]
    share: ShareStyle | None = None


def plan_site(sites: Sequence[Site], parts: Sequence[ThemeParts], templates: frozenset[str]) -> Plan:
    """Name every output of a site in all of its languages, the main one first.

    ``templates`` are the theme's, for documents that ask for one; there are theme parts for each language.
    """
    main, findings = sites[0], list[Diagnostic]()
    # 1. What the author wrote, and the lists of it
    outputs: list[Output] = []
    for site in sites:
        written = (_checked_template(each, templates, findings) for each in _written(site))
        outputs += _of_edition(site.edition, written)
    outputs += plan_content.files(main, _all_assets(parts))
    outputs += plan_services.icons(main)
    # 2. What is made of these for subscribers, and for networks and hosts
    outputs += share_pictures(zip(sites, (part.share for part in parts), strict=True))
    for site in sites:
        outputs += _of_edition(site.edition, _followed(site))
    outputs += plan_services.services(main)
    # 3. What stands at old addresses, and what names all the others
    redirects: list[tuple[str, str, str]] = []
    for site in sites:
        redirects += (found := plan_services.redirects_of(site))
        redirects += plan_services.moved_feeds(site)
        outputs += _of_edition(site.edition, plan_services.redirect_pages(site, found))
    kept, collisions = _without_collisions(outputs)
    kept += plan_services.redirect_rules(main, redirects, kept)
    kept += plan_services.sitemaps(main, kept)
    unique, more = _without_collisions(kept)
    more += _in_the_way(main, unique)
    return Plan(tuple(unique), (*findings, *collisions, *more))


def _written(site: Site) -> Iterator[Output]:
    yield from plan_content.posts(site)
    yield from plan_content.pages_and_events(site)
    yield from plan_lists.home(site)
    yield from plan_lists.sections(site)
    yield from plan_lists.archive(site)
    yield from plan_lists.taxonomies(site)
    yield from plan_lists.projects_and_events(site)


def _followed(site: Site) -> Iterator[Output]:
    followed = plan_feeds.followed_lists(site)
    yield from plan_feeds.feed_outputs(site, followed)
    yield from plan_feeds.follow_page(site, followed)
    yield from plan_services.helpers(site)


def _of_edition(edition: str, outputs: Iterable[Output]) -> Iterable[Output]:
    if not edition:
        return outputs
    return (msgspec.structs.replace(output, edition=edition) for output in outputs)


def _all_assets(parts: Iterable[ThemeParts]) -> Iterable[ThemeAsset]:
    """Give the theme's assets; stylesheets with other options in one language have addresses of their own."""
    return {asset.address: asset for part in parts for asset in part.assets}.values()


def _in_the_way(site: Site, outputs: Sequence[Output]) -> Iterator[Diagnostic]:
    """Say what would lie where files are made of others: the index for search, and compressed copies."""
    if not (site.config.has_search or site.config.hosting.compress):
        return
    owners = {urls.collision_key(output.path): output for output in outputs}
    if site.config.has_search:
        index = urls.collision_key(urls.SEARCH_FOLDER)
        hint = f"move it out of /{urls.SEARCH_FOLDER}/, or take search: out of site.yaml"
        for key, output in owners.items():
            if f"{key}/".startswith(f"{index}/"):
                yield _in_way(output, "inside the index for search", hint)
    if site.config.hosting.compress:
        yield from _over_copies(site, owners)


def _over_copies(site: Site, owners: Mapping[str, Output]) -> Iterator[Diagnostic]:
    """Say what lies in a folder that is named as a copy is, or differs from its name in the case of letters alone."""
    copies = {
        urls.collision_key(copy): copy
        for output in owners.values()
        for kind in site.config.hosting.compress
        if urls.is_compressible(output.path) and (copy := f"{output.path}.{kind}")
    }
    for key, output in owners.items():
        if key in copies and copies[key] != output.path:
            yield _in_way(output, f"over the compressed copy {copies[key]}", "give it another name")
        folder = key
        while folder := folder.rpartition("/")[0]:
            if folder in copies:
                hint = "rename the folder, or take compress: out of site.yaml"
                yield _in_way(output, f"inside the compressed copy {copies[folder]}", hint)


def _in_way(output: Output, where: str, hint: str) -> Diagnostic:
    return finding("address-collision", f"{output.origin} would be published {where}", _place(output), hint)


def _checked_template(output: Output, templates: frozenset[str], findings: list[Diagnostic]) -> Output:
    """Replace a template that a document asks for and the theme does not have."""
    if not output.maker.startswith("templates/") or output.maker in templates:
        return output
    name = output.maker.removeprefix("templates/")
    message = f"the theme has no template {name!r}"
    hint = did_you_mean(
        name, [each.removeprefix("templates/") for each in sorted(templates) if each.startswith("templates/")]
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
        key = urls.collision_key(output.path)
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


def _collision(output: Output, owner: Output) -> Diagnostic:
    if output.is_alias:
        message = f"the old address {output.address} is also that of {owner.origin}"
        return finding("alias-collision", message, _place(output), "take it out of aliases:")
    message = f"{output.origin} and {owner.origin} would both be published at {owner.address}"
    files = {"copy", "picture"}
    is_text = output.maker not in files and owner.maker not in files
    hint = (
        "give one of them another slug: or permalink:"
        if is_text
        else "give the file another name, or another folder"
    )
    return finding("address-collision", message, _place(output) or _place(owner), hint)


def _place(output: Output) -> Clue | Location | None:
    """Say where the author can mend it; None for what no file of theirs made."""
    if not output.origin.startswith("content/"):
        return None
    if output.is_alias and output.maker.startswith("templates/"):
        return Clue(output.origin, "aliases")
    is_file = output.maker in {"copy", "picture"}
    return Location(output.origin) if is_file else Clue(output.origin, "slug")
