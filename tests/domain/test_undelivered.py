"""Emails that do not arrive: somebody else is asked, and the officer hears of each once."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import (
    ExtensionDecided,
    Facts,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReplyKind,
    ReplyReceived,
    Step,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board, Meeting
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.telling.status import chasers_sent
from tests.domain.conftest import framework, person
from tests.domain.lived import WHO, a_return, a_verdict, at, days, facts_of, walk

FIRE = "somewhere.2025-26-q1.fire"
POLICE = "somewhere.2025-26-q1.police"  # has a deputy; the fire service has none
CHASED = days(date(2025, 7, 1), date(2025, 7, 28))


def lost(
    facts: Facts, to: str, day: date, outcome: Outcome = Outcome.BOUNCED, step: Step = Step.REPORTED
) -> MessageSettled:
    """The last email to somebody did not arrive."""
    message = [each for each in facts.of(MessageReserved) if each.recipient == to][-1]
    return MessageSettled(message=message.message, outcome=outcome, step=step, at=at(day), **WHO)


def emails(small: Framework, facts: Facts, day: date, request: str = "") -> list[tuple[str, str]]:
    """The emails that are due, by rung and reader."""
    due = [each for each in what_is_due(small, facts, day) if isinstance(each, Send)]
    return [(each.occasion, each.recipient.code) for each in due if not request or each.request == request]


def test_the_deputy_is_asked_and_the_officer_told(small):
    """The second chaser to the police came back: one email to the deputy, one to the officer, no rung over again."""
    facts, _ = walk(small, CHASED)
    bounced = lost(facts, "police/contact", date(2025, 7, 28))

    assert [("request", "police/deputy"), ("officer-undelivered", "officer/jo")] == emails(
        small, facts.plus(bounced), date(2025, 7, 29), POLICE
    )


def test_the_deputy_is_not_chased_on_the_day_they_are_asked(small):
    """The first chaser came back on the 25th: on the 28th, the second chaser's day, the deputy hears of it at all."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 25)))
    bounced = lost(facts, "police/contact", date(2025, 7, 25))

    assert [("request", "police/deputy"), ("officer-undelivered", "officer/jo")] == emails(
        small, facts.plus(bounced), date(2025, 7, 28), POLICE
    )


def test_what_comes_next_goes_to_the_deputy(small):
    """The reminder came back on the 18th: the deputy is asked on the 21st, and chased after five days."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 18)))
    facts, done = walk(
        small, days(date(2025, 7, 19), date(2025, 7, 28)), facts.plus(lost(facts, "police/contact", date(2025, 7, 18)))
    )
    police = [each for each in done if getattr(each[1], "request", "") == POLICE]
    wrote = [
        (day, each.occasion, each.recipient.code) for day, each in police if each.occasion != "officer-undelivered"
    ]

    assert [(date(2025, 7, 21), "request", "police/deputy"), (date(2025, 7, 28), "chase-1", "police/deputy")] == wrote


def test_the_officer_is_told_of_each_once(small):
    """Told on Monday, the run of Tuesday says nothing more of it; the next that comes back is told again."""
    facts, _ = walk(small, CHASED)
    facts = facts.plus(lost(facts, "police/contact", date(2025, 7, 28)))
    facts, first = walk(small, [date(2025, 7, 29)], facts)
    facts, second = walk(small, [date(2025, 7, 30)], facts)
    facts = facts.plus(lost(facts, "police/deputy", date(2025, 7, 31)))
    _, third = walk(small, [date(2025, 8, 1)], facts)

    assert [1, 0, 1] == [
        sum(getattr(each, "occasion", "") == "officer-undelivered" for _, each in done)
        for done in (first, second, third)
    ]


def chasers_of_police(small, facts: Facts, day: date) -> int:
    """How many chasers the police had by a day."""
    plan = plan_for(small, facts, "somewhere.2025-26-q1")
    return chasers_sent(CollectionToday(small, facts, plan, day).requests["police"])


def test_word_to_the_officer_is_no_chaser(small):
    """Two chasers went to the police; that one of them came back makes them no more."""
    facts, _ = walk(small, CHASED)
    day = date(2025, 7, 29)
    before = chasers_of_police(small, facts, day)
    facts, _ = walk(small, [day], facts.plus(lost(facts, "police/contact", date(2025, 7, 28))))

    assert 2 == before == chasers_of_police(small, facts, day)


def test_without_a_deputy_the_manager_is_asked_and_the_officer_told(small):
    """The fire service has no deputy: its manager gets the request, and is not asked later why they are silent."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 9)))
    bounced = lost(facts, "fire/contact", date(2025, 7, 9))
    _, done = walk(small, days(date(2025, 7, 10), date(2025, 8, 1)), facts.plus(bounced))
    wrote = [(each.occasion, each.recipient.code) for _, each in done if getattr(each, "request", "") == FIRE]

    assert [("request", "fire/manager"), ("officer-undelivered", "officer/jo")] == wrote[:2]
    assert {("chase-1", "fire/manager"), ("board", "board/lead")} <= set(wrote)
    assert ("manager", "fire/manager") not in wrote


