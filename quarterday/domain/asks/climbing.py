"""Before which board an ask lies: it climbs one level at a time, along `reports_to`, and only where it is passed on.

An ask is raised by an officer or a board, or with a lead's answer on an activity. Nothing of where it stands is stored:
what is known follows from the facts in their order.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from quarterday.domain.asks.first_board import board_of_activity
from quarterday.domain.facts import (
    ActivityTold,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardAnswer,
    Facts,
    PersonErased,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import AskKind, Board

_LEAVES_OPEN = frozenset({BoardAnswer.PASSED_ON, BoardAnswer.DEFERRED})


@dataclass(frozen=True)
class Ask:
    """An ask as it stands."""

    ask: str
    asker: str  # a partner's or a board's code, or an officer's
    first_board: str  # of which it was asked first
    kind: AskKind
    what: str
    by_when: date | None
    consequence: str
    options: str
    raised_at: datetime
    activity: str = ""  # the activity that it came with; empty for others
    meant_for: str = ""  # the board that a lead named, where the activity's own board lies below it
    answers: tuple[AskAnswered, ...] = ()  # those that hold, one a board, lowest first
    told: str = ""  # the word on the activity that first asked it
    said_at: datetime | None = None  # when a lead's words on the activity asked it last; None for others
    withdrawn: AskWithdrawn | None = None  # where whoever asked asks it no more
    worded: AskRaised | None = None  # whose words hold; None where that word's do
    instead: str = ""  # the board before which it lies where `config/` has that one no more

    @property
    def public_id(self) -> str:
        """The id that readers see: of what a lead asks it says nothing of the words, which may have to be left out."""
        return f"A-{self.told}" if self.told else self.ask

    @property
    def board(self) -> str:
        """Before which board it lies; of one that is answered, which board answered it last."""
        return self.instead or self.meant_by_facts

    @property
    def meant_by_facts(self) -> str:
        """The same, whether `config/` still has that board or not."""
        if not self.answers:
            return self.first_board
        return self.answers[-1].passed_to or self.answers[-1].board

    @property
    def open(self) -> bool:
        """Whether a board still has to answer."""
        return not self.withdrawn and (not self.answers or self.answers[-1].answer in _LEAVES_OPEN)

    @property
    def last(self) -> AskAnswered | None:
        """The last answer that holds."""
        return self.answers[-1] if self.answers else None

    def may_be_answered_by(self, board: str) -> bool:
        """Whether a board may answer it: the one before which it lies, or who answered last and puts that right.

        What was withdrawn nobody answers.
        """
        if self.withdrawn:
            return False
        return (self.open and board == self.board) or (bool(self.answers) and board == self.answers[-1].board)


def asks_of(framework: Framework, facts: Facts) -> dict[str, Ask]:
    """Every ask as it stands, by its id, the oldest first."""
    asks = {each.ask: each for each in _with_activities(framework, facts)}
    for raised in facts.going_on.of(AskRaised):
        known = asks.get(raised.ask)
        asks[raised.ask] = _raised(raised, known)
    for said in _became(facts):
        if known := asks.get(said.ask):
            asks[said.ask] = after(framework, known, said) if isinstance(said, AskAnswered) else without(known, said)
    found = sorted(asks.values(), key=lambda each: (each.raised_at, each.ask))
    return {each.ask: _placed(framework, each) for each in found}


def after(framework: Framework, ask: Ask, answered: AskAnswered) -> Ask:
    """An ask after an answer; one of a board before which it does not lie changes nothing.

    Where `config/` has the board no more before which it lay, an answer of the one in its place holds too.
    """
    if not any(each.may_be_answered_by(answered.board) for each in (ask, _placed(framework, ask))):
        return ask
    before = tuple(each for each in ask.answers if each.board != answered.board)
    return replace(ask, answers=(*before, answered))


def _placed(framework: Framework, ask: Ask) -> Ask:
    """An open ask before a board that `config/` has no more lies before the one in its place, so that none is lost.

    That is the board to which whoever asked, or passed it on, reports today; the topmost where that is none.
    """
    if not ask.open or ask.meant_by_facts in framework.board:
        return ask
    above = framework.board.get(_above(framework, ask.answers[-1].board if ask.answers else ask.asker))
    if above is None or above.kind == "external":
        above = next((each for each in framework.partnership.boards if _is_topmost(each)), None)
    return replace(ask, instead=above.code) if above else ask


def _is_topmost(board: Board) -> bool:
    return board.kind != "external" and not board.reports_to


def without(ask: Ask, withdrawn: AskWithdrawn) -> Ask:
    """An ask after it was withdrawn; one that a board answered, or that was asked again since, stays as it is."""
    asked_again = ask.said_at is not None and ask.said_at > withdrawn.at
    return replace(ask, withdrawn=withdrawn) if ask.open and not asked_again else ask


def _became(facts: Facts) -> list[AskAnswered | AskWithdrawn]:
    """What boards answered and askers withdrew, in order of time."""
    said: tuple[AskAnswered | AskWithdrawn, ...] = (*facts.going_on.of(AskAnswered), *facts.going_on.of(AskWithdrawn))
    return sorted(said, key=lambda each: each.at)


def before_board(asks: Iterable[Ask], board: str) -> tuple[Ask, ...]:
    """The asks that a board has to answer, the most urgent first."""
    mine = (each for each in asks if each.open and each.board == board)
    return tuple(sorted(mine, key=lambda each: (each.by_when or date.max, each.raised_at, each.ask)))


def raised_by(asks: Iterable[Ask], askers: Iterable[str]) -> tuple[Ask, ...]:
    """The asks of some askers."""
    codes = frozenset(askers)
    return tuple(each for each in asks if each.asker in codes)


def ask_of_activity(activity: str, board: str, words: str) -> str:
    """The id of what a lead asks: the same for the same words, so that repeating them raises nothing anew."""
    return f"A-{hashlib.sha256(f'{activity}|{board}|{same_words(words)}'.encode()).hexdigest()[:12]}"


def same_words(words: str) -> str:
    """Words without what two ways of typing them differ in."""
    return " ".join(words.casefold().split())


def chain_above(framework: Framework, board: str) -> tuple[str, ...]:
    """The boards above one, nearest first."""
    found: list[str] = []
    above = _above(framework, board)
    while above and above not in (board, *found):
        found.append(above)
        above = _above(framework, above)
    return tuple(found)


def _above(framework: Framework, board: str) -> str:
    known = framework.board.get(board)
    return known.reports_to or "" if known else ""


def _with_activities(framework: Framework, facts: Facts) -> Iterator[Ask]:
    """What leads ask with their words on activities; said again, the first day stays.

    Words that were put right in the same collection ask no more, unless a board has answered them by then or they were
    withdrawn.
    """
    named = {each.fact: each.ask for each in facts.going_on.of(PersonErased) if each.ask}  # whose words have changed
    holds = {(each.collection, each.activity): each.told for each in facts.going_on.of(ActivityTold)}
    answered = {each.ask for each in _became(facts)}  # or withdrawn: what became of it is told
    began = {each.ask: each.board for each in reversed(facts.going_on.of(AskAnswered))}  # with whom each was first
    found: dict[str, Ask] = {}
    for told in facts.going_on.of(ActivityTold):
        if told.asks:
            ask = _of_activity(framework, facts, told, named.get(told.told, ""), began)
            if ask.ask in answered or holds[told.collection, told.activity] == told.told:
                first = found.setdefault(ask.ask, ask)
                found[ask.ask] = replace(first, said_at=told.at)
    yield from found.values()


def _of_activity(
    framework: Framework, facts: Facts, told: ActivityTold, named: str, answered_first: Mapping[str, str]
) -> Ask:
    """Nothing skips a level: where the activity's own board lies below the one that is named, it is asked first.

    Where a board has answered it already that is where it began, though the activity may have gone to another since.
    """
    ask = named or ask_of_activity(told.activity, told.asks_board, told.asks)
    began = answered_first.get(ask, "")
    own = began or board_of_activity(framework, facts, told) or told.asks_board
    climbs = told.asks_board in chain_above(framework, own)
    return Ask(
        ask=ask,
        asker=told.partner,
        first_board=own if climbs or began else told.asks_board,
        kind=AskKind.HELP,
        what=told.asks,
        by_when=None,
        consequence="",
        options="",
        raised_at=told.at,
        activity=told.activity,
        meant_for=told.asks_board if climbs else "",
        told=told.told,
    )


def _raised(raised: AskRaised, known: Ask | None) -> Ask:
    """The latest words hold; whose ask it is, of whom, and since when stays."""
    said = {name: getattr(raised, name) for name in ("kind", "what", "by_when", "consequence", "options")}
    if known:
        return replace(known, worded=raised, **said)
    return Ask(ask=raised.ask, asker=raised.asker, first_board=raised.board, raised_at=raised.at, worded=raised, **said)
