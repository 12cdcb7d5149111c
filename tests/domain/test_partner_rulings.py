"""Whom we deal with at a partner: contacts changed, links replaced, returns handed in."""

from datetime import date

import pytest

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.people import asked_person, contact_for, recipients
from quarterday.domain.facts import (
    LinkIssued,
    LinkReplaced,
    LinkRevoked,
    MessageSettled,
    Outcome,
    ReplyKind,
    ReplyReceived,
    Step,
    UploadKept,
)
from quarterday.domain.framework.partners import Role
from quarterday.domain.rulings.partner_rulings import change_contact, refuse_handing_in, replace_link
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, request_of_quarter, waive_request
from tests.domain.lived import WHO, a_return, a_verdict, at, days, facts_of, walk

FIRE, POLICE = "somewhere.2025-26-q1.fire", "somewhere.2025-26-q1.police"


@pytest.fixture
def asked(small):
    """The facts once both partners were asked."""
    return walk(small, days(date(2025, 6, 23), date(2025, 7, 9)))[0]


def ruling(day: int = 16) -> Ruling:
    """Jo decides on a day of July."""
    return Ruling("jo", "they told us", at(date(2025, 7, day)))


def new_contact(small, facts, role="contact", partner="fire", day=16, name="Ann Other", email="ann@fire.example"):
    """Somebody else holds a role."""
    return change_contact(small, facts, ruling(day), partner=partner, role=role, name=name, email=email)


def test_the_new_contact_hears_from_its_day_on(small, asked):
    """The latest change holds; the code that the register knows stays."""
    facts = asked.plus(new_contact(small, asked))
    facts = facts.plus(new_contact(small, facts, day=17, name="Bo Other", email="bo@fire.example"))
    to = asked_person(small, facts, FIRE, "fire")

    assert ("fire/contact", "Bo Other", "bo@fire.example") == (to.code, to.name, to.email)


def test_a_manager_may_be_named_where_config_names_none(small, asked):
    """The police's manager was the officer until then."""
    (request,) = (request_of_quarter(small, asked, "2025-26 Q1", "police"),)
    facts = asked.plus(new_contact(small, asked, "manager", "police"))

    assert "officer/jo" == recipients(small, asked, request, Role.MANAGER).code
    assert "Ann Other" == recipients(small, facts, request, Role.MANAGER).name


def test_what_came_back_from_the_old_address_does_not_count_against_the_new(small, asked):
    """The deputy stood in until an officer named another contact."""
    bounced = MessageSettled(
        message=f"{POLICE}/request/police/contact",
        outcome=Outcome.BOUNCED,
        step=Step.REPORTED,
        event="e1",
        at=at(date(2025, 7, 10)),
        **WHO,
    )
    facts = asked.plus(bounced)

    assert "police/deputy" == asked_person(small, facts, POLICE, "police").code
    facts = facts.plus(new_contact(small, facts, partner="police"))
    assert "police/contact" == asked_person(small, facts, POLICE, "police").code


def test_an_officers_word_holds_over_a_colleague_named_before(small, asked):
    """And a colleague named later holds over the officer's."""

    def colleague(day: int) -> ReplyReceived:
        return ReplyReceived(
            request=FIRE,
            reply=f"P{day}",
            kind=ReplyKind.COLLEAGUE,
            colleague_name=f"Cy {day}",
            colleague_email="cy@fire.example",
            at=at(date(2025, 7, day)),
            by="fire/contact",
            partnership="somewhere",
        )

    facts = asked.plus(colleague(10))
    facts = facts.plus(new_contact(small, facts, day=11))

    assert "Ann Other" == contact_for(small, facts, FIRE, "fire").name
    assert "Cy 14" == contact_for(small, facts.plus(colleague(14)), FIRE, "fire").name


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"partner": "navy"}, "no partner"),
        ({"role": "chief"}, "contact, deputy, manager"),
        ({"role": "officer"}, "no role"),
        ({"email": "ann at fire"}, "first.last@partner.example"),
        ({"email": "ann@fire.example\nBcc: x@y.example"}, "email is not one"),
        ({"name": " "}, "name is not one"),
        ({"name": "Fay  Fire", "email": "Fay.Fire@partner.example"}, "already"),
    ],
)
def test_what_is_no_contact_is_refused(small, asked, changes, said):
    """Each in a sentence that says what would do."""
    with pytest.raises(RulingRefusedError, match=said):
        new_contact(small, asked, **changes)


def test_a_change_made_twice_names_who_made_it_first(small, asked):
    """The second officer learns of the first."""
    with pytest.raises(RulingRefusedError, match="jo wrote so on 16 July 2025"):
        new_contact(small, asked.plus(new_contact(small, asked)), day=17)


def test_a_replaced_link_stops_the_old_ones_and_sends_one_email(small, asked):
    """The fresh link goes to today's contact, once."""
    link = LinkIssued(
        request=FIRE,
        token_hash="h1",
        recipient="fire/contact",
        message="m",
        expires=at(date(2025, 9, 1)),
        at=at(date(2025, 7, 8)),
        **WHO,
    )
    facts = asked.plus(link)
    decided = replace_link(small, facts, request_of_quarter(small, facts, "2025-26 Q1", "fire"), ruling())
    facts = facts.plus(*decided)
    (send,) = (
        each
        for each in what_is_due(small, facts, date(2025, 7, 16))
        if isinstance(each, Send) and each.occasion == "fresh-link"
    )
    after = facts.plus(facts_of(send, date(2025, 7, 16)))

    assert [LinkRevoked, LinkReplaced] == [type(each) for each in decided]
    assert ("fire/contact", decided[1].replacement) == (send.recipient.code, send.about)
    assert "fresh-link" not in {getattr(each, "occasion", "") for each in what_is_due(small, after, date(2025, 7, 17))}


def test_a_second_replacement_waits_for_the_first_ones_email(small, asked):
    """Naming who ordered it."""
    request = request_of_quarter(small, asked, "2025-26 Q1", "fire")
    facts = asked.plus(*replace_link(small, asked, request, ruling()))

    with pytest.raises(RulingRefusedError, match="jo has already ordered a fresh link on 16 July 2025"):
        replace_link(small, facts, request, ruling(17))


def test_who_was_let_off_may_have_a_link_and_hand_in_all_the_same(small, asked):
    """A return after a waiver counts, so neither is refused."""
    request = request_of_quarter(small, asked, "2025-26 Q1", "fire")
    facts = asked.plus(waive_request(small, asked, request, ruling()))

    refuse_handing_in(facts, request, "abc")
    assert replace_link(small, facts, request, ruling(17))


def test_the_same_bytes_are_not_handed_in_twice_nor_a_nil_over_figures(small, asked):
    """The first sender is named."""
    request = request_of_quarter(small, asked, "2025-26 Q1", "fire")
    received = a_return(FIRE, date(2025, 7, 15))
    kept = UploadKept(
        request=FIRE,
        upload="u",
        sha256="abc",
        size=3,
        suffix=".csv",
        stored_as="s",
        said_name="q1.csv",
        at=received.at,
        by="fire/contact",
        partnership="somewhere",
    )
    facts = asked.plus(received, a_verdict(received, "accepted"), kept)

    refuse_handing_in(facts, request, "other")
    with pytest.raises(RulingRefusedError, match="fire/contact has already sent these very bytes"):
        refuse_handing_in(facts, request, "abc")
    with pytest.raises(RulingRefusedError, match="contradicts"):
        refuse_handing_in(facts, request, "")
