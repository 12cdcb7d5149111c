"""The due date in a diary: which entry it is, how often it has moved, and the calendar file that goes with an email."""

from collections.abc import Sized
from datetime import date, datetime

from quarterday.adapters.mail.calendar_file import due_date_file
from quarterday.adapters.mail.message import Attachment, Entry
from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.binding import framework_of, period_of, standing_of
from quarterday.domain.collection.people import holder
from quarterday.domain.collection.standing import london_day, standing
from quarterday.domain.facts import (
    ActivityTold,
    CollectionBound,
    ExtensionDecided,
    Fact,
    Facts,
    MessageReserved,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    ReturnReceived,
    VerdictGiven,
    WaiverLifted,
)
from quarterday.domain.facts.collections import request_id
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Role
from quarterday.domain.framework.periods import quarter_name
from quarterday.domain.rulings.officer_links import OfficerPage

# After these there is nothing to put into a diary.
WITHOUT_DUE_DATE = frozenset({"receipt", "your-answer", "accepted", "thank-you", "let-off", "code", *OfficerPage})


def due_date_of(framework: Framework, facts: Facts, action: Send, at: datetime, link: str) -> Entry | None:
    """The due date that goes into the diaries of those who answer a request, while it lies ahead."""
    request, today = facts.request(action.request), london_day(at)
    if not request or not link or action.email in WITHOUT_DUE_DATE:
        return None
    awaiting = standing_of(framework, facts, request, today).awaiting
    if not awaiting or awaiting.due < today:
        return None
    return Entry(awaiting.due, number_of(framework, facts, request, awaiting.due))


def asked_for(figures: Sized) -> str:
    """What a diary says is due: figures, or, of whoever is asked for none, how its activities go."""
    return "figures" if figures else "updates on activities"


def due_date_files(
    framework: Framework, facts: Facts, action: Send, at: datetime, entry: Entry | None
) -> tuple[Attachment, ...]:
    """The calendar file of an email that puts a due date into a diary."""
    request = facts.request(action.request)
    if not request or not entry:
        return ()
    period = period_of(framework, facts, request.collection)
    name = framework.partnership.name
    what = asked_for(request.asked)
    uid = entry_of(framework, facts, request.partner, request.collection, action.recipient)
    return (
        due_date_file(
            uid=f"{uid}@{framework.partnership.sender.rpartition('@')[2]}",
            due=entry.day,
            moved=entry.number,
            made_at=at,
            summary=f"{name}: {what} for {quarter_name(period) or period} due",
            description=f"The {what} asked for in {name}'s email. Questions: {framework.partnership.reply_to}",
            organiser=framework.partnership.reply_to,
        ),
    )


def entry_of(framework: Framework, facts: Facts, partner: str, collection: str, reader: Recipient) -> str:
    """Which entry of a diary a due date is: the collection's, so that all who share a date get the same file.

    Whoever answers for several partners has an entry for each, since each date may move by itself; so has a colleague
    who was named, perhaps by more than one of them.
    """
    if reader.code not in {f"{partner}/{role}" for role in Role}:
        return request_id(collection, partner)
    answers_for = {
        each.code
        for each in framework.partners
        for role in (Role.CONTACT, Role.DEPUTY, Role.MANAGER)
        if (person := holder(framework, facts, each.code, role)) and person.email.casefold() == reader.email.casefold()
    }
    return request_id(collection, partner) if answers_for - {partner} else collection


def number_of(framework: Framework, facts: Facts, request: RequestMade, due: date) -> int:
    """The number under which a due date goes into diaries: higher than that of any other day which went out before.

    What moved by what was said and decided is counted from there. A holiday proclaimed later moves a date by none of
    that, so it is held against what the last email said.
    """
    told = [each for each in facts.about(request.request, MessageReserved) if each.diary_day]
    after = told[-1].diary_number + (told[-1].diary_day != due) if told else 0
    return max(after, _times_moved(framework, facts, request))


def _times_moved(framework: Framework, facts: Facts, request: RequestMade) -> int:
    """How often what was said and decided has moved the request's due date since it was first asked."""
    kinds: tuple[type[Fact], ...] = (
        ActivityTold,
        ExtensionDecided,
        ReplyReceived,
        RequestWaived,
        ReturnReceived,
        VerdictGiven,
        WaiverLifted,
    )
    own = [each for kind in kinds for each in facts.about(request.request, kind)]
    own += facts.about(request.collection, CollectionBound)
    due, moved = request.due, 0
    house = framework_of(framework, facts, request.collection)
    for moment in sorted({each.at for each in own}):
        so_far = Facts(each for each in own if each.at <= moment)
        awaiting = standing(house, so_far, request, london_day(moment)).awaiting
        if awaiting and awaiting.due != due:
            due, moved = awaiting.due, moved + 1
    return moved
