"""Officers' decisions on an open collection's dates: more time for everybody, and closing later.

What was promised is kept with the new word: each partner that still owes something hears of its new date once.
"""

from dataclasses import replace
from datetime import date

from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.differences import stamp_of_dates
from quarterday.domain.collection.promised import binding_of, next_number, own_dates
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import Timetable, released_after
from quarterday.domain.facts import CollectionBound, CollectionClosed, Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_day
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, refuse_far_away


def more_time_for_all(
    framework: Framework, facts: Facts, collection: str, ruling: Ruling, *, until: date
) -> CollectionBound:
    """Everybody has until a later day. Who was promised a later one keeps it."""
    fields, bound, plan = ruling.fields(framework), _open(facts, collection), _plan(framework, facts, collection)
    if until <= max(bound.due, london_day(ruling.at)):
        raise RulingRefusedError(f"{plan.label} is due on {say_day(bound.due)}. Give a later day, after today.")
    if until > bound.closes:
        raise RulingRefusedError(
            f"{plan.label} closes on {say_day(bound.closes)}: give a day until when it is due before that, "
            "or close it later first."
        )
    _refuse_rest_day(framework, until)
    own = {code: day for code, day in own_dates(facts, bound).items() if day > until}
    return _changed(
        framework, facts, plan, replace(bound, due=until, due_on=tuple(sorted(own.items())), **fields), "due"
    )


def close_later(
    framework: Framework, facts: Facts, collection: str, ruling: Ruling, *, closes: date
) -> CollectionBound:
    """Take returns for the release until a later day; it is published no sooner. Whatever is due stays due."""
    fields, bound, plan = ruling.fields(framework), _open(facts, collection), _plan(framework, facts, collection)
    if closes <= max(bound.closes, london_day(ruling.at)):
        raise RulingRefusedError(f"{plan.label} closes on {say_day(bound.closes)}. Give a later day, after today.")
    refuse_far_away(closes, london_day(ruling.at))
    publish_on = released_after(framework, closes, bound.publish_on)
    if publish_on > plan.papers_on:
        raise RulingRefusedError(
            f"The papers of {plan.board.name} leave on {say_day(plan.papers_on)}: close a working day before, "
            "or move the meeting in config/ and adopt its dates."
        )
    _refuse_rest_day(framework, closes)
    own = tuple(sorted(own_dates(facts, bound).items()))
    return _changed(
        framework, facts, plan, replace(bound, closes=closes, publish_on=publish_on, due_on=own, **fields), "close"
    )


def _open(facts: Facts, collection: str) -> CollectionBound:
    bound = binding_of(facts, collection)
    if bound is None:
        raise RulingRefusedError("That collection has not opened: its dates follow from config/ until it does.")
    if bound.called_off:
        raise RulingRefusedError("That collection was called off: it has no dates any more.")
    if facts.about(collection, CollectionClosed):
        raise RulingRefusedError(
            "That collection is closed: give a partner more time instead, and what it sends goes into the next version."
        )
    return bound


def _plan(framework: Framework, facts: Facts, collection: str) -> Timetable:
    plan = plan_for(framework, facts, collection)
    assert plan  # what is bound has one
    return plan


def _refuse_rest_day(framework: Framework, day: date) -> None:
    if not framework.calendar.is_working_day(day):
        raise RulingRefusedError(f"Nobody works on {say_day(day)}. Give a working day.")


def _changed(framework: Framework, facts: Facts, plan: Timetable, bound: CollectionBound, part: str) -> CollectionBound:
    """The next binding. That `config/` has other dates was seen by whoever gave these: it is not told again."""
    left = tuple(dict.fromkeys((*bound.left, stamp_of_dates(framework, plan))))
    return replace(bound, number=next_number(facts, bound), adopted=(part,), left=left)
