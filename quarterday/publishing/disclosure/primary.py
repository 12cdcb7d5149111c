"""Which figures are small enough to tell of a person."""

from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule, Unit


def is_small(value: float | None, threshold: int) -> bool:
    """Whether a count is above nought and below the threshold. Nought tells of nobody and is published."""
    return value is not None and 0 < value < threshold


def small_parts(framework: Framework, figure: Figure) -> frozenset[str]:
    """The parts of a figure (value, numerator, denominator) that its rule hides on their own account.

    The numerator of a percentage is hidden for its complement too: 49 of 50 tells of the one.
    """
    indicator = framework.indicator[figure.indicator]
    rule = indicator.disclosure
    if rule.rule is DisclosureRule.NONE:
        return frozenset()
    if not indicator.has_parts:
        return frozenset({"value"}) if is_small(figure.value, rule.threshold) else frozenset()
    small = {part for part in ("numerator", "denominator") if is_small(getattr(figure, part), rule.threshold)}
    both = figure.numerator is not None and figure.denominator is not None
    if indicator.unit is Unit.PERCENTAGE and both:
        assert figure.numerator is not None and figure.denominator is not None
        if is_small(figure.denominator - figure.numerator, rule.threshold):
            small.add("numerator")
    return frozenset(small)