def test_nobody_above_hears_of_a_partner_that_could_not_be_reached(small):
    """The contact's and the manager's emails came back: no board is asked why the fire service is silent."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 9)))
    facts, _ = walk(small, [date(2025, 7, 10)], facts.plus(lost(facts, "fire/contact", date(2025, 7, 9))))
    facts = facts.plus(lost(facts, "fire/manager", date(2025, 7, 10)))
    _, done = walk(small, days(date(2025, 7, 11), date(2025, 8, 1)), facts)
    wrote = {(each.occasion, each.recipient.code) for _, each in done if getattr(each, "request", "") == FIRE}

    assert {("officer-undelivered", "officer/jo")} == wrote


def test_a_mail_room_that_turned_one_away_is_no_dead_mailbox(small):
    """The officer is told; the contact goes on being written to."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 9)))
    blocked = lost(facts, "police/contact", date(2025, 7, 9), Outcome.BLOCKED)
    _, done = walk(small, days(date(2025, 7, 10), date(2025, 7, 17)), facts.plus(blocked))
    wrote = [(each.occasion, each.recipient.code) for _, each in done if getattr(each, "request", "") == POLICE]

    assert [("officer-undelivered", "officer/jo"), ("remind", "police/contact")] == wrote


@pytest.mark.parametrize("heals", ["delivered", "answered"])
def test_what_arrives_later_or_is_answered_heals(small, heals):
    """An email came back, a later one arrived or an answer came: the contact is chased, and no deputy asked."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 17)))
    first, later = [each.message for each in facts.of(MessageReserved) if each.recipient == "police/contact"]
    told = WHO | {"step": Step.REPORTED}
    came_back = MessageSettled(message=first, outcome=Outcome.BOUNCED, at=at(date(2025, 7, 18), 8), **told)
    arrived = MessageSettled(message=later, outcome=Outcome.DELIVERED, at=at(date(2025, 7, 18)), **told)
    said = ReplyReceived(
        partnership="somewhere",
        request=POLICE,
        reply="P1",
        kind=ReplyKind.OWN_REFERENCE,
        reference="FOI-1",
        until=date(2025, 7, 24),
        at=at(date(2025, 7, 18)),
        by="police/contact",
    )
    healed = {"delivered": arrived, "answered": said}[heals]
    _, done = walk(small, days(date(2025, 7, 18), date(2025, 7, 25)), facts.plus(came_back, healed))
    wrote = {each.recipient.code for _, each in done if getattr(each, "request", "") == POLICE}

    assert {"officer/jo", "police/contact"} == wrote


def test_an_answer_that_came_back_goes_to_the_deputy(small):
    """Word of more time, sent to the contact on the 11th, came back: the deputy is told on the 14th, once."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 10)))
    granted = ExtensionDecided(request=POLICE, granted=True, until=date(2025, 7, 31), at=at(date(2025, 7, 10)), **WHO)
    facts, _ = walk(small, [date(2025, 7, 11)], facts.plus(granted))
    bounced = lost(facts, "police/contact", date(2025, 7, 11))
    _, done = walk(small, days(date(2025, 7, 14), date(2025, 7, 18)), facts.plus(bounced))

    answers = [(day, each.recipient.code) for day, each in done if getattr(each, "occasion", "") == "extension-granted"]
    assert [(date(2025, 7, 14), "police/deputy")] == answers


