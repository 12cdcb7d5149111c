"""A partner's own export, through its mapping: the same figures as adding them up by hand, and nothing dropped."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from quarterday.adapters.reading import FileTables, ReadReturn, as_return, read_tables
from quarterday.domain.framework.codes import as_code
from quarterday.domain.framework.exports import AreaFrom, Export, When
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Breakdown, Category
from quarterday.domain.framework.partners import Area, Contact, Partner
from quarterday.domain.framework.periods import Period
from tests.reading.conftest import APRIL_TO_JUNE, NORTH, SOUTH, framework, indicator, request_for, shared
from tests.reading.filling import returned

WIDE = (
    "Borough,Ward code,Offence,202503,202504,202505,202506\n"
    "Somewhere,E05000001,ARSON,9,1,2,3\n"
    "Somewhere,E05000001,THEFT FROM THE PERSON,9,10,20,30\n"
    "Somewhere,E05000002,ARSON,9,0,0,4\n"
    "Elsewhere,E05999999,ARSON,9,100,100,100\n"
)


def mapping(**changes: object) -> Export:
    """The mapping of the wide export above, with whatever the test changes."""
    figures = {
        "indicator": "crime",
        "where": {"Borough": ["Somewhere"]},
        "area": {"column": "Ward code"},
        "category": {"breakdown": "offence", "column": "Offence", "written_as": "slug"},
        "when": {"months_across": "%Y%m"},
        "absent_rows": "zero",
        **changes,
    }
    return Export.model_validate(
        {"code": "police-export", "title": "The police's table", "partner": "police", "figures": [figures]}
    )


def read(text: str, export: Export | None = None, name: str = "export.csv") -> ReadReturn:
    """The return that an export makes."""
    request = request_for("police", "crime")
    return returned(text.encode(), request, name, exports={"police-export": export or mapping()})


def values(result: ReadReturn) -> dict[tuple[str, str], float | None]:
    """Values by area and category."""
    return {(row.area_code, row.category): row.value for row in result.partner_return.rows}


def test_the_months_of_the_quarter_are_added_up() -> None:
    """April to June are summed; March and other boroughs are not; a pair without a row is zero, as declared."""
    assert {
        (NORTH, "arson"): 6.0,
        (NORTH, "theft-from-the-person"): 60.0,
        (SOUTH, "arson"): 4.0,
        (SOUTH, "theft-from-the-person"): 0.0,
    } == values(read(WIDE))


def test_each_figure_is_traced_to_its_cells() -> None:
    """A sum names the cells that were added."""
    assert ("E2", "F2", "G2") == read(WIDE).partner_return.rows[0].cell("Value")


def test_absent_rows_stay_missing_unless_declared_zero() -> None:
    """Without the declaration, a pair without a row has no row in the return."""
    result = values(read(WIDE, mapping(absent_rows="missing")))

    assert (SOUTH, "theft-from-the-person") not in result


def test_zeros_that_were_filled_in_are_told() -> None:
    """The sender and the officer see how many pairs were read as zero."""
    assert "export-absent-is-zero" in [finding.rule for finding in read(WIDE).findings]


def test_a_ward_of_which_nothing_is_heard_is_no_zero() -> None:
    """A file cut short must not look like a quiet quarter."""
    result = read("\n".join(line for line in WIDE.splitlines() if SOUTH not in line))

    assert {(NORTH, "arson"), (NORTH, "theft-from-the-person")} == set(values(result))
    assert "export-area-absent" in {finding.rule for finding in result.findings}


def test_a_missing_month_is_named() -> None:
    """The finding says which month lacks and what the file does cover; no partial sum is made."""
    short = "\n".join(",".join(line.split(",")[:-1]) for line in WIDE.splitlines())

    result = read(short)

    assert () == result.partner_return.rows
    assert ["export-month-missing"] == [finding.rule for finding in result.findings]
    assert "June 2025" in result.findings[0].sentence
    assert "March to May 2025" in result.findings[0].sentence


def test_an_unknown_category_is_a_finding_at_its_cell() -> None:
    """A new offence type is never dropped silently."""
    result = read(WIDE + "Somewhere,E05000001,PIRACY,0,0,0,1\n")

    assert [("export-unknown-category", ("C6",))] == [
        (finding.rule, finding.cells) for finding in result.findings if finding.severity.value == "critical"
    ]


def test_a_category_that_is_known_and_not_asked_for_may_be_left_out() -> None:
    """The mapping names what it leaves out."""
    category = {"breakdown": "offence", "column": "Offence", "written_as": "slug", "leave_out": ["PIRACY"]}

    result = read(WIDE + "Somewhere,E05000001,PIRACY,0,0,0,1\n", mapping(category=category))

    assert {"export-absent-is-zero", "export-other-periods"} == {finding.rule for finding in result.findings}


def test_an_unknown_area_in_kept_rows_is_a_finding() -> None:
    """A ward that we do not know, in our own borough, is asked about."""
    result = read(WIDE + "Somewhere,E05000077,ARSON,0,0,0,1\n")

    assert "export-unknown-area" in {finding.rule for finding in result.findings}


def test_an_export_on_a_hidden_sheet_is_told() -> None:
    """And a second sheet that has the titles alone is no second table."""
    book = openpyxl.Workbook()
    for row in csv.reader(WIDE.splitlines()):
        book["Sheet"].append([int(cell) if cell.isdecimal() and len(cell) < 4 else cell for cell in row])
    book["Sheet"].sheet_state = "hidden"
    book.create_sheet("Next quarter").append(next(csv.reader(WIDE.splitlines())))
    saved = io.BytesIO()
    book.save(saved)

    exports = {"police-export": mapping()}
    result = returned(saved.getvalue(), request_for("police", "crime"), exports=exports)

    assert 6.0 == values(result)[NORTH, "arson"]
    assert "hidden-figures" in {finding.rule for finding in result.findings}


def test_a_filter_that_keeps_nothing_says_so() -> None:
    """An export of another borough has no row for us."""
    result = read(WIDE.replace("Somewhere", "Nowhere"))

    assert ["export-no-rows"] == [finding.rule for finding in result.findings]


def test_a_repeated_row_is_refused_or_summed_as_declared() -> None:
    """Two rows for one figure are a finding, unless the mapping says to add them."""
    twice = WIDE + "Somewhere,E05000001,ARSON,0,1,1,1\n"

    assert "export-repeated-row" in {finding.rule for finding in read(twice).findings}
    assert 9.0 == values(read(twice, mapping(repeated_rows="sum")))[NORTH, "arson"]


def test_an_empty_or_strange_cell_makes_its_figure_missing() -> None:
    """A sum of some of the months is not the quarter's figure."""
    result = read(WIDE.replace("ARSON,9,1,2,3", "ARSON,9,1,,3"))

    assert values(result)[NORTH, "arson"] is None
    assert ("export-blank", ("F2",)) in {(finding.rule, finding.cells) for finding in result.findings}


