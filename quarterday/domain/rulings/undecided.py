"""What waits for an officer: time asked for, returns that came back, releases that do not pass by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.asks.naming import public_name_of
from quarterday.domain.asks.unread import words_unread
from quarterday.domain.collection.at_rest import at_rest
from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.decision import put_off
from quarterday.domain.collection.differences import differences
from quarterday.domain.collection.ending import OTHERWISE, UNLESS_HELD, came_under, ending_agreements, still_awaited
from quarterday.domain.collection.meetings import unrecorded
from quarterday.domain.collection.more_time import undecided_time
from quarterday.domain.collection.owed import owed_figures
from quarterday.domain.collection.releases import approved, coming, needs_approval, next_version
from quarterday.domain.collection.standing import State, london_day, overdue
from quarterday.domain.collection.today import CollectionToday, RequestToday
from quarterday.domain.collection.yearly import reviews_made
from quarterday.domain.facts import Facts, Verdict
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date, year_name
from quarterday.domain.framework.submissions import SubmissionKind, year_before
from quarterday.domain.risks.bids import bids_to_hear_of
from quarterday.domain.risks.reviewing import missed_reviews, reviews_unread
from quarterday.domain.risks.submissions import Owed, submissions_to_hear_of
from quarterday.domain.rulings.going_on import what_waits

UNREAD = "Packs may leave these words out until somebody has read them."


@dataclass(frozen=True)
class Undecided:
    """One matter: what it is, since when, by which deployment it is decided (empty where none does), and about what."""

    what: str
    since: date
    decide_with: str
    about: str = ""  # the request, collection, agreement, risk, bid, board, submission or words


def undecided(framework: Framework, facts: Facts, today: date) -> list[Undecided]:
    """What waits for an officer, longest first. What is over, by its partner's answer or a decision, is left out."""
    found: list[Undecided] = []
    over = at_rest(facts)
    for plan in plans(framework, facts):
        if plan.collection in over:
            continue
        collection = CollectionToday(framework, facts, plan, today)
        for request in collection.requests.values():
            found += _of_request(request)
            found += _overdue(request)
        if collection.made:
            found += _of_release(collection)
    found += [
        Undecided(str(each), today, "adopt-changes", each.collection) for each in differences(framework, facts, today)
    ]
    found += [*_of_agreements(framework, facts, today), *_of_risks(framework, facts, today)]
    found += _of_meetings(framework, facts, today)
    found += _of_words(framework, facts, today)
    if waits := what_waits(framework, facts, today):
        found.append(Undecided(waits, today, "confirm-going-on"))
    return sorted(found, key=lambda each: (each.since, each.what))


def _of_agreements(framework: Framework, facts: Facts, today: date) -> Iterator[Undecided]:
    """Agreements that end, with what hangs on each and what came under it."""
    put_off_now = put_off(facts, today)
    for agreement, first_day in ending_agreements(framework, today):
        ends = f"The agreement “{agreement.title}” ends on {say_date(agreement.ends)}"
        if agreement.code not in put_off_now:
            yield Undecided(
                f"{ends}: renew it, then write its new end into config/agreements.yaml. Without it nothing may be "
                "asked under it.",
                first_day,
                "",
                agreement.code,
            )
        for awaited in still_awaited(framework, facts, agreement, today):
            yield Undecided(
                f"{ends}, and these hang on it: {awaited}. Renew it today, or record the gap and when the figures may "
                f"come. {OTHERWISE}",
                today,
                "record-gap",
                awaited.request.id,
            )
        for came in came_under(framework, facts, agreement, today):
            what = f"{ends}. These came under it: {came}. {UNLESS_HELD}"
            yield Undecided(what, today, "hold-figures", came.request.id)


