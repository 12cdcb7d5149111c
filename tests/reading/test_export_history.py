"""An export of many months holds earlier quarters: each is read as a return of it would be, or left out with why."""

import csv
import io
from dataclasses import replace

from quarterday.adapters.parsing.files import parse
from quarterday.adapters.parsing.tables import FileTables
from quarterday.adapters.reading.export_history import Quarter, as_tidy, earlier_quarters
from quarterday.domain.figures.backfilling import figures_in
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.periods import Period, parse_quarter
from tests.reading.conftest import APRIL_TO_JUNE, framework
from tests.reading.test_exports import mapping

FIGURES = {
    "indicator": "searches", "where": {}, "area": {"always": "E09000099"}, "category": None, "absent_rows": "missing",
    "when": {"month_column": "Month", "month_written": "%Y-%m"}, "value_column": "Count",
}  # fmt: skip
MONTHS = ("2024-07", "2024-08", "2024-09", "2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03")


def history(text: str, before: Period = APRIL_TO_JUNE, of: Export | None = None) -> list[Quarter]:
    """What an export says of the quarters before one."""
    reading = parse(text.encode(), "export.csv")
    assert isinstance(reading, FileTables)
    return earlier_quarters(replace(reading, name="export.csv"), of or mapping(**FIGURES), framework(), before)


def table(*months: str) -> str:
    """An export with a row a month, counted from 1 on."""
    return "Month,Count\n" + "".join(f"{month},{at}\n" for at, month in enumerate(months, 1))


def test_each_earlier_quarter_is_read() -> None:
    """Nine months make three quarters, the oldest first."""
    read = history(table(*MONTHS, "2025-04", "2025-05", "2025-06"))

    assert [parse_quarter(f"2024-25Q{n}") for n in (2, 3, 4)] == [each.period for each in read]
    assert [[6.0], [15.0], [24.0]] == [[row.value for row in each.rows] for each in read]


def test_a_quarter_that_is_not_whole_is_left_out_with_why() -> None:
    """Where a month lacks, the quarter has no figure, and the sentence says which."""
    read = history(table(*MONTHS[1:], "2025-04", "2025-05", "2025-06"))

    assert [(0, True), (1, False), (1, False)] == [(len(each.rows), bool(each.why_not)) for each in read]
    assert "July 2024" in read[0].why_not[0]


def test_a_strange_number_of_one_quarter_leaves_the_others() -> None:
    """A word in one month is that quarter's matter."""
    read = history(table(*MONTHS).replace("2024-11,5", "2024-11,none"))

    assert [1, 0, 1] == [len(each.rows) for each in read]


def test_the_tidy_table_is_what_backfill_takes() -> None:
    """What was read goes in by the same door as figures that an officer typed."""
    data = as_tidy(row for each in history(table(*MONTHS)) for row in each.rows)
    figures, problems = figures_in(framework(), csv.DictReader(io.StringIO(data.decode())), "backfill", "00")

    assert ([], [6, 15, 24]) == (problems, [each.value for each in figures])


def test_an_export_of_the_quarter_alone_has_no_history() -> None:
    """Nothing is made up."""
    assert [] == history(table("2025-04", "2025-05", "2025-06"))
