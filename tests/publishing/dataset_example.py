"""A partnership of three wards whose police count thefts by ward and kind: the smallest place with telling margins."""

from collections.abc import Mapping, Sequence
from datetime import date

from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Breakdown, Category, Definition, Indicator
from quarterday.domain.framework.partners import Area, Partnership
from quarterday.domain.framework.periods import Period, parse_quarter
from quarterday.publishing.disclosure.cells import Cell, LinkedTables, Place
from tests.domain.conftest import framework as small_framework

Q1 = parse_quarter("2025-26 Q1")
Q4 = parse_quarter("2024-25 Q4")
BOROUGH = "E09000099"
WARDS = ("E05000001", "E05000002", "E05000003")
KINDS = ("bicycle", "shop", "vehicle")


def indicator(code: str, supplier: str = "police", **more: object) -> Indicator:
    """An indicator that hides what is below five, unless told otherwise."""
    definitions = more.pop("definitions", (Definition(version=1, holds_from=date(2023, 4, 1), text="As counted."),))
    return Indicator(
        code=code,
        title=code.replace("-", " ").capitalize(),
        definitions=definitions,
        supplier=supplier,
        priorities=("safer-streets",),
        purpose="crime-and-disorder",
        **more,
    )


THEFTS = indicator("thefts", area="ward", breakdowns=("kind",), ask_total=False)
FIRES = indicator("fires", "fire")
DETECTED = indicator("detected", unit="percentage", numerator="Detected", denominator="Offences")


def framework(*indicators: Indicator, **changes: object) -> Framework:
    """The partnership with these indicators, or with thefts, fires and a detection rate."""
    base = small_framework()
    areas = (
        Area(code=BOROUGH, name="Somewhere", level="borough"),
        *(Area(code=code, name=f"Ward {number}", level="ward") for number, code in enumerate(WARDS, start=1)),
    )
    partnership = Partnership(**{**base.partnership.model_dump(), "areas": [each.model_dump() for each in areas]})
    kinds = Breakdown(
        code="kind", title="Kind", categories=tuple(Category(code=each, title=each.capitalize()) for each in KINDS)
    )
    return small_framework(
        **{
            "partnership": partnership,
            "breakdowns": (kinds,),
            "indicators": indicators or (THEFTS, FIRES, DETECTED),
            **changes,
        }
    )


def figure(code: str = "fires", value: float | None = 10, **more: object) -> Figure:
    """One figure of the first quarter of 2025-26."""
    fields: dict[str, object] = {
        "indicator": code,
        "definition_version": 1,
        "area_code": BOROUGH,
        "breakdown": "",
        "category": "",
        "period": Q1,
        "value": value,
        "source_return": "R1",
        "source_sha256": "ab" * 32,
    }
    return Figure(**{**fields, **more})


def ward_figures(
    values: Sequence[Sequence[float | None]], code: str = "thefts", period: Period = Q1, source: str = "R1"
) -> list[Figure]:
    """A figure for each ward (row) and kind (column)."""
    return [
        figure(
            code,
            value,
            area_code=ward,
            breakdown="kind",
            category=kind,
            period=period,
            source_return=source,
            marker=None if value is not None else Marker.NOT_AVAILABLE,
        )
        for ward, row in zip(WARDS, values, strict=False)
        for kind, value in zip(KINDS, row, strict=False)
    ]


def two_way(
    values: Sequence[Sequence[int]], threshold: int
) -> tuple[LinkedTables, Mapping[tuple[int | None, int | None], int]]:
    """A table with both margins as linked tables; the cells by row and column, None for a margin."""
    tables, cells = LinkedTables(), {}
    rows, columns = [*range(len(values)), None], [*range(len(values[0])), None]
    for row in rows:
        for column in columns:
            inside = [
                values[r][c]
                for r in range(len(values))
                for c in range(len(values[0]))
                if row in (r, None) and column in (c, None)
            ]
            place = Place("table", "value", str(row), "" if column is None else "kind", str(column), Q1)
            cells[row, column] = len(tables.cells)
            tables.cells.append(Cell(place, sum(inside), threshold, small=0 < sum(inside) < threshold))
    for row in rows:
        tables.relate([*((cells[row, c], 1) for c in columns[:-1]), (cells[row, None], -1)])
    for column in columns:
        tables.relate([*((cells[r, column], 1) for r in rows[:-1]), (cells[None, column], -1)])
    return tables, cells
