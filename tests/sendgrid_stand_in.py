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
    """What came, in how many calls; `keep` False counts only, for benchmarks."""

    url: str = ""
    keep: bool = True
    count: int = 0  # emails
    calls: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def take(self, body: bytes) -> None:
        """One call, of one email or many."""
        said = json.loads(body)
        self.calls += 1
        self.count += len(said["personalizations"])
        if self.keep:
            self.bodies.append(said)

    def delivered(self) -> Iterator[dict[str, Any]]:
        """Each email as it reaches its reader: its personalization, with `text` and `html`, tags filled in."""
        for body in self.bodies:
            for personal in body["personalizations"]:
                own = personal.get("substitutions", {})
                words = {each["type"]: _filled_in(each["value"], own) for each in body["content"]}
                subject = _filled_in(personal["subject"], own)
                yield {**personal, "subject": subject, "text": words["text/plain"], "html": words["text/html"]}

    def outbox_ids(self) -> list[str]:
        """The outbox id of every email, in the order in which they came."""
        return [each["custom_args"]["outbox_id"] for each in self.delivered()]


def _filled_in(words: str, own: dict[str, str]) -> str:
    """As SendGrid does: each tag becomes its value, as it is."""
    for name, value in own.items():
        words = words.replace(name, value)
    return words


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
            self.send_header("X-Message-Id", f"m{box.calls}")
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
