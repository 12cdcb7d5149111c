"""When other machinery is busy or away."""

import asyncio
import errno
import json
import sqlite3
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from quarterday.adapters.signing import open_signer
from quarterday.adapters.store import FilesStore
from quarterday.domain.facts import ReturnReceived, UploadKept
from quarterday.web.serving import recording
from quarterday.web.serving.asking_for_checks import CheckRuns
from quarterday.web.serving.memory import share_heaps
from tests.web.conftest import Office, Person


def test_a_locked_register_costs_nobody_a_return(office: Office, person: Person) -> None:
    """A register that is locked for a while is waited for."""
    person.open()
    lock = sqlite3.connect(office.installation.settings.home / "register.db", check_same_thread=False)
    lock.execute("BEGIN IMMEDIATE")
    release = threading.Timer(1, lock.rollback)
    release.start()
    person.upload()
    release.join()
    person.send("/send")

    assert 1 == len(office.kept(ReturnReceived))


def test_a_full_disk_is_told_truly(office: Office, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page does not say that the file is kept where it is not, and nothing is on record."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    person.open()
    monkeypatch.setattr(FilesStore, "put", full)
    answer = person.upload()

    assert 503 == answer.status_code
    assert "We could not keep what you sent" in person.text
    assert () == office.kept(UploadKept)


def test_a_register_that_stays_locked(office: Office, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that cannot be written is told kindly, and the file is safe in the store."""
    from sqlalchemy.exc import OperationalError

    def locked(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(recording, "_PAUSES", (0, 0))
    person.open()
    monkeypatch.setattr(office.installation.register, "append_new", locked)
    page = person.upload()

    assert 503 == page.status_code
    assert "not recorded yet" in person.text
    assert 1 == len(office.installation.stores.raw.names("uploads/"))
    assert () == office.kept(UploadKept)


class _Prefect(BaseHTTPRequestHandler):
    """As much of a Prefect server as is asked to start a run."""

    asked: list[tuple[str, object]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self._answer(self.path, None)

    def do_POST(self) -> None:
        self._answer(self.path, json.loads(self.rfile.read(int(self.headers["content-length"]))))

    def _answer(self, path: str, said: object) -> None:
        self.asked.append((path, said))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"id": "an-id", "token": "a-token"}')

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_prefect_is_asked_for_the_run() -> None:
    """Prefect is asked for the run that checks the return, and told which return."""
    server = HTTPServer(("127.0.0.1", 0), _Prefect)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    asyncio.run(CheckRuns(f"http://127.0.0.1:{server.server_port}/api").ask_for("R-1"))
    server.shutdown()
    first, said = _Prefect.asked[0][0], _Prefect.asked[-1]

    assert "/api/deployments/name/receive-return/receive-return" == first
    assert "/api/deployments/an-id/create_flow_run" == said[0]
    assert {"partner_return": "R-1"} == said[1]["parameters"]


def test_a_busy_prefect_is_asked_again() -> None:
    """Its database is locked for a moment, twice; the run is asked for under one name, so it is made once."""

    class Busy(_Prefect):
        asked: list[tuple[str, object]] = []  # noqa: RUF012

        def _answer(self, path: str, said: object) -> None:
            self.asked.append((path, said))
            runs = [each for each in self.asked if each[1]]
            self.send_response(503 if said and len(runs) < 3 else 200)
            self.end_headers()
            self.wfile.write(b'{"id": "an-id", "token": "a-token"}')

    server = HTTPServer(("127.0.0.1", 0), Busy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    asking = CheckRuns(f"http://127.0.0.1:{server.server_port}/api", pauses=(0, 0, 0))
    asyncio.run(asking.run("chase-returns", once="chase-returns-1"))
    server.shutdown()
    made = [said for _, said in Busy.asked if said]

    assert ["chase-returns-1"] * 3 == [each["idempotency_key"] for each in made]


def test_prefect_being_away_is_no_matter() -> None:
    """Nobody hears of a Prefect that is not there: the sweep takes the return up."""
    assert None is asyncio.run(CheckRuns("http://127.0.0.1:9/api").ask_for("R-1"))


def test_the_portal_stays_light() -> None:
    """The portal's process loads neither Prefect, nor Great Expectations, nor pandas."""
    seen = "import sys, quarterday.web.__main__; print([m for m in sys.argv[1:] if m in sys.modules])"
    heavy = ["prefect", "great_expectations", "pandas", "pyarrow", "duckdb", "boto3", "scipy"]
    found = subprocess.run([sys.executable, "-c", seen, *heavy], capture_output=True, text=True, check=True)

    assert "[]" == found.stdout.strip()


def test_one_key_for_all_processes(office: Office) -> None:
    """The key that signs forms is made once, readable by its owner alone."""
    first, second = open_signer(office.installation.settings), open_signer(office.installation.settings)
    key = office.installation.settings.home / "portal-secret"

    assert first.sign("a") == second.sign("a")
    assert 0o600 == Path(key).stat().st_mode & 0o777


def test_memory_is_shared_where_the_c_library_can() -> None:
    """The C library takes the word, or is one that needs none: never a fault."""
    assert share_heaps() in (True, False)
