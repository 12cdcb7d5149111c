"""A small partnership whose partners lead activities too: one beside its figures, one that supplies none."""

from datetime import UTC, date, datetime
from typing import Any

from quarterday.domain.facts import ActivityState, ActivityTold
from quarterday.domain.framework.activities import Activity, Milestone
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Partner
from tests.domain.conftest import framework, person

COLLECTION = "somewhere.2025-26-q1"
CAMPAIGN = Activity(
    code="campaign",
    title="A campaign",
    priority="safer-streets",
    lead="fire",
    person="Campaign lead",
    starts=date(2025, 4, 1),
    ends=date(2026, 3, 31),
    milestones=(
        Milestone(title="Plan agreed", on=date(2025, 5, 30)),
        Milestone(title="Posters up", on=date(2025, 11, 25)),
    ),
    indicators=("deliberate-fires",),
)
HOME_VISITS = Activity(
    code="home-visits",
    title="Home visits",
    priority="safer-streets",
    lead="haven",
    starts=date(2025, 4, 1),
    ends=date(2026, 3, 31),
)


def with_activities(*activities: Activity, **changes: Any) -> Framework:
    """The small partnership and Haven, which supplies no figure, with these activities; with both if none is named."""
    small = framework()
    haven = Partner(code="haven", name="Haven", lead_time=10, contact=person("Hal Haven"), manager=person("Mia Haven"))
    return framework(partners=(*small.partners, haven), activities=activities or (CAMPAIGN, HOME_VISITS), **changes)


def told(activity: Activity, day: date, state: ActivityState = ActivityState.ON_COURSE, **more: Any) -> ActivityTold:
    """What an activity's lead told of it at ten on a day."""
    collection = more.pop("collection", COLLECTION)
    parts = {
        "at": datetime(day.year, day.month, day.day, 10, tzinfo=UTC),
        "by": f"{activity.lead}/contact",
        "partnership": "somewhere",
        "collection": collection,
        "request": f"{collection}.{activity.lead}",
        "partner": activity.lead,
        "told": f"W-{activity.code}-{day:%y%m%d}",
        "activity": activity.code,
        "state": state,
    }
    return ActivityTold(**{**parts, **more})
