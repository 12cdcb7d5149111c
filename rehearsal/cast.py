"""The parts that partners play. Each part reads what its person got by email and decides what they do today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quarterday.domain.collection.standing import State
from quarterday.domain.facts import Facts, MessageReserved, ReplyReceived, ReturnReceived, Verdict
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.telling.status import NOT_ASKED, StatusLine
from rehearsal.letters import Letter


class Deed(StrEnum):
    """What a person does on the partner's page."""

    NOTHING = "nothing"
    SEND = "send the figures"
    SEND_EXPORT = "send the organisation's own export"
    SEND_REST = "send the rest of the figures"
    SEND_PART = "send the first half of the figures, and a day for the rest"
    SEND_CORRECTED = "send the figures after a recount: one of them is higher by one"
    SEND_ALL_BUT_LAST = "send the figures but for the last one asked for"
    SAY_NOT_AVAILABLE = "say that the last figure asked for is not available"
    TRY_A_PDF_THEN_SEND = "try to send a PDF, then the figures"
    SEND_WRONG = "send figures with mistakes in them"
    SEND_OTHER_PERIOD = "send figures for another period"
    SAY_NIL = "say that there is nothing to report"
    ASK_FOR_TIME = "ask for more time"


@dataclass(frozen=True)
class Scene:
    """What a person knows on a day: their letters, and what they have done so far."""

    today: date
    letters: Sequence[Letter]
    returns: int
    replies: int
    calendar: WorkingDays

    def days_since(self, *emails: str) -> int:
        """Working days since the first email of these kinds came; -1 where none did."""
        came = [letter.on for letter in self.letters if letter.email in emails]
        return self.calendar.between(min(came), self.today) if came else -1


def prompt(scene: Scene) -> Deed:
    """Answers two days after the request."""
    return Deed.SEND if scene.returns == 0 and scene.days_since("request") >= 2 else Deed.NOTHING


def careless_then_prompt(scene: Scene) -> Deed:
    """Tries to send the minutes of a meeting as a PDF, is told, and sends the figures."""
    ready = scene.returns == 0 and scene.days_since("request") >= 3
    return Deed.TRY_A_PDF_THEN_SEND if ready else Deed.NOTHING


def own_export(scene: Scene) -> Deed:
    """Sends its own export three days after the request, and the rest in our template two days later."""
    if scene.returns == 0 and scene.days_since("request") >= 3:
        return Deed.SEND_EXPORT
    if scene.returns == 1 and scene.days_since("receipt") >= 2:
        return Deed.SEND_REST
    return Deed.NOTHING


def late_after_a_chaser(scene: Scene) -> Deed:
    """Forgets; sends the day after the first chaser."""
    return Deed.SEND if scene.returns == 0 and scene.days_since("chaser-1") >= 1 else Deed.NOTHING


def late_to_the_last_rung(scene: Scene) -> Deed:
    """Answers only when the board's lead has heard."""
    return Deed.SEND if scene.returns == 0 and scene.days_since("escalation-board") >= 0 else Deed.NOTHING


def wrong_then_right(scene: Scene) -> Deed:
    """Insists on sending figures with mistakes, is asked again, and corrects them two days later."""
    if scene.returns == 0 and scene.days_since("request") >= 4:
        return Deed.SEND_WRONG
    if scene.returns == 1 and scene.days_since("sent-back") >= 2:
        return Deed.SEND
    return Deed.NOTHING


def another_period(scene: Scene) -> Deed:
    """Has figures for other months only, and sends those."""
    return Deed.SEND_OTHER_PERIOD if scene.returns == 0 and scene.days_since("request") >= 5 else Deed.NOTHING


def nothing_to_report(scene: Scene) -> Deed:
    """Had no cases this quarter and says so when reminded."""
    return Deed.SAY_NIL if scene.returns == 0 and scene.days_since("reminder") >= 1 else Deed.NOTHING


def needs_time(scene: Scene) -> Deed:
    """Asks for more time when reminded, and keeps the date it was granted."""
    if scene.replies == 0 and scene.days_since("reminder") >= 0:
        return Deed.ASK_FOR_TIME
    ready = scene.returns == 0 and scene.days_since("extension-granted") >= 4
    return Deed.SEND if ready else Deed.NOTHING


def silent(_scene: Scene) -> Deed:
    """Never answers."""
    return Deed.NOTHING


def never_asked(_scene: Scene) -> Deed:
    """Its agreement is under review, so nobody asks it."""
    return Deed.NOTHING


PARTS: dict[str, Callable[[Scene], Deed]] = {
    "prompt": prompt,
    "careless then prompt": careless_then_prompt,
    "own export": own_export,
    "late after a chaser": late_after_a_chaser,
    "late to the last rung": late_to_the_last_rung,
    "wrong then right": wrong_then_right,
    "another period": another_period,
    "nothing to report": nothing_to_report,
    "needs time": needs_time,
    "silent": silent,
    "never asked": never_asked,
}

_ACCEPTED = {str(State.ACCEPTED), str(State.ACCEPTED_WITH_CAVEATS)}


def disappointment(part: str, line: StatusLine, facts: Facts, request: str, *, own_file: bool = False) -> str:
    """What did not turn out as the part calls for; empty where all did.

    Whoever no agreement lets us ask plays no part, and whoever has a file of the caller's is to have it accepted.
    """
    if line.state == NOT_ASKED:
        return "" if not facts.about(request, MessageReserved) else f"{line.name} was written to though it may not be."
    if own_file and part != "own export":
        part = "a file of yours"
    emails = {each.email for each in facts.about(request, MessageReserved)}
    returns = len(facts.about(request, ReturnReceived))
    replies = len(facts.about(request, ReplyReceived))
    expected: dict[str, tuple[str, bool]] = {
        "prompt": ("accepted without a chaser", line.state in _ACCEPTED and line.chasers == 0),
        "careless then prompt": ("accepted without a chaser", line.state in _ACCEPTED and line.chasers == 0),
        "a file of yours": ("accepted", line.state in _ACCEPTED),
        "own export": ("accepted in two parts", line.state in _ACCEPTED and returns == 2),
        "late after a chaser": ("accepted after a chaser", line.state in _ACCEPTED and "chaser-1" in emails),
        "late to the last rung": (
            "accepted after escalation",
            line.state in _ACCEPTED and "escalation-board" in emails,
        ),
        "wrong then right": ("sent back, then accepted", line.state in _ACCEPTED and "sent-back" in emails),
        "another period": ("accepted with caveats", line.verdict == Verdict.ACCEPTED_WITH_CAVEATS),
        "nothing to report": ("a nil return", line.state == State.NIL),
        "needs time": ("granted time, then accepted", line.state in _ACCEPTED and replies == 1),
        "silent": ("overdue to the end", line.state == State.OVERDUE and "escalation-board" in emails),
        "never asked": ("never asked", line.state == NOT_ASKED and not emails),
    }
    said, held = expected[part]
    return (
        ""
        if held
        else f"{line.name} plays “{part}”: expected {said}, but it is {line.state} after {line.chasers} chaser(s)."
    )
