"""When a run fails the officers hear once a day and flow, not once a retry."""

from typing import Any

from flows.performing.process import installation
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.people import officer


def tell_officers(flow: Any, flow_run: Any, state: Any) -> None:
    """Email the officer that a run of this flow failed today. The message's key lets it go only once."""
    office = installation()
    today = office.today()
    perform_send(
        office,
        Send(
            key=f"{office.framework.partnership.code}/failed/{flow.name}/{today}",
            collection="",
            request="",
            partner="",
            rung="officer-failure",
            email="officer-failure",
            recipient=officer(office.framework),
            on=today,
            why=f"The run “{flow_run.name}” of {flow.name} failed.",
            about=str(flow_run.id),
        ),
    )
