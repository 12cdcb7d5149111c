"""The yearly review that a run makes on its day, struck file by file: is it whole then, and there once?"""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from flows.performing.acting import perform
from quarterday.domain.collection.actions import MakeReview
from quarterday.domain.collection.yearly import reviews_due
from quarterday.domain.facts import YearlyReviewMade
from quarterday.publishing import manifest
from simulation.alone.copies import Copy
from simulation.invariants import Broken
from simulation.world import SimulatedInstallation


def make_review(copy: Copy) -> list[Broken]:
    """Make the first that the published quarters give, on the day on which it is owed; what did not hold."""
    office = copy.world.office = _owed_sooner(copy.world.office)
    action = _first(office)
    if action is None:
        return [Broken("a yearly review can be made", "none is due")]
    copy.world.clock.set(action.on, 10)
    copy.struck("publish-collection", lambda: perform(office, action))
    made = office.facts().of(YearlyReviewMade)
    if len(made) != 1:
        return [Broken("a yearly review is made once", f"{len(made)} on record")]
    listing = office.stores.published.get(f"{made[0].folder}/{manifest.NAME}")
    whole = sha256(listing).hexdigest() == made[0].manifest_sha256
    return [] if whole else [Broken("a yearly review is whole", made[0].folder)]


def _owed_sooner(office: SimulatedInstallation) -> SimulatedInstallation:
    """As if each review were owed in the summer after the year of the quarter that is published."""
    framework = office.framework
    on = date(office.today().year + 1, 7, 30)
    sooner = tuple(each.model_copy(update={"owed_on": (on,)}) for each in framework.submissions)
    return replace(office, framework=framework.model_copy(update={"submissions": sooner}))


def _first(office: SimulatedInstallation) -> MakeReview | None:
    facts = office.facts()
    days = sorted(day for each in office.framework.submissions for day in each.owed_on)
    return next((action for day in days for action in reviews_due(office.framework, facts, day)), None)
