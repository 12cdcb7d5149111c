"""The data behind a chart: as a table, and in words for those who cannot see the chart."""

from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import describe
from quarterday.publishing.charts.spc import Cause
from quarterday.publishing.charts.specification import starts_at_nought
from quarterday.publishing.pack.change_said import limits_words
from quarterday.publishing.pack.figures_said import say_cell, say_level, say_marker, say_number, say_value
from quarterday.publishing.pack.model import Table
from quarterday.publishing.pack.series import ChartedSeries, charted
from quarterday.publishing.tables import Observation

ROWS_TOLD = 24
_CAUSES = {
    Cause.OUTSIDE: "outside the limits",
    Cause.TREND: "part of a run one way",
    Cause.SHIFT: "part of a run on one side of the mean",
    Cause.NEAR: "close to a limit, as is one next to it",
}


def series_table(reading: ChartedSeries) -> Table:
    """The figures of a series, the newest first; those of many years ago are left to the release's own files."""
    indicator = reading.indicator
    rows = [
        _row(reading, index, observation)
        for index, observation in enumerate(reading.observations)
        if observation is not None
    ]
    parts = (indicator.numerator or "Numerator", indicator.denominator or "Denominator")
    columns = ("Period covered", _heading(indicator), *(parts if indicator.has_parts else ()), "Notes")
    numeric = (False, True, *((True, True) if indicator.has_parts else ()), False)
    told = tuple(reversed(rows))[:ROWS_TOLD]
    span = (
        f"the newest {say_number(ROWS_TOLD)} of {say_number(len(rows))}"
        if len(rows) > ROWS_TOLD
        else "the newest first"
    )
    return Table(f"{indicator.title}: figures by period, {span}", columns, told, numeric)


def table_words(table: Table) -> list[str]:
    """A table as lines of text, for a slide's notes."""
    return [": ".join((row[0], "; ".join(cell for cell in row[1:] if cell))) for row in table.rows]


def chart_words(reading: ChartedSeries) -> str:
    """The chart's text alternative: what it shows, its span, its limits and its signs of change."""
    indicator = reading.indicator
    drawn = [(each, index) for index, each in enumerate(reading.observations) if each and charted(each)]
    if not drawn:
        return f"{indicator.title}: no figure that can be drawn as a line."
    first, last = drawn[0][0], drawn[-1][0]
    values = [each.value for each, _ in drawn if each.value is not None]
    count = f"{len(drawn)} figures" if len(drawn) > 1 else "one figure"
    said = [
        f"Line chart of {count} from {describe(first.period)} to {describe(last.period)}.",
        f"Lowest {say_value(indicator, min(values))}, highest {say_value(indicator, max(values))}, "
        f"latest {say_value(indicator, values[-1])}.",
        *_level_words(reading),
    ]
    missing = sum(1 for point in reading.chart.points if point.value is None)
    if missing:
        said.append(f"{missing} {'gap' if missing == 1 else 'gaps'} in the line.")
    if any(point.begins for point in reading.chart.points):
        said.append("The line is broken where the definition changed.")
    said += [f"Limits begin anew from {describe(point.period)}." for point in reading.chart.points if point.anew]
    if not starts_at_nought(reading):
        said.append("The vertical axis does not start at 0.")
    return " ".join(said)


def trend_words(reading: ChartedSeries) -> str:
    """The text alternative of the small chart: the rest stands beside it."""
    values = [point.value for point in reading.chart.points if point.value is not None]
    low, high, last = (say_value(reading.indicator, each) for each in (min(values), max(values), values[-1]))
    return f"{len(values)} {'figure' if len(values) == 1 else 'figures'}: lowest {low}, highest {high}, latest {last}."


def _level_words(reading: ChartedSeries) -> list[str]:
    stretch, indicator = reading.chart.latest, reading.indicator
    said = []
    if stretch and stretch.limits:
        limits = stretch.limits.moved(reading.chart.points[-1].season)
        of = " of this part of the year" if stretch.seasonal else ""
        said.append(f"Mean{of} {say_level(indicator, limits.mean)}; usual range {limits_words(indicator, limits)}.")
    elif stretch and stretch.centre is not None and stretch.count > 1:
        said.append(f"Median {say_level(indicator, stretch.centre)}; no limits.")
    if indicator.target:
        said.append(f"Target line at {say_value(indicator, indicator.target.value)}.")
    marked = sum(1 for index in range(len(reading.chart.points)) if reading.chart.signals_at(index))
    if marked:
        said.append(f"{marked} {'figure is' if marked == 1 else 'figures are'} marked as a sign of possible change.")
    return said


def _heading(indicator: Indicator) -> str:
    if indicator.has_parts and indicator.unit == "rate":
        return f"Per {say_number(indicator.per)}"
    return "Percentage" if indicator.has_parts else "Figure"


def _row(reading: ChartedSeries, index: int, observation: Observation) -> tuple[str, ...]:
    indicator = reading.indicator
    parts: tuple[str, ...] = ()
    if indicator.has_parts:
        parts = (_part(observation.numerator), _part(observation.denominator))
    return describe(observation.period), say_cell(indicator, observation), *parts, _notes(reading, index, observation)


def _part(value: float | None) -> str:
    return "" if value is None else say_number(value)


def _notes(reading: ChartedSeries, index: int, observation: Observation) -> str:
    found = {each.cause for each in reading.chart.signals_at(index)}
    if Cause.OUTSIDE in found:  # a point beyond a limit need not be told to lie near it too
        found.discard(Cause.NEAR)
    causes = [words for cause, words in _CAUSES.items() if cause in found]
    notes = [say_marker(observation.marker), *causes]
    if observation.stale:
        notes.append("the last value, standing in")
    elif observation.value is not None and not charted(observation):
        notes.append("not compared: it covers other days")
    return "; ".join(note for note in notes if note)
