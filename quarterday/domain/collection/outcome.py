"""How a collection ends: gaps with a reason and an owner, the close, releases, word to those who wait, and rest."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from quarterday.domain.collection.actions import (
    Action,
    CloseCollection,
    Publish,
    Recipient,
    RecordGap,
    Send,
    SettleCollections,
)
from quarterday.domain.collection.at_rest import by_collection, settled
from quarterday.domain.collection.people import contact_for
from quarterday.domain.collection.releases import coming, may_pass, releases_of, standing_releases, withdrawn
from quarterday.domain.collection.standing import Standing, State, london_day, standing
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import (
    CollectionClosed,
    Fact,
    Facts,
    GapRecorded,
    MessageReserved,
    MessageSettled,
    ReleaseMade,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
    VerdictGiven,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import say_date, say_day

QUIET = timedelta(days=35)  # longer than clocks differ, events are late, or an email that went astray is shown


def closing_due(
    framework: Framework, facts: Facts, plan: Timetable, made: dict[str, RequestMade], closed: bool
) -> Iterator[Action]:
    """The gaps to record once the collection's last day has passed, then its close."""
    if closed:
        return
    recorded = {each.indicator for each in facts.about(plan.collection, GapRecorded)}
    recorded |= {each.indicator for request in made.values() for each in facts.about(request.request, GapRecorded)}
    for partner in plan.request_on:
        request = made.get(partner)
        stands = standing(framework, facts, request, plan.closes) if request else None
        for indicator in framework.asked_of(partner, plan.period):
            if indicator.code not in recorded and (why := _why_missing(framework, facts, plan, indicator, stands)):
                yield RecordGap(
                    collection=plan.collection,
                    request=request.request if request else "",
                    partner=partner,
                    indicator=indicator.code,
                    owner=indicator.owner or framework.partner[partner].name,
                    expected=_expected(framework, plan, indicator, stands),
                    on=plan.closes,
                    why=why,
                )
    yield CloseCollection(
        plan.collection, plan.closes, f"{plan.label} took returns for its release until {say_day(plan.closes)}."
    )


def _why_missing(
    framework: Framework, facts: Facts, plan: Timetable, indicator: Indicator, stands: Standing | None
) -> str:
    """Why a figure is missing when the collection closes; empty where it has come."""
    if stands is None or indicator.code not in stands.request.asked:
        gate = framework.gate(indicator, plan.closes)
        return "the supplier was not asked in time" if gate.open else gate.why
    if stands.accepted:
        return "only part of the return has come" if indicator.code in stands.missing else ""
    match stands.state:
        case State.SENT_BACK:
            return "a return came and was sent back; the corrected one has not come yet"
        case State.RECEIVED:
            return "a return came just before the close and is still being checked"
        case State.WAIVED:
            return "the partnership let the supplier off this time"
        case State.NOT_AVAILABLE:
            return f"the supplier says that it is not available: {_words(facts, stands, ReplyKind.NOT_AVAILABLE)}"
    for reply in facts.about(stands.request.request, ReplyReceived):
        if reply.kind is ReplyKind.NOT_AVAILABLE and indicator.code in reply.indicators:
            return f"the supplier says that it is not available: {reply.reason}"
        if reply.kind is ReplyKind.NEEDS_TIME and reply.until:
            return f"the supplier asked for time until {say_date(reply.until)}"
    return "no answer had come when the collection closed"


def _words(facts: Facts, stands: Standing, kind: ReplyKind) -> str:
    replies = [each for each in facts.about(stands.request.request, ReplyReceived) if each.kind is kind]
    return replies[-1].reason or "no reason was given"


def _expected(framework: Framework, plan: Timetable, indicator: Indicator, stands: Standing | None) -> date | None:
    """When the figure may be expected: the date the partner named, or the review of an agreement that it waits for."""
    if stands and stands.awaiting and stands.awaiting.due > plan.closes:
        return stands.awaiting.due
    gate = framework.gate(indicator, plan.closes)
    return gate.agreement.review_expected if gate.agreement and not gate.open else None


