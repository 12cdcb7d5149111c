"""Proposals for layouts in which rows, sheets or words around the table say what a number is."""

from dataclasses import replace
from typing import Any

import pytest

from quarterday.adapters.parsing.files import parse
from quarterday.adapters.reading import FileTables, as_return
from quarterday.adapters.reading.proposals import propose
from quarterday.adapters.reading.proposed_mapping import as_export, mapping_file, mapping_in
from quarterday.domain.framework.exports import Export
from tests.reading.conftest import APRIL_TO_JUNE, NORTH, SOUTH, request_for
from tests.reading.test_proposals import CRIME, MONTHS, SAFE, book

Rows = list[list[object]]
ARSON, THEFT = "arson", "theft-from-the-person"
REPEATS = {("repeats", "numerator", "E09000099", ""): 6, ("repeats", "denominator", "E09000099", ""): 30}
OF_CRIME = {
    ("crime", "value", NORTH, ARSON): 3,
    ("crime", "value", NORTH, THEFT): 6,
    ("crime", "value", SOUTH, ARSON): 9,
}
BY_MONTH = [[ward, offence, month, count] for month in MONTHS for ward, offence, count in CRIME]
MONTH_FIRST = [[month, ward, offence, count] for ward, offence, month, count in BY_MONTH]
ARSONS = {("crime", "value", NORTH, ARSON): 3, ("crime", "value", SOUTH, ARSON): 6}
Sample = tuple[dict[str, Rows], dict[tuple[str, str, str, str], float], str]
ACROSS = ["Apr-25", "May-25", "Jun-25"]


def read_bytes(data: bytes, file: str) -> FileTables:
    """What is read of a sample, in this process."""
    reading = parse(data, file)
    assert isinstance(reading, FileTables)
    return replace(reading, name=file)


def figures_of(sheets: dict[str, Rows], file: str) -> tuple[dict[tuple[str, str, str, str], float], tuple[str, ...]]:
    """Every number that the proposed mapping reads of April to June, and what was remarked."""
    reading = read_bytes(book(**sheets), file)
    proposal = propose(reading, SAFE, SAFE.indicators)
    assert proposal.figures, proposal.remarks
    mapping = mapping_in(mapping_file(as_export(SAFE, proposal, "sample"), proposal))
    read = as_return(reading, SAFE, request_for("police", *mapping.indicators), APRIL_TO_JUNE, {mapping.code: mapping})
    found = {
        (row.indicator, part, row.area_code, row.category): number
        for row in read.partner_return.rows
        for part in ("value", "numerator", "denominator")
        if (number := getattr(row, part)) is not None
    }
    return found, proposal.remarks


