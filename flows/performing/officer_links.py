"""Mailing an officer the link to a page. Neither run nor log holds the link.

Wraps `quarterday.domain.rulings.officer_links`.
"""

from prefect.states import Completed, State

from flows.performing.process import this_installation
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.facts import Outcome
from quarterday.domain.rulings.officer_links import DAYS, OfficerPage, officer_page_send
from quarterday.domain.rulings.request_rulings import Ruling

_GONE = {
    Outcome.SENT: "The link has gone to {who} by email; it works for {days} days.",
    Outcome.UNCONFIRMED: "Nobody knows whether the email went: look into the mailbox of {who}, or run this again.",
}


class LinkNotSentError(Exception):
    """An officer's email did not go; the sentence says what to do."""


def send_officer_page(
    ruling: Ruling, officer_page: OfficerPage, *, collection: str = "", request: str = "", about: str = ""
) -> State:
    """Send the email at once, on any day: an officer waits for it. Raises `LinkNotSentError` where it did not go."""
    installation = this_installation()
    send = officer_page_send(
        installation.framework, ruling, officer_page, collection=collection, request=request, about=about
    )
    outcome = perform_send(installation, send)
    if outcome not in _GONE:
        raise LinkNotSentError(
            f"The email to {ruling.who} did not go. Look at the officer's address in config/partnership.yaml and at "
            "`quarterday doctor`, then run this again."
        )
    return Completed(name="Link sent", message=_GONE[outcome].format(who=ruling.who, days=DAYS))
