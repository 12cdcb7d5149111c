"""The tables of a release as rows of plain values, with the type and meaning of every column, and back again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, describe, quarter_name
from quarterday.publishing.asks_rows import ask_tables
from quarterday.publishing.codelists import codelists
from quarterday.publishing.columns import (
    ACTIVITY_COLUMNS,
    COVERAGE_COLUMNS,
    GAP_COLUMNS,
    INDICATOR_COLUMNS,
    OBSERVATION_COLUMNS,
    OBSERVATION_KEY,
    RATE_COLUMNS,
    REVISION_COLUMNS,
    VERSION_COLUMNS,
    Table,
    Value,
)
from quarterday.publishing.disclosure.beside import as_told
from quarterday.publishing.per_population import population_tables
from quarterday.publishing.reference_table import reference_table
from quarterday.publishing.risk_tables import risk_tables
from quarterday.publishing.tables import ActivityLine, Coverage, Gap, Observation, ReleaseTables, Revision, Version

JOINED_BY = " | "


def tables_of(framework: Framework, tables: ReleaseTables) -> tuple[Table, ...]:
    """Every table of a release, observations first."""
    framework = as_told(framework, (*tables.history, *tables.observations))
    return (
        Table("observations", "Figures", OBSERVATION_COLUMNS, _rows(framework, tables.observations), OBSERVATION_KEY),
        Table("history", "Earlier figures", OBSERVATION_COLUMNS, _rows(framework, tables.history), OBSERVATION_KEY),
        Table(
            "indicators",
            "What is measured",
            INDICATOR_COLUMNS,
            tuple(_indicator_row(framework, each, tables.period) for each in framework.indicators),
            ("indicator",),
        ),
        Table("coverage", "How complete it is", COVERAGE_COLUMNS, _coverage_rows(tables.coverage), ("partner",)),
        Table("rates", "Completeness", RATE_COLUMNS, tuple(sorted(tables.rates.items())), ("rate",)),
        Table("gaps", "What is missing", GAP_COLUMNS, _gap_rows(tables.gaps)),
        Table("revisions", "What changed", REVISION_COLUMNS, _revision_rows(tables.revisions)),
        Table("versions", "Versions", VERSION_COLUMNS, _version_rows(tables.versions), ("version",)),
        *population_tables(framework, tables),
        *reference_table(framework, tables),
        *codelists(framework, tables),
        *_activity_table(tables),
        *risk_tables((*tables.risks_before, *tables.risks), (*tables.bids_before, *tables.bids)),
        *ask_tables(tables),
    )


def _activity_table(tables: ReleaseTables) -> Iterator[Table]:
    """The table of activities, earlier quarters first; none where the partnership has none."""
    lines = (*tables.activities_before, *tables.activities)
    if lines:
        rows = tuple(map(_activity_row, lines))
        yield Table("activities", "Activities", ACTIVITY_COLUMNS, rows, ("activity", "period_start", "period_end"))


def _activity_row(each: ActivityLine) -> tuple[Value, ...]:
    return (
        each.activity,
        each.period.start,
        each.period.end,
        each.title,
        each.priority,
        each.plan,
        each.lead,
        each.starts,
        each.ends,
        each.state,
        each.rag,
        each.by_rule,
        _join(each.why),
        each.told_on,
        each.done,
        each.next_milestone,
        each.next_on,
        each.in_the_way,
        *each.asks_for_all,
        _join(each.indicators),
        each.serves,
        _join(each.funding),
        _join(f"{title} ({on.isoformat()})" for title, on in each.milestones),
        _join(each.late),
        each.source,
    )


def read_observation(row: Mapping[str, str]) -> Observation:
    """An observation from a row of a published CSV file."""
    return next(read_observations(tuple(row), [tuple(row.values())]))


def read_observations(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Observation]:
    """Observations from rows of a published CSV file, each with its cells in the order of the columns."""
    place = {name: number for number, name in enumerate(columns)}
    also = place.get("also")  # releases of before have no such column
    wanted = itemgetter(*(place[name] for name in _READ))
    for row in rows:
        (
            indicator, definition, area, area_name, breakdown, category, category_title, start, end, value, numerator,
            denominator, unit, marker, comparable, why, source, sha256, cells, caveats, commentary, stale,
        ) = wanted(row)  # fmt: skip
        yield Observation(
            indicator=indicator,
            definition_version=int(definition),
            area_code=area,
            area_name=area_name,
            breakdown=breakdown,
            category=category,
            category_title=category_title,
            period=_period(start, end),
            value=_number(value),
            numerator=_number(numerator),
            denominator=_number(denominator),
            unit=unit,
            marker=_marker(marker),
            comparable=comparable == "true",
            comparable_why=why,
            source_return=source,
            source_sha256=sha256,
            source_cells=_split(cells),
            caveats=_split(caveats),
            commentary=commentary,
            stale=stale == "true",
            also=_marker(row[also]) if also is not None else None,
        )


_READ = (
    "indicator", "definition_version", "area_code", "area_name", "breakdown", "category", "category_title",
    "period_start", "period_end", "value", "numerator", "denominator", "unit", "marker", "comparable",
    "comparable_why", "source_return", "source_sha256", "source_cells", "caveats", "commentary", "stale",
)  # fmt: skip


@lru_cache(maxsize=4096)  # tens of thousands of rows tell of few periods
def _period(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


_MARKERS: Mapping[str, Marker | None] = {"": None, **{str(each): each for each in Marker}}


def _marker(text: str) -> Marker | None:
    return _MARKERS[text] if text in _MARKERS else Marker(text)


def _rows(framework: Framework, observations: Iterable[Observation]) -> tuple[tuple[Value, ...], ...]:
    return tuple(_observation_row(framework, each) for each in observations)


def _observation_row(framework: Framework, each: Observation) -> tuple[Value, ...]:
    return (
        each.indicator,
        each.definition_version,
        each.area_code,
        each.area_name,
        each.breakdown,
        each.category,
        each.category_title,
        each.period.start,
        each.period.end,
        quarter_name(each.period) or describe(each.period),
        each.value,
        each.numerator,
        each.denominator,
        each.unit,
        str(framework.indicator[each.indicator].frequency),
        str(each.marker or ""),
        str(each.also or ""),
        each.comparable,
        each.comparable_why,
        each.stale,
        each.source_return,
        each.source_sha256,
        JOINED_BY.join(each.source_cells),
        JOINED_BY.join(each.caveats),
        each.commentary,
    )


def _indicator_row(framework: Framework, each: Indicator, period: Period) -> tuple[Value, ...]:
    definition = each.definition_on(period.end)
    rounds = each.disclosure.rule.value == "threshold with rounding"
    hides = each.disclosure.rule.value != "none"
    return (
        each.code,
        each.title,
        definition.version,
        each.definition_text(period),
        str(each.unit),
        each.numerator,
        each.denominator,
        each.per if each.has_parts else None,
        each.out_of,
        each.supplier,
        _join(each.priorities),
        _join(board.code for board in framework.boards_using(each)),
        str(each.frequency),
        each.area,
        str(each.direction),
        _join(_readings(each)),
        each.target.value if each.target else None,
        each.target.source if each.target else "",
        each.baseline.value if each.baseline else None,
        str(each.disclosure.rule),
        each.disclosure.threshold if hides else None,
        each.disclosure.round_to if rounds else None,
        each.disclosure.why,
        each.statutory,
        each.owner,
        _join(each.caveats),
    )


def _coverage_rows(coverage: Sequence[Coverage]) -> tuple[tuple[Value, ...], ...]:
    return tuple((c.partner, c.expected, c.received, c.on_time, c.accepted, c.state) for c in coverage)


def _gap_rows(gaps: Sequence[Gap]) -> tuple[tuple[Value, ...], ...]:
    return tuple((gap.indicator, gap.partner, gap.why, gap.owner, gap.expected) for gap in gaps)


def _revision_rows(revisions: Sequence[Revision]) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (r.version, r.indicator, r.area_code, r.category, r.period.start, r.period.end, r.was, r.now, r.why)
        for r in revisions
    )


def _version_rows(versions: Sequence[Version]) -> tuple[tuple[Value, ...], ...]:
    return tuple((v.version, v.kind, v.made_on, v.withdrawn_on, v.for_readers) for v in versions)


def _join(parts: Iterable[str]) -> str:
    return JOINED_BY.join(parts)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(JOINED_BY)) if text else ()


def _number(text: str) -> float | None:
    if not text:
        return None
    number = float(text)
    return int(number) if number == int(number) else number


def _readings(indicator: Indicator) -> Iterator[str]:
    """Each reading with the change that it is of, where it is not of either."""
    yield from (f"of a rise: {each}" for each in indicator.readings_of_a_rise)
    yield from (f"of a fall: {each}" for each in indicator.readings_of_a_fall)
    yield from indicator.readings
