"""What officers record for boards: asks, answers, actions and how these go."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from quarterday.domain.asks.agreed_actions import agreed_actions
from quarterday.domain.asks.answering import (
    Wanting,
    board_above,
    boards_asked,
    officers,
    wanting_in_action,
    wanting_in_answer,
    wanting_in_ask,
    wanting_in_withdrawal,
)
from quarterday.domain.asks.climbing import Ask, asks_of
from quarterday.domain.collection.meetings import is_all_recorded, met_on
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import (
    ActionSet,
    ActionState,
    ActionTold,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardAnswer,
    Facts,
    MeetingRecorded,
)
from quarterday.domain.facts.recipients import officer_code
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import AskKind
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, refuse_unreal


def raise_ask(
    framework: Framework,
    ruling: Ruling,
    *,
    board: str,
    asker: str,
    kind: AskKind,
    what: str,
    by_when: date | None,
    consequence: str,
    options: str,
) -> AskRaised:
    """Ask something of a board, for whoever asks: a partner, a board that reports to it, or the officer."""
    fields = _fields(framework, ruling)
    said = _words_of_ask(framework, ruling, board, by_when, what=what, consequence=consequence, options=options)
    asker = asker or officer_code(ruling.who)
    _known_asker(framework, asker, board)
    number = hashlib.sha256(f"{ruling.who}|{ruling.at.isoformat()}|{board}".encode()).hexdigest()[:12]
    return AskRaised(ask=f"A-{number}", asker=asker, board=board, kind=kind, by_when=by_when, **said, **fields)


def reword_ask(
    framework: Framework,
    facts: Facts,
    ask: str,
    ruling: Ruling,
    *,
    kind: AskKind,
    what: str,
    by_when: date | None,
    consequence: str,
    options: str,
) -> AskRaised:
    """Say what is asked better: its kind, by when, what follows otherwise. Whose ask it is and where it lies stays."""
    fields, known = _fields(framework, ruling), known_ask(framework, facts, ask)
    if known.withdrawn:
        raise RulingRefusedError("It has been withdrawn. Ask anew where it is wanted after all.")
    if not known.open:
        raise RulingRefusedError("It has been answered. Ask anew where something else is wanted.")
    said = _words_of_ask(framework, ruling, known.board, by_when, what=what, consequence=consequence, options=options)
    return AskRaised(ask=ask, asker=known.asker, board=known.first_board, kind=kind, by_when=by_when, **said, **fields)


def withdraw_ask(framework: Framework, facts: Facts, ask: str, ruling: Ruling) -> AskWithdrawn:
    """Record that something is asked no more; `ruling.say` is what the boards that saw it are told of why.

    Raises `RulingRefusedError` where a board has answered it.
    """
    fields, known, said = _fields(framework, ruling), known_ask(framework, facts, ask), ruling.say.strip()
    _refuse(wanting_in_withdrawal(framework, known, for_readers=said))
    return AskWithdrawn(ask=ask, for_readers=said, **fields)


def answer_ask(
    framework: Framework,
    facts: Facts,
    ask: str,
    ruling: Ruling,
    *,
    board: str = "",
    answer: BoardAnswer,
    meeting: date,
    until: date | None = None,
) -> AskAnswered:
    """Record what a board made of an ask at a meeting; `ruling.say` is what the asker and readers are told.

    Where no board is named it is the one before which the ask lies. Raises `RulingRefusedError`.
    """
    fields, known = _fields(framework, ruling), known_ask(framework, facts, ask)
    board, said = board or known.board, ruling.say.strip()
    _refuse(wanting_in_answer(framework, known, board, answer, for_readers=said, until=until, meeting=meeting))
    _refuse_meeting(meeting, london_day(ruling.at))
    return answer_of(framework, known, board, answer, meeting, said, until, **fields)


def answer_of(
    framework: Framework,
    ask: Ask,
    board: str,
    answer: BoardAnswer,
    meeting: date,
    for_readers: str,
    until: date | None,
    **who: Any,
) -> AskAnswered:
    """The fact of an answer against which nothing stands; `who` is what any fact says of itself."""
    return AskAnswered(
        ask=ask.ask,
        board=board,
        answer=answer,
        meeting=meeting,
        for_readers=for_readers,
        passed_to=board_above(framework, board) if answer is BoardAnswer.PASSED_ON else "",
        until=until if answer is BoardAnswer.DEFERRED else None,
        **who,
    )


def set_action(
    framework: Framework,
    facts: Facts,
    ruling: Ruling,
    *,
    board: str,
    meeting: date,
    what: str,
    owner: str,
    due: date,
    ask: str = "",
) -> ActionSet:
    """Record what a board wants done, by whom and until when. Raises `RulingRefusedError`."""
    fields = _fields(framework, ruling)
    if board not in framework.board:
        raise RulingRefusedError(f"There is no board “{board}”. The boards are: {', '.join(framework.board)}.")
    if ask:
        known_ask(framework, facts, ask)
    _refuse(wanting_in_action(framework, what=what, owner=owner, due=due, meeting=meeting))
    _refuse_meeting(meeting, london_day(ruling.at))
    number = hashlib.sha256(f"{ruling.who}|{ruling.at.isoformat()}|{board}|{what}".encode()).hexdigest()[:12]
    return ActionSet(
        action=f"D-{number}", board=board, meeting=meeting, ask=ask, what=what.strip(), owner=owner, due=due, **fields
    )


def tell_action(framework: Framework, facts: Facts, action: str, ruling: Ruling, *, state: ActionState) -> ActionTold:
    """Record how an action goes, in the owner's words as the officer heard them: `ruling.say`."""
    fields = _fields(framework, ruling)
    known = agreed_actions(facts).get(action)
    if known is None:
        raise RulingRefusedError(f"There is no action {action}.")
    if state is ActionState.DROPPED and len(ruling.say.strip()) < 3:
        raise RulingRefusedError("Say for readers why it is not done.")
    return ActionTold(action=action, state=state, said=ruling.say.strip(), **fields)


