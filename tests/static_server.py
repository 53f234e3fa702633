"""Serves a published site from a thread on this machine, under its base path, as a strict host would."""

import contextlib
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

STRICT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing inline, no script at all, nothing from elsewhere."""


class Handler(SimpleHTTPRequestHandler):
    """Serves files below ``base`` with a policy, and 404.html for everything else."""

    def __init__(self, *arguments: object, base: str, policy: str, directory: str) -> None:
        self.base, self.policy = base, policy
        super().__init__(*arguments, directory=directory)

    def do_GET(self) -> None:
        path = self.path.split("?")[0].split("#")[0]
        if path.startswith(self.base) and Path(self.translate_path(self.path)).exists():
            super().do_GET()
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.base))

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Says nothing of a browser that leaves before it has everything."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serve(site: Path, base: str, policy: str = "") -> Iterator[str]:
    """Serve a folder under ``base`` (which ends with ``/``) and give the address of its home page."""
    handler = partial(Handler, base=base, policy=policy, directory=str(site))
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{base}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