LAYOUTS: dict[str, Sample] = {
    "a row for each part of a rate": (
        {
            "A": [
                ["KPI", "Measure", *ACROSS],
                ["Repeat cases", "Numerator", 1, 2, 3],
                ["Repeat cases", "Denominator", 10, 10, 10],
                ["Repeat cases", "Percent", "10%", "20%", "30%"],
            ]
        },
        REPEATS,
        "kpi.xlsx",
    ),
    "parts by other words, labels not repeated": (
        {
            "A": [
                ["Indicator", "Type", *ACROSS],
                ["Repeat cases", "Number", 1, 2, 3],
                [None, "Out of", 10, 10, 10],
                [None, "%", 0.1, 0.2, 0.3],
                ["Deliberate secondary fires", "Number", 1, 1, 1],
            ]
        },
        {**REPEATS, ("secondary-fires", "value", "E09000099", ""): 3},
        "kpi.xlsx",
    ),
    "parts without a label, the indicator above": (
        {"A": [["Repeat cases"], [], ["Measure", *ACROSS], ["Numerator", 1, 2, 3], ["Denominator", 10, 10, 10]]},
        REPEATS,
        "kpi.xlsx",
    ),
    "the part behind the label": (
        {
            "A": [
                ["KPI", *ACROSS],
                ["Repeat cases - numerator", 1, 2, 3],
                ["Repeat cases - denominator", 10, 10, 10],
                ["Repeat cases (%)", 0.1, 0.2, 0.3],
            ]
        },
        REPEATS,
        "kpi.xlsx",
    ),
    "a column for each part": (
        {
            "A": [
                ["Month", "Indicator", "Numerator", "Denominator", "Rate"],
                *(
                    [month, "Repeat cases", count, 10, count / 10]
                    for month, count in zip(MONTHS, (1, 2, 3), strict=True)
                ),
            ]
        },
        REPEATS,
        "kpi.xlsx",
    ),
    "targets among the rows": (
        {
            "A": [
                ["Ward", "Offence", "Month", "Type", "Count"],
                *([*row[:3], "Actual", row[3]] for row in BY_MONTH),
                *([*row[:3], "Target", 50] for row in BY_MONTH),
            ]
        },
        OF_CRIME,
        "crime.xlsx",
    ),
    "areas and classes that are not ours": (
        {
            "A": [
                ["Ward", "Offence", "Month", "Count"],
                *BY_MONTH,
                *(["Unknown", "Arson", month, 4] for month in MONTHS),
                *(["North Park", "Parking", month, 4] for month in MONTHS),
            ]
        },
        OF_CRIME,
        "crime.xlsx",
    ),
    "a sheet an area": (
        {
            "North_Park": [["Offence", *ACROSS], ["Arson", 1, 1, 1], ["Theft from the person", 2, 2, 2]],
            "St_Mary's_&_South": [["Offence", *ACROSS], ["Arson", 3, 3, 3]],
        },
        OF_CRIME,
        "crime.xlsx",
    ),
    "a sheet a class": (
        {
            "Arson": [["Ward", *ACROSS], ["North Park", 1, 1, 1], ["St Mary's & South", 3, 3, 3]],
            "Theft_from_the_person": [["Ward", *ACROSS], ["North Park", 2, 2, 2]],
        },
        OF_CRIME,
        "crime.xlsx",
    ),
    "two sheets of one table": (
        {
            "North": [["Ward", "Offence", *ACROSS], ["North Park", "Arson", 1, 1, 1]],
            "South": [["Ward", "Offence", *ACROSS], ["St Mary's & South", "Arson", 2, 2, 2]],
        },
        ARSONS,
        "crime.xlsx",
    ),
    "a sheet an indicator": (
        {
            "One": [["Deliberate secondary fires"], ["Month", "Count"], *([month, 1] for month in MONTHS)],
            "Two": [
                ["Deliberate primary fires of road vehicles"],
                ["Month", "Count"],
                *([month, 2] for month in MONTHS),
            ],
        },
        {("secondary-fires", "value", "E09000099", ""): 3, ("vehicle-fires", "value", "E09000099", ""): 6},
        "fires.xlsx",
    ),
    "thousands, in the title": (
        {"A": [["Ward", "Offence", "Month", "Count (thousands)"], *BY_MONTH]},
        {figure: 1000 * number for figure, number in OF_CRIME.items()},
        "crime.xlsx",
    ),
    "thousands, above the table": (
        {"A": [["Figures in thousands"], [], ["Ward", "Offence", "Month", "Count"], *BY_MONTH]},
        {figure: 1000 * number for figure, number in OF_CRIME.items()},
        "crime.xlsx",
    ),
    "thousands, beside each row": (
        {
            "A": [
                ["Indicator", "Unit", *ACROSS],
                ["Deliberate secondary fires", "thousands", 1, 1, 1],
                ["Referrals to MARAC", "count", 1, 1, 1],
            ]
        },
        {("secondary-fires", "value", "E09000099", ""): 3000, ("referrals", "value", "E09000099", ""): 3},
        "kpi.xlsx",
    ),
    "the period in the file's name": (
        {"A": [["Ward", "Offence", "Count"], *([ward, offence, 3 * count] for ward, offence, count in CRIME)]},
        OF_CRIME,
        "crime_2025-26_Q1_final v2.xlsx",
    ),
    "one class, months and classes in one title": (
        {
            "A": [
                ["Ward", "Arson Apr-25", "Arson May-25", "Arson Jun-25"],
                ["North Park", 1, 1, 1],
                ["St Mary's & South", 2, 2, 2],
            ]
        },
        ARSONS,
        "crime.xlsx",
    ),
    "one class, the month before it": (
        {
            "A": [
                ["Ward", "Apr-25 Arson", "May-25 Arson", "Jun-25 Arson"],
                ["North Park", 1, 1, 1],
                ["St Mary's & South", 2, 2, 2],
            ]
        },
        ARSONS,
        "crime.xlsx",
    ),
    "one class above its months": (
        {
            "A": [
                [None, "Arson", None, None],
                ["Ward", *ACROSS],
                ["North Park", 1, 1, 1],
                ["St Mary's & South", 2, 2, 2],
            ]
        },
        ARSONS,
        "crime.xlsx",
    ),
    "months above their classes": (
        {
            "A": [
                [None, "Apr-25", None, "May-25", None, "Jun-25", None],
                ["Ward", *["Arson", "Theft from the person"] * 3],
                ["North Park", 1, 2, 1, 2, 1, 2],
                ["St Mary's & South", 3, 0, 3, 0, 3, 0],
            ]
        },
        {**OF_CRIME, ("crime", "value", SOUTH, THEFT): 0},
        "crime.xlsx",
    ),
    "three rows of titles": (
        {
            "A": [
                [None, "2025/26", None, None, None, None, None],
                [None, "Arson", None, None, "Theft from the person", None, None],
                ["Ward", *["Apr", "May", "Jun"] * 2],
                ["North Park", 1, 1, 1, 2, 2, 2],
                ["St Mary's & South", 3, 3, 3, 0, 0, 0],
            ]
        },
        {**OF_CRIME, ("crime", "value", SOUTH, THEFT): 0},
        "crime.xlsx",
    ),
    "one class of all, beside others": (
        {"A": [["Ward", "Offence", *ACROSS], ["North Park", "Arson", 1, 1, 1], ["North Park", "Parking", 9, 9, 9]]},
        {("crime", "value", NORTH, ARSON): 3},
        "crime.xlsx",
    ),
    "one class in the title": (
        {
            "A": [
                ["Arson by ward, April to June 2025"],
                [],
                ["Ward", "Count"],
                ["North Park", 3],
                ["St Mary's & South", 6],
            ]
        },
        ARSONS,
        "crime.xlsx",
    ),
    "one label that is ours": (
        {"A": [["KPI", "Q1 2025/26", "Q2 2025/26"], ["Referrals to MARAC", 41, 2], ["Staff in post", 5, 5]]},
        {("referrals", "value", "E09000099", ""): 41},
        "kpi.xlsx",
    ),
    "one column that is ours": (
        {"A": [["Month", "Secondary deliberate", "Staff"], *([month, 3, 50] for month in MONTHS)]},
        {("secondary-fires", "value", "E09000099", ""): 9},
        "fires.xlsx",
    ),
    "notes below the rows": (
        {"A": [["OFFICIAL"], [], ["Month", "Ward", "Offence", "Count"], *MONTH_FIRST, [], ["Notes: provisional"]]},
        OF_CRIME,
        "crime.xlsx",
    ),
    "quarters across by their ends": (
        {"A": [["Ward", "Offence", "Apr-Jun 2025", "Jul-Sep 2025"], *([w, o, 3 * n, 9] for w, o, n in CRIME)]},
        OF_CRIME,
        "crime.xlsx",
    ),
    "a year above its quarters": (
        {
            "A": [
                ["Ward", "Offence", "2025/26", None],
                [None, None, "Q1", "Q2"],
                *([ward, offence, 3 * count, 9] for ward, offence, count in CRIME),
            ]
        },
        OF_CRIME,
        "crime.xlsx",
    ),
    "months across, the year in the sheet's name": (
        {"Q1_2025-26": [["Ward", "Offence", "Apr", "May", "Jun"], *([w, o, n, n, n] for w, o, n in CRIME)]},
        OF_CRIME,
        "crime.xlsx",
    ),
    "labels that stand once, with totals between": (
        {
            "A": [
                ["Ward", "Offence", *ACROSS],
                ["North Park", "Arson", 1, 1, 1],
                [None, "Theft from the person", 2, 2, 2],
                ["North Park total", None, 3, 3, 3],
                ["St Mary's & South", "Arson", 3, 3, 3],
                ["Grand total", None, 6, 6, 6],
            ]
        },
        OF_CRIME,
        "crime.xlsx",
    ),
    "finer than what is asked": (
        {
            "A": [
                ["Ward", "Month", "Secondary deliberate fires"],
                *([ward, month, 2] for month in MONTHS for ward in ("North Park", "St Mary's & South")),
            ]
        },
        {("secondary-fires", "value", "E09000099", ""): 12},
        "fires.xlsx",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_figure_is_read_as_what_it_is_of(layout: str) -> None:
    """The proposed mapping gives every number of the sample its indicator, part, area and class, and no other."""
    sheets, figures, file = LAYOUTS[layout]

    assert figures == figures_of(sheets, file)[0]


def test_what_a_sample_does_not_show_is_said() -> None:
    """One offence across: the mapping is written, and the other offences are named."""
    _, remarks = figures_of(LAYOUTS["one class above its months"][0], "crime.xlsx")

    assert any("Theft from the person" in remark and "across" in remark for remark in remarks)


def test_a_sample_without_a_time_gives_a_mapping_and_a_question() -> None:
    """Where no cell, title or name says the time, the mapping looks for it in the file's name, and says so."""
    reading = read_bytes(book(A=[["Ward", "Offence", "Count"], *(list(row) for row in CRIME)]), "extract.xlsx")

    proposal = propose(reading, SAFE, SAFE.indicators)

    assert {"period_in": "file"} == proposal.figures[0]["when"]
    assert any("time" in remark for remark in proposal.remarks)


def test_entries_that_share_a_layout_are_written_as_one() -> None:
    """Two indicators of one report: what they share stands once, what differs under `each`."""
    reading = read_bytes(book(**LAYOUTS["a sheet an indicator"][0]), "fires.xlsx")
    proposal = propose(reading, SAFE, SAFE.indicators)

    export: dict[str, Any] = as_export(SAFE, proposal, "fires")

    assert 1 == len(export["figures"])
    assert ["secondary-fires", "vehicle-fires"] == [each["indicator"] for each in export["figures"][0]["each"]]
    assert 2 == len(Export.model_validate(export).figures)
