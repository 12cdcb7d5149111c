"""A faulty line to a server: passes each request on, and spoils those answers that a test names."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_PER_HOP = {"connection", "transfer-encoding", "content-length", "expect", "date", "server"}


class FaultyLine:
    """`faults` are used up one a request: `slow`, `failing`, `truncated`, `lost` (done, not answered), `conflict`."""

    def __init__(self, server: str) -> None:
        self.server = urlsplit(server)
        self.faults: list[str] = []
        self.seen: list[str] = []
        self.asked: dict[str, str] = {}  # the headers of the last write
        self.url = ""


@contextmanager
def faulty_line(server: str) -> Iterator[FaultyLine]:
    """A line to a server, open until the block ends."""
    line = FaultyLine(server)
    listener = ThreadingHTTPServer(("127.0.0.1", 0), _handler(line))
    listener.daemon_threads = True
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    line.url = f"http://127.0.0.1:{listener.server_address[1]}"
    try:
        yield line
    finally:
        listener.shutdown()
        listener.server_close()


def _handler(line: FaultyLine) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            line.seen.append(self.command)
            if self.command == "PUT":
                line.asked = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fault = line.faults.pop(0) if line.faults else ""
            if fault == "failing":
                return self.answer(503, {}, b"<Error><Code>ServiceUnavailable</Code></Error>")
            if fault == "conflict":
                return self.answer(409, {}, b"<Error><Code>ConditionalRequestConflict</Code></Error>")
            if fault == "slow":
                time.sleep(1.5)
            status, headers, data = self.ask(body)
            if fault == "lost":
                self.close_connection = True
                return None
            self.answer(status, headers, data, cut=fault == "truncated")
            return None

        def ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
            connection = http.client.HTTPConnection(line.server.hostname or "", line.server.port)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in {"expect"}}
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

        def answer(self, status: int, headers: dict[str, str], data: bytes, cut: bool = False) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in _PER_HOP or (self.command == "HEAD" and name.lower() == "content-length"):
                    self.send_header(name, value)
            if self.command != "HEAD":
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data[: len(data) // 2] if cut else data)
            self.close_connection = self.close_connection or cut

        def log_message(self, *_: Any) -> None:
            pass

        do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = pass_on  # noqa: N815 - the library's names

    return Handler
