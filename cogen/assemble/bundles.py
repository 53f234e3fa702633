"""Where files are published: beside the post they lie with, or under their own path. Layer: assemble."""

import posixpath
from collections.abc import Iterable, Mapping

import msgspec

from cogen.assemble.site import Documents
from cogen.model import urls
from cogen.model.diagnostics import Diagnostic, Location, finding
from cogen.model.documents import Asset
from cogen.read.places import split_language

_ROOTS = {"content", "content/posts", "content/pages", "content/events"}


class PlacedAssets(msgspec.Struct, frozen=True):
    """The published files, both ways round."""

    published: Mapping[str, Asset]
    """Address → asset."""
    addresses: Mapping[str, str]
    """Source path → address."""
    findings: tuple[Diagnostic, ...]


def place_assets(
    assets: Iterable[Asset],
    parts: Documents,
    addresses: Mapping[str, str],
    languages: tuple[str, ...] = (),
) -> PlacedAssets:
    """Give each file its address; what lies in a bundle that is not published stays out.

    ``addresses`` holds the published documents: source path → address.  ``languages`` are the tags of a site with
    several: files lie beside the text in the first of them in which the bundle is published.
    """
    bundles = _bundles(parts, addresses, languages)
    published: dict[str, Asset] = {}
    by_source: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for asset in sorted(assets, key=lambda asset: asset.path):
        folder = _bundle_of(asset.path, bundles)
        if folder and bundles[folder] not in addresses:
            continue
        wanted = _address(asset.path, folder, addresses[bundles[folder]] if folder else "")
        address = urls.clean_address(wanted.replace("%", "%25"))
        if address is None:
            hint = "rename the file: letters, digits, hyphens and dots"
            findings.append(
                finding("bad-file-name", "this name cannot be published", Location(asset.path), hint)
            )
            continue
        address = address.rstrip("/")
        published.setdefault(address, asset)
        by_source[asset.path] = address
    return PlacedAssets(published, by_source, tuple(findings))


def _bundles(parts: Documents, addresses: Mapping[str, str], languages: tuple[str, ...]) -> dict[str, str]:
    """Folder → the document that makes it a bundle."""
    found: dict[str, list[tuple[bool, int, str]]] = {}
    paths = [document.path for document in parts.posts]
    paths += [document.path for document in parts.pages]
    paths += [document.path for document in parts.events]
    for path in paths:
        plain, tag = split_language(path, languages)
        folder, name = posixpath.split(plain)
        if name.lower().rpartition(".")[0] == "index" and folder not in _ROOTS:
            rank = languages.index(tag) if tag else 0
            found.setdefault(folder, []).append((path not in addresses, rank, path))
    return {folder: min(candidates)[2] for folder, candidates in found.items()}


def _bundle_of(path: str, bundles: Mapping[str, str]) -> str:
    folder = posixpath.dirname(path)
    while folder:
        if folder in bundles:
            return folder
        folder = posixpath.dirname(folder)
    return ""


def _address(path: str, bundle: str, bundle_address: str) -> str:
    if not bundle:
        return path.removeprefix("content")
    beside = bundle_address if bundle_address.endswith("/") else posixpath.dirname(bundle_address) + "/"
    return beside + path[len(bundle) + 1 :]
