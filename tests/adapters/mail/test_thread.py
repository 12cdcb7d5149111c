"""One request, one thread."""

from datetime import timedelta

from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.mail.threads import LONGEST_CHAIN
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


def test_they_have_one_subject_and_each_its_own_heading(office: Office) -> None:
    """Mail programs that go by the subject, as Gmail does, keep them together; what each is about heads its words."""
    lead = Recipient("board/lead", "Lee Lead", "lee.lead@partner.example")
    for email, recipient in (("request", a_send().recipient), ("chaser-1", a_send().recipient), ("receipt", lead)):
        perform_send(office, a_send(email, recipient))
        office.moment += timedelta(days=30)
    sent = messages(office)
    bodies = [each.get_body(("plain",)).get_content() for each in sent]

    assert ["Request for 2025-26 Q1: Fire Service – Safer Somewhere"] * 3 == [each["Subject"] for each in sent]
    assert [True] * 3 == [
        body.startswith(heading)
        for body, heading in zip(
            bodies, ("Please send your figures", "What can you send now?", "We have your return"), strict=True
        )
    ]


def test_a_code_stands_by_itself(office: Office) -> None:
    """Whoever waits for a code looks for it: its email has a subject of its own and is in no thread."""
    for email in ("request", "code", "reminder"):
        perform_send(office, a_send(email), said={"code": "123456"} if email == "code" else None)
        office.moment += timedelta(days=1)
    request, code, reminder = messages(office)

    assert "Your code for the page of Safer Somewhere" == code["Subject"]
    assert None is code["References"]
    assert request["Message-ID"] == reminder["References"]


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
