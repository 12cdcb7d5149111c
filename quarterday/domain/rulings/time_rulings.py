"""Officers' decisions on more time, and what a date means: for the papers, the board, the link and who waits for it."""

from collections.abc import Iterator
from datetime import date

from quarterday.domain.collection.links import link_ends
from quarterday.domain.collection.standing import State, london_day, standing
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import (
    ExtensionDecided,
    Facts,
    ReplyKind,
    ReplyReceived,
    RequestMade,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date, say_day
from quarterday.domain.rulings.request_rulings import (
    Ruling,
    RulingRefusedError,
    refuse_far_away,
    refuse_uncounted,
    refuse_where_called_off,
)


def decide_extension(
    framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling, *, grant: bool, until: date | None
) -> ExtensionDecided:
    """Grant more time until a date, or refuse it. What was decided before stays on record; this one holds."""
    fields = ruling.fields(framework)
    asked = [each for each in facts.about(request.request, ReplyReceived) if each.kind is ReplyKind.NEEDS_TIME]
    latest = asked[-1] if asked else None
    until = until or (latest.until if latest else None)
    refuse_where_called_off(facts, request)
    _refuse_where_answered(framework, facts, request, london_day(ruling.at))
    if grant:
        _refuse_date(framework, until, request.due, london_day(ruling.at))
    elif not latest and not any(each.granted for each in facts.about(request.request, ExtensionDecided)):
        raise RulingRefusedError("This partner has not asked for more time, so there is nothing to refuse.")
    return ExtensionDecided(
        request=request.request,
        granted=grant,
        until=until if grant else None,
        reply=latest.reply if latest else "",
        to_partner=ruling.say.strip(),
        **fields,
    )


def _refuse_where_answered(framework: Framework, facts: Facts, request: RequestMade, today: date) -> None:
    """Raises `RulingRefusedError` where nothing is awaited of a partner, so that no time is needed."""
    stands, name = standing(framework, facts, request, today), framework.partner[request.partner].name
    if stands.awaiting or stands.state is State.WAIVED:
        return
    if stands.latest:
        raise RulingRefusedError(
            f"{name} has answered: return {stands.latest.partner_return} is {stands.state}. Nothing is awaited of it, "
            "so it needs no time. To ask it something, send the return back with a question."
        )
    raise RulingRefusedError(f"{name} has answered: {stands.state}. Nothing is awaited of it, so it needs no time.")


def _refuse_date(framework: Framework, until: date | None, due: date, today: date) -> None:
    if until is None:
        raise RulingRefusedError("Say until when the partner has time.")
    if until <= today:
        raise RulingRefusedError(f"{say_date(until)} is not in the future. Give a later date.")
    if until < due:
        raise RulingRefusedError(
            f"The figures are due on {say_date(due)} as it is: {say_date(until)} would be less time. Give a later date."
        )
    refuse_far_away(until, today)
    refuse_uncounted(framework, until)


def what_the_date_means(
    framework: Framework, plan: Timetable, request: RequestMade, until: date, today: date
) -> list[str]:
    """What follows from a date that a partner is given, in sentences; nothing where all is well."""
    said = []
    if until > request.closes:
        closes = f"The collection {'closed' if today > request.closes else 'closes'} on {say_day(request.closes)}"
        said.append(
            f"{closes}. What comes by {say_day(until)} goes into the next version; until then the figures stand as a "
            "gap that is expected on that day."
        )
        said += _for_the_boards(framework, plan, until, today)
    said += _under_agreements(framework, request, until, today)
    if until > link_ends(request.closes, today):
        ends = link_ends(request.closes, today, until)
        said.append(f"The links sent so far end before that: the email brings one that works until {say_day(ends)}.")
    return said


def _under_agreements(framework: Framework, request: RequestMade, until: date, today: date) -> Iterator[str]:
    """Which agreements end before the day, so that what comes by it could not be used (paper 4.4)."""
    known = [framework.indicator[code] for code in request.asked if code in framework.indicator]
    gates = [(framework.gate(each, today), framework.gate(each, until)) for each in known]
    ending = {
        agreement.code: agreement for now, then in gates if (agreement := now.agreement) and now.open and then.over
    }
    for agreement in ending.values():
        yield (
            f"The agreement “{agreement.title}” ends on {say_day(agreement.ends)}: what comes after it under it cannot "
            "be used, unless it is renewed."
        )


def _for_the_boards(framework: Framework, plan: Timetable, until: date, today: date) -> Iterator[str]:
    """Which boards meet without the figures, or have them only as a revision."""
    for board in framework.partnership.boards:
        for meeting in board.meetings:
            if meeting.on < today:
                continue  # what it had is decided
            if meeting.considers == plan.period and until > meeting.on:
                yield f"{board.name} meets on {say_day(meeting.on)}: it will not have them."
            elif meeting.considers == plan.period and until > plan.papers.get(board.code, meeting.on):
                yield f"{board.name} can have them only as a revision before it meets on {say_day(meeting.on)}."
