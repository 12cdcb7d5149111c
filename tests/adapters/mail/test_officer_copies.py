"""What an officer reads of an email that is written to somebody else is in the officer's words."""

from dataclasses import replace

import pytest

from quarterday.adapters.mail.compose import compose
from quarterday.adapters.mail.message import Email
from quarterday.domain.framework.partners import Role
from tests.adapters.mail.conftest import Carrier, Office, a_send, an_office
from tests.adapters.mail.scenes import STORES
from tests.adapters.mail.test_templates import DAYS, NO_OUTBOX, OFFICER
from tests.domain.conftest import framework


def office(*copied: str) -> Office:
    """An office of whose ladder the officer gets a copy of these emails."""
    ladders = framework().ladders
    rungs = tuple(
        rung.model_copy(update={"copy_to": (Role.OFFICER,)}) if rung.email in copied else rung for rung in ladders.first
    )
    return an_office(NO_OUTBOX, ladders=ladders.model_copy(update={"first": rungs}), transport=Carrier())


def written(known: Office, email: str) -> Email:
    """An email of the ladder as the officer gets it, two days after the due date."""
    (occasion,) = {each.code for each in known.framework.ladders.first if each.email == email}
    action = replace(a_send(email, OFFICER), occasion=occasion)
    return compose(known.settings, known.framework, known.facts(), STORES, action, DAYS[1], DAYS[1])


@pytest.mark.parametrize(
    ("email", "whose"),
    [("escalation-manager", "manager of Fire Service"), ("escalation-board", "lead of the board")],
)
def test_what_reaches_the_officer_for_want_of_another_says_so(email: str, whose: str) -> None:
    """Whom it is written to, that nobody else has it, where it stands and what to do; then what it says to them."""
    made = written(office(), email)
    text = " ".join(made.text.split())

    assert made.heading.startswith(f"In place of the {whose}: Fire Service’s figures for 2025-26 Q1")
    assert f"Hello Jo Officer, This is written to the {whose}, and nobody is named there" in text
    assert "“overdue”, due on Tuesday 22 July 2025 - Nothing heard yet - The collection closes on" in text
    assert text.index("change-contact") < text.index("What it says") < text.index(f"Hello {whose.capitalize()[:4]}")
    assert "http://portal.example/r/" not in made.text + made.html


def test_a_copy_of_what_somebody_else_got_asks_for_nothing() -> None:
    """The officer reads that it is a copy, and of what."""
    text = " ".join(written(office("chaser-1"), "chaser-1").text.split())

    assert "This is your copy of what we have just written to the contact of Fire Service." in text
    assert "There is nothing that you must do." in text
    assert "change-contact" not in text


def test_an_email_of_the_officers_own_is_left_as_it_is() -> None:
    """What is written to officers in the first place needs no words around it."""
    known = office()
    action = a_send("officer-escalated", OFFICER)
    made = compose(known.settings, known.framework, known.facts(), STORES, action, DAYS[1], DAYS[1])

    assert "What it says" not in made.text
