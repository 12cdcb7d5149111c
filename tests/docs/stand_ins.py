"""Stand-ins for what a reader types on a server: each is found first on the path, and notes how it was called."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

_NOTES = """#!/bin/sh
echo "$(basename "$0") $*" >> {log}
"""
AGE_KEYGEN = f"""#!{sys.executable}
import sys
from pathlib import Path
from pyrage import x25519
said, file = sys.argv[1], Path(sys.argv[2])
if said == "-o":
    file.write_text(str(x25519.Identity.generate()) + chr(10))
else:
    print(x25519.Identity.from_str(file.read_text().split()[-1]).to_public())
"""


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, *names: str, script: str = _NOTES) -> Path:
    """Put programs of these names first on the path; gives the file in which they note how they were called."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "called"
    log.touch()
    for name in names:
        (folder / name).write_text(script.replace("{log}", str(log)))
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return log


@contextmanager
def somebody_elses_system() -> Iterator[tuple[str, list[str]]]:
    """A server that takes whatever is sent to it: its address, and what came, as `path who body`."""
    came: list[str] = []

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            came.append(f"{self.path} {self.headers['Authorization']} {body}")
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", came
    finally:
        server.shutdown()
        server.server_close()
