"""A collection keeps its word: what it promised when it opened holds, whatever `config/` says since.

`framework_of` and `plans` are the only ways to the framework and the dates of a collection. One that has not opened
goes by `config/`; so does one that was opened by a quarterday that did not bind yet, until it is bound.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from quarterday.domain.collection.promised import binding_of
from quarterday.domain.collection.standing import Standing, london_day, standing
from quarterday.domain.collection.timetable import Timetable, timetable, timetables
from quarterday.domain.facts import CollectionBound, CollectionOpened, Dates, Facts, FrameworkKept, RequestMade
from quarterday.domain.framework.bound import content_of, digest, document_of
from quarterday.domain.framework.bound import in_force as put_in_force
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period


class FrameworkLostError(Exception):
    """The register names a framework that it does not hold whole: it was damaged, or put back from half a backup."""

    def __init__(self, collection: str) -> None:
        super().__init__(
            f"The framework that {collection} goes by is not in the register as it was recorded. "
            "Put the register back from a backup: `quarterday restore`."
        )


def content_for(facts: Facts, bound: CollectionBound) -> str:
    """The framework that a binding names, as it is kept. Raises `FrameworkLostError`."""
    for kept in facts.about(bound.partnership, FrameworkKept):
        if kept.sha256 == bound.framework and digest(kept.content) == kept.sha256:
            return kept.content
    raise FrameworkLostError(bound.collection)


def framework_of(framework: Framework, facts: Facts, collection: str) -> Framework:
    """The framework in force for a collection: what it promised, with today's people, words and settings.

    Raises `FrameworkLostError`.
    """
    bound = binding_of(facts, collection)
    if bound is None:
        return framework
    if bound.framework not in framework.bound:
        framework.bound[bound.framework] = put_in_force(json.loads(content_for(facts, bound)), framework)
    return framework.bound[bound.framework]


def standing_of(framework: Framework, facts: Facts, request: RequestMade, today: date) -> Standing:
    """Where a request stands by what its collection promised, whatever framework it is looked at with.

    Who was asked may be in `config/` no more. Raises `FrameworkLostError`.
    """
    return standing(framework_of(framework, facts, request.collection), facts, request, today)


def plans(framework: Framework, facts: Facts) -> list[Timetable]:
    """Every collection: those that opened by what they promised, the others by `config/`; earliest period first."""
    opened = {each.collection: each for each in facts.of(CollectionOpened)}
    bound = [(each, found) for each in opened.values() if (found := binding_of(facts, each.collection))]
    kept = {each.collection for each, _ in bound}
    promised = [_promised(framework, facts, each, found) for each, found in bound]
    planned = [each for each in timetables(framework) if each.collection not in kept]
    return sorted([*promised, *planned], key=lambda each: each.period)


def under_way(framework: Framework, facts: Facts, today: date) -> Timetable | None:
    """The collection that is under way: the latest that has opened by a day.

    One whose time had passed before this installation began never opens, and is not under way.
    """
    began = {each.collection for each in facts.of(CollectionOpened)}
    begun = [
        each
        for each in plans(framework, facts)
        if each.opens <= today and (each.collection in began or today <= each.closes)
    ]
    return max(begun, key=lambda each: each.opens, default=None)


def plan_of(framework: Framework, facts: Facts, collection: str) -> Timetable:
    """The timetable of one collection. Raises `LookupError` where neither a promise nor a meeting calls for it."""
    if plan := plan_for(framework, facts, collection):
        return plan
    raise LookupError(f"No collection {collection} was opened, nor does any board's meeting call for it.")


def period_of(framework: Framework, facts: Facts, collection: str) -> Period:
    """The information period of a collection. Raises `LookupError` where nothing says it."""
    opened = facts.about(collection, CollectionOpened)
    return opened[0].period if opened else plan_of(framework, facts, collection).period


def plan_for(framework: Framework, facts: Facts, collection: str) -> Timetable | None:
    """The timetable of one collection; None where neither a promise nor a meeting calls for it."""
    return next((each for each in plans(framework, facts) if each.collection == collection), None)


def opening(
    framework: Framework, plan: Timetable, **who: Any
) -> tuple[CollectionOpened, FrameworkKept, CollectionBound]:
    """What is recorded as a collection opens: that it does, and what it promises."""
    opened = CollectionOpened(
        collection=plan.collection, period_start=plan.period.start, period_end=plan.period.end, **who
    )
    return opened, *first_binding(framework, plan, **who)


def first_binding(framework: Framework, plan: Timetable, **who: Any) -> tuple[FrameworkKept, CollectionBound]:
    """What binds a collection to its timetable and to a framework, which is kept once however many go by it."""
    content = content_of(document_of(framework))
    sha256 = digest(content)
    return FrameworkKept(sha256=sha256, content=content, **who), CollectionBound(
        collection=plan.collection,
        number=0,
        framework=sha256,
        due=plan.due,
        closes=plan.closes,
        publish_on=plan.publish_on,
        request_on=_dates(plan.request_on),
        due_on=_dates(plan.due_of),
        papers_on=_dates(plan.papers),
        **who,
    )


def bind_what_began(framework: Framework, facts: Facts, at: datetime) -> list[FrameworkKept | CollectionBound]:
    """What binds collections that opened before quarterday bound any: the dates told then, the framework of today."""
    found: list[FrameworkKept | CollectionBound] = []
    for opened in facts.of(CollectionOpened):
        if binding_of(facts, opened.collection) is None and (plan := _told_then(framework, facts, opened)):
            reason = "It was opened before quarterday wrote down what a collection promises."
            found += first_binding(
                framework, plan, at=at, by="quarterday", reason=reason, partnership=framework.partnership.code
            )
    return found


def _told_then(framework: Framework, facts: Facts, opened: CollectionOpened) -> Timetable | None:
    """The timetable of `config/` with the dates that partners were told."""
    plan = timetable(framework, opened.period)
    made = [each for each in facts.of(RequestMade) if each.collection == opened.collection]
    if plan is None and made:
        plan = _without_meeting(framework, opened, made[0])
    if plan is None or not made:
        return plan
    told = {each.partner: each.due for each in made if each.due != plan.due}
    return replace(plan, closes=max(each.closes for each in made), due_of=told)


def _without_meeting(framework: Framework, opened: CollectionOpened, made: RequestMade) -> Timetable:
    """Dates for a collection whose meetings `config/` has no more: published after its close, as the rhythm has it."""
    publish_on = framework.calendar.add(made.closes, framework.partnership.rhythm.close_before_publish)
    return Timetable(
        collection=opened.collection,
        period=opened.period,
        request_on={made.partner: london_day(made.at)},
        due=made.due,
        closes=made.closes,
        publish_on=publish_on,
        papers_on=publish_on,
        board=framework.partnership.boards[0],
    )


def _promised(framework: Framework, facts: Facts, opened: CollectionOpened, bound: CollectionBound) -> Timetable:
    papers = dict(bound.papers_on)
    first = min(papers, key=lambda code: papers[code], default="")
    in_force = framework_of(framework, facts, bound.collection)
    return Timetable(
        collection=bound.collection,
        period=opened.period,
        request_on=dict(bound.request_on),
        due=bound.due,
        closes=bound.closes,
        publish_on=bound.publish_on,
        papers_on=papers.get(first, bound.publish_on),
        board=in_force.board.get(first, in_force.partnership.boards[0]),
        papers=papers,
        due_of=dict(bound.due_on),
        called_off=bound.called_off,
    )


def _dates(by_code: Mapping[str, date]) -> Dates:
    return tuple(sorted(by_code.items()))
