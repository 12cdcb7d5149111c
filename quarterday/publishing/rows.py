"""The tables of a release as rows of plain values, with the type and meaning of every column, and back again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period
from quarterday.publishing.disclosure.beside import as_told
from quarterday.publishing.tables import ActivityLine, Coverage, Gap, Observation, ReleaseTables, Revision, Version

Value = str | int | float | bool | date | None
JOINED_BY = " | "


@dataclass(frozen=True)
class Column:
    """One column: its name, its type as a Table Schema calls it, and what it says."""

    name: str
    kind: str  # string, integer, number, boolean, date
    says: str


@dataclass(frozen=True)
class Table:
    """One table of a release, in the order in which it is written."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    key: tuple[str, ...] = ()


def _columns(*described: str) -> tuple[Column, ...]:
    return tuple(Column(*(part.strip() for part in each.split(":", 2))) for each in described)


OBSERVATION_COLUMNS = _columns(
    "indicator: string: the indicator's code; see the table of indicators",
    "definition_version: integer: the version of the definition that the figure was counted by",
    "area_code: string: code of the Office for National Statistics",
    "area_name: string: the area's name",
    "breakdown: string: how the figure is split; empty for a total",
    "category: string: the class of the breakdown; empty for a total",
    "category_title: string: the class in words",
    "period_start: date: the first day that the figure really covers",
    "period_end: date: the last day that the figure really covers",
    "value: number: the figure; empty where it is missing or hidden, never nought for either",
    "numerator: number: the upper part of a rate or percentage",
    "denominator: number: the lower part of a rate or percentage",
    "unit: string: count, percentage, rate or out of",
    "marker: string: why the figure is not plain, such as [x] not available or [c] confidential",
    "comparable: boolean: whether it compares with the other figures of its series",
    "comparable_why: string: why it does not compare",
    "stale: boolean: whether the last value stands in for this period's",
    "source_return: string: the return that the figure came from",
    "source_sha256: string: SHA-256 of the file that was returned; empty where it would let hidden counts be tried out",
    "source_cells: string: where it stood in that file",
    "caveats: string: what to bear in mind",
    "commentary: string: the supplier's own words",
)
_INDICATOR_COLUMNS = _columns(
    "indicator: string: the indicator's code",
    "title: string: what it measures",
    "definition_version: integer: the version that holds at the end of the period",
    "definition: string: what is counted",
    "unit: string: count, percentage, rate or out of",
    "numerator: string: what the upper part counts",
    "denominator: string: what the lower part counts",
    "per: integer: what a rate is for so many of",
    "out_of: integer: the known total that a count is out of",
    "supplier: string: the code of the partner that supplies it",
    "priorities: string: the priorities that it serves",
    "boards: string: the boards that read it",
    "frequency: string: for which periods it is asked",
    "area: string: borough or ward",
    "direction: string: what a rise means",
    "readings: string: rival readings of a change",
    "target: number: what the plan hopes for",
    "target_source: string: where the target comes from",
    "baseline: number: what change is measured from; empty where it would give hidden figures away",
    "disclosure_rule: string: what is done about small counts",
    "disclosure_threshold: integer: counts above nought and below this are hidden",
    "disclosure_round_to: integer: what other counts are rounded to, where they are",
    "disclosure_why: string: why this rule",
    "statutory: string: the law that requires it",
    "owner: string: who answers for it",
    "caveats: string: what to bear in mind",
)
_COVERAGE_COLUMNS = _columns(
    "partner: string: the partner's code",
    "expected: integer: figures asked for",
    "received: integer: figures received",
    "on_time: boolean: whether its return was on time; empty where nothing came",
    "accepted: integer: figures accepted",
    "state: string: where its answer stands",
)
_GAP_COLUMNS = _columns(
    "indicator: string: the indicator's code",
    "partner: string: who supplies it",
    "why: string: why it is missing",
    "owner: string: who owns the gap",
    "expected: date: when to expect the figure; empty where nobody can say",
)
_REVISION_COLUMNS = _columns(
    "version: integer: the version in which the change appears",
    "indicator: string: the indicator's code",
    "area_code: string: code of the Office for National Statistics",
    "category: string: the class of a breakdown; empty for a total",
    "period_start: date: the first day that the figure covers",
    "period_end: date: the last day that the figure covers",
    "was: string: what the version before said, marker included",
    "now: string: what this version says",
    "why: string: why it changed",
)
_RATE_COLUMNS = _columns(
    "rate: string: expected, received, on time, accepted or complete",
    "value: number: as a share of 1",
)
_VERSION_COLUMNS = _columns(
    "version: integer: the version's number",
    "kind: string: provisional or revised",
    "made_on: date: when it was made",
    "withdrawn_on: date: when it was taken back; empty where it stands",
    "for_readers: string: what the partnership says about taking it back",
)
_ACTIVITY_COLUMNS = _columns(
    "activity: string: the activity's code",
    "period_start: date: the first day of the quarter that is told of",
    "period_end: date: the last day of it",
    "title: string: what is to be delivered",
    "priority: string: the priority that it serves",
    "plan: string: the plan that it belongs to",
    "lead: string: the partner that leads it",
    "starts: date: when it begins",
    "ends: date: when it ends",
    "state: string: how it stands in its lead's own word",
    "rag: string: how it stands by the open rule, or as an officer saw it: done, green, amber, red or stopped",
    "by_rule: string: what the rule says",
    "why: string: why it stands so",
    "told_on: date: when its lead told of it; empty where nothing was told for this quarter",
    "done: string: what was done, in its lead's words",
    "next_milestone: string: what comes next",
    "next_on: date: when that is expected",
    "in_the_way: string: what is in the way, in its lead's words",
    "asks: string: what is asked of a board",
    "asks_board: string: of which board",
    "indicators: string: the indicators that it should move",
    "serves: string: the paragraph or duty that calls for it",
    "funding: string: what it is paid from",
    "milestones: string: the plan's milestones, each with its day",
    "late: string: the milestones that have passed and are not met",
    "source: string: the word that it came from",
)
OBSERVATION_KEY = ("indicator", "area_code", "breakdown", "category", "period_start", "period_end")


