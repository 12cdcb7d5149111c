"""What is over is left alone, and leaving it out of what is read changes nothing that is decided."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.collection.actions import LeaveAtRest, Send
from quarterday.domain.collection.at_rest import at_rest, without_what_is_over
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.collection.verdicts import accepted_in
from quarterday.domain.facts import (
    CollectionsAtRest,
    ExtensionDecided,
    Fact,
    Facts,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReleaseMade,
    ReleaseWithdrawn,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    Step,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Meeting
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.rulings.undecided import undecided
from tests.domain.conftest import framework
from tests.domain.lived import a_return, a_verdict, at, days, recorded, with_new

MEETINGS = {
    "2024-25 Q4": date(2025, 5, 22),
    "2025-26 Q1": date(2025, 8, 14),
    "2025-26 Q2": date(2025, 11, 13),
    "2025-26 Q3": date(2026, 2, 12),
}
FIRST, LAST = date(2025, 4, 7), date(2026, 3, 30)
Q4, Q1 = "somewhere.2024-25-q4", "somewhere.2025-26-q1"
WEEKLY = days(FIRST, LAST)[::7]


def four_quarters() -> Framework:
    """The small partnership, with a year's meetings."""
    small = framework()
    meetings = tuple(Meeting(on=day, considers=parse_quarter(quarter)) for quarter, day in MEETINGS.items())
    board = small.partnership.boards[0].model_copy(update={"meetings": meetings})
    return framework(partnership=small.partnership.model_copy(update={"boards": (board,)}))


YEAR = four_quarters()
STARTS = {plan.collection: plan.opens for plan in timetables(YEAR)}


HAPPENINGS = ["return", "unjudged", "reply", "extension", "withdrawn", "bounced"]


@st.composite
def happenings(draw, kinds: list[str] = HAPPENINGS) -> list[Fact]:
    """What partners and officers might do in the year, to any of its collections, at once or long after."""
    said: list[Fact] = []
    for number in range(draw(st.integers(0, 12))):
        collection = draw(st.sampled_from(sorted(STARTS)))
        request = f"{collection}.{draw(st.sampled_from(['fire', 'police']))}"
        day = STARTS[collection] + timedelta(days=draw(st.integers(15, 330)))
        who = {"partnership": "somewhere", "by": "jo", "reason": "so it is", "at": at(day)}
        match draw(st.sampled_from(kinds)):
            case "return":
                received = a_return(request, day, partner_return=f"R-{number}")
                said += [received, a_verdict(received, draw(st.sampled_from(["accepted", "queried"])))]
            case "unjudged":
                said.append(a_return(request, day, partner_return=f"R-{number}"))
            case "reply":
                kind = draw(st.sampled_from(list(ReplyKind)))
                asked = ReplyReceived(request=request, reply=f"P-{number}", kind=kind, **who)
                said.append(replace(asked, until=day + timedelta(days=9), colleague_email="col@partner.example"))
            case "extension":
                said.append(ExtensionDecided(request=request, granted=draw(st.booleans()), until=day, **who))
            case "withdrawn":
                said.append(ReleaseWithdrawn(collection=collection, version=1, **who))
            case "bounced":
                message = f"{request}/request/{request.rpartition('.')[2]}/contact"
                told = {"step": Step.REPORTED, "event": str(number), "outcome": Outcome.BOUNCED}
                said.append(MessageSettled(message=message, **told, **who))
    return said


def went(sent: Fact, all_the_way: bool = True) -> list[Fact]:
    """What becomes of an email that was booked."""
    if not isinstance(sent, MessageReserved):
        return [sent]
    same = {"partnership": "somewhere", "by": "quarterday", "at": sent.at, "message": sent.message}
    step, outcome = (Step.ANSWERED, Outcome.SENT) if all_the_way else (Step.NOT_SENT, Outcome.FAILED)
    return [sent, MessageSettled(outcome=outcome, step=step, attempt=1, **same)]


def live(setting: Framework, said: list[Fact], on: list[date]):
    """Run the decision on some days, each happening known from its day on; gives facts and actions before each run."""
    facts, waiting = Facts(), sorted(said, key=lambda each: each.at)
    for day in on:
        new = [each for each in waiting if each.at.date() <= day]
        waiting = waiting[len(new) :]
        facts = facts.plus(*new)
        actions = what_is_due(setting, facts, day)
        yield day, facts, actions
        made = [_from_what_came(facts, fact) for each in actions for fact in recorded(setting, each, day)]
        facts = with_new(facts, *(fact for each in made for fact in went(each)))


def _from_what_came(facts: Facts, fact: Fact) -> Fact:
    """The fact as it is, but that a release names the returns that were accepted for it."""
    if not isinstance(fact, ReleaseMade):
        return fact
    return replace(fact, returns=accepted_in(facts, fact.collection))


