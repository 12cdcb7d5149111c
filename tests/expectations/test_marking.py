"""The sender's own workbook comes back with the cells in question marked, and nothing else changed."""

import io

import openpyxl
from openpyxl.comments import Comment

from expectations.check_return import check_reading
from expectations.checking import Checker
from expectations.marking import marked
from quarterday.domain.figures.findings import Finding, Severity
from tests.expectations.conftest import cell, good_rows, row_of, workbook
from tests.expectations.damages import DAMAGES
from tests.expectations.test_damages import read


def opened(data: bytes) -> openpyxl.Workbook:
    """A workbook from its bytes."""
    return openpyxl.load_workbook(io.BytesIO(data))


def finding(where: str, sentence: str, severity: Severity = Severity.CRITICAL) -> Finding:
    """A finding at one cell of the figures."""
    return Finding("missing", severity, sentence, sentence, "Figures", "Value", (where,))


def test_the_failing_cell_is_filled_and_says_what_is_wrong() -> None:
    """A blank figure comes back red, with the sentence as its comment."""
    damage = DAMAGES["a blank figure"]
    found = check_reading(*read(damage.job)).findings
    sheet = opened(marked(damage.job.data, found))["Figures"]
    where = cell(row_of("ward-panels"), "Value")

    assert "FFF4CCCC" == sheet[where].fill.fgColor.rgb
    assert found[0].sentence == sheet[where].comment.text


def test_all_other_cells_are_as_they_were() -> None:
    """Values, formulas, formats, sheets and the other cells' fills stay."""
    book = opened(workbook(good_rows(), [("Notes", [["=1+1", "kept"]])]))
    book["Figures"]["G2"].number_format = "0.0"
    book["Figures"].column_dimensions["A"].width = 40
    saved = io.BytesIO()
    book.save(saved)
    after = opened(marked(saved.getvalue(), [finding("G3", "Wrong.")]))

    assert [[each.value for each in row] for row in book["Figures"].rows] == [
        [each.value for each in row] for row in after["Figures"].rows
    ]
    assert ("=1+1", "kept") == (after["Notes"]["A1"].value, after["Notes"]["B1"].value)
    assert ("0.0", 40) == (after["Figures"]["G2"].number_format, after["Figures"].column_dimensions["A"].width)
    assert {"G3"} == {each.coordinate for row in after["Figures"].rows for each in row if each.comment}


def test_a_comment_that_stands_there_is_kept_and_several_findings_share_one() -> None:
    """The sender's own comment comes first; the worst finding gives the colour."""
    book = opened(workbook(good_rows()))
    book["Figures"]["G2"].comment = Comment("My own note", "Me")
    saved = io.BytesIO()
    book.save(saved)
    found = [finding("G2", "Unusual.", Severity.WARNING), finding("G2", "Impossible.")]
    after = opened(marked(saved.getvalue(), found))["Figures"]["G2"]

    assert "My own note\n\nUnusual.\n\nImpossible." == after.comment.text
    assert "FFF4CCCC" == after.fill.fgColor.rgb


def test_notes_mark_nothing() -> None:
    """What is merely noted needs nobody's eye."""
    after = opened(marked(workbook(good_rows()), [finding("G2", "Small.", Severity.INFORMATION)]))

    assert after["Figures"]["G2"].comment is None


def test_a_merged_cell_is_marked_at_its_first() -> None:
    """Only the first cell of a merged range can carry a comment."""
    book = opened(workbook(good_rows()))
    book["Figures"].merge_cells("G2:H3")
    saved = io.BytesIO()
    book.save(saved)

    assert "Wrong." == opened(marked(saved.getvalue(), [finding("H3", "Wrong.")]))["Figures"]["G2"].comment.text


def test_marking_happens_in_the_limited_process_and_only_for_workbooks(checker: Checker) -> None:
    """A hostile workbook is opened again, so behind the same fences; a csv has no cells to fill."""
    data = workbook(good_rows())
    after = checker.mark(data, ".xlsx", (finding("G2", "Wrong."),))

    assert after is not None
    assert "Wrong." == opened(after)["Figures"]["G2"].comment.text
    assert checker.mark(data, ".csv", ()) is None