def publishing_due(
    framework: Framework, facts: Facts, plan: Timetable, made: dict[str, RequestMade], today: date
) -> Iterator[Action]:
    """The next release, and the emails that tell of the releases there are."""
    every, releases = releases_of(facts, plan.collection), standing_releases(facts, plan.collection)
    accepted = {
        each.partner_return for request in made.values() for each in standing(framework, facts, request, today).accepted
    }
    if not every:
        if today >= plan.publish_on and made and may_pass(framework, facts, plan):
            yield Publish(
                plan.collection,
                1,
                "provisional",
                plan.publish_on,
                f"The papers of {plan.board.name} leave {say_day(plan.papers_on)}.",
            )
        return
    last = every[-1]
    if (accepted != set(last.returns) or withdrawn(facts, last)) and may_pass(framework, facts, plan):
        yield Publish(
            plan.collection,
            last.version + 1,
            "revised",
            london_day(last.at),
            f"{len(accepted - set(last.returns))} return(s) were accepted after version {last.version}."
            if accepted != set(last.returns)
            else f"Version {last.version} was withdrawn, and an officer approved another.",
        )
    if not releases:
        return
    latest = releases[-1]
    for request in made.values():
        yield from _thanks(framework, facts, plan, request, releases)
    for board in framework.partnership.boards:
        if any(meeting.considers == plan.period for meeting in board.meetings):
            to = Recipient(f"{board.code}/lead", board.lead.name, board.lead.email)
            why = f"The pack of {board.name} is ready (version {latest.version})."
            yield _told(plan, "", "", "pack-ready", to, latest, why, f"{latest.key}/pack/{board.code}")


def _thanks(
    framework: Framework, facts: Facts, plan: Timetable, request: RequestMade, releases: tuple[ReleaseMade, ...]
) -> Iterator[Send]:
    """One thank you a request, for the first release that its figures are in."""
    accepted = {each.partner_return for each in standing(framework, facts, request, plan.publish_on).accepted}
    for release in releases:
        if accepted & set(release.returns):
            to = contact_for(framework, facts, request.request, request.partner)
            name = framework.partner[request.partner].name
            yield _told(
                plan,
                request.request,
                request.partner,
                "thank-you",
                to,
                release,
                f"{name}’s figures are in the release: it is told what they were used for.",
                f"{request.request}/thank-you",
            )
            return


def _told(
    plan: Timetable, request: str, partner: str, rung: str, to: Recipient, release: ReleaseMade, why: str, key: str
) -> Send:
    return Send(
        key=key,
        collection=plan.collection,
        request=request,
        partner=partner,
        rung=rung,
        email=rung,
        recipient=to,
        on=london_day(release.at),
        why=why,
        about=release.key,
    )


def settling_due(
    framework: Framework, facts: Facts, begun: Iterable[Timetable], due: Iterable[Action], today: date
) -> Iterator[SettleCollections]:
    """Word that collections are over: earlier ones than the latest, at rest, with nothing due, not even held back."""
    earlier = sorted(begun, key=lambda each: each.opens)[:-1]
    over, quiet_since = settled(facts), datetime.combine(today - QUIET, time(), UTC)
    busy = over | {getattr(action, "collection", "") for action in due}
    waiting = [plan for plan in earlier if plan.collection not in busy]
    about = by_collection(facts) if waiting else {}
    rested = [
        plan
        for plan in waiting
        if _at_rest(about.get(plan.collection, ()), quiet_since) and not coming(framework, facts, plan, today)
    ]
    if rested:
        names = " and ".join(plan.label for plan in rested)
        yield SettleCollections(
            tuple(sorted(over | {plan.collection for plan in rested})),
            quiet_since,
            today,
            f"All that {names} called for is done, and nothing was recorded of it for {QUIET.days} days.",
        )


def _at_rest(about: Iterable[Fact], quiet_since: datetime) -> bool:
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
            case MessageSettled() if not fact.of_an_attempt:
                open_ends.discard(fact.message)
        if fact.at > quiet_since:
            return False
    return closed and not open_ends
