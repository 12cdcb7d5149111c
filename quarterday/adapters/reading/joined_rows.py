"""The rows that the entries of a mapping give, a figure's parts joined."""

from collections.abc import Iterable
from dataclasses import replace

from quarterday.domain.figures.returns import ReturnRow


class JoinedRows:
    """Rows by what they are of: a numerator and a denominator from two entries are one row."""

    def __init__(self) -> None:
        self._rows: dict[tuple[object, ...], ReturnRow] = {}

    @property
    def rows(self) -> list[ReturnRow]:
        """Each figure once, in the order in which they came."""
        return list(self._rows.values())

    def add(self, row: ReturnRow) -> ReturnRow | None:
        """Take a row in; what was there already where it gives the same part of the figure, which is then dropped."""
        of = _series_of(row)
        before = self._rows.get(of)
        self._rows[of] = _joined(before, row) if before else row
        return before if before and _is_given_twice(before, row) else None

    def add_missing(self, rows: Iterable[ReturnRow]) -> None:
        """Take those rows in that no entry gave."""
        for row in rows:
            self._rows.setdefault(_series_of(row), row)


def _series_of(row: ReturnRow) -> tuple[object, ...]:
    return *row.series, row.period


def _is_given_twice(one: ReturnRow, other: ReturnRow) -> bool:
    parts = ((one.value, other.value), (one.numerator, other.numerator), (one.denominator, other.denominator))
    return any(None not in pair for pair in parts)


def _joined(one: ReturnRow, other: ReturnRow) -> ReturnRow:
    return replace(
        one,
        value=one.value if one.value is not None else other.value,
        numerator=one.numerator if one.numerator is not None else other.numerator,
        denominator=one.denominator if one.denominator is not None else other.denominator,
        marker=one.marker or other.marker,
        cells=one.cells + other.cells,
    )
