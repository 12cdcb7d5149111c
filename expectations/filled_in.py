"""Brings a row's figures and its indicator's parameters onto its line."""

import math

from expectations.line import NOT_NEEDED, Line
from expectations.usual import LENGTH_TOLERANCE, EarlierFigures
from quarterday.adapters.reading.columns import FILLED_IN, Column
from quarterday.domain.figures.returns import GridRow, Marker, ReturnRow
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.periods import Period

IMPLAUSIBLE = 1e12  # no count of a borough comes near; also catches infinity
_NO_FIGURE = (Marker.NOT_AVAILABLE, Marker.NOT_APPLICABLE)

Unread = frozenset[tuple[str, str]]  # the (sheet, cell) that a finding of the reading already speaks of


def answer(row: ReturnRow, unread: Unread) -> str | None:
    """What stands in a row instead of nothing: a figure, a marker, a reason, or what could not be read."""
    if row.value is not None or row.numerator is not None or row.denominator is not None:
        return "figure"
    if row.marker is not None:
        return "marker"
    entries = [address for title, address in row.cells if title in FILLED_IN] or [address for _, address in row.cells]
    if any((row.sheet, address) in unread for address in entries):
        return "unread"
    return "reason" if row.comment.strip() else None


def fill_in(line: Line, indicator: Indicator, row: ReturnRow, unread: Unread) -> None:
    """Bring a row's figures onto its line."""
    if indicator.has_parts:
        _fill_in_rate(line, indicator, row, unread)
    else:
        line.value = line.count = line.smallest = row.value
        line.small = _above_zero(row.value)
        _must_be_whole(line, {Column.VALUE: row.value})
    if row.marker in (*_NO_FIGURE, Marker.CONFIDENTIAL):
        line.figure_beside_marker = line.value
        line.figure_rule = "confidential-figure" if row.marker is Marker.CONFIDENTIAL else "marker-and-figure"
    if row.marker in _NO_FIGURE:
        line.reason = row.comment.strip() or None if line.value is None else NOT_NEEDED
    elif row.marker is not None:
        line.note = "marked-confidential" if row.marker is Marker.CONFIDENTIAL else "marked"


def _above_zero(value: float | None) -> float | None:
    return value if value is not None and value > 0 else None


def _fill_in_rate(line: Line, indicator: Indicator, row: ReturnRow, unread: Unread) -> None:
    parts = {Column.NUMERATOR: row.numerator, Column.DENOMINATOR: row.denominator}
    given = [part for part in parts.values() if part is not None]
    blank = [title.value for title, part in parts.items() if part is None]
    line.look_at |= {"missing": blank, "both-parts": blank, "rate-off": [Column.VALUE]}
    cells = {(row.sheet, cell) for _, cell in row.cells}
    hidden = row.marker is not None and row.marker in (*_NO_FIGURE, Marker.CONFIDENTIAL)  # one part may be kept back
    if answer(row, unread) == "figure" and not cells & unread and not hidden:
        line.parts_given = len(given)
    _must_be_whole(line, parts)
    line.numerator, line.small = row.numerator, _above_zero(row.numerator)
    line.smallest = min(given, default=None)
    line.look_at["at-least"] = [title for title, part in parts.items() if part is not None and part < 0]
    if indicator.unit is Unit.PERCENTAGE or row.denominator == 0:
        line.numerator_at_most = row.denominator
    line.value = row.value
    if row.numerator is not None and row.denominator:
        line.value = row.numerator / row.denominator * indicator.per
        if row.value is not None:
            line.rate_off_by = abs(line.value - row.value) * 100 / indicator.per


def _must_be_whole(line: Line, figures: dict[Column, float | None]) -> None:
    """Bring in the first figure that is no whole number, else the first there is."""
    known = {title: each for title, each in figures.items() if each is not None and math.isfinite(each)}
    broken = {title: each for title, each in known.items() if each != round(each)}
    for title, each in list((broken or known).items())[:1]:
        line.counted, line.counted_whole = each, float(round(each))
        line.look_at["not-whole"] = [title]


def bring_limits(
    line: Line, indicator: Indicator, earlier: EarlierFigures, place: GridRow, covers: Period, explained: bool
) -> None:
    """Bring in what the figure can be and what is usual for it."""
    line.at_least = 0.0 if indicator.has_parts else indicator.at_least
    if line.small is not None and indicator.disclosure.hides:
        line.threshold = float(indicator.disclosure.threshold)
    if line.value is None or _more_than_all(line):
        return
    line.at_most, line.at_most_rule = _highest(indicator)
    if not indicator.at_least <= line.value <= line.at_most:
        return  # what cannot be is not called unusual as well
    series = place.series
    as_long = abs(covers.days - place.period.days) <= LENGTH_TOLERANCE * place.period.days
    if as_long and (usual := earlier.usual(indicator, series, covers)) is not None:
        (line.low, line.high), rule = usual
        line.usual_rule = f"{rule}-explained" if explained else rule


def _more_than_all(line: Line) -> bool:
    """Whether the numerator is above its denominator: whatever is odd about the rate then follows from that."""
    limit = line.numerator_at_most
    return limit is not None and line.numerator is not None and line.numerator > limit


def _highest(indicator: Indicator) -> tuple[float, str]:
    if indicator.out_of is not None:
        return float(indicator.out_of), "out-of"
    return IMPLAUSIBLE if indicator.at_most is None else indicator.at_most, "at-most"
