"""A framework with one indicator of each kind over four wards, and a good return of it as a workbook."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import openpyxl
import pytest

from expectations.checking import Checker, Job
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.returns import GridRow, grid
from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework, Plan, Priority
from quarterday.domain.framework.indicators import (
    Breakdown,
    Category,
    Definition,
    Disclosure,
    Frequency,
    Indicator,
    Unit,
)
from quarterday.domain.framework.ladder import Ladders, Rung
from quarterday.domain.framework.partners import Area, Board, Contact, Meeting, Officer, Partner, Partnership
from quarterday.domain.framework.periods import Period, financial_quarter, parse_quarter

QUARTER = financial_quarter(2025, 1)
WARDS = ("Abbey", "Evelyn", "Grove Park", "St Mary’s")
COLUMNS = (
    "Indicator", "Area", "Breakdown", "Category", "Period from", "Period to", "Value", "Numerator", "Denominator",
    "Marker", "Comment", "Area code", "Indicator code", "Breakdown code", "Category code", "Partner code", "Collection",
)  # fmt: skip


def indicator(code: str, **more: object) -> Indicator:
    """An indicator of the police."""
    return Indicator(
        **{
            "code": code,
            "title": code.replace("-", " ").capitalize(),
            "definitions": (Definition(version=1, holds_from=date(2020, 4, 1), text=f"The number of {code}."),),
            "supplier": "police",
            "priorities": ("safer-streets",),
            "purpose": "crime-and-disorder",
            "disclosure": Disclosure(rule="none"),
            **more,
        }
    )


INDICATORS = (
    indicator("ward-panels", unit=Unit.OUT_OF, out_of=19, usual_low=8, usual_high=18),
    indicator(
        "stop-and-search", breakdowns=("reason",), disclosure=Disclosure(threshold=5), usual_low=100, usual_high=500
    ),
    indicator(
        "positive-outcomes", unit=Unit.PERCENTAGE, numerator="with an outcome", denominator="searches", at_most=100,
        usual_low=10, usual_high=60,
    ),
    indicator("offences", area="ward", breakdowns=("offence",), ask_total=False),
    indicator("weapon-finds", no_more_than="stop-and-search"),
    indicator("calls", frequency=Frequency.MONTH, at_most=5000),
)  # fmt: skip


def the_framework(**changes: object) -> Framework:
    """The framework of these tests, with whatever a test changes."""
    lead = Contact(name="Lee Lead", email="lee@somewhere.example")
    wards = tuple(Area(code=f"E0501371{n}", name=name, level="ward") for n, name in enumerate(WARDS, 1))
    parts: dict[str, object] = {
        "partnership": Partnership(
            code="somewhere",
            name="Safer Somewhere",
            sender="returns@somewhere.example",
            reply_to="officers@somewhere.example",
            officers=(Officer(code="jo", name="Jo Officer", email="jo@somewhere.example"),),
            boards=(
                Board(
                    code="board", name="The Board", kind="board", lead=lead,
                    meetings=(Meeting(on=date(2025, 8, 14), considers=parse_quarter("2025-26 Q1")),),
                ),
            ),
            areas=(Area(code="E09000099", name="Somewhere", level="borough"), *wards),
        ),
        "partners": (
            Partner(code="police", name="Police", contact=Contact(name="Pat Police", email="pat@police.example")),
            Partner(code="fire", name="Fire Service", contact=Contact(name="Fay Fire", email="fay@fire.example")),
        ),
        "agreements": (
            Agreement(
                code="main", title="The agreement", parties=("police", "fire"), purposes=("crime-and-disorder",),
                lawful_basis="Crime and Disorder Act 1998, s.115", state="in force",
                starts=date(2023, 4, 1), ends=date(2027, 3, 31),
            ),
        ),
        "ladders": Ladders(
            first=(Rung(code="remind", days=-3, to="contact", email="reminder"),),
            more_time=(Rung(code="chase", days=1, to="contact", email="chaser-more-time"),),
            correction=(Rung(code="chase", days=1, to="contact", email="chaser-correction"),),
            rest=(Rung(code="chase", days=1, to="contact", email="chaser-rest"),),
        ),
        "plans": (Plan(code="plan", title="The plan"),),
        "priorities": (Priority(code="safer-streets", title="Safer streets", plan="plan", board="board"),),
        "breakdowns": (
            Breakdown(code="reason", title="Reason", categories=_categories("Drugs", "Weapons", "Other")),
            Breakdown(code="offence", title="Offence", categories=_categories("Burglary", "Robbery")),
        ),
        "indicators": (*INDICATORS, indicator("secrets"), indicator("fires", supplier="fire")),
        "calendar": WorkingDays(frozenset(), frozenset({2024, 2025, 2026})),
    }  # fmt: skip
    return Framework(**{**parts, **changes})


def _categories(*titles: str) -> tuple[Category, ...]:
    return tuple(Category(code=title.lower(), title=title) for title in titles)


FRAMEWORK = the_framework()


def request(**changes: object) -> RequestMade:
    """What the police were asked for April to June 2025."""
    parts: dict[str, object] = {
        "at": datetime(2025, 6, 20, 8, tzinfo=UTC),
        "by": "quarterday",
        "partnership": "somewhere",
        "collection": "somewhere-2025-26-q1",
        "request": "somewhere-2025-26-q1-police",
        "partner": "police",
        "asked": tuple(each.code for each in INDICATORS),
        "withheld": ("secrets",),
        "due": date(2025, 7, 18),
        "closes": date(2025, 7, 31),
    }
    return RequestMade(**{**parts, **changes})


def job(data: bytes = b"", **changes: object) -> Job:
    """A job for a file that answers the request."""
    parts: dict[str, object] = {
        "data": data, "suffix": ".xlsx", "framework": FRAMEWORK, "request": request(), "period": QUARTER,
        "exports": {}, "earlier": (), "today": date(2025, 7, 10),
    }  # fmt: skip
    return Job(**{**parts, **changes})


def places() -> list[GridRow]:
    """The grid of the request, in the order of the good return's rows."""
    return grid(FRAMEWORK, INDICATORS, QUARTER)


