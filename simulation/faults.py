"""What may go wrong at a side effect, and when: drawn by the seed, so that it goes wrong again in the same place."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class KilledError(BaseException):
    """The process ends here: no handler of ordinary errors sees it, everything unwinds."""


class Fault(StrEnum):
    """One way in which a side effect goes wrong."""

    KILLED_BEFORE = "killed before"
    KILLED_AFTER = "killed after"
    LOCKED = "locked"
    DISK_FULL = "disk full"
    IO_ERROR = "I/O error"
    TRUNCATED = "truncated"  # half of it was written
    REFUSED = "refused"
    TIMED_OUT = "timed out after accepting"


@dataclass
class Trouble:
    """Decides at each side effect whether it goes wrong, and keeps count of both.

    `skipped` leaves out faults by their number: so a story that failed is told again with less going wrong. `aimed`
    trouble is not drawn: at every side effect of every run, page and ruling each fault comes once, with a time between
    on which it goes well. It names the fault that comes first, so that two years strike what happens once before and
    after.
    """

    chance: random.Random
    rate: float  # of a hundred side effects, how many hundredths go wrong
    skipped: frozenset[int] = frozenset()
    aimed: Fault | None = None  # the fault that comes first at each side effect; None for trouble by chance
    on: bool = True
    during: str = ""  # the run, page or ruling that is going on
    drawn: int = 0
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    struck: Counter[tuple[str, str, Fault]] = field(default_factory=Counter)
    last: str = ""

    def at(self, effect: str, faults: Sequence[Fault]) -> Fault | None:
        """What goes wrong at a side effect now; None where it goes well."""
        self.passed[self.during, effect] += 1
        fault = self._aimed(effect, faults) if self.aimed else self._by_chance(faults)
        if fault is None:
            return None
        self.drawn += 1
        if self.drawn in self.skipped:
            return None
        self.struck[self.during, effect, fault] += 1
        self.last = f"{effect}: {fault}"
        if fault is Fault.KILLED_BEFORE:
            raise KilledError(effect)
        return fault

    def _by_chance(self, faults: Sequence[Fault]) -> Fault | None:
        if not self.on or self.chance.random() >= self.rate:
            return None
        return self.chance.choice(faults)

    def _aimed(self, effect: str, faults: Sequence[Fault]) -> Fault | None:
        """Every second time something else goes wrong, until everything has."""
        time, well = divmod(self.passed[self.during, effect] - 1, 2)
        in_turn = sorted(faults, key=lambda each: each is not self.aimed)
        return in_turn[time] if self.on and not well and time < len(in_turn) else None
