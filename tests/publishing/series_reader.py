"""A reader of one series who knows nothing of the product: counts in months, and what releases say of their sums."""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Months = tuple[int, int]  # the first month and the one after the last


@dataclass
class SeriesReader:
    """Unknown whole numbers, a month each, and bounds on sums of them; for a percentage those within and those not."""

    months: int
    kinds: int = 1  # 2 for a percentage
    enough: float = float("inf")  # a width that need not be known more closely
    sums: list[tuple[np.ndarray, float, float]] = field(default_factory=list)
    _found: list[np.ndarray] = field(default_factory=list)
    _heard: int = 0

    def hears(self, period: Months, low: float, high: float, kinds: tuple[int, ...] = (0,)) -> None:
        """Take in that a sum lies between two numbers."""
        self.sums.append((self.row(period, kinds), low, high))

    def row(self, period: Months, kinds: tuple[int, ...] = (0,)) -> np.ndarray:
        """The months of a period as coefficients."""
        row = np.zeros((self.kinds, self.months))
        for kind in kinds:
            row[kind, slice(*period)] = 1
        return row.ravel()

    def width(self, row: np.ndarray) -> float:
        """How many values a sum may still have, less one; where that is more than enough, how many are known of."""
        seen = [float(row @ each) for each in self._fitting()]
        low, high = min(seen, default=np.inf), max(seen, default=-np.inf)
        if high - low >= self.enough:
            return round(high - low)
        low = self._least(row)
        return round(high - low if high - low >= self.enough else -self._least(-row) - low)

    def most(self, row: np.ndarray) -> float:
        """The greatest that a sum may be; where that is something, perhaps less, as an earlier question found it."""
        return max((float(row @ each) for each in self._fitting()), default=0.0) or -self._least(-row)

    def _fitting(self) -> list[np.ndarray]:
        """Whole numbers that fit all that was heard, as earlier questions found them."""
        if self._heard != len(self.sums):
            self._found, self._heard = [], len(self.sums)
        return self._found

    def _least(self, row: np.ndarray) -> float:
        """The least that a sum may be."""
        answer = milp(
            row,
            integrality=np.ones(len(row)),
            bounds=Bounds(0, 10_000),
            constraints=LinearConstraint(
                np.array([each for each, _, _ in self.sums]),
                np.array([low for _, low, _ in self.sums]),
                np.array([high for _, _, high in self.sums]),
            ),
        )
        assert answer.status == 0, answer.message
        self._fitting().append(np.round(answer.x))
        return float(answer.fun)