def _of_risks(framework: Framework, facts: Facts, today: date) -> Iterator[Undecided]:
    """Reviews that were missed, what is to be heard of bids, and what is owed outward."""
    for stands in missed_reviews(framework, facts, today):
        risk = stands.risk
        owner, day = framework.partner[risk.owner].name, say_date(stands.review)
        what = f"The risk “{risk.title}” of {owner} was to be reviewed by {day}, and has not been."
        yield Undecided(what, stands.review, "review-risk", risk.code)
    for each, since, news in bids_to_hear_of(framework, facts, today):
        yield Undecided(f"The bid “{each.bid.title}” to {each.bid.source} {news}.", since, "tell-bid", each.bid.code)

    for owed, since, news in submissions_to_hear_of(framework, facts, today):
        what = f"“{owed.submission.title}” {news}: to {owed.submission.to}.{_review_stands(facts, owed)}"
        yield Undecided(what, since, "record-submission", owed.name)


def _review_stands(facts: Facts, owed: Owed) -> str:
    """Of a yearly review that is owed, whether one stands ready."""
    if owed.submission.kind is not SubmissionKind.YEARLY_REVIEW:
        return ""
    year, made = year_name(year_before(owed.on)), reviews_made(facts, owed)
    if made:
        return f" Version {made[-1].version} of the review of {year} stands ready."
    return f" No review of {year} is made yet: it waits for the first of its quarters to be published."


def _of_meetings(framework: Framework, facts: Facts, today: date) -> Iterator[Undecided]:
    """Meetings of which nobody has put on record what was decided."""
    for met in unrecorded(framework, facts, today):
        day = met.meeting.on
        what = f"{met.board.name} met on {say_date(day)}, and nobody has put on record what it decided."
        yield Undecided(what, framework.calendar.add(day, 1), "record-meeting", met.board.code)


def _of_words(framework: Framework, facts: Facts, today: date) -> Iterator[Undecided]:
    """What boards' leads and owners wrote, which packs leave out where it may tell a hidden figure."""
    for each in words_unread(framework, facts, today):
        yield Undecided(f"{each.title}. {UNREAD}", london_day(each.fact.at), "read-words", each.name)
    for said in reviews_unread(framework, facts, today):
        owner = public_name_of(framework, said.partner)
        title = next(each.title for each in framework.risks if each.code == said.risk)
        what = f"What {owner} wrote on the risk “{title}”. {UNREAD}"
        yield Undecided(what, london_day(said.at), "read-words", f"{said.reviewed}/{said.risk}")


def _of_request(request: RequestToday) -> Iterator[Undecided]:
    stands, name, plan = request.stands, request.partner.name, request.plan
    if asked := undecided_time(request.replies, request.extensions, stands):
        until = f" until {say_date(asked.until)}" if asked.until else ""
        what = f"{name} asks for more time{until} ({plan.label})."
        yield Undecided(what, london_day(asked.at), "decide-extension", request.id)
    if stands.verdict and stands.state is State.SENT_BACK:
        since = london_day(stands.verdict.at)
        if stands.verdict.verdict == Verdict.QUARANTINED:
            what = f"The return of {name} holds personal data and is set apart ({plan.label}): speak with them."
            yield Undecided(what, since, "record-gap", request.id)
        elif stands.verdict.verdict == Verdict.INFECTED:
            what = f"A virus was found in the return of {name}, which is set apart ({plan.label}): speak with them."
            yield Undecided(what, since, "record-gap", request.id)
        else:
            what = f"The return of {name} was sent back ({plan.label})."
            yield Undecided(what, since, "accept-return", request.id)


def _overdue(request: RequestToday) -> Iterator[Undecided]:
    """Figures that were promised for a day that has passed: somebody speaks with the partner, and a new day is set."""
    for code, day in owed_figures(request.framework, request.facts, request.request).items():
        if overdue(day, request.today, request.framework.calendar):
            known = request.framework.indicator.get(code)
            what = (
                f"{request.partner.name} has not sent “{known.title if known else code}” ({request.plan.label}), which "
                f"was expected by {say_date(day)}."
            )
            yield Undecided(what, day, "record-gap", request.id)


def _of_release(collection: CollectionToday) -> Iterator[Undecided]:
    why, plan = needs_approval(collection), collection.plan
    if why and coming(collection) and not approved(collection):
        version = next_version(collection.facts, plan.collection)
        what = f"Version {version} of {plan.label} waits for an approval: {'; '.join(why)}."
        yield Undecided(what, plan.closes, "approve-release", plan.collection)
