"""What an email about a request may name: what is asked, for when, by when, why, and what was said since."""

from collections.abc import Collection
from datetime import date
from typing import Any

from quarterday.adapters.mail.board_context import following_context
from quarterday.adapters.mail.return_context import return_context
from quarterday.adapters.mail.templates import one_line
from quarterday.adapters.store import Stores
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.became import never_said
from quarterday.domain.collection.binding import period_of
from quarterday.domain.collection.chasing import next_word_on
from quarterday.domain.collection.decided import word_of
from quarterday.domain.collection.links import link_ends
from quarterday.domain.collection.moving import last_move
from quarterday.domain.collection.open_figures import why_not_available
from quarterday.domain.collection.owed import owed_before, owed_figures
from quarterday.domain.collection.parts_given import part_given
from quarterday.domain.collection.people import asked_person
from quarterday.domain.collection.promised import binding_of, told_last
from quarterday.domain.collection.risk_words import reviews_in
from quarterday.domain.collection.standing import Standing, london_day, standing
from quarterday.domain.facts import (
    ActivityTold,
    ExtensionDecided,
    Fact,
    Facts,
    MessageReserved,
    OfficerWrote,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
)
from quarterday.domain.facts.returns import return_spoken_of
from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.ladder import Wait
from quarterday.domain.framework.periods import Period, quarter_name, say_date, say_day


def request_context(
    framework: Framework, facts: Facts, stores: Stores, request: RequestMade, action: Send, today: date
) -> dict[str, Any]:
    """The names that every email about a request may use."""
    stands = standing(framework, facts, request, today)
    request = stands.request
    partner, period = framework.partner[request.partner], period_of(framework, facts, request.collection)
    part = part_given(facts, request.request, partner.code, action.recipient.code)
    bound = binding_of(facts, request.collection)
    return following_context(framework, facts, request) | {
        "partner": partner.name,
        "contact_name": asked_person(framework, facts, request.request, partner.code).name,
        "request_process": one_line(partner.request_process),
        "reference": request.request,
        "period": str(period),
        "label": quarter_name(period) or str(period),
        "called_off": bool(bound and bound.called_off),
        "awaited": stands.awaiting is not None,
        "state": stands.state.value,
        "emails_so_far": _emails_so_far(facts, request),
        "returned": return_context(framework, facts, stores, _return_of(facts, stands, action), stands, part),
        "reply": _reply(framework, facts, request, action),
        "decision": _decision(facts, request, action),
        "letter": _letter(facts, request, action),
        **_what_is_asked(framework, facts, stands, period, part),
        **_days(framework, facts, stands, today, action),
        **_heard(framework, facts, request),
        **_promised(framework, stands),
        **_owed(framework, facts, request, stands, action),
    }


def _what_is_asked(
    framework: Framework, facts: Facts, stands: Standing, period: Period, part: Collection[str]
) -> dict[str, Any]:
    """What is asked for and why. A colleague is asked for the `part` they were given, and hears of nothing else."""
    request = stands.request
    asked = [framework.indicator[code] for code in request.asked if code in framework.indicator]
    led = [framework.activity[code] for code in request.activities if code in framework.activity]
    anything_open = bool(stands.still_open or stands.open_activities)
    open_ones = part or (stands.still_open if anything_open else request.asked)
    still_asked = [each for each in asked if each.code in open_ones]
    still_led = [each for each in led if each.code in stands.open_activities or not anything_open]
    return {
        "asked": [{"title": each.title, "periods": _other_periods(framework, each, period)} for each in still_asked],
        "of_a_part": bool(part),
        "activities": [] if part else [each.title for each in still_led],
        "risks": [] if part else _risks(framework, facts, request),
        "asked_for": _asked_for(bool(still_asked), bool(still_led)),
        "all_asked_for": _asked_for(bool(request.asked), bool(request.activities)),
        "withheld": _withheld(framework, request),
        "agreements": _agreements(framework, request, asked),
        "boards": _boards(framework, asked, led),
        "priorities": list(dict.fromkeys(framework.priority[code].title for code in _priorities(asked, led))),
        "statutory": list(dict.fromkeys(each.statutory for each in asked if each.statutory)),
    }


