"""One request, one thread."""

from datetime import timedelta

from quarterday.actions import Recipient
from quarterday.adapters.mail.dispatch import perform_send
from tests.adapters.mail.conftest import Office, a_send
from tests.adapters.mail.reading import messages


def test_the_emails_of_a_request_form_one_thread(office: Office) -> None:
    """Each refers to the request's first email and to the last one that the same person was sent."""
    manager = Recipient("fire/manager", "Max Fire", "max.fire@partner.example")
    for email, recipient in (
        ("request", None),
        ("reminder", None),
        ("escalation-manager", manager),
        ("chaser-1", None),
    ):
        perform_send(office, a_send(email, recipient) if recipient else a_send(email))
        office.moment += timedelta(days=1)
    request, reminder, escalation, chaser = messages(office)

    assert request["References"] is None
    assert request["Message-ID"] == reminder["References"] == reminder["In-Reply-To"]
    assert f"{request['Message-ID']} {reminder['Message-ID']}" == chaser["References"]
    assert request["Message-ID"] in escalation["References"]