def test_strange_cells_outside_the_quarter_do_not_matter() -> None:
    """What was not asked for is not checked."""
    assert 6.0 == values(read(WIDE.replace("ARSON,9,1,2,3", "ARSON,tbc,1,2,3")))[NORTH, "arson"]


def test_months_down_and_areas_by_name() -> None:
    """A long export, with a title above, months as words and wards by name."""
    text = "Crime by ward,,,\n,,,\nWard,Offence,Month,Count\n" + "".join(
        f"{ward},{offence},{month},{number}\n"
        for ward in ("NORTH PARK", "St. Marys and South")
        for offence in ("Arson", "Theft from the person")
        for number, month in enumerate(("Apr-25", "May-25", "Jun-25"), 1)
    )
    export = mapping(
        where={},
        area={"column": "Ward", "written_as": "name"},
        category={"breakdown": "offence", "column": "Offence", "written_as": "name"},
        when={"month_column": "Month", "month_written": "%b-%y"},
        value_column="Count",
    )

    result = read(text, export)

    assert {6.0} == set(values(result).values())
    assert 4 == len(values(result))
    assert () == result.findings


def test_categories_across() -> None:
    """Each category has its own column."""
    text = "Ward code,Month,Fires,Pockets\n" + "".join(
        f"{ward},{month}/2025,1,2\n" for ward in (NORTH, SOUTH) for month in ("04", "05", "06")
    )
    export = mapping(
        where={},
        category={"breakdown": "offence", "across": {"Fires": "arson", "Pockets": "theft-from-the-person"}},
        when={"month_column": "Month", "month_written": "%m/%Y"},
        absent_rows="missing",
    )

    assert {
        (NORTH, "arson"): 3.0,
        (NORTH, "theft-from-the-person"): 6.0,
        (SOUTH, "arson"): 3.0,
        (SOUTH, "theft-from-the-person"): 6.0,
    } == values(read(text, export))