def test_a_colleague_whose_address_was_mistyped_is_not_written_to_again(small):
    """The email to the colleague was refused at once: the contact is chased as before, and the officer is told."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 9)))
    named = ReplyReceived(
        request=FIRE,
        reply="P1",
        kind=ReplyKind.COLLEAGUE,
        colleague_name="Cy",
        colleague_email="cy at fire",
        at=at(date(2025, 7, 9)),
        **(WHO | {"by": "fire/contact"}),
    )
    facts, _ = walk(small, [date(2025, 7, 10)], facts.plus(named))
    refused = lost(facts, "fire/colleague-P1", date(2025, 7, 10), step=Step.ANSWERED)
    facts, done = walk(small, days(date(2025, 7, 11), date(2025, 7, 25)), facts.plus(refused))
    readers = [each.recipient.code for _, each in done if isinstance(each, Send) and each.request == FIRE]

    assert ["officer/jo", "fire/contact"] == list(dict.fromkeys(readers))


@pytest.mark.parametrize(
    ("outcome", "step"),
    [
        (Outcome.UNCONFIRMED, Step.INTERRUPTED),
        (Outcome.FAILED, Step.NOT_SENT),
        (Outcome.DELIVERED, Step.REPORTED),
        (Outcome.SENT, Step.ANSWERED),
    ],
)
def test_what_may_still_arrive_is_no_reason_to_write_to_anybody(small, outcome, step):
    """A mail server that was down, or an outcome that nobody knows, is no wrong address."""
    facts, _ = walk(small, CHASED)
    doubtful = lost(facts, "police/contact", date(2025, 7, 28), outcome, step)

    assert [] == emails(small, facts.plus(doubtful), date(2025, 7, 29), POLICE)


def test_a_refusal_that_is_not_about_the_address_moves_nobody(small):
    """Our own sender was refused: the officer is told, and the contact, once that is put right, is written to again."""
    facts, _ = walk(small, CHASED)
    refused = lost(facts, "police/contact", date(2025, 7, 28), Outcome.FAILED, "transport")

    assert [("officer-undelivered", "officer/jo")] == emails(small, facts.plus(refused), date(2025, 7, 29), POLICE)


def test_an_accepted_return_is_not_asked_for_again(small):
    """The receipt came back: the officer is told, and the deputy is not asked for what has come."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 9)))
    received = a_return(POLICE, date(2025, 7, 9))
    facts, _ = walk(small, [date(2025, 7, 10)], facts.plus(received, a_verdict(received, "accepted")))
    bounced = lost(facts, "police/contact", date(2025, 7, 10))

    assert [("officer-undelivered", "officer/jo")] == emails(small, facts.plus(bounced), date(2025, 7, 11), POLICE)


def test_nobody_is_asked_for_a_quarter_that_has_closed():
    """An email of October came back: the deputy is asked for that quarter, and not for the one before as well."""
    quarters = {date(2025, 8, 14): "2025-26 Q1", date(2025, 11, 13): "2025-26 Q2"}
    meetings = tuple(Meeting(on=day, considers=parse_quarter(label)) for day, label in quarters.items())
    board = Board(code="board", name="The Board", kind="board", lead=person("Lee Lead"), meetings=meetings)
    both = framework(partnership=framework().partnership.model_copy(update={"boards": (board,)}))
    facts, _ = walk(both, days(date(2025, 7, 1), date(2025, 10, 29)))
    bounced = lost(facts, "police/contact", date(2025, 10, 29))

    assert [("request", "police/deputy"), ("officer-undelivered", "officer/jo")] == emails(
        both, facts.plus(bounced), date(2025, 10, 30)
    )


def test_an_email_to_the_officer_that_came_back_is_not_told_by_email(small):
    """That would come back too, for ever: the day's page shows it."""
    facts, _ = walk(small, CHASED)
    facts = facts.plus(lost(facts, "police/contact", date(2025, 7, 28)))
    (told,) = (each for each in what_is_due(small, facts, date(2025, 7, 29)) if each.occasion == "officer-undelivered")
    facts = facts.plus(facts_of(told, date(2025, 7, 29)))
    back = replace(lost(facts, "officer/jo", date(2025, 7, 29)), message=told.key)

    assert "officer-undelivered" not in {rung for rung, _ in emails(small, facts.plus(back), date(2025, 7, 30))}


def test_what_came_back_long_ago_is_no_news(small):
    """A register from before this was told does not fill the officer's mailbox."""
    facts, _ = walk(small, CHASED)
    bounced = lost(facts, "police/contact", date(2025, 7, 28))

    assert "officer-undelivered" not in {rung for rung, _ in emails(small, facts.plus(bounced), date(2025, 9, 1))}
