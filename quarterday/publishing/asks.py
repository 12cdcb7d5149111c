"""Asks, answers and actions as a release tells them: where each stands, what is new, and words through the gate."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from quarterday.adapters.personal_data import OwnWords
from quarterday.domain.asks.agreed_actions import AgreedAction, agreed_actions
from quarterday.domain.asks.climbing import Ask, asks_of
from quarterday.domain.asks.news import Between
from quarterday.domain.asks.unread import (
    title_of_action,
    title_of_answer,
    title_of_ask,
    title_of_withdrawal,
    title_of_words_upward,
)
from quarterday.domain.asks.wording import Worded, reading_of, texts_of
from quarterday.domain.collection.binding import period_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.upward import said_upward
from quarterday.domain.facts import AskAnswered, AskWithdrawn, BoardSaid, Facts, ReleaseMade
from quarterday.domain.facts.recipients import is_own_of_officers
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.tables import ActionLine, AnswerLine, AskLine, WithdrawnLine, WordsUpward
from quarterday.publishing.words import WRITER_LEFT_OUT, WRITER_UNREAD, Read, await_reading, tells_of_a_person

NOT_TOLD = "nothing told"


@dataclass(frozen=True)
class Followed:
    """What a release tells of asks."""

    asks: tuple[AskLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    words_upward: tuple[WordsUpward, ...] = ()
    unread: tuple[tuple[str, str, str], ...] = ()  # words that wait for an officer: as a reading names them, a title


def followed(
    framework: Framework, facts: Facts, collection: str, day: date, hiding: Collection[str], read: Read = ()
) -> Followed:
    """What a release of a collection tells of asks; nothing where the partnership does not follow them up.

    `hiding` are the indicators of which something is hidden: words that may tell of them wait until an officer has
    read them, as a supplier's do, unless an officer wrote them.
    """
    if not framework.partnership.follows_up:
        return Followed()
    between = told_between(framework, facts, collection)
    lines = _Lines(framework, facts, collection, between, day, frozenset(hiding), frozenset(read))
    return Followed(lines.asks(), lines.actions(), lines.words_upward(), tuple(dict.fromkeys(lines.unread())))


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
    read: frozenset[tuple[str, str]]

    @cached_property
    def _asks(self) -> dict[str, Ask]:
        return asks_of(self.framework, self.facts)

    @cached_property
    def _known(self) -> OwnWords:
        return OwnWords(self.framework)

    @cached_property
    def _written_by_officers(self) -> frozenset[str]:
        """What stands in `config/`."""
        asks = (each for board in self.framework.partnership.boards for each in board.asks)
        return frozenset(text for each in asks for text in (each.what, each.consequence, each.options))

    def asks(self) -> tuple[AskLine, ...]:
        """Every ask, oldest first."""
        return tuple(map(self._ask, self._asks.values()))

    def _ask(self, ask: Ask) -> AskLine:
        wait = self._asked_waits(ask)
        return AskLine(
            ask=ask.public_id,
            asker=ask.asker,
            kind=ask.kind.value,
            what=self._gate(ask.what, wait),
            by_when=ask.by_when,
            consequence=self._gate(ask.consequence, wait),
            options=self._gate(ask.options, wait),
            raised_on=london_day(ask.raised_at),
            activity=ask.activity,
            meant_for=ask.meant_for,
            board=ask.board,
            open=ask.open,
            answers=tuple(self._answer(each, self._about(ask)) for each in ask.answers),
            withdrawn=self._withdrawn(ask.withdrawn, self._about(ask)) if ask.withdrawn else None,
        )

    def _withdrawn(self, withdrawn: AskWithdrawn, about: Iterable[str]) -> WithdrawnLine:
        why = self._gate(withdrawn.for_readers, self._waits(withdrawn, about))
        return WithdrawnLine(london_day(withdrawn.at), why, self.between.holds(withdrawn.at))

    def _answer(self, answered: AskAnswered, about: Iterable[str]) -> AnswerLine:
        return AnswerLine(
            board=answered.board,
            answer=answered.answer.value,
            meeting=answered.meeting,
            for_readers=self._gate(answered.for_readers, self._waits(answered, about)),
            passed_to=answered.passed_to,
            until=answered.until,
            new=self.between.holds(answered.at),
        )

    def actions(self) -> tuple[ActionLine, ...]:
        """Every action, oldest first."""
        return tuple(self._action(each, self._asks.get(each.set.ask)) for each in agreed_actions(self.facts).values())

    def _action(self, action: AgreedAction, ask: Ask | None) -> ActionLine:
        about = self._about_action(action, ask)
        last = action.told[-1] if action.told else None
        told = (action.set.at, *(each.at for each in action.told))
        return ActionLine(
            action=action.set.action,
            board=action.set.board,
            meeting=action.set.meeting,
            ask=ask.public_id if ask else action.set.ask,
            what=self._gate(action.set.what, self._waits(action.set, about)),
            owner=action.set.owner,
            due=action.set.due,
            state=last.state.value if last else NOT_TOLD,
            told_on=london_day(last.at) if last else None,
            said=self._gate(last.said, self._waits(last, about)) if last else "",
            overdue=action.overdue(self.day),
            new=any(self.between.holds(each) for each in told),
        )

    def words_upward(self) -> tuple[WordsUpward, ...]:
        """What boards said to those above, through the gate."""
        return tuple(
            WordsUpward(each.board, each.meeting, self._gate(each.words, self._waits(each, self._of_board(each.board))))
            for each in self._said_upward
        )

    @cached_property
    def _said_upward(self) -> tuple[BoardSaid, ...]:
        """What was said for this quarter's papers, or since and in no other quarter's release.

        The latest of a meeting holds.
        """
        latest = {(each.board, each.meeting): each for each in self.facts.of(BoardSaid)}
        here = said_upward(self.framework, self.facts, self.collection, self.day)
        others = (made for made in self.facts.of(ReleaseMade) if made.collection != self.collection)
        elsewhere = {key for made in others for key in made.returns}
        return tuple(
            each
            for each in latest.values()
            if each.words and (each.key in here or (self.between.holds(each.at) and each.key not in elsewhere))
        )

    def unread(self) -> Iterator[tuple[str, str, str]]:
        """The words that wait for an officer's reading: as a reading names them, and a title.

        A title says whose they are, of what day and for whom, and nothing of what they say: forms and logs show it.
        """
        for ask in self._asks.values():
            title = title_of_ask(self.framework, ask)
            if self._asked_waits(ask):
                yield (*_reading(ask), title)
            for answered in ask.answers:
                if answered.for_readers and self._waits(answered, self._about(ask)):
                    yield (*reading_of(answered), title_of_answer(self.framework, title, answered))
            if ask.withdrawn and self._waits(ask.withdrawn, self._about(ask)):
                yield (*reading_of(ask.withdrawn), title_of_withdrawal(title))
        for action in agreed_actions(self.facts).values():
            written: tuple[Worded, ...] = (action.set, *action.told[-1:])
            for fact in written:
                if texts_of(fact) and self._waits(fact, self._about_action(action, self._asks.get(action.set.ask))):
                    yield (*reading_of(fact), title_of_action(self.framework, action))
        for said in self._said_upward:
            if self._waits(said, self._of_board(said.board)):
                yield (*reading_of(said), title_of_words_upward(self.framework, said))

    def _asked_waits(self, ask: Ask) -> bool:
        """Whether what is asked waits; of what a lead asks in its word on an activity, the reading of that word counts.

        What stands in `config/` was written by the officers themselves, before there was anything to hide.
        """
        about = self._about(ask)
        if ask.worded:
            written = self._written_by_officers
            return not written.issuperset(texts_of(ask.worded)) and self._waits(ask.worded, about)
        return await_reading(_reading(ask), about, self.hiding, self.read)

    def _waits(self, fact: Worded, about: Iterable[str]) -> bool:
        """Whether words wait: those of an officer, who might let them through, do not."""
        return not is_own_of_officers(fact.by) and await_reading(reading_of(fact), about, self.hiding, self.read)

    def _about_action(self, action: AgreedAction, ask: Ask | None) -> frozenset[str]:
        return self._about(ask) if ask else self._of_board(action.set.board)

    def _about(self, ask: Ask) -> frozenset[str]:
        """The indicators that an ask may tell of: its activity's, else its asker's and those of the board asked."""
        activity = self.framework.activity.get(ask.activity)
        supplied = {each.code for each in self.framework.supplied_by(ask.asker)}
        if activity:
            return frozenset(activity.indicators or supplied)
        return frozenset(supplied) | self._of_board(ask.asker) | self._of_board(ask.first_board)

    def _of_board(self, board: str) -> frozenset[str]:
        return frozenset(_read_by(self.framework, board))

    def _gate(self, text: str, waits: bool) -> str:
        """Words as they may be published: about nobody, and read by an officer where they may tell what is hidden."""
        if text in self._written_by_officers:
            return text
        if tells_of_a_person(text, self._known):
            return WRITER_LEFT_OUT
        return WRITER_UNREAD if text and waits else text


def _reading(ask: Ask) -> tuple[str, str]:
    return reading_of(ask.worded) if ask.worded else (ask.told, ask.activity)


def _read_by(framework: Framework, board: str) -> Iterator[str]:
    known = framework.board.get(board)
    if known:
        yield from (each.code for each in framework.indicators if known in framework.boards_using(each))
