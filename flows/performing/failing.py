"""Every flow is watched: when a run fails the officers hear once a day and flow, not once a retry.

They also hear, once a day, when `config/` does not load and quarterday goes on with the last one that did.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect import Flow, flow

from flows.performing.process import this_installation
from quarterday.adapters.config_files import kept_since
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.people import officer
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.periods import say_day

P = ParamSpec("P")
R = TypeVar("R")
REFUSED = "Refused"  # a decision that cannot be taken: whoever decides reads why, and nothing is broken


def watched(name: str) -> Callable[[Callable[P, R]], Flow[P, R]]:
    """A flow of this name over which officers need not watch themselves: they are told."""

    def made(function: Callable[P, R]) -> Flow[P, R]:
        return flow(
            name=name,
            on_completion=[tell_of_configuration],
            on_failure=[tell_officers],
            on_crashed=[tell_officers],
        )(function)

    return made


def tell_officers(flow: Any, flow_run: Any, state: Any) -> None:
    """Email the officer that a run of this flow failed today. The message's key lets it go only once."""
    if state.name != REFUSED:
        why = f"The run “{flow_run.name}” of {flow.name} failed."
        _tell(this_installation(), f"failed/{flow.name}", why, str(flow_run.id))
    tell_of_configuration(flow, flow_run, state)


def tell_of_configuration(flow: Any, flow_run: Any, state: Any) -> None:
    """Email the officer that `config/` does not load, with all that is wrong in it."""
    installation = this_installation()
    if installation.instead_of:
        _tell(installation, "configuration", f"{said_of_configuration(installation)} {installation.instead_of}")


def said_of_configuration(installation: Installation) -> str:
    """What is told where `config/` does not load: what quarterday works with instead."""
    since = kept_since(installation.settings.home)
    return "The configuration does not load. quarterday goes on with the last one that did" + (
        f", of {say_day(london_day(since))}." if since else "."
    )


def _tell(installation: Installation, what: str, why: str, about: str = "") -> None:
    today = installation.today()
    perform_send(
        installation,
        Send(
            key=message_key(installation.framework.partnership.code, what, today),
            collection="",
            request="",
            partner="",
            occasion="officer-failure",
            email="officer-failure",
            recipient=officer(installation.framework),
            on=today,
            why=why,
            about=about,
        ),
    )
