"""Which reviews of risks an owner hears of, and how: in its request, or where none tells of one by an email of its own.

An email goes once for each day of review, to the owner's contact, with a page; and again by `reviews` of the ladders
where nobody looked. That a review was missed waits for an officer too, as every missed one.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.following import hear_of, owner_of
from quarterday.domain.collection.people import word_apart
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import Timetable, timetables
from quarterday.domain.facts import Facts, MessageReserved, RequestMade
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import last_rung
from quarterday.domain.framework.periods import say_date
from quarterday.domain.risks.reviewing import RiskStands, all_risks, reviews_due

OCCASION = "risk-review"
NOTICE = timedelta(days=14)  # before the day of review
STILL_NEWS = timedelta(days=21)  # after it: an officer has it on the first page from then on
AHEAD = timedelta(days=92)  # that a request names reviews at most: a quarter


@dataclass(frozen=True)
class OwnersReviews:
    """What one owner is to look at again on one day."""

    owner: str  # as the partner is known today
    on: date
    risks: tuple[RiskStands, ...]  # the most serious first

    @property
    def name(self) -> str:
        """What an email about it names."""
        return f"{self.owner}/{self.on.isoformat()}"


def owner_and_day(about: str) -> tuple[str, date]:
    """The owner's code and the day of review that an email is about."""
    owner, _, day = about.rpartition("/")
    return owner, date.fromisoformat(day)


def reviews_in(framework: Framework, facts: Facts, request: RequestMade) -> tuple[RiskStands, ...]:
    """The reviews that stand in a request: those that fall due before its partner's next one goes out."""
    return reviews_due(framework, facts, request.partner, until_asked_again(framework, request))


def until_asked_again(framework: Framework, request: RequestMade) -> date:
    """The last day before a partner's next request, within a quarter; the close where there is none."""
    now = framework.known_now(request.partner)[0]
    days = (plan.request_on[now] for plan in timetables(framework.today) if _asks(plan, now))
    later = min((day for day in days if day > request.closes), default=request.closes)
    return max(request.closes, min(later - timedelta(days=1), request.closes + AHEAD))


def risk_words_due(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    """The words on reviews that no request of their owner tells of."""
    for each in _by_owner(framework, facts, today):
        if today < each.on - NOTICE or _told_by_request(framework, facts, each, today):
            continue
        if today <= each.on + STILL_NEWS:
            to = owner_of(framework, facts, each.owner)
            titles = " and ".join(f"“{stands.risk.title}”" for stands in each.risks)
            why = f"{titles} {'is' if len(each.risks) == 1 else 'are'} to be looked at again by {say_date(each.on)}."
            yield _word(framework, each, OCCASION, to, each.on - NOTICE, why)
        yield from _chasing(framework, facts, each, today)


def risks_told_of(framework: Framework, facts: Facts, about: str, today: date) -> tuple[RiskStands, ...]:
    """The risks of which an email tells that were not looked at since."""
    owner, on = owner_and_day(about)
    return tuple(each for each in reviews_due(framework, facts, owner, max(on, today)) if each.review == on)


def _by_owner(framework: Framework, facts: Facts, today: date) -> Iterator[OwnersReviews]:
    found: dict[tuple[str, date], list[RiskStands]] = defaultdict(list)
    for stands in all_risks(framework, facts, today) if framework.risks else ():
        found[framework.known_now(stands.risk.owner)[0], stands.review].append(stands)
    for (owner, on), risks in found.items():
        yield OwnersReviews(owner, on, tuple(risks))


def _asks(plan: Timetable, partner: str) -> bool:
    return partner in plan.request_on and not plan.called_off


def _told_by_request(framework: Framework, facts: Facts, due: OwnersReviews, today: date) -> bool:
    """Whether the owner has a request at hand on the day of review, or will have."""
    theirs = {due.owner, *framework.predecessors(due.owner)}
    around = [
        plan
        for plan in timetables(framework)
        if _asks(plan, due.owner) and plan.request_on[due.owner] <= due.on <= plan.closes
    ]
    if any(plan.request_on[due.owner] >= today for plan in around):
        return True
    collections = {plan.collection for plan in around}
    return any(each.collection in collections and each.partner in theirs for each in facts.of(RequestMade))


def _chasing(framework: Framework, facts: Facts, due: OwnersReviews, today: date) -> Iterator[Send]:
    """The last rung that is due, counted from the day of review, or from when the owner heard of it if later."""
    first = _key(framework, due, owner_of(framework, facts, due.owner))
    sent = next((london_day(each.at) for each in facts.of(MessageReserved) if each.message == first), None)
    if sent is None:
        return
    add, since = framework.calendar.add, max(due.on, sent)
    if rung := last_rung(each for each in framework.ladders.reviews if add(since, each.days) <= today):
        for to in hear_of(framework, facts, rung, due.owner, due.risks[0].risk.board):
            why = f"It was to be looked at again by {say_date(due.on)}, and nobody has."
            yield _word(framework, due, rung.email, to, add(since, rung.days), why, rung.code)


def _word(framework: Framework, due: OwnersReviews, email: str, to: Recipient, on: date, why: str, *which: str) -> Send:
    return word_apart(_key(framework, due, to, *which), OCCASION, to, on, why, due.name, email=email)


def _key(framework: Framework, due: OwnersReviews, to: Recipient, *which: str) -> str:
    return message_key(framework.partnership.code, OCCASION, due.name, *which, to.code)
