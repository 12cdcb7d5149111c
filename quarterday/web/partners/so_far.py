"""What a request has come to so far, one line each: what came, what was answered, who decided what, what is to come."""

from dataclasses import dataclass
from datetime import datetime

from quarterday.domain.collection.open_figures import why_not_available
from quarterday.domain.collection.owed import owed_figures
from quarterday.domain.collection.people import by_code
from quarterday.domain.facts import ReplyKind, ReplyReceived, ReturnKind, ReturnReceived, Verdict
from quarterday.web.door.visits import Visit
from quarterday.web.partners.decided_so_far import Decision, decisions
from quarterday.web.partners.more_time import asked_undecided
from quarterday.web.words import Words

SHOWN = 30  # whoever sends hundreds of times still gets a page that opens at once


@dataclass(frozen=True)
class Line:
    """One thing that came, was said or was decided."""

    at: datetime
    what: str
    more: str = ""
    who: str = ""  # told only to those who have shown who they are
    href: str = ""
    current: bool = False


def so_far(words: Words, visit: Visit) -> list[Line]:
    """What was sent, said and decided lately, newest first; who of the partner did so only once that may be shown."""
    lines = [
        *(_sent(words, visit, each) for each in visit.returns),
        *(_said(words, visit, each) for each in visit.replies),
        *(_decided(words, visit, each) for each in decisions(words, visit)),
    ]
    return sorted(lines, key=lambda each: each.at, reverse=True)


def _sent(words: Words, visit: Visit, received: ReturnReceived) -> Line:
    state = words.say(f"state.{return_state(visit, received)}")
    return Line(
        received.at,
        words.say("so_far.sent", reference=received.partner_return),
        words.say("so_far.sent_line", moment=words.moment(received.at), state=state),
        _who(words, visit, received.by),
        visit.url(f"returns/{received.partner_return}"),
        len(visit.returns) > 1 and received == visit.current,
    )


def _said(words: Words, visit: Visit, reply: ReplyReceived) -> Line:
    pending = asked_undecided(visit)
    stands = f" {words.say('so_far.undecided')}" if pending and pending.reply == reply.reply else ""
    told = words.say("so_far.said", what=reply_summary(words, reply), moment=words.moment(reply.at))
    return Line(reply.at, f"{told}{stands}", who=_who(words, visit, reply.by))


def _who(words: Words, visit: Visit, code: str) -> str:
    if not visit.shown:
        return ""
    person = by_code(visit.framework, visit.facts, visit.request.request, visit.request.partner, code)
    return words.say("so_far.by", who=person.name)


def _decided(words: Words, visit: Visit, decision: Decision) -> Line:
    """What an officer decided: officers are named, since the partner is to know whom to ask."""
    officers = {each.code: each.name for each in visit.framework.partnership.officers}
    who = officers.get(decision.fact.by, visit.framework.partnership.name)
    moment = words.moment(decision.fact.at)
    line = words.say("so_far.decided", what=decision.what, who=who, moment=moment)
    told = f". {words.say('so_far.readers_told', words=decision.for_readers)}" if decision.for_readers else ""
    return Line(decision.fact.at, f"{line}{told}")


def return_state(visit: Visit, received: ReturnReceived) -> str:
    """The name of the words for where a return stands."""
    given = visit.verdict_on(received)
    if given is None:
        return "received"
    if visit.came_back(received):
        return "sent_back"
    if received.kind is ReturnKind.NIL:
        return "nil"
    if not visit.whole_with(received):
        return "part"
    return "accepted_with_caveats" if given.verdict == Verdict.ACCEPTED_WITH_CAVEATS else "accepted"


def reply_summary(words: Words, reply: ReplyReceived) -> str:
    """What a reply said, in few words and without any person's name."""
    match reply.kind:
        case ReplyKind.NEEDS_TIME if reply.until:
            return words.say("time.summary", day=words.day(reply.until))
        case ReplyKind.OWN_REFERENCE:
            return words.say("reference.summary", reference=reply.reference)
        case ReplyKind.NOT_AVAILABLE:
            return words.say("not_available.summary")
        case ReplyKind.COLLEAGUE:
            return words.say("colleague.summary")
    return words.say("time.page")


def figures_stand(words: Words, visit: Visit) -> list[tuple[str, str]]:
    """Each figure that was asked for, with whether it has come; what has not, with the day it is awaited on."""
    return [(each.title, _stands(words, visit, each.code)) for each in visit.asked]


def _stands(words: Words, visit: Visit, code: str) -> str:
    standing = visit.standing
    if code in standing.answered:
        return words.say("so_far.partly" if code in standing.missing else "so_far.come")
    if why_not_available(visit.facts, visit.request, code):
        return words.say("so_far.not_available")
    if any(visit.verdict_on(each) is None for each in visit.returns):
        return words.say("so_far.being_checked")
    day = owed_figures(visit.framework, visit.facts, visit.request).get(code)
    day = day or (standing.awaiting.due if standing.awaiting and code in standing.still_open else None)
    return words.say("so_far.to_come", day=words.day(day)) if day else words.say("so_far.not_awaited")
