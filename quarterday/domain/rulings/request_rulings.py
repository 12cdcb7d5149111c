"""Officers' decisions, checked before they are recorded.

Who decides must be an officer, and why must be said. The latest decision holds and every one is kept: none is refused
because another was made. Why stays inside; what goes out, to the partner or to readers, is said apart.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.decision import coming_keys, is_coming
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.collection.promised import as_promised, binding_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import collection_id
from quarterday.domain.collection.verdicts import accepted_returns, answered_by, missing_after
from quarterday.domain.collection.waiting import waiver_of
from quarterday.domain.facts import (
    Facts,
    GapRecorded,
    LinkIssued,
    LinkRevoked,
    MessageHeld,
    RequestMade,
    RequestWaived,
    WaiverLifted,
)
from quarterday.domain.facts.collections import request_id
from quarterday.domain.framework.calendar import CalendarNotCoveredError
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import A_YEAR, parse_quarter, say_date, within_reach


class RulingRefusedError(Exception):
    """A decision that cannot be recorded; the message says why and what to do."""


@dataclass(frozen=True)
class Ruling:
    """Who decides, why, and when; and the words that go out with it, where there are any."""

    who: str  # an officer's code
    why: str  # stays inside
    at: datetime
    say: str = ""  # goes out: to the partner, or to readers where a gap or a withdrawal is published

    def fields(self, framework: Framework, duty: Duty = Duty.REQUESTS) -> dict[str, Any]:
        """The fields that every decision's fact bears. Raises `RulingRefusedError`."""
        officers = {each.code: each for each in framework.partnership.officers}
        if self.who not in officers:
            raise RulingRefusedError(f"“{self.who}” is not an officer. Say who decides: {', '.join(officers)}.")
        if duty not in officers[self.who].may:
            may = [each.name for each in officers.values() if duty in each.may]
            raise RulingRefusedError(
                f"{officers[self.who].name} may not decide this. Who may: {', '.join(may) or 'nobody'} "
                "(config/partnership.yaml says so)."
            )
        if len(self.why.strip()) < 3:
            raise RulingRefusedError("Say why, in a few words: the reason is kept with the decision.")
        return {"at": self.at, "by": self.who, "reason": self.why.strip(), "partnership": framework.partnership.code}


def refuse_far_away(day: date, today: date) -> None:
    """Raises `RulingRefusedError` where a promise lies so far ahead that another day must be meant."""
    if day > today + A_YEAR:
        raise RulingRefusedError(f"{say_date(day)} is more than a year away. Give the day that was meant.")


def refuse_uncounted(framework: Framework, day: date) -> None:
    """Raises `RulingRefusedError` where nobody can count working days to a day: a chaser that waits for it must."""
    try:
        framework.calendar.is_working_day(day)
    except CalendarNotCoveredError as unknown:
        raise RulingRefusedError(str(unknown)) from unknown


def refuse_unreal(day: date) -> None:
    """Raises `RulingRefusedError` where nothing of this partnership's can have been on a day: a year of two digits."""
    if not within_reach(day):
        raise RulingRefusedError(f"{say_date(day)} cannot be meant. Write the day as 14 August 2026.")


def refuse_unless_ahead(expected: date | None, today: date) -> None:
    """Raises `RulingRefusedError` where the day on which something is expected, if one is named, cannot be meant."""
    if expected and expected <= today:
        raise RulingRefusedError(f"{say_date(expected)} is not in the future. Give the day on which it is expected.")
    if expected:
        refuse_far_away(expected, today)


def known_partner(framework: Framework, partner: str) -> None:
    """Raises `RulingRefusedError`, listing the partners, where there is none of that code."""
    if partner not in framework.partner:
        raise RulingRefusedError(f"There is no partner “{partner}”. The partners are: {', '.join(framework.partner)}.")


def collection_of(framework: Framework, quarter: str) -> str:
    """The collection of a quarter such as `2025-26 Q1`. Raises `RulingRefusedError`."""
    try:
        return collection_id(framework, parse_quarter(quarter))
    except ValueError as problem:
        raise RulingRefusedError(str(problem)) from problem


def request_of_quarter(framework: Framework, facts: Facts, quarter: str, partner: str) -> RequestMade:
    """The request of a partner in a quarter such as `2025-26 Q1`. Raises `RulingRefusedError`."""
    collection = collection_of(framework, quarter)
    promised = framework_of(framework, facts, collection)
    known_partner(promised, partner)
    made = facts.about(request_id(collection, partner), RequestMade)
    if not made:
        raise RulingRefusedError(f"{promised.partner[partner].name} has not been asked for {quarter}.")
    return as_promised(facts, made[0])


