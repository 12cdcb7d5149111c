"""Exactly once on a real register, with processes racing for the same email."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from quarterday.adapters.links import opened_by
from quarterday.adapters.mail.dispatch import perform_send, settle_unfinished
from quarterday.adapters.register import open_register
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.facts import LinkIssued, MessageReserved, MessageSettled, Outcome
from tests.adapters.mail.conftest import MADE, OPENED, Office, a_send, an_office
from tests.adapters.mail.reading import link_in, mailed, token_of


def an_office_with_a_database(home: Path) -> Office:
    """The same office, its register in SQLite."""
    office = an_office(home)
    office.register = open_register(office.settings)
    office.register.append(OPENED, MADE)
    return office


def test_many_at_once_send_an_email_once(tmp_path: Path) -> None:
    """Eight threads perform the same action and settle what they find: one booking, one file, one link that works."""
    office = an_office_with_a_database(tmp_path)

    def run(number: int) -> Outcome | None:
        outcome = perform_send(office, a_send())
        settle_unfinished(office)
        return outcome

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(run, range(8)))
    facts = office.facts()
    (link,) = [link_in(each) for each in mailed(office)]

    assert Outcome.SENT in outcomes
    assert 1 == len(facts.of(MessageReserved))
    assert 1 == len(facts.of(MessageSettled))
    assert opened_by(LiveLinks(facts), token_of(link), office.now()) is not None


def test_what_was_booked_comes_back_from_the_database(tmp_path: Path) -> None:
    """What the email speaks of is kept with its booking, so that it can be composed again."""
    office = an_office_with_a_database(tmp_path)
    perform_send(office, a_send("receipt", about="R-2025-0001"))
    (message,) = office.facts().of(MessageReserved)

    assert "R-2025-0001" == message.tells_of
    assert message.message == office.facts().of(LinkIssued)[0].message
