"""What stands around numbers, and rows that only look like figures: asked about or left out, never quietly added."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading import ReadReturn
from quarterday.adapters.reading.values import read_number
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.returns import Marker
from tests.reading.conftest import request_for
from tests.reading.filling import Change, filled, returned, titles
from tests.reading.test_changed_classes import read as read_classes
from tests.reading.test_exports import found_in, mapping, read_borough

MONTHS = "Month,Count\nApr-25,1\nMay-25,2\nJun-25,3\n"


def by_month(text: str, name: str = "export.csv", **changes: object) -> ReadReturn:
    """What an export of one count a month for the whole borough gives."""
    of: dict[str, object] = {
        "indicator": "searches", "where": {}, "area": {"always": "E09000099"}, "category": None,
        "when": {"month_column": "Month", "month_written": "any"}, "value_column": "Count", "absent_rows": "missing",
    }  # fmt: skip
    return read_borough(text, mapping(**{**of, **changes}), name)


def rules(result: ReadReturn) -> set[str]:
    """What was found."""
    return {finding.rule for finding in result.findings}


@pytest.mark.parametrize("written", ["12\n345", "12\t345", "1\r\n000"])
def test_two_lines_of_a_cell_are_no_thousands(written: str) -> None:
    """12 above 345 is not 12,345."""
    assert "several-numbers" == read_number(written).problem


@pytest.mark.parametrize("text", ["12.000", "1.200"])
def test_three_digits_behind_a_point_may_be_thousands(text: str) -> None:
    """Where a point parts the thousands, 12.000 is twelve thousand."""
    assert {("point-for-thousands", ("B2",))} == found_in(by_month(MONTHS.replace("Apr-25,1", f"Apr-25,{text}")))


def test_a_comma_among_semicolons_may_part_decimals() -> None:
    """Programs divide cells by semicolons where a comma stands in numbers."""
    text = MONTHS.replace(",", ";").replace("Apr-25;1", "Apr-25;1,234")

    assert {("decimal-comma", ("B2",))} == found_in(by_month(text))


def test_parts_of_a_count_are_whole_though_their_sum_is_too() -> None:
    """1.5 and 2.5 add up to a whole number, and neither was counted."""
    assert {("export-not-whole", ("B2", "B3"))} == found_in(by_month("Month,Count\nApr-25,1.5\nMay-25,2.5\nJun-25,3\n"))


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("All figures in thousands\n", "", "export.csv"), ("£000s\n", "", "export.csv"),
        ("", "Note: counts are in 000s\n", "export.csv"), ("", "", "searches_in_thousands.csv"),
        ("Rate per 1000 population\n", "", "export.csv"), ("", "All values are percentages\n", "export.csv"),
    ],
)  # fmt: skip
def test_a_scale_may_stand_around_the_table(before: str, after: str, name: str) -> None:
    """Above it, below it, in the file's name: not only in a title."""
    assert "scale-around" in rules(by_month(before + MONTHS + after, name))


def test_a_mapping_that_says_thousands_asks_no_more() -> None:
    """Where the mapping multiplies, the words say what is known."""
    result = by_month("Figures in thousands\n" + MONTHS, times=1000)

    assert (set(), [6000.0]) == (rules(result), [row.value for row in result.partner_return.rows])


@pytest.mark.parametrize("words", ["Recorded crime, April to June 2025", "50% of wards answered", "Row 1000"])
def test_other_words_around_a_table_are_no_scale(words: str) -> None:
    """A title, a share of something else, a number."""
    assert "scale-around" not in rules(by_month(f"{words}\n{MONTHS}"))


def test_rounded_numbers_are_told() -> None:
    """Whoever rounds to the nearest five is asked why."""
    assert {"rounded", "text-below"} == rules(by_month(MONTHS + "Numbers are rounded to the nearest 5\n"))


def test_a_figure_merged_over_two_rows_is_nobodys(police_request: RequestMade) -> None:
    """It may be the figure of each or of both together."""

    def merged(sheet: Worksheet) -> None:
        at = titles(sheet)["Value"]
        sheet.merge_cells(start_row=2, end_row=3, start_column=at, end_column=at)

    assert "merged-figure" in rules(returned(filled(police_request, merged), police_request))


def test_a_sheets_name_may_give_a_scale(police_request: RequestMade) -> None:
    """Figures (000s) is asked about."""
    rename: Change = lambda sheet: setattr(sheet, "title", "Figures (000s)")  # noqa: E731

    assert "scale-around" in rules(returned(filled(police_request, rename), police_request))


