"""From a request to its reply: a look-up in the served folder and the state of the builds. Layer: serve."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from cogen.serve import pages
from cogen.serve.media import HTML, media_type
from cogen.serve.news import BuildState
from cogen.serve.targets import Target, base_names, find_file, folder_address, is_folder, parse_target

_DEFAULT_PORT = 80  # the one a browser does not name
_OWN_POLICY = ("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'")


class ServedSite(msgspec.Struct, frozen=True):
    """What is served, and where."""

    folder: Path
    """The folder made by the build; it may not be there yet."""
    base: str = ""
    """The path the site lies under, without a slash at its end: ``/blog``, or empty."""

    @property
    def home_url(self) -> str:
        """The home page's address: ``/blog/``."""
        return folder_address(base_names(self.base)) if base_names(self.base) else "/"


class Reply(msgspec.Struct, frozen=True):
    """What goes back."""

    status: int
    media_type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    """What is sent, unless ``file`` is."""
    file: Path | None = None
    """A file that is sent as it is."""
    headers: tuple[tuple[str, str], ...] = ()
    """Further headers."""


def refusal(method: str, hosts: list[str], origins: list[str], port: int) -> Reply | None:
    """Refuse what is no plain reading by a page of this server; None where the request is welcome.

    Another site's page may know our port, and its name may lead to our address: so the host has to be
    one of our names, and so has the origin where there is one.
    """
    names = _own_names(port)
    if len(hosts) != 1 or hosts[0].strip().lower() not in names:
        return Reply(403, body=b"This server answers to its own names only.\n")
    if any(origin.strip().lower() not in {f"http://{name}" for name in names} for origin in origins):
        return Reply(403, body=b"This server answers its own pages only.\n")
    if method not in {"GET", "HEAD"}:
        return Reply(405, body=b"This server is read only.\n", headers=(("Allow", "GET, HEAD"),))
    return None


def reply_to(site: ServedSite, written: str, state: BuildState) -> Reply:
    """Answer a request for a file of the site or for one of our own pages."""
    target = parse_target(written)
    if target is None:
        return _not_found(site, state)
    if target.names[:1] == (pages.OWN_FOLDER,):
        return _own_reply(site, target, state)
    if (names := _names_in_site(site, target)) is None:
        is_above = base_names(site.base)[: len(target.names)] == target.names
        return _redirect(site.home_url) if is_above else _not_found(site, state)
    return _file_reply(site, target, names, state)


def _own_names(port: int) -> frozenset[str]:
    names = {f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]")}
    short = {name.removesuffix(f":{port}") for name in names}
    return frozenset(names | short if port == _DEFAULT_PORT else names)


def _own_reply(site: ServedSite, target: Target, state: BuildState) -> Reply:
    match target.address:
        case pages.SCRIPT_URL:
            return Reply(200, media_type("reload.js"), pages.SCRIPT.encode())
        case pages.FINDINGS_URL:
            return Reply(200, HTML, pages.findings_page(state, site.home_url), headers=(_OWN_POLICY,))
        case _:
            return _not_found(site, state)


def _names_in_site(site: ServedSite, target: Target) -> tuple[str, ...] | None:
    """Take the base path off; None where the target is outside it, or the base path without its slash."""
    base = base_names(site.base)
    is_inside = target.names[: len(base)] == base and (target.is_folder or target.names != base)
    return target.names[len(base) :] if is_inside else None


def _file_reply(site: ServedSite, target: Target, names: tuple[str, ...], state: BuildState) -> Reply:
    if not target.is_folder and is_folder(site.folder, names):
        query = f"?{target.query}" if target.query else ""
        return _redirect(folder_address(target.names) + query)
    file = find_file(site.folder, (*names, "index.html") if target.is_folder else names)
    if file is None:
        return _not_found(site, state, names)
    kind = media_type(file.name)
    if kind != HTML:
        return Reply(200, kind, file=file)
    page = _read(file)
    return _not_found(site, state, names) if page is None else _page(200, page, state)


def _redirect(address: str) -> Reply:
    return Reply(302, body=b"See elsewhere.\n", headers=(("Location", address),))


def _not_found(site: ServedSite, state: BuildState, names: tuple[str, ...] = ()) -> Reply:
    """Show the nearest ``404.html`` above the place asked for: that of its language, where there are several."""
    file, depth = find_file(site.folder, ("404.html",)), 1
    while depth < len(names) and is_folder(site.folder, names[:depth]):
        file = find_file(site.folder, (*names[:depth], "404.html")) or file
        depth += 1
    page = _read(file) if file else None
    return (
        Reply(404, HTML, pages.not_found_page(state, site.home_url))
        if page is None
        else _page(404, page, state)
    )


def _page(status: int, page: bytes, state: BuildState) -> Reply:
    return Reply(status, HTML, pages.with_script(page, state.good_build))


def _read(file: Path) -> bytes | None:
    """Read a page; None where the build has just taken it away."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def common_headers() -> Mapping[str, str]:
    """Give the headers of every reply: nothing is kept, guessed at, or lent to another site's pages."""
    return {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Connection": "close",
    }
