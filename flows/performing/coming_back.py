"""A run that leaves something for later, since a decision may still be taken back, asks for its like."""

import logging
from datetime import UTC, datetime, timedelta

from prefect.deployments import run_deployment

from quarterday.adapters.installation import Installation
from quarterday.domain.collection.runs import Run
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.undo import asked_once

_LOG = logging.getLogger(__name__)
_LATE = timedelta(minutes=10)  # the run that the pages asked for has had its time by then


def come_back(installation: Installation, run: Run) -> None:
    """Ask for such a run at the end of each offer that is open still: what it left is done then."""
    for offer in installation.facts().undo_offers:
        _ask(installation, run, offer.until, asked_once(run, offer))


def take_up_what_was_left(installation: Installation) -> None:
    """Ask for what follows from decisions that no run has taken up: Prefect was down when a page asked, or killed."""
    now = installation.now()
    if not installation.framework.calendar.is_working_day(london_day(now)):
        return
    late = [each for each in installation.facts().undo_offers if each.until + _LATE <= now]
    if late:
        for run in (Run.CHASE, Run.PUBLISH):
            _ask(installation, run, now, f"{run}-late-{now:%Y-%m-%dT%H}")


def _ask(installation: Installation, run: Run, at: datetime, once: str) -> None:
    """Ask for a run at a moment, once. Where that cannot be done the next working day's run does it."""
    name = f"{run}/{run}{installation.settings.deployment_suffix}"
    wait = max(at - installation.now(), timedelta())  # a rehearsal's clock is not the server's
    try:
        run_deployment(name, scheduled_time=datetime.now(UTC) + wait, timeout=0, idempotency_key=once, as_subflow=False)
    except Exception as problem:
        _LOG.warning("Prefect could not be asked for %s (%s): a later run does it.", run, type(problem).__name__)
