"""The one decision: what is due by today and not yet done. Flows perform what it says and add nothing to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from quarterday.domain.activities.told import still_going
from quarterday.domain.asks.news import untold_answers
from quarterday.domain.collection import chasing, correspondence, moving, outcome
from quarterday.domain.collection.actions import Action, MakeRequest, OpenCollection, Send
from quarterday.domain.collection.at_rest import at_rest
from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.ending import agreements_due
from quarterday.domain.collection.following import following_due
from quarterday.domain.collection.funding import funding_due
from quarterday.domain.collection.horizon import running_out_due
from quarterday.domain.collection.one_a_day import one_a_day
from quarterday.domain.collection.pausing import let_through
from quarterday.domain.collection.people import asked_person, went_to
from quarterday.domain.collection.pre_release import pre_release_due
from quarterday.domain.collection.reviews_told import reviews_told
from quarterday.domain.collection.risk_words import risk_words_due
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.today import CollectionToday, RequestToday
from quarterday.domain.collection.undelivered import undelivered_due
from quarterday.domain.collection.undo import without_what_waits
from quarterday.domain.facts import Facts, MatterPutOff, MessageHastened, MessageReserved, RequestMade
from quarterday.domain.facts.collections import request_id
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_day


def what_is_due(framework: Framework, facts: Facts, today: date) -> list[Action]:
    """The actions due by `today` and not yet done, in the order in which they fell due.

    Nothing is due on a day on which nobody works, save a link that is over by the next: it waits for the next working
    day; and what a run asks before it does it waits for an officer's word (`pausing`). Nothing follows from a decision
    that may still be taken back by one press (`undo`). Raises `CalendarNotCoveredError` where the
    calendar does not reach.
    """
    return without_what_waits(facts.going_on, will_be_due(framework, facts.going_on.firm, today))


def will_be_due(framework: Framework, facts: Facts, today: date) -> list[Action]:
    """What is due by `today` once nothing that was decided is taken back any more."""
    return let_through(facts.going_on, would_be_due(framework, facts, today), today)


def would_be_due(framework: Framework, facts: Facts, today: date) -> list[Action]:
    """What would be due by `today` if nothing had to be asked first: what an officer looks at."""
    facts = facts.going_on
    due = one_a_day(facts, _due_by(framework, facts, today), today)
    return [*due, *_hastened(framework, facts, today, due)]


def still_wanted(framework: Framework, facts: Facts, today: date) -> list[Action]:
    """What is due whoever else hears on the same day: what an email that did not go is held to."""
    firm = facts.going_on.firm
    return let_through(firm, _due_by(framework, firm, today), today)


def due_next(framework: Framework, facts: Facts, today: date) -> list[Send]:
    """The emails of the next working day that might go at once: what they speak of is on record already."""
    day, facts = framework.calendar.add(today + timedelta(days=1), 0), facts.going_on
    due = (each for each in _due_by(framework, facts, day) if isinstance(each, Send))
    return [each for each in due if not each.request or facts.request(each.request)]


def _hastened(framework: Framework, facts: Facts, today: date, due: list[Action]) -> list[Send]:
    """The emails of the next working day that an officer wants to go at once, on whatever day that is."""
    wanted = {each.message for each in facts.of(MessageHastened)} - facts.reserved()
    wanted -= {each.key for each in due if isinstance(each, Send)}
    return [each for each in due_next(framework, facts, today) if each.key in wanted] if wanted else []


def _due_by(framework: Framework, facts: Facts, today: date) -> list[Action]:
    done, held = {each.told for each in facts.of(MessageReserved)}, facts.held()
    early = [
        each for each in pre_release_due(framework, facts, today) if each.told not in done and each.key not in held
    ]
    if not framework.calendar.is_working_day(today):
        return [*early]
    over = at_rest(facts)
    begun = [each for each in plans(framework, facts) if each.opens <= today]
    going_on = [CollectionToday(framework, facts, each, today) for each in begun if each.collection not in over]
    actions: list[Action] = [action for each in going_on for action in _collection(each)]
    actions += agreements_due(framework, facts, today)
    actions += running_out_due(framework, today)
    actions += following_due(framework, facts, today)
    actions += funding_due(framework, facts, today)
    actions += risk_words_due(framework, facts, today)
    actions += reviews_told(framework, facts, today)
    actions += undelivered_due(framework, facts, today)
    due = [action for action in actions if not isinstance(action, Send) or action.told not in done]
    due += outcome.rest_due(facts, going_on, due, today)
    return [*early, *(action for action in due if not isinstance(action, Send) or action.key not in held)]


def coming_keys(framework: Framework, facts: Facts, today: date, days: int = 30) -> list[str]:
    """The keys of the emails that the next working days would bring as things stand, soonest first."""
    return list(dict.fromkeys(_coming(framework, facts, today, days)))


def is_coming(framework: Framework, facts: Facts, today: date, key: str, days: int = 30) -> bool:
    """Whether the next working days would bring an email: no later day is looked at than the one that does."""
    return key in _coming(framework, facts, today, days)


def _coming(framework: Framework, facts: Facts, today: date, days: int) -> Iterator[str]:
    for ahead in range(days):
        day = framework.calendar.add(today, ahead)
        yield from (each.key for each in would_be_due(framework, facts, day) if isinstance(each, Send))


def _collection(collection: CollectionToday) -> Iterator[Action]:
    plan, today = collection.plan, collection.today
    if not collection.opened:
        if today > plan.closes:
            return  # its time passed before this installation began: `quarterday plan` says so
        yield OpenCollection(
            plan,
            plan.opens,
            f"The first request of {plan.label} goes out {say_day(plan.opens)}.",
        )
    if today <= plan.last_day and not plan.called_off:
        for partner, day in plan.request_on.items():
            if day <= today and partner not in collection.requests:
                yield from _request(collection, partner)
    for request in collection.requests.values():
        if not plan.called_off:  # nothing is asked any more, whatever was decided about a request since
            yield from _asked(request)
        yield from correspondence.answers_due(request)
    if today > plan.last_day and not collection.closed:
        yield from outcome.closing_due(collection)
    if not plan.called_off:
        yield from outcome.publishing_due(collection)


def _asked(request: RequestToday) -> Iterator[Action]:
    """What asks for what is open: of a new reader, by another date, by the ladder."""
    anew = list(_asked_anew(request))
    yield from anew
    yield from moving.told_due(request, chain(anew, _answers_to_go(request)))
    yield from chasing.rungs_due(request)
    yield from chasing.owed_rungs_due(request)


def _answers_to_go(request: RequestToday) -> Iterator[Send]:
    booked = {each.told for each in request.booked}
    return (each for each in correspondence.answers_due(request) if each.told not in booked)


def _asked_anew(request: RequestToday) -> Iterator[Send]:
    """The request's email, where a run was cut short before it was sent, or somebody else is to be asked.

    Somebody else is, as long as an answer is awaited, where an email to whoever was asked did not arrive, or where
    another person has the role by now.
    """
    asked = [each for each in request.booked if each.occasion == "request"]
    if request.today > request.request.closes or (asked and not request.stands.awaiting):
        return
    email = _request_email(request.framework, request.facts, request.request)
    if any(went_to(request.facts, request.partner.code, email.recipient, each) for each in asked):
        return
    if any(each.message == email.key for each in asked):  # whoever had the role before was asked under this name
        email = replace(email, key=f"{email.key}/{email.recipient.mark}")
    yield email


def _request(collection: CollectionToday, partner: str) -> Iterator[Action]:
    """The one request of a partner: the figures that an agreement in force covers, and how its activities go.

    Nothing where there is neither: activities need no agreement, since nothing about a person is asked with them.
    """
    framework, plan, today = collection.framework, collection.plan, collection.today
    of_others = {code for each in collection.made for code in each.asked}  # nobody is asked what another was
    indicators = [each for each in framework.asked_of(partner, plan.period) if each.code not in of_others]
    asked = tuple(each.code for each in indicators if framework.gate(each, today).open)
    of_others_told = {code for each in collection.made for code in each.activities}
    led = [each.code for each in framework.activities_of(partner, plan.period) if each.code not in of_others_told]
    activities = still_going(collection.facts, led, plan.collection)
    if not asked and not activities:
        return
    planned = plan.request_on[partner]
    due = plan.due_of.get(partner, plan.due)
    if (
        today > planned or due <= today
    ):  # asked later than planned, or dates moved forward: never less time than a correction gets, while there is any
        due = max(due, min(framework.calendar.add(today, framework.partnership.rhythm.correction_days), plan.last_day))
    name = framework.partner[partner].name
    request = MakeRequest(
        collection=plan.collection,
        request=request_id(plan.collection, partner),
        partner=partner,
        asked=asked,
        withheld=tuple(each.code for each in indicators if each.code not in asked),
        activities=activities,
        tells=untold_answers(framework, collection.facts, partner) if framework.partnership.follows_up else (),
        due=due,
        closes=plan.closes,
        on=planned,
        why=f"{name} needs {framework.partner[partner].lead_time} working days before {say_day(due)}.",
    )
    yield request
    yield _request_email(framework, collection.facts, request)


def _request_email(framework: Framework, facts: Facts, request: MakeRequest | RequestMade) -> Send:
    to = asked_person(framework, facts, request.request, request.partner)
    return Send(
        key=message_key(request.request, "request", to.code),
        collection=request.collection,
        request=request.request,
        partner=request.partner,
        occasion="request",
        email="request",
        recipient=to,
        on=request.on if isinstance(request, MakeRequest) else london_day(request.at),
        why=f"{framework.partner[request.partner].name} is asked for its figures, due {say_day(request.due)}.",
    )


def put_off(facts: Facts, today: date) -> frozenset[str]:
    """The matters that an officer knows of and wants to hear of on a later day."""
    until = {each.matter: each.until for each in facts.of(MatterPutOff)}
    return frozenset(matter for matter, day in until.items() if today < day)