def record_meeting(framework: Framework, facts: Facts, board: str, ruling: Ruling, *, meeting: date) -> MeetingRecorded:
    """Record that all that a board decided at a meeting is on record, be it nothing. Raises `RulingRefusedError`."""
    fields = _fields(framework, ruling)
    known = {each.code: each for each in boards_asked(framework)}.get(board)
    if known is None:
        raise RulingRefusedError(f"There is no board “{board}”. The boards are: {', '.join(framework.board)}.")
    if met_on(known, meeting) is None or meeting > london_day(ruling.at):
        raise RulingRefusedError(f"{known.name} has not met on {say_date(meeting)}.")
    if is_all_recorded(facts, board, meeting):
        raise RulingRefusedError("That is on record already.")
    return MeetingRecorded(board=board, meeting=meeting, **fields)


def _fields(framework: Framework, ruling: Ruling) -> dict[str, Any]:
    if not framework.partnership.follows_up:
        raise RulingRefusedError(
            "This partnership does not follow up what boards are asked: see `follows_up` in config/partnership.yaml."
        )
    return ruling.fields(framework)


def _refuse_meeting(meeting: date, today: date) -> None:
    """A board may meet on a day that `config/` does not name, but not in the year 25, and not tomorrow."""
    refuse_unreal(meeting)
    if meeting > today:
        raise RulingRefusedError("That meeting has not been yet.")


def known_ask(framework: Framework, facts: Facts, ask: str) -> Ask:
    """An ask by its id. Raises `RulingRefusedError`."""
    known = asks_of(framework, facts).get(ask)
    if known is None:
        raise RulingRefusedError(f"There is no ask {ask}.")
    return known


def _known_asker(framework: Framework, asker: str, board: str) -> None:
    if asker in framework.board:
        above = board_above(framework, asker)
        if board != above:
            name = framework.board[above].name if above else ""
            one = f"It asks {name} first" if name else "It reports to no board"
            raise RulingRefusedError(f"{framework.board[asker].name} does not report to that board. {one}.")
    elif asker not in framework.partner and asker not in dict(officers(framework)):
        raise RulingRefusedError(f"There is no partner, board or officer “{asker}”.")


def _words_of_ask(
    framework: Framework, ruling: Ruling, board: str, by_when: date | None, **words: str
) -> dict[str, Any]:
    """An ask's words as they are kept; refused where something is wanting."""
    said: dict[str, Any] = {name: text.strip() for name, text in words.items()}
    _refuse(wanting_in_ask(framework, board=board, by_when=by_when, today=london_day(ruling.at), **said))
    return said


def _refuse(wanting: Iterable[Wanting]) -> None:
    if found := tuple(wanting):
        raise RulingRefusedError(" ".join(each.sentence for each in found))
