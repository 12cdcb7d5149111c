"""The caller's side of the warm process: starts it, asks it, outlives it."""

import pickle
import secrets
import subprocess
import sys
import tempfile
from contextlib import suppress
from multiprocessing.connection import Client, Connection
from pathlib import Path
from threading import Event, Lock, Semaphore, Thread
from typing import Any

from expectations.answers import unpacked
from expectations.lent import Lent, borrowed, lend, take_back

WARM_WITHIN = 180  # seconds that loading the checks may take: some seconds are usual
LARGEST_ANSWER = 256 * 1024**2  # bytes
_GRACE_SECONDS = 10  # beyond a check's own limit, before the caller gives it up
# Nothing of ours: the checks need no secret. Threads do not survive a fork, and nobody is called.
_ENVIRONMENT = {
    "GX_ANALYTICS_ENABLED": "false",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # its own would take half of a check's address space, and a thread
    "LANG": "C.UTF-8",
}


class CheckFailedError(RuntimeError):
    """The checks themselves failed: never a pass, and no fault of the sender's."""


class CheckDiedError(CheckFailedError):
    """A check ended without an answer: it took too long or too much, or it crashed."""


class WarmProcess:
    """A process that has everything imported and forks a fresh, limited child for each question.

    Not multiprocessing's own forkserver: that one is shared by a whole process (the reading of files has another
    limit) and imports the caller's main module again in every child.

    One that `lends` tells others of itself by a note; one that `borrows` asks the process of such a note, and starts
    its own only where nobody answers there.
    """

    def __init__(
        self, *, memory_bytes: int, seconds: int, at_once: int, lends: Path | None = None, borrows: Path | None = None
    ) -> None:
        self._lends, self._borrows = lends, borrows
        self._limits = {"memory_bytes": memory_bytes, "seconds": seconds}
        self._places = Semaphore(at_once)
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._key = b""
        self._ready = Event()  # that it is, or never will be: `_warm` says which
        self._warm = False

    def start(self) -> None:
        """Start the process where it is not running and none is lent: whether that answers is seen when it is asked."""
        if not (self._borrows and self._borrows.exists()):
            self._start()

    def _start(self) -> None:
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            self._discard()
            self._key = secrets.token_bytes(32)
            self._folder = tempfile.TemporaryDirectory(prefix="quarterday-")
            self._process = subprocess.Popen(
                [sys.executable, "-m", "expectations.warm_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # an interrupt at the keyboard is the caller's to handle
                cwd=Path(__file__).parents[1],
                env=_ENVIRONMENT,
            )
            assert self._process.stdin is not None
            orders = {"address": self._address, "key": self._key, **self._limits}
            self._process.stdin.write(pickle.dumps(orders))
            self._process.stdin.flush()
            self._ready, self._warm = Event(), False
            Thread(target=self._listen, args=(self._process, self._ready), daemon=True).start()

    def ask(self, question: object) -> Any:
        """The child's answer. Raises `CheckFailedError` where it died, took too long or failed."""
        try:
            with self._places, self._connected() as connection:
                connection.send(question)
                return self._answer(connection)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise CheckDiedError(
                f"the check ended without an answer: it ran into its limit of {self._limits['seconds']} seconds or of "
                f"memory, or it crashed ({type(error).__name__})"
            ) from error

    def close(self) -> None:
        """End the process. A check that runs comes to its own end, within its limits."""
        with self._lock:
            self._discard()

    def _connected(self) -> "Connection[Any, Any]":
        """A line to whoever is warm: the process that is lent, or our own."""
        if self._borrows and (line := borrowed(self._borrows)):
            return line
        self._start()
        self._wait_until_ready()
        return Client(self._address, "AF_UNIX", authkey=self._key)

    @property
    def _lent(self) -> Lent:
        return Lent(self._address, self._key.hex())

    @property
    def _address(self) -> str:
        assert self._folder is not None
        return f"{self._folder.name}/checks"

    def _wait_until_ready(self) -> None:
        ready = self._ready
        if not ready.wait(WARM_WITHIN):
            with self._lock:
                if ready is self._ready:
                    self._discard()  # the next who asks begins with another
            raise CheckFailedError(f"the checks were not loaded within {WARM_WITHIN} seconds")
        if not self._warm:
            raise CheckFailedError("the checks could not be loaded; the process's own output says why")

    def _listen(self, process: "subprocess.Popen[bytes]", ready: Event) -> None:
        """Wait, beside everything else, for the process to say that it is ready; or to end without."""
        assert process.stdout is not None
        with suppress(ValueError):  # closed meanwhile
            warm = b"ready\n" in process.stdout  # whatever a library prints before is passed over
            if ready is self._ready:
                self._warm = warm
                if warm and self._lends:
                    lend(self._lends, self._lent)
        ready.set()

    def _answer(self, connection: "Connection[Any, Any]") -> Any:
        if not connection.poll(self._limits["seconds"] + _GRACE_SECONDS):
            raise CheckDiedError(f"the check gave no answer within {self._limits['seconds']} seconds")
        worked, answer = unpacked(connection.recv_bytes(LARGEST_ANSWER))
        if not worked:
            raise CheckFailedError(answer)
        return answer

    def _discard(self) -> None:
        if self._process is not None:
            if self._process.stdin is not None:
                self._process.stdin.close()  # the process ends when nobody holds this any more
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
        if self._folder is not None:
            if self._lends:
                take_back(self._lends, self._lent)
            self._folder.cleanup()
        self._process, self._folder = None, None
