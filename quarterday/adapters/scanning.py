"""Files that strangers send, held to clamd's signatures before anything reads them.

Spoken is clamd's own protocol (`INSTREAM`, clamd(8)) through its socket: the bytes cross, so clamd needs no right to
read the store. Whatever is no plain answer means that the file is not yet scanned; nothing ever makes it clean but
clamd's word.
"""

import re
import socket
import struct
import time

_CHUNK = 1 << 16
SECONDS = 60.0  # for a file with its answer, as clamd's own `ReadTimeout` and `MaxScanTime`: one that is stuck is away
_ANSWER_AT_MOST = 4096
_FOUND = re.compile(r"stream: (.+) FOUND")
_UNSAFE = re.compile(r"[^\w.:/+-]+")


class NotScannedError(Exception):
    """clamd gave no answer on a file. Its words say why, and what to do."""


class Scanner:
    """clamd at one place: a socket's path, or `host:port`."""

    def __init__(self, at: str, seconds: float = SECONDS) -> None:
        self.at, self._seconds = at, seconds

    def virus_in(self, data: bytes) -> str:
        """The name of what clamd found; empty where it found nothing. Raises `NotScannedError`."""
        answer = self._asked(data)
        if found := _FOUND.fullmatch(answer):
            return _UNSAFE.sub(" ", found[1]).strip()[:80] or "unnamed"
        if answer == "stream: OK":
            return ""
        raise NotScannedError(self._said(f"answered “{answer[:200]}”"))

    def _asked(self, data: bytes) -> str:
        until = time.monotonic() + self._seconds
        try:
            with self._connection() as clamd:
                clamd.sendall(b"zINSTREAM\0")
                _stream(clamd, data, until)
                return _answer(clamd, until)
        except OSError as problem:
            raise NotScannedError(
                self._said(f"does not answer ({problem.strerror or type(problem).__name__})")
            ) from problem

    def _connection(self) -> socket.socket:
        if not self.at.startswith("/"):
            host, _, port = self.at.rpartition(":")
            return socket.create_connection((host.strip("[]"), int(port)), timeout=self._seconds)
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(self._seconds)
        try:
            clamd.connect(self.at)
        except OSError:
            clamd.close()
            raise
        return clamd

    def _said(self, what: str) -> str:
        return (
            f"clamd at {self.at} {what}, so files that come are not yet checked for viruses. Nothing is lost: they "
            "wait, and the next run takes them up. See that clamd runs, that this user may use its socket, and that "
            "its StreamMaxLength is no less than an upload may be."
        )


def _wait_at_most(clamd: socket.socket, until: float) -> None:
    """All of it together has its time: of itself each piece, and each letter of a clamd that dribbles, has it anew."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    clamd.settimeout(left)


def _stream(clamd: socket.socket, data: bytes, until: float) -> None:
    """Each piece after its length, and a length of none at the end.

    One that is too long for clamd is answered before it has all: what it said is still read.
    """
    try:
        for start in range(0, len(data), _CHUNK):
            piece = data[start : start + _CHUNK]
            _wait_at_most(clamd, until)
            clamd.sendall(struct.pack("!I", len(piece)) + piece)
        clamd.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(clamd: socket.socket, until: float) -> str:
    said, more = b"", b"?"
    while more and not said.endswith(b"\0") and len(said) < _ANSWER_AT_MOST:
        _wait_at_most(clamd, until)
        more = clamd.recv(_CHUNK)
        said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()


def scanner_at(place: str) -> Scanner | None:
    """The scanner that the settings name (`QUARTERDAY_CLAMD`); None where they name none."""
    return Scanner(place) if place else None
