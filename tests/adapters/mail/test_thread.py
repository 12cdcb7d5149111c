"""One request, one thread."""

from datetime import timedelta

from quarterday.adapters.mail.compose import LONGEST_CHAIN
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Recipient
from tests.adapters.mail.conftest import FIRE, Office, a_send
from tests.adapters.mail.reading import messages


def test_the_emails_of_a_request_form_one_thread(office: Office) -> None:
    """Each refers to the request's first email and to all that the same person was sent since, the last one last."""
    manager = Recipient("fire/manager", "Max Fire", "max.fire@partner.example")
    for email, recipient in (
        ("request", None),
        ("reminder", None),
        ("escalation-manager", manager),
        ("chaser-1", None),
        ("receipt", None),
    ):
        perform_send(office, a_send(email, recipient) if recipient else a_send(email))
        office.moment += timedelta(days=1)
    request, reminder, escalation, chaser, receipt = messages(office)
    ids = [each["Message-ID"] for each in (request, reminder, chaser)]

    assert request["References"] is None
    assert request["Message-ID"] == reminder["References"] == reminder["In-Reply-To"]
    assert f"{request['Message-ID']} {reminder['Message-ID']}" == chaser["References"]
    assert request["Message-ID"] == escalation["References"] == escalation["In-Reply-To"]
    assert ids == receipt["References"].split()
    assert ids[-1] == receipt["In-Reply-To"]


def test_a_long_thread_keeps_its_first_and_its_latest(office: Office) -> None:
    """However often somebody has been written to, the chain has an end, and mail readers still find its root."""
    for number in range(LONGEST_CHAIN + 5):
        perform_send(office, a_send("receipt" if number else "request", about=f"R-{number}", key=f"{FIRE}/{number}"))
        office.moment += timedelta(days=1)
    every = messages(office)
    chain = every[-1]["References"].split()

    assert LONGEST_CHAIN + 1 == len(chain)
    assert every[0]["Message-ID"] == chain[0]
    assert [each["Message-ID"] for each in every[-1 - LONGEST_CHAIN : -1]] == chain[1:]
