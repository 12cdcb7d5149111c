"""A clock that leaps, and is put right again: no email goes twice, none is given up early, none waits for that day."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from quarterday.adapters.mail.dispatch import perform_send, settle_unfinished
from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.one_by_one import nobody_notes
from quarterday.adapters.mail.sent import Sent
from quarterday.domain.collection.booked import booked, given_up
from quarterday.domain.facts import Outcome
from quarterday.domain.rulings.message_rulings import settle_emails
from quarterday.domain.rulings.request_rulings import Ruling
from tests.adapters.mail.conftest import Carrier, Office, a_send, an_office, hourly

NOT_NOW = Sent(Outcome.FAILED, "the mail server answered 451 to the sender", again=True)
RECEIPT = a_send("officer-failure", request="")
YEAR = timedelta(days=365)


def ordered(office: Office, which: str) -> None:
    """An officer has emails sent again, by the clock as it stands."""
    ruling = Ruling(office.framework.partnership.officers[0].code, "it did not come", office.moment)
    office.register.append(*settle_emails(office.framework, office.facts(), ruling, which=which, arrived=False))


@pytest.mark.parametrize("ahead", [timedelta(days=1), YEAR], ids=["a day", "a year"])
def test_what_was_tried_by_a_clock_ahead_is_tried_on_when_it_is_right(tmp_path: Path, ahead: timedelta) -> None:
    """The pause counts from the last try by the right clock: the email goes when the server takes it, and once."""
    office = an_office(tmp_path, transport=Carrier([NOT_NOW] * 4))
    perform_send(office, RECEIPT)
    office.moment += ahead
    settle_unfinished(office)
    office.moment -= ahead
    hourly(office, 12)

    assert Outcome.SENT is booked(office.facts(), RECEIPT.key).outcome
    assert 5 == len(office.transport.carried)


def test_a_clock_a_year_ahead_gives_up_nothing_early(tmp_path: Path) -> None:
    """Twelve tries by the right clock are no four days, though one try says that a year went by."""
    office = an_office(tmp_path, transport=Carrier([NOT_NOW] * 99))
    perform_send(office, RECEIPT)
    office.moment += YEAR
    settle_unfinished(office)
    office.moment -= YEAR
    hourly(office, 72)

    assert [] == given_up(office.facts())


@pytest.mark.parametrize("ahead", [YEAR, -YEAR], ids=["ahead", "behind"])
def test_what_an_officer_orders_by_a_clock_that_is_wrong_goes_once(tmp_path: Path, ahead: timedelta) -> None:
    """The order stands after the tries that it follows and before its own, whatever the times beside them say."""
    office = an_office(tmp_path, transport=Carrier([Sent(Outcome.UNCONFIRMED, "the connection broke")]))
    perform_send(office, RECEIPT)
    office.moment += ahead
    ordered(office, "in doubt")
    office.moment -= ahead
    hourly(office, 12)

    assert Outcome.SENT is booked(office.facts(), RECEIPT.key).outcome
    assert 2 == len(office.transport.carried)


def test_what_was_booked_by_a_clock_ahead_and_cut_short_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was never handed over, and does not wait for the day that the clock told."""
    office = an_office(tmp_path, transport=Carrier())
    office.moment += YEAR
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(Carrier, "send_together", _killed)
        perform_send(office, RECEIPT)
    office.moment -= YEAR
    settle_unfinished(office)

    assert Outcome.SENT is booked(office.facts(), RECEIPT.key).outcome
    assert 1 == len(office.transport.carried)


def test_what_a_machine_whose_clock_is_ahead_is_about_to_send_is_left_to_it(tmp_path: Path) -> None:
    """Its booking is of an hour that has not come here: it may be on its way, and would go twice."""
    office = an_office(tmp_path, transport=Carrier())
    carry = office.transport.send_together
    behind: list[list[tuple[str, Outcome]]] = []

    def meanwhile(emails: Sequence[Email], handing_over: Callable[[], None] = nobody_notes) -> Sent:
        office.moment -= timedelta(hours=1)
        behind.append(settle_unfinished(office))
        office.moment += timedelta(hours=1)
        return carry(emails, handing_over)

    office.transport.send_together = meanwhile
    perform_send(office, RECEIPT)

    assert [[]] == behind
    assert 1 == len(office.transport.carried)


def _killed(*_: object) -> Sent:
    raise KeyboardInterrupt
