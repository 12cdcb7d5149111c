"""The quarters before the one that is rehearsed: made-up figures, brought in as a new partnership brings in its own."""

import csv
from io import StringIO

from quarterday.domain.figures.backfilling import COLUMNS
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, financial_quarter
from rehearsal.made_up import made_up_figures

QUARTERS = 14  # one more than control limits need


def earlier_quarters(period: Period, count: int = QUARTERS) -> list[Period]:
    """The financial quarters that ended before a period starts, oldest first."""
    quarters = [
        financial_quarter(year, number)
        for year in range(period.start.year - count, period.end.year + 1)
        for number in (1, 2, 3, 4)
    ]
    return [quarter for quarter in quarters if quarter.end < period.start][-count:]


def earlier_csv(framework: Framework, indicators: tuple[Indicator, ...], period: Period) -> bytes:
    """The tidy file of earlier figures that `quarterday backfill` reads."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    seen: set[tuple[object, ...]] = set()
    for quarter in earlier_quarters(period):
        for key, made in made_up_figures(framework, indicators, quarter).items():
            if key in seen:
                continue
            seen.add(key)
            row = made.row
            writer.writerow(
                [
                    row.indicator,
                    row.area_code,
                    row.breakdown,
                    row.category,
                    row.period.start,
                    row.period.end,
                    "" if made.value is None else made.value,
                    "" if made.numerator is None else made.numerator,
                    "" if made.denominator is None else made.denominator,
                    "",
                ]
            )
    return text.getvalue().encode()
