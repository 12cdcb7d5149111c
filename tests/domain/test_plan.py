"""The plan as officers read it: the timetable, and the emails of any day."""

from datetime import date

from quarterday.domain.collection.timetable import timetable
from quarterday.domain.facts import Facts
from quarterday.domain.telling.plan import email_lines, timetable_lines
from tests.domain.conftest import framework
from tests.domain.lived import days, walk
from tests.domain.test_dated_facts import Q1


def test_the_timetable_is_told_from_the_first_request_to_the_last_papers(small):
    """Each day with what happens on it, earliest first."""
    lines = list(timetable_lines(small, timetable(small, Q1)))

    assert [
        "2025-26 Q1 (April to June 2025)",
        "  Tuesday 1 July 2025          ask Police (lead time 15 working days)",
        "  Tuesday 8 July 2025          ask Fire Service (lead time 10 working days)",
        "  Tuesday 22 July 2025         figures due",
        "  Friday 1 August 2025         collection closes; gaps are recorded the next working day",
        "  Tuesday 5 August 2025        provisional release",
        "  Wednesday 6 August 2025      papers to The Board, which meets on 14 August 2025",
    ] == lines


def test_a_clash_is_told_under_the_timetable():
    """A partner asked before the period ends stands out."""
    small = framework()
    slow = small.partners[1].model_copy(update={"lead_time": 25})
    setting = framework(partners=(small.partners[0], slow))

    assert any(line.startswith("  Cannot work: ") for line in timetable_lines(setting, timetable(setting, Q1)))


def test_a_days_emails_are_told_with_reader_reason_and_key(small):
    """On 17 July 2025 both partners are reminded; the key is what an officer holds an email by."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 16)))
    lines = list(email_lines(small, facts, date(2025, 7, 17)))

    told = "reminder to Fay Fire <fay.fire@partner.example>: Fire Service: the figures due in 3 working days"
    assert [told] == [line.partition(" (")[0] for line in lines if "Fay" in line]
    assert "  key somewhere.2025-26-q1.fire/first/2025-07-08/remind/fire/contact" in lines
    assert 4 == len(lines)


def test_a_day_off_says_when_work_goes_on(small):
    """Sunday 20 July 2025: nothing is sent before Monday."""
    (line,) = email_lines(small, Facts(), date(2025, 7, 20))

    assert "Sunday 20 July 2025 is not a working day: nothing is sent. The next is Monday 21 July 2025." == line


def test_a_quiet_day_says_so(small):
    """Long before the first request nothing is due."""
    assert ["No email is due on Wednesday 5 February 2025."] == list(email_lines(small, Facts(), date(2025, 2, 5)))
