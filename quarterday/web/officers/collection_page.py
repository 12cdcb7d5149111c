"""Collections: every quarter to page back to, and one with its timetable, its five rates and who owes what."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.collection.binding import framework_of, plan_for, plans
from quarterday.domain.collection.differences import Difference, differences
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import CollectionClosed, GapRecorded
from quarterday.domain.telling.completeness import Rates, rates, rates_by_board, rates_by_partner
from quarterday.domain.telling.plan import timetable_lines
from quarterday.web.officers.officer_door import SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.owing import owing
from quarterday.web.officers.waiting import ways_of
from quarterday.web.serving.site import Site


@dataclass(frozen=True)
class Listed:
    """A collection in the list of all."""

    plan: Timetable
    received: str
    complete: str
    begun: bool


@dataclass(frozen=True)
class Shares:
    """The five rates of a whole, a partner or a board, each as `3 of 5`."""

    name: str
    told: tuple[tuple[str, int, int], ...]


def collections_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """Every collection: those that have begun, the latest first, then those to come, the next first."""
    every = plans(visit.framework, visit.facts)
    begun = [_listed(visit, each) for each in reversed(every) if each.opens <= visit.today]
    coming = [_listed(visit, each) for each in every if each.opens > visit.today]
    lists = [(name, listed) for name, listed in (("begun", begun), ("coming", coming)) if listed]
    return officers_page(site, request, visit, "officers/collections", section="collections", lists=lists)


def _listed(visit: SignedInVisit, plan: Timetable) -> Listed:
    collection = _today(visit, plan)
    if plan.opens > visit.today or (not collection.opened and plan.closes < visit.today):
        return Listed(plan, "", "", begun=False)
    told = rates(collection)
    received = f"{told.returns_received} / {told.returns_expected}"
    return Listed(plan, received, f"{told.figures_accepted} / {told.figures_wanted}", begun=True)


def collection_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """One collection as it stands."""
    plan = plan_for(visit.framework, visit.facts, request.path_params["collection"])
    if plan is None:
        return officers_problem(site, request, "gone", 404)
    collection = _today(visit, plan)
    framework = collection.framework
    gaps = [each for each in visit.facts.of(GapRecorded) if each.collection == plan.collection]
    whole = Shares(site.words.say("officers.collection.whole"), rates(collection).told())
    boards = {each.code: each.name for each in framework.partnership.boards}
    partners = {each.code: each.name for each in framework.partners}
    return officers_page(
        site,
        request,
        visit,
        "officers/collection",
        section="collections",
        done=outcome(site.words, request, visit, plan.collection),
        plan=plan,
        risks=bool(visit.framework.risks or visit.framework.bids or visit.framework.submissions),
        activities=any(each.activities for each in collection.made),
        timetable=[each.strip() for each in list(timetable_lines(framework, plan))[1:]],
        owing=owing(request, visit, plan),
        shares=[whole, *_shares(rates_by_partner(collection), partners), *_shares(rates_by_board(collection), boards)],
        gaps=[
            (framework.indicator[each.indicator].title, each) for each in gaps if each.indicator in framework.indicator
        ],
        differs=_differences(visit, plan),
        ways=ways_of(site.words, _open(visit, plan), plan.collection),
        neighbours=_neighbours(visit, plan),
    )


def _differences(visit: SignedInVisit, plan: Timetable) -> list[Difference]:
    """What `config/` says otherwise than the collection promised."""
    found = differences(visit.framework, visit.facts, visit.today, closed=plan.collection)
    return [each for each in found if each.collection == plan.collection]


def _open(visit: SignedInVisit, plan: Timetable) -> tuple[str, ...]:
    """The decisions that make sense as the collection stands. The ruling has the last word."""
    differ = ("adopt-changes", "leave-changes") if _differences(visit, plan) else ()
    if plan.called_off or plan.opens > visit.today or visit.facts.about(plan.collection, CollectionClosed):
        return differ
    return (*differ, "more-time-for-all", "close-later", "call-off")


def _today(visit: SignedInVisit, plan: Timetable) -> CollectionToday:
    framework = framework_of(visit.framework, visit.facts, plan.collection)
    return CollectionToday(framework, visit.facts, plan, visit.today)


def _shares(found: dict[str, Rates], names: dict[str, str]) -> list[Shares]:
    return [Shares(names.get(code, code), each.told()) for code, each in found.items() if each.returns_wanted]


def _neighbours(visit: SignedInVisit, plan: Timetable) -> tuple[Timetable | None, Timetable | None]:
    """The collection before, and the one after."""
    all_of_them = plans(visit.framework, visit.facts)
    place = [each.collection for each in all_of_them].index(plan.collection)
    before = all_of_them[place - 1] if place else None
    return before, all_of_them[place + 1] if place + 1 < len(all_of_them) else None
