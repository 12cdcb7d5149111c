"""The sign of life: given where an address is named, and no failure of the day's work where it cannot be given."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from pydantic import SecretStr

from quarterday.adapters.heartbeat import beat
from quarterday.adapters.settings import Settings


def test_it_is_off_by_default():
    """Nobody is called whom nobody named."""
    assert not beat(Settings())


def test_it_calls_the_address(caplog):
    """Once, with nothing told; where the other side fails, leads on or is gone, the log hears, without the address."""
    called: list[tuple[str, int]] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            called.append((self.path, int(self.headers.get("content-length") or 0)))
            self.send_response({"/broken": 500, "/moved": 302}.get(self.path, 200))
            self.send_header("location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        at = f"http://127.0.0.1:{server.server_port}"
        well = beat(Settings(heartbeat_url=SecretStr(f"{at}/secret-check")))
        broken = beat(Settings(heartbeat_url=SecretStr(f"{at}/broken")))
        moved = beat(Settings(heartbeat_url=SecretStr(f"{at}/moved")))
        server.shutdown()
        thread.join()
    gone = beat(Settings(heartbeat_url=SecretStr(f"{at}/secret-check")))

    assert (True, False, False, False) == (well, broken, moved, gone)
    assert [("/secret-check", 0), ("/broken", 0), ("/moved", 0)] == called
    assert "did not answer as it should" in caplog.text
    assert "secret-check" not in caplog.text
