"""Officers' pages: a link by email to the page that takes what no form of Prefect may hold."""

from datetime import date, timedelta

import pytest

from quarterday.domain.facts import Facts, LinkIssued, MessageReserved
from quarterday.domain.rulings.officer_links import OfficerPage, officer_page_send, opens, stop_officer_links
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.domain.lived import WHO, at, facts_of

NOON = at(date(2025, 7, 16), 12)
JO = Ruling("jo", "they rang", NOON)


def mailed(small, officer_page: OfficerPage, recipient: str = "officer/jo") -> tuple[MessageReserved, LinkIssued]:
    """The facts of an email that brought an officer a link."""
    send = officer_page_send(small, JO, officer_page, about="fire/contact")
    link = LinkIssued(
        request="",
        token_hash=f"hash-{officer_page}-{recipient}",
        recipient=recipient,
        message=send.key,
        expires=NOON + timedelta(days=3),
        **(WHO | {"at": NOON, "by": "jo"}),
    )
    return facts_of(send, NOON.date()), link


def test_it_goes_to_the_officer_who_decides(small):
    """With the reason; asked for again a moment later, it is another email."""
    send = officer_page_send(small, JO, OfficerPage.HAND_IN, request="somewhere.2025-26-q1.fire")
    again = officer_page_send(small, Ruling("jo", "they rang", NOON + timedelta(seconds=1)), OfficerPage.HAND_IN)

    assert ("officer/jo", "they rang") == (send.recipient.code, send.why)
    assert send.key != again.key


@pytest.mark.parametrize(("who", "why"), [("somebody", "they rang"), ("jo", " ")])
def test_only_officers_and_only_with_a_reason(small, who, why):
    """As with every decision."""
    with pytest.raises(RulingRefusedError):
        officer_page_send(small, Ruling(who, why, NOON), OfficerPage.CONTACT)


def test_a_link_opens_its_own_page_alone(small):
    """And none for somebody who is no officer any more; a partner's opens what a partner's opens."""
    message, link = mailed(small, OfficerPage.CONTACT)
    left = mailed(small, OfficerPage.CONTACT, "officer/left")[1]
    partners = mailed(small, OfficerPage.CONTACT, "fire/contact")[1]
    facts = Facts([message, link])

    assert [OfficerPage.CONTACT] == [each for each in OfficerPage if opens(small, facts, link, each)]
    assert [] == [each for each in OfficerPage if opens(small, facts, left, each)]
    assert [OfficerPage.HAND_IN] == [each for each in OfficerPage if opens(small, facts, partners, each)]


def test_every_link_of_an_officer_is_stopped_at_once(small):
    """Nobody else's; and where none works any more, that is said with whose there may be."""
    links = [mailed(small, each)[1] for each in OfficerPage]
    partners = mailed(small, OfficerPage.CONTACT, "fire/contact")[1]
    stopped = stop_officer_links(small, Facts([*links, partners]), "jo", JO)

    assert {each.token_hash for each in links} == {each.token_hash for each in stopped}
    with pytest.raises(RulingRefusedError, match="The officers are: jo"):
        stop_officer_links(small, Facts([*links, partners, *stopped]), "jo", JO)
