"""How a collection ends: gaps with a reason and an owner, the close, releases, word to those who wait, and rest."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from quarterday.domain.activities.told import told_for
from quarterday.domain.collection.actions import (
    Action,
    CloseCollection,
    LeaveAtRest,
    Publish,
    Recipient,
    RecordGap,
    Send,
)
from quarterday.domain.collection.activity_gaps import activity_gaps_due
from quarterday.domain.collection.at_rest import at_rest
from quarterday.domain.collection.became import never_said
from quarterday.domain.collection.gap_words import LET_OFF, has_time, not_available
from quarterday.domain.collection.held_figures import held_of
from quarterday.domain.collection.open_figures import why_not_available
from quarterday.domain.collection.owed import owed_figures
from quarterday.domain.collection.people import contact_for
from quarterday.domain.collection.releases import (
    coming,
    may_pass,
    releases_of,
    standing_releases,
    versions_had,
    withdrawn,
)
from quarterday.domain.collection.standing import State, london_day
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday, RequestToday
from quarterday.domain.collection.verdicts import last_words
from quarterday.domain.facts import (
    CollectionClosed,
    Fact,
    Facts,
    GapRecorded,
    MessageReserved,
    MessageSettled,
    ReleaseKind,
    ReleaseMade,
    ReplyKind,
    ReturnReceived,
    Step,
    VerdictGiven,
)
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.facts.recipients import recipient_code
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import say_day

PACK_READY, THANKS = "pack-ready", "thank-you"
QUIET = timedelta(days=35)  # longer than clocks differ, events are late, or an email that went astray is shown


def closing_due(collection: CollectionToday) -> Iterator[Action]:
    """The gaps to record once the collection's last day has passed, then its close."""
    framework, facts, plan = collection.framework, collection.facts, collection.plan
    if plan.called_off:
        yield CloseCollection(plan.collection, plan.closes, f"{plan.label} was called off.")
        return
    recorded = {each.indicator for each in facts.about(plan.collection, GapRecorded)}
    recorded |= {each.indicator for made in collection.made for each in facts.about(made.request, GapRecorded)}
    for partner in plan.request_on:
        request = collection.requests.get(partner)
        for indicator in framework.asked_of(partner, plan.period):
            if indicator.code not in recorded and (why := _why_missing(collection, indicator, request)):
                yield RecordGap(
                    collection=plan.collection,
                    request=request.id if request else "",
                    partner=partner,
                    indicator=indicator.code,
                    owner=indicator.owner or framework.partner[partner].name,
                    expected=_expected(collection, indicator, request),
                    on=plan.closes,
                    why=why,
                )
    for request in collection.requests.values():
        yield from activity_gaps_due(request)
    yield CloseCollection(
        plan.collection, plan.closes, f"{plan.label} took returns for its release until {say_day(plan.closes)}."
    )


def _why_missing(collection: CollectionToday, indicator: Indicator, request: RequestToday | None) -> str:
    """Why a figure is missing when the collection closes; empty where it has come."""
    if request and f"{request.request.partner}/{indicator.code}" in collection.let_off:
        return "the partnership stopped asking for it in this quarter"
    if request is None or indicator.code not in request.request.asked:
        gate = collection.framework.gate(indicator, collection.plan.closes)
        return "the supplier was not asked in time" if gate.open else gate.why
    stands = request.stands
    if stands.accepted and indicator.code not in stands.missing:
        return ""
    if said := why_not_available(request.facts, request.request, indicator.code):
        return not_available(said)
    if (gate := collection.framework.gate(indicator, collection.plan.closes)).over and gate.agreement:
        return gate.agreement.ended_first
    if stands.answered:
        return "only part of the return has come"
    match stands.state:
        case State.SENT_BACK:
            return "a return came and was sent back; the corrected one has not come yet"
        case State.RECEIVED:
            return "a return came just before the close and is still being checked"
        case State.WAIVED:
            return LET_OFF
    if stands.awaiting and (named := stands.awaiting.named):
        given = any(each.granted and each.until == named for each in request.extensions)
        return has_time(named, given=given)
    if any(each.kind in (ReplyKind.NEEDS_TIME, ReplyKind.OWN_REFERENCE) for each in request.replies):
        return "the supplier has told us that it needs more time"
    if told_for(request.facts, request.request):
        return "the supplier has told of its activities; no figures had come when the collection closed"
    return "no answer had come when the collection closed"


def _expected(collection: CollectionToday, indicator: Indicator, request: RequestToday | None) -> date | None:
    """When the figure may be expected: the date the partner named, or the review of an agreement that it waits for."""
    closes = collection.plan.closes
    if request and request.stands.awaiting and indicator.code in request.stands.still_open:
        named = request.stands.awaiting.named
        return named if named and named > closes else None
    gate = collection.framework.gate(indicator, closes)
    return gate.agreement.review_expected if gate.agreement and not gate.open else None


def publishing_due(collection: CollectionToday) -> Iterator[Action]:
    """The next release, and the emails that tell of the releases there are."""
    facts, plan = collection.facts, collection.plan
    if not (every := releases_of(facts, plan.collection)):
        if collection.today >= plan.publish_on and collection.requests and may_pass(collection):
            yield Publish(
                plan.collection,
                1,
                ReleaseKind.PROVISIONAL,
                plan.publish_on,
                f"The papers of {plan.board.name} leave {say_day(plan.papers_on)}.",
            )
        return
    yield from _revision(collection, every[-1])
    yield from _taken_back(collection, every)
    if releases := standing_releases(facts, plan.collection):
        yield from _told_of(collection, releases)


