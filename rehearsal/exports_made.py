"""A made-up export in a partner's own layout, written from the mapping that will read it back."""

import csv
from datetime import date
from io import StringIO

from quarterday.domain.framework.exports import Export, ExportedFigures
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, calendar_month
from rehearsal.made_up import made_up_figures

ELSEWHERE = "Elsewhere"
EARLIER_MONTHS = 21


def made_up_export(framework: Framework, export: Export, period: Period) -> bytes:
    """A CSV with a row for each area and category and a column for each month, as far back as such files go.

    Raises `ValueError` for a mapping of another shape: the rehearsal can write months across only.
    """
    (figures,) = export.figures
    if not figures.when.months_across or figures.category is None or not figures.category.column:
        raise ValueError(f"the rehearsal cannot write an export such as {export.code}: give it a file of yours")
    months = _months(period)
    counts = _counts(framework, figures, months)
    names = {area.code: area.name for area in framework.partnership.areas}
    titles = {each.code: each.title for each in framework.breakdown[figures.category.breakdown].categories}
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(
        [*figures.where, figures.area.column, "Name", figures.category.column]
        + [f"{month.start:{figures.when.months_across}}" for month in months]
    )
    kept = [values[0] for values in figures.where.values()]
    for (area, category), values in counts.items():
        writer.writerow([*kept, area, names[area], titles[category].upper(), *values])
    for (area, category), values in list(counts.items())[:5]:  # other people's rows, which the mapping leaves out
        writer.writerow([*(ELSEWHERE for _ in kept), f"X{area[1:]}", "Elsewhere", titles[category].upper(), *values])
    return text.getvalue().encode("utf-8-sig")


def _counts(framework: Framework, figures: ExportedFigures, months: list[Period]) -> dict[tuple[str, str], list[int]]:
    """Whole counts by area and category, a month at a time."""
    assert figures.category
    indicator = framework.indicator[figures.indicator]
    counts: dict[tuple[str, str], list[int]] = {}
    for month in months:
        for figure in made_up_figures(framework, (indicator,), month).values():
            if figure.row.breakdown == figures.category.breakdown:
                counts.setdefault((figure.row.area_code, figure.row.category), []).append(
                    round((figure.value or 0) / 3)
                )
    return counts


def _months(period: Period) -> list[Period]:
    """The period's own months and those before it, oldest first."""
    last: date = period.end
    count = EARLIER_MONTHS + len(list(period.months()))
    numbers = range(last.year * 12 + last.month - count, last.year * 12 + last.month)
    return [calendar_month(number // 12, number % 12 + 1) for number in numbers]
