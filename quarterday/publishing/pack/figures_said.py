"""How a figure is said. Every number in every format of a pack is made into words here and nowhere else."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Frequency, Indicator, Unit
from quarterday.domain.framework.periods import Period, financial_year, quarter_name, rolling_year, say_date
from quarterday.publishing.per_population import Rate
from quarterday.publishing.tables import Observation

MARKERS = {
    Marker.NOT_AVAILABLE: "not available",
    Marker.CONFIDENTIAL: "hidden, because small counts could point to a person",
    Marker.PROVISIONAL: "provisional",
    Marker.REVISED: "revised",
    Marker.ESTIMATED: "estimated",
    Marker.NOT_APPLICABLE: "not applicable",
    Marker.BREAK: "break in series: do not compare with earlier figures",
    Marker.LOW_RELIABILITY: "low reliability",
}

PERIOD_NOUNS = {
    Frequency.QUARTER: "quarters",
    Frequency.MONTH: "months",
    Frequency.FINANCIAL_YEAR: "years",
    Frequency.ROLLING_YEAR: "rolling years",
    Frequency.SCHOOL_TERM: "terms",
}


def say_number(value: float) -> str:
    """A plain number: whole ones without decimals, others with one, thousands apart."""
    rounded = _rounded(value)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"


def say_value(indicator: Indicator, value: float) -> str:
    """A value with its unit, as it stands in a table or a sentence."""
    match indicator.unit:
        case Unit.PERCENTAGE:
            return f"{_rounded(value):,.1f}%"
        case Unit.RATE:
            return f"{_rounded(value):,.1f}"
        case _:
            return say_number(value)


def say_level(indicator: Indicator, value: float) -> str:
    """A mean, a median or a limit: always one decimal, as it is reckoned and not counted."""
    said = f"{_rounded(value):,.1f}"
    return f"{said}%" if indicator.unit is Unit.PERCENTAGE else said


def say_rate(rate: Rate) -> str:
    """A rate as it stands in a table."""
    return say_small(rate.value)


def say_small(value: float) -> str:
    """A number of so many people: below one with two decimals, since small ones would else all look alike."""
    return f"{_rounded(value):,.1f}" if value >= 1 or not value else f"{value:.2f}"


def say_rate_of(rate: Rate) -> str:
    """A rate with what it is of: `4.2 per 1,000 residents`."""
    return f"{say_rate(rate)} per {say_number(rate.per)} {rate.title}"


def say_population(rate: Rate) -> str:
    """The number behind a rate, and where it comes from."""
    told, estimate = f"{say_number(rate.count)} {rate.title} in {rate.estimate.year}", rate.estimate
    return f"{told} ({estimate.source}, published on {say_date(estimate.published)})"


def say_cell(indicator: Indicator, observation: Observation) -> str:
    """A figure in a table: the value, or the marker that says why there is none."""
    if observation.value is None:
        return str(observation.marker or Marker.NOT_AVAILABLE)
    return say_value(indicator, observation.value)


def say_marked(indicator: Indicator, observation: Observation) -> str:
    """A figure in a table with its marker beside it."""
    if observation.value is None or observation.marker is None:
        return say_cell(indicator, observation)
    return f"{say_cell(indicator, observation)} {observation.markers}"


def say_figure(indicator: Indicator, observation: Observation) -> str:
    """A figure as it stands large on its card: `17 of 19`, `23.4% (34 of 145)`, or what stands in its place."""
    parts = ""
    if indicator.has_parts and observation.numerator is not None and observation.denominator is not None:
        parts = f" ({say_number(observation.numerator)} of {say_number(observation.denominator)})"
    return _with_parts(indicator, observation, parts)


def say_brief_figure(indicator: Indicator, observation: Observation) -> str:
    """A figure in one line among many: without the counts that it was worked out from."""
    return _with_parts(indicator, observation, "")


def _with_parts(indicator: Indicator, observation: Observation, parts: str) -> str:
    if observation.value is None:
        return f"No figure {observation.marker or Marker.NOT_AVAILABLE}"
    said = say_value(indicator, observation.value)
    if indicator.unit is Unit.OUT_OF and indicator.out_of:
        said = f"{said} of {say_number(indicator.out_of)}"
    elif indicator.unit is Unit.RATE:
        said = f"{said} per {say_number(indicator.per)}"
    return f"{said}{parts} {observation.markers}" if observation.marker else f"{said}{parts}"


def say_marker(marker: Marker | None) -> str:
    """A marker and what it means; empty where there is none."""
    return f"{marker}: {MARKERS[marker]}" if marker else ""


def say_share(share: float) -> str:
    """A share between 0 and 1 in whole per cent; nearly all is never said to be all, nor hardly any to be none."""
    percent = int((Decimal(str(share)) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if percent == 100 and share < 1:
        return "over 99%"
    return "under 1%" if percent == 0 and share > 0 else f"{percent}%"


def short_period(period: Period, *, rolling: bool = False) -> str:
    """A period as it fits under a chart."""
    start, end = period.start, period.end
    if name := quarter_name(period):
        return name
    if period == financial_year(start.year) and not rolling:
        return f"{start.year}-{end.year % 100:02d}"
    if _whole_months(period):
        if period == rolling_year(end):
            return f"Year to {end:%b %Y}"
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%b %Y}"
        first = f"{start:%b}" if start.year == end.year else f"{start:%b %Y}"
        return f"{first}–{end:%b %Y}"
    return f"{start.day} {start:%b %Y}–{end.day} {end:%b %Y}"


def say_expected(day: date | None) -> str:
    """When a missing figure is expected, or that nobody has said."""
    return say_date(day) if day else "no date given yet"


def _rounded(value: float) -> Decimal:
    """One decimal, halves upward as a reader does it by hand."""
    return Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _whole_months(period: Period) -> bool:
    months = list(period.months())
    return bool(months) and sum(month.days for month in months) == period.days
