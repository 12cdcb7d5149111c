"""An email that did not go and is tried again has told nobody anything: what was decided since takes its place.

The fire service was asked on 8 July 2025; its figures are due on the 22nd, the board's pack is published on 5 August.
"""

from datetime import date

import pytest

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decided import GRANTED, LET_OFF, word_of
from quarterday.domain.collection.outcome import PACK_READY, THANKS
from quarterday.domain.collection.releases import versions_had
from quarterday.domain.collection.trying_again import still_due
from quarterday.domain.facts import (
    Facts,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReleaseApproved,
    ReleaseMade,
    ReleaseWithdrawn,
    RequestMade,
    Step,
)
from quarterday.domain.rulings.request_rulings import lift_waiver, waive_request
from tests.domain.lived import WHO, a_return, a_verdict, at, days, walk
from tests.domain.test_decisions_put_right import COLLECTION, FIRE, TELLS, asked, july, lived, made, more_time, ruling

__all__ = ["asked"]


def did_not_go(facts: Facts, *occasions: str) -> Facts:
    """The facts once the attempts at the latest emails of some kinds were refused for now."""
    latest = {each.occasion: each for each in facts.of(MessageReserved) if each.occasion in occasions}
    return facts.plus(*(settled(each, Outcome.FAILED, Step.NOT_SENT) for each in latest.values()))


def went(facts: Facts, *occasions: str) -> Facts:
    """The facts once every email of some kinds was taken by the mail server."""
    booked = [each for each in facts.of(MessageReserved) if each.occasion in occasions]
    return facts.plus(*(settled(each, Outcome.SENT, Step.ANSWERED) for each in booked))


def settled(message: MessageReserved, outcome: Outcome, step: Step) -> MessageSettled:
    """A word on the first attempt at an email, at the hour at which it was made."""
    return MessageSettled(message=message.message, outcome=outcome, step=step, attempt=1, at=message.at, **WHO)


def wanted(small, facts: Facts, day: date) -> set[str]:
    """Of all that was ever booked, what would still be sent on a day: by its occasion."""
    due = still_due(small, facts, set(facts.reserved()), day)
    return {each.occasion for each in facts.of(MessageReserved) if each.message in due}


def test_time_that_nobody_was_told_of_is_replaced(small, asked):
    """Until the 24th, whose email did not go; the 30th is told, and says nothing of the 24th."""
    facts, _ = lived(small, more_time(small, asked, ruling(16), july(24)), 17, 17)
    facts, told = lived(small, more_time(small, did_not_go(facts, GRANTED), ruling(17), july(30)), 18, 18)
    first, second = [each for each in facts.about(FIRE, MessageReserved) if each.occasion == GRANTED]
    word = word_of(facts, made(facts), GRANTED, second.tells_of)

    assert [(18, GRANTED)] == told
    assert word is not None and word[1] is None
    assert {second.message} == still_due(small, facts, {first.message, second.message}, july(18))


def test_as_long_as_it_holds_it_is_tried_again(small, asked):
    """Also on a Saturday: it is for the next working day to say whether it is still wanted."""
    facts, _ = lived(small, more_time(small, asked, ruling(16), july(24)), 17, 17)
    facts = did_not_go(facts, GRANTED)

    assert GRANTED in wanted(small, facts, july(18))
    assert GRANTED in wanted(small, facts, july(19))


def test_a_change_that_nobody_heard_of_and_that_was_taken_back_is_not_told(small, asked):
    """The 24th was told; the 30th did not go; back to the 24th, which the partner knows already."""
    facts, _ = lived(small, more_time(small, asked, ruling(16), july(24)), 17, 17)
    facts = went(facts, GRANTED)
    facts, _ = lived(small, more_time(small, facts, ruling(17), july(30)), 18, 18)
    facts = did_not_go(facts, GRANTED)
    facts, told = lived(small, more_time(small, facts, ruling(18), july(24)), 21, 21)
    last = [each.message for each in facts.about(FIRE, MessageReserved) if each.occasion == GRANTED][-1]

    assert [] == told
    assert set() == still_due(small, facts, {last}, july(21))


