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
    sums: list[tuple[np.ndarray, float, float]] = field(default_factory=list)

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
        """How many values a sum may still have, less one."""
        matrix = np.array([each for each, _, _ in self.sums])
        lows, highs = np.array([low for _, low, _ in self.sums]), np.array([high for _, _, high in self.sums])
        ends = []
        for way in (1, -1):
            answer = milp(
                way * row,
                integrality=np.ones(len(row)),
                bounds=Bounds(0, 10_000),
                constraints=LinearConstraint(matrix, lows, highs),
            )
            assert answer.status == 0, answer.message
            ends.append(way * answer.fun)
        return round(ends[1] - ends[0])
