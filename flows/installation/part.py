"""One process of an installation: started, explained when it ends, and given up when it keeps ending."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flows.installation.ports import Address, answers

Started = subprocess.Popen[bytes]
SOON = 60  # seconds: what ends sooner after its start may do so for ever
MOST_IN_A_ROW = 5  # ends as soon as that before it is given up
_LAST_LINES = 10
_ENDED_BY_SOMEBODY = (-signal.SIGTERM, -signal.SIGKILL)  # which says nothing of the part


class GivenUpError(Exception):
    """A part ended again and again as soon as it began; the message says why, as far as its log tells."""


@dataclass
class Part:
    """One process of the installation, where it listens and where it writes what it does."""

    name: str
    start: Callable[[], Started]
    running: Started | None = None
    needs_prefect: bool = False
    at: Address | None = None
    log: Path | None = None
    began: float = 0
    ended_soon: int = 0  # in a row

    def keep(self, say: Callable[[str], None]) -> None:
        """Start it where it is not running. Raises `GivenUpError` where that has not helped time and again."""
        code = self.running.poll() if self.running is not None else None
        if self.running is not None and code is None:
            return
        if code is not None:
            self._explain(code, say)
        self.running, self.began = self.start(), time.monotonic()

    def answers(self) -> bool:
        """Whether somebody who comes to its address is let in; what listens nowhere answers where it runs."""
        return self.running is not None and (self.at is None or answers(self.at))

    def _explain(self, code: int, say: Callable[[str], None]) -> None:
        if code in _ENDED_BY_SOMEBODY:
            say(f"{self.name} ended with {code}: starting it again.")
            return
        soon = time.monotonic() - self.began < SOON
        self.ended_soon = self.ended_soon + 1 if soon else 0
        if self.ended_soon >= MOST_IN_A_ROW:
            raise GivenUpError(
                f"{self.name} ended with {code}, {self.ended_soon} times in a row as soon as it had begun: "
                f"it is not started again, and all is stopped.{self._last_words()}"
            )
        say(f"{self.name} ended with {code}: starting it again.{self._last_words()}")

    def _last_words(self) -> str:
        """The last lines of its log, and where the rest is."""
        if self.log is None or not self.log.is_file():
            return ""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
        return f" The end of {self.log}:\n" + "\n".join(f"    {each}" for each in lines)
