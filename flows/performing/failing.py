"""Every flow is watched: when a run fails the officers hear once a day and flow, not once a retry.

They also hear, once a day, when `config/` does not load and quarterday goes on with the last one that did.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import Flow, flow

from flows.performing.process import this_installation
from quarterday.adapters.breakage import NOTHING_LOST, says_it_itself, what_to_do
from quarterday.adapters.config_files import kept_since
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.people import word_to_officer
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.periods import say_day

_LOG = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
REFUSED = "Refused"  # a decision that cannot be taken: whoever decides reads why, and nothing is broken


class RunFailedError(Exception):
    """What broke in a run and what to do, in sentences: they stand on the run's page. The cause is its `__cause__`."""


def watched(name: str) -> Callable[[Callable[P, R]], Flow[P, R]]:
    """A flow of this name over which officers need not watch themselves: they are told."""

    def made(function: Callable[P, R]) -> Flow[P, R]:
        return flow(
            name=name,
            on_completion=[tell_of_configuration],
            on_failure=[tell_officers],
            on_crashed=[tell_officers],
        )(_saying_what_to_do(function))

    return made


def _saying_what_to_do(function: Callable[P, R]) -> Callable[P, R]:
    """The function, whose failures say what to do whatever raised them."""

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except Exception as problem:
            if says_it_itself(problem):
                raise
            raise RunFailedError(said_of_failure(problem)) from problem

    return told


def said_of_failure(problem: BaseException) -> str:
    """What broke and what to do, of what others raised; the kind stays named for whoever reads the log."""
    unknown = "If it fails again, show the log of this run to whoever looks after quarterday: it has no words for this."
    return f"{NOTHING_LOST} {what_to_do(problem) or unknown} ({type(problem).__name__}.)"


def tell_officers(flow: Any, flow_run: Any, state: Any) -> None:
    """Email the officer that a run of this flow failed today. The message's key lets it go only once."""
    if state.name != REFUSED:
        why = f"The run “{flow_run.name}” of {flow.name} failed."
        _tell(this_installation(), f"failed/{flow.name}", why, str(flow_run.id))
        _show_it(this_installation())
    tell_of_configuration(flow, flow_run, state)


def _show_it(installation: Installation) -> None:
    """Let the overview say that the run failed, where what broke lets it: the email has gone in any case."""
    from flows.showing.artifacts import show_standing  # noqa: PLC0415 - it imports from here
    from flows.showing.last_runs import forget_last_runs  # noqa: PLC0415

    try:
        forget_last_runs()
        show_standing(installation)
    except Exception as problem:
        _LOG.warning("The overview could not be renewed (%s).", type(problem).__name__)


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
    key = message_key(installation.framework.partnership.code, what, today)
    perform_send(installation, word_to_officer(installation.framework, key, "officer-failure", today, why, about))
