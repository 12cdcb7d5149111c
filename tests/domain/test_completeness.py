"""Five rates tell a collection: expected, received, on time, accepted, complete."""

from datetime import UTC, date, datetime

from quarterday.domain.collection.timetable import Timetable, timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import ExtensionDecided, Facts, RequestMade, RequestWaived
from quarterday.domain.framework.agreements import AgreementState
from quarterday.domain.framework.framework import Framework, Priority
from quarterday.domain.framework.partners import Board
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.telling.completeness import Rates, rates, rates_by_board, rates_by_partner
from tests.domain.conftest import framework, indicator, person
from tests.domain.lived import a_return, a_verdict

FIRE, POLICE = "somewhere.2025-26-q1.fire", "somewhere.2025-26-q1.police"
DUE = date(2025, 7, 18)
MADE = {"at": datetime(2025, 7, 1, 9, tzinfo=UTC), "by": "quarterday", "partnership": "somewhere"}


def plan_of(house: Framework) -> Timetable:
    """Its one collection."""
    plan = timetable(house, parse_quarter("2025-26 Q1"))
    assert plan
    return plan


def on(house: Framework, facts: Facts, day: date) -> CollectionToday:
    """The collection as it stands on a day."""
    return CollectionToday(house, facts, plan_of(house), day)


def request(code: str, *asked: str, withheld: tuple[str, ...] = ()) -> RequestMade:
    """A partner was asked."""
    return RequestMade(
        collection="somewhere.2025-26-q1",
        request=code,
        partner=code.rpartition(".")[2],
        asked=asked,
        withheld=withheld,
        due=DUE,
        closes=date(2025, 7, 30),
        **MADE,
    )


BOTH_ASKED = (request(FIRE, "deliberate-fires"), request(POLICE, "robberies"))


def test_nothing_has_come(small: Framework) -> None:
    """Before anything comes, both returns are expected and nothing else is so."""
    found = rates(on(small, Facts(BOTH_ASKED), date(2025, 7, 8)))

    assert Rates(2, 2, 0, 0, 0, 2, 0) == found
    assert (1.0, 0.0, 0.0, 0.0, 0.0) == (
        found.expected,
        found.received,
        found.on_time,
        found.accepted,
        found.complete,
    )


def test_one_came_late_and_was_accepted(small: Framework) -> None:
    """A return after its due date is received and accepted, but not on time."""
    came = a_return(FIRE, date(2025, 7, 21))
    found = rates(
        CollectionToday(
            small, Facts([*BOTH_ASKED, came, a_verdict(came, "accepted")]), plan_of(small), date(2025, 7, 22)
        )
    )

    assert (("received", 1, 2), ("on time", 0, 2), ("accepted", 1, 2), ("complete", 1, 2)) == found.told()[1:]


def test_due_on_a_friday_and_sent_that_evening(small: Framework) -> None:
    """A return on its due date is on time."""
    found = rates(on(small, Facts([*BOTH_ASKED, a_return(FIRE, DUE)]), DUE))

    assert 1 == found.returns_on_time


def test_an_extension_granted_makes_it_on_time(small: Framework) -> None:
    """More time that an officer granted before the return came moves its due date."""
    more_time = ExtensionDecided(
        at=datetime(2025, 7, 16, tzinfo=UTC),
        by="jo",
        reason="staff leave",
        partnership="somewhere",
        request=FIRE,
        granted=True,
        until=date(2025, 7, 23),
    )
    came = a_return(FIRE, date(2025, 7, 23))

    assert 1 == rates(on(small, Facts([*BOTH_ASKED, more_time, came]), DUE)).returns_on_time


def test_a_return_sent_back_was_received(small: Framework) -> None:
    """What was sent back came, and came on time, but is not accepted."""
    came = a_return(FIRE, date(2025, 7, 16))
    found = rates(on(small, Facts([*BOTH_ASKED, came, a_verdict(came, "queried")]), DUE))

    assert (1, 1, 0, 0) == (
        found.returns_received,
        found.returns_on_time,
        found.returns_accepted,
        found.figures_accepted,
    )


def test_a_later_return_sent_back_takes_nothing_away(small: Framework) -> None:
    """Figures accepted once stay accepted when a resubmission is sent back."""
    first, second = a_return(FIRE, date(2025, 7, 15)), a_return(FIRE, date(2025, 7, 17))
    facts = Facts([*BOTH_ASKED, first, a_verdict(first, "accepted"), second, a_verdict(second, "queried")])

    assert 1 == rates(on(small, facts, DUE)).figures_accepted


def test_part_of_a_return() -> None:
    """An accepted return counts as accepted, and only the figures that came count as complete."""
    house = framework(indicators=(indicator("deliberate-fires", "fire"), indicator("smoke-alarms", "fire")))
    came = a_return(FIRE, date(2025, 7, 16))
    verdict = a_verdict(came, "accepted with caveats", answered=("deliberate-fires",))
    found = rates(
        CollectionToday(
            house, Facts([request(FIRE, "deliberate-fires", "smoke-alarms"), came, verdict]), plan_of(house), DUE
        )
    )

    assert (1.0, 0.5) == (found.accepted, found.complete)


def test_let_off(small: Framework) -> None:
    """A partner that was let off is not expected, and its figure is missing all the same."""
    waived = RequestWaived(reason="flooded office", request=FIRE, **MADE)
    found = rates(on(small, Facts([*BOTH_ASKED, waived]), DUE))

    assert (1, 2, 2) == (found.returns_expected, found.returns_wanted, found.figures_wanted)


def test_an_agreement_under_review(small: Framework) -> None:
    """What no agreement lets us ask for is wanted but not expected."""
    review = small.agreements[0].model_copy(update={"state": AgreementState.UNDER_REVIEW})
    house = framework(agreements=(review,))
    found = rates(on(house, Facts(), date(2025, 7, 1)))

    assert Rates(2, 0, 0, 0, 0, 2, 0) == found
    assert 0.0 == found.received


def test_by_partner_in_their_own_order(small: Framework) -> None:
    """Each partner has its rates, in the order of the configuration and not of merit."""
    came = a_return(POLICE, date(2025, 7, 16))
    found = rates_by_partner(on(small, Facts([*BOTH_ASKED, came]), DUE))

    assert [("fire", 0.0), ("police", 1.0)] == [(code, each.received) for code, each in found.items()]


def test_by_board() -> None:
    """A board's rates speak only of the figures that it reads, named by it or by its priorities."""
    boards = framework().partnership.boards
    youth = Board(code="youth", name="Youth Board", kind="subgroup", lead=person("Yas Youth"), reports_to="board")
    partnership = framework().partnership.model_copy(update={"boards": (*boards, youth)})
    house = framework(
        partnership=partnership,
        priorities=(Priority(code="safer-streets", title="Safer streets", plan="plan", board="board"),),
        indicators=(indicator("deliberate-fires", "fire", boards=("youth",)), indicator("robberies", "police")),
    )
    came = a_return(POLICE, date(2025, 7, 16))
    facts = Facts([*BOTH_ASKED, came, a_verdict(came, "accepted")])
    found = rates_by_board(on(house, facts, DUE))

    assert Rates(2, 2, 1, 1, 1, 2, 1) == found["board"]
    assert Rates(1, 1, 0, 0, 0, 1, 0) == found["youth"]
