"""Asks, answers and actions as a release tells them: where each stands, what is new, and words through the gate."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.adapters.personal_data import OwnWords
from quarterday.domain.asks.agreed_actions import AgreedAction, agreed_actions
from quarterday.domain.asks.climbing import Ask, asks_of
from quarterday.domain.asks.news import Between
from quarterday.domain.collection.binding import period_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.upward import said_upward
from quarterday.domain.facts import AskAnswered, AskWithdrawn, BoardSaid, Facts, ReleaseMade
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.tables import ActionLine, AnswerLine, AskLine, WithdrawnLine, WordsUpward
from quarterday.publishing.words import LEFT_OUT, tells_of_a_person, without_counts

NOT_TOLD = "nothing told"
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety)"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNTS_NOBODY = re.compile(  # sums of money, lengths of time and dates: boards decide them
    r"(£\s?\d[\d,.]*(?:\s?(?:k|m|thousand|million)\b)?"
    rf"|\b{_NUMBER}\s(?:more\s)?(?:working\s|calendar\s)?(?:day|week|month|quarter|year)s?\b(?!\s(?:of|up|down)\b)"
    rf"|\b\d{{1,2}}\s(?:{_MONTHS})(?:\s\d{{4}})?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Followed:
    """What a release tells of asks."""

    asks: tuple[AskLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    words_upward: tuple[WordsUpward, ...] = ()


def followed(framework: Framework, facts: Facts, collection: str, day: date, hiding: Collection[str]) -> Followed:
    """What a release of a collection tells of asks; nothing where the partnership does not follow them up.

    `hiding` are the indicators of which something is hidden: sentences that count anything but money and time, or
    that compare, are taken out of words that may tell of them.
    """
    if not framework.partnership.follows_up:
        return Followed()
    between = told_between(framework, facts, collection)
    lines = _Lines(framework, facts, collection, between, day, frozenset(hiding))
    return Followed(lines.asks(), lines.actions(), lines.words_upward())


def told_between(framework: Framework, facts: Facts, collection: str) -> Between:
    """The time that a collection's packs tell of: since the collection before was first released, up to this one's."""
    first: dict[str, ReleaseMade] = {}
    for each in facts.of(ReleaseMade):
        first.setdefault(each.collection, each)
    asked = period_of(framework, facts, collection)
    before = [each.at for code, each in first.items() if period_of(framework, facts, code).end < asked.end]
    own = first.get(collection)
    return Between(max(before, default=None), own.at if own else None)


@dataclass(frozen=True)
class _Lines:
    """The lines of one release."""

    framework: Framework
    facts: Facts
    collection: str
    between: Between
    day: date
    hiding: frozenset[str]

    def asks(self) -> tuple[AskLine, ...]:
        """Every ask, oldest first."""
        return tuple(self._ask(each) for each in asks_of(self.framework, self.facts).values())

    def _ask(self, ask: Ask) -> AskLine:
        about = self._about(ask)
        return AskLine(
            ask=ask.public_id,
            asker=ask.asker,
            kind=ask.kind.value,
            what=self._gate(ask.what, about),
            by_when=ask.by_when,
            consequence=self._gate(ask.consequence, about),
            options=self._gate(ask.options, about),
            raised_on=london_day(ask.raised_at),
            activity=ask.activity,
            meant_for=ask.meant_for,
            board=ask.board,
            open=ask.open,
            answers=tuple(self._answer(each, about) for each in ask.answers),
            withdrawn=self._withdrawn(ask.withdrawn, about) if ask.withdrawn else None,
        )

    def _withdrawn(self, withdrawn: AskWithdrawn, about: Iterable[str]) -> WithdrawnLine:
        why = self._gate(withdrawn.for_readers, about)
        return WithdrawnLine(london_day(withdrawn.at), why, self.between.holds(withdrawn.at))

    def _answer(self, answered: AskAnswered, about: Iterable[str]) -> AnswerLine:
        return AnswerLine(
            board=answered.board,
            answer=answered.answer.value,
            meeting=answered.meeting,
            for_readers=self._gate(answered.for_readers, about),
            passed_to=answered.passed_to,
            until=answered.until,
            new=self.between.holds(answered.at),
        )

    def actions(self) -> tuple[ActionLine, ...]:
        """Every action, oldest first."""
        asks = asks_of(self.framework, self.facts)
        return tuple(self._action(each, asks.get(each.set.ask)) for each in agreed_actions(self.facts).values())

    def _action(self, action: AgreedAction, ask: Ask | None) -> ActionLine:
        about = self._about(ask) if ask else self._of_board(action.set.board)
        last = action.told[-1] if action.told else None
        told = (action.set.at, *(each.at for each in action.told))
        return ActionLine(
            action=action.set.action,
            board=action.set.board,
            meeting=action.set.meeting,
            ask=ask.public_id if ask else action.set.ask,
            what=self._gate(action.set.what, about),
            owner=action.set.owner,
            due=action.set.due,
            state=last.state.value if last else NOT_TOLD,
            told_on=london_day(last.at) if last else None,
            said=self._gate(last.said, about) if last else "",
            overdue=action.overdue(self.day),
            new=any(self.between.holds(each) for each in told),
        )

    def words_upward(self) -> tuple[WordsUpward, ...]:
        """What boards said to those above: for this quarter's papers, or since and in no other quarter's release.

        The latest of a meeting holds.
        """
        latest = {(each.board, each.meeting): each for each in self.facts.of(BoardSaid)}
        here = said_upward(self.framework, self.facts, self.collection, self.day)
        others = (made for made in self.facts.of(ReleaseMade) if made.collection != self.collection)
        elsewhere = {key for made in others for key in made.returns}
        return tuple(
            WordsUpward(each.board, each.meeting, self._gate(each.words, self._of_board(each.board)))
            for each in latest.values()
            if each.words and (each.key in here or (self.between.holds(each.at) and each.key not in elsewhere))
        )

    def _about(self, ask: Ask) -> frozenset[str]:
        """The indicators that an ask may tell of: its activity's, else its asker's and those of the board asked."""
        activity = self.framework.activity.get(ask.activity)
        supplied = {each.code for each in self.framework.supplied_by(ask.asker)}
        if activity:
            return frozenset(activity.indicators or supplied)
        return frozenset(supplied) | self._of_board(ask.asker) | self._of_board(ask.first_board)

    def _of_board(self, board: str) -> frozenset[str]:
        return frozenset(_read_by(self.framework, board))

    def _gate(self, text: str, about: Iterable[str]) -> str:
        """Words as they may be published: about nobody, and without counts where they may tell what is hidden.

        What stands in `config/` was written by the officers themselves, before there was anything to hide.
        """
        if text in _written_by_officers(self.framework):
            return text
        if tells_of_a_person(text, OwnWords(self.framework)):
            return LEFT_OUT.replace("the supplier", "whoever asked or answered")
        return text if self.hiding.isdisjoint(about) else without_counts(text, spared=_COUNTS_NOBODY)


def _written_by_officers(framework: Framework) -> frozenset[str]:
    asks = (each for board in framework.partnership.boards for each in board.asks)
    return frozenset(text for each in asks for text in (each.what, each.consequence, each.options))


def _read_by(framework: Framework, board: str) -> Iterator[str]:
    known = framework.board.get(board)
    if known:
        yield from (each.code for each in framework.indicators if known in framework.boards_using(each))
