"""How far a reader must think each cell may lie from its truth: nothing where it is published as it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quarterday.publishing.disclosure.cells import Cell, LinkedTables, Seen
from quarterday.publishing.disclosure.rounding import rounded_range

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Slack:
    """The room below and above the truth, cell by cell, when it is shown and when it is hidden."""

    down_shown: Floats
    up_shown: Floats
    down_hidden: Floats
    up_hidden: Floats

    def bounds(self, hidden: set[int]) -> tuple[Floats, Floats]:
        """The room below and above with those cells hidden."""
        down, up = self.down_shown.copy(), self.up_shown.copy()
        chosen = np.fromiter(hidden, dtype=np.int64, count=len(hidden))
        down[chosen], up[chosen] = self.down_hidden[chosen], self.up_hidden[chosen]
        return down, up


def slack_of(tables: LinkedTables) -> Slack:
    """The room that every cell has, after all that earlier releases said of it."""
    shown, hidden = [], []
    for index, cell in enumerate(tables.cells):
        seen = tables.seen.get(index, Seen(0.0, np.inf))
        shown.append(_room(cell, *_when_shown(cell, seen)))
        hidden.append(_room(cell, *_when_hidden(cell, seen)))
    as_shown = np.array(shown, dtype=np.float64).reshape(-1, 2)
    as_hidden = np.array(hidden, dtype=np.float64).reshape(-1, 2)
    return Slack(as_shown[:, 0], as_shown[:, 1], as_hidden[:, 0], as_hidden[:, 1])


def _when_shown(cell: Cell, seen: Seen) -> tuple[float, float]:
    if not cell.offered:
        return _when_hidden(cell, seen)
    low, high = rounded_range(cell.value, cell.round_to, cell.threshold)
    return max(low, seen.low), min(high, seen.high)


def _when_hidden(cell: Cell, seen: Seen) -> tuple[float, float]:
    return max(min(cell.least, cell.value), seen.low), seen.high


def _room(cell: Cell, low: float, high: float) -> tuple[float, float]:
    return max(cell.value - low, 0.0), max(high - cell.value, 0.0)
