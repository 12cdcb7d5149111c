"""What a transport does that carries one email at a time: a process that dies leaves one email in doubt and no more."""

from collections.abc import Callable, Sequence
from typing import Protocol

from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.sent import Sent


def nobody_notes() -> None:
    """Where nothing has to be said before a message is handed over."""


class _Sends(Protocol):
    def send(self, email: Email) -> Sent: ...


class OneByOne:
    """Each email is a call of its own."""

    at_once = 1

    def calls(self, emails: Sequence[Email]) -> list[list[Email]]:
        """Each email by itself."""
        return [[each] for each in emails]

    def send_together(self: _Sends, emails: Sequence[Email], handing_over: Callable[[], None] = nobody_notes) -> Sent:
        """Send the one email of a call. See `Transport.send_together`."""
        (only,) = emails
        handing_over()
        return self.send(only)
