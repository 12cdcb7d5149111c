"""Classes that have no row, that have a sheet of their own, and figures that two entries of a mapping give."""

from datetime import date

import pytest

from expectations.check_return import absent_last_time
from quarterday.adapters.reading import ReadReturn
from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.periods import Period
from tests.reading.conftest import APRIL_TO_JUNE, NORTH, SOUTH, framework, indicator, request_for
from tests.reading.filling import returned
from tests.reading.test_exports import mapping, values
from tests.reading.test_proposals import book

OF_ARSON = "Borough,Ward code,Offence,202504,202505,202506\nSomewhere,E05000001,ARSON,1,2,3\n"
JANUARY_TO_MARCH = Period(date(2025, 1, 1), date(2025, 3, 31))
OCTOBER_TO_DECEMBER = Period(date(2024, 10, 1), date(2024, 12, 31))


def read(export: Export, data: bytes = OF_ARSON.encode(), name: str = "export.csv") -> ReadReturn:
    """The return that a mapping makes, where the total is asked beside its classes."""
    of = framework(indicators=(indicator("crime", "Recorded crime", area="ward", breakdowns=("offence",)),))
    return returned(data, request_for("police", "crime"), name, of, {"police-export": export})


def rules(result: ReadReturn) -> set[str]:
    """The rules of what was found."""
    return {each.rule for each in result.findings}


def test_a_class_without_any_row_is_asked_about_once() -> None:
    """A mapping that says that it may be absent is not asked."""
    category = {"breakdown": "offence", "column": "Offence", "written_as": "slug"}
    rare = mapping(category={**category, "may_be_absent": ["theft-from-the-person"]})

    assert "export-class-absent" in rules(read(mapping()))
    assert "export-class-absent" not in rules(read(rare))


def figure(category: str, period: Period, value: float) -> Figure:
    """An earlier figure of the north."""
    return Figure("crime", 1, NORTH, "offence", category, period, value)


@pytest.mark.parametrize(("before", "quiet"), [(0, {("crime", "arson")}), (4, set())])
def test_a_class_that_had_none_last_time_is_not_asked_about_again(before: int, quiet: set[tuple[str, str]]) -> None:
    """Only the last period before the one that is asked for counts."""
    earlier = (
        figure("arson", OCTOBER_TO_DECEMBER, 9),
        figure("arson", JANUARY_TO_MARCH, before),
        figure("theft-from-the-person", JANUARY_TO_MARCH, 2),
        figure("arson", APRIL_TO_JUNE, 7),
    )

    assert quiet == absent_last_time(earlier, APRIL_TO_JUNE)


def by_sheets(**changes: object) -> Export:
    """A mapping of a sheet for each offence."""
    shared = {
        "indicator": "crime",
        "area": {"column": "Ward", "written_as": "name"},
        "when": {"months_across": "any"},
        **changes,
    }
    offences = {"Arson": "arson", "Theft": "theft-from-the-person"}
    entries = [
        {**shared, "sheet": sheet, "category": {"breakdown": "offence", "always": code}}
        for sheet, code in offences.items()
    ]
    return Export.model_validate({"code": "x", "title": "X", "partner": "police", "figures": entries})


def test_a_sheet_may_be_of_one_class() -> None:
    """The total is added up over the sheets."""
    ward = ["North Park", 1, 2, 3]
    titles = ["Ward", "Apr-25", "May-25", "Jun-25"]

    result = read(by_sheets(), book(Arson=[titles, ward], Theft=[titles, ward]), "export.xlsx")

    assert {(NORTH, "arson"): 6, (NORTH, "theft-from-the-person"): 6, (NORTH, ""): 12} == values(result)


def test_two_entries_that_give_one_figure_are_asked_about() -> None:
    """Both sheets are mapped to arson: neither number is dropped in silence."""
    export = by_sheets()
    twice = export.figures[0].model_copy(update={"sheet": "Theft"})
    titles, ward = ["Ward", "Apr-25", "May-25", "Jun-25"], ["St Mary's & South", 1, 2, 3]

    result = read(
        export.model_copy(update={"figures": (export.figures[0], twice)}),
        book(Arson=[titles, ward], Theft=[titles, ward]),
        "export.xlsx",
    )

    found = next(each for each in result.findings if each.rule == "export-repeated-row")
    assert ("B2", "C2", "D2") == found.cells[:3]
    assert SOUTH == result.partner_return.rows[0].area_code
