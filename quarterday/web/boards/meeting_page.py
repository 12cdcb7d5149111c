"""The page after a meeting: what was decided on each ask, actions, an ask of the board above, and words for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.arrivals import reference
from quarterday.domain.asks.agreed_actions import agreed_actions, open_actions
from quarterday.domain.asks.answering import (
    WORDS,
    Wanting,
    board_above,
    owners,
    wanting_in_action,
    wanting_in_answer,
    wanting_in_ask,
)
from quarterday.domain.asks.climbing import Ask, asks_of, before_board
from quarterday.domain.asks.naming import name_of
from quarterday.domain.collection.following import board_and_meeting
from quarterday.domain.facts import ActionSet, AskAnswered, AskRaised, BoardAnswer, BoardSaid, Fact
from quarterday.domain.framework.partners import AskKind, Board
from quarterday.domain.rulings.board_rulings import answer_of
from quarterday.web.boards.board_visits import BoardVisit
from quarterday.web.boards.said_of_asks import asked_line, became, how_it_goes, refuse_persons
from quarterday.web.door.sent_once import is_once, new_once
from quarterday.web.serving.forms import SEE_OTHER, Form, example_day
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

UPWARD = 1500  # characters of what a board says to the one above


@dataclass(frozen=True)
class Met:
    """The meeting that a link is about."""

    board: Board
    day: date
    above: str  # the code of the board above; empty where there is none

    @property
    def answers(self) -> tuple[BoardAnswer, ...]:
        """What the board may answer."""
        return tuple(each for each in BoardAnswer if self.above or each is not BoardAnswer.PASSED_ON)


def met(visit: BoardVisit) -> Met:
    """The board and its meeting."""
    code, day = board_and_meeting(visit.message.tells_of)
    return Met(visit.framework.board[code], day, board_above(visit.framework, code))


def meeting_page(site: Site, request: Request, visit: BoardVisit, form: Form | None = None) -> Response:
    """Everything that lies before the board, and the four forms."""
    meeting, words = met(visit), site.words
    asks = asks_of(visit.framework, visit.facts)
    actions = [each for each in agreed_actions(visit.facts).values() if each.set.board == meeting.board.code]
    said = _said_upward(visit, meeting)
    return site.page(
        request,
        visit,
        "meeting",
        form=form,
        once=new_once(),
        meeting=meeting,
        above=name_of(visit.framework, meeting.above) if meeting.above else "",
        kept=request.url.path.endswith("/kept"),
        asks=[_line(words, visit, each) for each in before_board(asks.values(), meeting.board.code)],
        matters=_matters(asks.values(), meeting),
        on_record=[
            (each.what, became(words, visit.framework, answer))
            for each in asks.values()
            for answer in each.answers
            if (answer.board, answer.meeting) == (meeting.board.code, meeting.day)
        ],
        actions=[
            (each.set.what, f"{name_of(visit.framework, each.set.owner)}. {how_it_goes(words, each, visit.today)}")
            for each in open_actions(actions)
        ],
        asked_above=[
            (each.what, asked_line(words, visit.framework, each))
            for each in asks.values()
            if each.asker == meeting.board.code
        ],
        typed_before={"upward": said.words if said else ""},
        owners=owners(visit.framework),
        kinds=[each.value for each in AskKind],
        longest=WORDS,
        longest_upward=UPWARD,
        example=example_day(visit.today),
    )


def _matters(asks: Iterable[Ask], meeting: Met) -> list[tuple[str, str]]:
    """The asks for which the board may set an action: those before it, and those that it answered at this meeting."""
    return [
        (each.ask, each.what)
        for each in asks
        if (each.open and each.board == meeting.board.code)
        or any((one.board, one.meeting) == (meeting.board.code, meeting.day) for one in each.answers)
    ]


def _line(words: Words, visit: BoardVisit, ask: Ask) -> dict[str, Any]:
    return {
        "code": ask.ask,
        "what": ask.what,
        "kind": ask.kind.value,
        "by": name_of(visit.framework, ask.asker),
        "needed": ask.by_when,
        "consequence": ask.consequence,
        "options": ask.options,
        "before": [became(words, visit.framework, each) for each in ask.answers],
    }


def answer(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record what was made of each ask; what was left empty stays before the board."""
    meeting = met(visit)
    lie_before = before_board(asks_of(visit.framework, visit.facts).values(), meeting.board.code)
    chosen = [each for each in lie_before if form.said(f"{each.ask}-answer")]
    facts: list[Fact] = [fact for each in chosen for fact in _answer_facts(site, visit, meeting, form, each)]
    if lie_before and not chosen:
        form.errors[f"{lie_before[0].ask}-answer"] = site.words.say("boards.nothing_chosen")
    return _kept(site, request, visit, form, facts)