def test_numerator_and_denominator_from_two_columns() -> None:
    """Two entries of a mapping join into one figure of a percentage."""
    entry = {
        "indicator": "outcomes",
        "area": {"always": "E09000099"},
        "when": {"from_column": "From", "to_column": "To"},
    }
    export = Export.model_validate(
        {
            "code": "police-export",
            "title": "Searches",
            "partner": "police",
            "figures": [
                {**entry, "gives": "numerator", "value_column": "With outcome"},
                {**entry, "gives": "denominator", "value_column": "Searches"},
            ],
        }
    )
    text = "From,To,Searches,With outcome\n01/04/2025,30/06/2025,40,11\n"

    rows = returned(
        text.encode(), request_for("police", "outcomes"), "a.csv", exports={"x": export}
    ).partner_return.rows

    assert [(11.0, 40.0)] == [(row.numerator, row.denominator) for row in rows]


def test_a_file_that_nearly_is_the_export_names_what_lacks() -> None:
    """The sender is told which column is gone."""
    result = read(WIDE.replace("Offence,", "Crime type,"))

    assert "Offence" in result.findings[0].sentence


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: When(),
        lambda: When(months_across="%Y%m", month_column="Month", month_written="%Y%m"),
        lambda: When(month_column="Month"),
        lambda: When(from_column="From"),
        lambda: AreaFrom(),
        lambda: AreaFrom(column="Ward", always="E09000099"),
        lambda: mapping(value_column="Count"),
    ],
)
def test_a_mapping_that_says_two_things_is_refused(wrong) -> None:
    """A mapping says each thing once."""
    with pytest.raises(ValidationError):
        wrong()


LAYOUT = Path(__file__).parents[2] / "config/exports/met-police.yaml"


def _met_framework(rows: list[dict[str, str]]) -> Framework:
    wards = {row["WardCode"]: row["WardName"] for row in rows}
    offences = sorted({row["MinorText"] for row in rows})
    base = framework()
    return framework(
        partnership=base.partnership.model_copy(
            update={"areas": tuple(Area(code=code, name=name, level="ward") for code, name in wards.items())}
        ),
        partners=(
            Partner(
                code="met-police",
                name="Police",
                contact=Contact(name="Pat", email="pat@police.example"),
                export="met-police",
            ),
        ),
        breakdowns=(
            Breakdown(
                code="offence",
                title="Offence",
                categories=tuple(Category(code=as_code(offence), title=offence.capitalize()) for offence in offences),
            ),
        ),
        indicators=(
            indicator(
                "recorded-crime-ward",
                "Recorded crime",
                supplier="met-police",
                area="ward",
                breakdowns=("offence",),
                ask_total=False,
            ),
        ),
    )


