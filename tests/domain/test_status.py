"""Who owes us what, as the officers' table tells it."""

from datetime import date

from quarterday.domain.collection.binding import under_way
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import Facts
from quarterday.domain.framework.agreements import AgreementState
from quarterday.domain.telling.status import status_lines
from tests.domain.conftest import framework
from tests.domain.lived import a_return, a_verdict, days, walk
from tests.domain.test_dated_facts import Q1

FIRE = "somewhere.2025-26-q1.fire"


def table(setting, facts, today):
    """The lines by partner."""
    return {line.partner: line for line in status_lines(CollectionToday(setting, facts, timetable(setting, Q1), today))}


def test_before_its_request_a_partner_is_told_with_the_day_it_will_be_asked(small):
    """On 2 July 2025 the police have been asked; the fire service will be on the 8th."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 2)))
    lines = table(small, facts, date(2025, 7, 2))

    assert ("awaited", "not asked yet") == (lines["police"].state, lines["fire"].state)
    assert "its request goes out on 8 July 2025" == lines["fire"].why


def test_a_quarter_whose_time_had_passed_at_the_beginning_is_not_under_way(small):
    """Installed on 20 August 2025, after the close of 1 August: nobody was asked, and nobody will be."""
    day = date(2025, 8, 20)
    lines = table(small, Facts(), day)

    assert None is under_way(small, Facts(), day)
    assert "somewhere.2025-26-q1" == under_way(small, Facts(), date(2025, 8, 1)).collection
    assert {("not asked", "its time had passed before anything began here")} == {
        (line.state, line.why) for line in lines.values()
    }


def test_a_silent_partner_is_overdue_with_its_chasers_counted(small):
    """By 31 July 2025: two chasers and one escalation since the due date; the reminder before it is no chaser."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 31)))
    line = table(small, facts, date(2025, 7, 31))["fire"]

    assert ("overdue", 3) == (line.state, line.chasers)


def test_an_accepted_return_shows_its_day_and_verdict(small):
    """Accepted with caveats on 21 July 2025."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 9)))
    received = a_return(FIRE, date(2025, 7, 21))
    facts = facts.plus(received, a_verdict(received, "accepted with caveats"))
    line = table(small, facts, date(2025, 7, 22))["fire"]

    assert ("accepted with caveats", date(2025, 7, 21)) == (line.state, line.answered_on)


def test_a_partner_that_no_agreement_covers_is_told_with_the_reason(small):
    """Not asked, since the agreement is under review."""
    agreement = small.agreements[0].model_copy(update={"state": AgreementState.UNDER_REVIEW})
    setting = framework(agreements=(agreement,))
    facts, _ = walk(setting, days(date(2025, 7, 1), date(2025, 7, 10)))
    line = table(setting, facts, date(2025, 7, 10))["fire"]

    assert "not asked" == line.state
    assert "is under review" in line.why