def _answer_facts(site: Site, visit: BoardVisit, meeting: Met, form: Form, ask: Ask) -> Iterable[Fact]:
    said = form.said(f"{ask.ask}-answer")
    if said not in set(meeting.answers):
        form.errors[f"{ask.ask}-answer"] = site.words.say("boards.nothing_chosen")
        return
    decided = BoardAnswer(said)
    words = form.text(f"{ask.ask}-for_readers", WORDS, lines=True, label=site.words.say("boards.for_readers"))
    until = form.day(f"{ask.ask}-until", site.words.say("boards.until"), needed=False)
    wanting = wanting_in_answer(
        visit.framework, ask, meeting.board.code, decided, for_readers=words, until=until, meeting=meeting.day
    )
    _note(form, wanting, f"{ask.ask}-")
    refuse_persons(site.words, visit.framework, form, {f"{ask.ask}-for_readers": words})
    yield _answered(visit, meeting, ask, decided, words, until)


def _answered(
    visit: BoardVisit, meeting: Met, ask: Ask, decided: BoardAnswer, words: str, until: date | None
) -> AskAnswered:
    return answer_of(visit.framework, ask, meeting.board.code, decided, meeting.day, words, until, **_who(visit))


def set_action(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record an action that the board set, for an ask or for none."""
    meeting, say = met(visit), site.words.say
    what = form.text("what", WORDS, lines=True, label=say("boards.action_what"))
    owner, due = form.said("owner"), form.day("due", say("boards.due"))
    wanting = wanting_in_action(visit.framework, what=what, owner=owner, due=due, meeting=meeting.day)
    _note(form, wanting)
    refuse_persons(site.words, visit.framework, form, {"what": what})
    for_ask = form.said("for_ask")
    facts = [
        ActionSet(
            action=reference("D", visit.message.message, form.said("once")),
            board=meeting.board.code,
            meeting=meeting.day,
            ask=for_ask if for_ask in asks_of(visit.framework, visit.facts) else "",
            what=what,
            owner=owner,
            due=due or meeting.day,
            **_who(visit),
        )
    ]
    return _kept(site, request, visit, form, facts)


def ask_above(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record what the board asks of the one that it reports to: it is in that board's papers."""
    meeting, say = met(visit), site.words.say
    if not meeting.above:
        return site.problem("gone", 404)
    texts: dict[str, Any] = {
        name: form.text(f"ask_{name}", WORDS, lines=True, label=say(f"boards.ask_{name}"))
        for name in ("what", "consequence", "options")
    }
    by_when = form.day("ask_by_when", say("boards.ask_by_when"), needed=False)
    kind = form.said("ask_kind")
    if kind not in set(AskKind):
        form.errors["ask_kind"] = say("boards.ask_kind_needed")
    wanting = wanting_in_ask(visit.framework, board=meeting.above, by_when=by_when, today=visit.today, **texts)
    _note(form, wanting, "ask_")
    refuse_persons(site.words, visit.framework, form, {f"ask_{name}": text for name, text in texts.items()})
    facts = (
        []
        if form.errors
        else [
            AskRaised(
                ask=reference("A", visit.message.message, form.said("once")),
                asker=meeting.board.code,
                board=meeting.above,
                kind=AskKind(kind),
                by_when=by_when,
                **texts,
                **_who(visit),
            )
        ]
    )
    return _kept(site, request, visit, form, facts)


def say_upward(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record what the board wants the one above to know; empty takes earlier words back."""
    meeting = met(visit)
    if not meeting.above:
        return site.problem("gone", 404)
    words = form.text("upward", UPWARD, lines=True, label=site.words.say("boards.upward"))
    refuse_persons(site.words, visit.framework, form, {"upward": words})
    before = _said_upward(visit, meeting)
    if words == (before.words if before else ""):
        form.errors.setdefault("upward", site.words.say("boards.upward_same"))
    facts = [BoardSaid(board=meeting.board.code, meeting=meeting.day, words=words, **_who(visit))]
    return _kept(site, request, visit, form, facts)


def _said_upward(visit: BoardVisit, meeting: Met) -> BoardSaid | None:
    said = [
        each for each in visit.facts.of(BoardSaid) if (each.board, each.meeting) == (meeting.board.code, meeting.day)
    ]
    return said[-1] if said else None


def _note(form: Form, wanting: Iterable[Wanting], prefix: str = "") -> None:
    for each in wanting:
        form.errors.setdefault(f"{prefix}{each.field}", each.sentence)


def _kept(site: Site, request: Request, visit: BoardVisit, form: Form, facts: Iterable[Fact]) -> Response:
    """The page again: with what stands against it, or with all of it on record."""
    if form.errors or not is_once(form.said("once")):
        return meeting_page(site, request, visit, form)
    record(site.installation.register, *facts)
    return RedirectResponse(visit.url("kept"), SEE_OTHER)


def _who(visit: BoardVisit) -> dict[str, Any]:
    return {
        "at": visit.now,
        "by": visit.by,
        "reason": visit.reason,
        "partnership": visit.framework.partnership.code,
    }


FORMS = {"answers": answer, "actions": set_action, "ask": ask_above, "words": say_upward}
"""The forms of the page, by the end of their addresses. Whoever reloads there sees the page again."""