def test_the_metropolitan_polices_own_export_gives_the_right_lewisham_figures() -> None:
    """Every ward and offence equals the sum of the three months in the file, worked out independently."""
    path = shared("lewisham_ward_crime", "mps_ward_crime_202307-202506.csv")
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["LookUp_BoroughName"] == "Lewisham"]
    truth: Counter[tuple[str, str]] = Counter()
    for row in rows:
        truth[row["WardCode"], as_code(row["MinorText"])] += sum(int(row[m]) for m in ("202504", "202505", "202506"))
    export = Export.model_validate(YAML(typ="safe").load(LAYOUT))
    reading = read_tables(path.read_bytes(), path.name)
    assert isinstance(reading, FileTables)

    result = as_return(
        reading,
        _met_framework(rows),
        request_for("met-police", "recorded-crime-ward"),
        APRIL_TO_JUNE,
        {"met-police": export},
    )

    got = {key: value for key, value in values(result).items() if value}
    assert {key: float(value) for key, value in truth.items() if value} == got
    assert 19 * 29 == len(result.partner_return.rows)


def test_a_quarter_that_the_export_does_not_reach_is_told() -> None:
    """June to September of 2025 is not in a file that ends in June."""
    path = shared("lewisham_ward_crime", "mps_ward_crime_202307-202506.csv")
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["LookUp_BoroughName"] == "Lewisham"]
    export = Export.model_validate(YAML(typ="safe").load(LAYOUT))
    reading = read_tables(path.read_bytes(), path.name)
    assert isinstance(reading, FileTables)

    result = as_return(
        reading,
        _met_framework(rows),
        request_for("met-police", "recorded-crime-ward"),
        Period(date(2025, 6, 1), date(2025, 9, 30)),
        {"met-police": export},
    )

    assert ["export-month-missing"] == [finding.rule for finding in result.findings]
    assert "July 2023 to June 2025" in result.findings[0].sentence


def read_borough(text: str, export: Export, name: str = "export.csv") -> ReadReturn:
    """The return that an export of one borough figure makes."""
    return returned(text.encode(), request_for("police", "searches"), name, exports={"x": export})


def by_month(rows: str, title: str = "Count") -> ReadReturn:
    """An export of one count a month for the whole borough, with rows below its quarter."""
    of = mapping(
        indicator="searches", where={}, area={"always": "E09000099"}, category=None,
        when={"month_column": "Month", "month_written": "any"}, value_column="Count", absent_rows="missing",
    )  # fmt: skip
    return read_borough(f"Month,{title}\nApr-25,1\nMay-25,2\nJun-25,3\n{rows}", of)


def found_in(result: ReadReturn) -> set[tuple[str, tuple[str, ...]]]:
    """What was found, and where."""
    return {(finding.rule, finding.cells) for finding in result.findings}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("Grand total,6", "export-total"), ("YTD,6", "export-total"), ("Year to date,6", "export-total"),
        ("Average,2", "export-total"), ("Sum of Count,6", "export-total"), ("% change,5%", "export-total"),
        ("Q1,6", "export-total"), ("Quarter 1,6", "export-total"), ("All months,6", "export-total"),
        ("Apr-Jun,6", "export-total"), ("2025/26 YTD,6", "export-total"), ("Variance,-1", "export-total"),
        ("Last year,12", "export-total"), ("Number of rows,3", "export-total"),
        ("Q1 2025/26,6", "export-total"), ("2025-26,6", "export-total"), ("Apr-Jun 25,6", "export-total"),
        ("Run by,J Analyst", "text-below"), ("Generated,2025-07-03", "text-below"), ("Filters,Borough", "text-below"),
        ("Notes:,see below", "text-below"), ("* provisional", "text-below"), ("(3 rows affected)", "text-below"),
    ],
)  # fmt: skip
def test_what_people_put_below_an_export_is_no_figure(row: str, rule: str) -> None:
    """Totals by whatever word or by the quarter's name, and how the export was made."""
    result = by_month(row + "\n")

    assert {(rule, ("A5",))} == found_in(result)
    assert [6.0] == [each.value for each in result.partner_return.rows]


