"""An officer sends an email at once, writes to a partner, puts a matter off, or settles one email."""

from datetime import UTC, date, datetime

import pytest

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.booked import held_up, in_doubt
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.facts import Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.message_rulings import hasten_email, settle_email, write_to_partner
from quarterday.domain.rulings.putting_off import put_off_agreement
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, hold_email
from quarterday.domain.rulings.undecided import undecided
from tests.domain.conftest import framework
from tests.domain.lived import at, days, walk
from tests.domain.test_message_rulings import DOUBTED, RECEIPT

FIRE = "somewhere.2025-26-q1.fire"
REMINDER = f"{FIRE}/first/2025-07-08/remind/fire/contact"
ON = date(2025, 7, 16)  # the day before the reminder
RULING = Ruling("jo", "She is away from tomorrow.", at(ON, 12), "Hello Fay,\nis the figure for May complete?")


@pytest.fixture(scope="module")
def asked(small: Framework) -> Facts:
    """Both partners asked by 16 July, due on the 22nd."""
    facts, _ = walk(small, days(date(2025, 6, 30), ON))
    return facts


def emails(small: Framework, facts: Facts, day: date) -> list[str]:
    """The emails due on a day, by their keys."""
    return [each.key for each in what_is_due(small, facts, day) if isinstance(each, Send)]


def test_tomorrows_email_goes_at_once_and_not_once_more(small: Framework, asked: Facts) -> None:
    """Only the one that was wanted; on its day the rest goes."""
    facts = asked.plus(hasten_email(small, asked, REMINDER, RULING))
    assert [] == emails(small, asked, ON)
    assert [REMINDER] == emails(small, facts, ON)
    _, done = walk(small, [ON, date(2025, 7, 17)], facts)

    assert [ON] == [day for day, each in done if isinstance(each, Send) and each.key == REMINDER]


def test_on_a_saturday_too_where_an_officer_wants_it(small: Framework, asked: Facts) -> None:
    """Nothing else goes on a day on which nobody works."""
    after, _ = walk(small, days(date(2025, 7, 17), date(2025, 7, 23)), asked)
    friday = date(2025, 7, 25)
    after, _ = walk(small, [date(2025, 7, 24), friday], after)
    saturday = date(2025, 7, 26)
    (monday, *_) = [each for each in emails(small, after, date(2025, 7, 28)) if ".fire/" in each]
    facts = after.plus(hasten_email(small, after, monday, Ruling("jo", "They asked for it.", at(saturday, 12))))

    assert [monday] == emails(small, facts, saturday)


def test_what_cannot_go_at_once_is_refused(small: Framework, asked: Facts) -> None:
    """Gone already, held back, ordered already, or not of the next working day."""
    held = asked.plus(hold_email(small, asked, REMINDER, RULING, hold=True))
    ordered = asked.plus(hasten_email(small, asked, REMINDER, RULING))
    for facts, message, sentence in (
        (asked, f"{FIRE}/request/fire/contact", "has already gone"),
        (held, REMINDER, "is held back"),
        (ordered, REMINDER, "goes with the next run already"),
        (asked, f"{FIRE}/first/2025-07-08/chase-1/fire/contact", "not due on the next working day"),
    ):
        with pytest.raises(RulingRefusedError, match=sentence):
            hasten_email(small, facts, message, RULING)


def test_an_email_that_is_held_after_it_was_to_go_at_once_is_held(small: Framework, asked: Facts) -> None:
    """The latest word holds."""
    facts = asked.plus(hasten_email(small, asked, REMINDER, RULING))
    later = Ruling("jo", "No: they rang.", at(ON, 13))

    assert [] == emails(small, facts.plus(hold_email(small, facts, REMINDER, later, hold=True)), ON)


def test_a_letter_goes_once_to_whom_we_write_to(small: Framework, asked: Facts) -> None:
    """With the next run, whatever else is due."""
    request = asked.request(FIRE)
    assert request
    wrote = write_to_partner(small, asked, request, RULING)
    facts = asked.plus(wrote)
    (letter,) = (each for each in what_is_due(small, facts, ON) if isinstance(each, Send))

    assert ("letter", "fire/contact", wrote.letter) == (letter.email, letter.recipient.code, letter.about)
    after, _ = walk(small, [ON], facts)
    assert [] == emails(small, after, ON)
    with pytest.raises(RulingRefusedError, match="Say what you want to write to Fire Service"):
        write_to_partner(small, asked, request, Ruling("jo", "why", at(ON, 12)))


def test_an_agreement_near_its_end_is_put_off_until_a_day(small: Framework) -> None:
    """It is told again on that day, and never later than it ends."""
    ending = framework(agreements=(small.agreements[0].model_copy(update={"ends": date(2025, 8, 10)}),))
    ruling = Ruling("jo", "The new one is being signed.", at(ON, 12))
    facts = Facts([put_off_agreement(ending, "main", ruling, until=date(2025, 7, 30))])

    assert ["main"] == [each.about for each in undecided(ending, Facts(), ON)]
    assert [] == undecided(ending, facts, date(2025, 7, 29))
    assert ["main"] == [each.about for each in undecided(ending, facts, date(2025, 7, 30))]
    for day, sentence in ((ON, "not in the future"), (date(2025, 8, 11), "It ends on Sunday 10 August 2025")):
        with pytest.raises(RulingRefusedError, match=sentence):
            put_off_agreement(ending, "main", ruling, until=day)
    with pytest.raises(RulingRefusedError, match="no agreement that ends soon"):
        put_off_agreement(small, "main", ruling, until=date(2025, 7, 30))


def test_one_email_in_doubt_is_settled_by_itself() -> None:
    """It arrived, or it goes again; afterwards there is nothing to settle."""
    facts, ruling = Facts([RECEIPT, DOUBTED]), Ruling("jo", "They have it.", datetime(2025, 7, 17, 8, tzinfo=UTC))
    arrived = facts.plus(settle_email(framework(), facts, RECEIPT.message, ruling, arrived=True))
    again = facts.plus(settle_email(framework(), facts, RECEIPT.message, ruling, arrived=False))

    assert [] == in_doubt(arrived)
    assert [RECEIPT] == [each.message for each in held_up(again)]
    with pytest.raises(RulingRefusedError, match="Nothing is in doubt about that email any more"):
        settle_email(framework(), arrived, RECEIPT.message, ruling, arrived=True)