WARDS = (
    "Borough,Ward,Offence,Month,Count\n"
    + "".join(f"Somewhere,North Park,{o},{m}-25,{v}\n" for o in ("Arson", "Theft from the person") for m, v in
              (("Apr", 1), ("May", 2), ("Jun", 3)))
    + "".join(f"Somewhere,St Mary's & South,{o},{m}-25,1\n" for o in ("Arson", "Theft from the person") for m in
              ("Apr", "May", "Jun"))
)  # fmt: skip


def by_ward(text: str) -> ReadReturn:
    """What an export of wards and offences gives."""
    of = mapping(
        area={"column": "Ward", "written_as": "name"},
        category={"breakdown": "offence", "column": "Offence", "written_as": "name"},
        when={"month_column": "Month", "month_written": "any"}, value_column="Count", absent_rows="missing",
    )  # fmt: skip
    return returned(text.encode(), request_for("police", "crime"), "export.csv", exports={"x": of})


def test_the_boroughs_row_among_wards_is_a_total() -> None:
    """What a list of wards says of the whole borough is no unknown ward."""
    assert {("export-total", ("A14",))} == found_in(by_ward(WARDS + "Somewhere,Somewhere,Arson,Apr-25,99\n"))


@pytest.mark.parametrize("written", ["London Borough of Somewhere", "Somewere", "Somewhere LB"])
def test_rows_of_nearly_our_borough_are_asked_about(written: str) -> None:
    """A filter that knows one spelling leaves out the other: its rows may be ours."""
    text = WARDS.replace("Somewhere,North Park,Arson,Apr", f"{written},North Park,Arson,Apr")

    assert ("export-filter-near", ("A2",)) in found_in(by_ward(text))


def test_rows_of_another_borough_are_left_out_in_silence() -> None:
    """Another word, or another number, is another thing."""
    others = "Elsewhere,Other Park,Arson,Apr-25,9\nSomewhere 2,Other Park,Arson,Apr-25,9\n"

    assert set() == found_in(by_ward(WARDS + others))


def test_a_ward_may_stand_with_its_code() -> None:
    """Name and code in one cell, which belong together; with another's code it is nobody's."""
    right = by_ward(WARDS.replace("North Park", "North Park (E05000001)"))
    wrong = by_ward(WARDS.replace("North Park", "North Park (E05000002)"))

    assert (set(), 4) == (found_in(right), len(right.partner_return.rows))
    assert "export-unknown-area" in rules(wrong)


def test_a_footnotes_sign_makes_no_new_class() -> None:
    """Arson with a raised 1 is arson."""
    assert set() == found_in(by_ward(WARDS.replace("Arson", "Arson¹")))


def test_a_class_without_any_row_is_asked_about() -> None:
    """Where absent rows are noughts, a class that an export no longer gives would be a nought everywhere."""
    result = read_classes(
        "Ward code,Offence,202504,202505,202506\nE05000001,BURGLARY,1,2,3\nE05000002,BURGLARY,1,2,3\n"
    )

    assert "export-class-absent" in rules(result)


@pytest.mark.parametrize("quarter", ["Apr-Jun 2025", "April to June 2025", "01/04/2025 - 30/06/2025", "Q1 2025/26"])
def test_a_quarter_of_a_row_may_be_named_by_its_ends(quarter: str) -> None:
    """As people write one."""
    result = by_month(f"Quarter,Count\n{quarter},6\n", when={"quarter_column": "Quarter"})

    assert [6] == [row.value for row in result.partner_return.rows]


def test_a_sign_behind_a_rows_month_marks_its_number() -> None:
    """The last month of an export is often provisional, and says so beside its name."""
    result = by_month(MONTHS.replace("Jun-25", "Jun-25 (p)"))

    assert [(6, "[p]")] == [(row.value, row.marker) for row in result.partner_return.rows]


def test_all_offences_are_a_total() -> None:
    """By whatever noun."""
    assert {("export-total", ("A14",))} == found_in(by_ward(WARDS + "Somewhere,North Park,All offences,Apr-25,99\n"))


def test_a_row_that_does_not_say_whose_it_is_is_not_dropped() -> None:
    """Labels that stand in the first of several rows alone, where the mapping does not know it."""
    text = WARDS.replace("Somewhere,North Park,Arson,May", ",North Park,Arson,May")

    assert ("export-filter-blank", ("A3",)) in found_in(by_ward(text))


def test_another_boroughs_row_without_its_borough_is_no_trouble() -> None:
    """It is none of ours by its ward."""
    assert set() == found_in(by_ward(WARDS + ",Elsewhere Green,Arson,Apr-25,9\n"))


