"""The first day: what is due is opened and the overview filled at once, not on the schedules' next working morning."""

from collections.abc import Callable

import httpx

from quarterday.adapters.installation import Installation, open_installation
from quarterday.adapters.prefect_api import open_api
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.binding import plans
from quarterday.domain.facts import CollectionOpened
from quarterday.domain.framework.periods import say_day

RUNS = ("open-collection", "chase-returns")  # in this order: the second shows how things stand
ASKED_WITHIN = 60.0  # seconds
Ask = Callable[[str], None]


def begin(settings: Settings, say: Callable[[str], None]) -> None:
    """On the first day ask for the runs that open what is due and fill the overview, and say what comes next."""
    begin_with(open_installation(settings), lambda run: _ask(run, settings), say)


def begin_with(installation: Installation, ask: Ask, say: Callable[[str], None]) -> None:
    """The same with a way of asking for a run. Nothing where a collection was ever opened."""
    if installation.facts().of(CollectionOpened):
        return
    say(what_comes(installation))
    for run in RUNS:
        try:
            ask(run)
        except httpx.HTTPError as problem:
            say(f"The run {run} could not be asked for ({type(problem).__name__}): its schedule brings it.")


def what_comes(installation: Installation) -> str:
    """What an installation without a past does next, and when, in a sentence."""
    framework, today = installation.framework, installation.today()
    to_come = [each for each in plans(framework, installation.facts()) if today <= each.closes]
    if not to_come:
        return "No meeting in config/ lies ahead, so nothing is asked: add the boards' next meetings."
    following = min(to_come, key=lambda each: each.opens)
    if following.opens > today:
        return f"Next: {following.label} opens on {say_day(following.opens)}; its first requests go out that morning."
    when = "now" if framework.calendar.is_working_day(today) else "on the next working day"
    return f"{following.label} is opened {when}: it is due on {say_day(following.due)}."


def _ask(run: str, settings: Settings) -> None:
    """Over plain HTTP: Prefect's own command would load all of it for each run."""
    with open_api(settings, ASKED_WITHIN) as client:
        found = client.get(f"deployments/name/{run}/{run}{settings.deployment_suffix}").raise_for_status()
        address = f"deployments/{found.json()['id']}/create_flow_run"
        client.post(address, json={"state": {"type": "SCHEDULED"}}).raise_for_status()
