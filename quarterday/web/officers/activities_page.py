"""Activities of a collection: how each stands and why, what its lead told, and an officer's way to differ."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.activities.rating import Rating, rating
from quarterday.domain.activities.told import told_before, told_in
from quarterday.domain.collection.binding import framework_of, plan_for, under_way
from quarterday.domain.facts import ActivityTold, Facts, RequestMade
from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.charts.timeline import rag_words
from quarterday.web.officers.officer_door import SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.waiting import Way, ways_of
from quarterday.web.serving.site import Site


@dataclass(frozen=True)
class Listed:
    """One activity as it stands."""

    activity: Activity
    lead: str
    stands: str  # by shape and word
    rating: Rating
    told: ActivityTold | None
    before: ActivityTold | None
    board: str  # of whom something is asked
    ways: list[Way]


def activities_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The activities of a collection, by priority; of the one under way where none is named."""
    named = request.path_params.get("collection", "")
    house, facts = visit.framework, visit.facts
    plan = plan_for(house, facts, named) if named else under_way(house, facts, visit.today)
    if plan is None or not visit.framework.activities:
        return officers_problem(site, request, "gone", 404)
    framework = framework_of(visit.framework, visit.facts, plan.collection)
    listed = [
        (priority.title, [_listed(site, visit, framework, plan.collection, each) for each in activities])
        for priority in framework.priorities
        if (activities := _asked(framework, visit.facts, plan.collection, priority.code))
    ]
    done = outcome(site.words, request, visit)
    return officers_page(
        site, request, visit, "officers/activities", section="collections", plan=plan, listed=listed, done=done
    )


def _open(told: ActivityTold | None) -> tuple[str, ...]:
    """The decisions that make sense: no gap is recorded where there is a word."""
    return ("rate-activity",) if told else ("rate-activity", "give-up-activity")


def _asked(framework: Framework, facts: Facts, collection: str, priority: str) -> list[Activity]:
    asked = {code for each in facts.of(RequestMade) if each.collection == collection for code in each.activities}
    return [each for each in framework.activities if each.priority == priority and each.code in asked]


def _listed(site: Site, visit: SignedInVisit, framework: Framework, collection: str, activity: Activity) -> Listed:
    told = told_in(visit.facts, collection).get(activity.code)
    stands = rating(visit.facts, activity, collection, visit.today)
    board = framework.board.get(told.asks_board) if told else None
    return Listed(
        activity=activity,
        lead=framework.partner[activity.lead].name,
        stands=rag_words(stands.rag),
        rating=stands,
        told=told,
        before=told_before(visit.facts, activity.code, collection),
        board=board.name if board else "",
        ways=ways_of(site.words, _open(told), f"{collection}/{activity.code}"),
    )
