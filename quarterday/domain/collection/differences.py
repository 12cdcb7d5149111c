"""What `config/` says otherwise than a collection promised, in sentences: what differs, what adopting it does, to whom.

Nothing of it changes an open collection by itself: an officer adopts it, whole or in part, or leaves it for the next.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from quarterday.domain.collection.binding import content_for, framework_of, plans
from quarterday.domain.collection.promised import as_let_off, binding_of
from quarterday.domain.collection.standing import standing
from quarterday.domain.collection.timetable import Timetable, timetable
from quarterday.domain.facts import CollectionBound, Facts, RequestMade
from quarterday.domain.framework.bound import (
    WHERE_THERE_ARE_SOME,
    WORDS,
    Document,
    document_of,
    with_later_fields,
    without,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_day

DATES = "dates"
LISTS: Mapping[str, str] = {  # section of the document -> what one entry of it is called
    "boards": "board",
    "partners": "partner",
    "indicators": "indicator",
    "priorities": "priority",
    "breakdowns": "breakdown",
    "plans": "plan",
    "areas": "area",
    "school_terms": "term",
    "activities": "activity",
}
SINGLE: Mapping[str, str] = {"ladders": "ladder", "rhythm": "rhythm"}
Parts = dict[str, Any]  # by name, such as `indicator gun-discharges`: what a framework says there


@dataclass(frozen=True)
class Difference:
    """One thing that `config/` says otherwise than a collection promised."""

    collection: str
    part: str  # what an officer adopts it by: `dates`, `ladder`, `partner victim-support`
    differs: str
    adopting: str
    stamp: str  # the same as long as `config/` says the same: what was left once is not told again

    def __str__(self) -> str:
        return f"{self.differs} Adopting “{self.part}”: {self.adopting}"

    @property
    def names(self) -> tuple[str, ...]:
        """What an officer may call it: by its own name, or by that of its kind, as in `partner x` and `partners`."""
        kind, _, one = self.part.partition(" ")
        several = "activities" if kind == "activity" else f"{kind}s"
        return (self.part, several) if one else (self.part,)


def differences(framework: Framework, facts: Facts, today: date, closed: str = "") -> list[Difference]:
    """What `config/` says otherwise than the collections that are open today promised, but for what was left so.

    A closed one is told of where it is named: its next version may want another rule, and its dates are over.
    """
    found: list[Difference] = []
    for plan in plans(framework, facts):
        bound = binding_of(facts, plan.collection)
        if bound and not bound.called_off and (today <= plan.last_day or plan.collection == closed):
            every = _Compared(framework, facts, plan, bound, today).all()
            found += [each for each in every if each.stamp not in bound.left]
    return found


def parts_of(document: Document) -> Parts:
    """A framework's document in the parts that an officer may adopt one by one."""
    found: Parts = {name: document[section] for section, name in SINGLE.items()}
    for section, name in LISTS.items():
        found |= {f"{name} {entry.get('code') or entry['name']}": entry for entry in document.get(section, ())}
    return found


def document_with(document: Document, parts: Parts) -> Document:
    """The document with these parts and no others: of each list, in the order of its names."""
    made = document | {section: parts[name] for section, name in SINGLE.items()}
    for section, name in LISTS.items():
        entries = [entry for part, entry in parts.items() if part.partition(" ")[0] == name and entry]
        if entries or section not in WHERE_THERE_ARE_SOME:
            made[section] = entries
        else:
            made.pop(section, None)
    return made


def activity_of(entry: Mapping[str, Any]) -> str:
    """How an activity that is asked no more stands in `let_off`, apart from any figure of that code."""
    return as_let_off(entry["lead"], entry["code"])


def asked_in(facts: Facts, collection: str) -> dict[str, RequestMade]:
    """The requests of a collection, by partner."""
    return {each.partner: each for each in facts.requests_of(collection)}


def stamp_of_dates(framework: Framework, plan: Timetable) -> str:
    """The stamp under which it is told that `config/` has other dates for a collection, as long as it has these."""
    now = timetable(framework, plan.period)
    return _stamp(DATES, _days(now) if now else None)


