"""The first day: what is due is opened and the overview filled at once, not on the schedules' next working morning."""

import subprocess
import sys
from collections.abc import Callable, Mapping

from quarterday.adapters.installation import Installation, open_installation
from quarterday.adapters.settings import Settings
from quarterday.adapters.shipped import PROJECT
from quarterday.domain.collection.binding import plans
from quarterday.domain.facts import CollectionOpened
from quarterday.domain.framework.periods import say_day

RUNS = ("open-collection", "chase-returns")  # in this order: the second shows how things stand
ASKED_WITHIN = 120  # seconds
Ask = Callable[[str], None]


def begin(settings: Settings, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """On the first day ask for the runs that open what is due and fill the overview, and say what comes next."""
    begin_with(open_installation(settings), lambda run: _ask(run, environment), say)


def begin_with(installation: Installation, ask: Ask, say: Callable[[str], None]) -> None:
    """The same with a way of asking for a run. Nothing where a collection was ever opened."""
    if installation.facts().of(CollectionOpened):
        return
    say(what_comes(installation))
    for run in RUNS:
        try:
            ask(run)
        except (OSError, subprocess.SubprocessError) as problem:
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


def _ask(run: str, environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deployment", "run", f"{run}/{run}"]
    subprocess.run(command, env=dict(environment), cwd=PROJECT, capture_output=True, check=True, timeout=ASKED_WITHIN)
