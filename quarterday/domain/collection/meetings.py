"""After a board's meeting: the page for its lead, and what happens while nobody has put on record what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.at_rest import at_rest
from quarterday.domain.collection.people import officer, word_apart
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import collection_id
from quarterday.domain.facts import (
    ActionSet,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardSaid,
    CollectionOpened,
    Facts,
    IndicatorNoted,
    MeetingRecorded,
    MessageReserved,
)
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.facts.recipients import recipient_code
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import last_rung
from quarterday.domain.framework.partners import Board, Meeting, Role
from quarterday.domain.framework.periods import say_day

AFTER_MEETING = "after-meeting"
LEAD = "lead"
STILL_NEWS = timedelta(days=21)  # after a meeting or an action’s setting: what was not told by then is told no more


@dataclass(frozen=True)
class Met:
    """A meeting that has been."""

    board: Board
    meeting: Meeting

    @property
    def name(self) -> str:
        """What an email or a form about it names."""
        return f"{self.board.code}/{self.meeting.on.isoformat()}"


def board_and_meeting(about: str) -> tuple[str, date]:
    """The board's code and the meeting's day that something is about."""
    board, _, day = about.rpartition("/")
    return board, date.fromisoformat(day)


def met_last(board: Board, today: date) -> Meeting | None:
    """A board's last meeting before a day."""
    been = [each for each in board.meetings if each.on < today]
    return max(been, key=lambda each: each.on, default=None)


def met_on(board: Board, day: date) -> Meeting | None:
    """A board's meeting on a day; None where `config/` has none, as after it was moved."""
    return next((each for each in board.meetings if each.on == day), None)


def begun(facts: Facts) -> frozenset[str]:
    """The collections that this installation ever opened, those at rest among them."""
    return frozenset(each.collection for each in facts.of(CollectionOpened)) | at_rest(facts)


def lead_of(board: Board) -> Recipient:
    """A board's lead."""
    return Recipient(recipient_code(board.code, LEAD), board.lead.name, board.lead.email)


def after_meetings(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    """The page for what was decided, to each board's lead on the working day after, and again by the ladder."""
    for met in _been(framework, facts, today):
        day = framework.calendar.add(met.meeting.on, 1)
        if today <= met.meeting.on + STILL_NEWS:
            why = f"{met.board.name} met on {say_day(met.meeting.on)}: what it decided is not on record by itself."
            yield _word(framework, met, AFTER_MEETING, lead_of(met.board), day, why)
        if not on_record(facts, met):
            yield from _reminding(framework, facts, met, today)


def unrecorded(framework: Framework, facts: Facts, today: date) -> Iterator[Met]:
    """The last meetings of which nobody has put anything on record, from the working day after on."""
    if framework.partnership.follows_up:
        yield from (met for met in _been(framework, facts, today) if not on_record(facts, met))


def on_record(facts: Facts, met: Met) -> bool:
    """Whether anything that a meeting decided is on record, or that it is all there is."""
    board, day = met.board.code, met.meeting.on
    named: tuple[MeetingRecorded | AskAnswered | ActionSet | BoardSaid, ...]
    named = (*facts.of(MeetingRecorded), *facts.of(AskAnswered), *facts.of(ActionSet), *facts.of(BoardSaid))
    if any((each.board, each.meeting) == (board, day) for each in named):
        return True
    return any(london_day(each.at) >= day for each in by_its_lead(facts, board))


def is_all_recorded(facts: Facts, board: str, day: date) -> bool:
    """Whether somebody has said that all that a board decided at a meeting is on record."""
    return any((each.board, each.meeting) == (board, day) for each in facts.of(MeetingRecorded))


def by_its_lead(facts: Facts, board: str) -> Iterator[AskRaised | AskWithdrawn | IndicatorNoted]:
    """What a board's lead puts on record after a meeting without naming it."""
    lead = recipient_code(board, LEAD)
    yield from (each for each in facts.of(AskRaised) if each.by == lead)
    yield from (each for each in facts.of(AskWithdrawn) if each.by == lead)
    yield from (each for each in facts.of(IndicatorNoted) if each.by == lead)


def _been(framework: Framework, facts: Facts, today: date) -> Iterator[Met]:
    """The last meeting of each board of which somebody here may know, from the working day after it on."""
    opened = begun(facts)
    for board in framework.partnership.boards:
        meeting = met_last(board, today) if board.kind != "external" else None
        if meeting is None or collection_id(framework, meeting.considers) not in opened:
            continue
        if framework.calendar.add(meeting.on, 1) <= today:
            yield Met(board, meeting)


def _reminding(framework: Framework, facts: Facts, met: Met, today: date) -> Iterator[Send]:
    """The last rung that is due, counted from the day on which the page went: nobody is reminded of what never came."""
    page = _key(framework, met, lead_of(met.board))
    sent = next((london_day(each.at) for each in facts.of(MessageReserved) if each.message == page), None)
    if sent is None:
        return
    add = framework.calendar.add
    due = [each for each in framework.ladders.meetings if add(sent, each.days) <= today]
    if rung := last_rung(due):
        for role in dict.fromkeys((rung.to, *rung.copy_to)):
            to = officer(framework) if role is Role.OFFICER else lead_of(met.board)
            why = f"Nobody has put on record what {met.board.name} decided on {say_day(met.meeting.on)}."
            yield _word(framework, met, rung.email, to, add(sent, rung.days), why, rung.code)


def _word(framework: Framework, met: Met, email: str, to: Recipient, on: date, why: str, *which: str) -> Send:
    return word_apart(_key(framework, met, to, *which), AFTER_MEETING, to, on, why, met.name, email=email)


def _key(framework: Framework, met: Met, to: Recipient, *which: str) -> str:
    return message_key(framework.partnership.code, AFTER_MEETING, met.board.code, met.meeting.on, *which, to.code)