def tables_of(framework: Framework, tables: ReleaseTables) -> tuple[Table, ...]:
    """Every table of a release, observations first."""
    framework = as_told(framework, (*tables.history, *tables.observations))
    return (
        Table("observations", "Figures", OBSERVATION_COLUMNS, _rows(tables.observations), OBSERVATION_KEY),
        Table("history", "Earlier figures", OBSERVATION_COLUMNS, _rows(tables.history), OBSERVATION_KEY),
        Table(
            "indicators",
            "What is measured",
            _INDICATOR_COLUMNS,
            tuple(_indicator_row(framework, each, tables.period) for each in framework.indicators),
            ("indicator",),
        ),
        Table("coverage", "How complete it is", _COVERAGE_COLUMNS, _coverage_rows(tables.coverage), ("partner",)),
        Table("rates", "Completeness", _RATE_COLUMNS, tuple(sorted(tables.rates.items())), ("rate",)),
        Table("gaps", "What is missing", _GAP_COLUMNS, _gap_rows(tables.gaps)),
        Table("revisions", "What changed", _REVISION_COLUMNS, _revision_rows(tables.revisions)),
        Table("versions", "Versions", _VERSION_COLUMNS, _version_rows(tables.versions), ("version",)),
        *_activity_table(tables),
    )


def _activity_table(tables: ReleaseTables) -> Iterator[Table]:
    """The table of activities, earlier quarters first; none where the partnership has none."""
    lines = (*tables.activities_before, *tables.activities)
    if lines:
        rows = tuple(map(_activity_row, lines))
        yield Table("activities", "Activities", _ACTIVITY_COLUMNS, rows, ("activity", "period_start", "period_end"))


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
        each.asks,
        each.asks_board,
        _join(each.indicators),
        each.serves,
        _join(each.funding),
        _join(f"{title} ({on.isoformat()})" for title, on in each.milestones),
        _join(each.late),
        each.source,
    )


def read_observation(row: Mapping[str, str]) -> Observation:
    """An observation from a row of a published CSV file."""
    return Observation(
        indicator=row["indicator"],
        definition_version=int(row["definition_version"]),
        area_code=row["area_code"],
        area_name=row["area_name"],
        breakdown=row["breakdown"],
        category=row["category"],
        category_title=row["category_title"],
        period=Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"])),
        value=_number(row["value"]),
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        unit=row["unit"],
        marker=Marker(row["marker"]) if row["marker"] else None,
        comparable=row["comparable"] == "true",
        comparable_why=row["comparable_why"],
        source_return=row["source_return"],
        source_sha256=row["source_sha256"],
        source_cells=_split(row["source_cells"]),
        caveats=_split(row["caveats"]),
        commentary=row["commentary"],
        stale=row["stale"] == "true",
    )


def _rows(observations: Iterable[Observation]) -> tuple[tuple[Value, ...], ...]:
    return tuple(_observation_row(each) for each in observations)


def _observation_row(each: Observation) -> tuple[Value, ...]:
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
        each.value,
        each.numerator,
        each.denominator,
        each.unit,
        str(each.marker or ""),
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
        _join(each.readings),
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
