"""What became of asks and actions between two moments: each piece of news falls between two tellings, so is told once.

A pack tells what happened since the release of the quarter before was first made, up to the first release of its own
quarter. What a request tells a partner is on record, so no other request tells it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from quarterday.domain.asks.agreed_actions import AgreedAction, agreed_actions, open_actions
from quarterday.domain.asks.climbing import Ask, asks_of, raised_by
from quarterday.domain.facts import AnswerTold, AskAnswered, AskWithdrawn, Facts
from quarterday.domain.facts.recipients import is_own_of_officers
from quarterday.domain.framework.framework import Framework


@dataclass(frozen=True)
class Between:
    """The time after one moment and up to another; None stands for always."""

    after: datetime | None = None
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return (self.after is None or moment > self.after) and (self.until is None or moment <= self.until)


def answers_between(asks: dict[str, Ask], between: Between) -> Iterator[tuple[Ask, AskAnswered]]:
    """The answers that hold and were given in a time, each with its ask, oldest first."""
    found = [(ask, each) for ask in asks.values() for each in ask.answers if between.holds(each.at)]
    yield from sorted(found, key=lambda each: (each[1].at, each[0].ask))


def became_between(asks: dict[str, Ask], between: Between) -> Iterator[tuple[Ask, AskAnswered | AskWithdrawn]]:
    """The answers that hold and what officers withdrew in a time, each with its ask, oldest first.

    What its asker withdrew is no news to it.
    """
    found: list[tuple[Ask, AskAnswered | AskWithdrawn]] = list(answers_between(asks, between))
    for ask in asks.values():
        withdrawn = ask.withdrawn
        if withdrawn and is_own_of_officers(withdrawn.by) and between.holds(withdrawn.at):
            found.append((ask, withdrawn))
    yield from sorted(found, key=lambda each: (each[1].at, each[0].ask))


def untold_answers(framework: Framework, facts: Facts, partner: str) -> tuple[AskAnswered | AskWithdrawn, ...]:
    """What became of what a partner asked that none of its requests has told it yet, oldest first."""
    asks, told = asks_of(framework, facts), {each.answer for each in facts.going_on.of(AnswerTold)}
    own = {code: ask for code, ask in asks.items() if ask.asker in _codes(framework, partner)}
    return tuple(each for _, each in became_between(own, Between()) if each.key not in told)


def told_with(framework: Framework, facts: Facts, request: str) -> list[tuple[Ask, AskAnswered | AskWithdrawn]]:
    """What a request tells its partner of its asks, as long as these answers hold."""
    told = {each.answer for each in facts.going_on.of(AnswerTold) if each.told_in == request}
    return [pair for pair in became_between(asks_of(framework, facts), Between()) if pair[1].key in told]


def asked_by(framework: Framework, facts: Facts, partner: str) -> tuple[Ask, ...]:
    """What a partner asked, under whatever code, the oldest first."""
    return raised_by(asks_of(framework, facts).values(), _codes(framework, partner))


def actions_owned(framework: Framework, facts: Facts, partner: str) -> tuple[AgreedAction, ...]:
    """The actions that a partner still has to do, under whatever code they were set, the earliest due first."""
    return open_actions(agreed_actions(facts).values(), _codes(framework, partner))


def actions_ever_owned(framework: Framework, facts: Facts, partner: str) -> tuple[AgreedAction, ...]:
    """Every action that was set for a partner, under whatever code, those that are over too."""
    codes = _codes(framework, partner)
    return tuple(each for each in agreed_actions(facts).values() if each.set.owner in codes)


def _codes(framework: Framework, partner: str) -> frozenset[str]:
    return frozenset({partner, *framework.predecessors(partner)})
