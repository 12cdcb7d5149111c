"""The sign of life: given where an address is named, and no failure of the day's work where it cannot be given."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pydantic import SecretStr

from quarterday.adapters import heartbeat
from quarterday.adapters.doctor.silence import look_at_heartbeat
from quarterday.adapters.heartbeat import beat
from quarterday.adapters.settings import Settings


def test_it_is_off_by_default():
    """Nobody is called whom nobody named."""
    assert not beat(Settings())


def test_it_calls_the_address(caplog, tmp_path):
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
        well = beat(Settings(home=tmp_path, heartbeat_url=SecretStr(f"{at}/secret-check")))
        broken = beat(Settings(home=tmp_path, heartbeat_url=SecretStr(f"{at}/broken")))
        moved = beat(Settings(home=tmp_path, heartbeat_url=SecretStr(f"{at}/moved")))
        server.shutdown()
        thread.join()
    gone = beat(Settings(home=tmp_path, heartbeat_url=SecretStr(f"{at}/secret-check")))

    assert (True, False, False, False) == (well, broken, moved, gone)
    assert [("/secret-check", 0), ("/broken", 0), ("/moved", 0)] == called
    assert "did not answer as it should" in caplog.text
    assert "secret-check" not in caplog.text


def told(settings: Settings) -> str:
    """What the doctor says of it."""
    return " ".join(str(each) for each in look_at_heartbeat(settings))


def test_what_did_not_answer_is_told_by_the_doctor_until_it_does(tmp_path, monkeypatch):
    """An address that is none, or nobody's, fails no run; the doctor tells, without the address, and calls nobody."""
    nowhere = Settings(home=tmp_path, heartbeat_url=SecretStr("http://127.0.0.1:9/secret-check"))
    assert "" == told(nowhere)
    for none in ("no address", "http://[", "ftp://somewhere/x"):
        assert not beat(Settings(home=tmp_path, heartbeat_url=SecretStr(none)))
    assert not beat(nowhere)

    assert "ConnectError" in told(nowhere)
    assert "QUARTERDAY_HEARTBEAT_URL" in told(nowhere)
    assert "secret-check" not in told(nowhere)
    assert "" == told(Settings(home=tmp_path))  # switched off since
    monkeypatch.setattr(heartbeat, "_answer_of", lambda _: "")
    assert beat(nowhere)
    assert "" == told(nowhere)


def test_an_answer_that_dribbles_holds_no_run(tmp_path, monkeypatch):
    """Each byte comes in time and the answer never ends: the run goes on, and the doctor tells."""
    monkeypatch.setattr(heartbeat, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def dribble() -> None:
            caller, _ = server.accept()
            with caller:
                while not over.wait(0.02):
                    caller.send(b"H")

        thread = threading.Thread(target=dribble)
        thread.start()
        there = Settings(home=tmp_path, heartbeat_url=SecretStr(f"http://127.0.0.1:{server.getsockname()[1]}/"))
        answered = beat(there)
        over.set()
        thread.join()

    assert not answered
    assert "no whole answer in time" in told(there)


@pytest.mark.parametrize("path", ["/broken", "/moved"])
def test_what_answers_otherwise_is_told_with_its_answer(tmp_path, path):
    """A redirection leads nowhere, and is as wrong as a failure of the other side."""
    code = {"/broken": 500, "/moved": 302}[path]

    class Otherwise(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(code)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with HTTPServer(("127.0.0.1", 0), Otherwise) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        there = Settings(home=tmp_path, heartbeat_url=SecretStr(f"http://127.0.0.1:{server.server_port}{path}"))
        beat(there)
        thread.join()

    assert f"it answered {code}" in told(there)
