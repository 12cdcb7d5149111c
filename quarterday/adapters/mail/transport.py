"""What carries an email: the outbox folder, an SMTP server, or SendGrid, whichever the settings name."""

from typing import Protocol

from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.outbox import Outbox
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.mail.smtp import open_smtp
from quarterday.adapters.settings import Settings
from quarterday.facts import Outcome

__all__ = ["Sent", "Transport", "open_transport"]


class Transport(Protocol):
    """Carries emails. `repeatable` where sending the same booking twice still makes one email."""

    repeatable: bool

    def send(self, email: Email) -> Sent:
        """Send it once; what went wrong outside is an outcome, not an exception."""
        ...

    def outcome_of(self, outbox_id: str) -> Outcome | None:
        """What became of an email, where the transport knows for sure; None where it does not."""
        ...


def open_transport(settings: Settings) -> Transport:
    """The transport that the settings name. Raises `ValueError` where one of its settings is missing."""
    match settings.mail:
        case "smtp":
            return open_smtp(settings)
        case "sendgrid":
            # Imported when wanted: its client takes a while to load, and most commands send nothing.
            from quarterday.adapters.mail.sendgrid_api import open_sendgrid  # noqa: PLC0415

            return open_sendgrid(settings)
        case _:
            return Outbox(settings.home / "outbox")
