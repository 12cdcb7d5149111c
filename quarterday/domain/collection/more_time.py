"""More time: which days a partner is offered, and whether what it asked for has been decided."""

from collections.abc import Iterable
from datetime import date

from quarterday.domain.collection.standing import Standing
from quarterday.domain.facts import ExtensionDecided, ReplyKind, ReplyReceived
from quarterday.domain.framework.calendar import WorkingDays

_LATER = (5, 10)  # working days: a week on, and two
OFFERED = 3


def likely_days(calendar: WorkingDays, due: date, closes: date, today: date) -> tuple[date, ...]:
    """The days that a partner is likely to name, earliest first: a week on, two weeks on, and the close.

    They count from the day that is awaited, or from today where that has passed. Once the collection has closed, or
    where nothing lies before it any more, a week and two weeks on are offered all the same.
    """
    later = [calendar.add(max(due, today), days) for days in _LATER]
    in_time = sorted({each for each in (*later, closes) if max(due, today) < each <= closes})
    return tuple(in_time or later)[:OFFERED]


def undecided_time(
    replies: Iterable[ReplyReceived], extensions: Iterable[ExtensionDecided], stands: Standing
) -> ReplyReceived | None:
    """The last word by which a partner asked for time, where no officer has decided on it and it is still wanted."""
    asked = [each for each in replies if each.kind is ReplyKind.NEEDS_TIME]
    if not asked or stands.awaiting is None or asked[-1].reply in {each.reply for each in extensions}:
        return None
    answered = stands.latest is not None and stands.latest.at >= asked[-1].at
    return None if answered else asked[-1]
