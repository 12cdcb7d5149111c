"""A release of one series, quarter by quarter, for tests of what is read into it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, financial_quarter
from quarterday.publishing.tables import Observation, ReleaseTables

LAST = financial_quarter(2025, 1)


def quarters_to_last(count: int) -> list[Period]:
    """So many financial quarters, the last of them April to June 2025."""
    numbers = range(2025 * 4 - count + 1, 2025 * 4 + 1)
    return [financial_quarter(number // 4, number % 4 + 1) for number in numbers]


def observation(about: Indicator, period: Period, value: float | None, **more: object) -> Observation:
    """One figure of the borough."""
    parts: dict[str, object] = {
        "indicator": about.code,
        "definition_version": 1,
        "area_code": "E09000099",
        "area_name": "Somewhere",
        "breakdown": "",
        "category": "",
        "category_title": "",
        "period": period,
        "value": value,
        "numerator": None,
        "denominator": None,
        "unit": str(about.unit),
        "marker": None if value is not None else Marker.NOT_AVAILABLE,
        "comparable": True,
        "comparable_why": "",
        "source_return": "police.2025-26-q1.r1",
        "source_sha256": "ab" * 32,
    }
    return Observation(**{**parts, **more})


def tables(about: Indicator, values: Sequence[float | None], **of_last: object) -> ReleaseTables:
    """A release of these quarters, with whatever is special about the last."""
    periods = quarters_to_last(len(values))
    made = [observation(about, period, value) for period, value in zip(periods, values, strict=True)]
    return ReleaseTables(
        collection="somewhere.2025-26-q1",
        label="2025-26 Q1",
        period=LAST,
        version=1,
        kind="provisional",
        made_on=date(2025, 8, 5),
        synthetic=True,
        observations=(replace(made[-1], **of_last),),
        history=tuple(made[:-1]),
    )


def quarters(release: ReleaseTables, history: Iterable[Observation]) -> ReleaseTables:
    """The release with another history."""
    return replace(release, history=tuple(history))