def _days(framework: Framework, facts: Facts, stands: Standing, today: date, action: Send) -> dict[str, Any]:
    """The days that a request promised, as they stand and as they were told."""
    request = stands.request
    due = stands.awaiting.due if stands.awaiting else request.due
    move = last_move(framework, facts, request, today, action.key)
    return {
        "due_day": say_day(due),
        "first_due_day": say_day(request.due),
        "last_told_day": say_day(told_last(facts, request, due)),
        "told_day": say_day(move.told if move else due),
        "by_a_meeting": bool(move and move.by_a_meeting),
        "due_is_earlier": bool(move and due < move.told),
        "closes_day": say_day(request.closes),
        "link_ends_day": say_day(link_ends(request.closes, today, due)),
        "asked_on": say_day(london_day(request.at)),
        "days_late": max(0, framework.calendar.between(framework.calendar.add(due, 0), today)),
        "closed": today > request.closes,
        "due_after_close": stands.awaiting is not None and due > request.closes,
    }


def _asked_for(figures: bool, activities: bool) -> str:
    """What an email asks for, in the plural: what is open decides, so that nobody is chased for what has come."""
    said = (figures or not activities, "figures"), (activities, "updates on activities")
    return " and ".join(words for there_are, words in said if there_are)


def _risks(framework: Framework, facts: Facts, request: RequestMade) -> list[dict[str, str]]:
    """The risks that its partner owns and that are to be reviewed before it is asked again."""
    due = reviews_in(framework, facts, request)
    return [{"title": each.risk.title, "day": say_day(each.review)} for each in due]


def _boards(framework: Framework, asked: list[Indicator], led: list[Activity]) -> list[str]:
    of_figures = (board.name for each in asked for board in framework.boards_using(each))
    return list(dict.fromkeys((*of_figures, *(framework.board_of(each).name for each in led))))


def _priorities(asked: list[Indicator], led: list[Activity]) -> list[str]:
    return [*(code for each in asked for code in each.priorities), *(each.priority for each in led)]


def _owed(
    framework: Framework, facts: Facts, request: RequestMade, stands: Standing, action: Send
) -> dict[str, list[dict[str, str]]]:
    """What was a gap of this request and is promised for the email's day, and what is owed of quarters before."""
    owed = owed_figures(framework, facts, request).items()
    of_the_day = [each for each in owed if action.about in ("", str(each[1]))]
    return {
        "owed": [_of_gap(framework, facts, request, *each) for each in of_the_day],
        "owed_before": [_of_gap(framework, facts, *each) for each in owed_before(framework, facts, request)],
    }


def _of_gap(framework: Framework, facts: Facts, request: RequestMade, code: str, day: date) -> dict[str, str]:
    known, period = framework.indicator.get(code), period_of(framework, facts, request.collection)
    label = quarter_name(period) or str(period)
    return {"title": known.title if known else code, "label": label, "day": say_day(day)}


def _heard(framework: Framework, facts: Facts, request: RequestMade) -> dict[str, Any]:
    """What was heard from the partner: the day of its last word, and what it said is not available."""
    said: tuple[Fact, ...] = (
        *facts.about(request.request, ActivityTold),
        *facts.about(request.request, ReplyReceived),
        *facts.about(request.request, ReturnReceived),
    )
    known = [framework.indicator[code] for code in request.asked if code in framework.indicator]
    return {
        "heard_day": say_day(london_day(max(each.at for each in said))) if said else "",
        "unavailable": [each.title for each in known if why_not_available(facts, request, each.code)],
    }


