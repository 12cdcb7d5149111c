"""A believable release of any framework: four years of made-up, protected quarters with something of everything."""

from collections.abc import Iterator
from datetime import date
from random import Random

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Frequency, Indicator, Unit
from quarterday.domain.framework.periods import Period, financial_quarter, parse_quarter, rolling_year
from quarterday.publishing.tables import Coverage, Gap, Observation, ReleaseTables, Revision

QUARTER = parse_quarter("2025-26 Q1")
BEFORE = [financial_quarter(year, quarter) for year in (2021, 2022, 2023, 2024) for quarter in (1, 2, 3, 4)]
NAUGHTY = "=HYPERLINK(\"http://x.example\") <script>alert('x')</script> & 60% said “safer” \x07"


def release_tables(framework: Framework, **changes: object) -> ReleaseTables:
    """A provisional release of April to June 2025, with something of everything in it."""
    history, observations = [], []
    for number, indicator in enumerate(framework.indicators):
        random = Random(number)
        for period in [*BEFORE, QUARTER]:
            if (period, number) == (BEFORE[6], 1):
                continue  # nobody published anything for that quarter
            rows = list(_rows(framework, indicator, period, random, number))
            (observations if period == QUARTER else history).extend(rows)
    parts: dict[str, object] = {
        "collection": f"{framework.partnership.code}.2025-26-q1",
        "label": "2025-26 Q1",
        "period": QUARTER,
        "version": 1,
        "kind": "provisional",
        "made_on": date(2025, 8, 5),
        "synthetic": True,
        "observations": tuple(observations),
        "history": tuple(history),
        "gaps": tuple(_gaps(framework)),
        "coverage": tuple(_coverage(framework)),
        "revisions": (),
        "rates": {"expected": 0.96, "received": 0.93, "on_time": 0.71, "accepted": 0.9, "complete": 0.6667},
    }
    return ReleaseTables(**{**parts, **changes})


def revision(framework: Framework) -> Revision:
    """One figure that a second version changed."""
    first = framework.indicators[0]
    return Revision(2, first.code, framework.areas("borough")[0].code, "", QUARTER, "17 [p]", "18 [r]", "a late return")


def _rows(
    framework: Framework, indicator: Indicator, period: Period, random: Random, number: int
) -> Iterator[Observation]:
    borough = framework.areas("borough")[0]
    areas = [borough, *framework.areas("ward")] if indicator.area == "ward" else [borough]
    step = BEFORE.index(period) if period in BEFORE else len(BEFORE)
    for area in areas:
        yield _observation(framework, indicator, (area.code, area.name, "", "", ""), period, random, step, number)
        for code in indicator.breakdowns:
            for category in framework.breakdown[code].categories:
                place = (area.code, area.name, code, category.code, category.title)
                yield _observation(framework, indicator, place, period, random, step, number)


def _observation(
    framework: Framework,
    indicator: Indicator,
    place: tuple[str, str, str, str, str],
    quarter: Period,
    random: Random,
    step: int,
    number: int,
) -> Observation:
    area_code, area_name, breakdown, category, category_title = place
    total = not breakdown and area_code.startswith("E09")
    low, high = indicator.usual_low or 10, indicator.usual_high or 40
    value: float | None = float(round(random.uniform(low, high)) if total else random.randint(0, 30))
    if total and number == 4 and step > 9:
        value = float(round(high * 1.1 + step))
    numerator = denominator = None
    if indicator.has_parts:
        denominator = float(random.randint(90, 160))
        numerator = float(round((value or 0) / 100 * denominator))
        value = round(numerator / denominator * indicator.per, 4)
    if indicator.unit is Unit.OUT_OF:
        value = min(float(indicator.out_of or 19), 11.0 + step // 3)
    marker: Marker | None = Marker.PROVISIONAL if quarter == QUARTER else None
    why, comparable, stale = "", True, False
    period = rolling_year(quarter.end) if indicator.frequency is Frequency.ROLLING_YEAR else quarter
    if not total and value is not None and value < 5:
        value, numerator, denominator, marker = None, None, None, Marker.CONFIDENTIAL
    version = 2 if number == 8 and step >= 12 else 1
    if number == 8 and step == 12:
        marker, comparable = Marker.BREAK, False
        why = "The definition changed on 1 April 2024: earlier figures counted something else."
    if quarter == QUARTER and number == 6:
        period = Period(date(2024, 4, 1), date(2024, 6, 30))
        comparable, stale = False, True
        why = "The last value stands in: it covers April to June 2024 and is 365 days old."
    if quarter == QUARTER and number == 7 and total:
        period, comparable = Period(date(2025, 6, 1), date(2025, 9, 30)), False
        why = "It covers June to September 2025; April to June 2025 was asked (19% of the days are shared)."
    if quarter == QUARTER and number == 5:
        value, numerator, denominator, marker = None, None, None, Marker.NOT_AVAILABLE
    return Observation(
        indicator=indicator.code,
        definition_version=version,
        area_code=area_code,
        area_name=area_name,
        breakdown=breakdown,
        category=category,
        category_title=category_title,
        period=period,
        value=value,
        numerator=numerator,
        denominator=denominator,
        unit=str(indicator.unit),
        marker=marker,
        comparable=comparable,
        comparable_why=why,
        source_return=f"{indicator.supplier}.2025-26-q1.r1" if value is not None else "",
        source_sha256="ab" * 32,
        commentary=NAUGHTY if number in (1, 7) and quarter == QUARTER and total else "",
        caveats=("Counted by the day of recording.",) if number == 2 and total else (),
        stale=stale,
    )


def _gaps(framework: Framework) -> Iterator[Gap]:
    missing, stale = framework.indicators[5], framework.indicators[6]
    why = "no answer had come when the collection closed"
    yield Gap(missing.code, missing.supplier, why, missing.owner or "Nobody yet", None)
    why = "the supplier asked for time until 20 August 2025"
    yield Gap(stale.code, stale.supplier, why, stale.owner or "Nobody yet", date(2025, 8, 20))


def _coverage(framework: Framework) -> Iterator[Coverage]:
    for number, partner in enumerate(framework.partners):
        asked = len(framework.supplied_by(partner.code)) * 3
        states = ("accepted", "accepted with caveats", "overdue")
        on_time = (True, False, None)[number % 3]
        came = 0 if on_time is None else asked
        yield Coverage(partner.code, asked, came, on_time, came, states[number % 3])
