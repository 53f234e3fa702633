"""What the development server gives, and to whom."""

import os
import socket
import threading
from pathlib import Path
from typing import Self

import pytest
from serve.wire import BAD, GOOD, PAGE, Client, parsed

from cogen.model.diagnostics import MachineError
from cogen.serve.server import Server

# ---- what is served --------------------------------------------------------------------------------------


def test_a_folder_gives_its_index_page(client: Client) -> None:
    assert b"<p>Home</p>" in client.ask("/").body
    assert b"<p>Tags</p>" in client.ask("/tags/").body


def test_a_page_gets_the_reload_script_and_its_file_does_not(client: Client, output: Path) -> None:
    body = client.ask("/").body
    assert body == PAGE.replace(b"</body>", b'<script src="/__cogen__/reload.js?1" defer></script></body>')
    assert (output / "index.html").read_bytes() == PAGE


def test_a_page_without_a_closed_body_gets_the_script_at_its_end(client: Client) -> None:
    assert client.ask("/tags/").body.endswith(
        b'<p>Tags</p><script src="/__cogen__/reload.js?1" defer></script>'
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("logo.svg", "image/svg+xml; charset=utf-8"),
        ("events.ics", "text/calendar; charset=utf-8"),
        ("site.0123.css", "text/css; charset=utf-8"),
        ("letters.woff2", "font/woff2"),
        ("PHOTO.JPG", "image/jpeg"),
        ("_redirects", "application/octet-stream"),
        ("what.ever", "application/octet-stream"),
    ],
)
def test_a_file_has_its_media_type(client: Client, output: Path, name: str, expected: str) -> None:
    (output / name).write_bytes(b"content")
    answer = client.ask(f"/{name}")
    assert (answer.status, answer.headers["content-type"], answer.body) == (200, expected, b"content")


def test_nothing_is_kept_guessed_or_lent(client: Client) -> None:
    for target in ("/", "/feed.xml", "/nowhere", "/__cogen__/findings"):
        headers = client.ask(target).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in headers if name.startswith("access-control")]
        assert "Python" not in headers["server"]


def test_percent_encoded_names_and_queries_are_understood(client: Client) -> None:
    assert b"Coffee" in client.ask("/caf%C3%A9/").body
    assert client.ask("/fish%20&%20chips.txt?v=2").body == b"with vinegar"


def test_a_folder_without_its_slash_is_sent_to_it(client: Client) -> None:
    answer = client.ask("/tags?page=2&q=%22a")
    assert (answer.status, answer.headers["location"]) == (302, "/tags/?page=2&q=%22a")
    assert client.ask("/caf%C3%A9").headers["location"] == "/caf%C3%A9/"


def test_a_folder_without_an_index_is_not_listed(client: Client) -> None:
    assert client.ask("/empty/").status == 404


def test_what_is_not_there_gets_the_sites_own_404_page(client: Client) -> None:
    answer = client.ask("/nowhere/at/all/")
    assert answer.status == 404
    assert b"<p>Lost?</p>" in answer.body
    assert b"reload.js" in answer.body


def test_a_folder_with_a_404_page_of_its_own_shows_that(client: Client, output: Path) -> None:
    (output / "es").mkdir()
    (output / "es/404.html").write_text("<body>No hay nada</body>", encoding="utf-8")
    assert b"No hay nada" in client.ask("/es/nada/de/nada/").body
    assert b"No hay nada" not in client.ask("/en/nada/").body


def test_a_site_without_a_404_page_gets_a_plain_one(client: Client, output: Path) -> None:
    (output / "404.html").unlink()
    answer = client.ask("/nowhere/")
    assert answer.status == 404
    assert b"Nothing is published at this address." in answer.body


def test_a_name_too_long_for_the_file_system_is_simply_not_there(client: Client) -> None:
    assert client.ask("/" + "a" * 5000).status == 404
    assert client.ask("/" + "a/" * 5000).status == 404


def test_head_gives_the_headers_of_get_without_a_body(client: Client) -> None:
    for target in ("/", "/feed.xml", "/tags", "/nowhere", "/__cogen__/findings"):
        got, headed = client.ask(target), client.ask(target, "HEAD")
        assert headed.body == b""
        assert headed.status == got.status
        assert headed.headers["content-length"] == str(len(got.body))
        assert headed.headers["content-type"] == got.headers["content-type"]


