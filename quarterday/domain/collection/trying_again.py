"""How long an email that did not go is tried again: as long as it makes sense, with growing pauses."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from quarterday.domain.collection import moving
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.became import Booked
from quarterday.domain.collection.decided import WORDS
from quarterday.domain.collection.decision import still_wanted
from quarterday.domain.collection.outcome import PACK_READY, THANKS
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, MessageReserved
from quarterday.domain.facts.message_keys import what_for
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Wait

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=10), timedelta(hours=6)
AT_LEAST = timedelta(hours=96)  # an email that no date ends is tried for so long, over a weekend and all,
LEAST_ATTEMPTS = 12  # and so often: what reached no server was no attempt, and little may have run for days
REQUEST = "request"
_OF_WHAT_CHANGES = WORDS | {moving.OCCASION, PACK_READY, THANKS}


class Then(StrEnum):
    """What becomes of an email that did not go."""

    WAIT = "wait"
    TRY = "try"
    OVERTAKEN = "overtaken"
    GIVE_UP = "give up"


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, up to some hours."""
    return min(FIRST_PAUSE * 2 ** (min(attempts, 10) - 1), LONGEST_PAUSE)


def still_due(framework: Framework, facts: Facts, waiting: set[str], today: date) -> frozenset[str]:
    """Of emails that were booked and did not go, those that the decision would send had they not been booked.

    On a day on which nobody works, those that it would send on the next working day.
    """
    without = Facts(
        each for each in facts.going_on if not (isinstance(each, MessageReserved) and each.message in waiting)
    )
    tells = {each.message: each.tells_of for each in facts.going_on.of(MessageReserved) if each.message in waiting}
    due = still_wanted(framework, without, framework.calendar.add(today, 0))
    return frozenset(each.key for each in due if isinstance(each, Send) and tells.get(each.key) == each.about)


def what_then(framework: Framework, known: Booked, due: frozenset[str], now: datetime) -> Then:
    """What to do with an email that did not go.

    A request is tried until the collection closes, a reminder as long as what it waits for is awaited; anything else
    until a server has refused it often, the last time four days after its booking or an officer's word that it is to go
    again. While no server is reached at all, it waits.
    What was decided otherwise since, or a release that was withdrawn, is told nobody any more.
    """
    if known.last_word <= now < known.last_word + pause_after(known.attempts):  # a clock ahead of now told no pause
        return Then.WAIT
    if _has_an_end(known.message):
        if not framework.calendar.is_working_day(london_day(now)):
            return Then.WAIT
        return Then.TRY if known.message.message in due else Then.OVERTAKEN
    if overtakable(known.message) and known.message.message not in due:
        return Then.OVERTAKEN
    # By its last try, not by now: after days on which nothing ran, the way may be free since.
    by_now = known.tried_since + AT_LEAST <= known.last_word <= now
    tried_enough = known.reached >= LEAST_ATTEMPTS and by_now
    return Then.GIVE_UP if tried_enough else Then.TRY


def overtakable(message: MessageReserved) -> bool:
    """Whether an email tells what may be otherwise before it goes: a decision, a date that moved, a release."""
    return message.occasion in _OF_WHAT_CHANGES


def _has_an_end(message: MessageReserved) -> bool:
    """Whether the decision itself tells when an email is no longer wanted: a request, and a rung of the ladder."""
    return bool(message.request) and what_for(message.message) in (REQUEST, *Wait)
