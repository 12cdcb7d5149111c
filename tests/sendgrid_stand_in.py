"""SendGrid's place on loopback for tests and benchmarks: takes every email, keeps what it was given."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class PostBox:
    """What came; `keep` False counts only, for benchmarks."""

    url: str = ""
    keep: bool = True
    count: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def take(self, body: bytes) -> None:
        """One email."""
        self.count += 1
        if self.keep:
            self.bodies.append(json.loads(body))

    def outbox_ids(self) -> list[str]:
        """The outbox id of every email, in the order in which they came."""
        return [each["personalizations"][0]["custom_args"]["outbox_id"] for each in self.bodies]


class _Server(ThreadingHTTPServer):
    request_queue_size = 64


@contextmanager
def sendgrid(keep: bool = True) -> Iterator[PostBox]:
    """A stand-in that answers 202 to everything, until the block ends."""
    box = PostBox(keep=keep)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            box.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(202)
            self.send_header("X-Message-Id", f"m{box.count}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    box.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