def test_a_page_that_goes_is_noticed_by_the_next_request(client: Client, output: Path) -> None:
    assert client.ask("/feed.xml").status == 200
    (output / "feed.xml").unlink()
    assert client.ask("/feed.xml").status == 404


# ---- the base path ---------------------------------------------------------------------------------------


def test_a_site_with_a_base_path_is_served_under_it_only(blog: Client) -> None:
    assert blog.ask("/blog/feed.xml").body == b"<rss/>"
    assert blog.ask("/feed.xml").status == 404
    assert blog.ask("/blogger/feed.xml").status == 404
    assert blog.ask("/blog/blog/feed.xml").status == 404
    assert blog.server.url == f"http://127.0.0.1:{blog.server.port}/blog/"


@pytest.mark.parametrize("target", ["/", "/blog"])
def test_the_way_to_a_base_path_is_shown(blog: Client, target: str) -> None:
    answer = blog.ask(target)
    assert (answer.status, answer.headers["location"]) == (302, "/blog/")


def test_a_folder_under_a_base_path_is_sent_to_its_slash_there(blog: Client) -> None:
    assert blog.ask("/blog/tags").headers["location"] == "/blog/tags/"


# ---- what is never served --------------------------------------------------------------------------------

OUTSIDE = [
    "/../secret.txt",
    "/tags/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2E%2E/secret.txt",
    "/tags/%2e%2e/%2e%2e/secret.txt",
    "/.%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..%2Fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/..%5Csecret.txt",
    "/%5c..%5csecret.txt",
    "/..\\secret.txt",
    "\\..\\secret.txt",
    "/....//secret.txt",
    "/../output-2/secret.txt",
    "/%2e%2e/output-2/secret.txt",
    "/%252e%252e/secret.txt",
    "/..;/secret.txt",
    "/..%00/secret.txt",
    "/feed.xml%00.html",
    "/%c0%ae%c0%ae/secret.txt",
    "/%e0%80%ae%e0%80%ae/secret.txt",
    "/\xef\xbc\x8e\xef\xbc\x8e/secret.txt",
    "/C:/Windows/win.ini",
    "/c%3a/secret.txt",
    "/feed.xml:stream",
    "/feed.xml::$DATA",
    "/feed.xml.",
    "/feed.xml%20",
    "//feed.xml/../../secret.txt",
    "/./../secret.txt",
    "../secret.txt",
    "secret.txt",
    "/.cogen-output",
    "/.cogen-staging/",
    "/.cogen-staging/index.html",
    "/%2ecogen-staging/index.html",
    "/tags/.hidden/",
    "/tags/.hidden",
    "/.well-known/../.cogen-output",
    "/.well-known/..%2f..%2fsecret.txt",
    "/__cogen__/../../secret.txt",
    "/__cogen__/%2e%2e/%2e%2e/secret.txt",
    "/__cogen__/findings/../../../secret.txt",
    "file:///etc/passwd",
    "http://127.0.0.1/../secret.txt",
    "*",
]


def leaks(client: Client, prefix: str) -> list[str]:
    """Give the targets that were answered with more than a refusal."""
    answers = {target: client.ask(prefix + target) for target in OUTSIDE}
    return [
        target
        for target, answer in answers.items()
        if answer.status not in {302, 400, 404}
        or b"SECRET" in answer.body
        or answer.headers.get("location", "/blog/") != "/blog/"
    ]


def test_no_address_leads_out_of_the_site_or_to_hidden_names(client: Client) -> None:
    assert leaks(client, "") == []


def test_no_address_leads_out_of_a_site_with_a_base_path(blog: Client) -> None:
    assert leaks(blog, "/blog") == []
    assert leaks(blog, "") == []


def test_an_absolute_path_on_this_machine_is_not_served(client: Client, output: Path) -> None:
    secret = output.parent / "secret.txt"
    for target in (str(secret), f"/{secret}", f"//{secret}", f"/%2f{secret}"):
        assert b"SECRET" not in client.ask(target).body