def waive_request(framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling) -> RequestWaived:
    """Let a partner off for this collection. One whose figures are accepted has nothing to be let off."""
    fields, name = ruling.fields(framework), framework.partner[request.partner].name
    if accepted := accepted_returns(facts, request.request):
        titles = [framework.indicator[code].title for code in answered_by(facts, request, accepted)]
        raise RulingRefusedError(
            f"{name} has sent figures and they are accepted (return {accepted[-1].partner_return}): "
            f"{'; '.join(titles)}. What is still missing can be recorded as a gap."
        )
    return RequestWaived(request=request.request, to_partner=ruling.say.strip(), **fields)


def lift_waiver(framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling) -> WaiverLifted:
    """Ask a partner again that was let off: it gets never less time than a correction."""
    fields, name = ruling.fields(framework), framework.partner[request.partner].name
    if waiver_of(framework, facts, request) is None:
        raise RulingRefusedError(f"{name} is not let off: there is nothing to lift.")
    refuse_where_called_off(facts, request)
    return WaiverLifted(request=request.request, to_partner=ruling.say.strip(), **fields)


def refuse_where_called_off(facts: Facts, request: RequestMade) -> None:
    """Raises `RulingRefusedError` where the request's collection was called off: nothing is asked in it any more."""
    bound = binding_of(facts, request.collection)
    if bound and bound.called_off:
        raise RulingRefusedError(
            f"{bound.by} called the quarter off on {say_date(london_day(bound.at))}: nothing is asked in it any more. "
            "What a partner sends all the same is taken and kept."
        )


def record_gap(
    framework: Framework,
    facts: Facts,
    request: RequestMade,
    ruling: Ruling,
    *,
    indicator: str,
    owner: str,
    expected: date | None,
) -> GapRecorded:
    """Record that one figure will not come in time, with its owner and when to expect it, or change what was said."""
    fields = ruling.fields(framework)
    if indicator not in (*request.asked, *request.withheld):
        raise RulingRefusedError(
            f"“{indicator}” was not asked of this partner. Asked were: {', '.join(request.asked)}."
        )
    accepted = accepted_returns(facts, request.request)
    if indicator in request.asked and indicator not in missing_after(facts, request, accepted):
        raise RulingRefusedError(
            f"“{framework.indicator[indicator].title}” has come and is accepted (return "
            f"{accepted[-1].partner_return}): it is no gap. If it is wrong, send the return back with a question."
        )
    if not owner.strip():
        raise RulingRefusedError("Say who owns the gap.")
    refuse_unless_ahead(expected, london_day(ruling.at))
    return GapRecorded(
        collection=request.collection,
        request=request.request,
        partner=request.partner,
        indicator=indicator,
        owner=owner.strip(),
        expected=expected,
        for_readers=ruling.say.strip(),
        **fields,
    )


def revoke_links(framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling) -> list[LinkRevoked]:
    """Stop every link of a request at once."""
    live = live_links(facts, request, ruling.at)
    if not live:
        raise RulingRefusedError("No link of this request works any more.")
    fields = ruling.fields(framework)
    return [LinkRevoked(request=request.request, token_hash=each.token_hash, **fields) for each in live]


def live_links(facts: Facts, request: RequestMade, now: datetime) -> list[LinkIssued]:
    """The links of a request that work now."""
    return [each for each in LiveLinks(facts).at(now) if each.request == request.request]


def hold_email(framework: Framework, facts: Facts, message: str, ruling: Ruling, *, hold: bool) -> MessageHeld:
    """Hold an email back by its key, as it stands in the artifact “today-and-tomorrow”, or let it go again."""
    fields, message = ruling.fields(framework), message.strip()
    if hold and message in facts.reserved():
        raise RulingRefusedError("That email has already gone.")
    held = [each for each in facts.of(MessageHeld) if each.message == message]
    if hold and message in facts.held():
        raise RulingRefusedError(
            f"{held[-1].by} holds that email since {say_date(london_day(held[-1].at))}: “{held[-1].reason}”."
        )
    if not hold and message not in facts.held():
        raise RulingRefusedError(f"That email is not held. Held are: {', '.join(sorted(facts.held())) or 'none'}.")
    if hold and not is_coming(framework, facts, today := london_day(ruling.at), message):
        coming = coming_keys(framework, facts, today)
        raise RulingRefusedError(
            f"No email with that key is due in the next weeks. The next are: {', '.join(coming[:5]) or 'none'}."
        )
    return MessageHeld(message=message, held=hold, **fields)
