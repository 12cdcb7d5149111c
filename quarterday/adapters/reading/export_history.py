"""The quarters before the one asked that a partner's own export holds: history, so that a first release has charts."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from quarterday.adapters.parsing.tables import FileTables
from quarterday.adapters.reading.mapped import rows_of_export
from quarterday.adapters.reading.naming import Vocabulary
from quarterday.domain.figures.backfilling import COLUMNS
from quarterday.domain.figures.findings import Severity
from quarterday.domain.figures.returns import ReturnRow
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, calendar_month

_MOST_QUARTERS = 80  # twenty years


@dataclass(frozen=True)
class Quarter:
    """One earlier quarter of an export: its figures, or the sentences that say why none of them can be taken."""

    period: Period
    rows: tuple[ReturnRow, ...]
    why_not: tuple[str, ...] = ()


def earlier_quarters(reading: FileTables, export: Export, framework: Framework, before: Period) -> list[Quarter]:
    """What an export says of the quarters before one, oldest first, read as a return of each would be.

    A quarter of which anything would be sent back is left out whole, with why.
    """
    vocabulary = Vocabulary(framework, export.indicators)
    covered = rows_of_export(reading, export, framework, vocabulary, before).periods
    begins = min((each.start for each in covered), default=before.start)
    periods = [each for each in _going_back(before) if each.end >= begins]
    return [_quarter(reading, export, framework, vocabulary, each) for each in reversed(periods)]


def _going_back(before: Period) -> Iterator[Period]:
    """The periods of as many months before one, the nearest first."""
    months, period = len(list(before.months())), before
    for _ in range(_MOST_QUARTERS):
        end = period.start - timedelta(days=1)
        year, month = divmod(12 * end.year + end.month - months, 12)
        period = Period(calendar_month(year, month + 1).start, end)
        yield period


def _quarter(
    reading: FileTables, export: Export, framework: Framework, vocabulary: Vocabulary, period: Period
) -> Quarter:
    read = rows_of_export(reading, export, framework, vocabulary, period)
    critical = dict.fromkeys(each.sentence for each in read.findings if each.severity is Severity.CRITICAL)
    if critical:
        return Quarter(period, (), tuple(critical))
    return Quarter(period, tuple(row for row in read.rows if _is_whole(framework, row)))


def _is_whole(framework: Framework, row: ReturnRow) -> bool:
    if framework.indicator[row.indicator].has_parts:
        return row.numerator is not None and row.denominator is not None
    return row.value is not None


def as_tidy(rows: Iterable[ReturnRow]) -> bytes:
    """Rows as the tidy table that `backfill` takes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        assert row.period
        days = (row.period.start.isoformat(), row.period.end.isoformat())
        numbers = (_number(each) for each in (row.value, row.numerator, row.denominator))
        writer.writerow([*row.series, *days, *numbers, row.marker.value if row.marker else ""])
    return text.getvalue().encode()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"