def _promised(framework: Framework, stands: Standing) -> dict[str, Any]:
    """The day that the partner named or was granted, when it is written to again, and whether the rest is to come."""
    awaiting = stands.awaiting
    again = next_word_on(framework, stands.request, awaiting) if awaiting else None
    return {
        "named_day": say_day(awaiting.named) if awaiting and awaiting.named else "",
        "writes_again_day": say_day(again) if again else "",
        "open_rest": awaiting is not None and awaiting.wait is Wait.REST,
    }


def _other_periods(framework: Framework, indicator: Indicator, period: Period) -> str:
    """The periods an indicator is asked for, in words, where they are not simply the collection's own."""
    asked = framework.periods_asked(indicator, period)
    if asked == (period,):
        return ""
    return f"each month of {period}" if asked == tuple(period.months()) else "; ".join(str(each) for each in asked)


def _withheld(framework: Framework, request: RequestMade) -> list[dict[str, str]]:
    on = london_day(request.at)
    known = [framework.indicator[code] for code in request.withheld if code in framework.indicator]
    return [{"title": each.title, "why": framework.gate(each, on).why} for each in known]


def _agreements(framework: Framework, request: RequestMade, asked: list[Indicator]) -> list[str]:
    gates = [framework.gate(each, london_day(request.at)) for each in asked]
    return list(dict.fromkeys(each.agreement.title for each in gates if each.agreement))


def _emails_so_far(facts: Facts, request: RequestMade) -> list[dict[str, str]]:
    """Which emails have gone out about the request: what for, on which days, no names; not what reached nobody."""
    booked = facts.about(request.request, MessageReserved)
    unread = never_said(facts, booked)
    sent = [each for each in booked if each.message not in unread]
    return [{"day": say_date(london_day(each.at)), "occasion": each.occasion, "to": each.recipient} for each in sent]


def _return_of(facts: Facts, stands: Standing, action: Send) -> ReturnReceived | None:
    returns = facts.about(action.request, ReturnReceived)
    named = return_spoken_of(action.about)
    return next((each for each in returns if each.partner_return == named), stands.latest)


def _reply(framework: Framework, facts: Facts, request: RequestMade, action: Send) -> dict[str, Any] | None:
    """What a partner said: the reply the email is about, else the latest."""
    replies = facts.about(request.request, ReplyReceived)
    reply = next((each for each in replies if each.reply == action.about), replies[-1] if replies else None)
    if reply is None:
        return None
    return {
        "kind": reply.kind.value,
        "words": one_line(reply.reason),
        "until_day": say_day(reply.until) if reply.until else "",
        "reference": one_line(reply.reference, 120),
        "colleague_name": one_line(reply.colleague_name, 120),
        "indicators": [framework.indicator[code].title for code in reply.indicators if code in framework.indicator],
        "said_on": say_day(london_day(reply.at)),
        "decided": any(each.reply == reply.reply for each in facts.about(request.request, ExtensionDecided)),
    }


def _letter(facts: Facts, request: RequestMade, action: Send) -> list[str]:
    """The words of the officer's letter that the email is about, a paragraph a line."""
    wrote = facts.about(request.request, OfficerWrote)
    words = next((each.to_partner for each in wrote if each.letter == action.about), "")
    return [one_line(each, 2000) for each in words.splitlines() if each.strip()]


def _decision(facts: Facts, request: RequestMade, action: Send) -> dict[str, Any] | None:
    """What an officer decided, in the words that are for the partner, and what the partner was told before."""
    told = word_of(facts, request, action.occasion, action.about)
    if told is None:
        return None
    word, before = told
    decided, earlier = word.decided, before.decided if before else None
    until = decided.until if isinstance(decided, ExtensionDecided) else None
    return {
        "granted": isinstance(decided, ExtensionDecided) and decided.granted,
        "asked": isinstance(decided, ExtensionDecided) and bool(decided.reply),
        "until_day": say_day(until) if until else "",
        "after_close": until is not None and until > request.closes,
        "words": one_line(getattr(decided, "to_partner", "")),
        "before": before.occasion if before else "",
        "before_day": say_day(earlier.until) if isinstance(earlier, ExtensionDecided) and earlier.until else "",
    }
