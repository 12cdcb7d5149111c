"""Officers' decisions on what an open collection promised: to take over what `config/` says now, or to leave it."""

import json
from collections.abc import Collection as AnyOf
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from quarterday.domain.collection.binding import content_for, framework_of, plan_for
from quarterday.domain.collection.differences import (
    DATES,
    Difference,
    Parts,
    activity_of,
    asked_in,
    differences,
    document_with,
    parts_of,
)
from quarterday.domain.collection.promised import as_let_off, binding_of, next_number, own_dates
from quarterday.domain.collection.standing import Standing, london_day, standing
from quarterday.domain.collection.timetable import Timetable, timetable
from quarterday.domain.facts import CollectionBound, Dates, Fact, Facts, FrameworkKept, RequestMade, RequestWaived
from quarterday.domain.framework.bound import content_of, digest, document_of, in_force
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.adopted_dates import AdoptedDates
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError

ALL = "all"


def adopt(framework: Framework, facts: Facts, collection: str, ruling: Ruling, parts: Sequence[str]) -> list[Fact]:
    """Take over what `config/` says in some parts, or in all: each that it concerns is told by the next run.

    `ruling.say` is told to those who are let off. Raises `RulingRefusedError`.
    """
    fields = ruling.fields(framework)
    chosen = _chosen(framework, facts, collection, london_day(ruling.at), parts)
    moved = any(each.part == DATES for each in chosen)
    dates = timetable(framework, _plan(framework, facts, collection).period) if moved else None
    if moved and dates is None:
        return call_off(framework, facts, collection, ruling)
    return _Adoption(framework, facts, _bound(facts, collection), ruling, fields, chosen, dates).facts_of()


def leave(framework: Framework, facts: Facts, collection: str, ruling: Ruling, parts: Sequence[str]) -> list[Fact]:
    """Leave what `config/` says otherwise, in some parts or in all, for the next collection: this one stays."""
    fields = ruling.fields(framework)
    chosen = _chosen(framework, facts, collection, london_day(ruling.at), parts)
    bound = _bound(facts, collection)
    left = (*bound.left, *(each.stamp for each in chosen))
    own = _own_dates(facts, bound)
    return [replace(bound, number=next_number(facts, bound), adopted=(), left=left, due_on=own, **fields)]


def call_off(framework: Framework, facts: Facts, collection: str, ruling: Ruling) -> list[Fact]:
    """Call a collection off: nothing more is asked or published, and whoever has not answered is told kindly."""
    fields, bound = ruling.fields(framework), _bound(facts, collection)
    if bound.called_off:
        raise RulingRefusedError(f"{bound.by} has called it off already: “{bound.reason}”.")
    house, today = framework_of(framework, facts, collection), london_day(ruling.at)
    words = ruling.say.strip() or "The quarter has been called off."
    waived = [
        RequestWaived(request=each.request, to_partner=words, **fields)
        for each in facts.requests_of(collection)
        if _stands(house, facts, each, today).awaiting
    ]
    own = _own_dates(facts, bound)
    off = replace(
        bound, number=next_number(facts, bound), adopted=("called off",), called_off=True, due_on=own, **fields
    )
    return [off, *waived]


def _chosen(framework: Framework, facts: Facts, collection: str, today: date, parts: Sequence[str]) -> list[Difference]:
    _bound(facts, collection)
    there = [each for each in differences(framework, facts, today, closed=collection) if each.collection == collection]
    named = [each.strip() for each in parts if each.strip()]
    listed = "; ".join(each.part for each in there) or "nothing differs"
    if not named:
        raise RulingRefusedError(f"Say in which parts, or “{ALL}”. What differs: {listed}.")
    for name in named:
        if not there or (name != ALL and not any(name in each.names for each in there)):
            raise RulingRefusedError(f"“{name}” is nothing in which config/ differs from what was promised: {listed}.")
    return [each for each in there if any(name == ALL or name in each.names for name in named)]


def _bound(facts: Facts, collection: str) -> CollectionBound:
    bound = binding_of(facts, collection)
    if bound is None:
        raise RulingRefusedError("That collection has not opened: it goes by config/ once it does.")
    return bound


def _plan(framework: Framework, facts: Facts, collection: str) -> Timetable:
    plan = plan_for(framework, facts, collection)
    assert plan  # what is bound has one
    return plan


def _stands(house: Framework, facts: Facts, request: RequestMade, today: date) -> Standing:
    return standing(house, facts, request, today)


def _own_dates(facts: Facts, bound: CollectionBound) -> Dates:
    return tuple(sorted(own_dates(facts, bound).items()))


