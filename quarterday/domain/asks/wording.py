"""The words of asks, answers and actions: which fact holds them, and by which names an officer's reading knows them."""

from quarterday.domain.facts import ActionSet, ActionTold, AskAnswered, AskRaised, AskWithdrawn, BoardSaid, Facts

Worded = AskRaised | AskAnswered | AskWithdrawn | ActionSet | ActionTold | BoardSaid


def reading_of(fact: Worded) -> tuple[str, str]:
    """By what an officer's reading names the words (`WordsRead`): the fact's key, and the ask, action or board."""
    match fact:
        case AskRaised() | AskAnswered() | AskWithdrawn():
            return fact.key, fact.ask
        case ActionSet() | ActionTold():
            return fact.key, fact.action
        case BoardSaid():
            return fact.key, fact.board


def texts_of(fact: Worded) -> tuple[str, ...]:
    """What is written in it, without what is empty."""
    match fact:
        case AskRaised():
            said: tuple[str, ...] = (fact.what, fact.consequence, fact.options)
        case AskAnswered() | AskWithdrawn():
            said = (fact.for_readers,)
        case ActionSet():
            said = (fact.what,)
        case ActionTold():
            said = (fact.said,)
        case BoardSaid():
            said = (fact.words,)
    return tuple(filter(None, said))


def worded(facts: Facts, reference: str, on: str) -> Worded | None:
    """The fact that a reading names; None where there is none."""
    known = facts.going_on
    every: tuple[Worded, ...] = (
        *known.of(AskRaised),
        *known.of(AskAnswered),
        *known.of(AskWithdrawn),
        *known.of(ActionSet),
        *known.of(ActionTold),
        *known.of(BoardSaid),
    )
    return next((each for each in every if reading_of(each) == (reference, on)), None)
