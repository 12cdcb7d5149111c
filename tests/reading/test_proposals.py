"""Proposals for the layouts that exports really have: what is proposed reads the figures that stand there."""

import io
from datetime import date

import openpyxl
import pytest

from quarterday.adapters.reading import FileTables, as_return, read_tables
from quarterday.adapters.reading.proposals import Proposal, propose
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.indicators import Unit
from tests.reading.conftest import APRIL_TO_JUNE, NORTH, framework, indicator, request_for

SAFE = framework(
    indicators=(
        indicator("crime", "Recorded crime", area="ward", breakdowns=("offence",), ask_total=False),
        indicator("referrals", "Referrals to the Multi Agency Risk Assessment Conference"),
        indicator("repeats", "Repeat cases", unit=Unit.PERCENTAGE, numerator="repeats", denominator="cases"),
        indicator("vehicle-fires", "Deliberate primary fires of road vehicles"),
        indicator("other-fires", "Deliberate primary fires, not of vehicles"),
        indicator("secondary-fires", "Deliberate secondary fires"),
    )
)
CRIME = [("North Park", "Arson", 1), ("North Park", "Theft from the person", 2), ("St Mary's & South", "Arson", 3)]


def book(**sheets: list[list[object]]) -> bytes:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def long(*when: object) -> list[list[object]]:
    """Rows of crime, each with what says its time in front."""
    return [[*when, ward, offence, count] for ward, offence, count in CRIME]


MONTHS = ("2025-04", "2025-05", "2025-06")
LAYOUTS: dict[str, tuple[dict[str, list[list[object]]], float]] = {
    "long, a month a row": ({"A": [["Month", "Ward", "Offence", "Count"], *(r for m in MONTHS for r in long(m))]}, 18),
    "months across with a total": (
        {
            "A": [
                ["Ward", "Offence", "Apr-25", "May-25", "Jun-25", "Total"],
                *([w, o, n, n, n, 3 * n] for w, o, n in CRIME),
            ]
        },
        18,
    ),
    "a year above its months": (
        {
            "A": [
                ["Ward", "Offence", "2025/26", None, None],
                [None, None, "Apr", "May", "Jun"],
                *([w, o, n, n, n] for w, o, n in CRIME),
            ]
        },
        18,
    ),
    "a month that is provisional": (
        {"A": [["Ward", "Offence", "Apr-25", "May-25", "Jun-25 (p)"], *([w, o, n, n, n] for w, o, n in CRIME)]},
        18,
    ),
    "months by their numbers": (
        {
            "A": [
                ["Financial Year", "Month No", "Ward", "Offence", "Count"],
                *(row for number in (1, 2, 3) for row in long("2025/26", number)),
            ]
        },
        18,
    ),
    "months across as dates": (
        {"A": [["Ward", "Offence", *(date(2025, m, 1) for m in (4, 5, 6))], *([w, o, n, n, n] for w, o, n in CRIME)]},
        18,
    ),
    "classes across, the period in the title": (
        {
            "A": [
                ["Recorded crime, April to June 2025"],
                [],
                ["Ward", "Arson", "Theft from the person"],
                ["North Park", 1, 2],
                ["St Mary's & South", 3, 4],
            ]
        },
        10,
    ),
    "classes and months across in two rows": (
        {
            "A": [
                [None, "Arson", None, None, "Theft from the person", None, None],
                ["Ward", "Apr-25", "May-25", "Jun-25", "Apr-25", "May-25", "Jun-25"],
                ["North Park", 1, 2, 3, 4, 5, 6],
                ["St Mary's & South", 1, 1, 1, 2, 2, 2],
            ]
        },
        30,
    ),
    "one sheet a month": (
        {f"{m}_2025": [["Ward", "Offence", "Number"], *long()] for m in ("April", "May", "June")},
        18,
    ),
    "a quarter a row": ({"A": [["Quarter", "Ward", "Offence", "Count"], *long("2025/26 Q1")]}, 6),
    "year and month apart": (
        {
            "A": [
                ["Year", "Month", "Ward", "Offence", "Count"],
                *(r for m in ("April", "May", "June") for r in long(2025, m)),
            ]
        },
        18,
    ),
    "from one day to another": (
        {"A": [["From", "To", "Ward", "Offence", "Count"], *long(date(2025, 4, 1), date(2025, 6, 30))]},
        6,
    ),
    "labels not repeated": (
        {
            "A": [
                ["Ward", "Offence", "Apr-25", "May-25", "Jun-25"],
                ["North Park", "Arson", 1, 1, 1],
                [None, "Theft from the person", 2, 2, 2],
                ["St Mary's & South", "Arson", 3, 3, 3],
                [None, "Theft from the person", 4, 4, 4],
            ]
        },
        30,
    ),
    "key figures by quarters": (
        {
            "A": [
                ["Quarterly monitoring 2025/26"],
                [],
                ["KPI", "Q1", "Q2"],
                ["Referrals to MARAC", 181, None],
                ["Deliberate secondary fires", 9, None],
            ]
        },
        190,
    ),
    "one column an indicator": (
        {
            "A": [
                [
                    "Borough",
                    "Month",
                    "Primary deliberate (not vehicle)",
                    "Primary deliberate (vehicle)",
                    "Secondary deliberate",
                ],
                *(["Somewhere", date(2025, m, 1), 1, 2, 3] for m in (4, 5, 6)),
                *(["Elsewhere", date(2025, m, 1), 50, 50, 50] for m in (4, 5, 6)),
            ]
        },
        18,
    ),
    "data elements, periods and units": (
        {
            "A": [
                ["dataElement", "period", "orgUnit", "value"],
                ["referrals", "2025Q2", "E09000099", 41],
                ["secondary-fires", "2025Q2", "E09000099", 17],
            ]
        },
        58,
    ),
    "a case a row": (
        {
            "A": [
                ["Ref", "Date of fire", "Borough", "Incident type"],
                ["F1", date(2025, 4, 27), "Somewhere", "Deliberate secondary fire"],
                ["F2", date(2025, 5, 3), "Somewhere", "Deliberate secondary fire"],
                ["F3", date(2025, 6, 9), "Elsewhere", "Deliberate secondary fire"],
            ]
        },
        2,
    ),
}


