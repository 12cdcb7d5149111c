"""The sender's own workbook comes back with the cells in question marked, and nothing else changed."""

import io
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from expectations.check_return import check_reading
from expectations.checking import Checker
from expectations.marking import marked
from quarterday.adapters.parsing.files import parse
from quarterday.adapters.parsing.tables import CHECKS_SHEET, FileTables
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

    assert "My own note\n\nOur checks:\n\nImpossible.\n\nUnusual." == after.comment.text
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


def test_what_we_marked_before_is_cleared_first() -> None:
    """A cell that is right by now comes back as it was: its fill, the sender's own comment and nothing of ours."""
    book = opened(workbook(good_rows()))
    sheet = book["Figures"]
    sheet["G2"].comment, sheet["G2"].fill = Comment("My own note", "Me"), PatternFill("solid", fgColor="FF00FF00")
    saved = io.BytesIO()
    book.save(saved)
    once = marked(saved.getvalue(), [finding("G2", "Wrong."), finding("G3", "Wrong too.")])
    twice = opened(marked(once, [finding("G3", "Still wrong.")]))
    thrice = opened(marked(marked(once, [finding("G3", "Still wrong.")]), []))

    assert ("My own note", "Me") == (twice["Figures"]["G2"].comment.text, twice["Figures"]["G2"].comment.author)
    assert "FF00FF00" == twice["Figures"]["G2"].fill.fgColor.rgb
    assert "Still wrong." == twice["Figures"]["G3"].comment.text
    assert thrice["Figures"]["G3"].comment is None
    assert thrice["Figures"]["G3"].fill.fill_type is None
    assert CHECKS_SHEET not in thrice.sheetnames


def test_it_opens_at_the_first_problem() -> None:
    """The worst comes first: the workbook opens at the sheet and the cell of it."""
    after = opened(
        marked(workbook(good_rows()), [finding("G2", "Unusual.", Severity.WARNING), finding("G4", "Impossible.")])
    )

    assert "Figures" == after.active.title
    assert "G4" == after.active.sheet_view.selection[-1].activeCell


def test_all_problems_are_listed_with_links() -> None:
    """A sheet of its own has a line for each, linked to its cell; what concerns the whole file has no link."""
    whole = Finding("late", Severity.CRITICAL, "=The file is of another quarter.", "")
    sheet = opened(marked(workbook(good_rows()), [finding("G2", "Wrong."), whole]))[CHECKS_SHEET]

    assert [
        ("What to do", "Where", "What our checks say"),
        ("Put right", "Figures, G2", "Wrong."),
        ("Put right", "The whole file", "=The file is of another quarter."),
    ] == [tuple(cell.value for cell in row[:3]) for row in sheet.iter_rows()]
    assert "'Figures'!G2" == sheet["B2"].hyperlink.location
    assert sheet["B3"].hyperlink is None
    assert "s" == sheet["C3"].data_type


def test_a_comment_can_be_read_whole() -> None:
    """A long comment is drawn high enough for all of its lines."""

    def drawn(sentence: str) -> str:
        packed = zipfile.ZipFile(io.BytesIO(marked(workbook(good_rows()), [finding("G2", sentence)])))
        return next(packed.read(each).decode() for each in packed.namelist() if each.endswith(".vml"))

    assert "height:221px" in drawn("A long sentence about it. " * 20)  # eleven lines
    assert "height:51px" in drawn("Wrong.")


def test_the_list_is_no_figure() -> None:
    """A marked workbook that is sent back reads as the same return; the list in it is looked at, never read."""
    data = workbook(good_rows())
    before, after = parse(data, "a.xlsx"), parse(marked(data, [finding("G2", "Wrong.")]), "a.xlsx")

    assert isinstance(before, FileTables)
    assert isinstance(after, FileTables)
    assert [each.sheet for each in before.tables] == [each.sheet for each in after.tables]
    assert CHECKS_SHEET in {each.sheet for each in after.kept_apart}
