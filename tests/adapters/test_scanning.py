"""Files are held to a real clamd; whatever is no plain answer of its leaves a file not yet scanned."""

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from quarterday.adapters.doctor.running import look_at_scanner
from quarterday.adapters.scanning import NotScannedError, Scanner
from quarterday.adapters.settings import Settings
from tests.clamd import EICAR, NAME, clamd


@pytest.fixture(scope="module")
def at() -> Iterator[str]:
    """Debian's clamd, running."""
    with clamd() as place:
        yield place


def workbook_with(data: bytes) -> bytes:
    """A packed file with something in it."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/vbaProject.bin", data)
    return saved.getvalue()


def test_a_virus_is_named_wherever_in_a_file_it_lies(at: str) -> None:
    """The test file itself, and packed as a workbook packs its parts; a plain file has none."""
    scanner = Scanner(at)

    assert NAME == scanner.virus_in(EICAR)
    assert NAME == scanner.virus_in(workbook_with(EICAR))
    assert "" == scanner.virus_in(workbook_with(b"figures"))
    assert "" == scanner.virus_in(b"")


def test_what_is_longer_than_clamd_takes_is_not_scanned(at: str) -> None:
    """Its refusal is told with what it said, and is not taken for a clean bill."""
    with pytest.raises(NotScannedError, match=r"size limit exceeded.*StreamMaxLength"):
        Scanner(at).virus_in(bytes(13_000_000))


def test_doctor_says_whether_clamd_answers(at: str) -> None:
    """Nothing while it answers, or where none is named; a sentence where it is away."""
    assert [] == list(look_at_scanner(Settings(_env_file=None)))
    assert [] == list(look_at_scanner(Settings(clamd=at, _env_file=None)))
    (complaint,) = look_at_scanner(Settings(clamd="/nowhere/clamd.ctl", _env_file=None))
    assert "does not answer (No such file or directory)" in str(complaint)


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """Somebody on loopback who answers everything alike, and ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer_once, args=(server, answer))
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def _answer_once(server: socket.socket, answer: bytes) -> None:
    connection, _ = server.accept()
    with connection:
        while not connection.recv(1 << 16).endswith(bytes(4)):
            pass
        connection.sendall(answer)


@pytest.mark.parametrize(
    "answer", [b"", b"OK", b"stream: O", b"HTTP/1.1 200 OK\r\n\r\n", b"stream: lstat() failed. ERROR\0"]
)
def test_whatever_is_no_plain_answer_leaves_a_file_unscanned(answer: bytes) -> None:
    """An end in the middle, another service, or clamd's own trouble: none says that a file is clean."""
    with answering(answer) as at, pytest.raises(NotScannedError):
        Scanner(at).virus_in(b"figures")


def test_who_answers_letter_by_letter_is_given_up_in_time() -> None:
    """The time is that of the whole answer: a scanner that hangs would otherwise hold the run for days."""
    ended = threading.Event()

    def dribble(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, suppress(OSError):
            while not ended.wait(0.05):
                connection.sendall(b"s")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=dribble, args=(server,))
        thread.start()
        with pytest.raises(NotScannedError, match="does not answer"):
            Scanner(f"127.0.0.1:{server.getsockname()[1]}", seconds=0.3).virus_in(b"figures")
        ended.set()
        thread.join()


def test_a_name_is_kept_to_a_line() -> None:
    """What clamd calls a virus comes into emails and pages: no mark-up, no second line, no end of it."""
    with answering(b"stream: Doc.<b>Bad</b>\n" + b"x" * 200 + b" FOUND\0") as at, pytest.raises(NotScannedError):
        Scanner(at).virus_in(b"figures")
    with answering(b"stream: Doc.<b>Bad</b> " + b"x" * 200 + b" FOUND\0") as at:
        found = Scanner(at).virus_in(b"figures")

    assert found.startswith("Doc. b Bad /b xxx")
    assert 80 == len(found)