@pytest.mark.parametrize(
    "months",
    [
        ("Apr-25*", "May-25*", "Jun-25†"),
        ("01/04/2025 - 30/04/2025", "01/05/2025 - 31/05/2025", "01/06/2025 - 30/06/2025"),
        ("Month ending 30/04/2025", "Month ending 31/05/2025", "Month ending 30/06/2025"),
    ],
)
def test_a_month_may_have_a_sign_or_be_named_by_its_ends(months: tuple[str, str, str]) -> None:
    """A sign for a note behind it, its first and last day, or its last."""
    text = "Month,Count\n" + "".join(f"{month},{at}\n" for at, month in enumerate(months, 1))
    of = mapping(
        indicator="searches", where={}, area={"always": "E09000099"}, category=None,
        when={"month_column": "Month", "month_written": "any"}, value_column="Count", absent_rows="missing",
    )  # fmt: skip
    alone, below = read_borough(text, of), read_borough(text.replace(months[0], "01/04/2025 - 29/04/2025"), of)

    assert [6.0] == [row.value for row in alone.partner_return.rows]
    assert {("not-a-date", ("A2",))} <= found_in(below)


def test_months_without_a_year_are_of_the_year_above_the_table() -> None:
    """“Searches 2025/26” stands above April to June; without it nobody knows which April."""
    bare = "Month,Count\nApr,1\nMay,2\nJun,3\n"
    of = mapping(
        indicator="searches", where={}, area={"always": "E09000099"}, category=None,
        when={"month_column": "Month", "month_written": "any"}, value_column="Count", absent_rows="missing",
    )  # fmt: skip

    assert [6.0] == [row.value for row in read_borough(f"Searches 2025/26\n{bare}", of).partner_return.rows]
    assert [] == list(read_borough(bare, of).partner_return.rows)


@pytest.mark.parametrize("row", [",6", "Net,6", "July,6"])
def test_a_number_without_a_time_is_asked_about(row: str) -> None:
    """What may be a month like the others is dropped by no guess."""
    assert {("not-a-date", ("A5",))} == found_in(by_month(row + "\n"))


def test_rows_of_other_periods_are_told_at_their_cells() -> None:
    """Two more months are not asked for: their cells are named, and nothing of them is counted."""
    result = by_month("Jul-25,4\nAug-25,5\n")

    assert {("export-other-periods", ("A5", "A6"))} == found_in(result)
    assert [6.0] == [each.value for each in result.partner_return.rows]


def test_a_row_astride_the_ends_of_the_quarter_is_asked_about() -> None:
    """A figure from mid-June to mid-July belongs to no quarter: it is not dropped in silence."""
    of = mapping(
        indicator="searches", where={}, area={"always": "E09000099"}, category=None,
        when={"from_column": "From", "to_column": "To"}, value_column="Count", absent_rows="missing",
    )  # fmt: skip
    rows = "From,To,Count\n01/04/2025,30/06/2025,6\n15/06/2025,14/07/2025,2\n"

    assert {("export-astride", ("A3",))} == found_in(read_borough(rows, of))


def test_quarters_in_a_column_of_months_are_no_months() -> None:
    """“Q1 2025/26” is not April: where a file has nothing else, that is said."""
    of = mapping(
        indicator="searches", where={}, area={"always": "E09000099"}, category=None,
        when={"month_column": "Month", "month_written": "any"}, value_column="Count", absent_rows="missing",
    )  # fmt: skip

    assert {"export-total", "export-no-rows"} == {
        finding.rule for finding in read_borough("Month,Count\nQ1 2025/26,6\nQ2 2025/26,7\n", of).findings
    }


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Count (last year)", "title-of-another"),
        ("Count (%)", "title-with-scale"),
        ("Count (000s)", "title-with-scale"),
        ("Count (Q1 2024/25)", "title-of-another"),
        ("Count (excl. cars)", "title-says-more"),
    ],
)
def test_a_title_that_says_more_than_the_mappings_is_asked_about(title: str, rule: str) -> None:
    """The mapping says Count: last year's, or hundredths, was not agreed."""
    assert {(rule, ("B1",))} == found_in(by_month("", title))