def _days(plan: Timetable) -> list[str]:
    return [plan.due.isoformat(), plan.closes.isoformat(), plan.publish_on.isoformat()]


def _stamp(part: str, now: Any) -> str:
    return sha256(f"{part}\n{json.dumps(now, sort_keys=True)}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Compared:
    framework: Framework
    facts: Facts
    plan: Timetable
    bound: CollectionBound
    today: date

    def all(self) -> list[Difference]:
        document = with_later_fields(json.loads(content_for(self.facts, self.bound)))
        promised, now = parts_of(document), parts_of(document_of(self.framework))
        found = [*self._dates()] if self.today <= self.plan.last_day else []
        for part in dict.fromkeys((*now, *promised)):
            before, after = promised.get(part), now.get(part)
            if before != after and (told := self._told(part, before, after)):
                found.append(self._difference(part, *told, after))
        return found

    def _difference(self, part: str, differs: str, adopting: str, now: Any) -> Difference:
        return Difference(self.plan.collection, part, differs, adopting, _stamp(part, now))

    def _dates(self) -> Iterator[Difference]:
        now, plan = timetable(self.framework, self.plan.period), self.plan
        if now is None:
            yield self._difference(
                DATES,
                f"No board in config/ considers {plan.label} any more.",
                f"calls {plan.label} off: partners who have not answered are told, nothing more is asked and nothing "
                f"is published. Left as it is, it closes on {say_day(plan.closes)} and is published as promised.",
                None,
            )
        elif (now.due, now.closes, now.publish_on) != (plan.due, plan.closes, plan.publish_on):
            yield self._difference(
                DATES,
                f"By config/ {plan.label} would be due on {say_day(now.due)}, close on {say_day(now.closes)} and be "
                f"published on {say_day(now.publish_on)}; promised were {say_day(plan.due)}, {say_day(plan.closes)} "
                f"and {say_day(plan.publish_on)}.",
                self._moving(now),
                _days(now),
            )

    def _moving(self, now: Timetable) -> str:
        waiting = self._waiting()
        whom = f"{', '.join(waiting)} are told the new date once" if waiting else "nobody need be told"
        days = self.framework.partnership.rhythm.correction_days
        spared = f", and have {days} working days at least" if waiting and now.due < self.plan.due else ""
        return f"{whom}{spared}."

    def _waiting(self) -> list[str]:
        """The names of the partners that were asked and have not answered."""
        house = framework_of(self.framework, self.facts, self.plan.collection)
        return [
            house.partner[code].name
            for code, request in asked_in(self.facts, self.plan.collection).items()
            if code in house.partner and standing(house, self.facts, request, self.today).awaiting
        ]

    def _told(self, part: str, before: Any, after: Any) -> tuple[str, str] | None:
        kind = part.partition(" ")[0]
        if kind == "partner":
            return self._partner(before, after)
        if kind == "indicator":
            return self._indicator(before, after)
        if kind == "board":
            return self._board(before, after)
        if kind == "activity":
            return self._activity(before, after)
        what = {"ladder": "reminders and chasers", "rhythm": "the rhythm of the timetable"}.get(kind, f"the {part}")
        then = {"ladder": "whoever has not answered is reminded by the new ladder."}
        return f"In config/ {what} differ from what {self.plan.label} began with.", then.get(
            kind, "the quarter goes by what config/ says."
        )

    def _partner(self, before: Any, after: Any) -> tuple[str, str] | None:
        label = self.plan.label
        if before is None:
            if any(each in self.framework.predecessors(after["code"]) for each in self.plan.request_on):
                return None  # it goes on with what its predecessor was asked
            asks = self.framework.asked_of(after["code"], self.plan.period)
            then = (
                f"it is asked at once for {len(asks)} figure(s)." if asks else "it is asked for nothing this quarter."
            )
            return f"{after['name']} is in config/ and has no part in {label}.", then
        if after is None:
            if before["code"] in self.framework.partner or before["code"] not in self.plan.request_on:
                return None
            return (
                f"{before['name']} is in config/ no more and has part in {label}.",
                "it is let off with a word; a return that it has sent is still judged.",
            )
        if {**before, "name": ""} == {**after, "name": ""}:
            return None  # a name is a word, and today's already
        return (
            f"What config/ says of {after['name']} differs: {_fields(before, after)}.",
            "whoever was asked already keeps its date.",
        )

    def _indicator(self, before: Any, after: Any) -> tuple[str, str] | None:
        label, made = self.plan.label, asked_in(self.facts, self.plan.collection)
        if before is None:
            supplier = after["supplier"]
            then = (
                f"not possible: {supplier} has its request already, so it is asked from the next quarter on."
                if supplier in made
                else f"{supplier} is asked for it."
            )
            return f"“{after['title']}” is in config/ and not asked in {label}.", then
        if f"{before['supplier']}/{before['code']}" in self.bound.let_off:
            return None
        if after is None:
            return (
                f"“{before['title']}” is in config/ no more and is asked in {label}.",
                f"{before['supplier']} is waited for no longer with it; what comes of it is still read.",
            )
        if before["supplier"] != after["supplier"]:
            return self._supplier(before, after)
        words = WORDS["indicators"]
        if without(after, words) == without(before, words):
            return None  # words are today's already
        return (
            f"“{after['title']}” differs in config/: {_fields(before, after)}.",
            "returns are checked and published by it from then on; nobody is written to.",
        )

    def _supplier(self, before: Any, after: Any) -> tuple[str, str] | None:
        if before["supplier"] in self.framework.predecessors(after["supplier"]):
            return None
        then = (
            f"{after['supplier']} is asked for it at once, and {before['supplier']} is let off, unless it has answered."
        )
        return f"“{after['title']}” is supplied by {after['supplier']} in config/, by {before['supplier']} here.", then

    def _activity(self, before: Any, after: Any) -> tuple[str, str] | None:
        label, made = self.plan.label, asked_in(self.facts, self.plan.collection)
        if before is None:
            lead = after["lead"]
            then = (
                f"not possible: {lead} has its request already, so it is asked about it from the next quarter on."
                if lead in made
                else f"{lead} is asked how it goes."
            )
            return f"The activity “{after['title']}” is in config/ and has no part in {label}.", then
        if activity_of(before) in self.bound.let_off:
            return None
        if after is None:
            then = f"{before['lead']} is asked how it goes no longer; what it told is kept."
            return f"The activity “{before['title']}” is in config/ no more and has part in {label}.", then
        if {**before, "about": ""} == {**after, "about": ""}:
            return None  # words are today's already
        then = "whether it is on course is judged by it; nobody is written to."
        if before["lead"] != after["lead"]:
            then = f"{before['lead']} is asked how it goes no longer, {after['lead']} from the next quarter on."
        return f"What config/ says of the activity “{after['title']}” differs: {_fields(before, after)}.", then

    def _board(self, before: Any, after: Any) -> tuple[str, str] | None:
        label, now = self.plan.label, timetable(self.framework, self.plan.period)
        if before is None:
            leaves = now.papers.get(after["code"]) if now else None
            then = f"its papers leave on {say_day(leaves)}." if leaves else f"it does not consider {label}."
            late = (
                " That is before the release: adopt “dates” as well."
                if leaves and leaves < self.plan.publish_on
                else ""
            )
            return f"{after['name']} is in config/ and gets no pack of {label}.", f"it gets a pack; {then}{late}"
        if after is None:
            return f"{before['name']} is in config/ no more.", f"it gets no pack of {label}."
        return f"What config/ says of {after['name']} differs: {_fields(before, after)}.", "its pack goes by it."


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The names of what differs, as people say them."""
    names = [name for name in after if before.get(name) != after[name]]
    return ", ".join(name.replace("_", " ") for name in names)