def test_that_it_was_let_off_is_not_told_once_that_was_taken_back(small, asked):
    """Nobody heard that it need not send, so nobody is asked after all: only the ladder goes on."""
    facts, _ = lived(small, asked.plus(waive_request(small, asked, made(asked), ruling(16))), 17, 17)
    facts = did_not_go(facts, LET_OFF)
    facts = facts.plus(lift_waiver(small, facts, made(facts), ruling(17)))
    facts, told = lived(small, facts, 18, 18)

    assert not TELLS & {what for _, what in told}
    assert LET_OFF not in wanted(small, facts, july(18))


def test_an_email_in_doubt_may_have_been_read(small, asked):
    """Of which nobody knows whether it went: what is decided since is told as a change."""
    facts, _ = lived(small, asked.plus(waive_request(small, asked, made(asked), ruling(16))), 17, 17)
    (doubt,) = [each for each in facts.of(MessageReserved) if each.occasion == LET_OFF]
    facts = facts.plus(settled(doubt, Outcome.UNCONFIRMED, Step.INTERRUPTED))
    _, told = lived(small, facts.plus(lift_waiver(small, facts, made(facts), ruling(17))), 18, 18)

    assert [(18, "asked-after-all")] == told


@pytest.fixture
def published(small, asked) -> Facts:
    """The fire service's figures are in version 1, of which the board and it were told on the 5th."""
    received = a_return(FIRE, july(18))
    facts = asked.plus(received, a_verdict(received, "accepted", answered=("deliberate-fires",)))
    facts, _ = walk(small, days(july(18), date(2025, 8, 4)), facts)
    facts, _ = walk(small, [date(2025, 8, 5)], facts)
    facts = Facts(
        ReleaseMade(**(vars(each) | {"returns": (received.partner_return,)})) if isinstance(each, ReleaseMade) else each
        for each in facts
    )
    return walk(small, [date(2025, 8, 5)], facts)[0]


def withdrawn(facts: Facts) -> Facts:
    """Version 1 is taken back on the 5th."""
    who = {**WHO, "by": "jo", "at": at(date(2025, 8, 5), 14)}
    return facts.plus(ReleaseWithdrawn(collection=COLLECTION, version=1, **who))


def about_packs(done) -> list[tuple[int, str]]:
    """What boards and partners are told of releases."""
    emails = [(day.day, each) for day, each in done if isinstance(each, Send)]
    return [(day, each.occasion) for day, each in emails if each.occasion in (PACK_READY, THANKS, "pack-withdrawn")]


def test_a_pack_that_was_withdrawn_is_announced_to_nobody(small, published):
    """Its email did not go: it is not tried again, and the board has nothing to put away."""
    facts = withdrawn(did_not_go(published, PACK_READY, THANKS))
    _, done = walk(small, days(date(2025, 8, 6), date(2025, 8, 8)), facts)

    assert not {PACK_READY, THANKS} & wanted(small, facts, date(2025, 8, 6))
    assert [] == about_packs(done)
    assert {} == versions_had(facts, COLLECTION)


def test_of_a_pack_that_stands_the_board_is_told_when_the_mail_goes_again(small, published):
    """As long as no officer has taken it back."""
    assert {PACK_READY, THANKS} <= wanted(small, did_not_go(published, PACK_READY, THANKS), date(2025, 8, 6))


def test_the_next_version_is_the_first_that_a_board_hears_of(small, published):
    """Version 1 was withdrawn before its email went: of version 2 it hears, and not what changed since version 1."""
    facts = withdrawn(did_not_go(published, PACK_READY))
    returns = facts.of(ReleaseMade)[0].returns
    who = {**WHO, "by": "jo", "at": at(date(2025, 8, 6), 14)}
    facts = facts.plus(ReleaseApproved(collection=COLLECTION, version=2, returns=returns, **who))
    facts, done = walk(small, [date(2025, 8, 7), date(2025, 8, 8)], facts)

    assert ("board", 2) in versions_had(facts, COLLECTION).items()
    assert {} == versions_had(facts, COLLECTION, before=2)
    assert "pack-withdrawn" not in [what for _, what in about_packs(done)]
    assert facts.about(FIRE, RequestMade)


def test_a_board_that_had_it_is_told_of_the_withdrawal(small, published):
    """Its email went: it hears that version 1 was taken back."""
    _, done = walk(small, [date(2025, 8, 6)], withdrawn(went(published, PACK_READY)))

    assert [(6, "pack-withdrawn")] == about_packs(done)