def good_entry(place: GridRow) -> dict[str, object]:
    """What the good return says at a place: consistent with itself, usual, and nothing in it twice."""
    if place.indicator == "positive-outcomes":
        return {"Numerator": 48, "Denominator": 160}
    values = {"ward-panels": 17, "stop-and-search": 160, "weapon-finds": 12}
    shares = {"drugs": 90, "weapons": 45, "other": 25, "burglary": 21, "robbery": 9}
    if place.category:
        return {"Value": shares[place.category] + int(place.area_code[-1]) % 5 * (place.indicator == "offences")}
    return {"Value": values.get(place.indicator, 800 + place.period.start.month)}


def good_rows() -> list[dict[str, object]]:
    """The good return, a dictionary a row, by the form's column titles."""
    return [
        {
            "Indicator": FRAMEWORK.indicator[place.indicator].title,
            "Area": place.area_name,
            "Breakdown": FRAMEWORK.breakdown[place.breakdown].title if place.breakdown else None,
            "Category": place.category_title or None,
            "Period from": place.period.start,
            "Period to": place.period.end,
            "Area code": place.area_code,
            "Indicator code": place.indicator,
            "Breakdown code": place.breakdown or None,
            "Category code": place.category or None,
            "Partner code": "police",
            "Collection": "somewhere-2025-26-q1",
            **good_entry(place),
        }
        for place in places()
    ]


def workbook(rows: Iterable[dict[str, object]], sheets: Iterable[tuple[str, list[list[object]]]] = ()) -> bytes:
    """Rows as a filled-in form, with further sheets where a test wants them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Figures"
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([row.get(column) for column in COLUMNS])
    for title, cells in sheets:
        other = book.create_sheet(title)
        for line in cells:
            other.append(line)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def cell(row: int, column: str) -> str:
    """The address of a column in the n-th row of figures, counted from 0."""
    return f"{openpyxl.utils.get_column_letter(COLUMNS.index(column) + 1)}{row + 2}"


def row_of(indicator: str, area: str = "", category: str = "", month: int = 0) -> int:
    """The number of the row of the good return at a place."""
    return next(
        number
        for number, place in enumerate(places())
        if place.indicator == indicator
        and (not area or place.area_name == area)
        and place.category == category
        and (not month or place.period.start.month == month)
    )


def earlier(indicator: str, values: Iterable[float], category: str = "", area_code: str = "E09000099") -> list[Figure]:
    """The figures of the quarters before, the latest last."""
    values = list(values)
    quarters = [financial_quarter(2024 - n // 4, 4 - n % 4) for n in range(len(values))][::-1]
    breakdown = next(iter(FRAMEWORK.indicator[indicator].breakdowns), "") if category else ""
    return [
        Figure(indicator, 1, area_code, breakdown, category, period, value)
        for period, value in zip(quarters, values, strict=True)
    ]


JUNE_TO_SEPTEMBER = Period(date(2025, 6, 1), date(2025, 9, 30))


@pytest.fixture(scope="session")
def checker() -> Iterator[Checker]:
    """One warm process for the whole session."""
    with Checker() as warm:
        warm.start()
        yield warm