def _revision(collection: CollectionToday, last: ReleaseMade) -> Iterator[Publish]:
    """The version that follows the last one made, where what it was made from has changed or it was withdrawn."""
    accepted, before = set(collection.accepted), set(last.returns)
    if (accepted == before and not withdrawn(collection.facts, last)) or not may_pass(collection):
        return
    yield Publish(
        collection.id,
        last.version + 1,
        ReleaseKind.REVISED,
        london_day(last.at),
        f"What it is made from has changed after version {last.version}."
        if accepted != before
        else f"Version {last.version} was withdrawn, and an officer approved another.",
    )


def _told_of(collection: CollectionToday, releases: tuple[ReleaseMade, ...]) -> Iterator[Send]:
    """Thanks to those whose figures were used, and word to the boards that their pack is ready."""
    plan, latest = collection.plan, releases[-1]
    for request in collection.requests.values():
        yield from _thanks(request, releases)
    had = versions_had(collection.facts, collection.id)
    for board in collection.framework.partnership.boards:
        since = had.get(board.code)
        if board.code in plan.papers and (since is None or latest.tells_otherwise(board.code, since)):
            to = Recipient(recipient_code(board.code, "lead"), board.lead.name, board.lead.email)
            why = f"The pack of {board.name} is ready (version {latest.version})."
            yield _told(plan, "", "", PACK_READY, to, latest, why, message_key(latest.key, "pack", board.code))


def _taken_back(collection: CollectionToday, every: tuple[ReleaseMade, ...]) -> Iterator[Send]:
    """Word of a withdrawal to the boards that had been told of the version; whoever was not has nothing to put away."""
    booked = [each for each in collection.facts.about(collection.id, MessageReserved) if each.occasion == PACK_READY]
    told = {each.message for each in booked} - never_said(collection.facts, booked)
    for release in (each for each in every if withdrawn(collection.facts, each)):
        for board in collection.framework.partnership.boards:
            if message_key(release.key, "pack", board.code) in told:
                to = Recipient(recipient_code(board.code, "lead"), board.lead.name, board.lead.email)
                why = f"{board.name} had version {release.version}, which was withdrawn."
                key = message_key(release.key, "withdrawn", board.code)
                yield _told(collection.plan, "", "", "pack-withdrawn", to, release, why, key)


def _thanks(request: RequestToday, releases: tuple[ReleaseMade, ...]) -> Iterator[Send]:
    """One thank you a request, for the first release that its figures are in."""
    used = last_words(request.facts, request.id)
    held = held_of(request.facts, request.id)
    accepted = {
        each.partner_return for each in request.stands.accepted if set(used[each.partner_return].answered) - set(held)
    }
    accepted |= {each.told for each in told_for(request.facts, request.request).values()}
    for release in releases:
        if accepted & set(release.returns):
            yield _told(
                request.plan,
                request.id,
                request.partner.code,
                THANKS,
                contact_for(request.framework, request.facts, request.id, request.partner.code),
                release,
                f"{request.partner.name}’s figures are in the release: it is told what they were used for.",
                message_key(request.id, THANKS),
            )
            return


def _told(
    plan: Timetable, request: str, partner: str, occasion: str, to: Recipient, release: ReleaseMade, why: str, key: str
) -> Send:
    return Send(
        key=key,
        collection=plan.collection,
        request=request,
        partner=partner,
        occasion=occasion,
        email=occasion,
        recipient=to,
        on=london_day(release.at),
        why=why,
        about=release.key,
    )


def rest_due(
    facts: Facts, going_on: Iterable[CollectionToday], due: Iterable[Action], today: date
) -> Iterator[LeaveAtRest]:
    """Word that collections are over: earlier ones than the latest, at rest, with nothing due, not even held back."""
    earlier = sorted(going_on, key=lambda each: each.plan.opens)[:-1]
    quiet_since = datetime.combine(today - QUIET, time(), UTC)
    busy = {getattr(action, "collection", "") for action in due}
    waiting = [each for each in earlier if each.id not in busy]
    about = facts.by_collection() if waiting else {}
    rested = [
        each.plan
        for each in waiting
        if _has_come_to_rest(about.get(each.id, ()), quiet_since) and not coming(each) and not _promised(each)
    ]
    if rested:
        names = " and ".join(plan.label for plan in rested)
        yield LeaveAtRest(
            tuple(sorted(at_rest(facts) | {plan.collection for plan in rested})),
            quiet_since,
            today,
            f"All that {names} called for is done, and nothing was recorded of it for {QUIET.days} days.",
        )


def _promised(collection: CollectionToday) -> bool:
    """Whether a figure is promised for a day that has not long passed: its ladder is not at its end."""
    days = (
        day
        for each in collection.requests.values()
        for day in owed_figures(collection.framework, collection.facts, each.request).values()
    )
    return any(day > collection.today - QUIET for day in days)


def _has_come_to_rest(about: Iterable[Fact], quiet_since: datetime) -> bool:
    """Whether a collection closed, its returns are judged, its emails' ends are known, and it has been quiet since."""
    closed, open_ends = False, set[str]()
    for fact in sorted(about, key=lambda each: each.at):
        match fact:
            case CollectionClosed():
                closed = True
            case ReturnReceived():
                open_ends.add(fact.partner_return)
            case VerdictGiven():
                open_ends.discard(fact.partner_return)
            case MessageReserved():
                open_ends.add(fact.message)
            case MessageSettled() if fact.step is Step.ORDERED_AGAIN:
                open_ends.add(fact.message)
            case MessageSettled() if not fact.of_an_attempt:
                open_ends.discard(fact.message)
        if fact.at > quiet_since:
            return False
    return closed and not open_ends
