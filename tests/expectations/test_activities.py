"""A workbook's activities are checked as the page checks them, each problem at its cell."""

import io
from datetime import date

import openpyxl
import pytest

from expectations.check_return import check_reading
from expectations.checking import Job
from quarterday.adapters.reading import read_tables
from quarterday.adapters.reading.activity_rows import ActivityColumn
from quarterday.adapters.reading.columns import FIGURES_SHEET
from quarterday.domain.facts import ActivityState, Verdict
from tests.domain.activities_example import CAMPAIGN, told
from tests.reading.conftest import APRIL_TO_JUNE
from tests.reading.test_activities import ALONE, HOUSE, REQUEST, SAID, TOLD, as_excel


def checked(said, request=ALONE, change=None, **more):
    """What the checks make of a workbook in which only the sheet of activities is filled in."""
    data, name = as_excel(said, request)
    if change:
        data = changed(data, change)
    job = Job(data, ".xlsx", HOUSE, request, APRIL_TO_JUNE, {}, (), more.pop("today", date(2025, 7, 10)), **more)
    return check_reading(job, read_tables(data, name))


def changed(data, change):
    """A workbook after somebody changed something in it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def write(column, value):
    """Write into a column of the one line of figures."""

    def on(book):
        sheet = book[FIGURES_SHEET]
        sheet.cell(2, next(each.column for each in sheet[1] if each.value == column)).value = value

    return on


def without_figures(book):
    """Take the sheet of figures out of a workbook."""
    del book[FIGURES_SHEET]


def beside_a_table(book):
    """Put a table of our own making in place of the sheet of figures."""
    without_figures(book)
    book.create_sheet("Fires").append(["Deliberate fires", 12])


def test_a_good_answer_is_accepted():
    """Nothing stands against it."""
    found = checked(SAID)

    assert (Verdict.ACCEPTED, ()) == (found.verdict, found.findings)


@pytest.mark.parametrize(
    ("change", "cell", "words"),
    [
        ({ActivityColumn.STATE: "fine"}, "D2", "A campaign: “fine” is none of the states."),
        ({ActivityColumn.IN_THE_WAY: None}, "H2", "A campaign: It is at risk: say in a sentence what is in the way"),
        ({ActivityColumn.ASKS_BOARD: "the king"}, "J2", "A campaign: Say which board this is asked of: The Board."),
    ],
)
def test_what_an_answer_lacks_is_told_at_its_cell(change, cell, words):
    """The state from the list, the reason that it needs, the board that there is."""
    found = checked({**SAID, **change})

    assert Verdict.QUERIED is found.verdict
    assert [((cell,), True)] == [(each.cells, each.sentence.startswith(words)) for each in found.findings]


def test_a_lead_may_say_in_the_sheet_that_it_cannot_say():
    """With why; without, it is told at its cell."""
    cannot = {ActivityColumn.STATE: "cannot say", ActivityColumn.IN_THE_WAY: "Nobody counts it."}
    why = checked({**cannot, ActivityColumn.IN_THE_WAY: None})

    assert Verdict.ACCEPTED is checked(cannot).verdict
    assert [True] == [
        each.sentence.startswith("A campaign: Say in a sentence why nothing can be told") for each in why.findings
    ]


def test_last_times_reason_is_reason_enough():
    """Told last time, with the same state, it need not be typed again."""
    before = told(CAMPAIGN, date(2025, 5, 2), ActivityState.AT_RISK, in_the_way="No printer.")

    assert (
        Verdict.ACCEPTED is checked({**SAID, ActivityColumn.IN_THE_WAY: None}, told_before={"campaign": before}).verdict
    )


def test_a_workbook_that_tells_nothing_is_sent_back():
    """An empty sheet is no answer."""
    found = checked({})

    assert ["no-activity-told"] == [each.rule for each in found.findings]


def test_personal_data_keeps_the_file_apart():
    """Words about a person reach nobody."""
    found = checked({**SAID, ActivityColumn.DONE: "Met the family of QQ123456C."})

    assert (Verdict.QUARANTINED, None) == (found.verdict, found.partner_return)


@pytest.mark.parametrize("change", [None, without_figures])
@pytest.mark.parametrize("today", [date(2025, 7, 10), date(2025, 6, 20)])
def test_activities_come_without_the_figures(change, today):
    """The sheet of figures left blank, or taken out, before the quarter's end too: nothing was wrong, none has come."""
    found = checked(SAID, REQUEST, change, today=today)

    assert (Verdict.ACCEPTED, ()) == (found.verdict, found.findings)
    assert ([TOLD], ()) == ([each.answer for each in found.partner_return.activities], found.partner_return.rows)


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (write("Value", "twelve or so"), ["not-a-number"]),
        (write("Value", -4), ["at-least"]),
        (beside_a_table, ["not-our-template"]),
    ],
)
def test_figures_that_were_tried_are_put_right_and_the_words_count(change, rules):
    """Whoever wrote in the figures wants them read: each says what is wrong with it, and no word is lost."""
    found = checked(SAID, REQUEST, change)

    assert (Verdict.QUERIED, rules) == (found.verdict, [each.rule for each in found.findings])
    assert [TOLD] == [each.answer for each in found.partner_return.activities]


def test_a_line_that_lacks_something_is_told_without_a_word_on_figures():
    """At risk of what? The figures were left for later, and nobody asks for them here."""
    found = checked({**SAID, ActivityColumn.IN_THE_WAY: None}, REQUEST)

    assert ["activity-answer"] == [each.rule for each in found.findings]


def test_the_form_of_somebody_else_is_sent_back_whatever_it_tells():
    """Its words are not this partner's."""
    found = checked(SAID, REQUEST, write("Partner code", "police"))

    assert ["wrong-organisation"] == [each.rule for each in found.findings]
    assert None is found.partner_return


def test_a_workbook_with_neither_is_sent_back():
    """A template as it was downloaded holds nothing."""
    assert ["nothing-in-it"] == [each.rule for each in checked({}, REQUEST).findings]
