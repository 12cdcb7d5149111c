"""A file with a row for each case is counted; what it holds about people that nobody asked for is told, not kept."""

from datetime import date

import pytest

from expectations.check_return import check_reading
from expectations.checking import Checked
from expectations.counted_records import of_records
from quarterday.adapters.parsing.tables import FileTables, Table
from quarterday.domain.facts import Verdict
from quarterday.domain.framework.exports import Export
from tests.expectations.conftest import job, request

FIGURES = {"indicator": "fires", "area": {"always": "E09000099"}, "when": {"date_column": "Date"}, "records": True}
CASES = Export.model_validate({"code": "cases", "title": "Cases", "partner": "fire", "figures": [FIGURES]})
JOB = job(request=request(partner="fire", asked=("fires",), withheld=()), exports={"cases": CASES})


def told(*rows: tuple[object, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """What is told of a file with these rows."""
    reading = FileTables((Table("", False, rows),))
    return [(each.rule, each.cells) for each in of_records(JOB, reading)]


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("NHS", ("943 476 5919", "943 476 5919")), ("Victim name", ("Danielle Whitcombe", "Ahmed Siddiqui")),
        ("DOB", (date(1999, 3, 12), date(2001, 1, 1))), ("Postcode", ("SE6 4RU", "SE13 6LG")),
        ("Remark", ("card 4111 1111 1111 1111", None)),
    ],
)  # fmt: skip
def test_a_column_about_people_is_told(title: str, cells: tuple[object, object]) -> None:
    """Once a column, at its title."""
    rows = (("Date", title), (date(2025, 4, 1), cells[0]), (date(2025, 5, 1), cells[1]))

    assert [("records-personal", ("B1",))] == told(*rows)


def test_the_columns_that_are_counted_by_are_no_trouble() -> None:
    """The date of a case, a street, a ward: they were agreed, or are about nobody."""
    assert [] == told(("Date", "Ward"), (date(2025, 4, 1), "Rushey Green"), (date(2025, 5, 1), "Bellingham"))


def test_case_numbers_that_stand_twice_are_asked_about() -> None:
    """There may be a row for each victim."""
    rows = (("Incident number", "Date"), ("F1", date(2025, 4, 1)), ("F1", date(2025, 4, 1)), ("F2", date(2025, 5, 1)))

    assert [("records-repeated", ("A1",))] == told(*rows)


def checked(*tables: Table) -> Checked:
    """What the check makes of a file with these sheets."""
    return check_reading(JOB, FileTables(tables))


RECORDS = Table("Cases", False, (("Date", "NHS"), (date(2025, 4, 1), "943 476 5919"), (date(2025, 5, 1), None)))


def test_records_are_counted_and_the_sender_is_told() -> None:
    """The rows are figures, nothing is kept apart."""
    read = checked(RECORDS)

    assert Verdict.QUARANTINED != read.verdict
    assert "records-personal" in {each.rule for each in read.findings}


def test_another_sheet_of_such_a_file_was_not_agreed() -> None:
    """A list of patients beside the counted rows is kept apart as anywhere."""
    other = Table("Patients", True, (("NHS", "Name"), ("943 476 5919", "Danielle Whitcombe")))

    assert Verdict.QUARANTINED == checked(RECORDS, other).verdict
