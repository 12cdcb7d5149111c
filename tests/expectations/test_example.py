"""The worked example's own forms, filled in well, are accepted: no partner is told off for nothing."""

import io
import math
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from expectations.check_return import check_readings
from expectations.checking import Checked, Job
from quarterday.adapters.config_files import load_exports, load_framework
from quarterday.adapters.parsing.files import parse
from quarterday.adapters.reading import FileTables
from quarterday.adapters.template import build_template
from quarterday.domain.facts import RequestMade, Verdict
from quarterday.domain.figures.findings import Severity
from quarterday.domain.figures.returns import GridRow, grid
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import parse_quarter

CONFIG = Path(__file__).parents[2] / "config"
QUARTER = parse_quarter("2025-26 Q1")


@pytest.fixture(scope="module")
def example() -> Framework:
    """The framework that config/ holds."""
    return load_framework(CONFIG)


def request(framework: Framework, partner: str) -> RequestMade:
    """Everything that it is a partner's turn to send."""
    return RequestMade(
        at=datetime(2025, 6, 20, tzinfo=UTC),
        by="quarterday",
        partnership=framework.partnership.code,
        collection="a-collection",
        request=f"a-collection-{partner}",
        partner=partner,
        asked=tuple(each.code for each in framework.asked_of(partner, QUARTER)),
        withheld=(),
        due=date(2025, 7, 22),
        closes=date(2025, 8, 1),
    )


def usual(framework: Framework, indicator: Indicator) -> int:
    """A usual total, and no more than the indicator that it is part of."""
    low, high = indicator.usual_low, indicator.usual_high
    total = math.ceil(((low or 0) + (high if high is not None else (low or 0) + 80)) / 2)
    if indicator.no_more_than in framework.indicator:
        total = min(total, usual(framework, framework.indicator[indicator.no_more_than]))
    return total


def entry(framework: Framework, place: GridRow) -> dict[str, int]:
    """What a good return says at a place: categories share the total, a rate is its usual one of a thousand."""
    indicator = framework.indicator[place.indicator]
    total = usual(framework, indicator)
    if indicator.has_parts:
        return {"Numerator": round(1000 * total / indicator.per), "Denominator": 1000}
    if not place.breakdown:
        return {"Value": total}
    categories = [each.code for each in framework.breakdown[place.breakdown].categories]
    at = categories.index(place.category)
    return {"Value": total // len(categories) + (total % len(categories) if at == 0 else 0)}


def filled_in(framework: Framework, asked: RequestMade) -> bytes:
    """The partner's form, filled in."""
    book = openpyxl.load_workbook(io.BytesIO(build_template(framework, asked, QUARTER, ())))
    sheet = book["Figures"]
    header = next(row for row in sheet.iter_rows() if any(each.value == "Indicator code" for each in row))
    column = {each.value: each.column for each in header}
    indicators = tuple(framework.indicator[code] for code in asked.asked)
    entries = {
        (place.indicator, place.area_code, place.breakdown, place.category, place.period.start): entry(framework, place)
        for place in grid(framework, indicators, QUARTER)
    }
    for row in range(header[0].row + 1, sheet.max_row + 1):
        titles = ("Indicator code", "Area code", "Breakdown code", "Category code")
        named = [(sheet.cell(row, column[title]).value if title in column else None) or "" for title in titles]
        start = sheet.cell(row, column["Period from"]).value
        for title, value in entries.get((*named, start.date() if isinstance(start, datetime) else start), {}).items():
            sheet.cell(row, column[title]).value = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def checked(example: Framework) -> dict[str, Checked]:
    """Every partner's form, filled in well and checked in one validation."""
    return check_readings(dict(_readings(example)))


def _readings(example: Framework) -> Iterator[tuple[str, tuple[Job, FileTables]]]:
    exports = load_exports(CONFIG)
    for partner in example.partners:
        asked = request(example, partner.code)
        if asked.asked:
            data = filled_in(example, asked)
            reading = parse(data, "return.xlsx")
            assert isinstance(reading, FileTables)
            yield partner.code, (Job(data, ".xlsx", example, asked, QUARTER, exports, (), date(2025, 7, 10)), reading)


def test_every_form_filled_in_well_is_accepted(checked: dict[str, Checked]) -> None:
    """No form of the example leads to anything to put right or to explain."""
    told = {
        partner: [f"{each.place} {each.sentence}" for each in of.findings if each.severity is not Severity.INFORMATION]
        for partner, of in checked.items()
    }

    assert {} == {partner: sentences for partner, sentences in told.items() if sentences}
    assert {Verdict.ACCEPTED} == {of.verdict for of in checked.values()}
    assert len(checked) >= 12
