"""Slows guessing by its source. A link that works is never refused: only what does not work is counted."""

from collections import OrderedDict
from threading import Lock
from time import monotonic

_SOURCES = 10_000  # remembered at most: the oldest are forgotten first


class Guesses:
    """Counts, by source, the links tried that do not work. A whole building may stand behind one source."""

    def __init__(self, allowed: int = 30, seconds: float = 600) -> None:
        self._allowed, self._seconds = allowed, seconds
        self._tried: OrderedDict[str, tuple[float, float]] = OrderedDict()  # source: tries left to forget, when counted
        self._lock = Lock()

    def too_many(self, source: str) -> bool:
        """Count one more that did not work; whether the source has had too many. Tries are forgotten steadily."""
        now = monotonic()
        with self._lock:
            tries, counted = self._tried.pop(source, (0.0, now))
            tries = max(0.0, tries - (now - counted) * self._allowed / self._seconds)
            tries = min(tries + 1, 2 * self._allowed)
            self._tried[source] = tries, now
            if len(self._tried) > _SOURCES:
                self._tried.popitem(last=False)
            return tries > self._allowed