SUM_OF_ALL = (
    "Ward code,Offence,202504,202505,202506\n"
    "E05000001,ARSON,1,2,3\nE05000001,BURGLARY,10,20,30\nE05000001,{},11,22,33\n"
    "E05000002,ARSON,0,0,4\nE05000002,BURGLARY,5,5,5\nE05000002,{},5,5,9\n"
)


def test_a_new_class_that_is_the_sum_of_all_is_a_total() -> None:
    """A supplier's TNO is known by its numbers: counted as a new class it would double everything."""
    result = read_classes(SUM_OF_ALL.format("TNO", "TNO"))

    assert "export-class-total" in rules(result) and "export-new-classes" not in rules(result)
    assert {"arson", "burglary"} == {row.category for row in result.partner_return.rows}


def test_a_new_class_that_is_no_sum_is_counted() -> None:
    """One number that differs makes it a class of its own."""
    result = read_classes(SUM_OF_ALL.format("FRAUD", "FRAUD").replace("5,5,9", "5,5,8"))

    assert "export-new-classes" in rules(result)


def across(titles_: str, numbers: str = "1,2,3") -> ReadReturn:
    """What an export with months across gives."""
    return by_month(f"{titles_}\n{numbers}\n", when={"periods_across": True}, value_column="")


def test_a_quarter_beside_its_months_must_be_their_sum() -> None:
    """Months that add up to 6 beside a quarter of 7: one of them is wrong."""
    assert {"export-months-off"} == rules(across("Apr-25,May-25,Jun-25,Q1 2025/26", "1,2,3,7"))
    assert set() == rules(across("Apr-25,May-25,Jun-25,Q1 2025/26", "1,2,3,6"))


def test_months_may_be_named_as_pivot_tables_name_them() -> None:
    """Sum of Apr-25, April 2025 Count."""
    result = across("Sum of Apr-25,May 2025 Count,Jun-25")

    assert (set(), [6.0]) == (rules(result), [row.value for row in result.partner_return.rows])


@pytest.mark.parametrize("title", ["Jun-25 (p)", "Jun-25p", "June 2025 [p]", "Jun-25 provisional"])
def test_a_sign_behind_a_month_marks_its_numbers(title: str) -> None:
    """A month that is provisional is still a month, and so is the quarter's figure."""
    assert [(6.0, Marker.PROVISIONAL)] == [
        (row.value, row.marker) for row in across(f"Apr-25,May-25,{title}").partner_return.rows
    ]


@pytest.mark.parametrize("year", ["2025/26", "2025"])
def test_a_year_may_stand_above_its_months(year: str) -> None:
    """Two rows of titles: the year once, the months below it."""
    text = f"{year},,\nApr,May,Jun\n1,2,3\n"
    result = by_month(text, when={"periods_across": True}, value_column="", header_rows=2)

    assert (set(), [6.0]) == (rules(result), [row.value for row in result.partner_return.rows])


def test_a_title_that_stands_in_both_rows_is_said_once() -> None:
    """As cells that were merged before and are no longer."""
    result = by_month("Month,Count\nMonth,Count\n" + MONTHS[12:], header_rows=2)

    assert [6.0] == [row.value for row in result.partner_return.rows]


@pytest.mark.parametrize(("numbers", "found"), [(None, {"export-month-number"}), ("financial", set())])
def test_month_numbers_of_a_financial_year_are_asked_about(numbers: str | None, found: set[str]) -> None:
    """Month 1 of 2025/26 is January to some and April to others, until the mapping says which."""
    when = {"month_column": "Month", "year_column": "Year", "month_numbers": numbers}
    result = by_month("Year,Month,Count\n2025/26,1,1\n2025/26,2,2\n2025/26,3,3\n", when=when)

    assert found == rules(result)
    assert numbers is None or [6.0] == [row.value for row in result.partner_return.rows]


def test_another_table_below_is_not_added_to_ours() -> None:
    """Where rows are summed, a second table with the same titles under a heading would double what is sent."""
    below = "\nAccidental fires\nMonth,Count\nApr-25,10\n"
    result = by_month("Deliberate fires\n" + MONTHS + below, repeated_rows="sum")

    assert ("export-tables-below", ("B9",)) in found_in(result)


def test_a_page_that_goes_on_is_the_same_table() -> None:
    """The heading once more, or the page's number, heads no other table."""
    below = "\nDeliberate fires\nPage 2\nMonth,Count\n" + 9 * "Apr-25,10\n"
    result = by_month("Deliberate fires\n" + MONTHS + below, repeated_rows="sum")

    assert {"text-below", "export-titles-again"} == rules(result)
