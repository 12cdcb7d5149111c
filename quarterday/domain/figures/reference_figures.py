"""Reference figures of other places: a tidy table read strictly, every problem told with its line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quarterday.domain.figures.backfilling import BackfillProblem, day_in, number_in, problems_of_days
from quarterday.domain.framework.comparisons import Comparison
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.periods import Period

COLUMNS = ("indicator", "area", "period_start", "period_end", "value")


@dataclass(frozen=True)
class ReferenceFigure:
    """What a place that is none of ours had in a period, in the measure in which the indicator compares.

    That is a count's rate for so many people, or the percentage or rate itself.
    """

    indicator: str
    comparison: str
    area: str
    period: Period
    value: float
    published: date  # when its publisher published it

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other."""
        return self.indicator, self.comparison, self.area, self.period


def compares(indicator: Indicator) -> bool:
    """Whether figures of other places can be held against it: a bare count of another place says nothing."""
    return indicator.has_parts or indicator.rate is not None


def reference_figures_in(
    framework: Framework, comparison: Comparison, rows: Iterable[Mapping[str, str | None]], published: date
) -> tuple[list[ReferenceFigure], list[BackfillProblem]]:
    """The figures of a table's rows and what is wrong with the rest. The heading is line 1."""
    figures: dict[tuple[object, ...], ReferenceFigure] = {}
    problems: list[BackfillProblem] = []
    lines: dict[tuple[object, ...], int] = {}
    for line, row in enumerate(rows, start=2):
        text = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(text.values()):
            continue
        if told := list(_problems(framework, comparison, text)):
            problems += [BackfillProblem(line, sentence) for sentence in told]
            continue
        figure = _figure(comparison, text, published)
        if figure.key in lines:
            sentence = f"the same figure already stands on line {lines[figure.key]}: keep one of the two."
            problems.append(BackfillProblem(line, sentence))
            continue
        lines[figure.key], figures[figure.key] = line, figure
    return list(figures.values()), problems


def _problems(framework: Framework, comparison: Comparison, text: dict[str, str]) -> Iterable[str]:
    indicator = framework.indicator.get(text["indicator"])
    if indicator is None:
        yield f"“{text['indicator']}” is no indicator of the framework: use a code from config/framework."
    elif indicator.compared_with != comparison.code:
        yield f"{indicator.code} is not held against {comparison.code}: write “compared_with: {comparison.code}” there."
    if text["area"] not in {each.code for each in comparison.areas}:
        yield f"“{text['area']}” is no place of {comparison.code}: use one of its codes in config/framework."
    yield from problems_of_days(text)
    value = number_in(text["value"])
    if value is None or value < 0:
        yield f"value “{text['value']}” is no number of 0 or more: write digits only, such as 21.3."
    elif indicator and indicator.unit is Unit.PERCENTAGE and value > 100:
        yield f"{text['value']} is more than the whole: {indicator.code} is a percentage."


def _figure(comparison: Comparison, text: dict[str, str], published: date) -> ReferenceFigure:
    start, end, value = day_in(text["period_start"]), day_in(text["period_end"]), number_in(text["value"])
    assert start and end and value is not None
    return ReferenceFigure(text["indicator"], comparison.code, text["area"], Period(start, end), value, published)
