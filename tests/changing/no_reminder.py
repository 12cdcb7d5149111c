"""What a page says of the next reminder, held against the reminders that went."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from quarterday.domain.facts import (
    CollectionBound,
    ExtensionDecided,
    GapRecorded,
    ReplyReceived,
    RequestWaived,
    ReturnReceived,
    VerdictGiven,
    WaiverLifted,
)
from tests.changing.play import Play


def broken(play: Play, ladder: Collection[str]) -> Iterator[str]:
    """Reminders that go before the day that the page named, though nothing was said or decided since.

    A day off that is proclaimed since moves the ladder, and no page could know.
    """
    kinds = (ReplyReceived, ReturnReceived, VerdictGiven, ExtensionDecided, RequestWaived, WaiverLifted, GapRecorded)
    for at, request, again, calendar in play.no_reminder:
        if play.config.calendar != calendar:
            continue
        turns = [e.at for kind in kinds for e in play.facts.about(request, kind) if e.at > at]
        turns += [e.at for e in play.facts.about(play.collection, CollectionBound) if e.at > at]
        until = min(turns, default=datetime.max.replace(tzinfo=UTC)).date()
        reminders = (
            each
            for each in play.letters
            if each.action.request == request
            and each.action.email in ladder
            and each.action.recipient.code.endswith("/contact")
            and at.date() < each.day <= until
        )
        for each in reminders:
            if again is None or each.day < again:
                yield f"{each.day} {each.action.email}: on {at.date()} the page named {again}"
