"""Several people answer for one request: a colleague has a link to some of its figures, the contact sees the whole."""

from collections.abc import Callable

import pytest

from quarterday.domain.collection.people import contact_for
from quarterday.domain.facts import ReplyReceived, ReturnKind, ReturnReceived
from quarterday.domain.framework.partners import Contact
from quarterday.web.partners.colleagues import colleague_domains
from tests.domain.conftest import framework, indicator
from tests.web.conftest import FIRE, Office, Person

CAROL = {"colleague_name": "Carol Fire", "colleague_email": "carol.fire@partner.example"}


@pytest.fixture
def shared(make_office: Callable[..., Office]) -> tuple[Office, Person, Person]:
    """An office that asks for two figures; the contact has given the second to Carol, who has a link of her own."""
    office = make_office(indicators=(indicator("deliberate-fires", "fire"), indicator("dwelling-fires", "fire")))
    fay = office.person()
    fay.open("colleague")
    fay.send("/colleague", indicators="dwelling-fires", **CAROL)
    fay.send("/colleague")
    (reply,) = office.kept(ReplyReceived)
    return office, fay, office.person(f"fire/colleague-{reply.reply}")


def test_she_is_asked_for_those_alone(shared: tuple[Office, Person, Person]) -> None:
    """Her page and her template have her figure and nothing else; the contact's have both."""
    _, fay, carol = shared
    assert "Dwelling fires" in carol.open().text
    assert "Deliberate fires" not in carol.page.text
    template = carol.client.get(f"/r/{carol.token}/template.csv").text
    assert ("dwelling-fires" in template, "deliberate-fires" in template) == (True, False)

    assert {"Dwelling fires", "Deliberate fires"} <= {
        title for title in ("Dwelling fires", "Deliberate fires") if title in fay.open().text
    }


def test_the_contact_stays_whom_we_write_to(shared: tuple[Office, Person, Person]) -> None:
    """The request is the contact's as before: reminders and words of decisions go there."""
    office, fay, _ = shared
    known = office.installation
    contact = contact_for(known.framework, known.facts(), FIRE, "fire")

    assert "Fay Fire" == contact.name
    assert "a link to these figures alone: Dwelling fires" in fay.text


def test_what_she_sends_is_a_part(shared: tuple[Office, Person, Person]) -> None:
    """Her return is a part whatever she says, since the rest is not hers; the contact sees it."""
    office, fay, carol = shared
    carol.open("type")
    carol.send("/type", value__0="4")
    carol.send("/send")
    (received,) = office.kept(ReturnReceived)
    fay.open()

    assert (ReturnKind.PART, "colleague") == (received.kind, received.by.partition("/")[2].partition("-")[0])
    assert f"Return {received.partner_return}" in fay.text


def test_she_sees_nothing_of_the_others(shared: tuple[Office, Person, Person]) -> None:
    """What the contact sent is on no page of hers."""
    office, fay, carol = shared
    fay.open()
    fay.upload()
    fay.send("/send")
    (received,) = office.kept(ReturnReceived)

    assert received.partner_return not in carol.open().text
    assert 404 == carol.open(f"returns/{received.partner_return}").status_code


@pytest.mark.parametrize("page", ["nil", "time", "reference", "colleague"])
def test_she_does_not_speak_for_the_whole(shared: tuple[Office, Person, Person], page: str) -> None:
    """Nothing to report, more time, a reference and a colleague are the contact's to say."""
    _, _, carol = shared

    assert 404 == carol.open(page).status_code


def test_all_ticked_is_the_whole(make_office: Callable[..., Office]) -> None:
    """Who gives all figures gives the request: the colleague is written to instead."""
    office = make_office(indicators=(indicator("deliberate-fires", "fire"),))
    fay = office.person()
    fay.open("colleague")
    fay.send("/colleague", indicators="deliberate-fires", **CAROL)
    fay.send("/colleague")

    assert () == office.kept(ReplyReceived)[0].indicators


def test_a_shared_mail_provider_is_nobodys_organisation(make_office: Callable[..., Office]) -> None:
    """An address at a provider that many share names no colleague: the page says to reply to the email."""
    known = framework()
    fire = replace_contact(known.partner["fire"])
    office = make_office(partners=(fire, known.partner["police"]))
    person = office.person()
    person.open("colleague")
    person.send("/colleague", colleague_name="Eve", colleague_email="eve@gmail.com")

    assert () == colleague_domains(office.installation.framework, office.installation.facts(), "fire")
    assert "Your address is at a mail provider that many share" in person.text
    assert () == office.kept(ReplyReceived)


def replace_contact(partner):
    """The partner with everybody at a shared provider."""
    fay = Contact(name="Fay Fire", email="fay@gmail.com")
    return partner.model_copy(update={"contact": fay, "manager": Contact(name="Max", email="max@gmail.com")})
