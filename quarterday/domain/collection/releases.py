"""Which releases stand, whether the next may pass, and what speaks against it (`releases` in partnership.yaml)."""

from datetime import date

from quarterday.domain.collection.standing import Standing, State, standing
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import (
    Facts,
    GapRecorded,
    ReleaseApproved,
    ReleaseMade,
    ReleaseWithdrawn,
    RequestMade,
)
from quarterday.domain.framework.framework import Framework


def releases_of(facts: Facts, collection: str) -> tuple[ReleaseMade, ...]:
    """Every release that a collection ever had, withdrawn ones too, oldest version first."""
    return tuple(sorted(facts.about(collection, ReleaseMade), key=lambda each: each.version))


def withdrawn(facts: Facts, release: ReleaseMade) -> bool:
    """Whether an officer took a release back."""
    return any(each.version == release.version for each in facts.about(release.collection, ReleaseWithdrawn))


def standing_releases(facts: Facts, collection: str) -> tuple[ReleaseMade, ...]:
    """The releases that readers may have, oldest version first."""
    return tuple(each for each in releases_of(facts, collection) if not withdrawn(facts, each))


def newest_releases(facts: Facts) -> dict[str, ReleaseMade]:
    """The newest release of each collection that readers may have."""
    collections = dict.fromkeys(each.collection for each in facts.of(ReleaseMade))
    found = ((code, standing_releases(facts, code)) for code in collections)
    return {code: releases[-1] for code, releases in found if releases}


def next_version(facts: Facts, collection: str) -> int:
    """The number of the version that would be made next: a withdrawn number is not used again."""
    return max((each.version for each in releases_of(facts, collection)), default=0) + 1


def coming(framework: Framework, facts: Facts, plan: Timetable, today: date) -> bool:
    """Whether another version is to be made: the collection has closed and no release says what stands now."""
    releases = releases_of(facts, plan.collection)
    if not releases:
        return plan.closes < today and any(each.collection == plan.collection for each in facts.of(RequestMade))
    return withdrawn(facts, releases[-1]) or set(accepted_now(framework, facts, plan)) != set(releases[-1].returns)


def accepted_now(framework: Framework, facts: Facts, plan: Timetable) -> tuple[str, ...]:
    """The returns that a release made now would be made from, by their references, in order."""
    requests = _requests(framework, facts, plan)
    return tuple(sorted(each.partner_return for one in requests for each in _stands(framework, facts, one).accepted))


def approved(framework: Framework, facts: Facts, plan: Timetable) -> ReleaseApproved | None:
    """The approval that the next version has: one given for returns that have changed since is none."""
    wanted = next_version(facts, plan.collection), accepted_now(framework, facts, plan)
    given = facts.about(plan.collection, ReleaseApproved)
    return next((each for each in reversed(given) if (each.version, tuple(sorted(each.returns))) == wanted), None)


def may_pass(framework: Framework, facts: Facts, plan: Timetable) -> bool:
    """Whether the next version may be published: an officer approved it, or the rule lets it pass by itself."""
    return approved(framework, facts, plan) is not None or not needs_approval(framework, facts, plan)


def needs_approval(framework: Framework, facts: Facts, plan: Timetable) -> tuple[str, ...]:
    """Why the next version waits for an officer, each a sentence; nothing where it passes by itself."""
    releases = releases_of(facts, plan.collection)
    after = (f"version {releases[-1].version} was withdrawn",) if releases and withdrawn(facts, releases[-1]) else ()
    rule = () if framework.partnership.releases == "automatic" else ("each release waits for an officer’s approval",)
    return (*after, *rule, *critical_open(framework, facts, plan))


def critical_open(framework: Framework, facts: Facts, plan: Timetable) -> tuple[str, ...]:
    """What speaks against publishing: returns that are in and yet neither used nor told as missing."""
    told = {each.indicator for each in facts.of(GapRecorded) if each.collection == plan.collection}
    found = []
    for request in _requests(framework, facts, plan):
        stands, name = _stands(framework, facts, request), framework.partner[request.partner].name
        if stands.state is State.RECEIVED:
            found.append(f"the return of {name} is still being checked")
        elif stands.state is State.SENT_BACK and set(stands.missing) - told:
            found.append(f"the return of {name} was sent back, and no gap is recorded for it")
    return tuple(found)


def _requests(framework: Framework, facts: Facts, plan: Timetable) -> list[RequestMade]:
    made = (each for each in facts.of(RequestMade) if each.collection == plan.collection)
    return [each for each in made if each.partner in framework.partner]


def _stands(framework: Framework, facts: Facts, request: RequestMade) -> Standing:
    """Where a request stands as far as returns go: no day changes which of them count."""
    return standing(framework, facts, request, request.due)
