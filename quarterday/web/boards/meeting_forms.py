"""What the page after a meeting puts on record: answers, actions, an ask, words upward, a reading, and that is all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.arrivals import reference
from quarterday.domain.asks.answering import (
    WORDS,
    Wanting,
    wanting_in_action,
    wanting_in_answer,
    wanting_in_ask,
)
from quarterday.domain.asks.climbing import Ask, asks_of, before_board
from quarterday.domain.facts import (
    ActionSet,
    AskAnswered,
    AskRaised,
    BoardAnswer,
    BoardSaid,
    Fact,
    IndicatorNoted,
    MeetingRecorded,
    WordsOn,
)
from quarterday.domain.framework.partners import AskKind
from quarterday.domain.rulings.board_rulings import answer_of
from quarterday.web.boards.board_visits import BoardVisit, who_says
from quarterday.web.boards.meeting_page import (
    UPWARD,
    MeetingShown,
    all_recorded,
    indicators_read,
    last_reading,
    meeting_page,
    meeting_shown,
    own_asks,
    said_upward,
)
from quarterday.web.boards.said_of_asks import refuse_persons
from quarterday.web.boards.withdrawing import withdrawn
from quarterday.web.door.sent_once import is_once
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site


def answer(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record what was made of each ask, once; what was left empty stays before the board."""
    meeting, asks = meeting_shown(visit), asks_of(visit.framework, visit.facts).values()
    known = {each.ask for each in asks if _is_on_record(meeting, form, each)}
    lie_before = [each for each in before_board(asks, meeting.board.code) if each.ask not in known]
    chosen = [each for each in lie_before if form.said(f"{each.ask}-answer")]
    facts: list[Fact] = [fact for each in chosen for fact in _answer_facts(site, visit, meeting, form, each)]
    if lie_before and not chosen and not known:
        form.errors[f"{lie_before[0].ask}-answer"] = site.words.say("boards.nothing_chosen")
    return _kept(site, request, visit, form, facts)


def _is_on_record(meeting: MeetingShown, form: Form, ask: Ask) -> bool:
    """Whether what a form makes of an ask is what the meeting made of it: whoever saw no answer presses again."""
    said = form.said(f"{ask.ask}-answer"), form.said(f"{ask.ask}-for_readers")
    here = (each for each in ask.answers if (each.board, each.meeting) == (meeting.board.code, meeting.day))
    return any((each.answer.value, each.for_readers) == said for each in here)


def _answer_facts(site: Site, visit: BoardVisit, meeting: MeetingShown, form: Form, ask: Ask) -> Iterable[Fact]:
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
    visit: BoardVisit, meeting: MeetingShown, ask: Ask, decided: BoardAnswer, words: str, until: date | None
) -> AskAnswered:
    return answer_of(visit.framework, ask, meeting.board.code, decided, meeting.day, words, until, **who_says(visit))


def set_action(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record an action that the board set, for an ask or for none."""
    meeting, say = meeting_shown(visit), site.words.say
    what = form.text("what", WORDS, lines=True, label=say("boards.action_what"))
    owner, due = form.said("owner"), form.day("due", say("boards.due"))
    wanting = wanting_in_action(visit.framework, what=what, owner=owner, due=due, meeting=meeting.day)
    _note(form, wanting)
    refuse_persons(site.words, visit.framework, form, {"what": what})
    for_ask = form.said("for_ask")
    said = f"{what}\n{owner}\n{due}\n{for_ask}"  # put right on the same page, it is another action
    facts = [
        ActionSet(
            action=reference("D", visit.message.message, f"{form.said('once')}\n{said}"),
            board=meeting.board.code,
            meeting=meeting.day,
            ask=for_ask if for_ask in asks_of(visit.framework, visit.facts) else "",
            what=what,
            owner=owner,
            due=due or meeting.day,
            **who_says(visit),
        )
    ]
    return _kept(site, request, visit, form, facts)


def ask_above(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record what the board asks of the one that it reports to: it is in that board's papers."""
    meeting, say = meeting_shown(visit), site.words.say
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
    if form.errors:
        return _kept(site, request, visit, form, [])
    raised = AskRaised(
        ask=reference("A", visit.message.message, form.said("once")),
        asker=meeting.board.code,
        board=meeting.above,
        kind=AskKind(kind),
        by_when=by_when,
        **texts,
        **who_says(visit),
    )
    known = asks_of(visit.framework, visit.facts).get(raised.ask)
    again = known is not None and known.worded is not None and replace(known.worded, at=raised.at) == raised
    return _kept(site, request, visit, form, [] if again else [raised])


def withdraw(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record that the board asks something no more."""
    own = own_asks(visit, meeting_shown(visit))
    return _kept(site, request, visit, form, withdrawn(site.words, visit.framework, own, form, **who_says(visit)))


def say_upward(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record what the board wants the one above to know; empty takes earlier words back."""
    meeting = meeting_shown(visit)
    if not meeting.above:
        return site.problem("gone", 404)
    words = form.text("upward", UPWARD, lines=True, label=site.words.say("boards.upward"))
    refuse_persons(site.words, visit.framework, form, {"upward": words})
    before = said_upward(visit, meeting)
    if not words and before is None:
        form.errors.setdefault("upward", site.words.say("boards.upward_needed"))
    said = BoardSaid(board=meeting.board.code, meeting=meeting.day, words=words, **who_says(visit))
    return _kept(site, request, visit, form, [] if before and before.words == words else [said])


def agree_reading(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record how the board reads an indicator; empty words take its earlier ones back."""
    meeting, say = meeting_shown(visit), site.words.say
    indicator = form.said("indicator")
    words = form.text("reading", WORDS, lines=True, label=say("boards.reading"))
    if indicator not in dict(indicators_read(visit, meeting)):
        form.errors["indicator"] = say("boards.indicator_needed")
    elif not words and last_reading(visit, meeting, indicator) is None:
        form.errors["reading"] = say("boards.reading_needed")
    refuse_persons(site.words, visit.framework, form, {"reading": words})
    noted = IndicatorNoted(
        collection=meeting.collection,
        indicator=indicator,
        kind=WordsOn.READING,
        words=words,
        signed=meeting.board.name,
        **who_says(visit),
    )
    before = last_reading(visit, meeting, indicator)
    return _kept(site, request, visit, form, [] if before and before.words == words else [noted])


def that_is_all(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record that nothing else was decided: nobody is reminded any more."""
    meeting = meeting_shown(visit)
    said = MeetingRecorded(board=meeting.board.code, meeting=meeting.day, **who_says(visit))
    return _kept(site, request, visit, form, [] if all_recorded(visit, meeting) else [said])


def _note(form: Form, wanting: Iterable[Wanting], prefix: str = "") -> None:
    for each in wanting:
        form.errors.setdefault(f"{prefix}{each.field}", each.sentence)


def _kept(site: Site, request: Request, visit: BoardVisit, form: Form, facts: Iterable[Fact]) -> Response:
    """The page again: with what stands against it, or with all of it on record."""
    if form.errors or not is_once(form.said("once")):
        return meeting_page(site, request, visit, form)
    record(site.installation.register, *facts)
    return RedirectResponse(visit.url("kept"), SEE_OTHER)


FORMS = {
    "answers": answer,
    "actions": set_action,
    "ask": ask_above,
    "withdraw": withdraw,
    "words": say_upward,
    "reading": agree_reading,
    "all": that_is_all,
}
"""The forms of the page, by the end of their addresses. Whoever reloads there sees the page again."""
