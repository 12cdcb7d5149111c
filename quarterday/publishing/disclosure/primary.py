"""Which figures are small enough to tell of a person."""

from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.framework import Framework


def is_small(value: float | None, threshold: int) -> bool:
    """Whether a count is above nought and below the threshold. Nought tells of nobody and is published."""
    return value is not None and 0 < value < threshold


def small_parts(framework: Framework, figure: Figure) -> frozenset[str]:
    """The parts of a figure (value, numerator, denominator) that its rule hides on their own account."""
    indicator = framework.indicator[figure.indicator]
    if not indicator.disclosure.hides:
        return frozenset()
    parts = ("numerator", "denominator") if indicator.has_parts else ("value",)
    return frozenset(part for part in parts if is_small(getattr(figure, part), indicator.disclosure.threshold))