@settings(max_examples=30, deadline=None)
@given(happenings())
def test_leaving_out_what_is_over_changes_nothing(said: list[Fact]) -> None:
    """Whatever happens in a year, and however late, the fewer facts decide exactly as all of them do."""
    for day, facts, actions in live(YEAR, said, WEEKLY):
        assert what_is_due(YEAR, without_what_is_over(facts), day) == actions
        assert undecided(YEAR, without_what_is_over(facts), day) == undecided(YEAR, facts, day)


@settings(max_examples=30, deadline=None)
@given(happenings(HAPPENINGS[:-1]))  # an address that fails later would have old answers repeated to its deputy
def test_settling_decides_nothing_but_itself(said: list[Fact]) -> None:
    """Without any settling the same emails, gaps and releases would follow: nothing due was ever laid to rest."""
    for day, facts, actions in live(YEAR, said, WEEKLY):
        unsettled = Facts(each for each in facts if not isinstance(each, CollectionsAtRest))
        others = [each for each in what_is_due(YEAR, unsettled, day) if not isinstance(each, LeaveAtRest)]
        assert others == [each for each in actions if not isinstance(each, LeaveAtRest)]


def a_quiet_year() -> Facts:
    """Everybody answers in time; the facts at the year's end."""
    said: list[Fact] = []
    for plan in timetables(YEAR):
        for partner in plan.request_on:
            received = a_return(f"{plan.collection}.{partner}", YEAR.calendar.add(plan.due, -2))
            said += [received, a_verdict(received, "accepted")]
    *_, (_, facts, _) = live(YEAR, said, days(FIRST, LAST))
    return facts


QUIET_YEAR = a_quiet_year()


def test_every_collection_but_the_latest_comes_to_rest() -> None:
    """After a quiet year the earlier three are over, and little is left to be read for a day."""
    assert set(sorted(STARTS)[:3]) == at_rest(QUIET_YEAR)
    assert {sorted(STARTS)[3]} == {each.collection for each in without_what_is_over(QUIET_YEAR).of(RequestMade)}


def test_a_late_return_opens_its_collection_again() -> None:
    """Long after, a return still leads to a receipt and, once judged, to a revision."""
    day = date(2026, 3, 31)
    late = a_return(f"{Q1}.fire", day, partner_return="R-late")
    facts = QUIET_YEAR.plus(late, a_verdict(late, "accepted"))
    due = [type(each).__name__ for each in what_is_due(YEAR, without_what_is_over(facts), date(2026, 4, 1))]

    assert Q1 not in at_rest(facts)
    assert ["Send", "Publish"] == due


def test_a_return_recorded_while_the_settling_was_decided_is_not_lost() -> None:
    """Clocks differ, and a run takes its time: what is dated before the settling, but not long before, still counts."""
    settling = QUIET_YEAR.of(CollectionsAtRest)[-1]
    meanwhile = a_return(f"{Q1}.fire", settling.at.date(), at=settling.at - timedelta(hours=12))

    assert Q1 not in at_rest(QUIET_YEAR.plus(meanwhile))


def test_an_email_whose_end_is_not_known_keeps_its_collection_open() -> None:
    """What may have to be sent again is read every day."""
    *_, (_, facts, _) = live(YEAR, [], days(FIRST, date(2025, 6, 30)))
    open_end = MessageReserved(
        partnership="somewhere",
        by="quarterday",
        at=at(date(2025, 6, 2)),
        collection=Q4,
        request=f"{Q4}.fire",
        message=f"{Q4}.fire/fresh-link/L-1/fire/contact",
        occasion="fresh-link",
        email="fresh-link",
        recipient="fire/contact",
        subject="",
        outbox_id="",
    )
    later = date(2025, 9, 1)
    quiet = [each for each in what_is_due(YEAR, facts, later) if isinstance(each, LeaveAtRest)]
    known_to_fail = facts.plus(*went(open_end, all_the_way=False))

    assert [(Q4,)] == [each.collections for each in quiet]
    assert [] == [each for each in what_is_due(YEAR, known_to_fail, later) if isinstance(each, LeaveAtRest)]


def test_an_address_that_fails_now_does_not_bring_back_an_old_request() -> None:
    """The deputy is asked for the figures of today, not for those of a collection that closed long ago."""
    *_, (_, facts, _) = live(YEAR, [], days(FIRST, date(2025, 7, 31)))
    bounced = MessageSettled(
        partnership="somewhere",
        by="sendgrid",
        at=datetime.combine(date(2025, 7, 31), time(12), UTC),
        message=f"{Q1}.police/request/police/contact",
        outcome=Outcome.BOUNCED,
        step=Step.REPORTED,
        event="1",
    )
    due = what_is_due(YEAR, facts.plus(bounced), date(2025, 8, 1))
    asked = [each.key for each in due if isinstance(each, Send) and each.occasion == "request"]

    assert [f"{Q1}.police/request/police/deputy"] == asked
