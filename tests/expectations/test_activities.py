"""A workbook's activities are checked as the page checks them, each problem at its cell."""

from datetime import date

import pytest

from expectations.check_return import check_reading
from expectations.checking import Job
from quarterday.adapters.reading import read_tables
from quarterday.adapters.reading.activity_rows import ActivityColumn
from quarterday.domain.facts import ActivityState, Verdict
from tests.domain.activities_example import CAMPAIGN, told
from tests.reading.conftest import APRIL_TO_JUNE
from tests.reading.test_activities import ALONE, HOUSE, SAID, as_excel


def checked(said, **more):
    """What the checks make of a workbook with activities alone."""
    data, name = as_excel(said, ALONE)
    job = Job(data, ".xlsx", HOUSE, ALONE, APRIL_TO_JUNE, {}, (), date(2025, 7, 10), **more)
    return check_reading(job, read_tables(data, name))


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