def test_well_known_files_are_served(client: Client) -> None:
    assert client.ask("/.well-known/security.txt").body.startswith(b"Contact:")


def test_a_link_out_of_the_folder_is_not_followed(client: Client, output: Path) -> None:
    (output / "leak.txt").symlink_to(output.parent / "secret.txt")
    (output / "leak").symlink_to(output.parent / "output-2", target_is_directory=True)
    (output / "loop").symlink_to("loop")
    for target in ("/leak.txt", "/leak/secret.txt", "/leak", "/leak/", "/loop", "/loop/"):
        answer = client.ask(target)
        assert (answer.status, b"SECRET" in answer.body) == (404, False)


def test_what_is_no_regular_file_is_not_opened(client: Client, output: Path) -> None:
    os.mkfifo(output / "pipe.txt")
    assert client.ask("/pipe.txt").status == 404


def test_a_redirect_never_leads_to_another_host(client: Client, output: Path) -> None:
    (output / "evil.example").mkdir()
    for target in ("//evil.example", "/%2fevil.example", "///evil.example", "/\\evil.example"):
        location = client.ask(target).headers.get("location", "/")
        assert not location.startswith(("//", "/\\", "http"))


def test_a_redirect_cannot_carry_a_header(client: Client) -> None:
    answer = client.ask("/tags?a%0d%0aSet-Cookie:b\rc")
    assert "set-cookie" not in answer.headers


# ---- who is served ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_server_answers_to_its_own_names(client: Client, name: str) -> None:
    assert client.ask("/", host=f"{name}:{client.server.port}").status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.evil.example",
        "localhost.evil.example:{port}",
        "user@127.0.0.1:{port}",
        "0.0.0.0:{port}",
        "127.0.0.1:{port}, evil.example",
    ],
)
@pytest.mark.parametrize("target", ["/", "/nowhere", "/__cogen__/events", "/__cogen__/findings"])
def test_another_name_that_leads_here_is_refused(client: Client, host: str, target: str) -> None:
    answer = client.ask(target, host=host.format(port=client.server.port))
    assert answer.status == 403
    assert b"Home" not in answer.body


def test_a_request_without_a_host_or_with_two_is_refused(client: Client) -> None:
    assert parsed(client.raw(b"GET / HTTP/1.1\r\n\r\n")).status == 403
    assert parsed(client.raw(b"GET / HTTP/1.0\r\n\r\n")).status == 403
    two = f"GET / HTTP/1.1\r\nHost: {client.host}\r\nHost: evil.example\r\n\r\n"
    assert parsed(client.raw(two.encode())).status == 403
    assert b"Home" not in client.raw(b"GET /\r\n\r\n")


