"""The log of decisions: narrowed as one likes; each is undone while nobody was told, and followed by a word after."""

import pytest

from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.facts import (
    EmailKept,
    ExtensionDecided,
    MessageHeld,
    MessageReserved,
    RequestWaived,
    WaiverLifted,
)
from tests.web.conftest import COLLECTION, FIRE, Office
from tests.web.officers.conftest import OfficerAtWork

LOG = "/officers/decisions"


def send_what_is_due(office: Office) -> None:
    """The run that a decision asks for."""
    known, facts = office.installation.framework, office.installation.facts()
    for each in what_is_due(known, facts, office.installation.today()):
        if isinstance(each, Send) and each.request == FIRE:
            perform_send(office.installation, each)


def let_off(office: Office, jo: OfficerAtWork) -> None:
    """Jo lets the fire service off."""
    jo.open(f"/officers/decide/let-off/{FIRE}")
    jo.send(f"/let-off/{FIRE}", why="The station burnt down.")
    assert [FIRE] == [each.request for each in office.kept(RequestWaived)]


def test_what_nobody_was_told_is_undone_and_nobody_hears_of_it(office: Office, jo: OfficerAtWork) -> None:
    """The log says so, and offers the way back; afterwards the first holds no longer."""
    let_off(office, jo)
    jo.open(LOG)
    assert "No email has told of it yet. Taken back now, nobody hears of it." in jo.text
    (back,) = {each for each in jo.links if "/ask-after-all/" in each}
    office.at("2025-07-15T09:02:00+01:00")
    jo.open(back)
    jo.send(f"/ask-after-all/{FIRE}", why="It was another station.")
    send_what_is_due(office)

    assert 1 == len(office.kept(WaiverLifted))
    assert set() == {"let-off", "asked-after-all"} & {each.occasion for each in office.kept(MessageReserved)}
    assert "It holds no longer." in jo.open(LOG).text


def test_what_was_told_is_followed_by_another_word(office: Office, jo: OfficerAtWork) -> None:
    """The email that has gone is not taken back: the next one says what changed."""
    let_off(office, jo)
    send_what_is_due(office)
    office.at("2025-07-15T09:05:00+01:00")
    jo.open(LOG)
    assert "An email has told of it; what is decided now follows as another word." in jo.text
    jo.open(f"/officers/decide/ask-after-all/{FIRE}")
    jo.send(f"/ask-after-all/{FIRE}", why="It was another station.")
    send_what_is_due(office)

    told = [each.occasion for each in office.kept(MessageReserved)]
    assert ["let-off", "asked-after-all"] == [each for each in told if each in ("let-off", "asked-after-all")]


def test_a_letter_is_stopped_before_it_goes(office: Office, jo: OfficerAtWork) -> None:
    """By holding its email."""
    jo.open(f"/officers/decide/write/{FIRE}")
    jo.send(f"/write/{FIRE}", say="Hello Fay, is May complete?")
    jo.open(LOG)
    (hold,) = {each for each in jo.links if "/hold-email/" in each}
    jo.open(hold)
    jo.send("/contact", why="It was meant for the police.")
    send_what_is_due(office)

    assert [True] == [each.held for each in office.kept(MessageHeld)]
    assert "letter" not in {each.occasion for each in office.kept(MessageReserved)}


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ("", True),
        ("about=time", True),
        ("about=emails", False),
        (f"quarter={COLLECTION}", True),
        ("quarter=somewhere.2024-25-q4", False),
        ("partner=fire&about=time&by=jo", True),
        ("partner=police", False),
        ("about=nothing", False),
    ],
)
def test_the_log_is_narrowed(office: Office, jo: OfficerAtWork, narrowed: str, found: bool) -> None:
    """By whom, which partner, which quarter, about what; what nobody knows finds nothing."""
    let_off(office, jo)
    jo.open(f"{LOG}?{narrowed}")

    assert found == ("Fire Service was let off this collection." in jo.text)
    assert () == office.kept(ExtensionDecided)


def test_the_thread_shows_the_words_of_an_email_as_it_was_sent(office: Office, jo: OfficerAtWork) -> None:
    """Whatever the templates say later; its link stands there for nobody."""
    let_off(office, jo)
    send_what_is_due(office)
    jo.open(f"/officers/partners/fire/{COLLECTION}")

    (kept,) = (each for each in office.kept(EmailKept) if "/let-off/" in each.message)
    assert "As it was sent" in jo.text
    assert "Hello Fay Fire," in jo.text
    assert "/r/" not in office.installation.stores.raw.get(kept.stored_as, kept.sha256).decode()
    office.installation.stores.raw.delete(kept.stored_as)
    assert 200 == jo.open(f"/officers/partners/fire/{COLLECTION}").status_code