class _Adoption:
    """One adoption: the framework, dates and people let off that follow from what was chosen."""

    def __init__(
        self,
        framework: Framework,
        facts: Facts,
        bound: CollectionBound,
        ruling: Ruling,
        fields: dict[str, Any],
        chosen: Iterable[Difference],
        dates: Timetable | None,
    ) -> None:
        self.framework, self.facts, self.bound, self.say = framework, facts, bound, ruling.say.strip()
        self.fields, self.chosen, self.dates = fields, tuple(chosen), dates
        self.today = london_day(ruling.at)
        self.house = framework_of(framework, facts, bound.collection)
        self.asked = asked_in(facts, bound.collection)
        self.promised = json.loads(content_for(facts, bound))
        self.now = parts_of(document_of(framework))
        self.let_off = list(bound.let_off)
        self.left = [*bound.left]
        self.waived: list[str] = []

    def facts_of(self) -> list[Fact]:
        """The facts that record it."""
        parts = parts_of(self.promised)
        for each in self.chosen:
            if each.part != DATES:
                self._take(parts, each)
        document = document_with(self.promised, parts)
        house = self._checked(document)
        content = content_of(document)
        kept = FrameworkKept(sha256=digest(content), content=content, **self.fields)
        known = any(each.sha256 == kept.sha256 for each in self.facts.about(self.bound.partnership, FrameworkKept))
        return [*([] if known else [kept]), self._binding(house, kept.sha256), *self._let_off()]

    def _take(self, parts: Parts, difference: Difference) -> None:
        kind, _, code = difference.part.partition(" ")
        before, after = parts.get(difference.part), self.now.get(difference.part)
        if kind == "partner" and after is None and code in self.asked:
            self.waived.append(code)  # a return that it has sent is still judged, by what it was asked
        elif kind == "indicator" and before and self._was_asked(before) and (after is None or _moves(before, after)):
            self._hand_over(parts, difference, before, after)
        elif kind == "activity":
            self._take_activity(parts, difference, before, after)
        elif after is None:
            parts.pop(difference.part, None)
        elif kind == "indicator" and before is None and after["supplier"] in self.asked:
            raise RulingRefusedError(
                f"{after['supplier']} has its request for this quarter already, and a partner gets one: "
                f"“{after['title']}” is asked from the next quarter on. Leave “{difference.part}”."
            )
        else:
            parts[difference.part] = after

    def _take_activity(self, parts: Parts, difference: Difference, before: Any, after: Any) -> None:
        """An activity is taken out, or its dates and words are: what its lead has told of it stays."""
        lead = (before or after)["lead"]
        if before is None and lead in self.asked:
            raise RulingRefusedError(
                f"{lead} has its request for this quarter already, and a partner gets one: it is asked about "
                f"“{after['title']}” from the next quarter on. Leave “{difference.part}”."
            )
        if before and lead in self.asked and (after is None or after["lead"] != lead):
            self.let_off.append(activity_of(before))
        if after is None:
            return  # it stays in the framework that judges what was told of it
        parts[difference.part] = after

    def _was_asked(self, indicator: Any) -> bool:
        request = self.asked.get(indicator["supplier"])
        return request is not None and indicator["code"] in request.asked

    def _hand_over(self, parts: Parts, difference: Difference, before: Any, after: Any) -> None:
        """A figure that was asked for is taken out, or given to another: what was answered stands."""
        stands = _stands(self.house, self.facts, self.asked[before["supplier"]], self.today)
        if after is not None and before["code"] in stands.answered:
            self.left.append(difference.stamp)
            return
        if after is not None and after["supplier"] in self.asked:
            raise RulingRefusedError(
                f"{after['supplier']} has its request for this quarter already, and a partner gets one: it supplies "
                f"“{after['title']}” from the next quarter on. Leave “{difference.part}”."
            )
        self.let_off.append(f"{before['supplier']}/{before['code']}")
        if after is not None:
            parts[difference.part] = after

    def _checked(self, document: dict[str, Any]) -> Framework:
        """The framework that would be in force. Raises `RulingRefusedError` where what was chosen does not fit."""
        try:
            house = in_force(document, self.framework)
        except ValidationError as problem:
            raise RulingRefusedError(f"What was chosen does not fit what was promised: {problem}.") from problem
        for each in house.indicators:
            _needs(each.title, "partner", [each.supplier], house.partner)
            _needs(each.title, "priority", each.priorities, house.priority)
            _needs(each.title, "breakdown", each.breakdowns, house.breakdown)
        for activity in house.activities:
            _needs(activity.title, "partner", [activity.lead], house.partner)
            _needs(activity.title, "priority", [activity.priority], house.priority)
        return house

    def _binding(self, house: Framework, sha256: str) -> CollectionBound:
        plan = _plan(self.framework, self.facts, self.bound.collection)
        dates = AdoptedDates(self.framework, house, self.facts, plan, self.dates, self.asked, self.today)
        return replace(
            self.bound,
            number=next_number(self.facts, self.bound),
            framework=sha256,
            **dates.fields(),
            adopted=tuple(each.part for each in self.chosen),
            let_off=tuple(dict.fromkeys(self.let_off)),
            left=tuple(dict.fromkeys((*self.left, *(each.stamp for each in self.chosen)))),  # told once
            **self.fields,
        )

    def _let_off(self) -> list[RequestWaived]:
        """Those who left, and those from whom every figure and activity was taken."""
        emptied = [
            code
            for code, request in self.asked.items()
            if (request.asked or request.activities)
            and all(f"{code}/{each}" in self.let_off for each in request.asked)
            and all(as_let_off(code, each) in self.let_off for each in request.activities)
        ]
        return [
            RequestWaived(request=self.asked[code].request, to_partner=self.say, **self.fields)
            for code in dict.fromkeys((*self.waived, *emptied))
            if _stands(self.house, self.facts, self.asked[code], self.today).awaiting
        ]


def _needs(title: str, kind: str, codes: Iterable[str], known: AnyOf[str]) -> None:
    """Raises `RulingRefusedError` where an indicator needs what is not promised and was not chosen."""
    for code in codes:
        if code not in known:
            raise RulingRefusedError(f"“{title}” needs the {kind} “{code}”: adopt “{kind} {code}” as well.")


def _moves(before: Any, after: Any) -> bool:
    return bool(before["supplier"] != after["supplier"])