def test_a_page_of_this_server_may_ask(client: Client) -> None:
    assert client.ask("/", extra=f"Origin: http://{client.host}\r\n").status == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://127.0.0.1", "https://{host}", "http://{host}.evil.example"],
)
def test_a_page_of_another_site_may_not(client: Client, origin: str) -> None:
    for target in ("/", "/__cogen__/events"):
        assert client.ask(target, extra=f"Origin: {origin.format(host=client.host)}\r\n").status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_the_server_is_read_only(client: Client, method: str) -> None:
    answer = client.ask("/", method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_nonsense_is_answered_and_the_server_lives_on(client: Client) -> None:
    for nonsense in (
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"A" * 70_000,
    ):
        with client.connect() as wire:
            wire.sendall(nonsense)
            wire.shutdown(socket.SHUT_WR)
            while wire.recv(65_536):
                pass
    assert client.ask("/").status == 200


def test_the_server_listens_on_this_machine_only(client: Client) -> None:
    assert client.server._listener.socket.getsockname()[0] == "127.0.0.1"  # noqa: SLF001


def test_a_port_that_is_taken_is_a_fault_of_the_machine(client: Client, output: Path) -> None:
    with pytest.raises(MachineError, match=str(client.server.port)):
        Server(output, "", client.server.port)


def test_a_closed_server_frees_its_port(output: Path) -> None:
    with Server(output, "", 0) as first:
        first.start()
        port = first.port
    with Server(output, "", port) as second:
        assert second.port == port


# ---- news of the builds ----------------------------------------------------------------------------------


class Events:
    """An open event stream, read message by message."""

    def __init__(self, client: Client, query: str) -> None:
        self.wire = client.connect()
        self.wire.sendall(f"GET /__cogen__/events{query} HTTP/1.1\r\nHost: {client.host}\r\n\r\n".encode())
        self.lines = self.wire.makefile("rb")
        self.head = b"".join(iter(self.lines.readline, b"\r\n"))

    def next(self) -> str:
        """Wait for the next message or comment; empty at the end of the stream."""
        line = self.lines.readline()
        self.lines.readline()
        return line.decode().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.lines.close()
        self.wire.close()


def test_an_open_page_hears_of_every_build(client: Client) -> None:
    with Events(client, "?1") as events:
        assert b"text/event-stream" in events.head
        assert events.next() == ": waiting"
        client.server.news.publish(BAD)
        assert events.next() == "data: failed"
        client.server.news.publish(GOOD)
        assert events.next() == "data: reload"


def test_a_page_that_missed_a_build_is_renewed_at_once(client: Client) -> None:
    client.server.news.publish(GOOD)
    client.server.news.publish(BAD)
    with Events(client, "?1") as events:
        assert events.next() == "data: reload"
    with Events(client, "?2") as events:
        assert events.next() == "data: failed"
    with Events(client, "?3") as events:
        assert events.next() == ": waiting"


def test_a_page_of_an_earlier_server_is_renewed(client: Client) -> None:
    with Events(client, "?77") as events:
        assert events.next() == "data: reload"


@pytest.mark.parametrize("query", ["", "?", "?x", "?1&path=/etc/passwd", "?../..", "?" + "9" * 5000])
def test_the_event_stream_takes_a_number_and_nothing_else(client: Client, query: str) -> None:
    with Events(client, query) as events:
        assert events.next() == ": waiting"


def test_event_streams_end_with_the_server(client: Client) -> None:
    with Events(client, "?1") as events:
        assert events.next() == ": waiting"
        client.server.close()
        assert events.next() == ""


def test_a_reader_who_leaves_does_not_disturb_the_others(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    with Events(client, "?1") as stays:
        assert stays.next() == ": waiting"
        with Events(client, "?1") as leaves:
            assert leaves.next() == ": waiting"
        for _ in range(3):
            client.server.news.publish(GOOD)
        assert stays.next() == "data: reload"
    assert client.ask("/").status == 200
    assert "Traceback" not in capfd.readouterr().err


def test_the_findings_page_shows_text_and_runs_none_of_it(client: Client) -> None:
    client.server.news.publish(BAD)
    answer = client.ask("/__cogen__/findings")
    assert b"1 error." in answer.body
    assert b"&lt;b&gt;no&lt;/b&gt;" in answer.body
    assert b"<b>" not in answer.body
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert b"reload.js?2" in answer.body


def test_a_page_on_show_while_the_build_fails_is_the_last_good_one(client: Client) -> None:
    client.server.news.publish(BAD)
    body = client.ask("/").body
    assert b"<p>Home</p>" in body
    assert b"reload.js?1" in body


def test_before_any_good_build_the_reader_is_led_to_the_findings(tmp_path: Path) -> None:
    with Server(tmp_path / "never-built", "", 0) as server:
        server.news.publish(BAD)
        server.start()
        answer = Client(server).ask("/")
        assert answer.status == 404
        assert b'href="/__cogen__/findings"' in answer.body


def test_the_reload_script_is_served_and_our_folder_holds_nothing_else(client: Client) -> None:
    script = client.ask("/__cogen__/reload.js?1")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert b"EventSource" in script.body
    for other in (
        "/__cogen__/",
        "/__cogen__",
        "/__cogen__/reload",
        "/__cogen__/events/",
        "/__cogen__/x?path=/",
    ):
        assert client.ask(other).status == 404


def test_many_readers_at_once_are_all_answered(client: Client) -> None:
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(client.ask("/feed.xml").status)) for _ in range(40)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 40
