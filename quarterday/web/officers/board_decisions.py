"""What officers record for boards on their pages: asks, answers, actions, and how these go."""

from datetime import date
from typing import Any

from quarterday.domain.asks.agreed_actions import agreed_actions
from quarterday.domain.asks.answering import WORDS, board_above, officers, owners
from quarterday.domain.asks.climbing import Ask, asks_of
from quarterday.domain.facts import ActionState, BoardAnswer, Fact
from quarterday.domain.framework.partners import AskKind, Board
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings import board_rulings
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.web.officers.deciding import SAY, Case, Decision, Field
from quarterday.web.officers.subjects import Kind


def _board(case: Case) -> Board:
    """The board that is decided about, or before which the ask lies."""
    code = _ask(case).board if case.subject.kind is Kind.ASK else case.subject.name
    return case.framework.board[code]


def _ask(case: Case) -> Ask:
    return asks_of(case.framework, case.facts)[case.subject.name]


def _meetings(case: Case) -> list[tuple[str, str]]:
    """The board's meetings that have been, the latest first."""
    been = sorted((each.on for each in _board(case).meetings if each.on <= case.today), reverse=True)
    return [(day.isoformat(), say_date(day)) for day in been]


def _last_meeting(case: Case) -> str:
    return next((day for day, _ in _meetings(case)), "")


def _answers(case: Case) -> list[tuple[str, str]]:
    above = board_above(case.framework, _board(case).code)
    return [(each.value, each.value) for each in BoardAnswer if above or each is not BoardAnswer.PASSED_ON]


def _askers(case: Case) -> list[tuple[str, str]]:
    """Who may ask a board: the boards that report to it, partners, officers."""
    below = [each for each in case.framework.partnership.boards if each.reports_to == _board(case).code]
    partners = [(each.code, each.name) for each in case.framework.partners]
    return [*((each.code, each.name) for each in below), *partners, *officers(case.framework)]


def _owners(case: Case) -> list[tuple[str, str]]:
    return owners(case.framework)


def _kinds(_case: Case) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in AskKind]


def _states(_case: Case) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in ActionState]


def _raise(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    said["kind"] = AskKind(said["kind"])
    return board_rulings.raise_ask(case.framework, ruling, board=case.subject.name, **said)


def _reword(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    said["kind"] = AskKind(said["kind"])
    return board_rulings.reword_ask(case.framework, case.facts, case.subject.name, ruling, **said)


def _withdraw(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    return board_rulings.withdraw_ask(case.framework, case.facts, case.subject.name, ruling)


def _answer(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    return board_rulings.answer_ask(
        case.framework,
        case.facts,
        case.subject.name,
        ruling,
        answer=BoardAnswer(said["answer"]),
        meeting=date.fromisoformat(said["meeting"]),
        until=said["until"],
    )


def _act(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    meeting, ask = date.fromisoformat(said.pop("meeting")), ""
    if case.subject.kind is Kind.ASK:
        ask = case.subject.name
    return board_rulings.set_action(
        case.framework, case.facts, ruling, board=_board(case).code, meeting=meeting, ask=ask, **said
    )


def _record(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    return board_rulings.record_meeting(
        case.framework, case.facts, case.subject.name, ruling, meeting=date.fromisoformat(said["meeting"])
    )


def _tell(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    return board_rulings.tell_action(
        case.framework, case.facts, case.subject.name, ruling, state=ActionState(said["state"])
    )


def _of_ask(case: Case, name: str) -> Any:
    return getattr(_ask(case), name) if case.subject.kind is Kind.ASK else None


def _of_action(case: Case) -> str:
    last = agreed_actions(case.facts)[case.subject.name].state
    return last.value if last else ""


_MEETING = Field("meeting", "choice", options=_meetings, offered=_last_meeting)
_ASKED = (
    Field("kind", "choice", words="ask_kind", options=_kinds, offered=lambda case: _of_ask(case, "kind") or ""),
    Field("what", "lines", limit=WORDS, words="ask_what", offered=lambda case: _of_ask(case, "what") or ""),
    Field("consequence", "lines", limit=WORDS, offered=lambda case: _of_ask(case, "consequence") or ""),
    Field("options", "lines", needed=False, limit=WORDS, offered=lambda case: _of_ask(case, "options") or ""),
    Field("by_when", "day", needed=False, offered=lambda case: _of_ask(case, "by_when")),
)
_ACTION = (
    _MEETING,
    Field("what", "lines", limit=WORDS, words="action_what"),
    Field("owner", "choice", words="action_owner", options=_owners),
    Field("due", "any day"),
)
ON_BOARDS = (
    Decision(
        "raise-ask", Kind.BOARD, _raise, (Field("asker", "choice", options=_askers), *_ASKED), then="", asks_why=False
    ),
    Decision("reword-ask", Kind.ASK, _reword, _ASKED, then="", asks_why=False),
    Decision(
        "withdraw-ask",
        Kind.ASK,
        _withdraw,
        (Field(SAY, "lines", limit=WORDS, words="withdrawn_why"),),
        then="",
        asks_why=False,
    ),
    Decision(
        "answer-ask",
        Kind.ASK,
        _answer,
        (
            Field("answer", "choice", options=_answers),
            _MEETING,
            Field(SAY, "lines", needed=False, limit=WORDS, words="asker_told"),
            Field("until", "any day", needed=False, words="deferred_until"),
        ),
        then="",
        asks_why=False,
    ),
    Decision("set-action", Kind.BOARD, _act, _ACTION, asks_why=False),
    Decision("act-on-ask", Kind.ASK, _act, _ACTION, asks_why=False),
    Decision("record-meeting", Kind.BOARD, _record, (_MEETING,), then="", asks_why=False),
    Decision(
        "tell-action",
        Kind.ACTION,
        _tell,
        (
            Field("state", "choice", words="action_state", options=_states, offered=_of_action),
            Field(SAY, "lines", needed=False, limit=WORDS, words="action_said"),
        ),
        then="",
        asks_why=False,
    ),
)