def proposed(sheets: dict[str, list[list[object]]]) -> tuple[FileTables, Proposal]:
    """What is read of a sample, and what is proposed for it."""
    reading = read_tables(book(**sheets), "sample.xlsx")
    assert isinstance(reading, FileTables)
    return reading, propose(reading, SAFE, SAFE.indicators)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_proposed_reads_every_figure(layout: str) -> None:
    """The mapping is whole, and the figures of April to June add up to what stands in the sample."""
    sheets, total = LAYOUTS[layout]
    reading, proposal = proposed(sheets)
    assert proposal.figures, proposal.remarks

    mapping = Export.model_validate(
        {"code": "police-export", "title": "Sample", "partner": "police", "figures": list(proposal.figures)}
    )
    request = request_for("police", *mapping.indicators)
    read = as_return(reading, SAFE, request, APRIL_TO_JUNE, {"police-export": mapping})

    assert total == sum(row.value for row in read.partner_return.rows if row.value is not None)
    assert APRIL_TO_JUNE.start == min(period.start for period in proposal.periods)


def test_a_sample_with_few_classes_is_enough() -> None:
    """One offence of one ward tells which column is which."""
    _, proposal = proposed(
        {
            "A": [
                ["Ward", "Offence", "Apr-25", "May-25"],
                ["North Park", "Arson", 1, 2],
                ["North Park", "Theft from the person", 1, 2],
            ]
        }
    )

    assert ("crime", "offence") == (proposal.figures[0]["indicator"], proposal.figures[0]["category"]["breakdown"])


def test_what_is_not_clear_is_asked_and_the_mapping_written_all_the_same() -> None:
    """A primary fire may be of a vehicle or not: the question stands beside the mapping."""
    rows: list[list[object]] = [["Ref", "Date", "Kind"], ["1", date(2025, 4, 2), "Deliberate primary fire"]]

    _, proposal = proposed({"A": [*rows, ["2", date(2025, 4, 3), "Deliberate secondary fire"]]})

    assert proposal.figures
    assert any("Deliberate primary fire" in remark for remark in proposal.remarks)
    assert NORTH not in str(proposal.figures)
