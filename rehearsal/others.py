"""What other places had in the rehearsed quarter: made-up reference figures, brought in as an officer would."""

import csv
from collections.abc import Iterator
from io import StringIO

from quarterday.adapters.installation import Installation
from quarterday.adapters.reference_figures import bring_in
from quarterday.domain.figures.reference_figures import COLUMNS
from quarterday.domain.framework.comparisons import Comparison
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period


def bring_in_others(installation: Installation, period: Period) -> None:
    """Every table that `config/` compares with, for one period."""
    for comparison in installation.framework.comparisons:
        rows = list(_rows(installation.framework, comparison, period))
        text = StringIO(newline="")
        csv.writer(text).writerows([COLUMNS, *rows])
        bring_in(
            installation.stores,
            installation.register,
            text.getvalue().encode(),
            at=installation.now(),
            by="quarterday",
            why="made up for the rehearsal",
            partnership=installation.framework.partnership.code,
            comparison=comparison.code,
            published=installation.today(),
            rows=len(rows),
        )


def _rows(framework: Framework, comparison: Comparison, period: Period) -> Iterator[tuple[object, ...]]:
    for indicator in framework.indicators:
        if indicator.compared_with == comparison.code:
            usual = _usual(framework, indicator, period)
            for number, area in enumerate(comparison.areas):
                yield indicator.code, area.code, period.start, period.end, round(usual * (0.97 + number / 20), 2)


def _usual(framework: Framework, indicator: Indicator, period: Period) -> float:
    """The middle of what is usual here, in the measure that compares."""
    middle = ((indicator.usual_low or 0) + (indicator.usual_high or 0)) / 2
    rate, borough = indicator.rate, framework.areas("borough")[0].code
    estimate = framework.population[rate.population].in_area(borough, period) if rate else None
    return middle * rate.per / estimate.counts[borough] if rate and estimate else middle
