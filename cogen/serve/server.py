"""The development server: on 127.0.0.1 only, for reading only, and only what the build made. Layer: serve."""

import os
import shutil
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import socket
from socketserver import TCPServer, ThreadingMixIn
from threading import Thread
from types import TracebackType
from typing import Self

from cogen.model.diagnostics import MachineError
from cogen.serve import pages
from cogen.serve.news import BuildState, News
from cogen.serve.replies import Reply, ServedSite, common_headers, refusal, reply_to

HOST = "127.0.0.1"
HEARTBEAT_S = 15.0
_REQUEST_TIMEOUT_S = 30


class Server:
    """A site served from a folder: bound when made, answering between ``start`` and ``close``."""

    def __init__(self, folder: Path, base: str, port: int) -> None:
        """Bind the port (0: any free one); a port that cannot be had raises MachineError."""
        self.news = News()
        self._site = ServedSite(folder, base)
        try:
            self._listener = _Listener(self._site, self.news, port)
        except (OSError, OverflowError) as error:
            raise MachineError(f"port {port} cannot be used: {error}") from error
        self._thread: Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._listener.port

    @property
    def url(self) -> str:
        """Where the site's home page is: ``http://127.0.0.1:8000/blog/``."""
        return f"http://{HOST}:{self.port}{self._site.home_url}"

    def start(self) -> None:
        """Answer from now on, in threads of its own; what came earlier has waited in the queue."""
        self._thread = Thread(
            target=self._listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop answering, end the event streams and free the port."""
        self.news.close()
        if self._thread is not None:
            self._listener.shutdown()
            self._thread.join()
        self._listener.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Listener(ThreadingMixIn, TCPServer):
    """One thread for each connection; none keeps the program alive."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two programs share the port
    request_queue_size = 64

    def __init__(self, site: ServedSite, news: News, port: int) -> None:
        self.site = site
        self.news = news
        super().__init__((HOST, port), _Handler)
        self.port: int = self.socket.getsockname()[1]

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Say nothing of browsers that hang up; anything else is our bug and keeps its traceback."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One request, one reply, one connection."""

    protocol_version = "HTTP/1.1"
    timeout = _REQUEST_TIMEOUT_S
    server: _Listener

    def version_string(self) -> str:
        """Name no versions."""
        return "cogen"

    def log_message(self, *_: object) -> None:
        """Keep quiet: the terminal is for the builds."""

    def parse_request(self) -> bool:
        """Read the request line and the headers; what is unwelcome is answered here."""
        if not super().parse_request():
            return False
        self.close_connection = True
        headers = self.headers
        refused = refusal(
            self.command, headers.get_all("Host", []), headers.get_all("Origin", []), self.server.port
        )
        if refused is not None:
            self._send(refused)
        return refused is None

    def do_GET(self) -> None:
        """Answer with the file, or with one of our own pages."""
        path, _, query = self.path.partition("?")
        if path == pages.EVENTS_URL:
            self._send_events(query)
        else:
            self._send(reply_to(self.server.site, self.path, self.server.news.state))

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def _send(self, reply: Reply) -> None:
        if reply.file is None:
            self._send_head(reply, len(reply.body))
            self.wfile.write(b"" if self.command == "HEAD" else reply.body)
            return
        try:
            file = reply.file.open("rb")
        except OSError:  # the build has just taken it away
            self._send(Reply(404, body=b"Nothing is published at this address.\n"))
            return
        with file:
            self._send_head(reply, os.fstat(file.fileno()).st_size)
            if self.command != "HEAD":
                shutil.copyfileobj(file, self.wfile)

    def _send_head(self, reply: Reply, size_bytes: int | None) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        if size_bytes is not None:
            self.send_header("Content-Length", str(size_bytes))
        for name, value in (*common_headers().items(), *reply.headers):
            self.send_header(name, value)
        self.end_headers()

    def _send_events(self, query: str) -> None:
        self._send_head(Reply(200, "text/event-stream; charset=utf-8"), None)
        if self.command == "HEAD":
            return
        told = _build_number(query, self.server.news.state)
        state: BuildState | None = self.server.news.state
        while state is not None:
            message = pages.message_for(state, told)
            self.wfile.write(f"data: {message}\n\n".encode() if message else b": waiting\n\n")
            told = max(told, state.build)
            state = self.server.news.wait_beyond(told, HEARTBEAT_S)


def _build_number(query: str, state: BuildState) -> int:
    """Read which build a page is from; one that is yet to come was counted by an earlier server."""
    try:
        told = int(query)
    except ValueError:
        return state.build
    return told if told <= state.build else -1
