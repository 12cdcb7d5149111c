"""What needs an officer: asked time, returns sent back, releases that wait."""

from datetime import date

from quarterday.domain.facts import ReplyKind, ReplyReceived
from quarterday.domain.rulings.release_rulings import approve_release, plan_of_quarter
from quarterday.domain.rulings.request_rulings import Ruling, request_of_quarter
from quarterday.domain.rulings.time_rulings import decide_extension
from quarterday.domain.rulings.undecided import undecided
from tests.domain.conftest import framework
from tests.domain.lived import a_return, a_verdict, at, days, walk

FIRE = "somewhere.2025-26-q1.fire"


def asked(rules, last: date = date(2025, 7, 14)):
    """Both partners were asked."""
    return walk(rules, days(date(2025, 6, 23), last))[0]


def needs_time(day: int = 15) -> ReplyReceived:
    """“We need until the 29th.”"""
    return ReplyReceived(
        partnership="somewhere",
        request=FIRE,
        reply="P1",
        kind=ReplyKind.NEEDS_TIME,
        until=date(2025, 7, 29),
        at=at(date(2025, 7, day)),
        by="fire/contact",
    )


def matters(rules, facts, day: date) -> list[tuple[str, str]]:
    """What waits, and what decides it."""
    return [(each.what, each.decide_with) for each in undecided(rules, facts, day)]


def test_nothing_waits_at_first(small):
    """Who is simply awaited needs no officer."""
    assert [] == matters(small, asked(small), date(2025, 7, 16))


def test_time_that_was_asked_for_waits_until_it_is_decided_or_the_figures_come(small):
    """Either ends it."""
    facts = asked(small).plus(needs_time())
    request = request_of_quarter(small, facts, "2025-26 Q1", "fire")
    ruling = Ruling("jo", "of course", at(date(2025, 7, 16)))
    decided = facts.plus(decide_extension(small, facts, request, ruling, grant=True, until=None))
    answered = facts.plus(a_return(FIRE, date(2025, 7, 16)))

    assert [("Fire Service asks for more time until 29 July 2025 (2025-26 Q1).", "decide-extension")] == matters(
        small, facts, date(2025, 7, 16)
    )
    assert [] == matters(small, decided, date(2025, 7, 16))
    assert [] == matters(small, answered, date(2025, 7, 16))


def test_a_return_sent_back_waits_until_a_better_one_comes(small):
    """One with personal data is told apart: it cannot be accepted."""
    first, second = a_return(FIRE, date(2025, 7, 15)), a_return(FIRE, date(2025, 7, 17))
    back = asked(small).plus(first, a_verdict(first, "queried"))
    apart = asked(small).plus(first, a_verdict(first, "quarantined"))

    assert [("The return of Fire Service was sent back (2025-26 Q1).", "accept-return")] == matters(
        small, back, date(2025, 7, 16)
    )
    assert "personal data" in matters(small, apart, date(2025, 7, 16))[0][0]
    assert [] == matters(small, back.plus(second, a_verdict(second, "accepted")), date(2025, 7, 18))


def test_a_release_waits_from_the_close_until_it_is_approved(small):
    """Where the rule lets it pass by itself, nobody is asked."""
    usual = small.partnership
    careful = framework(partnership=usual.model_copy(update={"releases": "approval"}))
    facts, closed = asked(careful, date(2025, 8, 4)), date(2025, 8, 4)
    plan = plan_of_quarter(careful, facts, "2025-26 Q1")
    told = "Version 1 of 2025-26 Q1 waits for an approval: each release waits for an officer’s approval."
    approved = facts.plus(approve_release(careful, facts, plan, Ruling("jo", "read it", at(closed)), version=None))

    assert [(told, "approve-release")] == matters(careful, facts, closed)
    assert [] == matters(careful, approved, closed)
    assert [] == matters(careful, facts, date(2025, 7, 28))
    assert [] == matters(small, facts, closed)
