"""What carries an email: the outbox folder, an SMTP server, or SendGrid, whichever the settings name."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Protocol

from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.one_by_one import nobody_notes
from quarterday.adapters.mail.outbox import Outbox
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.mail.smtp import SmtpServer, open_smtp
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import Outcome

__all__ = ["Sent", "Transport", "for_many", "open_transport"]


class Transport(Protocol):
    """Carries emails. `repeatable` where sending the same booking twice still makes one email."""

    repeatable: bool

    @property
    def at_once(self) -> int:
        """How many emails one call carries, at most."""
        ...

    def calls(self, emails: Sequence[Email]) -> list[list[Email]]:
        """The emails by the call that carries them, in as few calls as may be."""
        ...

    def send_together(self, emails: Sequence[Email], handing_over: Callable[[], None] = nobody_notes) -> Sent:
        """Send the emails of one call, once. What became of it became of each; what went wrong outside is no exception.

        `handing_over` is called just before the whole message is given away: until then nothing can have gone.
        Refused for good, a call of many has carried none of them: each may still go by itself.
        """
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


@contextmanager
def for_many(transport: Transport) -> Generator[Transport]:
    """The transport for a run of many emails: a mail server is then spoken with over one connection."""
    if isinstance(transport, SmtpServer):
        with transport.session() as session:
            yield session
    else:
        yield transport
